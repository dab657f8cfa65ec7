"""Agents open, follow and decide: who may, once only, and what it leaves behind."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from dsbuilder.actions import desk, instruction
from dsbuilder.actions.context import perform
from dsbuilder.domain.desk import Pile, Tab
from dsbuilder.domain.dossier import DossierState, Event
from dsbuilder.domain.errors import Forbidden, NotFound, Refused
from dsbuilder.domain.messages import MAX_LENGTH
from dsbuilder.domain.people import ANONYMOUS, Actor
from dsbuilder.storage import dossiers, jobs, people, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, Job, Mail, ProcedureRow, TransitionRow
from tests.builders import NOW, a_dossier_row, a_procedure_row, an_actor, an_administrator, an_instructor, in_one

Act = Callable[..., Any]
ON_ONE = [
    (instruction.follow, {}),
    (instruction.unfollow, {}),
    (instruction.neighbours, {"tab": Tab.ALL}),
    (instruction.start_instruction, {"seen": 1}),
    (instruction.give_back, {"seen": 1}),
    (instruction.accept, {"seen": 1}),
    (instruction.refuse, {"seen": 1, "reason": "Incomplet."}),
    (instruction.dismiss, {"seen": 1, "reason": "Doublon."}),
    (instruction.reopen, {"seen": 1}),
]


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
    return lambda action, *args, **kwargs: perform(database, action, *args, now=NOW, **kwargs)


def seen(act: Act, agent: Actor, dossier: DossierRow) -> int:
    return act(instruction.open_dossier, dossier.id, dossier.procedure_id, actor=agent).seen


def all_of(database: Database, table: type) -> list[Any]:
    with database.reading() as db:
        return list(db.exec(select(table).order_by(col(table.id))).all())  # type: ignore[attr-defined]


def stored(database: Database, dossier: DossierRow) -> DossierRow:
    with database.reading() as db:
        row = db.get(DossierRow, dossier.id)
    assert row is not None
    return row


# -- who ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("action", "arguments"), ON_ONE, ids=lambda value: getattr(value, "__name__", ""))
def test_only_the_agents_of_the_procedure_instruct(
    database: Database, dossier: DossierRow, citizen: Actor, act: Act, action: Act, arguments: dict[str, Any]
) -> None:
    elsewhere = an_instructor(database, a_procedure_row(database, path="ailleurs"))
    for stranger in (ANONYMOUS, an_actor(database), elsewhere, an_administrator(database)):
        with pytest.raises(NotFound):
            act(action, dossier.id, actor=stranger, **arguments)
    with pytest.raises(Forbidden):  # the applicant knows that it exists
        act(action, dossier.id, actor=citizen, **arguments)
    assert len(all_of(database, TransitionRow)) == 1
    assert stored(database, dossier).pile == Pile.TO_FOLLOW


def test_an_agent_does_not_see_drafts_not_even_their_own_as_agent(
    database: Database, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    with pytest.raises(NotFound):
        act(instruction.open_dossier, a_dossier_row(database, procedure).id, procedure.id, actor=agent)
    with pytest.raises(Forbidden):
        act(instruction.open_dossier, a_dossier_row(database, procedure, agent).id, procedure.id, actor=agent)


def test_a_dossier_is_not_found_under_the_number_of_another_procedure(
    dossier: DossierRow, agent: Actor, act: Act
) -> None:
    with pytest.raises(NotFound):
        act(instruction.open_dossier, dossier.id, dossier.procedure_id + 1, actor=agent)


def test_who_was_taken_off_the_procedure_loses_its_dossiers(
    database: Database, dossier: DossierRow, agent: Actor, act: Act
) -> None:
    act(instruction.follow, dossier.id, actor=agent)
    in_one(database, procedures.remove_instructor, dossier.procedure_id, agent.account_id)
    with pytest.raises(NotFound):
        act(instruction.start_instruction, dossier.id, 1, actor=agent)
    with pytest.raises(NotFound):
        act(desk.tab, dossier.procedure_id, Tab.ALL, actor=agent)
    assert act(desk.my_procedures, actor=agent) == []


# -- the way of a dossier -----------------------------------------------------------------------------------------
def test_an_agent_instructs_and_accepts(database: Database, dossier: DossierRow, agent: Actor, act: Act) -> None:
    act(instruction.start_instruction, dossier.id, seen(act, agent, dossier), actor=agent)
    opened = act(instruction.open_dossier, dossier.id, dossier.procedure_id, actor=agent)
    assert (opened.state, opened.is_followed) == (DossierState.UNDER_INSTRUCTION, True)
    assert opened.possible == (Event.GIVE_BACK, Event.ACCEPT, Event.REFUSE, Event.DISMISS)
    act(instruction.accept, dossier.id, opened.seen, "  Dossier complet.\r\n", actor=agent)
    opened = act(instruction.open_dossier, dossier.id, dossier.procedure_id, actor=agent)
    assert (opened.state, opened.reason, opened.processed_at) == (DossierState.ACCEPTED, "Dossier complet.", NOW)
    assert [line.event for line in opened.history] == [Event.SUBMIT, Event.START_INSTRUCTION, Event.ACCEPT]
    assert [line.who for line in opened.history] == ["camille@example.fr", "ines@mairie.example", "ines@mairie.example"]
    mails = all_of(database, Mail)
    assert [mail.recipient for mail in mails] == ["camille@example.fr"] * 2
    assert "accepté" in mails[1].subject
    assert "complet" not in mails[1].text  # what is in a dossier does not travel by mail
    assert len([job for job in all_of(database, Job) if job.name == "deliver_mail"]) == 2


@pytest.mark.parametrize(("action", "state"), [(instruction.refuse, "refuse"), (instruction.dismiss, "sans_suite")])
def test_refusing_and_dismissing_need_a_reason(
    database: Database, dossier: DossierRow, agent: Actor, act: Act, action: Act, state: str
) -> None:
    act(instruction.start_instruction, dossier.id, seen(act, agent, dossier), actor=agent)
    for reason in ("", " \n ", "\x00"):
        with pytest.raises(Refused) as refused:
            act(action, dossier.id, seen(act, agent, dossier), reason, actor=agent)
        assert refused.value.path == "reason"
    with pytest.raises(Refused):
        act(action, dossier.id, seen(act, agent, dossier), "a" * (MAX_LENGTH + 1), actor=agent)
    assert stored(database, dossier).state == DossierState.UNDER_INSTRUCTION
    act(action, dossier.id, seen(act, agent, dossier), "Hors délai.", actor=agent)
    assert (stored(database, dossier).state, stored(database, dossier).reason) == (state, "Hors délai.")


def test_a_decision_is_taken_back_and_taken_again(
    database: Database, dossier: DossierRow, agent: Actor, act: Act
) -> None:
    for action, more in (
        (instruction.start_instruction, ()),
        (instruction.give_back, ()),
        (instruction.start_instruction, ()),
        (instruction.refuse, ("Incomplet.",)),
        (instruction.reopen, ()),
        (instruction.accept, ()),
        (instruction.reopen, ()),
    ):
        act(action, dossier.id, seen(act, agent, dossier), *more, actor=agent)
    row = stored(database, dossier)
    assert (row.state, row.reason, row.processed_at) == (DossierState.UNDER_INSTRUCTION, "", None)
    assert len(all_of(database, TransitionRow)) == 8
    assert len(all_of(database, Mail)) == 7


def test_what_is_not_the_moment_is_refused_in_words(dossier: DossierRow, agent: Actor, act: Act) -> None:
    for action, more in (
        (instruction.accept, ()),
        (instruction.refuse, ("Incomplet.",)),
        (instruction.reopen, ()),
        (instruction.give_back, ()),
    ):
        with pytest.raises(Refused) as refused:
            act(action, dossier.id, seen(act, agent, dossier), *more, actor=agent)
        assert "Déposé" in refused.value.text.fr


# -- once only ----------------------------------------------------------------------------------------------------
def test_a_double_click_decides_once(database: Database, dossier: DossierRow, agent: Actor, act: Act) -> None:
    shown = seen(act, agent, dossier)
    for _ in range(2):
        act(instruction.start_instruction, dossier.id, shown, actor=agent)
    shown = seen(act, agent, dossier)
    for _ in range(2):
        act(instruction.accept, dossier.id, shown, actor=agent)
    assert len(all_of(database, TransitionRow)) == 3
    assert len(all_of(database, Mail)) == 2


def test_whoever_decides_second_is_told_who_was_first(
    database: Database, dossier: DossierRow, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    colleague = an_instructor(database, procedure, "marc@mairie.example")
    act(instruction.start_instruction, dossier.id, seen(act, agent, dossier), actor=agent)
    shown = seen(act, colleague, dossier)
    act(instruction.refuse, dossier.id, shown, "Hors délai.", actor=agent)
    with pytest.raises(Refused) as refused:
        act(instruction.accept, dossier.id, shown, actor=colleague)
    assert "ines@mairie.example" in refused.value.text.fr
    assert "Refusé" in refused.value.text.fr
    assert "Refused" in refused.value.text.en
    assert stored(database, dossier).state == DossierState.REFUSED


def test_a_decision_that_one_has_not_seen_is_not_taken_back(
    database: Database, dossier: DossierRow, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    colleague = an_instructor(database, procedure)
    act(instruction.start_instruction, dossier.id, seen(act, agent, dossier), actor=agent)
    act(instruction.accept, dossier.id, seen(act, agent, dossier), actor=agent)
    shown = seen(act, colleague, dossier)
    act(instruction.reopen, dossier.id, shown, actor=agent)
    act(instruction.refuse, dossier.id, seen(act, agent, dossier), "Erreur.", actor=agent)
    with pytest.raises(Refused):
        act(instruction.reopen, dossier.id, shown, actor=colleague)
    assert stored(database, dossier).state == DossierState.REFUSED


def test_agents_who_decide_at_the_same_instant_leave_one_decision(
    database: Database, dossier: DossierRow, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    act(instruction.start_instruction, dossier.id, seen(act, agent, dossier), actor=agent)
    colleagues = [agent, *(an_instructor(database, procedure) for _ in range(3))]
    shown, start = seen(act, agent, dossier), threading.Barrier(len(colleagues))
    refusals: list[Refused] = []

    def decide(actor: Actor, action: Act) -> None:
        start.wait()
        try:
            act(action, dossier.id, shown, "Voilà.", actor=actor)
        except Refused as refused:
            refusals.append(refused)

    verbs = (instruction.accept, instruction.refuse, instruction.dismiss, instruction.accept)
    threads = [threading.Thread(target=decide, args=each) for each in zip(colleagues, verbs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 3
    assert len(all_of(database, TransitionRow)) == 3
    assert len(all_of(database, Mail)) == 2
    assert act(desk.tab, procedure.id, Tab.DECIDED, actor=agent).procedure.counts[Tab.DECIDED] == 1


def test_a_mail_that_cannot_be_written_leaves_no_decision(
    database: Database, dossier: DossierRow, agent: Actor, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("no room")

    shown = seen(act, agent, dossier)
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "enqueue", broken)
        with pytest.raises(OSError, match="no room"):
            act(instruction.start_instruction, dossier.id, shown, actor=agent)
    assert stored(database, dossier).state == DossierState.SUBMITTED
    assert len(all_of(database, TransitionRow)) == 1
    assert act(desk.tab, dossier.procedure_id, Tab.ALL, actor=agent).procedure.counts[Tab.TO_FOLLOW] == 1


# -- following ----------------------------------------------------------------------------------------------------
def test_followers_are_shown_and_counted(
    database: Database, dossier: DossierRow, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    colleague = an_instructor(database, procedure, "marc@mairie.example")
    for _ in range(2):
        act(instruction.follow, dossier.id, actor=agent)
    act(instruction.follow, dossier.id, actor=colleague)
    listed = act(desk.tab, procedure.id, Tab.FOLLOWED, actor=agent)
    assert listed.followers == {dossier.id: ["ines@mairie.example", "marc@mairie.example"]}
    act(instruction.unfollow, dossier.id, actor=agent)
    opened = act(instruction.open_dossier, dossier.id, procedure.id, actor=agent)
    assert ([f.name for f in opened.followers], opened.is_followed) == (["marc@mairie.example"], False)


def test_the_applicant_reads_mails_in_their_language(
    database: Database, dossier: DossierRow, agent: Actor, citizen: Actor, act: Act
) -> None:
    with database.transaction() as db:
        people.account(db, citizen.account_id or 0).language = "en"
    act(instruction.start_instruction, dossier.id, seen(act, agent, dossier), actor=agent)
    (mail,) = all_of(database, Mail)
    assert "is being processed" in mail.subject
    assert f"/en/dossiers/{dossier.id}" in mail.text


def test_a_locked_dossier_is_read_anew_after_waiting(database: Database, dossier: DossierRow, agent: Actor) -> None:
    with database.transaction() as db:
        assert dossiers.get(db, agent, dossier.id or 0, lock=True).state == DossierState.SUBMITTED
