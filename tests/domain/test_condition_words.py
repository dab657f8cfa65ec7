"""Conditions as sentences, in both languages."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.condition_words import sentence
from dsbuilder.domain.conditions import ALWAYS, All, AnyOf, Comparison, Condition, Not
from dsbuilder.domain.fields.choice import OTHER
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.procedure import Field
from dsbuilder.domain.texts import LANGUAGES
from tests.domain.conditioned import DAYS, a_random_form
from tests.forms import a_field
from tests.strategies import conditions

FIELDS = {
    field.id: field
    for field in (
        a_field(1, "drop_down_list", "Type d’ERP", drop_down_options=("Magasin", "Gare"), drop_down_other=True),
        a_field(2, "integer_number", "Surface"),
        a_field(3, "yes_no", "Étage"),
        a_field(4, "date", "Naissance"),
        a_field(5, "multiple_drop_down_list", "Jours", drop_down_options=DAYS),
        a_field(6, "text", "Nom"),
        a_field(7, "piece_justificative", "Plan"),
        a_field(8, "datetime", "Rendez-vous"),
        a_field(9, "civilite", "Civilité"),
    )
}


def when(source: int, operator: Operator, operand: object = None) -> Comparison:
    """A comparison with one field."""
    return Comparison(FieldId(source), operator, operand)  # type: ignore[arg-type]


def said(condition: Condition | None, fields: dict[FieldId, Field] = FIELDS) -> tuple[str, str]:
    """Both languages, with plain blanks."""
    words = sentence(condition, fields)
    return words.fr.replace("\u00a0", " "), words.en


SHOP, LARGE = when(1, Operator.EQ, "Magasin"), when(2, Operator.GREATER, 1300)


@pytest.mark.parametrize(
    ("condition", "fr", "en"),
    [
        (SHOP, "Si « Type d’ERP » est « Magasin »", "If “Type d’ERP” is “Magasin”"),
        (when(1, Operator.NOT_EQ, OTHER), "Si « Type d’ERP » n’est pas « Autre »", "If “Type d’ERP” is not “Other”"),
        (
            when(1, Operator.ONE_OF, ("Gare", "Magasin")),
            "Si « Type d’ERP » est parmi « Gare » ou « Magasin »",
            "If “Type d’ERP” is one of “Gare” or “Magasin”",
        ),
        (LARGE, "Si « Surface » > 1 300", "If “Surface” > 1,300"),
        (when(2, Operator.BETWEEN, (1, "2.5")), "Si « Surface » est entre 1 et 2,5", "If “Surface” is between 1 and 2.5"),
        (when(3, Operator.EQ, False), "Si « Étage » est « Non »", "If “Étage” is “No”"),
        (
            when(4, Operator.LESS, "2008-06-01"),
            "Si « Naissance » est avant le 1er juin 2008",
            "If “Naissance” is before 1 June 2008",
        ),
        (
            when(4, Operator.OLDER, (18, "years")),
            "Si « Naissance » remonte à au moins 18 ans",
            "If “Naissance” is at least 18 years ago",
        ),
        (
            when(4, Operator.YOUNGER, (1, "months")),
            "Si « Naissance » remonte à moins de 1 mois",
            "If “Naissance” is less than 1 month ago",
        ),
        (
            when(5, Operator.INCLUDES_ALL, ("Lundi", "Mardi", "Jeudi")),
            "Si « Jours » contient à la fois « Lundi », « Mardi » et « Jeudi »",
            "If “Jours” contains all of “Lundi”, “Mardi” and “Jeudi”",
        ),
        (
            when(5, Operator.INCLUDES_NONE, ("Lundi", "Mardi")),
            "Si « Jours » ne contient aucun de « Lundi » ou « Mardi »",
            "If “Jours” contains none of “Lundi” or “Mardi”",
        ),
        (when(6, Operator.EQ, "Brest"), "Si « Nom » est « Brest »", "If “Nom” is “Brest”"),
        (when(6, Operator.EMPTY), "Si « Nom » n’a pas de réponse", "If “Nom” has no answer"),
        (when(7, Operator.FILLED), "Si « Plan » comporte un fichier", "If “Plan” has a file"),
        (
            when(8, Operator.BETWEEN, ("2026-01-01T08:00", "2026-01-02T12:30")),
            "Si « Rendez-vous » est entre le 1er janvier 2026 à 08:00 et le 2 janvier 2026 à 12:30",
            "If “Rendez-vous” is between 1 January 2026 at 08:00 and 2 January 2026 at 12:30",
        ),
        (when(9, Operator.EQ, "Mme"), "Si « Civilité » est « Mme »", "If “Civilité” is “Ms”"),
        (
            All((SHOP, LARGE)),
            "Si « Type d’ERP » est « Magasin » et « Surface » > 1 300",
            "If “Type d’ERP” is “Magasin” and “Surface” > 1,300",
        ),
        (
            AnyOf((All((SHOP, LARGE)), when(3, Operator.EQ, True))),
            "Si (« Type d’ERP » est « Magasin » et « Surface » > 1 300) ou « Étage » est « Oui »",
            "If (“Type d’ERP” is “Magasin” and “Surface” > 1,300) or “Étage” is “Yes”",
        ),
        (Not(SHOP), "S’il n’est pas vrai que « Type d’ERP » est « Magasin »", "If it is not true that “Type d’ERP” is “Magasin”"),
        (All((SHOP,)), "Si « Type d’ERP » est « Magasin »", "If “Type d’ERP” is “Magasin”"),
        (All((SHOP, AnyOf())), "Si « Type d’ERP » est « Magasin » et jamais", "If “Type d’ERP” is “Magasin” and never"),
        (None, "Toujours", "Always"),
        (ALWAYS, "Toujours", "Always"),
        (AnyOf(), "Jamais", "Never"),
        (
            when(99, Operator.FILLED),
            "Si une question retirée est comparée comme elle ne peut pas l’être",
            "If a question that was removed is compared as it cannot be",
        ),
        (
            when(1, Operator.LESS, 3),
            "Si « Type d’ERP » est comparée comme elle ne peut pas l’être",
            "If “Type d’ERP” is compared as it cannot be",
        ),
        (when(2, Operator.EQ, "dix"), "Si « Surface » = …", "If “Surface” = …"),
    ],
)  # fmt: skip
def test_a_condition_is_a_sentence(condition: Condition | None, fr: str, en: str) -> None:
    assert said(condition) == (fr, en)


def test_a_question_without_a_label_is_named_as_such() -> None:
    unnamed = a_field(6, label=" ")
    assert said(when(6, Operator.FILLED), {unnamed.id: unnamed}) == (
        "Si une question sans intitulé a une réponse",
        "If a question without a label has an answer",
    )


@given(conditions(st.integers(1, 12)))
def test_any_condition_has_words(condition: Condition) -> None:
    words = sentence(condition, FIELDS)
    assert all(words[language] for language in LANGUAGES)


@given(st.integers(0, 10**6))
def test_every_condition_that_can_be_made_has_words(seed: int) -> None:
    form = a_random_form(Random(seed))
    fields = {field.id: field for field in form.walk()}
    for field in fields.values():
        assert "…" not in sentence(field.condition, fields).fr
