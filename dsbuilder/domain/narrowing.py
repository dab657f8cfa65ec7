"""What an agent's list is narrowed to and sorted by: the columns there are, filters, and how an address says them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dsbuilder.domain.desk import Tab
from dsbuilder.domain.dossier import DEPOSITED, STATE_LABELS, DossierState
from dsbuilder.domain.fields.base import ColumnType
from dsbuilder.domain.fields.entering import clean, one_line, read_decimal
from dsbuilder.domain.fields.operands import NO, YES
from dsbuilder.domain.fields.quantities import plain
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.per_form import per_form
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.texts import Text

MOST_FILTERS = 10
MOST_VALUES = 50  # of one filter
MOST_CHOICES = 60  # shown to be ticked; a longer list is searched by how its options begin
LONGEST = 200
SORT = "tri"  # the word of an address that says by which column
_TO = ".."  # between the two ends of a range


class How(StrEnum):
    """How a filter compares; the values stand in addresses."""

    IS = "est"
    BETWEEN = "entre"
    BEGINS = "commence"
    CONTAINS = "contient"


HOW_LABELS: dict[How, Text] = {
    How.IS: Text("est", "is"),
    How.BETWEEN: Text("de … à …", "from … to …"),
    How.BEGINS: Text("commence par", "begins with"),
    How.CONTAINS: Text("contient", "contains"),
}
_RANGES = (ColumnType.NUMBER, ColumnType.DATE, ColumnType.DATETIME)
_CHOSEN = (ColumnType.CHOICE, ColumnType.CHOICES)


@dataclass(frozen=True, slots=True)
class SoughtColumn:
    """A column that a list can be narrowed and sorted by: one of a field, or, without a field, of the dossier itself."""

    key: str
    label: Text
    type: ColumnType
    field: FieldId | None = None
    name: str = ""
    choices: tuple[str, ...] = ()
    in_block: bool = False
    blank_is_no: bool = False  # a box that nobody touched is not ticked

    @property
    def hows(self) -> tuple[How, ...]:
        """How it can be compared."""
        if self.type in _RANGES:
            return (How.BETWEEN,)
        if self.type is ColumnType.BOOLEAN or (self.type in _CHOSEN and 0 < len(self.choices) <= MOST_CHOICES):
            return (How.IS,)
        return (How.BEGINS, How.CONTAINS)

    @property
    def offered(self) -> tuple[str, ...]:
        """What can be ticked."""
        return ("true", "false") if self.type is ColumnType.BOOLEAN else self.choices if How.IS in self.hows else ()

    @property
    def sorts(self) -> bool:
        """Whether a list can be sorted by it: each dossier holds at most one."""
        return not self.in_block and self.type is not ColumnType.CHOICES and self != STATE


STATE = SoughtColumn(
    "etat", Text("État", "State"), ColumnType.CHOICE, choices=tuple(s.value for s in STATE_LABELS if s in DEPOSITED)
)
SUBMITTED = SoughtColumn("depose", Text("Déposé le", "Submitted on"), ColumnType.DATE)


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that listed dossiers have in common: any of `values`, or what lies from the first to the second."""

    column: SoughtColumn
    how: How
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column a list is sorted; dossiers without an answer there come last either way."""

    column: SoughtColumn
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which dossiers of a procedure are listed, and in which order: without a sort, the last deposited first."""

    tab: Tab = Tab.ALL
    filters: tuple[Filter, ...] = ()
    sort: Sort | None = None


# -- the columns of a form -----------------------------------------------------------------------------------------
@per_form
def sought_columns(revision: Revision) -> dict[str, SoughtColumn]:
    """Every column that the lists of a form's dossiers know, by key, in the form's order."""
    found = {STATE.key: STATE, SUBMITTED.key: SUBMITTED}
    for top in revision.fields:
        found |= {column.key: column for column in _of_field(top, None)}
        for child in top.children:
            found |= {column.key: column for column in _of_field(child, top)}
    return found


