"""A tab of the agents' desk narrowed by answers and sorted by one, page by page; the order of the joins is said here.

A planner that sees two ways may choose the whole procedure, so each way is taken knowingly (decision 0018):

- few dossiers are meant, because a filter is rare or the tab is small: they are read by number and sorted in memory;
- many are: one walks along the index of the list's order, and looks each dossier's keys up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, Join, and_, literal, true, tuple_, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from dsbuilder import clock
from dsbuilder.domain.fields.base import ColumnType
from dsbuilder.domain.fields.entering import is_printable
from dsbuilder.domain.narrowing import STATE, SUBMITTED, Filter, How, Narrowing, Sort, SoughtColumn
from dsbuilder.domain.people import Actor
from dsbuilder.domain.sought import comparable
from dsbuilder.storage.lists import PAGE, Listed, listed_by_instructor, of_tab
from dsbuilder.storage.tables import AnswerKey, DossierRow
from dsbuilder.storage.tables.column_types import Bytewise, Id, Instant

FEW = 1000
_BEYOND = "\U0010ffff"
_NUMBERS = (ColumnType.NUMBER, ColumnType.BOOLEAN)
KEYED, REST = "k", "r"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: after the dossier `id` that stands by `value` in a part of it, or before it."""

    part: str
    value: Any
    id: int
    backwards: bool = False

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        return f"{'-' if self.backwards else ''}{self.part}{value}_{self.id}"


@dataclass(frozen=True, slots=True)
class NarrowedPage:
    """One page; places are None where there is nothing more, `count` where nobody counted."""

    items: tuple[Listed, ...]
    following: Place | None
    preceding: Place | None
    count: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """One dossier in the order of the list."""

    part: str
    value: Any
    id: int


def read_place(text: str, sort: Sort | None) -> Place | None:
    """The place that `text` from an address means in a list sorted so; None when it means nothing."""
    backwards, bare = text.startswith("-"), text.removeprefix("-")
    part, (value, _, number) = bare[:1], bare[1:].rpartition("_")
    if part not in (KEYED, REST):
        return None
    try:
        id = int(number)
        read: Any = _instant(value) if part == REST else _key(value, sort)
    except (ValueError, OverflowError):
        return None
    return Place(part, read, id, backwards) if 0 <= id < 2**63 else None


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if not instant.tzinfo or not 2 <= instant.year < 9999:
        raise ValueError(text)
    return instant


def _key(text: str, sort: Sort | None) -> float | str:
    if sort is None or sort.column == SUBMITTED or not is_printable(text):
        raise ValueError(text)
    return float(text) if sort.column.type in _NUMBERS else text


# -- one page ------------------------------------------------------------------------------------------------------
def page(
    db: Session,
    actor: Actor,
    procedure_id: int,
    narrowing: Narrowing,
    place: Place | None = None,
    *,
    held: int | None = None,
    size: int = PAGE,
) -> NarrowedPage:
    """The page of the list at `place`; `held` is how many dossiers the tab holds, when that is known."""
    numbers = _rarest(db, narrowing.filters)
    is_small = narrowing.sort is not None and held is not None and held <= FEW
    count = None
    if numbers is not None or is_small:
        everything = _all_of_few(db, actor, procedure_id, narrowing, numbers)
        count = len(everything)
        found = _cut(everything, narrowing, place, size)
    else:
        found = _walked(db, actor, procedure_id, narrowing, place, size)
    backwards = place is not None and place.backwards
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    listed = {one.number: one for one in listed_by_instructor(db, actor, [one.id for one in found])}
    if not found:
        return NarrowedPage((), None, None, count)
    first, last = found[0], found[-1]
    return NarrowedPage(
        tuple(listed[one.id] for one in found if one.id in listed),
        Place(last.part, last.value, last.id) if more or backwards else None,
        Place(first.part, first.value, first.id, backwards=True) if (more if backwards else place) else None,
        count,
    )


def neighbours(
    db: Session, actor: Actor, row: DossierRow, narrowing: Narrowing, held: int | None = None
) -> tuple[int | None, int | None]:
    """The numbers just before and just after a dossier in the list, whether or not it still lies there."""
    if row.deposited_at is None:
        return None, None
    part, value = REST, _value_of(db, row, narrowing.sort)
    part, value = (KEYED, value) if value is not None else (REST, row.deposited_at)
    here, id = row.procedure_id, row.id or 0
    above = page(db, actor, here, narrowing, Place(part, value, id, backwards=True), held=held, size=1)
    below = page(db, actor, here, narrowing, Place(part, value, id), held=held, size=1)
    numbers = [next((one.number for one in found.items), None) for found in (above, below)]
    return numbers[0], numbers[1]


def _value_of(db: Session, row: DossierRow, sort: Sort | None) -> Any:
    if sort is None or sort.column.field is None:
        return None
    return db.exec(select(_column(sort.column)).where(_holds(sort.column), col(AnswerKey.dossier_id) == row.id)).first()


