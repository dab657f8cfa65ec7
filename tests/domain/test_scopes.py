"""What a condition may speak of."""

import pytest

from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.scopes import sources_for
from tests.forms import a_field

FORM = Revision(
    (
        a_field(1, "yes_no"),
        a_field(2, "header_section"),
        a_field(3, "repetition", "", a_field(31), a_field(32, "date"), a_field(33)),
        a_field(4, "explication"),
        a_field(5, "integer_number"),
        a_field(6),
    )
)


@pytest.mark.parametrize(
    ("owner", "offered"),
    [(1, []), (2, [1]), (3, [1]), (31, [1]), (33, [1, 31, 32]), (4, [1]), (6, [1, 5])],
)
def test_a_condition_may_speak_of_what_asks_and_stands_before_at_the_root_or_in_the_same_row(
    owner: int, offered: list[int]
) -> None:
    assert [source.id for source in sources_for(FieldId(owner), FORM)] == offered
