"""Answers that stand for all others: what the check of conditions tries instead of every answer there is.

A type's samples for some operands are such that any answer compares with all of these operands as one sample does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import chain, combinations
from typing import Any

from dsbuilder.domain.days import FIRST, LAST
from dsbuilder.domain.fields.operands import Span
from dsbuilder.domain.fields.quantities import DIGITS, least_of

MOST_SPLIT = 8  # choices up to which every selection of them is tried: 256
_LIMIT = Decimal(10) ** DIGITS


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples, the plainest first; `complete` when they do stand for every answer.

    `moving` when what is accepted changes with the day, `bounded` when it has bounds that do not.
    """

    values: tuple[Any, ...]
    complete: bool = True
    moving: bool = False
    bounded: bool = False


def flat(operands: Iterable[Any]) -> Iterator[Any]:
    """The single values that operands hold."""
    for operand in operands:
        if isinstance(operand, tuple | frozenset):
            yield from operand
        elif operand is not None:
            yield operand


def numbers(operands: Iterable[Any], options: Any, step: Decimal) -> list[Decimal]:
    """Multiples of `step` on, just below and just above each operand and each bound."""
    points = [Decimal(operand) for operand in flat(operands)]
    bounds = [Decimal(bound) for bound in (least_of(options), options.max_number) if bound is not None]
    found = chain.from_iterable(_around(point, step) for point in (*points, *bounds))
    return list(dict.fromkeys([*found, Decimal(1), Decimal(0), step - _LIMIT, _LIMIT - step]))


def _around(point: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    below = (point / step).to_integral_value(ROUND_FLOOR) * step
    above = (point / step).to_integral_value(ROUND_CEILING) * step
    return tuple(dict.fromkeys((below, above, above + step, below - step)))


def of_dates(values: tuple[Any, ...], options: Any) -> Samples:
    """Samples of a type of dates."""
    return Samples(values, True, options.date_in_past, bool(options.start_date or options.end_date))


def days(operands: Iterable[Any], options: Any, today: date) -> list[date]:
    """Days on, before and after each operand, each bound and today."""
    points = [operand.before(today) if isinstance(operand, Span) else operand for operand in flat(operands)]
    bounds = (options.start_date or FIRST, options.end_date or LAST)
    return list(dict.fromkeys(chain.from_iterable(map(_days_around, (*points, today, *bounds)))))


def _days_around(day: date) -> Iterator[date]:
    for shift in (0, 1, -1):
        try:
            yield day + timedelta(shift)
        except OverflowError:
            continue


def moments(operands: Iterable[Any], options: Any, today: date) -> list[datetime]:
    """Minutes on, before and after each operand, and the ends of the days that matter."""
    apart = list(flat(operands))
    exact = [operand for operand in apart if isinstance(operand, datetime)]
    around = days([operand for operand in apart if isinstance(operand, Span)], options, today)
    found = [moment for at in exact for moment in _minutes_around(at)]
    ends = [datetime.combine(day, hour) for day in around for hour in (time(12), time(), time(23, 59))]
    return list(dict.fromkeys([*found, *ends]))


def _minutes_around(moment: datetime) -> Iterator[datetime]:
    for shift in (0, 1, -1):
        try:
            yield moment + timedelta(minutes=shift)
        except OverflowError:
            continue


def another(texts: Iterable[str]) -> str:
    """A text that is none of `texts`."""
    taken, text = frozenset(texts), "Réponse"
    while text in taken:
        text += " bis"
    return text


def offered(operands: Iterable[Any], values: Iterable[str]) -> list[str]:
    """The choices that operands name, and one that none of them does."""
    named, offered_ = frozenset(flat(operands)), tuple(values)
    other = next((value for value in offered_ if value not in named), None)
    return [*([] if other is None else [other]), *(value for value in offered_ if value in named)]


def selections(operands: Iterable[Any], values: Iterable[str]) -> Samples:
    """Every selection of the choices that operands name, with and without another; some only when they are many."""
    operands, offered_ = list(operands), tuple(values)
    telling = offered(operands, offered_)
    position = {value: place for place, value in enumerate(offered_)}
    complete = len(telling) <= MOST_SPLIT + 1
    found = _subsets(telling, len(telling)) if complete else [*_subsets(telling, 2), *_wide(operands, telling)]
    ordered = (tuple(sorted(selection, key=position.__getitem__)) for selection in found if selection)
    return Samples(tuple(dict.fromkeys(ordered)), complete)


def _subsets(values: list[str], most: int) -> list[tuple[str, ...]]:
    return [selection for size in range(1, most + 1) for selection in combinations(values, size)]


def _wide(operands: list[Any], telling: list[str]) -> Iterator[tuple[str, ...]]:
    groups = [operand for operand in operands if isinstance(operand, frozenset)]
    for group in (frozenset(telling), *groups):
        yield tuple(value for value in telling if value in group)
        yield tuple(value for value in telling if value not in group)
