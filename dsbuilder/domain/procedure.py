"""A procedure, its revisions and their fields: frozen values, and walking the tree of fields."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NewType

from dsbuilder.domain.conditions import Condition
from dsbuilder.domain.fields.base import CATALOGUE, FieldType, NoOptions
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.ids import FieldId

ProcedureId = NewType("ProcedureId", int)
RevisionId = NewType("RevisionId", int)
ANNOTATIONS = FieldId(0)  # stands for the annotations where the parent of a field is named; no field has this id


class ProcedureState(StrEnum):
    """Where a procedure stands; the values are the official ones."""

    DRAFT = "brouillon"
    PUBLISHED = "publiee"
    CLOSED = "close"
    UNPUBLISHED = "depubliee"


@dataclass(frozen=True, slots=True)
class Field:
    """One question, title or explanation of a form. `id` stays the same across revisions; `children` only in a block.

    Without a `condition` it always shows. That of a block covers its rows; that of a section all that stands under it.
    `origin` keeps what an imported descriptor carried beyond what we read, so that it can be written out unchanged.
    """

    id: FieldId
    kind: str
    label: str = ""
    description: str = ""
    required: bool = True
    options: Any = field(default_factory=NoOptions)
    children: tuple["Field", ...] = ()
    condition: Condition | None = None
    origin: Mapping[str, Any] | None = None

    @property
    def type(self) -> FieldType:
        """The field type that answers for this field."""
        return CATALOGUE[self.kind]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Revision:
    """A form: what is asked, in order. Title and description belong to it, so that a published one is whole.

    `annotations` are the fields that agents alone see and fill in; applicants are asked the others.
    """

    fields: tuple[Field, ...] = ()
    title: str = ""
    description: str = ""
    annotations: tuple[Field, ...] = ()

    def field(self, id: FieldId) -> Field:
        """The field of that id, wherever it stands. Raises KeyError."""
        for found in self.walk_all():
            if found.id == id:
                return found
        raise KeyError(id)

    @property
    def questions(self) -> int:
        """How many questions it asks; a block counts for what it holds."""
        return sum(field.type.asks and field.type.control is not Control.ROWS for field in self.walk())

    @property
    def is_conditional(self) -> bool:
        """Whether any field shows only under a condition."""
        return any(field.condition is not None for field in self.walk_all())

    @property
    def tops(self) -> tuple[Field, ...]:
        """What stands at the root: what applicants are asked, then the annotations."""
        return self.fields + self.annotations

    def walk(self) -> Iterator[Field]:
        """Every field that applicants are asked, in the form's order, a block before its children."""
        return _walk(self.fields)

    def walk_all(self) -> Iterator[Field]:
        """The same, then the annotations."""
        return _walk(self.tops)


def _walk(tops: Iterable[Field]) -> Iterator[Field]:
    for top in tops:
        yield top
        yield from top.children


def level_of(title: Field) -> int:
    """The level of a section's title, from 1 to 3."""
    return max(1, min(3, int(getattr(title.options, "header_section_level", None) or 1)))
