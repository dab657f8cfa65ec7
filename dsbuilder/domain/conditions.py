"""Conditions: trees of comparisons with earlier answers, their JSON, and what they speak of. See `showing.py`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.texts import Text

Json = Any
Operand = None | bool | int | str | tuple[str | int, ...]  # as JSON holds it; the source's type says what it means

MAX_DEPTH = 20
MAX_TERMS = 500


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every term does; without a term, always."""

    terms: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one term does; without a term, never."""

    terms: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its term does not."""

    term: "Condition"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One answer compared; never true of an answer that is missing, blank or hidden, but for "is empty"."""

    source: FieldId
    operator: Operator
    operand: Operand = None


Condition = All | AnyOf | Not | Comparison

ALWAYS = All()  # what a change sets to take a condition away

TOO_DEEP = Text(
    "Cette condition est trop imbriquée : 20 niveaux au plus. Simplifiez-la, ou partagez-la entre plusieurs questions.",
    "This condition is nested too deep: 20 levels at most. Make it simpler, or share it among several questions.",
)
_TOO_LONG = Text(
    "Cette condition est trop longue : 500 comparaisons au plus. Partagez-la entre plusieurs questions.",
    "This condition is too long: 500 comparisons at most. Share it among several questions.",
)
_UNREADABLE = Text("Cette condition ne peut pas être lue.", "This condition cannot be read.")
_UNKNOWN_OPERATOR = Text(
    "Cette condition compare par « {name} », que cette version ne connaît pas.",
    "This condition compares by “{name}”, which this version does not know.",
)


# -- walking -------------------------------------------------------------------------------------------------------
def terms_of(condition: Condition) -> tuple[Condition, ...]:
    """The terms just beneath."""
    if isinstance(condition, Comparison):
        return ()
    return (condition.term,) if isinstance(condition, Not) else condition.terms


def comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """Every comparison of a tree, in order."""
    if isinstance(condition, Comparison):
        yield condition
    elif condition is not None:
        for term in terms_of(condition):
            yield from comparisons(term)


def sources(condition: Condition | None) -> frozenset[FieldId]:
    """The fields whose answers it compares."""
    return frozenset(comparison.source for comparison in comparisons(condition))


def depth(condition: Condition) -> int:
    """How many levels it has; a comparison alone has one."""
    return 1 + max(map(depth, terms_of(condition)), default=0)


def with_sources(condition: Condition, ids: Mapping[FieldId, FieldId]) -> Condition:
    """The same condition about other fields, those that `ids` maps."""
    if isinstance(condition, Comparison):
        return replace(condition, source=ids.get(condition.source, condition.source))
    if isinstance(condition, Not):
        return Not(with_sources(condition.term, ids))
    return type(condition)(tuple(with_sources(term, ids) for term in condition.terms))


def check_size(condition: Condition) -> None:
    """Raises Refused for a condition nested too deep or too long."""
    _check_depth(condition, MAX_DEPTH)
    if sum(1 for _ in comparisons(condition)) > MAX_TERMS:
        raise Refused(_TOO_LONG)


def _check_depth(condition: Condition, left: int) -> None:
    if left < 1:
        raise Refused(TOO_DEEP)
    for term in terms_of(condition):
        _check_depth(term, left - 1)


# -- our JSON ------------------------------------------------------------------------------------------------------
def condition_to_json(condition: Condition) -> dict[str, Json]:
    """A condition as it is kept: `{"all": […]}`, `{"any": […]}`, `{"not": …}` or a comparison."""
    if isinstance(condition, Comparison):
        return _comparison_to_json(condition)
    if isinstance(condition, Not):
        return {"not": condition_to_json(condition.term)}
    word = "all" if isinstance(condition, All) else "any"
    return {word: [condition_to_json(term) for term in condition.terms]}


def condition_from_json(json: Json) -> Condition:
    """The inverse of `condition_to_json`. Raises Refused for anything else, and for what is too deep or too long."""
    condition = _read(json, MAX_DEPTH)
    check_size(condition)
    return condition


def _comparison_to_json(comparison: Comparison) -> dict[str, Json]:
    json: dict[str, Json] = {"field": comparison.source, "operator": comparison.operator.value}
    if comparison.operand is not None:
        operand = comparison.operand
        json["operand"] = list(operand) if isinstance(operand, tuple) else operand
    return json


def _read(json: Json, left: int) -> Condition:
    if left < 1:
        raise Refused(TOO_DEEP)
    if not isinstance(json, dict):
        raise Refused(_UNREADABLE)
    for word, read in _WORDS.items():
        if json.keys() == {word}:
            return read(json[word], left - 1)
    return _read_comparison(json)


def _read_terms(json: Json, left: int) -> tuple[Condition, ...]:
    if not isinstance(json, list):
        raise Refused(_UNREADABLE)
    return tuple(_read(term, left) for term in json)


_WORDS: dict[str, Callable[[Json, int], Condition]] = {
    "all": lambda json, left: All(_read_terms(json, left)),
    "any": lambda json, left: AnyOf(_read_terms(json, left)),
    "not": lambda json, left: Not(_read(json, left)),
}


def _read_comparison(json: dict[str, Json]) -> Comparison:
    source, name = json.get("field"), json.get("operator")
    if not {"field", "operator"} <= json.keys() <= {"field", "operator", "operand"} or type(source) is not int:
        raise Refused(_UNREADABLE)
    if not isinstance(name, str) or name not in Operator.__members__.values():
        raise Refused(_UNKNOWN_OPERATOR.format(name=name))
    return Comparison(FieldId(source), Operator(name), read_operand(json.get("operand")))


def read_operand(json: Json) -> Operand:
    """What JSON holds as an operand. Raises Refused for what is none."""
    if json is None or isinstance(json, bool | int | str):
        return json
    if isinstance(json, list) and all(isinstance(item, str | int) and not isinstance(item, bool) for item in json):
        return tuple(json)
    raise Refused(_UNREADABLE)
