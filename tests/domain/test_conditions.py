"""Conditions as values: what they speak of, how deep they may be, and their JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.conditions import (
    MAX_DEPTH,
    MAX_TERMS,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    comparisons,
    condition_from_json,
    condition_to_json,
    depth,
    sources,
    with_sources,
)
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from tests.strategies import conditions, json_values

FILLED = Comparison(FieldId(1), Operator.FILLED)
SHOP = Comparison(FieldId(2), Operator.EQ, "Magasin")


def nested(levels: int) -> Condition:
    """A condition of so many levels."""
    condition: Condition = FILLED
    for _ in range(levels - 1):
        condition = Not(condition)
    return condition


def test_a_condition_says_what_it_compares_and_how_deep_it_is() -> None:
    condition = AnyOf((All((FILLED, SHOP)), Not(SHOP)))
    assert list(comparisons(condition)) == [FILLED, SHOP, SHOP]
    assert sources(condition) == {1, 2}
    assert sources(None) == frozenset()
    assert depth(condition) == 3
    assert depth(FILLED) == 1


def test_a_condition_is_carried_over_to_other_fields() -> None:
    renamed = with_sources(AnyOf((All((FILLED, SHOP)), Not(SHOP))), {FieldId(2): FieldId(7)})
    assert sources(renamed) == {1, 7}
    assert with_sources(renamed, {FieldId(7): FieldId(2)}) == AnyOf((All((FILLED, SHOP)), Not(SHOP)))


def test_it_is_kept_in_few_words() -> None:
    assert condition_to_json(All((FILLED, Not(SHOP)))) == {
        "all": [
            {"field": 1, "operator": "IsFilled"},
            {"not": {"field": 2, "operator": "Eq", "operand": "Magasin"}},
        ]
    }
    assert condition_to_json(AnyOf()) == {"any": []}


@given(conditions(st.integers(1, 10**9)))
def test_any_condition_is_kept_exactly(condition: Condition) -> None:
    kept = json.dumps(condition_to_json(condition), allow_nan=False)
    again = condition_from_json(json.loads(kept))
    assert again == condition
    assert json.dumps(condition_to_json(again)) == kept


def test_twenty_levels_are_read_and_one_more_is_refused_with_a_sentence() -> None:
    assert depth(condition_from_json(condition_to_json(nested(MAX_DEPTH)))) == MAX_DEPTH
    with pytest.raises(Refused, match="20 levels"):
        condition_from_json(condition_to_json(nested(MAX_DEPTH + 1)))


def test_as_many_comparisons_as_allowed_are_read_and_one_more_is_refused() -> None:
    assert condition_from_json(condition_to_json(All((SHOP,) * MAX_TERMS)))
    with pytest.raises(Refused, match="500 comparisons"):
        condition_from_json(condition_to_json(All((SHOP,) * (MAX_TERMS + 1))))


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "all",
        {},
        {"all": {}},
        {"all": [], "any": []},
        {"field": "1", "operator": "Eq"},
        {"field": True, "operator": "Eq"},
        {"field": 1},
        {"field": 1, "operator": "Eq", "more": 1},
        {"field": 1, "operator": "Eq", "operand": {}},
        {"field": 1, "operator": "Eq", "operand": 1.5},
        {"field": 1, "operator": "Eq", "operand": [True]},
        {"field": 1, "operator": "Teleport"},
        {"field": 1, "operator": []},
        {"not": []},
    ],
)
def test_what_is_no_condition_is_refused(wrong: Any) -> None:
    with pytest.raises(Refused):
        condition_from_json(wrong)


@given(json_values)
def test_any_other_json_is_refused_or_read(wrong: Any) -> None:
    try:
        condition_from_json(wrong)
    except Refused as refused:
        assert refused.text.fr and refused.text.en


def test_an_operator_of_a_later_version_is_named() -> None:
    with pytest.raises(Refused, match="Teleport"):
        condition_from_json({"field": 1, "operator": "Teleport"})
