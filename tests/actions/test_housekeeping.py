"""What the platform clears away by itself."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from dsbuilder.actions import files, filing, housekeeping
from dsbuilder.actions.context import PLATFORM, perform
from dsbuilder.storage import files as stored
from dsbuilder.storage.blobs import Blobs
from dsbuilder.storage.tables import DossierRow, StoredFile, TransitionRow
from tests.builders import NOW, in_one
from tests.forms import a_draft, a_field, an_open_procedure


def test_a_deleted_draft_goes_for_good_after_two_weeks_its_files_first(
    database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "blobs", lambda: Blobs(tmp_path))
    an_open_procedure(database, a_field(1, "piece_justificative", "Justificatif"), a_field(2, "text", "Nom"))
    (applicant, number), (_, kept) = a_draft(database), a_draft(database)
    in_one(database, lambda db: a_whole_file(db, number, applicant.account_id or 0))
    perform(database, filing.discard_draft, number, actor=applicant, now=NOW)

    def left_after(days: int, *clearing) -> tuple[set[int | None], int]:
        for action in clearing:
            perform(database, action, actor=PLATFORM, now=NOW + timedelta(days=days))
        with database.reading() as db:
            return set(db.exec(select(DossierRow.id))), len(db.exec(select(StoredFile)).all())

    assert left_after(13, files.clear_files, housekeeping.clear_dossiers) == ({number, kept}, 1)
    assert left_after(15, housekeeping.clear_dossiers) == ({number, kept}, 1)
    assert left_after(15, files.clear_files, housekeeping.clear_dossiers) == ({kept}, 0)
    with database.reading() as db:
        assert number not in set(db.exec(select(TransitionRow.dossier_id)))


def a_whole_file(db, number: int, owner: int) -> None:
    row = stored.announce(
        db, dossier_id=number, owner_id=owner, path="1", name="preuve.pdf", size=3, now=NOW, token="jeton"
    )
    row.completed_at = NOW
