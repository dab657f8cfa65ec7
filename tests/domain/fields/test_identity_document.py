"""Identity documents: as a kind of former forms, and as the nature of an attachment."""

from random import Random
from typing import Any

import pytest

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.attachment import AttachedFile, AttachmentField, FileState
from dsbuilder.domain.procedure import Field
from dsbuilder.domain.questionnaire import files_of
from tests.domain.fields.tables import NBSP, a_field, of

CARD = AttachedFile(token="t1", name="carte Camille Martin.jpg", size=1200, content_type="image/jpeg")
KIND = a_field("titre_identite")
NATURE = a_field("piece_justificative", nature="TITRE_IDENTITE", pj_format_families=("tableur",), max_megabytes=200)
both = pytest.mark.parametrize("field", [KIND, NATURE], ids=["kind", "nature"])


def checked(field: Field, name: str, size: int = 1, sniffed: str | None = "image/jpeg", present: int = 0) -> str:
    """Why a file is refused, in French; empty when it is accepted."""
    assert isinstance(field.type, AttachmentField)
    try:
        field.type.check(present, name, size, sniffed, field.options)
    except Invalid as invalid:
        return invalid.text.fr.replace(NBSP, " ")
    return ""


@both
def test_pictures_in_jpeg_and_png_of_twenty_megabytes_are_accepted_and_nothing_else(field: Field) -> None:
    assert checked(field, "carte.jpg") == checked(field, "CARTE.JPEG", 20_000_000) == ""
    assert checked(field, "carte.png", sniffed="image/png") == ""
    for name in ("carte.pdf", "carte.gif", "carte.heic", "tableau.xlsx", "carte", "carte.png.exe"):
        assert "JPEG et PNG" in checked(field, name)
    assert "dépasse 20 Mo" in checked(field, "carte.jpg", 20_000_001)
    assert "n’est pas un vrai JPG" in checked(field, "carte.jpg", sniffed="application/pdf")
    assert "10 fichiers au plus" in checked(field, "carte.jpg", present=10)
    assert field.type.attributes(field.options).accept == ".jpg,.jpeg,.png"


@both
def test_it_is_marked_purged_and_said_so(field: Field) -> None:
    assert isinstance(field.type, AttachmentField)
    assert field.type.is_identity(field.options) and field.type.is_purged(field.options)
    said = field.type.expects(field.options)
    assert said and "filigrane" in said.fr and "supprimée après la décision" in said.fr and "watermark" in said.en


@both
def test_exports_hold_whether_there_is_one_and_not_the_name_of_the_file(field: Field) -> None:
    (column,) = field.type.columns(field)
    assert (column.read((CARD,)), column.read(None), column.sought) == ("présent", "absent", False)


@both
def test_a_made_answer_is_a_picture(field: Field) -> None:
    (made,) = field.type.made(field, Random(1), None)  # type: ignore[arg-type]
    assert made["name"].endswith(".jpg")
    ((sample,),) = field.type.samples(field.options, (), None).values  # type: ignore[arg-type]
    assert sample["content_type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("options", "purged", "said"),
    [
        ({}, False, ""),
        ({"pj_auto_purge": True}, True, "Le fichier est supprimé après la décision."),
        ({"nature": "RIB"}, False, "Un relevé d’identité bancaire : un document ou une image."),
    ],
)
def test_other_attachments_are_kept_as_they_come_and_purged_where_the_form_says(
    options: dict[str, Any], purged: bool, said: str
) -> None:
    field = a_field("piece_justificative", **options)
    assert isinstance(field.type, AttachmentField)
    assert not field.type.is_identity(field.options) and field.type.is_purged(field.options) == purged
    expected = field.type.expects(field.options)
    assert (expected.fr.replace(NBSP, " ") if expected else "") == said
    assert [column.name for column in field.type.columns(field)] == ["value"]


def test_bank_details_are_a_document_or_an_image_unless_the_form_says_less() -> None:
    field = a_field("piece_justificative", nature="RIB")
    assert checked(field, "rib.pdf", sniffed="application/pdf") == checked(field, "rib.png", sniffed="image/png") == ""
    assert "Formats acceptés" in checked(field, "rib.zip", sniffed="application/zip")
    pictures = a_field("piece_justificative", nature="RIB", pj_format_families=("image_scan",))
    assert "Formats acceptés" in checked(pictures, "rib.docx", sniffed="application/zip")


@pytest.mark.parametrize(
    ("state", "note", "address"),
    [
        ("", f"1{NBSP}ko", "/fichiers/t1/carte%20Camille%20Martin.jpg"),
        (FileState.MARKING.value, "reçu, un filigrane y est apposé avant qu’on puisse le lire", ""),
        (FileState.PURGED.value, "supprimé après la décision", ""),
    ],
)
def test_a_page_leads_only_to_what_can_be_read(state: str, note: str, address: str) -> None:
    file: AttachedFile = {**CARD, "state": state} if state else CARD
    (kept,) = of("titre_identite").from_json(of("titre_identite").to_json((file,)))
    (view,) = files_of((kept,), "fr")
    assert (view.note, view.address, view.state) == (note, address, state)


def test_the_kind_of_former_forms_is_not_offered_for_new_ones() -> None:
    assert not of("titre_identite").offered and of("piece_justificative").offered
