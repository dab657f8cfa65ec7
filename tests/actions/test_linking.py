"""A dossier names another: the number is checked, and nothing of the other is told to who may not see it."""

import pytest

from dsbuilder.actions import depositing, filing, filling, instruction, linking
from dsbuilder.actions.context import perform
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.people import Actor
from dsbuilder.storage import dossiers, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, ProcedureRow
from tests.builders import NOW, a_dossier_row, an_actor, an_instructor, in_one
from tests.forms import a_draft, a_field, an_open_procedure

LINK = a_field(1, "dossier_link", "Votre premier dossier")


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return an_open_procedure(database, LINK)


@pytest.fixture
def other(database: Database, procedure: ProcedureRow) -> int:
    """A deposited dossier of somebody else in another procedure."""
    elsewhere = an_open_procedure(database, LINK, path="ailleurs")
    return a_dossier_row(database, elsewhere, deposited_at=NOW).id or 0


@pytest.fixture
def draft(database: Database, procedure: ProcedureRow) -> tuple[Actor, int]:
    return a_draft(database)


def said(database: Database, draft: tuple[Actor, int], number: int | str) -> str:
    """What is wrong with that number, in French."""
    saved = perform(database, filling.answer, draft[1], "1", str(number), actor=draft[0], now=NOW)
    return saved.error.fr if saved.error else ""


def test_any_deposited_dossier_may_be_linked(database: Database, draft, other: int) -> None:
    assert said(database, draft, other) == ""
    assert perform(database, depositing.submit, draft[1], actor=draft[0], now=NOW).number == draft[1]


def test_a_draft_a_deleted_one_and_a_number_never_given_are_refused_alike(
    database: Database, procedure: ProcedureRow, draft, other: int
) -> None:
    drafted = a_dossier_row(database, procedure).id or 0
    in_one(database, lambda db: dossiers.discard(db, db.get(DossierRow, other), NOW))
    sentences = {
        said(database, draft, n).replace(f"numéro {n}.", "numéro N.")
        for n in (drafted, other, draft[1], 999_999, 2**53 - 1)
    }
    assert len(sentences) == 1 and "Aucun dossier déposé" in sentences.pop()


def test_an_unknown_number_is_still_said_when_the_form_is_opened_again_and_at_the_deposit(
    database: Database, draft
) -> None:
    said(database, draft, 999_999)
    (problem,) = perform(database, depositing.check, draft[1], actor=draft[0], now=NOW)
    assert "999999" in problem.text.fr
    with pytest.raises(Refused):
        perform(database, depositing.submit, draft[1], actor=draft[0], now=NOW)


def test_a_number_that_a_link_brings_is_looked_up_too(database: Database, procedure, other: int) -> None:
    for number, count in ((other, 0), (999_999, 1)):
        applicant = an_actor(database)
        parameters = [("champ_1", str(number))]
        started = perform(database, filing.start, "cantine", parameters=parameters, actor=applicant, now=NOW)
        again = perform(database, filing.start, "cantine", parameters=parameters, actor=applicant, now=NOW)
        assert started == again
        assert len(perform(database, depositing.check, started, actor=applicant, now=NOW)) == count


def test_nobody_goes_through_all_numbers(database: Database, draft, other: int) -> None:
    for number in range(1000, 1000 + linking.LOOKS):
        said(database, draft, number)
    with pytest.raises(Refused, match="many"):
        said(database, draft, other)
    assert said(database, a_draft(database), other) == ""  # somebody else may still look


def test_the_numbers_of_ones_own_dossiers_are_not_counted(database: Database, procedure, draft) -> None:
    mine = a_dossier_row(database, procedure, draft[0], deposited_at=NOW).id or 0
    for _ in range(linking.LOOKS + 2):
        assert said(database, draft, mine) == ""


def test_the_agent_who_may_open_the_other_dossier_gets_a_link_and_no_other_agent(
    database: Database, procedure: ProcedureRow, draft, other: int
) -> None:
    said(database, draft, other)
    perform(database, depositing.submit, draft[1], actor=draft[0], now=NOW)
    of_both, of_one = an_instructor(database, procedure), an_instructor(database, procedure)
    with database.transaction() as db:
        elsewhere = db.get_one(DossierRow, other).procedure_id
        procedures.add_instructor(db, elsewhere, of_both.account_id)

    def link(agent: Actor, language: str) -> str:
        (section,) = perform(database, instruction.answers, draft[1], language, actor=agent)
        assert section.answers[0].text == str(other)
        return section.answers[0].link

    assert link(of_both, "fr") == f"/instruction/{elsewhere}/dossiers/{other}"
    assert link(of_both, "en") == f"/en/instruction/{elsewhere}/dossiers/{other}"
    assert link(of_one, "fr") == ""
