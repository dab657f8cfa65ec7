"""A dossier is deposited once and for all, with its receipt, its counters and its keys."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from dsbuilder.actions import depositing, filing, filling
from dsbuilder.actions.context import perform
from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.documents import revision_to_json
from dsbuilder.domain.dossier import DossierState, Event
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId
from dsbuilder.storage import dossiers, lists, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.dossiers import REQUESTER
from dsbuilder.storage.tables import AnswerKey, DossierRow, Mail, ProcedureRow, TransitionRow
from tests.builders import NOW, a_procedure_row, an_administrator, an_instructor
from tests.domain.conditioned import conditioned
from tests.forms import a_draft, a_field, a_form, an_open_procedure

FIELDS = (a_field(1, "text", "Nom"), a_field(2, "integer_number", "Âge", required=False))


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return an_open_procedure(database, *FIELDS)


@pytest.fixture
def complete(database: Database, procedure: ProcedureRow) -> tuple[Actor, int]:
    applicant, number = a_draft(database)
    perform(database, filling.answer, number, "1", "Élodie", actor=applicant, now=NOW)
    return applicant, number


def submit(database: Database, draft: tuple[Actor, int]) -> depositing.Deposited:
    return perform(database, depositing.submit, draft[1], actor=draft[0], now=NOW)


def rows(database: Database, table):
    with database.reading() as db:
        return db.exec(select(table)).all()


def keys(database: Database, of_field: int = 1) -> list[str | None]:
    return [key.text for key in rows(database, AnswerKey) if key.field_id == of_field]


def test_depositing_keeps_history_receipt_counter_and_keys_together(
    database: Database, procedure: ProcedureRow, complete
) -> None:
    assert submit(database, complete) == depositing.Deposited(complete[1], already=False)
    (dossier,) = rows(database, DossierRow)
    assert (dossier.state, dossier.deposited_at) == (DossierState.SUBMITTED, NOW)
    assert [t.event for t in rows(database, TransitionRow)] == [Event.SUBMIT]
    assert keys(database) == ["elodie"]
    (mail,) = rows(database, Mail)
    assert mail.recipient == complete[0].email
    assert str(complete[1]) in mail.subject
    assert "Élodie" not in mail.text
    agent = an_instructor(database, procedure)
    with database.reading() as db:
        assert lists.counts_by_tab(db, agent, procedure.id or 0)[Tab.TO_FOLLOW] == 1


def test_a_double_click_and_two_tabs_deposit_once(database: Database, complete) -> None:
    with ThreadPoolExecutor(4) as tabs:
        outcomes = list(tabs.map(lambda _: submit(database, complete), range(4)))
    assert sorted(outcome.already for outcome in outcomes) == [False, True, True, True]
    assert len(rows(database, TransitionRow)) == 1
    assert len(rows(database, Mail)) == 1


def test_what_is_missing_or_wrong_is_listed_in_order_and_forbids(database: Database, procedure: ProcedureRow) -> None:
    draft = a_draft(database)
    perform(database, filling.answer, draft[1], "2", "douze", actor=draft[0])
    found = perform(database, depositing.check, draft[1], actor=draft[0])
    assert [problem.path for problem in found] == ["1", "2"]
    with pytest.raises(Refused) as refused:
        submit(database, draft)
    assert refused.value.path == "1"
    assert "2 réponses" in refused.value.text.fr
    assert rows(database, Mail) == []


def test_a_nameless_dossier_is_not_deposited(database: Database, procedure: ProcedureRow, complete) -> None:
    with database.transaction() as db:
        db.get_one(DossierRow, complete[1]).requester = {}
    with pytest.raises(Refused) as refused:
        submit(database, complete)
    assert refused.value.path == "identity"


def test_answers_may_change_until_instruction_starts_and_the_keys_follow(
    database: Database, procedure: ProcedureRow, complete
) -> None:
    submit(database, complete)
    perform(database, filling.answer, complete[1], "1", "Zoé", actor=complete[0])
    perform(database, filing.identify, complete[1], "", "Zoé", "Dupond", actor=complete[0])
    assert keys(database) == ["zoe"]
    assert "dupond" in keys(database, of_field=REQUESTER)
    with database.transaction() as db:
        row = dossiers.get(db, complete[0], complete[1], lock=True)
        dossiers.change_state(
            db, row, Event.START_INSTRUCTION, DossierState.UNDER_INSTRUCTION, account_id=None, now=NOW
        )
    with pytest.raises(Refused):
        perform(database, filling.answer, complete[1], "1", "Trop tard", actor=complete[0])
    with pytest.raises(Refused):
        perform(database, filing.identify, complete[1], "", "Trop", "Tard", actor=complete[0])


def test_a_form_published_meanwhile_is_read_again_before_depositing(
    database: Database, procedure: ProcedureRow, complete
) -> None:
    with database.transaction() as db:
        document = revision_to_json(a_form(*FIELDS, a_field(3, "text", "Nouvelle", required=False)))
        row = db.get_one(ProcedureRow, procedure.id)
        procedures.publish(db, row, path="cantine", document=document, publisher_id=None, now=NOW)
    with pytest.raises(Refused):
        submit(database, complete)
    perform(database, filling.open_dossier, complete[1], actor=complete[0])
    assert not submit(database, complete).already


def test_nothing_is_deposited_in_a_closed_procedure(database: Database, procedure: ProcedureRow, complete) -> None:
    with database.transaction() as db:
        procedures.close(db, db.get_one(ProcedureRow, procedure.id), NOW)
    with pytest.raises(Refused):
        submit(database, complete)
    with pytest.raises(Refused):
        a_draft(database)


def test_the_only_draft_is_offered_again_unless_another_is_asked_for(
    database: Database, procedure: ProcedureRow, complete
) -> None:
    applicant, number = complete
    assert perform(database, filing.start, "cantine", actor=applicant) == number
    assert perform(database, filing.start, "cantine", again=True, actor=applicant) != number


def test_a_draft_is_deleted_by_its_owner_and_a_deposited_dossier_is_not(
    database: Database, procedure: ProcedureRow, complete
) -> None:
    other = a_draft(database)
    with pytest.raises(NotFound):
        perform(database, filing.discard_draft, other[1], actor=complete[0])
    perform(database, filing.discard_draft, other[1], actor=other[0])
    with pytest.raises(NotFound):
        perform(database, filling.open_dossier, other[1], actor=other[0])
    submit(database, complete)
    with pytest.raises(Refused):
        perform(database, filing.discard_draft, complete[1], actor=complete[0])


@pytest.mark.parametrize(
    ("civility", "first", "last", "where"),
    [
        ("Dr", "A", "B", "civility"),
        ("", " ", "B", "first_name"),
        ("", "A", "", "last_name"),
        ("M.", "A", "B" * 101, "last_name"),
    ],
)
def test_an_incomplete_identity_is_refused_by_input(
    database: Database, complete, civility: str, first: str, last: str, where: str
) -> None:
    with pytest.raises(Refused) as refused:
        perform(database, filing.identify, complete[1], civility, first, last, actor=complete[0])
    assert refused.value.path == where


def test_a_procedure_never_published_is_tested_by_its_own_people_alone(database: Database) -> None:
    administrator = an_administrator(database)
    row = a_procedure_row(database, administrator, document=revision_to_json(a_form(*FIELDS)))
    path = str(row.id)
    with pytest.raises(NotFound):
        perform(database, filing.start, path, test=True, actor=an_administrator(database))
    draft = a_draft_of_test(database, path, administrator)
    perform(database, filling.answer, draft[1], "1", "Essai", actor=administrator)
    assert not submit(database, draft).already
    (dossier,) = rows(database, DossierRow)
    assert dossier.test


def a_draft_of_test(database: Database, path: str, actor: Actor) -> tuple[Actor, int]:
    number = perform(database, filing.start, path, test=True, actor=actor)
    perform(database, filing.identify, number, "", "Camille", "Martin", actor=actor)
    return actor, number


IF_YES = Comparison(FieldId(1), Operator.EQ, True)
CONDITIONAL = (
    a_field(1, "yes_no", "Un conjoint ?"),
    conditioned(a_field(2, "text", "Son nom"), IF_YES),
    conditioned(a_field(3, "repetition", "Ses enfants", a_field(4, "text", "Prénom")), IF_YES),
)


def test_what_a_condition_hides_is_kept_while_drafting_and_left_out_of_the_deposit(database: Database) -> None:
    an_open_procedure(database, *CONDITIONAL)
    applicant, number = a_draft(database)
    for path, raw in (("1", "true"), ("2", "Sacha")):
        perform(database, filling.answer, number, path, raw, actor=applicant, now=NOW)
    (row,) = (path for path in rows(database, DossierRow)[0].answers if path.startswith("3:"))  # begun with the draft
    perform(database, filling.answer, number, row.replace("3:", "4:"), "Noé", actor=applicant, now=NOW)
    perform(database, filling.answer, number, "1", "false", actor=applicant, now=NOW)
    assert rows(database, DossierRow)[0].answers["2"]["v"] == "Sacha"
    submit(database, (applicant, number))
    assert list(rows(database, DossierRow)[0].answers) == ["1"]
    assert not keys(database, of_field=2) and not keys(database, of_field=4)


def test_a_required_answer_that_a_condition_shows_is_waited_for(database: Database) -> None:
    an_open_procedure(database, *CONDITIONAL[:2])
    draft = a_draft(database)
    perform(database, filling.answer, draft[1], "1", "true", actor=draft[0], now=NOW)
    with pytest.raises(Refused) as refused:
        submit(database, draft)
    assert refused.value.path == "2"
