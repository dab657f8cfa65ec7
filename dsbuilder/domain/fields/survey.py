"""A question as XLSForm writes it, as far as its type decides, and the bounds that its constraint says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.xpath import Answer, Call, Expression, Literal, Unread, number, quoted, read, written

TODAY = ". < today()"
PLAIN_LIST = "liste_"  # how the lists that we write begin: their choices are no more than what they say
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_BOUND = re.compile(r"\. (>=|<=|<) (?:(-?[0-9]{1,30}(?:\.[0-9]{1,30})?)|date\('([0-9-]{10})'\))")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SurveyChoice:
    """One choice of a list. `under` is the title over it, or the choice of the first list that it depends on."""

    label: str
    name: str = ""  # empty where any will do
    under: str = ""


@dataclass(frozen=True, slots=True)
class SecondList:
    """The list that depends on the one before it."""

    label: str
    hint: str
    choices: tuple[SurveyChoice, ...]


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """A row of the survey sheet without what every question has. `rules` are the terms of its constraint."""

    type: str
    appearance: str = ""
    rules: frozenset[str] = frozenset()
    list_name: str = ""  # empty where any will do
    choices: tuple[SurveyChoice, ...] = ()
    or_other: bool = False
    second: SecondList | None = None
    level: int = 0


# -- constraints ---------------------------------------------------------------------------------------------------
def rules_in(constraint: str, type_name: str) -> frozenset[str]:
    """The terms of a constraint, each in one way of writing it; one that cannot be read stands as it is."""
    if not constraint.strip():
        return frozenset()
    try:
        return frozenset(written(_plain(term, type_name)) for term in _terms(read(constraint)))
    except (Unread, ValueError, OverflowError):
        return frozenset((constraint.strip(),))


def expression_rule(expression: str) -> str | None:
    """The rule that an answer matches the whole of a regular expression; None for one that a sheet cannot hold."""
    if "${" in expression or expression != one_line(expression):
        return None
    try:
        text = quoted(expression)
    except Unread:  # pieces without ' and the ' between them
        pieces = expression.split("'")
        parts = [part for piece in pieces for part in (quoted("'"), quoted(piece))][1:]
        text = f"concat({', '.join(parts)})"
    return f"regex(., {text})"


def expression_in(rule: str) -> str | None:
    """The inverse of `expression_rule`; None for any other rule."""
    try:
        found = read(rule)
    except (Unread, ValueError):
        return None
    if not (
        isinstance(found, Call) and found.name == "regex" and len(found.given) == 2 and found.given[0] == Answer("")
    ):
        return None
    said = found.given[1]
    parts = said.given if isinstance(said, Call) and said.name == "concat" else (said,)
    texts = [part.value for part in parts if isinstance(part, Literal) and isinstance(part.value, str)]
    return "".join(texts) if len(texts) == len(parts) else None


def _terms(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Call) and expression.name == "and":
        for term in expression.given:
            yield from _terms(term)
    else:
        yield expression


def _plain(term: Expression, type_name: str) -> Expression:
    if not (isinstance(term, Call) and term.name in _FLIPPED and len(term.given) == 2):
        return term
    left, right = term.given
    name = term.name
    if right == Answer(""):
        left, right, name = right, left, _FLIPPED[name]
    if left != Answer(""):
        return term
    if type_name == "integer" and isinstance(right, Literal) and isinstance(right.value, Decimal) and len(name) == 1:
        if right.value == right.value.to_integral_value():
            right, name = Literal(right.value + (1 if name == ">" else -1)), f"{name}="
    elif type_name == "date" and len(name) == 1 and (day := _day_of(right)) is not None:
        right, name = _date(day + (_DAY if name == ">" else -_DAY)), f"{name}="
    return Call(name, (left, right))


def _day_of(expression: Expression) -> date | None:
    if isinstance(expression, Call) and expression.name == "date" and len(expression.given) == 1:
        (given,) = expression.given
        if isinstance(given, Literal) and isinstance(given.value, str):
            return date.fromisoformat(given.value)
    return None


def _date(day: date) -> Expression:
    return Call("date", (Literal(day.isoformat()),))


def numbers_between(least: Decimal | int | None, greatest: Decimal | int | None) -> frozenset[str]:
    """The rules of a number."""
    found = ((">=", least), ("<=", greatest))
    return frozenset(f". {sign} {number(bound)}" for sign, bound in found if bound is not None)


def days_between(first: date | None, last: date | None, past: bool, with_time: bool = False) -> frozenset[str]:
    """The rules of a day; the last day of a date and time ends with it."""
    rules = {TODAY} if past else set()
    if first is not None:
        rules.add(f". >= date('{first.isoformat()}')")
    if last is not None and not (with_time and last == date.max):
        rules.add(f". < date('{(last + _DAY).isoformat()}')" if with_time else f". <= date('{last.isoformat()}')")
    return frozenset(rules)


def number_bounds(rules: frozenset[str]) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest number that rules allow."""
    found = [(match[1], Decimal(match[2])) for rule in rules if (match := _BOUND.fullmatch(rule)) and match[2]]
    least = max((bound for sign, bound in found if sign == ">="), default=None)
    return least, min((bound for sign, bound in found if sign == "<="), default=None)


def day_bounds(rules: frozenset[str]) -> tuple[date | None, date | None]:
    """The first and the last day that rules allow."""
    found = [(match[1], _read_day(match[3])) for rule in rules if (match := _BOUND.fullmatch(rule)) and match[3]]
    first = max((day for sign, day in found if sign == ">=" and day), default=None)
    last = [day for sign, day in found if sign == "<=" and day]
    before = [day - _DAY for sign, day in found if sign == "<" and day and day > date.min]
    return first, min([*last, *before], default=None)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
