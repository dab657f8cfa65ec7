"""Conditions as XLSForm writes them, its `relevant` column: read and written with the same meaning.

There, an answer that is not there is the empty text, which differs from everything; here nothing compares with it. So
`${x} != 'a'` is "not (x is a)", and "x is not a" is written with its guard.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dsbuilder.domain import xpath
from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not
from dsbuilder.domain.fields.operands import Shape, kept
from dsbuilder.domain.fields.operands import read as read_operand
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import Field
from dsbuilder.domain.texts import Text
from dsbuilder.domain.xpath import Answer, Call, Expression, Literal, Unread

Values = Mapping[str, bool | str]  # what a condition compares with, by the name of a choice


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that conditions may speak of: its name in the sheet, and what its choices are called there.

    The name is empty where XLSForm has no such question, a commune for example.
    """

    name: str
    field: Field
    values: Values


_NO_SOURCE = Text(
    "la condition parle de « {name} », qui n’est pas une question placée avant",
    "the condition speaks of “{name}”, which is no question that comes before",
)
_LEFT_OUT = Text(
    "la condition parle de « {name} », que XLSForm ne sait pas demander",
    "the condition speaks of “{name}”, which XLSForm cannot ask",
)
_NOT_COMPARED = Text(
    "« {name} » ne se compare pas ainsi dans nos conditions", "“{name}” is not compared so in our conditions"
)
_NOT_A_CHOICE = Text("« {value} » n’est pas un choix de « {name} »", "“{value}” is no choice of “{name}”")
_NOT_SAID = Text("XLSForm ne sait pas dire « {what} »", "XLSForm cannot say “{what}”")
_NOT_READ = Text(
    "cette condition n’est pas de celles que nous savons lire", "this condition is not one of those that we can read"
)
_STEP = {Shape.DAY: timedelta(days=1), Shape.MOMENT: timedelta(minutes=1)}
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_ORDERED = {
    "=": Operator.EQ,
    "<": Operator.LESS,
    "<=": Operator.LESS_EQ,
    ">": Operator.GREATER,
    ">=": Operator.GREATER_EQ,
}


_OPPOSITES = {Operator.EQ: Operator.NOT_EQ, Operator.INCLUDES: Operator.EXCLUDES}


# -- reading -------------------------------------------------------------------------------------------------------
def read_condition(text: str, asked: Mapping[str, Asked]) -> Condition:
    """The condition that an expression says of the questions before it, by their names. Raises Unread."""
    return _condition(xpath.read(text), asked)


def _condition(expression: Expression, asked: Mapping[str, Asked]) -> Condition:
    if not isinstance(expression, Call):
        raise Unread(_NOT_READ)
    given = expression.given
    if expression.name == "and":
        return _joined([_condition(one, asked) for one in given])
    if expression.name == "or":
        return AnyOf(tuple(_condition(one, asked) for one in given))
    if expression.name == "not" and len(given) == 1:
        return Not(_condition(given[0], asked))
    if expression.name in ("true", "false") and not given:
        return All() if expression.name == "true" else AnyOf()
    if expression.name == "selected" and len(given) == 2:
        return _selected(_asked(given[0], asked), given[1])
    if expression.name in _FLIPPED and len(given) == 2:
        return _compared(expression.name, given[0], given[1], asked)
    raise Unread(_NOT_READ)


def _joined(terms: list[Condition]) -> Condition:
    """ "x is filled, and not (x is a)" is "x is not a"."""
    first, second = terms if len(terms) == 2 else (None, None)
    if isinstance(first, Comparison) and first.operator is Operator.FILLED and isinstance(second, Not):
        term = second.term
        if isinstance(term, Comparison) and term.source == first.source and term.operator in _OPPOSITES:
            return replace(term, operator=_OPPOSITES[term.operator])
    return All(tuple(terms))


def _asked(expression: Expression, asked: Mapping[str, Asked]) -> Asked:
    if not isinstance(expression, Answer):
        raise Unread(_NOT_READ)
    if expression.name not in asked:
        raise Unread(_NO_SOURCE.format(name=expression.name or "."))
    return asked[expression.name]


