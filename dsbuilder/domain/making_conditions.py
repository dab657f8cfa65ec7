"""Conditions made at random on a form, for demonstrations, tests and measures: the real forms that are public have none.

The same form, count and seed give the same conditions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not, sources
from dsbuilder.domain.fields.operands import Shape, Span, Unit, kept
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.proving import Prover
from dsbuilder.domain.scopes import may_compare, scope_of

_MIDDLE = date(2020, 1, 1)
_DEPARTMENTS, _REGIONS = ("29", "2A", "75", "971"), ("53", "94", "11", "01")
_WORDS = ("Brest", "Oui", "2026", "Sans objet")


def with_conditions(revision: Revision, count: int, seed: int = 0) -> Revision:
    """The form with a condition on `count` of its fields, or on as many as can carry one."""
    random = Random(seed)
    scope = scope_of(revision)
    offered: list[Field] = []
    able: dict[FieldId, list[Field]] = {}
    for placed in scope.values():
        able[placed.id] = [source for source in offered if may_compare(scope[source.id], placed)]
        if _may_be_compared(placed.field):
            offered.append(placed.field)
    candidates = [id for id, earlier in able.items() if earlier]
    chosen = set(random.sample(candidates, min(count, len(candidates))))
    made = {id: a_condition(able[id], random) for id in able if id in chosen}
    return _each(revision, lambda field: _with(field, made))


def with_showable_conditions(revision: Revision, count: int, today: date, seed: int = 0) -> Revision:
    """The same, less the conditions that leave a field without answers that show it on that day."""
    made = with_conditions(revision, count, seed)
    while lost := _lost(made, today):
        made = _each(made, partial(_without, lost=lost))
    return made


def _each(revision: Revision, changed: Callable[[Field], Field]) -> Revision:
    return replace(
        revision, fields=tuple(map(changed, revision.fields)), annotations=tuple(map(changed, revision.annotations))
    )


def _lost(revision: Revision, today: date) -> set[FieldId]:
    """The fields whose condition is the first on the way that no answers are found to satisfy."""
    prover = Prover(revision, today)
    hidden = {id for id in prover.scope if prover.can_show(id).witness is None}
    own = {id for id in hidden if (condition := prover.scope[id].field.condition) and not hidden & sources(condition)}
    return {id for id in own if not hidden & {over.id for over in prover.over(id)}} or own


def _without(field: Field, lost: set[FieldId]) -> Field:
    children = tuple(_without(child, lost) for child in field.children)
    return replace(field, condition=None if field.id in lost else field.condition, children=children)


def _may_be_compared(field: Field) -> bool:
    return bool(field.type.operators) and bool(field.type.samples(field.options, (), _MIDDLE).values)


def _with(field: Field, made: Mapping[FieldId, Condition]) -> Field:
    children = tuple(_with(child, made) for child in field.children)
    return replace(field, condition=made.get(field.id, field.condition), children=children)


def a_condition(offered: Sequence[Field], random: Random, levels: int = 3) -> Condition:
    """A tree of comparisons with some of `offered`, mostly those that stand near the end."""
    if levels > 1 and random.random() < 0.4:
        terms = tuple(a_condition(offered, random, levels - 1) for _ in range(random.choice((2, 2, 3))))
        return random.choice((All, All, AnyOf))(terms)
    comparison = a_comparison(random.choice(offered[-30:]), random)
    return Not(comparison) if random.random() < 0.1 else comparison


def a_comparison(source: Field, random: Random) -> Comparison:
    """A comparison with one field, such as an administrator may make."""
    operator, criterion = random.choice(list(source.type.operators.items()))
    return Comparison(source.id, operator, kept(_MADE[criterion.shape](source, random)))


def _number(source: Field, random: Random) -> int:
    return random.choice((0, 1, 5, 10, 50, 100, 300, 1000))


def _day(source: Field, random: Random) -> date:
    return _MIDDLE + timedelta(random.choice((-3650, -365, -30, 0, 30, 365)))


def _moment(source: Field, random: Random) -> datetime:
    return datetime.combine(_day(source, random), datetime.min.time()) + timedelta(minutes=random.choice((0, 30, 900)))


def _two(one: Callable[[Field, Random], Any]) -> Callable[[Field, Random], Any]:
    return lambda source, random: tuple(sorted((one(source, random), one(source, random))))


def _span(source: Field, random: Random) -> Span:
    return Span(random.choice((1, 3, 6, 18)), random.choice(list(Unit)))


def _choice(source: Field, random: Random) -> str:
    return random.choice(source.type.choices_for_condition(source.options)[:20])


def _choices(source: Field, random: Random) -> frozenset[str]:
    return frozenset(_choice(source, random) for _ in range(2))


_MADE: Mapping[Shape, Callable[[Field, Random], Any]] = {
    Shape.NOTHING: lambda source, random: None,
    Shape.YES_NO: lambda source, random: random.random() < 0.7,
    Shape.NUMBER: _number,
    Shape.TWO_NUMBERS: _two(_number),
    Shape.DAY: _day,
    Shape.TWO_DAYS: _two(_day),
    Shape.MOMENT: _moment,
    Shape.TWO_MOMENTS: _two(_moment),
    Shape.SPAN: _span,
    Shape.CHOICE: _choice,
    Shape.CHOICES: _choices,
    Shape.DEPARTMENT: lambda source, random: random.choice(_DEPARTMENTS),
    Shape.REGION: lambda source, random: random.choice(_REGIONS),
    Shape.TEXT: lambda source, random: random.choice(_WORDS),
}