# -- few -----------------------------------------------------------------------------------------------------------
def _rarest(db: Session, filters: Iterable[Filter]) -> set[int] | None:
    """The dossiers of the rarest filter, when they are few; None when all filters are common, or there are none."""
    asked = [one for one in filters if one.column.field is not None and not _means_none(one)]
    if not asked:
        return None
    walks = [
        select(col(AnswerKey.dossier_id)).where(_of_column(one.column), _matches(one)).limit(FEW + 1).subquery()
        for one in asked
    ]
    query = union_all(*(select(literal(place), walk.c.dossier_id) for place, walk in enumerate(walks)))
    found: list[list[int]] = [[] for _ in asked]
    for place, number in db.execute(query).all():
        found[place].append(number)
    rarest = min(found, key=len)
    return set(rarest) if len(rarest) <= FEW else None


def _all_of_few(
    db: Session, actor: Actor, procedure_id: int, narrowing: Narrowing, numbers: set[int] | None
) -> list[_Found]:
    """All that is listed, in its order; by number, or without numbers the whole tab."""
    at, id, sort = col(DossierRow.deposited_at), col(DossierRow.id), narrowing.sort
    keyed = sort is not None and sort.column.field is not None
    value: Any = _column(sort.column) if sort and keyed else literal(None)
    query = select(id, at, value)
    if sort and keyed:
        query = query.outerjoin(AnswerKey, and_(col(AnswerKey.dossier_id) == id, _holds(sort.column)))
    query = of_tab(query, actor, procedure_id, narrowing.tab, by_number=numbers is not None)
    query = query.where(*map(_probe, narrowing.filters))
    if numbers is not None:
        query = query.where(id.in_(sorted(numbers)))
    found = [
        _Found(REST, at, id) if value is None else _Found(KEYED, value, id) for id, at, value in db.execute(query).all()
    ]
    with_value = sorted((one for one in found if one.part == KEYED), key=_rank, reverse=bool(sort and sort.descending))
    rest = sorted((one for one in found if one.part == REST), key=_rank, reverse=_newest_first(sort))
    return with_value + rest


def _cut(everything: list[_Found], narrowing: Narrowing, place: Place | None, size: int) -> list[_Found]:
    if place is None:
        return everything[: size + 1]
    after = [one for one in everything if _is_after(one, place, narrowing.sort)]
    if not place.backwards:
        return after[: size + 1]
    here = {(place.part, place.id)}
    before = [one for one in everything[: len(everything) - len(after)] if (one.part, one.id) not in here]
    return before[::-1][: size + 1]


def _is_after(one: _Found, place: Place, sort: Sort | None) -> bool:
    if one.part != place.part:
        return one.part == REST
    descending = sort is not None and sort.descending if one.part == KEYED else _newest_first(sort)
    return _rank(one) < (place.value, place.id) if descending else _rank(one) > (place.value, place.id)


def _rank(one: _Found) -> tuple[Any, int]:
    return one.value, one.id


def _newest_first(sort: Sort | None) -> bool:
    return sort is None or sort.column != SUBMITTED or sort.descending


# -- many ----------------------------------------------------------------------------------------------------------
class Driving(Join):
    """A join whose left side is walked and whose right side is looked up: SQLite would otherwise choose by itself."""

    inherit_cache = True


@compiles(Driving, "sqlite")
def _cross(join: Driving, compiler: Any, **named: Any) -> str:
    named["asfrom"] = True
    left, right = (compiler.process(side, **named) for side in (join.left, join.right))
    condition = compiler.process(join.onclause, from_linter=named.get("from_linter"))
    return f"{left} CROSS JOIN {right} ON {condition}"


def _walked(
    db: Session, actor: Actor, procedure_id: int, narrowing: Narrowing, place: Place | None, size: int
) -> list[_Found]:
    """The dossiers from `place` on, one more than a page; from nearest to farthest when it looks back."""
    sort = narrowing.sort
    keyed = sort is not None and sort.column.field is not None
    parts = [KEYED, REST] if keyed else [REST]
    backwards = place is not None and place.backwards
    if backwards:
        parts.reverse()
    if place is not None and place.part in parts:
        parts = parts[parts.index(place.part) :]
    found: list[_Found] = []
    for part in parts:
        from_here = place if place is not None and place.part == part else None
        walk = _along_keys if part == KEYED else _along_dossiers
        wanted = size + 1 - len(found)
        if wanted > 0:
            found += walk(db, actor, procedure_id, narrowing, from_here, backwards, wanted)
    return found


def _along_keys(
    db: Session, actor: Actor, procedure_id: int, narrowing: Narrowing, place: Place | None, backwards: bool, size: int
) -> list[_Found]:
    assert narrowing.sort is not None
    column = narrowing.sort.column
    value, id = _column(column), col(AnswerKey.dossier_id)
    query: Any = select(value, id).select_from(
        Driving(AnswerKey.__table__, DossierRow.__table__, col(DossierRow.id) == id)  # type: ignore[attr-defined]
    )
    query = of_tab(query, actor, procedure_id, narrowing.tab, by_number=True)
    query = query.where(_holds(column), value.is_not(None), *map(_probe, narrowing.filters))
    type_: Any = Float(53) if column.type in _NUMBERS else Bytewise
    query = _from(query, value, id, type_, place, narrowing.sort.descending != backwards)
    return [_Found(KEYED, value, id) for value, id in db.execute(query.limit(size)).all()]


