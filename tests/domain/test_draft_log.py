"""What undo and redo take back, and what a reader of the log must draw again."""

import pytest

from dsbuilder.domain.draft_log import Entry, redoable, touched, undoable
from dsbuilder.domain.editing import Add, Change, Describe, Move, Remove
from dsbuilder.domain.procedure import Field, FieldId


@pytest.mark.parametrize(
    ("log", "undo", "redo"),
    [
        ([], None, None),
        ([Entry(1)], 1, None),
        ([Entry(1), Entry(4)], 4, None),
        ([Entry(1), Entry(4), Entry(5, undoes=4)], 1, 5),
        ([Entry(1), Entry(4), Entry(5, undoes=4), Entry(6, undoes=1)], None, 6),
        ([Entry(1), Entry(4), Entry(5, undoes=4), Entry(6, undoes=1), Entry(7, undoes=6)], 7, 5),
        ([Entry(1), Entry(2, undoes=1), Entry(3, undoes=2)], 3, None),
        ([Entry(1), Entry(2, undoes=1), Entry(3, undoes=2), Entry(4, undoes=3)], None, 4),
        ([Entry(1), Entry(2, undoes=1), Entry(3)], 3, None),
        ([Entry(5, undoes=2)], None, None),
    ],
    ids=["empty", "one", "two", "undone", "all undone", "redone", "redone alone", "undone again", "new edit", "cut"],
)
def test_what_may_be_undone_and_redone(log, undo, redo):
    assert (undoable(log), redoable(log)) == (undo, redo)


def test_a_changed_label_touches_its_card_only():
    found = touched([Change(FieldId(3), label="Nom"), Describe(title="Cantine")])
    assert found.fields == {3}
    assert not found.structure


def test_adding_moving_and_removing_touch_the_structure():
    block = Field(FieldId(1), "repetition", children=(Field(FieldId(2), "text"),))
    assert touched([Add(block, None, 0)]).fields == {1, 2}
    assert touched([Remove(FieldId(2))]).structure
    assert touched([Move(FieldId(2), FieldId(9), 0)]).fields == {2, 9}
