"""What Hypothesis draws: JSON, what a browser may send, options of a type, fields and whole forms."""

from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not, Operand
from dsbuilder.domain.fields.base import CATALOGUE, FieldType
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import Field, FieldId, Revision

TYPES = list(CATALOGUE.values())

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)

_days = st.dates(date(1, 1, 1), date(9999, 12, 31))
_typed = st.one_of(
    st.text(max_size=40),
    st.text("0123456789 ,.+-/:TeE", max_size=22),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    _days.map(date.isoformat),
    _days.map(lambda day: f"{day:%d/%m/%Y}"),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.emails(),
    st.sampled_from(["true", "oui", "Mme", "06 12 34 56 78", "+32 470 12 34 56", "__other__", '["a"]', "27 mars 1985"]),
)
raws = _typed | st.booleans() | st.lists(_typed, max_size=4)

_operands: st.SearchStrategy[Operand] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.text(max_size=5), max_size=3).map(tuple)
)


def conditions(sources: st.SearchStrategy[int]) -> st.SearchStrategy[Condition]:
    """Any tree about these fields, whether or not its comparisons make sense."""
    leaves = st.builds(Comparison, sources.map(FieldId), st.sampled_from(Operator), _operands)
    return st.recursive(leaves, lambda inner: st.builds(Not, inner) | _lists(All, inner) | _lists(AnyOf, inner))


def _lists(type_: Any, inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    return st.builds(type_, st.lists(inner, min_size=1, max_size=3).map(tuple))


_lines = st.lists(
    st.text(max_size=12) | st.sampled_from(["--Titre--", "Lundi", "Lundi", " ", "--", "a, b"]), max_size=8
)
_BY_HINT: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    str: st.text(max_size=20),
    int: st.integers(-(10**6), 10**6),
    date: _days,
    Decimal: st.decimals(-(10**6), 10**6, places=2),
    tuple[str, ...]: _lines.map(tuple),
}


def options_of(type_: FieldType) -> st.SearchStrategy[Any]:
    """Any options of a type that an administrator may set."""
    hints = get_type_hints(type_.Options)
    return st.builds(type_.Options, **{f.name: _option(hints[f.name], f.metadata) for f in fields_of(type_.Options)})


def _option(hint: Any, metadata: Any) -> st.SearchStrategy[Any]:
    choices = [choice for choice, _ in metadata["choices"]]
    if choices and hint == tuple[str, ...]:
        return st.lists(st.sampled_from(choices), unique=True).map(tuple)
    if choices:
        return st.sampled_from(choices)
    if metadata["between"]:
        return st.integers(*metadata["between"])
    members = get_args(hint) if type(None) in get_args(hint) else ()
    drawn = _BY_HINT[next(m for m in members if m is not type(None))] if members else _BY_HINT[hint]
    return st.none() | drawn if members else drawn


def raws_of(type_: FieldType, options: Any) -> st.SearchStrategy[Any]:
    """What may be sent for a type, with its own choices among them."""
    offered = [choice.value for choice in type_.choices(options, "fr")]
    if not offered:
        return raws
    chosen = st.sampled_from(offered)
    return raws | chosen | st.lists(chosen | _typed, max_size=4)


@st.composite
def forms(draw: st.DrawFn) -> Revision:
    """A form with any fields, rows and origins."""
    numbers = count(1)
    tops, private = (
        draw(st.lists(st.sampled_from(TYPES), max_size=5)),
        draw(st.lists(st.sampled_from(TYPES), max_size=2)),
    )
    return Revision(
        tuple(_a_field(draw, type_, numbers) for type_ in tops),
        draw(st.text(max_size=9)),
        draw(st.text(max_size=9)),
        tuple(_a_field(draw, type_, numbers) for type_ in private),
    )


def _a_field(draw: st.DrawFn, type_: FieldType, numbers: Any) -> Field:
    id = FieldId(next(numbers))
    below = [] if type_.may_stand_in_rows else draw(st.lists(st.sampled_from(TYPES), max_size=3))
    return Field(
        id=id,
        kind=type_.kind,
        label=draw(st.text(max_size=12)),
        description=draw(st.text(max_size=12)),
        required=type_.asks and draw(st.booleans()),
        options=draw(options_of(type_)),
        children=tuple(_a_field(draw, child, numbers) for child in below if child.may_stand_in_rows),
        condition=draw(st.none() | conditions(st.integers(1, id))),
        origin=draw(st.none() | st.dictionaries(st.text(max_size=5), json_values, min_size=1, max_size=2)),
    )


def next_ids() -> Any:
    """A callable that gives 1, 2, 3..."""
    numbers = count(1)
    return lambda: FieldId(next(numbers))
