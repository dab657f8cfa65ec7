"""Short ways to have what a test needs."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any, TypeVar

from dsbuilder.actions import passwords, sessions
from dsbuilder.actions.context import Context, perform
from dsbuilder.actions.sessions import Outcome
from dsbuilder.domain.dossier import AccountId, DossierState, Event
from dsbuilder.domain.people import Actor, Role
from dsbuilder.storage import dossiers, mails, people, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, ProcedureRow

PASSWORD = "quatre chaises sous la pluie"
NOW = datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
T = TypeVar("T")
_numbers = count(1)


def in_one(database: Database, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Run a function of storage in a transaction of its own."""
    with database.transaction() as db:
        return work(db, *args, **kwargs)


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD)  # slow on purpose, so once


def an_actor(database: Database, email: str = "", *, roles: tuple[Role, ...] = (), now: datetime = NOW) -> Actor:
    """A person with an account, whose password is `PASSWORD`."""
    email = email or f"personne{next(_numbers)}@example.fr"

    def made(ctx: Context) -> Actor:
        row = people.add_account(ctx.db, email=email, password_hash=_hash(), now=now, confirmed_at=now)
        assert row.id is not None
        for role in roles:
            people.grant(ctx.db, row.id, role)
        return Actor(account_id=AccountId(row.id), email=email, roles=frozenset(roles))

    return perform(database, made, now=now)


def an_administrator(database: Database, email: str = "") -> Actor:
    """A person who may create procedures, in an organisation of their own."""
    actor = an_actor(database, email, roles=(Role.ADMINISTRATOR, Role.INSTRUCTOR))
    with database.transaction() as db:
        organisation = people.add_organisation(db, "Mairie de Sainte-Marie")
        people.join_organisation(db, organisation.id or 0, actor.account_id or 0)
    return actor


def an_instructor(database: Database, procedure: ProcedureRow, email: str = "") -> Actor:
    """An agent of the procedure."""
    actor = an_actor(database, email, roles=(Role.INSTRUCTOR,))
    in_one(database, procedures.add_instructor, procedure.id, actor.account_id)
    return actor


def a_procedure_row(
    database: Database,
    administrator: Actor | None = None,
    *,
    title: str = "Inscription à la cantine",
    document: dict[str, Any] | None = None,
    path: str = "",
) -> ProcedureRow:
    """A procedure as it is stored: published when `path` is given, otherwise in draft."""
    administrator = administrator or an_administrator(database)
    with database.transaction() as db:
        organisation = people.organisations_of(db, administrator.account_id or 0)[0]
        row = procedures.create(
            db,
            organisation_id=organisation.id or 0,
            administrator_id=administrator.account_id or 0,
            title=title,
            draft=document or {},
            details={},
            now=NOW,
        )
        if path:
            procedures.publish(
                db, row, path=path, document=document or {}, publisher_id=administrator.account_id, now=NOW
            )
    return row


def a_dossier_row(
    database: Database,
    procedure: ProcedureRow,
    applicant: Actor | None = None,
    *,
    deposited_at: datetime | None = None,
) -> DossierRow:
    """A dossier as it is stored: deposited at that instant when given, otherwise in draft."""
    applicant = applicant or an_actor(database)
    with database.transaction() as db:
        row = dossiers.create(
            db,
            procedure_id=procedure.id or 0,
            revision_id=procedure.published_revision_id,
            applicant_id=applicant.account_id or 0,
            now=NOW,
        )
        if deposited_at is not None:
            group = procedures.groups(db, procedure.id or 0)[0]
            dossiers.change_state(
                db,
                row,
                Event.SUBMIT,
                DossierState.SUBMITTED,
                account_id=applicant.account_id,
                now=deposited_at,
                group_id=group.id,
            )
    return row


def sign_in(
    database: Database, email: str, password: str = PASSWORD, *, now: datetime = NOW, address: str = "192.0.2.1"
) -> Outcome:
    """Try to sign in, as the sign-in page does."""
    proof = passwords.check(email, perform(database, sessions.kept_password, email), password)
    return perform(database, sessions.sign_in, proof, remember=False, browser="Firefox", address=address, now=now)


def signed_in(database: Database, email: str, *, now: datetime = NOW) -> Actor:
    """The same for someone who is let in."""
    outcome = sign_in(database, email, now=now)
    assert outcome.refusal is None
    return outcome.actor


def mails_to(database: Database, email: str) -> list[str]:
    """The subjects of the mails to someone, oldest first."""
    with database.reading() as db:
        return [mail.subject for mail in reversed(mails.latest(db, email))]


def mailed_token(database: Database, email: str) -> str:
    """What stands after `jeton=` in the last mail to someone."""
    with database.reading() as db:
        return mails.latest(db, email)[0].text.split("jeton=")[1].split()[0]
