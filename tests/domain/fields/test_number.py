"""Numbers of old forms."""

import pytest

from tests.domain.fields.tables import of, parsed, refusal


@pytest.mark.parametrize(("raw", "kept"), [("42", "42"), ("12,5", "12.5"), ("1 000", "1000")])
def test_whole_and_decimal_numbers_are_read(raw: str, kept: str) -> None:
    assert of("number").to_json(parsed("number", raw)) == kept


def test_a_word_is_refused() -> None:
    assert "par exemple" in refusal("number", "deux").fr


def test_it_is_not_offered_for_new_fields_nor_by_links() -> None:
    assert not of("number").offered
    assert of("number").prefill_example == ""
    assert of("number").operators == of("decimal_number").operators
