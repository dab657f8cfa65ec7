"""How a condition may compare an answer: the operators, and what each means to a family of types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from dsbuilder.domain.fields.operands import AND, OR, Shape
from dsbuilder.domain.texts import Text


class Operator(StrEnum):
    """How a condition may compare an answer; the names are the reference's terms where it has them."""

    EQ = "Eq"
    NOT_EQ = "NotEq"
    LESS = "LessThan"
    LESS_EQ = "LessThanEq"
    GREATER = "GreaterThan"
    GREATER_EQ = "GreaterThanEq"
    INCLUDES = "IncludeOperator"
    EXCLUDES = "ExcludeOperator"
    BETWEEN = "Between"
    OLDER = "OlderThan"
    YOUNGER = "YoungerThan"
    ONE_OF = "OneOf"
    INCLUDES_ALL = "IncludesAll"
    INCLUDES_NONE = "IncludesNone"
    IN_DEPARTMENT = "InDepartementOperator"
    NOT_IN_DEPARTMENT = "NotInDepartementOperator"
    IN_REGION = "InRegionOperator"
    NOT_IN_REGION = "NotInRegionOperator"
    FILLED = "IsFilled"
    EMPTY = "IsEmpty"


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an operator means to a family of types.

    `holds(value, operand, today)` says it of an answer that is there. `python` says the same as source of `{v}`, None
    when nothing is there, `{c}`, the operand, and `today`: only these names ever stand in it. `of_nothing` is the
    answer for what is missing.
    """

    label: Text
    shape: Shape
    holds: Callable[[Any, Any, date], bool]
    python: str
    of_nothing: bool = False
    last: Text = OR  # what stands before the last of several choices


Criteria = Mapping[Operator, Criterion]


def _guarded(python: str) -> str:
    return f"({{v}} is not None and {python})"


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


_FILLED = Criterion(
    Text("a une réponse", "has an answer"), Shape.NOTHING, lambda v, c, today: True, "({v} is not None)"
)
_EMPTY = Criterion(
    Text("n’a pas de réponse", "has no answer"), Shape.NOTHING, lambda v, c, today: False, "({v} is None)", True
)


def _equal(label: Text, shape: Shape) -> Criterion:
    return Criterion(label, shape, lambda v, c, today: bool(v == c), "({v} == {c})")


def _unequal(label: Text, shape: Shape) -> Criterion:
    return Criterion(label, shape, lambda v, c, today: bool(v != c), _guarded("{v} != {c}"))


def _less(label: Text, shape: Shape) -> Criterion:
    return Criterion(label, shape, lambda v, c, today: bool(v < c), _guarded("{v} < {c}"))


def _greater(label: Text, shape: Shape) -> Criterion:
    return Criterion(label, shape, lambda v, c, today: bool(v > c), _guarded("{v} > {c}"))


def _between(label: Text, shape: Shape) -> Criterion:
    return Criterion(label, shape, lambda v, c, today: bool(c[0] <= v <= c[1]), _guarded("{c}[0] <= {v} <= {c}[1]"))


# -- the families --------------------------------------------------------------------------------------------------
PRESENCE: Criteria = {Operator.FILLED: _FILLED, Operator.EMPTY: _EMPTY}

FILES: Criteria = {
    Operator.FILLED: Criterion(Text("comporte un fichier", "has a file"), Shape.NOTHING, _FILLED.holds, _FILLED.python),
    Operator.EMPTY: Criterion(
        Text("ne comporte aucun fichier", "has no file"), Shape.NOTHING, _EMPTY.holds, _EMPTY.python, True
    ),
}

WORDS: Criteria = {Operator.EQ: _equal(Text("est", "is"), Shape.TEXT), **PRESENCE}

BOX: Criteria = {Operator.EQ: _equal(Text("est", "is"), Shape.YES_NO)}

BOOLEANS: Criteria = {**BOX, **PRESENCE}

NUMBERS: Criteria = {
    Operator.EQ: _equal(Text("=", "="), Shape.NUMBER),
    Operator.NOT_EQ: _unequal(Text("≠", "≠"), Shape.NUMBER),
    Operator.LESS: _less(Text("<", "<"), Shape.NUMBER),
    Operator.LESS_EQ: Criterion(Text("≤", "≤"), Shape.NUMBER, lambda v, c, today: bool(v <= c), _guarded("{v} <= {c}")),
    Operator.GREATER: _greater(Text(">", ">"), Shape.NUMBER),
    Operator.GREATER_EQ: Criterion(
        Text("≥", "≥"), Shape.NUMBER, lambda v, c, today: bool(v >= c), _guarded("{v} >= {c}")
    ),
    Operator.BETWEEN: _between(Text("est entre", "is between"), Shape.TWO_NUMBERS),
    **PRESENCE,
}


def _of_dates(one: Shape, two: Shape, day: str) -> Criteria:
    """`day` is the source of the day of `{v}`."""
    return {
        Operator.EQ: _equal(Text("est le", "is on"), one),
        Operator.LESS: _less(Text("est avant le", "is before"), one),
        Operator.GREATER: _greater(Text("est après le", "is after"), one),
        Operator.BETWEEN: _between(Text("est entre le", "is between"), two),
        Operator.OLDER: Criterion(
            Text("remonte à au moins", "is at least"),
            Shape.SPAN,
            lambda v, c, today: _day(v) <= c.before(today),
            _guarded(f"{day} <= {{c}}.before(today)"),
        ),
        Operator.YOUNGER: Criterion(
            Text("remonte à moins de", "is less than"),
            Shape.SPAN,
            lambda v, c, today: _day(v) > c.before(today),
            _guarded(f"{day} > {{c}}.before(today)"),
        ),
        **PRESENCE,
    }


DAYS = _of_dates(Shape.DAY, Shape.TWO_DAYS, "{v}")
MOMENTS = _of_dates(Shape.MOMENT, Shape.TWO_MOMENTS, "{v}.date()")

CHOICES: Criteria = {
    Operator.EQ: _equal(Text("est", "is"), Shape.CHOICE),
    Operator.NOT_EQ: _unequal(Text("n’est pas", "is not"), Shape.CHOICE),
    Operator.ONE_OF: Criterion(
        Text("est parmi", "is one of"), Shape.CHOICES, lambda v, c, today: v in c, "({v} in {c})"
    ),
    **PRESENCE,
}

# What is compared of a place is a `geography.Place`.
_REGIONS: Criteria = {
    Operator.IN_REGION: Criterion(
        Text("est dans la région", "is in the region"),
        Shape.REGION,
        lambda v, c, today: bool(v.region == c),
        _guarded("{v}.region == {c}"),
    ),
    Operator.NOT_IN_REGION: Criterion(
        Text("n’est pas dans la région", "is not in the region"),
        Shape.REGION,
        lambda v, c, today: bool(v.is_outside_region(c)),
        _guarded("{v}.is_outside_region({c})"),
    ),
}

PLACES: Criteria = {
    Operator.IN_DEPARTMENT: Criterion(
        Text("est dans le département", "is in the département"),
        Shape.DEPARTMENT,
        lambda v, c, today: bool(v.department == c),
        _guarded("{v}.department == {c}"),
    ),
    Operator.NOT_IN_DEPARTMENT: Criterion(
        Text("n’est pas dans le département", "is not in the département"),
        Shape.DEPARTMENT,
        lambda v, c, today: bool(v.is_outside_department(c)),
        _guarded("{v}.is_outside_department({c})"),
    ),
    **_REGIONS,
    **PRESENCE,
}

DEPARTMENTS: Criteria = {
    Operator.EQ: Criterion(
        CHOICES[Operator.EQ].label,
        Shape.CHOICE,
        lambda v, c, today: bool(v.department == c),
        _guarded("{v}.department == {c}"),
    ),
    Operator.NOT_EQ: Criterion(
        CHOICES[Operator.NOT_EQ].label,
        Shape.CHOICE,
        lambda v, c, today: bool(v.is_outside_department(c)),
        _guarded("{v}.is_outside_department({c})"),
    ),
    Operator.ONE_OF: Criterion(
        CHOICES[Operator.ONE_OF].label,
        Shape.CHOICES,
        lambda v, c, today: v.department in c,
        _guarded("{v}.department in {c}"),
    ),
    **_REGIONS,
    **PRESENCE,
}

SEVERAL_CHOICES: Criteria = {
    Operator.INCLUDES: Criterion(
        Text("contient", "contains"), Shape.CHOICE, lambda v, c, today: c in v, _guarded("{c} in {v}")
    ),
    Operator.EXCLUDES: Criterion(
        Text("ne contient pas", "does not contain"),
        Shape.CHOICE,
        lambda v, c, today: c not in v,
        _guarded("{c} not in {v}"),
    ),
    Operator.INCLUDES_ALL: Criterion(
        Text("contient à la fois", "contains all of"),
        Shape.CHOICES,
        lambda v, c, today: all(choice in v for choice in c),
        _guarded("{c} <= {v}"),
        last=AND,
    ),
    Operator.INCLUDES_NONE: Criterion(
        Text("ne contient aucun de", "contains none of"),
        Shape.CHOICES,
        lambda v, c, today: not any(choice in v for choice in c),
        _guarded("{c}.isdisjoint({v})"),
    ),
    **PRESENCE,
}
