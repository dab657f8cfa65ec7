"""Who gets a dossier as a document, and that it says what their page says and no more."""

from collections.abc import Callable
from typing import Any

import pytest

from dsbuilder.actions import depositing, dossier_documents, filling, instruction, maps, messages
from dsbuilder.actions.allowance import Allowance
from dsbuilder.actions.context import ANONYMOUS, perform
from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.dossier import DossierState, Event
from dsbuilder.domain.errors import Forbidden, NotFound, Refused
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.geometry import Shape, ShapeKind, drawing
from dsbuilder.domain.messages import Side
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId
from dsbuilder.storage import procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from tests.builders import NOW, a_procedure_row, an_actor, an_administrator, an_instructor, in_one
from tests.domain.conditioned import conditioned
from tests.forms import a_draft, a_field, an_open_procedure
from tests.pdf_reading import ReadPdf

Act = Callable[..., Any]


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return an_open_procedure(
        database,
        a_field(1, "yes_no", "Une terrasse ?"),
        conditioned(a_field(2, "text", "Mobilier", required=False), Comparison(FieldId(1), Operator.EQ, True)),
        a_field(3, "carte", "Emprise"),
    )


@pytest.fixture
def agent(database: Database, procedure: ProcedureRow) -> Actor:
    return an_instructor(database, procedure, "ines@mairie.example")


@pytest.fixture
def draft(database: Database, procedure: ProcedureRow) -> tuple[Actor, int]:
    """All is answered, and what was said of a terrace is hidden since."""
    actor, number = a_draft(database)
    for path, raw in (("1", "true"), ("2", "Chaises en osier"), ("1", "false")):
        perform(database, filling.answer, number, path, raw, actor=actor, now=NOW)
    place = drawing([Shape(ShapeKind.POINT, (((-4.49, 48.38),),))])
    perform(database, maps.keep, number, "3", place, "", actor=actor, now=NOW)
    return actor, number


@pytest.fixture
def act(database: Database) -> Act:
    return lambda action, *args, **named: perform(database, action, *args, now=NOW, **named)


def labels(sheet: dossier_documents.Sheet) -> list[str]:
    return [answer.label for section in sheet.sections for answer in section.answers]


# -- who -----------------------------------------------------------------------------------------------------------
def test_strangers_agents_of_others_and_other_applicants_find_nothing(
    database: Database, procedure: ProcedureRow, draft: tuple[Actor, int], act: Act
) -> None:
    actor, number = draft
    act(depositing.submit, number, actor=actor)
    elsewhere = an_instructor(database, a_procedure_row(database, path="ailleurs"))
    for who in (ANONYMOUS, an_actor(database), elsewhere, an_administrator(database)):
        with pytest.raises(NotFound):
            act(dossier_documents.for_applicant, number, "fr", actor=who)
        with pytest.raises(NotFound):
            act(dossier_documents.for_agent, procedure.id, number, "fr", actor=who)
    with pytest.raises(Forbidden):  # the applicant knows that it exists
        act(dossier_documents.for_agent, procedure.id, number, "fr", actor=actor)


def test_an_agent_gets_no_draft_not_even_their_own_as_agent(
    database: Database, procedure: ProcedureRow, agent: Actor, draft: tuple[Actor, int], act: Act
) -> None:
    with pytest.raises(NotFound):
        act(dossier_documents.for_agent, procedure.id, draft[1], "fr", actor=agent)
    _, own = a_draft(database, applicant=agent)
    with pytest.raises(Forbidden):
        act(dossier_documents.for_agent, procedure.id, own, "fr", actor=agent)
    assert act(dossier_documents.for_applicant, own, "fr", actor=agent).number == own


def test_an_agent_finds_it_under_its_own_procedure_and_not_as_applicant(
    procedure: ProcedureRow, agent: Actor, draft: tuple[Actor, int], act: Act
) -> None:
    actor, number = draft
    act(depositing.submit, number, actor=actor)
    assert act(dossier_documents.for_agent, procedure.id, number, "fr", actor=agent).number == number
    with pytest.raises(NotFound):
        act(dossier_documents.for_agent, (procedure.id or 0) + 1, number, "fr", actor=agent)
    with pytest.raises(NotFound):
        act(dossier_documents.for_applicant, number, "fr", actor=agent)


def test_who_was_taken_off_the_procedure_gets_it_no_more(
    database: Database, procedure: ProcedureRow, agent: Actor, draft: tuple[Actor, int], act: Act
) -> None:
    act(depositing.submit, draft[1], actor=draft[0])
    in_one(database, procedures.remove_instructor, procedure.id, agent.account_id)
    with pytest.raises(NotFound):
        act(dossier_documents.for_agent, procedure.id, draft[1], "fr", actor=agent)


def test_so_many_at_once_and_then_at_a_steady_pace(
    draft: tuple[Actor, int], act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossier_documents, "made_for", Allowance(burst=1, per_second=0))
    act(dossier_documents.for_applicant, draft[1], "fr", actor=draft[0])
    with pytest.raises(Refused, match="Many documents"):
        act(dossier_documents.for_applicant, draft[1], "fr", actor=draft[0])


# -- what ----------------------------------------------------------------------------------------------------------
def test_the_owner_reads_a_draft_without_what_is_hidden(draft: tuple[Actor, int], act: Act) -> None:
    actor, number = draft
    sheet = act(dossier_documents.for_applicant, number, "fr", actor=actor)
    assert (sheet.state, sheet.deposited_at, sheet.history) == (DossierState.DRAFT, None, [])
    assert labels(sheet) == ["Une terrasse ?", "Emprise"] and sheet.requester == "Mme Camille Martin"
    pdf = ReadPdf(dossier_documents.rendered(sheet))
    assert "Chaises en osier" not in pdf.words and len(pdf.tagged("/Figure")) == 1


def test_both_read_the_decision_and_neither_the_messages(
    procedure: ProcedureRow, agent: Actor, draft: tuple[Actor, int], act: Act
) -> None:
    actor, number = draft
    act(depositing.submit, number, actor=actor)
    act(messages.write, number, Side.APPLICANT, "La rampe est fixe.", actor=actor)
    for action, reason in ((instruction.start_instruction, ()), (instruction.refuse, ("Plan sans date.",))):
        seen = act(instruction.open_dossier, number, procedure.id, actor=agent).seen
        act(action, number, seen, *reason, actor=agent)
    theirs = act(dossier_documents.for_agent, procedure.id, number, "fr", actor=agent)
    own = act(dossier_documents.for_applicant, number, "fr", actor=actor)
    for sheet in (theirs, own):
        assert (sheet.state, sheet.reason) == (DossierState.REFUSED, "Plan sans date.")
        assert [step.event for step in sheet.history] == [Event.SUBMIT, Event.START_INSTRUCTION, Event.REFUSE]
        assert labels(sheet) == ["Une terrasse ?", "Emprise"]
        words = ReadPdf(dossier_documents.rendered(sheet)).words
        assert "Plan sans date." in words and "rampe" not in words and "osier" not in words
    assert (theirs.account, own.account) == (actor.email, "")
    assert {step.who for step in own.history} == {""}  # agents are not named to applicants, as on their page
    assert theirs.history[1].who == "ines@mairie.example"
