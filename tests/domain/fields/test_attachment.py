"""Attachments."""

from typing import Any

import pytest

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.attachment import AttachedFile, AttachmentField
from dsbuilder.domain.fields.options import change_option
from tests.domain.fields.tables import NBSP, a_field, of, refusal

PLAN = AttachedFile(token="t1", name="plan.pdf", size=1200, content_type="application/pdf")
PHOTO = AttachedFile(token="t2", name="façade.png", size=800, content_type="image/png")


def checked(
    present: int = 0, name: str = "plan.pdf", size: int = 1, sniffed: str | None = "application/pdf", **options: Any
) -> str:
    """Why one more file is refused, in French; empty when it is accepted."""
    type_ = of("piece_justificative")
    assert isinstance(type_, AttachmentField)
    try:
        type_.check(present, name, size, sniffed, type_.Options(**options))
    except Invalid as invalid:
        return invalid.text.fr
    return ""


@pytest.mark.parametrize(
    ("name", "sniffed"),
    [
        ("plan.pdf", "application/pdf"),
        ("Plan.PDF", "application/pdf"),
        ("lettre.docx", "application/zip"),
        ("tableau.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("notes.txt", None),
        ("liste.csv", None),
        ("liste.csv", "image/bmp"),
        ("photo.jpeg", "image/jpeg"),
        ("vieux.doc", None),
    ],
)
def test_usual_files_are_accepted(name: str, sniffed: str | None) -> None:
    assert checked(name=name, sniffed=sniffed) == ""


@pytest.mark.parametrize(
    ("name", "sniffed", "french"),
    [
        ("photo.pdf", "image/png", "n’est pas un vrai PDF"),
        ("photo.pdf", None, "n’est pas un vrai PDF"),
        ("notes.txt", "application/x-msdownload", "n’est pas un vrai TXT"),
        ("page.html", None, "n’est pas accepté"),
        ("dessin.svg", None, "n’est pas accepté"),
        ("programme.exe", "application/x-msdownload", "n’est pas accepté"),
        ("sans extension", "application/pdf", "n’est pas accepté"),
        (".pdf", "application/pdf", "n’est pas accepté"),
        ("plan.pdf.exe", "application/pdf", "n’est pas accepté"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, sniffed: str | None, french: str) -> None:
    assert french in checked(name=name, sniffed=sniffed)


def test_too_many_too_large_and_empty_files_are_refused() -> None:
    assert checked(present=9) == ""
    assert "10 fichiers au plus" in checked(present=10)
    assert "Un seul fichier" in checked(present=1, max_files=1)
    assert "dépasse 5 Mo" in checked(size=5_000_001, max_megabytes=5)
    assert "est vide" in checked(size=0)


def test_families_limit_what_is_accepted() -> None:
    images = {"pj_format_families": ("image_scan",)}
    assert checked(name="photo.png", sniffed="image/png", **images) == ""
    assert checked(name="scan.pdf", **images) == ""
    assert f"Formats acceptés{NBSP}: Images" in checked(name="lettre.docx", sniffed="application/zip", **images)
    field = a_field("piece_justificative", **images)
    assert ".png" in field.type.attributes(field.options).accept.split(",")
    assert ".docx" not in field.type.attributes(field.options).accept.split(",")


def test_a_browser_cannot_name_a_file_into_an_answer() -> None:
    assert "Ajoutez le fichier" in refusal("piece_justificative", "t1").fr
    assert "Ajoutez le fichier" in refusal("piece_justificative", ["t1"]).fr


def test_files_are_kept_and_shown_by_name() -> None:
    type_ = of("piece_justificative")
    kept = type_.to_json((PLAN, PHOTO))
    assert type_.from_json(kept) == (PLAN, PHOTO)
    assert type_.display((PLAN, PHOTO), None) == "plan.pdf, façade.png"
    assert type_.from_json([{"token": "t1"}, 12]) is None


def test_its_column_is_exported_but_not_sought() -> None:
    field = a_field("piece_justificative")
    (column,) = field.type.columns(field)
    assert not column.sought
    assert column.read((PLAN,)) == "plan.pdf"


@pytest.mark.parametrize(
    ("name", "raw"),
    [("max_files", "0"), ("max_files", "11"), ("max_megabytes", "201"), ("pj_format_families", "films")],
)
def test_limits_beyond_those_of_the_platform_are_refused(name: str, raw: str) -> None:
    with pytest.raises(Invalid):
        change_option(of("piece_justificative"), of("piece_justificative").Options(), name, raw)