def _along_dossiers(
    db: Session, actor: Actor, procedure_id: int, narrowing: Narrowing, place: Place | None, backwards: bool, size: int
) -> list[_Found]:
    at, id, sort = col(DossierRow.deposited_at), col(DossierRow.id), narrowing.sort
    query = of_tab(select(at, id), actor, procedure_id, narrowing.tab).where(*map(_probe, narrowing.filters))
    if sort is not None and sort.column.field is not None:
        query = query.where(~_has_key(_holds(sort.column)))
    query = _from(query, at, id, Instant(), place, _newest_first(sort) != backwards)
    return [_Found(REST, at, id) for at, id in db.execute(query.limit(size)).all()]


def _from(query: Any, value: Mapped[Any], id: Mapped[Any], type_: Any, place: Place | None, descending: bool) -> Any:
    if place is not None:
        here = tuple_(literal(place.value, type_), literal(place.id, Id))
        query = query.where(tuple_(value, id) < here if descending else tuple_(value, id) > here)
    return query.order_by(*((value.desc(), id.desc()) if descending else (value.asc(), id.asc())))


# -- keys ----------------------------------------------------------------------------------------------------------
def _column(column: SoughtColumn) -> Mapped[Any]:
    return col(AnswerKey.number) if column.type in _NUMBERS else col(AnswerKey.text)


def _of_column(column: SoughtColumn) -> ColumnElement[bool]:
    return and_(col(AnswerKey.field_id) == column.field, col(AnswerKey.column_name) == column.name)


def _holds(column: SoughtColumn) -> ColumnElement[bool]:
    """True for the one key of a column that a dossier is sorted by."""
    return and_(_of_column(column), col(AnswerKey.row) == "", col(AnswerKey.position) == 0)


def _means_none(one: Filter) -> bool:
    """Whether dossiers without a key match too."""
    return one.column.blank_is_no and "false" in one.values


def _probe(one: Filter) -> ColumnElement[bool]:
    """True for the dossiers that a filter means, looked up one by one: its comparison is hidden from the planner."""
    if one.column == STATE:
        return col(DossierRow.state).in_(one.values)
    if one.column == SUBMITTED:
        return _between_days(one.values)
    if _means_none(one):
        ticked = and_(_of_column(one.column), col(AnswerKey.number) + 0 == 1)
        return true() if "true" in one.values else ~_has_key(ticked)
    return _has_key(and_(_of_column(one.column), _matches(one, hidden=True)))


def _has_key(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    keys = select(literal(1)).where(col(AnswerKey.dossier_id) == col(DossierRow.id), condition)
    return keys.correlate(DossierRow).exists()


def _between_days(values: Sequence[str]) -> ColumnElement[bool]:
    at, (least, greatest) = col(DossierRow.deposited_at), (date.fromisoformat(v) if v else None for v in values)
    bounds: list[ColumnElement[bool]] = [
        true()
    ]  # the first and the last day of the calendar bound nothing: beyond them it overflows
    if least and least > date.min:
        bounds.append(at >= clock.midnight(least))
    if greatest and greatest < date.max:
        bounds.append(at < clock.midnight(greatest + timedelta(days=1)))
    return and_(*bounds)


def _matches(one: Filter, hidden: bool = False) -> ColumnElement[bool]:
    """True for the keys that a filter means."""
    bare = _column(one.column)
    key: Any = bare + (0 if one.column.type in _NUMBERS else "") if hidden else bare
    return _COMPARE[one.how](one, key)


def _is(one: Filter, key: Any) -> ColumnElement[bool]:
    if one.column.type is ColumnType.BOOLEAN:
        return key.in_([float(value == "true") for value in one.values])
    return key.in_([comparable(value)[1] for value in one.values])


def _between(one: Filter, key: Any) -> ColumnElement[bool]:
    least, greatest = one.values
    if one.column.type is ColumnType.NUMBER:
        ends = [key >= float(least)] if least else []
        return and_(*ends, *([key <= float(greatest)] if greatest else []))
    ends = [key >= least] if least else []
    return and_(*ends, *([key < greatest + _BEYOND] if greatest else []))  # the times of the last day too


def _begins(one: Filter, key: Any) -> ColumnElement[bool]:
    words = comparable(one.values[0])[1] or ""
    return and_(key >= words, key < words + _BEYOND)


def _contains(one: Filter, key: Any) -> ColumnElement[bool]:
    return key.contains(comparable(one.values[0])[1] or "", autoescape=True)


_COMPARE: dict[How, Callable[[Filter, Any], ColumnElement[bool]]] = {
    How.IS: _is,
    How.BETWEEN: _between,
    How.BEGINS: _begins,
    How.CONTAINS: _contains,
}
