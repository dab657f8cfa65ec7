"""What questions that are answered by a number have in common: their bounds."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Group, Samples
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import Raw
from dsbuilder.domain.fields.operators import NUMBERS
from dsbuilder.domain.fields.quantities import least_above_greatest, least_of
from dsbuilder.domain.fields.samples import numbers
from dsbuilder.domain.texts import Language, Text, number


class NumericField(FieldType):
    """A number; its options hold `positive_number`, `min_number` and `max_number`."""

    group = Group.TEXT
    control = Control.NUMBER
    operators = NUMBERS
    finest: ClassVar[Decimal]  # the least difference of two answers
    wrong: ClassVar[tuple[str, ...]]  # what is no such number

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """What is no such number, and what lies just outside the bounds."""
        least, greatest = least_of(options), options.max_number
        beyond = (*([] if least is None else [least - 1]), *([] if greatest is None else [greatest + 1]))
        return (*self.wrong, *map(str, beyond))

    def display(self, value: int | Decimal | None, options: Any, language: Language = "fr") -> str:
        """Its thousands apart."""
        return "" if value is None else number(value, language)

    def columns(self, asked: AskedField) -> list[Column]:
        """One, of numbers."""
        return [Column("value", asked.label, ColumnType.NUMBER, lambda value: value)]

    def problems(self, asked: AskedField) -> list[Text]:
        """A minimum above the maximum lets nothing pass."""
        return least_above_greatest(least_of(asked.options), asked.options.max_number)

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Numbers around each operand and bound, as near as they go."""
        found = numbers(operands, options, self.finest)
        return Samples(self.entered((f"{number:f}" for number in found), options, today))
