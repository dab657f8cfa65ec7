"""Signed-in browsers: from a password to a session, from its cookie to the actor, and the end of it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dsbuilder.actions.context import Context, Subject, Who, part, public, reads, record, short
from dsbuilder.actions.passwords import Proof
from dsbuilder.domain.dossier import AccountId
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.people import ANONYMOUS, Actor, Role
from dsbuilder.domain.permissions import Permission, Relation, require
from dsbuilder.domain.texts import Text
from dsbuilder.settings import settings
from dsbuilder.storage import credentials, people
from dsbuilder.storage.database import Session
from dsbuilder.storage.tables import Account

# With https the name itself tells the browser to refuse the cookie from anywhere but our own host.
COOKIE_NAMES = ("__Host-dsbuilder", "dsbuilder")
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=10)
FAILURES_OF_AN_ADDRESS, LOCKED_FOR = 6, timedelta(hours=1)
FAILURES_OF_A_MACHINE, MACHINE_WAITS = 40, timedelta(minutes=10)

WRONG = Text(
    "Adresse ou mot de passe inconnu. Vérifiez-les, ou choisissez un nouveau mot de passe.",
    "Unknown address or password. Check them, or choose a new password.",
)
LOCKED = Text(
    "Trop d’essais avec cette adresse. Réessayez dans une heure, ou choisissez un nouveau mot de passe.",
    "Too many attempts with this address. Try again in an hour, or choose a new password.",
)
MACHINE_TOO_FAST = Text(
    "Trop d’essais depuis votre connexion. Réessayez dans dix minutes.",
    "Too many attempts from your connection. Try again in ten minutes.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of an attempt to sign in: the cookie's token, or why not; not raised, for failures must be counted."""

    token: str = ""
    actor: Actor = ANONYMOUS
    refusal: Text | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One session as its owner sees it."""

    id: int
    browser: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    is_this_one: bool


def is_secure() -> bool:
    """Whether people reach this site over https."""
    return settings().url.startswith("https:")


def cookie_name() -> str:
    """The session cookie's name; over https no other name will do, for another site of our domain could set it."""
    return COOKIE_NAMES[0] if is_secure() else COOKIE_NAMES[1]


# -- signing in and out -------------------------------------------------------------------------------------------
@public
@reads
def too_many_tries(ctx: Context, email: str, address: str) -> Text | None:
    """What to say to who must wait before trying again; asked before the slow check of a password, and again after."""
    if credentials.tries(ctx.db, "sign-in", email, ctx.now) >= FAILURES_OF_AN_ADDRESS:
        return LOCKED
    if credentials.tries(ctx.db, "sign-in machine", address, ctx.now) >= FAILURES_OF_A_MACHINE:
        return MACHINE_TOO_FAST
    return None


@public
@reads
def kept_password(ctx: Context, email: str) -> str:
    """What `passwords.check` compares with; empty for an address without an account."""
    account = people.account_of(ctx.db, email)
    return account.password_hash if account is not None else ""


@public
def sign_in(ctx: Context, proof: Proof, *, remember: bool, browser: str, address: str) -> Outcome:
    """Open a session, unless the password is wrong or too much was tried; unknown addresses are answered alike."""
    wait = too_many_tries(ctx, proof.email, address)
    if wait is not None:
        return Outcome(refusal=wait)
    account = people.account_of(ctx.db, proof.email)
    unchanged = account is not None and account.password_hash == proof.kept
    if account is None or not proof.is_right or not unchanged or account.blocked_at is not None:
        credentials.count_try(ctx.db, "sign-in machine", address, ctx.now, MACHINE_WAITS)
        failures = credentials.count_try(ctx.db, "sign-in", proof.email, ctx.now, LOCKED_FOR)
        return Outcome(refusal=LOCKED if failures >= FAILURES_OF_AN_ADDRESS else WRONG)
    credentials.forget_tries(ctx.db, "sign-in", proof.email)
    return open_for(ctx, account, remember=remember, browser=browser, address=address)


