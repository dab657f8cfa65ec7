"""What the page before publishing says of the dossiers in progress."""

import pytest

from dsbuilder.actions import drafting, filling, foreseeing, publishing
from dsbuilder.actions.context import perform
from dsbuilder.domain.effects import Effects
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId
from dsbuilder.storage import dossiers
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, ProcedureRow
from tests.builders import NOW, a_dossier_row, an_administrator
from tests.forms import a_draft, a_field, an_open_procedure


@pytest.fixture
def ines(database: Database) -> Actor:
    return an_administrator(database)


@pytest.fixture
def procedure(database: Database, ines: Actor) -> ProcedureRow:
    return an_open_procedure(database, a_field(1, "text", "Âge"), a_field(2, "text", "Fax"), administrator=ines)


def answered(database: Database, **answers: str) -> int:
    """The number of a new draft with these answers."""
    applicant, number = a_draft(database)
    for path, raw in answers.items():
        perform(database, filling.answer, number, path.removeprefix("q"), raw, actor=applicant, now=NOW)
    return number


def foreseen(database: Database, ines: Actor, procedure: ProcedureRow) -> Effects:
    effects = perform(database, publishing.readiness, procedure.id, actor=ines, now=NOW).effects
    assert effects is not None
    return effects


def change(database: Database, ines: Actor, procedure: ProcedureRow) -> None:
    """The first question now wants a whole number, the second is gone."""
    perform(database, drafting.change, procedure.id, FieldId(1), 0, kind="integer_number", actor=ines, now=NOW)
    perform(database, drafting.remove, procedure.id, FieldId(2), 0, actor=ines, now=NOW)


def test_drafts_are_counted_and_deposited_dossiers_are_left_alone(database, ines, procedure):
    answered(database, q1="12")
    answered(database, q1="douze", q2="01")
    a_dossier_row(database, procedure, deposited_at=NOW)
    change(database, ines, procedure)
    found = foreseen(database, ines, procedure)
    assert (found.drafts, found.read, found.to_correct, found.set_aside, found.deposited) == (2, 2, 1, 1, 1)
    assert [(one.label, one.converted, one.to_correct, one.set_aside) for one in found.questions] == [
        ("Âge", 1, 1, 0),
        ("Fax", 0, 0, 1),
    ]


def test_what_is_foreseen_is_what_happens(database, ines, procedure):
    applicant, number = a_draft(database)
    for path, raw in (("1", "douze"), ("2", "01")):
        perform(database, filling.answer, number, path, raw, actor=applicant, now=NOW)
    change(database, ines, procedure)
    found = foreseen(database, ines, procedure)
    perform(database, publishing.publish, procedure.id, "cantine", actor=ines, now=NOW)
    opened = perform(database, filling.open_dossier, number, actor=applicant, now=NOW)
    assert (found.to_correct, found.set_aside) == (
        sum(bool(answer.former) for answer in opened.answers.values()),
        len(opened.set_aside),
    )


def test_drafts_of_older_forms_count_and_those_thrown_away_do_not(database, ines, procedure):
    answered(database, q2="01")
    thrown = answered(database, q2="02")
    with database.transaction() as db:
        dossiers.discard(db, db.get_one(DossierRow, thrown), NOW)
    perform(database, drafting.change, procedure.id, FieldId(1), 0, kind="integer_number", actor=ines, now=NOW)
    perform(database, publishing.publish, procedure.id, "cantine", actor=ines, now=NOW)
    answered(database, q2="03")
    perform(database, drafting.remove, procedure.id, FieldId(2), 0, actor=ines, now=NOW)
    assert (foreseen(database, ines, procedure).drafts, foreseen(database, ines, procedure).set_aside) == (2, 2)


def test_only_the_newest_are_looked_at_when_there_are_many(database, ines, procedure, monkeypatch):
    monkeypatch.setattr(foreseeing, "MAX_DRAFTS", 2)
    for _ in range(3):
        answered(database, q2="01")
    change(database, ines, procedure)
    found = foreseen(database, ines, procedure)
    assert (found.drafts, found.read, found.set_aside) == (3, 2, 2)


def test_drafts_whose_questions_stay_are_not_read(database, ines, procedure, monkeypatch):
    monkeypatch.setattr(foreseeing, "MAX_DRAFTS", 0)
    answered(database, q1="12")
    perform(database, drafting.change, procedure.id, FieldId(1), 0, label="Votre âge", actor=ines, now=NOW)
    found = foreseen(database, ines, procedure)
    assert (found.drafts, found.read, found.touched) == (1, 1, 0)


def test_nothing_is_foreseen_where_nothing_changes(database, ines, procedure):
    assert perform(database, publishing.readiness, procedure.id, actor=ines, now=NOW).effects is None
