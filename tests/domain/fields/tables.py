"""What the tests of single types share: one field's parsing, in words."""

from typing import Any

import pytest

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import CATALOGUE, FieldType
from dsbuilder.domain.procedure import Field, FieldId
from dsbuilder.domain.texts import Text

NBSP = "\u00a0"


def a_field(kind: str, **options: Any) -> Field:
    """A field of that kind with these options."""
    return Field(FieldId(1), kind, "Votre réponse", options=CATALOGUE[kind].Options(**options))


def parsed(kind: str, raw: Any, **options: Any) -> Any:
    """What `raw` means to a field of that kind with these options."""
    field = a_field(kind, **options)
    return field.type.parse(raw, field.options)


def refusal(kind: str, raw: Any, **options: Any) -> Text:
    """The sentence with which `raw` is refused."""
    with pytest.raises(Invalid) as refused:
        parsed(kind, raw, **options)
    return refused.value.text


def of(kind: str) -> FieldType:
    """The type of that kind."""
    return CATALOGUE[kind]
