"""Single choices."""

from typing import Any

import pytest

from dsbuilder.domain.fields.choice import OTHER, Other
from dsbuilder.domain.fields.controls import Choice, Control
from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal

DAYS = ("Lundi", "Mardi")


def listed(*lines: str) -> list[str]:
    """The options that these lines make."""
    field = a_field("drop_down_list", drop_down_options=lines)
    return [choice.value for choice in field.type.choices(field.options, "fr")]


# -- the list ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (("Lundi", "Lundi", "", "  ", "Mardi"), ["Lundi", "Mardi"]),
        ((" Lundi ", "001\tAIN", "Deux  blancs"), ["Lundi", "001 AIN", "Deux blancs"]),
        (("Rouge, vert", "a/b", "1", "__x__"), ["Rouge, vert", "a/b", "1", "__x__"]),
        (("--Semaine--", "Lundi", "-- Fin de semaine --", "Samedi"), ["Lundi", "Samedi"]),
        (("--Lundi--", "--Mardi--"), ["--Lundi--", "--Mardi--"]),
        (("--Animation de quartier", "-Oui-", "--"), ["--Animation de quartier", "-Oui-", "--"]),
        ((f"Plus de 1{NBSP}200 m²",), [f"Plus de 1{NBSP}200 m²"]),
    ],
)
def test_odd_lines_of_real_forms_stay_usable(lines: tuple[str, ...], options: list[str]) -> None:
    assert listed(*lines) == options


def test_a_line_between_dashes_heads_those_that_follow() -> None:
    field = a_field("drop_down_list", drop_down_options=("--Semaine--", "Lundi", "--Fin--", "Samedi"))
    assert field.type.choices(field.options, "fr") == (
        Choice("Lundi", "Lundi", "Semaine"),
        Choice("Samedi", "Samedi", "Fin"),
    )


def test_the_references_own_first_line_heads_nothing() -> None:
    field = a_field("drop_down_list", drop_down_options=("--Premier élément du menu--", "Lundi"))
    assert field.type.choices(field.options, "fr") == (Choice("Lundi", "Lundi"),)


@pytest.mark.parametrize(
    ("count", "control"),
    [(1, Control.RADIO), (5, Control.RADIO), (6, Control.LIST), (99, Control.LIST), (100, Control.SEARCH)],
)
def test_the_longer_the_list_the_less_is_shown_at_once(count: int, control: Control) -> None:
    field = a_field("drop_down_list", drop_down_options=tuple(f"Option {n}" for n in range(count)))
    assert field.type.controls(field.options) is control
    assert bool(field.type.choices(field.options, "fr")) is (control is not Control.SEARCH)


def test_a_list_without_options_forbids_publishing() -> None:
    empty, full = a_field("drop_down_list", drop_down_options=(" ",)), a_field("drop_down_list", drop_down_options=DAYS)
    assert [text.fr for text in empty.type.problems(empty)] == ["Ajoutez au moins une option à cette liste."]
    assert full.type.problems(full) == []


# -- answering -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("raw", ["Lundi", " Lundi ", ["Lundi"]])
def test_an_option_is_chosen(raw: Any) -> None:
    assert parsed("drop_down_list", raw, drop_down_options=DAYS) == "Lundi"


@pytest.mark.parametrize("raw", ["Dimanche", "lundi", OTHER, [OTHER, "Dimanche"]])
def test_anything_else_is_refused_with_an_option(raw: Any) -> None:
    assert f"par exemple «{NBSP}Lundi{NBSP}»" in refusal("drop_down_list", raw, drop_down_options=DAYS).fr


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("Lundi", "Lundi"),
        ("Dimanche", Other("Dimanche")),
        ([OTHER, "Dimanche "], Other("Dimanche")),
        ([OTHER, "Lundi"], "Lundi"),
        (OTHER, Other("")),
        ([OTHER], Other("")),
        ([OTHER, ""], Other("")),
    ],
)
def test_another_answer_may_be_allowed(raw: Any, value: Any) -> None:
    assert parsed("drop_down_list", raw, drop_down_options=DAYS, drop_down_other=True) == value


def test_another_answer_must_be_said() -> None:
    assert of("drop_down_list").is_blank(Other(""))
    assert not of("drop_down_list").is_blank(Other("Dimanche"))


def test_another_answer_is_told_from_an_option() -> None:
    type_ = of("drop_down_list")
    assert type_.to_json(Other("Dimanche")) == {"other": "Dimanche"}
    assert type_.chosen(Other("Dimanche")) == (OTHER,)
    assert type_.as_typed(Other("Dimanche")) == type_.display(Other("Dimanche"), None) == "Dimanche"
    field = a_field("drop_down_list", drop_down_options=DAYS, drop_down_other=True)
    assert field.type.choices(field.options, "fr")[-1] == Choice(OTHER, "Autre")
    assert field.type.choices_for_condition(field.options) == (*DAYS, OTHER)


# -- searching -----------------------------------------------------------------------------------------------------
SCHOOLS = ("Collège Jules-Ferry", "École élémentaire", "Lycée Élie Faure", "Ferry-Ouest", "Conferry", "L’Œuvre")


def found(text: str, limit: int = 20) -> list[str]:
    """What a search of the schools gives."""
    field = a_field("drop_down_list", drop_down_options=SCHOOLS)
    return [choice.value for choice in field.type.search(field.options, text, limit=limit)]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("ferry", ["Ferry-Ouest", "Collège Jules-Ferry", "Conferry"]),
        ("ECOLE", ["École élémentaire"]),
        ("élem", ["École élémentaire"]),
        ("jules ferry", ["Collège Jules-Ferry"]),
        ("ferry jul", ["Collège Jules-Ferry"]),
        ("faure elie", ["Lycée Élie Faure"]),
        ("oeuvre", ["L’Œuvre"]),
        ("l'oeuvre", ["L’Œuvre"]),
        ("introuvable", []),
        ("", list(SCHOOLS)),
        ("-", list(SCHOOLS)),
    ],
)
def test_beginnings_come_first_then_words_then_what_contains(text: str, options: list[str]) -> None:
    assert found(text) == options


def test_a_search_gives_no_more_than_asked() -> None:
    assert found("e", limit=2) == ["École élémentaire", "Lycée Élie Faure"]
