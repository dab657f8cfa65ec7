"""Conditions as the reference writes them: its terms, its stable ids, so that its procedures can be brought over.

What it can say is read and written as it stands. Between, one of, contains all and contains none are written by the
comparisons that make them up. What it has no word for is refused by name.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from dsbuilder.domain.condition_words import comparison_in_words
from dsbuilder.domain.conditions import (
    ALWAYS,
    MAX_DEPTH,
    TOO_DEEP,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operand,
    check_size,
)
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.operands import Shape, kept, read
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.procedure import Field
from dsbuilder.domain.texts import Text

Json = Any

_PREFIX = "Logic::"
_JOINING: Mapping[str, type[All] | type[AnyOf]] = {"And": All, "Or": AnyOf}
_WRITTEN = frozenset(
    {
        Operator.EQ,
        Operator.NOT_EQ,
        Operator.LESS,
        Operator.LESS_EQ,
        Operator.GREATER,
        Operator.GREATER_EQ,
        Operator.INCLUDES,
        Operator.EXCLUDES,
        Operator.IN_DEPARTMENT,
        Operator.NOT_IN_DEPARTMENT,
        Operator.IN_REGION,
        Operator.NOT_IN_REGION,
    }
)
_WRITTEN_SHAPES = frozenset({Shape.YES_NO, Shape.NUMBER, Shape.CHOICE, Shape.DEPARTMENT, Shape.REGION})
_SYMMETRIC = frozenset({Operator.EQ, Operator.NOT_EQ})
_EMPTY = {"term": f"{_PREFIX}Empty"}
_NOT_CONFIGURED = {"term": f"{_PREFIX}EmptyOperator", "left": _EMPTY, "right": _EMPTY}


# -- reading -------------------------------------------------------------------------------------------------------
def condition_from_reference(json: Json, ids: Mapping[int, FieldId]) -> Condition:
    """A condition of the reference; `ids` gives our field for each of its stable ids. Raises Refused by name."""
    condition = _read(json, ids, MAX_DEPTH)
    check_size(condition)
    return condition


def _read(json: Json, ids: Mapping[int, FieldId], left: int) -> Condition:
    if left < 1:
        raise Refused(TOO_DEEP)
    name = _term(json)
    if name == "EmptyOperator":  # a row that nobody filled in; the reference takes it for true
        return ALWAYS
    if name in _JOINING:
        operands = json.get("operands")
        if not isinstance(operands, list):
            raise Refused(_UNREADABLE)
        return _JOINING[name](tuple(_read(operand, ids, left - 1) for operand in operands))
    if name not in _WRITTEN:
        raise Refused(_NO_SUCH_TERM.format(term=name))
    return _comparison(Operator(name), json, ids)


def _comparison(operator: Operator, json: dict[str, Json], ids: Mapping[int, FieldId]) -> Comparison:
    source, constant = json.get("left"), json.get("right")
    if operator in _SYMMETRIC and _term(source) == "Constant":
        source, constant = constant, source
    if _term(source) != "ChampValue" or _term(constant) != "Constant":
        raise Refused(_INCOMPLETE.format(term=operator.value))
    assert isinstance(source, dict) and isinstance(constant, dict)
    stable_id = source.get("stable_id")
    if type(stable_id) is not int or stable_id not in ids:
        raise Refused(_NO_SUCH_FIELD.format(id=stable_id))
    return Comparison(ids[stable_id], operator, _operand(constant.get("value")))


def _term(json: Json) -> str:
    term = json.get("term") if isinstance(json, dict) else None
    if not isinstance(term, str) or not term.startswith(_PREFIX):
        raise Refused(_UNREADABLE)
    return term.removeprefix(_PREFIX)


def _operand(value: Json) -> Operand:
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float) and abs(value) < 1e15:
        operand: Operand = kept(Decimal(repr(value)))
        return operand
    raise Refused(_UNREADABLE)


# -- writing -------------------------------------------------------------------------------------------------------
def condition_to_reference(condition: Condition, fields: Mapping[FieldId, Field], ids: Mapping[FieldId, int]) -> Json:
    """A condition as the reference writes it; `ids` gives the stable id of each field. Raises Refused by name."""
    if isinstance(condition, Comparison):
        return _written(condition, fields, ids)
    if isinstance(condition, Not):
        raise Refused(_NO_WORD.format(words=Text("il n’est pas vrai que", "it is not true that")))
    if condition == ALWAYS:
        return _NOT_CONFIGURED
    name = "And" if isinstance(condition, All) else "Or"
    return _joined(name, [condition_to_reference(term, fields, ids) for term in condition.terms])


def _joined(name: str, operands: list[Json]) -> Json:
    return {"term": f"{_PREFIX}{name}", "operands": operands}


def _written(comparison: Comparison, fields: Mapping[FieldId, Field], ids: Mapping[FieldId, int]) -> Json:
    source, stable_id = fields.get(comparison.source), ids.get(comparison.source)
    if source is None or stable_id is None:
        raise Refused(_NO_SUCH_FIELD.format(id=comparison.source))
    criterion = source.type.operators.get(comparison.operator)
    try:
        operand = None if criterion is None else read(criterion.shape, comparison.operand)
    except ValueError:
        criterion = None
    if criterion is None:
        raise Refused(_NO_WORD.format(words=comparison_in_words(comparison, fields)))
    apart = _APART.get(comparison.operator)
    if apart is not None and criterion.shape in (Shape.TWO_NUMBERS, Shape.CHOICES):
        name, terms = apart(comparison.source, comparison.operand)
        return _joined(name, [_written(term, fields, ids) for term in terms])
    if criterion.shape not in _WRITTEN_SHAPES:
        raise Refused(_NO_WORD.format(words=comparison_in_words(comparison, fields)))
    return {
        "term": f"{_PREFIX}{comparison.operator.value}",
        "left": {"term": f"{_PREFIX}ChampValue", "stable_id": stable_id},
        "right": {"term": f"{_PREFIX}Constant", "value": float(operand) if isinstance(operand, Decimal) else operand},
    }


Apart = tuple[str, list[Comparison]]


def _between(source: FieldId, operand: Any) -> Apart:
    first, last = operand
    return "And", [Comparison(source, Operator.GREATER_EQ, first), Comparison(source, Operator.LESS_EQ, last)]


def _each(name: str, operator: Operator) -> Callable[[FieldId, Any], Apart]:
    return lambda source, operand: (name, [Comparison(source, operator, choice) for choice in operand])


_APART: Mapping[Operator, Callable[[FieldId, Any], Apart]] = {
    Operator.BETWEEN: _between,
    Operator.ONE_OF: _each("Or", Operator.EQ),
    Operator.INCLUDES_ALL: _each("And", Operator.INCLUDES),
    Operator.INCLUDES_NONE: _each("And", Operator.EXCLUDES),
}

_UNREADABLE = Text("Cette condition n’a pas la forme attendue.", "This condition does not have the expected form.")
_NO_SUCH_TERM = Text(
    "Cette condition compare par « {term} », que cette version ne connaît pas.",
    "This condition compares by “{term}”, which this version does not know.",
)
_INCOMPLETE = Text(
    "Cette condition est incomplète : « {term} » compare une question à une valeur.",
    "This condition is incomplete: “{term}” compares a question with a value.",
)
_NO_SUCH_FIELD = Text(
    "Cette condition compare une question qui n’est pas dans le formulaire (identifiant {id}).",
    "This condition compares a question that is not in the form (id {id}).",
)
_NO_WORD = Text(
    "Le format de la plateforme de référence ne sait pas dire : {words}.",
    "The format of the reference platform cannot say: {words}.",
)