def _selected(source: Asked, value: Expression) -> Condition:
    for operator in (Operator.INCLUDES, Operator.EQ):
        if operator in source.field.type.operators:
            return Comparison(source.field.id, operator, _choice(source, value))
    raise Unread(_NOT_COMPARED.format(name=source.name))


def _compared(sign: str, left: Expression, right: Expression, asked: Mapping[str, Asked]) -> Condition:
    if isinstance(right, Answer) or _is_length(right):
        sign, left, right = _FLIPPED[sign], right, left
    if isinstance(left, Call) and _is_length(left):
        return _presence(_asked(left.given[0], asked), _is_filled(sign, right))
    source = _asked(left, asked)
    if right == Literal("") and sign in ("=", "!="):
        return _presence(source, sign == "!=")
    if sign == "!=":
        return Not(_ordered(source, "=", right))
    return _ordered(source, sign, right)


def _is_length(expression: Expression) -> bool:
    return (
        isinstance(expression, Call)
        and expression.name in ("string-length", "count-selected")
        and len(expression.given) == 1
    )


def _is_filled(sign: str, right: Expression) -> bool:
    meanings = {(">", 0): True, (">=", 1): True, ("!=", 0): True, ("=", 0): False, ("<", 1): False, ("<=", 0): False}
    number = right.value if isinstance(right, Literal) and isinstance(right.value, Decimal) else None
    if number is None or (sign, number) not in meanings:
        raise Unread(_NOT_READ)
    return meanings[sign, number]  # type: ignore[index]


def _presence(source: Asked, filled: bool) -> Condition:
    operators = source.field.type.operators
    operator = Operator.FILLED if filled else Operator.EMPTY
    if operator in operators:
        return Comparison(source.field.id, operator)
    if Operator.EQ in operators and source.values.get("") is False:  # a box to tick
        return Comparison(source.field.id, Operator.EQ, filled)
    if Operator.EQ in operators and set(source.values.values()) == {True, False}:
        said = AnyOf(tuple(Comparison(source.field.id, Operator.EQ, value) for value in (True, False)))
        return said if filled else Not(said)
    raise Unread(_NOT_COMPARED.format(name=source.name))


def _ordered(source: Asked, sign: str, right: Expression) -> Condition:
    operators, operator = source.field.type.operators, _ORDERED[sign]
    strict = {Operator.LESS_EQ: Operator.LESS, Operator.GREATER_EQ: Operator.GREATER}.get(operator)
    if operator in operators:
        return Comparison(source.field.id, operator, _operand(source, operators[operator].shape, right))
    if (
        strict is not None and strict in operators and operators[strict].shape in _STEP
    ):  # until a day is before the next
        shape = operators[strict].shape
        step = _STEP[shape] if strict is Operator.LESS else -_STEP[shape]
        try:
            moved = read_operand(shape, _operand(source, shape, right)) + step
        except OverflowError:
            raise Unread(_NOT_READ) from None
        return Comparison(source.field.id, strict, kept(moved))
    raise Unread(_NOT_COMPARED.format(name=source.name))


def _operand(source: Asked, shape: Shape, value: Expression) -> Any:
    if shape in (Shape.CHOICE, Shape.YES_NO):
        return _choice(source, value)
    found: Any = value.value if isinstance(value, Literal) else None
    if isinstance(value, Call) and value.name in ("date", "date-time") and len(value.given) == 1:
        found = value.given[0].value if isinstance(value.given[0], Literal) else None
    try:
        if shape is Shape.NUMBER:
            return kept(read_operand(shape, str(found)))
        if shape is Shape.TEXT and isinstance(found, Decimal):
            found = f"{found:f}"
        if shape is Shape.MOMENT and isinstance(found, str):
            found = datetime.fromisoformat(found).replace(tzinfo=None).isoformat(timespec="minutes")
        return kept(read_operand(shape, found))
    except (ValueError, TypeError):
        raise Unread(_NOT_READ) from None


