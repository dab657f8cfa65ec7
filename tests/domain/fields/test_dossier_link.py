"""Numbers of other dossiers."""

from dataclasses import replace
from datetime import date

import pytest

from dsbuilder.domain.answering import problems
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.fields.dossier_link import DossierLinkField, LinkedDossier
from tests.domain.fields.tables import a_field, of, parsed, refusal
from tests.forms import a_form

TODAY = date(2026, 3, 27)


@pytest.mark.parametrize("raw", ["1042", " 1 042 ", "1\u00a0042", "n° 1042", "Dossier n°\u00a01042", "#1042", "01042"])
def test_a_number_is_read_however_it_is_written(raw: str) -> None:
    assert parsed("dossier_link", raw) == LinkedDossier(1042)
    assert of("dossier_link").display(LinkedDossier(1042), None) == "1042"


@pytest.mark.parametrize("raw", ["0", "-1", "12,5", "douze", "12-13", "n°", "9" * 16, "9" * 30, "https://x/12", "١٢"])
def test_anything_else_is_refused_with_an_example(raw: str) -> None:
    assert "1042" in refusal("dossier_link", raw).fr


def test_an_unknown_number_stays_as_typed_and_keeps_the_dossier_from_being_deposited() -> None:
    type_ = of("dossier_link")
    assert isinstance(type_, DossierLinkField)
    for is_required in (True, False):
        form = a_form(replace(a_field("dossier_link"), required=is_required))
        unknown = type_.checked(LinkedDossier(12), exists=False)
        (problem,) = problems(form, {"1": Answer(unknown)}, complete=True, today=TODAY)
        assert "12" in problem.text.fr and "Aucun dossier déposé" in problem.text.fr
        assert problems(form, {"1": Answer(type_.checked(unknown, exists=True))}, complete=True, today=TODAY) == ()


def test_it_is_kept_as_its_number_and_with_the_mark_of_an_unknown_one() -> None:
    type_ = of("dossier_link")
    assert type_.to_json(LinkedDossier(12)) == 12
    again = type_.from_json(type_.to_json(LinkedDossier(12, unknown=True)))
    assert (again.number, again.unknown) == (12, True)
    assert [type_.from_json(json) for json in (True, 0, -3, 2**60, {"number": "12"}, "12")] == [None] * 6
    (column,) = type_.columns(a_field("dossier_link"))
    assert column.read(LinkedDossier(12)) == "12"
