"""Answers are patched entry by entry: nobody's answer is ever overwritten by somebody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlmodel import col, select

from dsbuilder.storage import dossiers
from dsbuilder.storage.database import Database
from dsbuilder.storage.dossiers import Key
from dsbuilder.storage.tables import AnswerKey, DossierRow
from tests.builders import NOW, a_dossier_row, a_procedure_row, in_one

ROW = "01JD2K3M4N5P6Q7R8S9TAVBWCX"


@pytest.fixture
def dossier(database: Database) -> DossierRow:
    return a_dossier_row(database, a_procedure_row(database, path="cantine"))


def answers(database: Database, dossier: DossierRow) -> dict[str, object]:
    with database.reading() as db:
        return db.exec(select(DossierRow.answers).where(col(DossierRow.id) == dossier.id)).one()


def test_an_entry_is_set_changed_and_removed_alone(database: Database, dossier: DossierRow, now: datetime) -> None:
    for path, entry in [
        ("12", {"v": "Élodie “Zoé” d'Été\n", "by": 1}),
        ("13", {"v": None, "raw": "31/02/2026"}),
        (f"14:{ROW}", True),
        ("12", {"v": ["a", 1.5, None, {"b": False}]}),
        ("13", None),
    ]:
        in_one(database, dossiers.patch_answer, dossier.id, path, entry, now)
    assert answers(database, dossier) == {"12": {"v": ["a", 1.5, None, {"b": False}]}, f"14:{ROW}": True}


def test_removing_what_is_not_there_is_no_error(database: Database, dossier: DossierRow, now: datetime) -> None:
    in_one(database, dossiers.patch_answer, dossier.id, "99", None, now)
    assert answers(database, dossier) == {}


def test_many_entries_change_in_one_statement(database: Database, dossier: DossierRow, now: datetime) -> None:
    in_one(database, dossiers.patch_answers, dossier.id, {str(n): {"v": n} for n in range(1, 151)}, now)
    in_one(database, dossiers.patch_answers, dossier.id, {str(n): None for n in range(2, 151)} | {"200": True}, now)
    assert answers(database, dossier) == {"1": {"v": 1}, "200": True}


@pytest.mark.parametrize("path", ['12"', "12:x", "$.v", "", "12:" + "I" * 26, "12\n"])
def test_what_is_no_path_is_refused(database: Database, dossier: DossierRow, now: datetime, path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        in_one(database, dossiers.patch_answer, dossier.id, path, True, now)


def test_annotations_are_a_document_of_their_own(database: Database, dossier: DossierRow, now: datetime) -> None:
    in_one(database, dossiers.patch_answer, dossier.id, "12", {"v": "vu"}, now, "annotations")
    assert answers(database, dossier) == {}


def test_a_dossier_read_before_the_patch_shows_it(database: Database, dossier: DossierRow, now: datetime) -> None:
    with database.transaction() as db:
        held = db.exec(select(DossierRow)).one()
        dossiers.patch_answer(db, held.id or 0, "12", {"v": "ici"}, now)
        assert held.answers == {"12": {"v": "ici"}}
        assert held.updated_at == now


def test_two_people_on_one_dossier_never_overwrite_each_other(
    database: Database, dossier: DossierRow, now: datetime
) -> None:
    def fill(person: int) -> None:
        for n in range(20):
            in_one(database, dossiers.patch_answer, dossier.id, str(person * 100 + n), {"v": n, "by": person}, now)

    with ThreadPoolExecutor(2) as people:
        list(people.map(fill, [1, 2]))
    assert answers(database, dossier) == {
        str(person * 100 + n): {"v": n, "by": person} for person in (1, 2) for n in range(20)
    }


def test_keys_are_rewritten_as_a_whole(database: Database, dossier: DossierRow) -> None:
    first = [Key(1, "value", text="b"), Key(1, "value", text="a", position=1), Key(2, "value", number=2.5, row=ROW)]
    in_one(database, dossiers.rewrite_keys, dossier, first)
    in_one(database, dossiers.rewrite_keys, dossier, [Key(1, "value", text="c")])
    with database.reading() as db:
        assert [(key.field_id, key.text) for key in db.exec(select(AnswerKey)).all()] == [(1, "c")]


def test_thousands_of_answers_are_kept_at_once(database: Database) -> None:
    """A real form of 1,900 fields with rows in its blocks asks for that many."""
    row = a_dossier_row(database, a_procedure_row(database, path="longue"))
    entries = {str(id): {"v": f"réponse {id}"} for id in range(1, 5001)}
    in_one(database, dossiers.patch_answers, row.id, entries, NOW)
    in_one(database, dossiers.patch_answers, row.id, dict.fromkeys(list(entries)[:4500]), NOW)
    with database.reading() as db:
        assert db.get_one(DossierRow, row.id).answers == dict(list(entries.items())[4500:])
