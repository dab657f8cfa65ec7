"""Who works on a procedure: its administrators, its agents, and those invited."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from dsbuilder.actions import outbox, sessions
from dsbuilder.actions.accounts import LINK_OVER
from dsbuilder.actions.context import Context, Subject, public, reads, record
from dsbuilder.actions.sessions import Outcome
from dsbuilder.domain.credentials import read_email
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.people import Role
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.texts import Language, Text
from dsbuilder.mails.invitation import invitation
from dsbuilder.storage import credentials, people, procedures
from dsbuilder.storage.tables import Account, EmailToken, ProcedureRow

INVITE = "invite"
INVITED_FOR = timedelta(days=7)

LAST_ADMINISTRATOR = Text(
    "C’est le dernier administrateur de la démarche\xa0: invitez-en un autre d’abord.",
    "This is the last administrator of the procedure: invite another one first.",
)
ALREADY_ON_THE_TEAM = Text("Cette personne l’est déjà.", "This person already is.")


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who works on a procedure."""

    account_id: int
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Team:
    """Who works on a procedure, and the addresses invited as each."""

    administrators: tuple[Member, ...]
    instructors: tuple[Member, ...]
    invited_administrators: tuple[str, ...]
    invited_instructors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation's page says."""

    email: str
    procedure: str
    role: Role
    needs_account: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """The end of an accepted invitation; a session when the account was just made."""

    email: str
    procedure_id: int
    role: Role
    outcome: Outcome | None


@reads
def team(ctx: Context, procedure_id: int) -> Team:
    """Who works on the procedure."""
    row = _administered(ctx, procedure_id)
    invited: dict[Role, list[str]] = {role: [] for role in Role}
    for token in credentials.open_tokens(ctx.db, row.id or 0, INVITE, ctx.now):
        emails = invited[Role(token.payload["role"])]
        if token.email not in emails:
            emails.append(token.email)
    return Team(
        administrators=tuple(map(_member, procedures.administrators(ctx.db, row.id or 0))),
        instructors=tuple(map(_member, procedures.instructors(ctx.db, row.id or 0))),
        invited_administrators=tuple(invited[Role.ADMINISTRATOR]),
        invited_instructors=tuple(invited[Role.INSTRUCTOR]),
    )


def invite(ctx: Context, procedure_id: int, email: str, role: Role, language: Language = "fr") -> bool:
    """Bring someone into the team. True when they are in it at once, as one's own address and known agents are."""
    row = _administered(ctx, procedure_id)
    address = read_email(email)
    account = people.account_of(ctx.db, address)
    if account is not None and account.id in _ids_on_team(ctx, row, role):
        raise Refused(ALREADY_ON_THE_TEAM, path="email")
    if account is not None and (account.id == ctx.actor.account_id or people.roles(ctx.db, account.id or 0)):
        _join(ctx, row.id or 0, account, role)
        return True
    token = secrets.token_urlsafe(32)
    credentials.add_token(
        ctx.db,
        token=token,
        purpose=INVITE,
        email=address,
        account_id=account.id if account else None,
        procedure_id=row.id,
        now=ctx.now,
        lasts=INVITED_FOR,
        payload={"role": role, "language": language},
    )
    letter = invitation(
        outbox.link(f"/invitation?jeton={token}", language),
        inviter=ctx.actor.name or ctx.actor.email,
        procedure=row.title,
        to_administer=role is Role.ADMINISTRATOR,
    )
    outbox.post(ctx, letter, address, language)
    record(ctx, "invited", Subject("procedure", row.id))
    return False


def withdraw(ctx: Context, procedure_id: int, email: str, role: Role) -> None:
    """Make the invitations of an address useless."""
    row = _administered(ctx, procedure_id)
    for token in credentials.open_tokens(ctx.db, row.id or 0, INVITE, ctx.now):
        if token.email == email and token.payload["role"] == role:
            token.used_at = ctx.now
    record(ctx, "invitation withdrawn", Subject("procedure", row.id))


def remove(ctx: Context, procedure_id: int, account_id: int, role: Role) -> None:
    """Take someone out of the team. Raises Refused for the last administrator."""
    row = _administered(ctx, procedure_id)
    if role is Role.ADMINISTRATOR:
        if len(procedures.administrators(ctx.db, row.id or 0)) < 2:
            raise Refused(LAST_ADMINISTRATOR)
        procedures.remove_administrator(ctx.db, row.id or 0, account_id)
    else:
        procedures.remove_instructor(ctx.db, row.id or 0, account_id)
    record(ctx, "removed from the team", Subject("procedure", row.id))


# -- accepting ----------------------------------------------------------------------------------------------------
@public
@reads
def invitation_of(ctx: Context, token: str) -> Invitation:
    """What the link invites to. Raises Refused when it is no longer good."""
    found = credentials.good_token(ctx.db, token, INVITE, ctx.now)
    if found is None:
        raise Refused(LINK_OVER)
    return Invitation(
        email=found.email,
        procedure=procedures.row(ctx.db, found.procedure_id or 0).title,
        role=Role(found.payload["role"]),
        needs_account=people.account_of(ctx.db, found.email) is None,
    )


@public
def accept(ctx: Context, token: str, new_password_hash: str, *, browser: str, address: str) -> Joined:
    """Join the team that the link invites to; `new_password_hash` opens the account of an address without one."""
    used = credentials.use_token(ctx.db, token, INVITE, ctx.now)
    if used is None:
        raise Refused(LINK_OVER)
    account = people.account_of(ctx.db, used.email)
    outcome = None
    if account is None:
        account = _opened(ctx, used, new_password_hash)
        outcome = sessions.open_for(ctx, account, remember=False, browser=browser, address=address)
    role = Role(used.payload["role"])
    _join(ctx, used.procedure_id or 0, account, role)
    return Joined(used.email, used.procedure_id or 0, role, outcome)


def _opened(ctx: Context, used: EmailToken, password_hash: str) -> Account:
    if not password_hash:
        raise Refused(LINK_OVER)
    return people.add_account(
        ctx.db,
        email=used.email,
        password_hash=password_hash,
        now=ctx.now,
        confirmed_at=ctx.now,
        language=used.payload["language"],
    )


def _join(ctx: Context, procedure_id: int, account: Account, role: Role) -> None:
    assert account.id is not None
    people.grant(ctx.db, account.id, Role.INSTRUCTOR)
    if role is Role.ADMINISTRATOR:
        people.grant(ctx.db, account.id, Role.ADMINISTRATOR)
        organisation_id = procedures.row(ctx.db, procedure_id).organisation_id
        people.join_organisation(ctx.db, organisation_id, account.id)
        procedures.add_administrator(ctx.db, procedure_id, account.id)
    else:
        procedures.add_instructor(ctx.db, procedure_id, account.id)
    record(ctx, "joined the team", Subject("procedure", procedure_id))


def _administered(ctx: Context, procedure_id: int) -> ProcedureRow:
    row = procedures.get(ctx.db, ctx.actor, procedure_id)
    require(procedures.relations(ctx.db, ctx.actor, procedure_id), Permission.PROCEDURE_INVITE)
    return row


def _ids_on_team(ctx: Context, row: ProcedureRow, role: Role) -> set[int | None]:
    members = procedures.administrators if role is Role.ADMINISTRATOR else procedures.instructors
    return {account.id for account in members(ctx.db, row.id or 0)}


def _member(account: Account) -> Member:
    return Member(account.id or 0, account.email, f"{account.first_name} {account.last_name}".strip())
