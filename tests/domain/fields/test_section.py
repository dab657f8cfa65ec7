"""Section titles."""

import pytest

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.options import change_option
from tests.domain.fields.tables import of


@pytest.mark.parametrize(("level", "read"), [(1, 1), (2, 2), (3, 3), (None, 1), (0, 1), (7, 1), ("2", 1), (True, 1)])
def test_a_level_other_than_one_to_three_is_the_first(level: object, read: int) -> None:
    assert of("header_section").options_from_descriptor({"level": level}).header_section_level == read


def test_a_level_is_chosen_among_three() -> None:
    title = of("header_section")
    assert change_option(title, title.Options(), "header_section_level", "3").header_section_level == 3
    with pytest.raises(Invalid):
        change_option(title, title.Options(), "header_section_level", "4")


def test_it_asks_nothing() -> None:
    assert not of("header_section").asks
    assert of("header_section").seconds == 0
