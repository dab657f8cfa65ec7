"""Numbers of associations."""

import pytest

from tests.domain.fields.tables import parsed, refusal


@pytest.mark.parametrize(
    ("raw", "number"),
    [("W751080001", "W751080001"), (" w 751 080 001 ", "W751080001"), ("W9R1001234", "W9R1001234")],
)
def test_a_number_is_kept_in_capitals(raw: str, number: str) -> None:
    assert parsed("rna", raw).words == (number,)


@pytest.mark.parametrize("raw", ["751080001", "W75108000", "W7510800012", "X751080001", "W75108000é", "association"])
def test_anything_else_is_refused_with_an_example(raw: str) -> None:
    assert "W751080001" in refusal("rna", raw).fr
