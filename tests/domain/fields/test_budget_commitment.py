"""Numbers of budget commitments."""

import pytest

from tests.domain.fields.tables import of, parsed, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [("2100123456", "2100123456"), (" 2100 123 456 ", "2100123456"), ("ej-2026_1+a/b", "EJ-2026_1+A/B")],
)
def test_it_is_kept_in_capitals_without_blanks(raw: str, value: str) -> None:
    assert parsed("engagement_juridique", raw) == value
    assert of("engagement_juridique").display(value, None) == value


@pytest.mark.parametrize("raw", ["2100.123", "n°21", "é", "21(0)", "2" * 101])
def test_other_signs_are_refused_with_an_example(raw: str) -> None:
    assert "2100123456" in refusal("engagement_juridique", raw).fr


def test_it_is_not_offered_to_applicants_nor_brought_by_links() -> None:
    assert not of("engagement_juridique").offered
    assert not of("engagement_juridique").prefill_example
