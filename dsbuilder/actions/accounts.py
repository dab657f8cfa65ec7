"""Accounts: opening one, its password, and the links sent to its address.

An account exists once its address is confirmed: until then everything, the password's hash included, is kept with the
link, so that nobody can take an address that is not theirs. Whether an address has an account is told to it alone.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dsbuilder.actions import outbox, sessions
from dsbuilder.actions.context import Context, Subject, by_platform, public, reads, record
from dsbuilder.actions.passwords import Proof
from dsbuilder.actions.sessions import Outcome, own_account
from dsbuilder.domain.dossier import AccountId
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.people import Actor, Role
from dsbuilder.domain.procedure import ProcedureState
from dsbuilder.domain.texts import Language, Text
from dsbuilder.mails import confirmation, password
from dsbuilder.storage import credentials, people, procedures
from dsbuilder.storage.database import Session
from dsbuilder.storage.tables import Account, EmailToken

CONFIRM, RESET = "confirm", "reset"
CONFIRM_WITHIN, RESET_WITHIN = timedelta(days=2), timedelta(days=1)
MAILS_AN_HOUR, SIGN_UPS_AN_HOUR = 5, 60
HOUR = timedelta(hours=1)

LINK_OVER = Text(
    "Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau.",
    "This link was already used or is no longer good. Ask for a new one.",
)
ALREADY_CONFIRMED = Text(
    "Cette adresse a déjà un compte. Connectez-vous.", "This address already has an account. Sign in."
)
TOO_MANY = Text(
    "Trop de demandes depuis votre connexion. Réessayez dans une heure.",
    "Too many requests from your connection. Try again in an hour.",
)
WRONG_PASSWORD = Text(
    "Ce n’est pas votre mot de passe actuel. Vérifiez-le.", "This is not your present password. Check it."
)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An address that is now an account; signed in when it is confirmed in the browser that asked for it."""

    email: str
    next: str
    outcome: Outcome | None


# -- opening an account -------------------------------------------------------------------------------------------
@public
def sign_up(
    ctx: Context, email: str, password_hash: str, *, language: Language, next: str, browser_secret: str, address: str
) -> None:
    """Send a link that opens the account, or, to an address that has one, a mail that says so; one never sees which."""
    if credentials.count_try(ctx.db, "sign-up machine", address, ctx.now, HOUR) > SIGN_UPS_AN_HOUR:
        raise Refused(TOO_MANY)
    if credentials.count_try(ctx.db, "sign-up", email, ctx.now, HOUR) > MAILS_AN_HOUR:
        return
    if people.account_of(ctx.db, email) is not None:
        outbox.post(ctx, confirmation.already_registered(outbox.link("/connexion", language)), email, language)
        return
    token = secrets.token_urlsafe(32)
    credentials.add_token(
        ctx.db,
        token=token,
        purpose=CONFIRM,
        email=email,
        account_id=None,
        now=ctx.now,
        lasts=CONFIRM_WITHIN,
        payload={
            "password_hash": password_hash,
            "language": language,
            "next": next,
            "browser": credentials.hashed(browser_secret),
        },
    )
    link = outbox.link(f"/confirmation?jeton={token}", language)
    outbox.post(ctx, confirmation.confirmation(link), email, language)
    record(ctx, "sign-up asked", Subject("account"))


@public
def confirm(ctx: Context, token: str, *, browser_secret: str, browser: str, address: str) -> Confirmed:
    """Open the account that the link was sent for. Raises Refused."""
    used = credentials.use_token(ctx.db, token, CONFIRM, ctx.now)
    if used is None:
        raise Refused(LINK_OVER)
    if people.account_of(ctx.db, used.email) is not None:
        raise Refused(ALREADY_CONFIRMED)
    credentials.void_tokens(ctx.db, used.email, CONFIRM, ctx.now)
    account = people.add_account(
        ctx.db,
        email=used.email,
        password_hash=used.payload["password_hash"],
        now=ctx.now,
        confirmed_at=ctx.now,
        language=used.payload["language"],
    )
    record(ctx, "account opened", Subject("account", account.id))
    # A link opened elsewhere may have been sent by someone else, to have us type into an account of theirs.
    is_same_browser = bool(browser_secret) and used.payload["browser"] == credentials.hashed(browser_secret)
    outcome = (
        sessions.open_for(ctx, account, remember=False, browser=browser, address=address) if is_same_browser else None
    )
    return Confirmed(used.email, used.payload["next"], outcome)


@public
@reads
def aim_of(ctx: Context, path: str) -> str:
    """The title of the procedure whose landing page one was on before signing in; empty for any other page."""
    landing = path.removeprefix("/en").partition("?")[0].removeprefix("/commencer/")
    if not path.removeprefix("/en").startswith("/commencer/"):
        return ""
    try:
        found = procedures.by_path(ctx.db, landing)
    except NotFound:
        return ""
    return found.title if found.state != ProcedureState.DRAFT else ""