def _choice(source: Asked, value: Expression) -> bool | str:
    name = value.value if isinstance(value, Literal) else None
    name = f"{name:f}" if isinstance(name, Decimal) else name
    if name is None or name not in source.values:
        raise Unread(_NOT_A_CHOICE.format(value="" if name is None else name[:60], name=source.name))
    return source.values[name]


# -- writing -------------------------------------------------------------------------------------------------------
def write_condition(condition: Condition, asked: Mapping[int, Asked]) -> str:
    """A condition as an expression about the questions before it, by their ids. Raises Unread."""
    if isinstance(condition, Comparison):
        return _written(condition, asked)
    if isinstance(condition, Not):
        return f"not({write_condition(condition.term, asked)})"
    word, none = ("and", "true()") if isinstance(condition, All) else ("or", "false()")
    terms = [_in_brackets(term, asked) for term in condition.terms]
    return f" {word} ".join(terms) if terms else none


def _in_brackets(condition: Condition, asked: Mapping[int, Asked]) -> str:
    text = write_condition(condition, asked)
    return f"({text})" if isinstance(condition, All | AnyOf) and len(condition.terms) > 1 else text


def _written(comparison: Comparison, asked: Mapping[int, Asked]) -> str:
    source = asked.get(comparison.source)
    if source is None:
        raise Unread(_NO_SOURCE.format(name=comparison.source))
    if not source.name:
        raise Unread(_LEFT_OUT.format(name=source.field.label))
    criterion = source.field.type.operators.get(comparison.operator)
    if criterion is None:
        raise Unread(_NOT_COMPARED.format(name=source.name))
    try:
        operand = read_operand(criterion.shape, comparison.operand)
    except ValueError:
        raise Unread(_NOT_COMPARED.format(name=source.name)) from None
    if criterion.shape in (Shape.SPAN, Shape.DEPARTMENT, Shape.REGION):
        raise Unread(_NOT_SAID.format(what=criterion.label))
    return _SAID[comparison.operator](f"${{{source.name}}}", operand, source)


def _literal(value: Any, source: Asked) -> str:
    if isinstance(value, bool | str) and source.values:
        names = [name for name, meant in source.values.items() if meant == value and type(meant) is type(value)]
        if not names:
            raise Unread(_NOT_A_CHOICE.format(value=str(value)[:60], name=source.name))
        return xpath.quoted(names[0])
    if isinstance(value, datetime):
        return f"date-time('{value.isoformat()}')"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    return xpath.quoted(value) if isinstance(value, str) else xpath.number(value)


def _sign(sign: str) -> Any:
    return lambda answer, operand, source: f"{answer} {sign} {_literal(operand, source)}"


def _selects(answer: str, value: Any, source: Asked) -> str:
    return f"selected({answer}, {_literal(value, source)})"


def _each(word: str, say: Any, guard: bool = False) -> Any:
    def said(answer: str, operand: Any, source: Asked) -> str:
        terms = [f"{answer} != ''"] if guard else []
        return f"({f' {word} '.join([*terms, *(say(answer, value, source) for value in sorted(operand))])})"

    return said


_SAID: Mapping[Operator, Any] = {
    **{operator: _sign(sign) for sign, operator in _ORDERED.items()},
    Operator.NOT_EQ: lambda a, v, source: f"({a} != '' and {a} != {_literal(v, source)})",
    Operator.BETWEEN: lambda a, v, source: f"({a} >= {_literal(v[0], source)} and {a} <= {_literal(v[1], source)})",
    Operator.INCLUDES: _selects,
    Operator.EXCLUDES: lambda a, v, source: f"({a} != '' and not({_selects(a, v, source)}))",
    Operator.ONE_OF: _each("or", _sign("=")),
    Operator.INCLUDES_ALL: _each("and", _selects),
    Operator.INCLUDES_NONE: _each("and", lambda a, v, source: f"not({_selects(a, v, source)})", guard=True),
    Operator.FILLED: lambda a, v, source: f"{a} != ''",
    Operator.EMPTY: lambda a, v, source: f"{a} = ''",
}