@part
def open_for(ctx: Context, account: Account, *, remember: bool, browser: str, address: str) -> Outcome:
    """Open a session of the account, whose owner has been recognised, in place of the one the browser had."""
    sign_out(ctx)
    token = secrets.token_urlsafe(32)
    credentials.open_session(
        ctx.db,
        token=token,
        account_id=account.id or 0,
        now=ctx.now,
        expires_at=ctx.now + LONGEST,
        remembered=remember,
        browser=browser[:300],
        address=address,
    )
    record(ctx, "signed in", Subject("account", account.id))
    return Outcome(token=token, actor=actor_of(ctx.db, token, ctx.now))


@public
def sign_out(ctx: Context) -> None:
    """End the actor's session; nothing when there is none."""
    if ctx.actor.account_id is not None and ctx.actor.session_id is not None:
        credentials.end_session(ctx.db, ctx.actor.account_id, ctx.actor.session_id)
        record(ctx, "signed out", Subject("account", ctx.actor.account_id))


# -- who it is ----------------------------------------------------------------------------------------------------
def actor_of(db: Session, token: str, now: datetime) -> Actor:
    """Who holds the session of that token; ANONYMOUS when it is unknown, ended, idle for too long, or blocked."""
    held = credentials.holder_of(db, token) if token else None
    if held is None:
        return ANONYMOUS
    idle = now - held.last_seen_at > (LONGEST if held.remembered else IDLE)
    if idle or held.expires_at <= now or held.blocked_at is not None:
        return ANONYMOUS
    return Actor(
        account_id=AccountId(held.account_id),
        email=held.email,
        name=f"{held.first_name} {held.last_name}".strip(),
        roles=frozenset(Role(role) for role in held.roles.split(",") if role),
        session_id=held.session_id,
        language="en" if held.language == "en" else "fr",
        seen_at=held.last_seen_at,
    )


def holder_of(token: str) -> Who:
    """`actor_of` a token, asked when the action runs."""
    return lambda db, now: actor_of(db, token, now)


@public
@reads
def whoami(ctx: Context) -> Actor:
    """The actor itself, for a page to show who is signed in."""
    return ctx.actor


def is_long_unseen(actor: Actor, now: datetime) -> bool:
    """Whether `note_seen` is due: noting each request would make every reader a writer."""
    return actor.seen_at is not None and now - actor.seen_at > SEEN_EVERY


@public
@short
def note_seen(ctx: Context) -> None:
    """Keep the actor's session from going idle."""
    if ctx.actor.session_id is not None:
        credentials.see_session(ctx.db, ctx.actor.session_id, ctx.now)


# -- one's own sessions -------------------------------------------------------------------------------------------
@reads
def mine(ctx: Context) -> Sequence[Shown]:
    """The actor's sessions, last seen first."""
    return [
        Shown(row.id or 0, row.browser, row.address, row.created_at, row.last_seen_at, row.id == ctx.actor.session_id)
        for row in credentials.sessions_of(ctx.db, own_account(ctx), ctx.now)
    ]


def revoke(ctx: Context, session_id: int) -> None:
    """End one of the actor's sessions. Raises NotFound when it is not theirs."""
    account_id = own_account(ctx)
    if not credentials.end_session(ctx.db, account_id, session_id):
        raise NotFound
    record(ctx, "session revoked", Subject("account", account_id))


def revoke_others(ctx: Context) -> None:
    """End all of the actor's sessions but this one."""
    account_id = own_account(ctx)
    credentials.end_sessions(ctx.db, account_id, but=ctx.actor.session_id)
    record(ctx, "other sessions revoked", Subject("account", account_id))


def own_account(ctx: Context) -> int:
    """The id of the actor's own account. Raises Forbidden for the anonymous."""
    require({Relation.SELF} if ctx.actor.signed_in else (), Permission.ACCOUNT_MANAGE)
    assert ctx.actor.account_id is not None
    return ctx.actor.account_id