# -- the password -------------------------------------------------------------------------------------------------
@public
def ask_reset(ctx: Context, email: str, *, language: Language, address: str) -> None:
    """Send a link to choose a new password, if the address has an account; one never sees whether."""
    if credentials.count_try(ctx.db, "reset machine", address, ctx.now, HOUR) > SIGN_UPS_AN_HOUR:
        raise Refused(TOO_MANY)
    account = people.account_of(ctx.db, email)
    too_many = credentials.count_try(ctx.db, "reset", email, ctx.now, HOUR) > MAILS_AN_HOUR
    if account is None or account.blocked_at is not None or too_many:
        return
    credentials.void_tokens(ctx.db, email, RESET, ctx.now)
    token = secrets.token_urlsafe(32)
    credentials.add_token(
        ctx.db,
        token=token,
        purpose=RESET,
        email=email,
        account_id=account.id,
        now=ctx.now,
        lasts=RESET_WITHIN,
    )
    link = outbox.link(f"/mot-de-passe/nouveau?jeton={token}", language)
    outbox.post(ctx, password.reset(link), email, language)
    record(ctx, "reset asked", Subject("account", account.id))


@public
@reads
def email_of_reset(ctx: Context, token: str) -> str:
    """The address whose password the link changes. Raises Refused when the link is no longer good."""
    return _still_good(ctx, token, RESET).email


@public
def reset(ctx: Context, token: str, password_hash: str) -> str:
    """Set the password that the link was sent for, and end every session; the address. Raises Refused."""
    used = credentials.use_token(ctx.db, token, RESET, ctx.now)
    if used is None or used.account_id is None:
        raise Refused(LINK_OVER)
    account = people.account(ctx.db, used.account_id)
    _set_password(ctx, account, password_hash)
    credentials.end_sessions(ctx.db, used.account_id)
    credentials.forget_tries(ctx.db, "sign-in", account.email)
    return account.email


def change_password(ctx: Context, proof: Proof, password_hash: str) -> Text | None:
    """Set a new password for who proves the old one, and end their other sessions; else why not, for tries count."""
    account = people.account(ctx.db, own_account(ctx))
    if credentials.tries(ctx.db, "sign-in", account.email, ctx.now) >= sessions.FAILURES_OF_AN_ADDRESS:
        return sessions.LOCKED
    if not proof.is_right or proof.email != account.email or proof.kept != account.password_hash:
        credentials.count_try(ctx.db, "sign-in", account.email, ctx.now, sessions.LOCKED_FOR)
        return WRONG_PASSWORD
    _set_password(ctx, account, password_hash)
    credentials.end_sessions(ctx.db, account.id or 0, but=ctx.actor.session_id)
    return None


def _set_password(ctx: Context, account: Account, password_hash: str) -> None:
    account.password_hash = password_hash
    ctx.db.add(account)
    ctx.db.flush()
    language: Language = "en" if account.language == "en" else "fr"
    outbox.post(ctx, password.changed(outbox.link("/connexion", language)), account.email, language)
    record(ctx, "password changed", Subject("account", account.id))


def _still_good(ctx: Context, token: str, purpose: str) -> EmailToken:
    found = credentials.good_token(ctx.db, token, purpose, ctx.now)
    if found is None:
        raise Refused(LINK_OVER)
    return found


# -- the command line --------------------------------------------------------------------------------------
@by_platform
def create_admin(ctx: Context, email: str, password_hash: str, organisation: str) -> bool:
    """Make an administrator of an organisation, new or existing by its name; False when the account existed already."""
    account = people.account_of(ctx.db, email)
    is_new = account is None
    if account is None:
        account = people.add_account(
            ctx.db, email=email, password_hash=password_hash, now=ctx.now, confirmed_at=ctx.now
        )
    assert account.id is not None
    for role in (Role.ADMINISTRATOR, Role.INSTRUCTOR):
        people.grant(ctx.db, account.id, role)
    body = people.organisation_named(ctx.db, organisation) or people.add_organisation(ctx.db, organisation)
    people.join_organisation(ctx.db, body.id or 0, account.id)
    record(ctx, "administrator made", Subject("account", account.id))
    return is_new


def acting_as(email: str) -> Callable[[Session, datetime], Actor]:
    """Who the command line acts for: the account of an address. Raises Refused when there is none."""

    def found(db: Session, now: datetime) -> Actor:
        account = people.account_of(db, email.lower())
        if account is None or account.id is None:
            raise Refused(_NO_ACCOUNT.format(email=email))
        return Actor(account_id=AccountId(account.id), email=account.email, roles=people.roles(db, account.id))

    return found


_NO_ACCOUNT = Text("{email} n’a pas de compte ici.", "{email} has no account here.")
