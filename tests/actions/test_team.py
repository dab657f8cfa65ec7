"""Inviting agents and co-administrators."""

from datetime import timedelta

import pytest

from dsbuilder.actions import passwords, team
from dsbuilder.actions.context import Actor, perform
from dsbuilder.domain.errors import Forbidden, Invalid, NotFound, Refused
from dsbuilder.domain.people import Role
from dsbuilder.storage import procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from tests.builders import (
    NOW,
    PASSWORD,
    a_procedure_row,
    an_actor,
    an_administrator,
    an_instructor,
    mailed_token,
    mails_to,
    signed_in,
)

EMAIL = "agent@example.fr"


@pytest.fixture
def administrator(database: Database) -> Actor:
    return an_administrator(database)


@pytest.fixture
def procedure(database: Database, administrator: Actor) -> ProcedureRow:
    return a_procedure_row(database, administrator)


def invite(
    database: Database, actor: Actor, procedure: ProcedureRow, email: str = EMAIL, role: Role = Role.INSTRUCTOR
) -> bool:
    return perform(database, team.invite, procedure.id, email, role, actor=actor, now=NOW)


def accept(database: Database, token: str, password: str = "", **kwargs: object) -> team.Joined:
    password_hash = passwords.hashed(password) if password else ""
    return perform(database, team.accept, token, password_hash, browser="", address="", **({"now": NOW} | kwargs))  # type: ignore[arg-type]


def test_someone_without_an_account_opens_one_by_accepting(
    database: Database, administrator: Actor, procedure: ProcedureRow
) -> None:
    assert not invite(database, administrator, procedure, " Agent@Example.fr")
    shown = perform(database, team.team, procedure.id, actor=administrator, now=NOW)
    assert shown.invited_instructors == (EMAIL,)
    token = mailed_token(database, EMAIL)
    assert perform(database, team.invitation_of, token, now=NOW).needs_account
    assert accept(database, token, PASSWORD).outcome is not None
    agent = signed_in(database, EMAIL)
    assert agent.roles == {Role.INSTRUCTOR}
    with database.reading() as db:
        assert [row.id for row in procedures.instructed(db, agent)] == [procedure.id]
        assert procedures.administered(db, agent) == []
    shown = perform(database, team.team, procedure.id, actor=administrator, now=NOW)
    assert ([member.email for member in shown.instructors], shown.invited_instructors) == ([EMAIL], ())


def test_a_citizen_accepts_with_the_account_they_have(
    database: Database, administrator: Actor, procedure: ProcedureRow
) -> None:
    an_actor(database, EMAIL)
    assert not invite(database, administrator, procedure, role=Role.ADMINISTRATOR)
    token = mailed_token(database, EMAIL)
    assert not perform(database, team.invitation_of, token, now=NOW).needs_account
    assert accept(database, token).outcome is None
    co_administrator = signed_in(database, EMAIL)
    assert co_administrator.roles == {Role.INSTRUCTOR, Role.ADMINISTRATOR}
    with database.reading() as db:
        assert [row.id for row in procedures.administered(db, co_administrator)] == [procedure.id]
        assert procedures.instructed(db, co_administrator) == []


def test_oneself_and_known_agents_join_at_once(
    database: Database, administrator: Actor, procedure: ProcedureRow
) -> None:
    known = an_instructor(database, a_procedure_row(database))
    assert invite(database, administrator, procedure, administrator.email)
    assert invite(database, administrator, procedure, known.email)
    with pytest.raises(Refused):
        invite(database, administrator, procedure, known.email)
    shown = perform(database, team.team, procedure.id, actor=administrator, now=NOW)
    assert {member.email for member in shown.instructors} == {administrator.email, known.email}
    assert mails_to(database, administrator.email) == []


def test_an_invitation_works_once_for_a_week_unless_withdrawn(
    database: Database, administrator: Actor, procedure: ProcedureRow
) -> None:
    invite(database, administrator, procedure)
    token = mailed_token(database, EMAIL)
    with pytest.raises(Refused):
        accept(database, token, PASSWORD, now=NOW + timedelta(days=7))
    with pytest.raises(Refused):
        accept(database, token)  # without a password there can be no account
    accept(database, token, PASSWORD)
    with pytest.raises(Refused):
        accept(database, token, PASSWORD)
    invite(database, administrator, procedure, "other@example.fr")
    perform(database, team.withdraw, procedure.id, "other@example.fr", Role.INSTRUCTOR, actor=administrator, now=NOW)
    with pytest.raises(Refused):
        perform(database, team.invitation_of, mailed_token(database, "other@example.fr"), now=NOW)


def test_only_administrators_of_the_procedure_see_and_change_its_team(
    database: Database, administrator: Actor, procedure: ProcedureRow
) -> None:
    agent = an_instructor(database, procedure)
    with pytest.raises(Forbidden):
        invite(database, agent, procedure)
    for stranger in (an_administrator(database), an_actor(database), Actor()):
        with pytest.raises(NotFound):
            invite(database, stranger, procedure)
        with pytest.raises(NotFound):
            perform(database, team.team, procedure.id, actor=stranger)
        with pytest.raises(NotFound):
            perform(database, team.remove, procedure.id, agent.account_id, Role.INSTRUCTOR, actor=stranger)
        with pytest.raises(NotFound):
            perform(database, team.withdraw, procedure.id, EMAIL, Role.INSTRUCTOR, actor=stranger)


def test_the_last_administrator_stays(database: Database, administrator: Actor, procedure: ProcedureRow) -> None:
    with pytest.raises(Refused):
        perform(database, team.remove, procedure.id, administrator.account_id, Role.ADMINISTRATOR, actor=administrator)
    other = an_administrator(database)
    assert invite(database, administrator, procedure, other.email, Role.ADMINISTRATOR)
    perform(database, team.remove, procedure.id, administrator.account_id, Role.ADMINISTRATOR, actor=other)
    with database.reading() as db, pytest.raises(NotFound):
        procedures.get(db, administrator, procedure.id or 0)


def test_an_agent_removed_finds_nothing_any_more(
    database: Database, administrator: Actor, procedure: ProcedureRow
) -> None:
    agent = an_instructor(database, procedure)
    perform(database, team.remove, procedure.id, agent.account_id, Role.INSTRUCTOR, actor=administrator)
    with database.reading() as db:
        assert procedures.instructed(db, agent) == []


def test_an_address_must_be_one(database: Database, administrator: Actor, procedure: ProcedureRow) -> None:
    with pytest.raises(Invalid):
        invite(database, administrator, procedure, "agent")
