"""What an answer is compared with: how it is kept, what it means, and how people read it."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from dsbuilder.domain.geography import departments, regions
from dsbuilder.domain.texts import Text, in_figures, in_words, moment, plural

Json = Any
LONGEST_SPAN = 10_000
MOST_CHOICES = 1_000
LONGEST_TEXT = 2_000
DIGITS = 30


class Shape(StrEnum):
    """What stands to the right of an operator, so that an editor can draw it."""

    NOTHING = "nothing"
    YES_NO = "yes_no"
    NUMBER = "number"
    TWO_NUMBERS = "two_numbers"
    DAY = "day"
    TWO_DAYS = "two_days"
    MOMENT = "moment"
    TWO_MOMENTS = "two_moments"
    SPAN = "span"  # how long ago: [18, "years"]
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    DEPARTMENT = "department"
    REGION = "region"


class Unit(StrEnum):
    """What a span counts."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


UNITS: Mapping[Unit, tuple[Text, Text]] = {
    Unit.DAYS: (Text("{count} jour", "{count} day ago"), Text("{count} jours", "{count} days ago")),
    Unit.MONTHS: (Text("{count} mois", "{count} month ago"), Text("{count} mois", "{count} months ago")),
    Unit.YEARS: (Text("{count} an", "{count} year ago"), Text("{count} ans", "{count} years ago")),
}


@dataclass(frozen=True, slots=True)
class Span:
    """So many days, months or years."""

    count: int
    unit: Unit

    def before(self, today: date) -> date:
        """The day that lies so long before `today`; a month without that day gives its last one."""
        try:
            if self.unit is Unit.DAYS:
                return today - timedelta(self.count)
            months = self.count * (12 if self.unit is Unit.YEARS else 1)
            year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
            return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
        except (OverflowError, ValueError):
            return date.min


# -- reading: each raises ValueError for what is no operand of its shape ----------------------------------------------
def read(shape: Shape, json: Json) -> Any:
    """What a kept operand means, ready to be compared with. Raises ValueError."""
    return _READ[shape](json)


def _nothing(json: Json) -> None:
    if json is not None:
        raise ValueError(json)


def _flag(json: Json) -> bool:
    if not isinstance(json, bool):
        raise ValueError(json)
    return json


def _number(json: Json) -> int | Decimal:
    if isinstance(json, bool) or not isinstance(json, int | str) or len(str(json)) > DIGITS:
        raise ValueError(json)
    try:
        value = Decimal(json)
    except InvalidOperation:
        raise ValueError(json) from None
    if not value.is_finite() or abs(value.adjusted()) > DIGITS:
        raise ValueError(json)
    return int(value) if value == value.to_integral_value() else value


def _day(json: Json) -> date:
    if not isinstance(json, str) or len(json) != 10:
        raise ValueError(json)
    return date.fromisoformat(json)


def _moment(json: Json) -> datetime:
    if not isinstance(json, str) or len(json) != 16:
        raise ValueError(json)
    return datetime.fromisoformat(json)


def _two(read_one: Callable[[Json], Any]) -> Callable[[Json], tuple[Any, Any]]:
    def read_two(json: Json) -> tuple[Any, Any]:
        if not isinstance(json, list | tuple) or len(json) != 2:
            raise ValueError(json)
        return read_one(json[0]), read_one(json[1])

    return read_two


def _span(json: Json) -> Span:
    if not isinstance(json, list | tuple) or len(json) != 2 or type(json[0]) is not int:
        raise ValueError(json)
    if not 0 <= json[0] <= LONGEST_SPAN:
        raise ValueError(json)
    return Span(json[0], Unit(json[1]))


def _text(json: Json) -> str:
    if not isinstance(json, str) or not 0 < len(json) <= LONGEST_TEXT:
        raise ValueError(json)
    return json


def _texts(json: Json) -> frozenset[str]:
    if not isinstance(json, list | tuple) or not 0 < len(json) <= MOST_CHOICES:
        raise ValueError(json)
    return frozenset(map(_text, json))


