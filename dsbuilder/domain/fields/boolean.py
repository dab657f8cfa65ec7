"""What questions that are answered by true or false have in common."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Json, Samples
from dsbuilder.domain.fields.entering import Raw
from dsbuilder.domain.fields.operands import NO, YES
from dsbuilder.domain.texts import Text


class BooleanField(FieldType):
    """True, false, or nothing."""

    def from_json(self, json: Json) -> bool | None:
        """Only true and false."""
        return json if isinstance(json, bool) else None

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Neither."""
        return ("peut-être",)

    def columns(self, asked: AskedField) -> list[Column]:
        """One, true or false."""
        return [Column("value", asked.label, ColumnType.BOOLEAN, lambda value: value)]

    def choices_for_condition(self, options: Any) -> tuple[str, ...]:
        """Both answers."""
        return ("true", "false")

    def choice_in_words(self, choice: str) -> Text:
        """Oui or Non."""
        return YES if choice == "true" else NO

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Both."""
        return Samples((True, False))
