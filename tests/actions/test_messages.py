"""Both sides write to each other on a deposited dossier, and nobody else reads along."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from dsbuilder.actions import desk, instruction, messages
from dsbuilder.actions.context import perform
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.errors import Forbidden, NotFound, Refused
from dsbuilder.domain.messages import MAX_LENGTH, Side
from dsbuilder.domain.people import ANONYMOUS, Actor
from dsbuilder.storage import people
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, Mail, MessageRow, ProcedureRow
from tests.builders import NOW, a_dossier_row, a_procedure_row, an_actor, an_administrator, an_instructor

Act = Callable[..., Any]


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return a_procedure_row(database, path="cantine")


@pytest.fixture
def citizen(database: Database) -> Actor:
    return an_actor(database, "camille@example.fr")


@pytest.fixture
def agent(database: Database, procedure: ProcedureRow) -> Actor:
    return an_instructor(database, procedure, "ines@mairie.example")


@pytest.fixture
def dossier(database: Database, procedure: ProcedureRow, citizen: Actor) -> DossierRow:
    return a_dossier_row(database, procedure, citizen, deposited_at=NOW)


@pytest.fixture
def act(database: Database) -> Act:
    def acting(action: Act, *args: Any, now: datetime = NOW, **kwargs: Any) -> Any:
        return perform(database, action, *args, now=now, **kwargs)

    return acting


def mails(database: Database) -> list[Mail]:
    with database.reading() as db:
        return list(db.exec(select(Mail).order_by(col(Mail.id))).all())


def bodies(database: Database) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(MessageRow.body).order_by(col(MessageRow.id))).all())


# -- who ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("side", list(Side))
def test_only_the_two_sides_read_and_write_and_each_only_as_itself(
    database: Database, dossier: DossierRow, citizen: Actor, agent: Actor, act: Act, side: Side
) -> None:
    elsewhere = an_instructor(database, a_procedure_row(database, path="ailleurs"))
    others = {Side.APPLICANT: agent, Side.INSTRUCTOR: citizen}
    for action, arguments in ((messages.thread, ()), (messages.mark_read, ()), (messages.write, ("Bonjour",))):
        for stranger in (ANONYMOUS, an_actor(database), elsewhere, an_administrator(database)):
            with pytest.raises(NotFound):
                act(action, dossier.id, side, *arguments, actor=stranger)
        for known in [others[side]] if side in others else [agent, citizen]:
            with pytest.raises(Forbidden):
                act(action, dossier.id, side, *arguments, actor=known)
    assert bodies(database) == []


def test_nothing_is_written_on_a_draft(database: Database, procedure: ProcedureRow, citizen: Actor, act: Act) -> None:
    draft = a_dossier_row(database, procedure, citizen)
    with pytest.raises(Refused):
        act(messages.write, draft.id, Side.APPLICANT, "Bonjour", actor=citizen)
    assert act(messages.thread, draft.id, Side.APPLICANT, actor=citizen) == []


# -- writing ------------------------------------------------------------------------------------------------------
def test_the_applicant_hears_of_a_message_by_mail_without_its_words(
    database: Database, dossier: DossierRow, agent: Actor, act: Act
) -> None:
    act(messages.write, dossier.id, Side.INSTRUCTOR, " Il manque\r\nl’attestation. ", actor=agent)
    assert bodies(database) == ["Il manque\nl’attestation."]
    (mail,) = mails(database)
    assert mail.recipient == "camille@example.fr"
    assert f"/dossiers/{dossier.id}" in mail.text
    assert "attestation" not in mail.text + mail.html


def test_the_agents_who_follow_hear_of_a_message(
    database: Database, procedure: ProcedureRow, dossier: DossierRow, citizen: Actor, agent: Actor, act: Act
) -> None:
    an_instructor(database, procedure)  # does not follow
    act(messages.write, dossier.id, Side.APPLICANT, "Bonjour", actor=citizen)
    assert mails(database) == []
    act(instruction.follow, dossier.id, actor=agent)
    act(messages.write, dossier.id, Side.APPLICANT, "Avez-vous vu ?", actor=citizen)
    (mail,) = mails(database)
    assert mail.recipient == "ines@mairie.example"
    assert f"/instruction/{procedure.id}/dossiers/{dossier.id}" in mail.text


def test_a_double_click_sends_one_message_and_one_mail(
    database: Database, dossier: DossierRow, agent: Actor, act: Act
) -> None:
    for _ in range(2):
        act(messages.write, dossier.id, Side.INSTRUCTOR, "Bonjour", actor=agent)
    assert (len(bodies(database)), len(mails(database))) == (1, 1)
    act(messages.write, dossier.id, Side.INSTRUCTOR, "Bonjour", actor=agent, now=NOW + timedelta(minutes=2))
    assert (len(bodies(database)), len(mails(database))) == (2, 2)


@pytest.mark.parametrize(
    "text", ["", "  \n ", "\x00\x07", "a" * (MAX_LENGTH + 1)], ids=["none", "blank", "bell", "long"]
)
def test_nothing_and_too_much_are_refused_in_words(
    database: Database, dossier: DossierRow, agent: Actor, act: Act, text: str
) -> None:
    with pytest.raises(Refused) as refused:
        act(messages.write, dossier.id, Side.INSTRUCTOR, text, actor=agent)
    assert refused.value.path == "body"
    assert (bodies(database), mails(database)) == ([], [])


# -- reading ------------------------------------------------------------------------------------------------------
def test_both_sides_read_the_thread_and_their_marks(
    database: Database, procedure: ProcedureRow, dossier: DossierRow, citizen: Actor, agent: Actor, act: Act
) -> None:
    later = NOW + timedelta(hours=1)
    act(messages.write, dossier.id, Side.APPLICANT, "Bonjour", actor=citizen)
    act(messages.write, dossier.id, Side.INSTRUCTOR, "Bonjour à vous", actor=agent, now=later)
    assert act(desk.tab, procedure.id, Tab.ALL, actor=agent).dossiers[0].unread == 1
    assert act(messages.mark_read, dossier.id, Side.INSTRUCTOR, actor=agent, now=later) == 1
    assert act(messages.mark_read, dossier.id, Side.INSTRUCTOR, actor=agent, now=later) == 0
    read = act(messages.thread, dossier.id, Side.APPLICANT, actor=citizen)
    assert [(m.side, m.body, m.is_mine, m.read_at) for m in read] == [
        (Side.APPLICANT, "Bonjour", True, later),
        (Side.INSTRUCTOR, "Bonjour à vous", False, None),
    ]
    opened = act(instruction.open_dossier, dossier.id, procedure.id, actor=agent)
    assert (opened.message_count, opened.unread_count) == (2, 0)


def test_an_applicant_reads_the_name_of_an_agent_but_never_the_address(
    database: Database, dossier: DossierRow, citizen: Actor, agent: Actor, act: Act
) -> None:
    act(messages.write, dossier.id, Side.INSTRUCTOR, "Bonjour", actor=agent)
    assert act(messages.thread, dossier.id, Side.APPLICANT, actor=citizen)[0].author == ""
    assert act(messages.thread, dossier.id, Side.INSTRUCTOR, actor=agent)[0].author == "ines@mairie.example"
    with database.transaction() as db:
        people.account(db, agent.account_id or 0).first_name = "Inès"
    assert act(messages.thread, dossier.id, Side.APPLICANT, actor=citizen)[0].author == "Inès"
