"""Schools."""

import pytest

from dsbuilder.domain.fields.lookups import Found, Lookup, settled
from tests.domain.fields.tables import of, parsed, refusal

KIND = "annuaire_education"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("0750655E", "0750655E"),
        ("0750655e", "0750655E"),
        ("Lycée du Moulin, Belle-Rive (0299003D)", "0299003D"),
    ],
)
def test_the_code_is_read_wherever_it_stands(raw: str, code: str) -> None:
    value = parsed(KIND, raw)
    assert (value.words, value.state) == ((code, raw), Lookup.IDLE)
    assert of(KIND).as_typed(value) == raw
    assert of(KIND).ask(value, None).words == (code,)


@pytest.mark.parametrize("raw", ["École des Tilleuls", "12345678901", "A0750655E9"])
def test_a_name_alone_is_an_answer_by_hand(raw: str) -> None:
    value = parsed(KIND, raw)
    assert (value.words, value.state) == (("", raw), Lookup.BY_HAND)
    assert of(KIND).ask(value, None) is None
    assert of(KIND).is_complete(value, None)
    assert "main" in of(KIND).told(value, None, "fr").sentence


@pytest.mark.parametrize("raw", ["0750655F", "Lycée du Moulin (0299003E)"])
def test_a_wrong_key_is_called_a_slip(raw: str) -> None:
    assert "0750655E" in refusal(KIND, raw).fr


def test_a_code_alone_is_shown_with_the_name_that_was_found() -> None:
    found = settled(parsed(KIND, "0299003D"), Found((("name", "Lycée du Moulin"),)), "")
    assert of(KIND).display(found, None) == "Lycée du Moulin (0299003D)"
