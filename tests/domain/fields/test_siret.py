"""SIRET numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.fields.lookups import Found, Registered, settled
from dsbuilder.domain.fields.siret import has_key
from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal

FOUND = settled(
    Registered(("00012345500016",)),
    Found((("created_on", "2014-03-01"), ("head_office", "true"), ("name", "ATELIER"), ("status", "open"))),
    "2026-11-26T13:00:00+00:00",
)


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("12002701600563", "12002701600563"),
        ("120 027 016 00563", "12002701600563"),
        (f"120{NBSP}027{NBSP}016{NBSP}00563", "12002701600563"),
        (" 120.027.016-00563 ", "12002701600563"),
        ("35600000000048", "35600000000048"),  # La Poste's seat has the usual key
        ("35600000090002", "35600000090002"),  # most of its other establishments have their own
    ],
)
def test_a_number_is_kept_without_blanks(raw: str, digits: str) -> None:
    assert parsed("siret", raw).words == (digits,)


@pytest.mark.parametrize("raw", ["120027016", "1200270160056", "120027016005631", "FR120027016005", "siret", "٣" * 14])
def test_anything_but_fourteen_digits_is_refused_with_an_example(raw: str) -> None:
    assert "120 027 016 00563" in refusal("siret", raw).fr
    assert "14" in refusal("siret", raw).fr


@pytest.mark.parametrize("raw", ["12002701600564", "35600000090001", "21002701600563"])
def test_a_wrong_key_is_called_a_slip(raw: str) -> None:
    assert "erreur de frappe" in refusal("siret", raw).fr


@given(st.integers(0, 10**13 - 1), st.integers(0, 9), st.integers(0, 13))
def test_one_wrong_digit_never_passes(number: int, other: int, place: int) -> None:
    start = f"{number:013}"
    if start.startswith("356000000"):
        return
    whole = next(start + str(key) for key in range(10) if has_key(start + str(key)))
    changed = whole[:place] + str(other) + whole[place + 1 :]
    assert has_key(changed) == (changed == whole) or changed.startswith("356000000")


def test_it_is_shown_in_groups_with_the_name_that_was_found() -> None:
    assert of("siret").display(parsed("siret", "12002701600563"), None) == f"120{NBSP}027{NBSP}016{NBSP}00563"
    assert of("siret").display(FOUND, None).endswith("(ATELIER)")


def test_what_was_found_is_in_columns_of_their_types() -> None:
    columns = {column.name: column for column in of("siret").columns(a_field("siret"))}
    read = {name: column.read(FOUND) for name, column in columns.items()}
    assert (read["value"], read["name"], read["status"]) == ("00012345500016", "ATELIER", "En activité")
    assert str(read["created_on"]) == "2014-03-01"
    assert (read["head_office"], read["city_code"]) == (True, None)
    assert {"address", "postal_code", "city_name", "department_code", "siren", "naf", "legal_form"} <= columns.keys()


def test_what_is_told_speaks_the_readers_language() -> None:
    told = of("siret").told(FOUND, None, "en")
    assert told.sentence == "Found in the register of companies."
    assert [(fact.label, fact.words) for fact in told.facts] == [
        ("Company name", "ATELIER"),
        ("Created on", "1 March 2014"),
        ("Status", "Active"),
    ]