def _code_of(known: Callable[[], Mapping[str, Any]]) -> Callable[[Json], str]:
    def read_code(json: Json) -> str:
        if not isinstance(json, str) or json not in known():
            raise ValueError(json)
        return json

    return read_code


_READ: Mapping[Shape, Callable[[Json], Any]] = {
    Shape.NOTHING: _nothing,
    Shape.YES_NO: _flag,
    Shape.NUMBER: _number,
    Shape.TWO_NUMBERS: _two(_number),
    Shape.DAY: _day,
    Shape.TWO_DAYS: _two(_day),
    Shape.MOMENT: _moment,
    Shape.TWO_MOMENTS: _two(_moment),
    Shape.SPAN: _span,
    Shape.CHOICE: _text,
    Shape.CHOICES: _texts,
    Shape.TEXT: _text,
    Shape.DEPARTMENT: _code_of(departments),
    Shape.REGION: _code_of(regions),
}


# -- in words ------------------------------------------------------------------------------------------------------
YES, NO = Text("Oui", "Yes"), Text("Non", "No")
_QUOTED = Text("«\u00a0{text}\u00a0»", "“{text}”")
_COUPLE = Text("{first} et {second}", "{first} and {second}")
_TWO_DAYS = Text("{first} et le {second}", "{first} and {second}")
AND, OR = Text(" et ", " and "), Text(" ou ", " or ")


def quoted(text: str | Text) -> Text:
    """A text between quotation marks."""
    return _QUOTED.format(text=text)


def spoken(shape: Shape, operand: Any, choice_in_words: Callable[[str], Text], json: Json, last: Text) -> Text:
    """An operand as people read it; `json` gives the order of several choices, `last` stands before the last."""
    if shape is Shape.NOTHING:
        return Text("", "")
    if shape is Shape.CHOICES:
        return joined([quoted(choice_in_words(choice)) for choice in dict.fromkeys(json)], last)
    if shape is Shape.CHOICE:
        return quoted(choice_in_words(operand))
    return _SPOKEN[shape](operand)


def joined(texts: list[Text], last: Text) -> Text:
    """Texts in a row, a comma between, `last` before the last."""
    if len(texts) == 1:
        return texts[0]
    return Text(
        ", ".join(text.fr for text in texts[:-1]) + last.fr + texts[-1].fr,
        ", ".join(text.en for text in texts[:-1]) + last.en + texts[-1].en,
    )


def _at(value: datetime) -> Text:
    return Text(moment(value, "fr"), moment(value, "en"))


def _couple(pattern: Text, one: Callable[[Any], Text]) -> Callable[[Any], Text]:
    return lambda pair: pattern.format(first=one(pair[0]), second=one(pair[1]))


_SPOKEN: Mapping[Shape, Callable[[Any], Text]] = {
    Shape.YES_NO: lambda value: quoted(YES if value else NO),
    Shape.NUMBER: in_figures,
    Shape.TWO_NUMBERS: _couple(_COUPLE, in_figures),
    Shape.DAY: in_words,
    Shape.TWO_DAYS: _couple(_TWO_DAYS, in_words),
    Shape.MOMENT: _at,
    Shape.TWO_MOMENTS: _couple(_TWO_DAYS, _at),
    Shape.SPAN: lambda span: plural(span.count, *UNITS[span.unit]),
    Shape.TEXT: quoted,
    Shape.DEPARTMENT: lambda code: quoted(departments()[code].label),
    Shape.REGION: lambda code: quoted(regions()[code].name),
}


# -- keeping -------------------------------------------------------------------------------------------------------
def kept(value: Any) -> Any:
    """The inverse of `read`: what a value is kept as in a condition. The order of a set is that of the alphabet."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value.normalize())
    if isinstance(value, Span):
        return (value.count, value.unit.value)
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    return tuple(map(kept, value)) if isinstance(value, tuple) else value