def _of_field(field: Field, block: Field | None) -> Iterator[SoughtColumn]:
    for column in field.type.columns(field):
        if column.sought:
            label = f"{to_text(block.label)} – {to_text(column.label)}" if block else to_text(column.label)
            yield SoughtColumn(
                key=f"{field.id}.{column.name}",
                label=Text(label, label),
                type=column.type,
                field=field.id,
                name=column.name,
                choices=column.choices,
                in_block=block is not None,
                blank_is_no=column.type is ColumnType.BOOLEAN and field.type.compared(None) is False,
            )


# -- addresses -----------------------------------------------------------------------------------------------------
def narrowing_in(revision: Revision, tab: Tab, pairs: Iterable[tuple[str, str]]) -> Narrowing:
    """What the words of an address say; what the form has no column for, or what makes no sense, is left out."""
    columns = sought_columns(revision)
    asked: dict[tuple[str, str], list[str]] = {}
    sort = None
    for name, value in pairs:
        key, _, how = name.rpartition(".")
        if name == SORT:
            sort = _sort(columns, value)
        elif key in columns and how in set(How) and (len(asked) < MOST_FILTERS or (key, how) in asked):
            asked.setdefault((key, how), []).append(value)
    filters = (filter_of(columns[key], How(how), values) for (key, how), values in asked.items())
    return Narrowing(tab, tuple(one for one in filters if one is not None), sort)


def only_narrowing(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of an address's words that may narrow or sort a list, whether or not its form has such columns."""
    hows = tuple(f".{how}" for how in How)
    return [(name, value) for name, value in pairs if name == SORT or name.endswith(hows)]


def words_of(narrowing: Narrowing) -> list[tuple[str, str]]:
    """The inverse, without the tab."""
    words = [pair for one in narrowing.filters for pair in words_of_filter(one)]
    if narrowing.sort is not None:
        words.append((SORT, f"{'-' if narrowing.sort.descending else ''}{narrowing.sort.column.key}"))
    return words


def words_of_filter(one: Filter) -> list[tuple[str, str]]:
    """Those of one filter."""
    values = [_TO.join(one.values)] if one.how is How.BETWEEN else one.values
    return [(f"{one.column.key}.{one.how}", value) for value in values]


def shown_choice(column: SoughtColumn, value: str) -> Text:
    """One of the values that can be ticked, as people read it."""
    if column == STATE:
        return STATE_LABELS[DossierState(value)]
    if column.type is ColumnType.BOOLEAN:
        return YES if value == "true" else NO
    return Text(value, value)


def _sort(columns: dict[str, SoughtColumn], word: str) -> Sort | None:
    column = columns.get(word.removeprefix("-"))
    return Sort(column, word.startswith("-")) if column is not None and column.sorts else None


def filter_of(column: SoughtColumn, how: How, values: Sequence[str]) -> Filter | None:
    """The filter that these words make, None when they make none."""
    if how not in column.hows:
        return None
    if how is How.BETWEEN:
        ends = _ends(column, values[0] if values else "")
        return Filter(column, how, ends) if any(ends) else None
    words = tuple(dict.fromkeys(filter(None, (one_line(value[:LONGEST]) for value in values[:MOST_VALUES]))))
    if how is How.IS:
        words = tuple(word for word in words if word in column.offered)
    return Filter(column, how, words) if words else None


def _ends(column: SoughtColumn, text: str) -> tuple[str, str]:
    """The two ends of a range, empty where it is open; the other way round when they were typed so."""
    least, _, greatest = text[:LONGEST].partition(_TO)
    read = _number if column.type is ColumnType.NUMBER else _day
    ends = read(least), read(greatest)
    if all(ends) and (float(ends[0]) > float(ends[1]) if column.type is ColumnType.NUMBER else ends[0] > ends[1]):
        return ends[1], ends[0]
    return ends


def _number(text: str) -> str:
    try:
        return format(plain(read_decimal(clean(text))), "f")
    except ValueError:
        return ""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(clean(text)).isoformat()
    except ValueError:
        return ""
