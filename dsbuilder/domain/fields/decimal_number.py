"""A number with decimals, such as an amount or a surface."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor
from random import Random
from typing import Any, ClassVar

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, AskedField, Json, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, clean, read_decimal
from dsbuilder.domain.fields.numeric import NumericField
from dsbuilder.domain.fields.quantities import DIGITS, TOO_LONG, attributes_of, check_between, least_of, plain
from dsbuilder.domain.fields.survey import SurveyQuestion, number_bounds, numbers_between
from dsbuilder.domain.texts import Text

DECIMALS = 3
_EXAMPLE = Text("Saisissez un nombre, par exemple 1 250,50.", "Enter a number, such as 1250.50.")
_TOO_PRECISE = Text(
    "Saisissez au plus trois décimales, par exemple 3,142.", "Enter at most three decimals, such as 3.142."
)


class DecimalNumberField(NumericField):
    kind = "decimal_number"
    api_name = "DecimalNumberChampDescriptor"
    label = Text("Nombre décimal", "Decimal number")
    help = Text("Un montant, une surface, une mesure.", "An amount, a surface, a measure.")
    icon = "percent"
    prefill_example = "12.5"
    may_become: ClassVar[tuple[str, ...]] = ("integer_number", *TEXTS)
    finest = Decimal(1).scaleb(-DECIMALS)
    wrong = ("12,5678", "douze", "1.250,5")

    @dataclass(frozen=True)
    class Options:
        positive_number: bool = option(
            Text("Refuser les nombres négatifs", "Refuse negative numbers"), Control.CHECKBOX, False
        )
        min_number: Decimal | None = option(Text("Minimum", "Minimum"), Control.NUMBER)
        max_number: Decimal | None = option(Text("Maximum", "Maximum"), Control.NUMBER)

    def parse(self, raw: Raw, options: Any) -> Decimal | None:
        """A comma or a point marks the decimals; blanks are left out."""
        text = clean(raw)
        if not text:
            return None
        try:
            value = plain(read_decimal(text))
        except ValueError:
            raise Invalid(_EXAMPLE) from None
        if abs(value) >= 10**DIGITS:
            raise Invalid(TOO_LONG)
        if value != round(value, DECIMALS):
            raise Invalid(_TOO_PRECISE)
        check_between(value, least_of(options), options.max_number)
        return value

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A number of two decimals within the bounds."""
        least, greatest = least_of(asked.options), asked.options.max_number
        low = least if least is not None else min(Decimal(0), greatest if greatest is not None else Decimal(0))
        high = greatest if greatest is not None else max(low, Decimal(0)) + 1000
        most = 10 ** (DIGITS + DECIMALS) - 1
        first, last = max(ceil(low * 1000), -most), min(floor(high * 1000), most)
        if first > last:
            return ""
        drawn = Decimal(random.randint(first, last)) / 1000
        return self.as_typed(plain(rounded if low <= (rounded := round(drawn, 2)) <= high else drawn))

    def to_json(self, value: Decimal | None) -> Json:
        """As text, so that no digit is lost."""
        return None if value is None else str(value)

    def from_json(self, json: Json) -> Decimal | None:
        """Also reads the whole number that the field held when it was one of whole numbers."""
        try:
            return read_decimal(str(json)) if isinstance(json, int | str) and not isinstance(json, bool) else None
        except ValueError:
            return None

    def as_typed(self, value: Decimal | None) -> str:
        """With a comma, as it is typed in France; a point is read too."""
        return "" if value is None else str(value).replace(".", ",")

    def attributes(self, options: Any) -> Attributes:
        """The bounds, and the keys for a telephone."""
        return attributes_of(options, "decimal", "any")

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A number within its bounds."""
        return SurveyQuestion("decimal", rules=numbers_between(least_of(options), options.max_number))

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The inverse; a whole number with a bound that is none is asked here too."""
        if question.type not in ("decimal", "integer"):
            return None
        least, greatest = number_bounds(question.rules)
        return self.Options(least == 0, None if least == 0 else least, greatest)
