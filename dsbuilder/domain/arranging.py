"""Where the fields of a form go: by one step, before another, a section with all that it holds."""

from collections.abc import Sequence
from enum import StrEnum

from dsbuilder.domain.editing import GONE, ROOTS, Move, Place, field_of, place_of, siblings_of
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.procedure import Field, FieldId, Revision, level_of


class Step(StrEnum):
    """Where a field goes by one press of a key."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def step(revision: Revision, id: FieldId, direction: Step) -> Move | None:
    """The move of one step in that direction, None at the end of the way. Raises Refused when the field is gone."""
    place, field = place_of(revision, id), field_of(revision, id)
    if field.type.control is Control.HEADING and place.parent in ROOTS:
        return _step_section(siblings_of(revision, place.parent), place, direction)
    return {Step.UP: _up, Step.DOWN: _down, Step.IN: _in, Step.OUT: _out}[direction](revision, field, place)


def index_before(revision: Revision, parent: FieldId | None, before: FieldId | None) -> int:
    """Where something stands that comes just before `before`, or last when that is None. Raises Refused."""
    siblings = [field.id for field in siblings_of(revision, parent)]
    if before is None:
        return len(siblings)
    if before not in siblings:
        raise Refused(GONE)
    return siblings.index(before)


def moved(revision: Revision, id: FieldId, parent: FieldId | None, before: FieldId | None) -> Move | None:
    """The move that dragging asks for, None when it is there; a title takes its section along among the top fields."""
    place, field = place_of(revision, id), field_of(revision, id)
    is_title = field.type.control is Control.HEADING and {place.parent, parent} <= set(ROOTS)
    count = section_length(siblings_of(revision, place.parent), place.index) if is_title else 1
    index = index_before(revision, parent, before)
    if parent != place.parent or index < place.index:
        return Move(id, parent, index, count)
    return Move(id, parent, index - count, count) if index > place.index + count else None


def after(revision: Revision, id: FieldId, kind: str) -> tuple[FieldId | None, FieldId | None]:
    """The place (parent, next) just after a field for a new one of that kind; after its block when it may not nest."""
    place = place_of(revision, id)
    if place.parent is not None and place.parent not in ROOTS and not CATALOGUE[kind].may_stand_in_rows:
        place = place_of(revision, place.parent)
    following = siblings_of(revision, place.parent)[place.index + 1 :]
    return place.parent, following[0].id if following else None


def section_length(tops: Sequence[Field], index: int) -> int:
    """How many of `tops` the section has whose title stands at `index`, its title and its subsections included."""
    level = level_of(tops[index])
    for number, field in enumerate(tops[index + 1 :], start=1):
        if field.type.control is Control.HEADING and level_of(field) <= level:
            return number
    return len(tops) - index


def _up(revision: Revision, field: Field, place: Place) -> Move | None:
    if place.index > 0:
        return Move(field.id, place.parent, place.index - 1)
    return _beside_block(revision, field, place, 0)


def _down(revision: Revision, field: Field, place: Place) -> Move | None:
    if place.index + 1 < len(siblings_of(revision, place.parent)):
        return Move(field.id, place.parent, place.index + 1)
    return _out(revision, field, place)


def _in(revision: Revision, field: Field, place: Place) -> Move | None:
    if place.parent not in ROOTS or not field.type.may_stand_in_rows:
        return None
    tops = siblings_of(revision, place.parent)
    before = tops[place.index - 1] if place.index else None
    if before and before.type.control is Control.ROWS:
        return Move(field.id, before.id, len(before.children))
    after = tops[place.index + 1 : place.index + 2]
    return Move(field.id, after[0].id, 0) if after and after[0].type.control is Control.ROWS else None


def _out(revision: Revision, field: Field, place: Place) -> Move | None:
    return _beside_block(revision, field, place, 1)


def _beside_block(revision: Revision, field: Field, place: Place, after: int) -> Move | None:
    """Out of the block that the field stands in, before it or `after` it."""
    if place.parent is None or place.parent in ROOTS:
        return None
    block = place_of(revision, place.parent)
    return Move(field.id, block.parent, block.index + after)


def _step_section(tops: Sequence[Field], place: Place, direction: Step) -> Move | None:
    index = place.index
    title, count = tops[index], section_length(tops, index)
    starts = [n for n, field in enumerate(tops) if _starts_like(field, title)]
    if direction is Step.UP:
        before = [n for n in starts if n < index]
        return Move(title.id, place.parent, before[-1], count) if before else None
    if direction is Step.DOWN and index + count < len(tops):
        return Move(title.id, place.parent, index + section_length(tops, index + count), count)
    return None


def _starts_like(field: Field, title: Field) -> bool:
    return field.type.control is Control.HEADING and level_of(field) <= level_of(title)
