"""The questions that conditions compare, with the few answers that these tell apart, kept as the bits of an integer."""

from dataclasses import replace
from datetime import date
from typing import Any

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.scopes import Placed, Resolved

NOTHING = 1  # the bit of "no answer, or hidden"


class Question:
    """What may be answered to one question, as bits: first nothing, then each sample."""

    def __init__(self, placed: Placed, meant: dict[Comparison, Resolved], today: date, complete: bool) -> None:
        field = placed.field
        operands = [found.operand for found in meant.values()]
        self.meant, self.today = meant, today
        self.samples = field.type.samples(field.options, operands, today)
        must = complete and field.required
        if must:
            whole = tuple(value for value in self.samples.values if field.type.is_complete(value, field.options))
            self.samples = replace(self.samples, values=whole)
        self.compared = [field.type.compared(sample) for sample in self.samples.values]
        self.always_compares = field.type.compared(None) is not None
        self.compares_when_shown = must or self.always_compares
        self.all = (1 << (len(self.compared) + 1)) - 1

    def bits(self, meant: Resolved) -> int:
        """The answers of which a comparison is true."""
        holds, operand = meant.criterion.holds, meant.operand
        bits = NOTHING if meant.criterion.of_nothing else 0
        for place, value in enumerate(self.compared, start=1):
            if holds(value, operand, self.today):
                bits |= 1 << place
        return bits

    def value(self, bits: int) -> Any:
        """The plainest answer among `bits`, None when they hold none."""
        bits &= ~NOTHING
        return self.samples.values[(bits & -bits).bit_length() - 2] if bits else None

    def values(self, bits: int) -> tuple[Any, ...]:
        """Every answer among `bits`, None for no answer first."""
        found = (value for place, value in enumerate(self.samples.values, start=1) if bits >> place & 1)
        return (*((None,) if bits & NOTHING else ()), *found)
