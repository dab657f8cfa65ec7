"""Conditions of the reference: read, written back the same, and what it cannot say refused by name."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.condition_words import sentence
from dsbuilder.domain.conditions import ALWAYS, All, AnyOf, Comparison, Condition, Not, comparisons
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.making_conditions import a_condition
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.reference_conditions import condition_from_reference, condition_to_reference
from dsbuilder.domain.showing import showing
from tests.domain.conditioned import DAYS, TODAY, conditioned, random_answers
from tests.forms import a_field
from tests.strategies import json_values

FOLDER = Path(__file__).parent / "reference_conditions"
NAMES = ("shop", "camp", "unfinished")
FORM = Revision(
    (
        a_field(1, "drop_down_list", "Type d’ERP", drop_down_options=("Magasin", "Gare"), drop_down_other=True),
        a_field(2, "integer_number", "Surface"),
        a_field(3, "yes_no", "Déjà venu"),
        a_field(4, "multiple_drop_down_list", "Jours", drop_down_options=DAYS),
        a_field(5, "decimal_number", "Quotient"),
        a_field(6, "date", "Naissance"),
    )
)
FIELDS = {field.id: field for field in FORM.walk()}
IDS = {4100 + int(id): id for id in FIELDS}
STABLE = {id: stable for stable, id in IDS.items()}


def when(source: int, operator: Operator, operand: object = None) -> Comparison:
    """A comparison with one field."""
    return Comparison(FieldId(source), operator, operand)  # type: ignore[arg-type]


def fixture(name: str) -> Any:
    """A condition written by hand in the reference's form."""
    return json.loads((FOLDER / f"{name}.json").read_text())


READ: dict[str, Condition] = {
    "shop": All((when(1, Operator.EQ, "Magasin"), when(2, Operator.GREATER, 300))),
    "camp": AnyOf(
        (
            when(3, Operator.EQ, True),
            All(
                (
                    when(4, Operator.INCLUDES, "Mercredi"),
                    when(4, Operator.EXCLUDES, "Lundi"),
                    when(5, Operator.LESS_EQ, "12.5"),
                )
            ),
            when(1, Operator.NOT_EQ, "__other__"),
        )
    ),
    "unfinished": All((when(2, Operator.LESS, 18), ALWAYS)),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_condition_is_read(name: str) -> None:
    assert condition_from_reference(fixture(name), IDS) == READ[name]


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_is_written_back_the_same(name: str) -> None:
    assert json.dumps(condition_to_reference(READ[name], FIELDS, STABLE)) == json.dumps(fixture(name))


def test_the_first_is_said_in_words() -> None:
    words = sentence(condition_from_reference(fixture("shop"), IDS), FIELDS).fr.replace("\u00a0", " ")
    assert words == "Si « Type d’ERP » est « Magasin » et « Surface » > 300"


def test_an_equality_is_read_either_way_round() -> None:
    turned = deepcopy(fixture("shop"))["operands"][0]
    turned["left"], turned["right"] = turned["right"], turned["left"]
    assert condition_from_reference(turned, IDS) == when(1, Operator.EQ, "Magasin")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Not(when(3, Operator.EQ, True)), "il n’est pas vrai que"),
        (when(6, Operator.OLDER, (18, "years")), "« Naissance » remonte à au moins 18 ans"),
        (when(6, Operator.EQ, "2026-01-01"), "« Naissance » est le 1er janvier 2026"),
        (when(6, Operator.BETWEEN, ("2026-01-01", "2026-01-02")), "« Naissance » est entre le"),
        (when(2, Operator.FILLED), "« Surface » a une réponse"),
        (when(2, Operator.EMPTY), "« Surface » n’a pas de réponse"),
        (when(2, Operator.EQ, "dix"), "« Surface » = …"),
        (when(2, Operator.INCLUDES, "x"), "« Surface » est comparée comme elle ne peut pas l’être"),
        (when(9, Operator.FILLED), "identifiant 9"),
    ],
)
def test_what_the_reference_cannot_say_is_refused_by_name(condition: Condition, words: str) -> None:
    with pytest.raises(Refused) as refused:
        condition_to_reference(All((READ["shop"], condition)), FIELDS, STABLE)
    assert words in refused.value.text.fr.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"term": "Logic::InCantonOperator"}, "InCantonOperator"),
        ({"term": "Logic::Teleport"}, "Teleport"),
        ({"term": "Magic::Eq"}, "forme attendue"),
        ({"term": None}, "forme attendue"),
        ({"left": {"term": "Logic::ChampValue", "stable_id": 7}}, "identifiant 7"),
        ({"left": {"term": "Logic::ChampValue", "stable_id": "4101"}}, "identifiant 4101"),
        ({"left": {"term": "Logic::ChampValue", "stable_id": True}}, "identifiant True"),
        ({"right": {"term": "Logic::Empty"}}, "incomplète"),
        ({"right": {"term": "Logic::Constant", "value": None}}, "forme attendue"),
        ({"right": {"term": "Logic::Constant", "value": [1]}}, "forme attendue"),
        ({"right": {"term": "Logic::Constant", "value": 1e300}}, "forme attendue"),
        ({"right": None}, "forme attendue"),
        ({"term": "Logic::And"}, "forme attendue"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused) as refused:
        condition_from_reference({**fixture("shop")["operands"][0], **change}, IDS)
    assert words in refused.value.text.fr


def test_a_constant_stands_left_of_an_equality_alone() -> None:
    turned = deepcopy(fixture("shop"))["operands"][1]
    turned["left"], turned["right"] = turned["right"], turned["left"]
    with pytest.raises(Refused, match="incomplete"):
        condition_from_reference(turned, IDS)


def test_twenty_levels_are_read_and_one_more_is_refused() -> None:
    deep = fixture("shop")["operands"][0]
    for _ in range(19):
        deep = {"term": "Logic::And", "operands": [deep]}
    assert condition_from_reference(deep, IDS)
    with pytest.raises(Refused, match="20 levels"):
        condition_from_reference({"term": "Logic::And", "operands": [deep]}, IDS)


@given(st.integers(0, 10**9))
def test_what_can_be_written_is_read_back_the_same_or_means_the_same(seed: int) -> None:
    random = Random(seed)
    condition = a_condition(list(FIELDS.values()), random)
    try:
        written = condition_to_reference(condition, FIELDS, STABLE)
    except Refused:
        return
    again = condition_from_reference(json.loads(json.dumps(written)), IDS)
    if not {comparison.operator for comparison in comparisons(condition)} & APART:
        assert again == condition
    forms = [replace(FORM, fields=(*FORM.fields, conditioned(a_field(7), c))) for c in (condition, again)]
    for _ in range(5):
        answers = random_answers(forms[0], random)
        assert showing(forms[0], answers, TODAY) == showing(forms[1], answers, TODAY)


APART = {Operator.BETWEEN, Operator.ONE_OF, Operator.INCLUDES_ALL, Operator.INCLUDES_NONE}


@given(json_values)
def test_any_other_json_is_refused(wrong: Any) -> None:
    with pytest.raises(Refused):
        condition_from_reference(wrong, IDS)
