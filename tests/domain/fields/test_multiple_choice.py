"""Multiple choices."""

from typing import Any

import pytest

from dsbuilder.domain.fields.controls import Control
from tests.domain.fields.tables import a_field, of, parsed, refusal

DAYS = ("Lundi", "Mardi", "Mercredi, jour des enfants")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (["Mardi", "Lundi", "Mardi"], ("Lundi", "Mardi")),
        (["Mercredi, jour des enfants"], ("Mercredi, jour des enfants",)),
        (["", "Lundi"], ("Lundi",)),
        ("Lundi", ("Lundi",)),
        ([], None),
        ([""], None),
    ],
)
def test_options_are_kept_once_in_the_order_of_the_form(raw: Any, value: Any) -> None:
    assert parsed("multiple_drop_down_list", raw, drop_down_options=DAYS) == value


def test_an_option_that_is_not_offered_is_refused() -> None:
    assert "Lundi" in refusal("multiple_drop_down_list", ["Lundi", "Samedi"], drop_down_options=DAYS).fr


@pytest.mark.parametrize("text", ['["Lundi", "Mardi"]', '["Mardi","Lundi"]'])
def test_a_link_gives_a_list(text: str) -> None:
    field = a_field("multiple_drop_down_list", drop_down_options=DAYS)
    assert field.type.prefill(text, field.options) == ("Lundi", "Mardi")
    assert field.type.prefill("Mardi", field.options) == ("Mardi",)


def test_options_are_shown_with_commas() -> None:
    assert of("multiple_drop_down_list").display(("Lundi", "Mardi"), None) == "Lundi, Mardi"


def test_a_long_list_is_searched() -> None:
    field = a_field("multiple_drop_down_list", drop_down_options=tuple(f"Option {n}" for n in range(100)))
    assert field.type.controls(field.options) is Control.SEARCH
    assert field.type.attributes(field.options).many
    assert [choice.value for choice in field.type.search(field.options, "99")] == ["Option 99"]


def test_the_answer_of_a_single_choice_is_kept() -> None:
    assert of("multiple_drop_down_list").from_json("Lundi") == ("Lundi",)
