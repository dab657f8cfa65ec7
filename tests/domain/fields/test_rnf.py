"""Numbers of foundations."""

import pytest

from tests.domain.fields.tables import parsed, refusal


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("075-FDD-00003-01", "075-FDD-00003-01"),
        ("075fdd0000301", "075-FDD-00003-01"),
        (" 02A-FE-00012-04 ", "02A-FE-00012-04"),
        ("971-FRUP-00001-12", "971-FRUP-00001-12"),
    ],
)
def test_a_number_is_kept_with_its_dashes(raw: str, number: str) -> None:
    assert parsed("rnf", raw).words == (number,)


@pytest.mark.parametrize("raw", ["075-00003-01", "75-FDD-00003-01", "075-FDD-0003-01", "075-FDD-00003", "fondation"])
def test_anything_else_is_refused_with_an_example(raw: str) -> None:
    assert "075-FDD-00003-01" in refusal("rnf", raw).fr
