"""Where fields go: by a step, before another, with their section."""

import pytest

from dsbuilder.domain import arranging
from dsbuilder.domain.arranging import Step
from dsbuilder.domain.editing import apply
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.procedure import FieldId, Revision
from tests.domain.arranged_form import FORM, field, order, title


def test_dragging_a_title_takes_its_section_along():
    move = arranging.moved(FORM, FieldId(4), None, FieldId(1))
    edited = apply(FORM, move)
    assert order(edited.revision) == [4, 5, 6, 1, 2, 3, 31, 32]
    assert apply(edited.revision, edited.inverse).revision == FORM


@pytest.mark.parametrize(
    ("id", "parent", "before", "expected"),
    [
        (2, None, 4, [1, 3, 31, 32, 2, 4, 5, 6]),
        (2, None, None, [1, 3, 31, 32, 4, 5, 6, 2]),
        (2, 3, 32, [1, 3, 31, 2, 32, 4, 5, 6]),
        (31, None, 1, [31, 1, 2, 3, 32, 4, 5, 6]),
        (31, 3, None, [1, 2, 3, 32, 31, 4, 5, 6]),
        (1, None, None, [4, 5, 6, 1, 2, 3, 31, 32]),
        (2, None, 2, None),
        (2, None, 3, None),
        (1, None, 4, None),
        (1, None, 3, None),
    ],
)
def test_dragging_puts_a_field_before_another(id, parent, before, expected):
    move = arranging.moved(FORM, id, parent, before)
    assert (move and order(apply(FORM, move).revision)) == expected


def test_dragging_before_what_is_gone_is_refused():
    with pytest.raises(Refused):
        arranging.moved(FORM, FieldId(2), None, FieldId(99))


@pytest.mark.parametrize(
    ("id", "kind", "place"),
    [(2, "text", (None, 3)), (6, "text", (None, None)), (31, "text", (3, 32)), (31, "repetition", (None, 4))],
)
def test_a_new_field_stands_just_after_the_selected_one(id, kind, place):
    assert arranging.after(FORM, id, kind) == place


def test_a_section_holds_its_subsections():
    form = Revision((title(1), title(2, level=2), field(3), title(4), field(5)))
    assert arranging.section_length(form.fields, 0) == 3
    assert arranging.section_length(form.fields, 1) == 2


@pytest.mark.parametrize(
    ("id", "direction", "expected"),
    [
        (2, Step.DOWN, [1, 3, 31, 32, 2, 4, 5, 6]),
        (6, Step.UP, [1, 2, 3, 31, 32, 4, 6, 5]),
        (6, Step.DOWN, None),
        (2, Step.IN, [1, 3, 2, 31, 32, 4, 5, 6]),
        (31, Step.OUT, [1, 2, 3, 32, 31, 4, 5, 6]),
        (31, Step.UP, [1, 2, 31, 3, 32, 4, 5, 6]),
        (32, Step.DOWN, [1, 2, 3, 31, 32, 4, 5, 6]),
        (6, Step.IN, None),
        (6, Step.OUT, None),
        (3, Step.IN, None),
        (4, Step.UP, [4, 5, 6, 1, 2, 3, 31, 32]),
        (1, Step.DOWN, [4, 5, 6, 1, 2, 3, 31, 32]),
        (4, Step.DOWN, None),
        (1, Step.UP, None),
    ],
)
def test_a_step_goes_one_place_further(id, direction, expected):
    move = arranging.step(FORM, FieldId(id), direction)
    assert (move and order(apply(FORM, move).revision)) == expected


def test_a_field_out_of_the_end_of_a_block_stands_after_it():
    after = apply(FORM, arranging.step(FORM, FieldId(32), Step.DOWN)).revision
    assert after.fields[3].id == 32
