"""Filters and sorts as people read them."""

from decimal import Decimal

from dsbuilder.domain.fields.base import ColumnType
from dsbuilder.domain.narrowing import HOW_LABELS, Filter, How, Sort, shown_choice
from dsbuilder.domain.texts import Text, in_figures

_OR = Text(" ou ", " or ")
_DAYS = (
    Text("depuis le", "since"),
    Text("jusqu’au", "until"),
    Text("du", "from"),
    Text("{least} au {greatest}", "{least} to {greatest}"),
)
_NUMBERS = (
    Text("à partir de", "at least"),
    Text("jusqu’à", "at most"),
    Text("de", "from"),
    Text("{least} à {greatest}", "{least} to {greatest}"),
)
ORDER_LABELS: dict[ColumnType, tuple[Text, Text]] = {
    ColumnType.NUMBER: (
        Text("du plus petit au plus grand", "smallest first"),
        Text("du plus grand au plus petit", "largest first"),
    ),
    ColumnType.DATE: (
        Text("du plus ancien au plus récent", "oldest first"),
        Text("du plus récent au plus ancien", "newest first"),
    ),
    ColumnType.BOOLEAN: (Text("non d’abord", "no first"), Text("oui d’abord", "yes first")),
}
ALPHABETICAL = (Text("de A à Z", "from A to Z"), Text("de Z à A", "from Z to A"))


def said(one: Filter) -> tuple[Text, Text]:
    """How it compares, and with what."""
    if one.how is How.BETWEEN:
        return _range(one)
    words = [_value(one, value) for value in one.values]
    return HOW_LABELS[one.how], Text(_OR.fr.join(w.fr for w in words), _OR.en.join(w.en for w in words))


def orders(type_: ColumnType) -> tuple[Text, Text]:
    """The two ways to sort by a column of that type, ascending first."""
    return ORDER_LABELS.get(ColumnType.DATE if type_ is ColumnType.DATETIME else type_, ALPHABETICAL)


def said_order(sort: Sort) -> Text:
    """Which way a list is sorted."""
    return orders(sort.column.type)[sort.descending]


def _value(one: Filter, value: str) -> Text:
    if one.how is How.IS:
        return shown_choice(one.column, value)
    return Text(f"«\u00a0{value}\u00a0»", f"“{value}”")


def _range(one: Filter) -> tuple[Text, Text]:
    is_number = one.column.type is ColumnType.NUMBER
    since, until, both, ends = _NUMBERS if is_number else _DAYS
    least, greatest = (_end(value, is_number) for value in one.values)
    if not one.values[1]:
        return since, least
    if not one.values[0]:
        return until, greatest
    return both, ends.format(least=least, greatest=greatest)


def _end(value: str, is_number: bool) -> Text:
    if not value:
        return Text("", "")
    return in_figures(Decimal(value)) if is_number else _day(value)


def _day(value: str) -> Text:
    year, month, day = value.split("-")
    return Text(f"{day}/{month}/{year}", f"{day}/{month}/{year}")
