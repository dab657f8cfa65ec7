"""A small form with two sections and a block, for the tests of editing."""

from dataclasses import replace

from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.procedure import Field, FieldId, Revision


def field(id: int, kind: str = "text", *children: Field, label: str = "") -> Field:
    type_ = CATALOGUE[kind]
    return Field(FieldId(id), kind, label or f"Question {id}", "", type_.asks, type_.Options(), children)


def title(id: int, level: int = 1) -> Field:
    type_ = CATALOGUE["header_section"]
    return replace(field(id, "header_section"), options=type_.Options(header_section_level=level))


FORM = Revision(
    (
        title(1),
        field(2),
        field(3, "repetition", field(31), field(32, "email")),
        title(4),
        field(5, "drop_down_list"),
        field(6),
    )
)


def order(revision: Revision) -> list[int]:
    """The ids in the form's order."""
    return [found.id for found in revision.walk()]
