"""Where each field of a form stands, what its showing depends on, and what its condition may compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.operands import read
from dsbuilder.domain.fields.operators import Criterion
from dsbuilder.domain.procedure import Field, FieldId, Revision, level_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A field in its form. It shows when its block and the title over it do, and its own condition holds."""

    field: Field
    position: int
    block: Field | None = None
    under: Field | None = None  # the nearest title that covers it

    @property
    def id(self) -> FieldId:
        """Of the field."""
        return self.field.id


@dataclass(frozen=True, slots=True)
class Resolved:
    """A comparison that can be made: the source where it stands, what the operator means, what it compares with."""

    source: Placed
    criterion: Criterion
    operand: Any


Scope = Mapping[FieldId, Placed]


def scope_of(revision: Revision) -> dict[FieldId, Placed]:
    """Every field where it stands, in the form's order, the annotations last.

    A title covers all until one of its level or higher; one that applicants see covers no annotation.
    """
    placed: dict[FieldId, Placed] = {}
    for tops in (revision.fields, revision.annotations):
        over: list[Field] = []
        for top in tops:
            placed[top.id] = Placed(top, len(placed), under=_under(over, top))
            within: list[Field] = []
            for child in top.children:
                placed[child.id] = Placed(child, len(placed), top, _under(within, child))
    return placed


def _under(over: list[Field], field: Field) -> Field | None:
    """The title that covers `field`; `over` holds the open ones, the widest first, and `field` when it is one."""
    if field.type.control is not Control.HEADING:
        return over[-1] if over else None
    while over and level_of(over[-1]) >= level_of(field):
        over.pop()
    covering = over[-1] if over else None
    over.append(field)
    return covering


def may_compare(source: Placed, owner: Placed) -> bool:
    """Whether a condition of `owner` may speak of `source`: placed earlier, at the root or in the same row."""
    same_row = source.block is None or (owner.block is not None and source.block.id == owner.block.id)
    return same_row and source.position < owner.position


def resolved(comparison: Comparison, owner: Placed, scope: Scope) -> Resolved | None:
    """What a comparison of `owner`'s condition means; None when it cannot be made, and then it is false."""
    source = scope.get(comparison.source)
    if source is None or not may_compare(source, owner):
        return None
    criterion = source.field.type.operators.get(comparison.operator)
    if criterion is None:
        return None
    try:
        return Resolved(source, criterion, read(criterion.shape, comparison.operand))
    except ValueError:
        return None


def sources_for(owner: FieldId, revision: Revision) -> list[Field]:
    """The fields that a condition of `owner` may speak of, in the form's order: what an editor offers."""
    scope = scope_of(revision)
    placed = scope[owner]
    return [source.field for source in scope.values() if source.field.type.operators and may_compare(source, placed)]
