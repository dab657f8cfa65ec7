"""A whole number, such as a quantity or a year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, AskedField, Json, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, clean, read_decimal, without_blanks
from dsbuilder.domain.fields.numeric import NumericField
from dsbuilder.domain.fields.quantities import DIGITS, TOO_LONG, attributes_of, check_between, least_of
from dsbuilder.domain.fields.survey import SurveyQuestion, number_bounds, numbers_between
from dsbuilder.domain.texts import Text

_EXAMPLE = Text("Saisissez un nombre entier, sans virgule, par exemple 42.", "Enter a whole number, such as 42.")


class IntegerNumberField(NumericField):
    kind = "integer_number"
    api_name = "IntegerNumberChampDescriptor"
    label = Text("Nombre entier", "Whole number")
    help = Text("Une quantité, une année, un effectif.", "A quantity, a year, a headcount.")
    icon = "hash"
    prefill_example = "42"
    may_become = ("decimal_number", *TEXTS)
    finest = Decimal(1)
    wrong = ("12,5", "douze", "1O")

    @dataclass(frozen=True)
    class Options:
        positive_number: bool = option(
            Text("Refuser les nombres négatifs", "Refuse negative numbers"), Control.CHECKBOX, False
        )
        min_number: int | None = option(Text("Minimum", "Minimum"), Control.NUMBER)
        max_number: int | None = option(Text("Maximum", "Maximum"), Control.NUMBER)

    def parse(self, raw: Raw, options: Any) -> int | None:
        """Digits, a sign before them when there is one; blanks are left out."""
        text = without_blanks(clean(raw))
        if not text:
            return None
        sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
        if not (digits.isascii() and digits.isdigit()):
            raise Invalid(_EXAMPLE)
        if len(digits.lstrip("0")) > DIGITS:
            raise Invalid(TOO_LONG)
        value = int(sign + digits.lstrip("0").rjust(1, "0"))
        check_between(value, least_of(options), options.max_number)
        return value

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A number within the bounds."""
        least, greatest = least_of(asked.options), asked.options.max_number
        low = least if least is not None else min(0, greatest if greatest is not None else 0)
        high = greatest if greatest is not None else max(low, 0) + 120
        low, high = max(low, 1 - 10**DIGITS), min(high, 10**DIGITS - 1)
        return str(random.randint(low, high)) if low <= high else ""

    def from_json(self, json: Json) -> int | None:
        """Also reads the text of a decimal number that is whole, kept when the field was one of those."""
        if isinstance(json, int) and not isinstance(json, bool):
            return json
        try:
            value = read_decimal(json) if isinstance(json, str) else None
        except ValueError:
            return None
        return int(value) if value is not None and value == value.to_integral_value() else None

    def attributes(self, options: Any) -> Attributes:
        """The bounds, and the keys for a telephone."""
        return attributes_of(options, "numeric", "1")

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A whole number within its bounds."""
        return SurveyQuestion("integer", rules=numbers_between(least_of(options), options.max_number))

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The inverse."""
        least, greatest = number_bounds(question.rules)
        if question.type != "integer" or any(bound and bound % 1 for bound in (least, greatest)):
            return None
        bounds = [None if bound is None else int(bound) for bound in (least, greatest)]
        return self.Options(bounds[0] == 0, None if bounds[0] == 0 else bounds[0], bounds[1])
