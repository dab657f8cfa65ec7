"""What surrounds a form, read from its document and changed one fact at a time."""

from datetime import date

import pytest

from dsbuilder.domain.details import Details, details_from_json, to_complete, with_detail
from dsbuilder.domain.errors import Refused


def test_an_imported_document_is_read_and_what_we_do_not_know_stays():
    document = {"service": {"nom": "Scolarité", "typeOrganisme": "commune"}, "tags": ["école"], "number": 12}
    assert details_from_json(document).service == "Scolarité"
    changed = with_detail(document, "email", " scolarite@example.fr ")
    assert changed["service"] == {"nom": "Scolarité", "typeOrganisme": "commune", "email": "scolarite@example.fr"}
    assert changed["tags"] == ["école"]


@pytest.mark.parametrize(
    "document",
    [{}, {"service": None}, {"service": "texte"}, {"service": {"nom": 3}}, {"dateFermeture": "demain"},
     {"dureeConservationDossiers": "12"}, {"dureeConservationDossiers": True}],
)  # fmt: skip
def test_anything_of_another_shape_counts_as_absent(document):
    assert details_from_json(document) == Details()


@pytest.mark.parametrize(
    ("name", "entered", "value"),
    [
        ("service", "Scolarité", "Scolarité"),
        ("months_kept", "12", 12),
        ("months_kept", "", None),
        ("closes_on", "2026-09-30", date(2026, 9, 30)),
        ("legal_basis", "Délibération du 3 mai", "Délibération du 3 mai"),
    ],
)
def test_a_detail_is_read_back_as_entered(name, entered, value):
    assert getattr(details_from_json(with_detail({}, name, entered)), name) == value


@pytest.mark.parametrize(
    ("name", "entered"),
    [("months_kept", "0"), ("months_kept", "37"), ("months_kept", "un an"), ("closes_on", "30/09/2026"),
     ("service", "x" * 2_001), ("no_such_name", "x")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(name, entered):
    with pytest.raises(Refused):
        with_detail({}, name, entered)


def test_what_an_imported_procedure_lacks_is_listed():
    document = {
        "service": {"nom": "Scolarité", "telephone": "01 02 03 04 05"},
        "cadreJuridiqueUrl": "https://example.fr",
    }
    assert [text.fr for text in to_complete(details_from_json(document))] == ["La durée de conservation des dossiers"]
    assert len(to_complete(Details())) == 4
