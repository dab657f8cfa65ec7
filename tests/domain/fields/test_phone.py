"""Telephone numbers."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.fields.tables import of, parsed, refusal


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("06.12.34.56.78", "06 12 34 56 78"),
        ("+33 6 12 34 56 78", "06 12 34 56 78"),
        ("0033612345678", "06 12 34 56 78"),
        ("0262 12 34 56", "0262 12 34 56"),
        ("0692123456", "0692 12 34 56"),
        ("+32 470 12 34 56", "+32 470 12 34 56"),
        ("+1 (212) 555-0123", "+1 (212) 555-0123"),
    ],
)
def test_a_french_number_is_shown_in_its_national_form_and_others_as_typed(raw: str, shown: str) -> None:
    assert parsed("phone", raw) == raw
    assert of("phone").display(raw, None) == shown


@pytest.mark.parametrize("raw", ["12", "téléphone", "06 12 34 56", "+99 12", "06 12 34 56 78 90 12"])
def test_anything_else_is_refused_with_an_example(raw: str) -> None:
    assert "06 12 34 56 78" in refusal("phone", raw).fr


def test_what_was_kept_otherwise_is_shown_as_it_stands() -> None:
    assert of("phone").display("poste 12", None) == "poste 12"


@given(st.from_regex(r"0[1-9]([ .-]?[0-9]{2}){4}", fullmatch=True))
def test_what_is_read_without_the_library_is_possible_to_the_library(raw: str) -> None:
    assert phonenumbers.is_possible_number(phonenumbers.parse(raw, "FR"))
    assert parsed("phone", raw) == raw
