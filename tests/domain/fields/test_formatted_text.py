"""Texts whose form is checked."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dsbuilder.domain import expressions
from dsbuilder.domain.fields.options import change_option
from dsbuilder.domain.fields.sorts import Sorts
from dsbuilder.domain.fields.survey import SurveyQuestion, expression_in, expression_rule
from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal

PLATE = {
    "formatted_mode": "advanced",
    "expression_reguliere": "^[A-Z]{2}-[0-9]{3}-[A-Z]{2}$",
    "expression_reguliere_exemple_text": "AB-123-CD",
}
LETTERS = {"numbers_accepted": False, "special_characters_accepted": False}
DIGITS = {"letters_accepted": False, "special_characters_accepted": False}
NO_SIGNS = {"special_characters_accepted": False}


def french(text: Any) -> str:
    return str(text.fr).replace(NBSP, " ")


def forbidden(**options: Any) -> list[str]:
    """What forbids publishing, in French."""
    field = a_field("formatted", **options)
    return [french(text) for text in field.type.problems(field)]


# -- by sorts of characters ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("raw", "value", "options"),
    [
        ("AB-123", "AB-123", {}),
        ("  AB\n123 ", "AB 123", {}),
        ("Élodie", "Élodie", LETTERS),
        ("e\u0301te\u0301", "été", LETTERS),
        ("हिन्दी", "हिन्दी", LETTERS),
        ("0123", "0123", DIGITS),
        ("A1é9", "A1é9", NO_SIGNS),
        ("12345", "12345", {**DIGITS, "min_character_length": 5, "max_character_length": 5}),
    ],
)
def test_what_has_the_form_is_kept_on_one_line(raw: str, value: str, options: dict[str, Any]) -> None:
    assert parsed("formatted", raw, **options) == value
    assert of("formatted").display(value, None) == value


@pytest.mark.parametrize(
    ("raw", "sentence", "options"),
    [
        ("AB12", "Saisissez seulement des lettres, par exemple ABCD.", LETTERS),
        ("12 34", "Saisissez seulement des chiffres, par exemple 12345.", DIGITS),
        ("A-1", "Saisissez seulement des lettres ou chiffres, par exemple AB123CD.", NO_SIGNS),
        ("12", "Saisissez au moins 5 caractères : il n’y en a que 2.", {"min_character_length": 5}),
        ("123456", "Saisissez au plus 5 caractères : il y en a 6.", {"max_character_length": 5}),
    ],
)
def test_anything_else_is_refused_with_what_to_do(raw: str, sentence: str, options: dict[str, Any]) -> None:
    assert french(refusal("formatted", raw, **options)) == sentence


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, None),
        (LETTERS, "Lettres."),
        ({**DIGITS, "min_character_length": 5, "max_character_length": 5}, "Chiffres, 5 caractères."),
        ({"min_character_length": 2, "max_character_length": 9}, "De 2 à 9 caractères."),
        ({"min_character_length": 1}, "Au moins 1 caractère."),
        ({**NO_SIGNS, "max_character_length": 1200}, "Lettres ou chiffres, au plus 1 200 caractères."),
        (PLATE, "Par exemple : AB-123-CD"),
        (
            {**PLATE, "expression_reguliere_indications": "Vu sur\nla carte"},
            "Vu sur\nla carte\nPar exemple : AB-123-CD",
        ),
    ],
)
def test_the_page_says_the_form_in_words(options: dict[str, Any], sentence: str | None) -> None:
    field = a_field("formatted", **options)
    said = field.type.expects(field.options)
    assert (said and french(said)) == sentence


def test_no_form_and_no_length_at_all_forbid_publishing() -> None:
    assert forbidden() == []
    assert "Aucune réponse n’est possible" in forbidden(**DIGITS | {"numbers_accepted": False})[0]
    assert "dépasse" in forbidden(min_character_length=5, max_character_length=4)[0]


@given(
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
    st.none() | st.integers(1, 99),
    st.none() | st.integers(1, 99),
)
def test_sorts_are_the_same_as_an_expression_and_are_read_from_it(
    sorts: tuple[bool, bool, bool], least: int | None, most: int | None
) -> None:
    made = Sorts(*sorts)
    written = made.expression(least, most)
    assert Sorts.read(written) == (made, least, most)
    example = made.example(least, most)
    if made.any and (least or 1) <= (most or 99):
        assert example and made.take(example) and expressions.matches(written, example)


# -- by an expression ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("expression", "accepted", "refused"),
    [
        ("^[0-9]{5}$", ["29200"], ["2920", "292000", "2920O"]),
        ("[0-9]", ["a1b", "1"], ["abc"]),
        (r"\A[A-Z]+\Z", ["AB"], ["Ab", "A B"]),
        (r"^\d+([.,]\d{2})?$", ["12", "12,50"], ["12,5", "12."]),
        (r"^[\p{L} '-]{2,60}$", ["Jean-François d'Été"], ["X", "R2D2"]),
        ("^(75|92)-(?<number>[0-9]+)$", ["75-1"], ["93-1"]),
        ("(?i)^oui|non$", ["OUI", "Non"], ["peut-être"]),
    ],
)
def test_an_expression_is_looked_for_in_the_answer(expression: str, accepted: list[str], refused: list[str]) -> None:
    options = {"formatted_mode": "advanced", "expression_reguliere": expression}
    assert [parsed("formatted", raw, **options) for raw in accepted] == accepted
    for raw in refused:
        assert "n’a pas la forme attendue" in refusal("formatted", raw, **options).fr


def test_the_refusal_is_what_the_author_wrote_or_shows_the_example() -> None:
    assert "comme dans cet exemple : AB-123-CD" in french(refusal("formatted", "AB123CD", **PLATE))
    own = refusal("formatted", "AB123CD", **PLATE, expression_reguliere_error_message="Voyez la carte grise.")
    assert own.fr == own.en == "Voyez la carte grise."


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        (r"^(?=.*[0-9]).{8,}$", "regarde autour du texte"),
        (r"(?<!a)b", "regarde autour du texte"),
        (r"^([0-9])\1+$", "renvoie à un groupe"),
        (r"(?<a>b)\k<a>", "renvoie à un groupe"),
        (r"(?>a)", "« (?> » n’est pas possible"),
        (r"\h+", r"« \h » n’est pas possible"),
        ("^(ab$", "Il manque une parenthèse"),
        ("ab)", "Il manque une parenthèse"),
        ("[ab", "Il manque une parenthèse ou un crochet"),
        ("*a", "« * » ne suit rien"),
        ("a**", "« ** » ne suit rien"),
        ("[z-a]", "« z-a » n’est pas possible"),
        ("a{2000}", "répète trop"),
        ("(?:(?:a{99}){99}){99}", "répète trop"),
        ("a" * 1001, "trop longue"),
        (r"\pL{300}", "répète trop"),  # a letter of any alphabet takes much memory, and so do its copies
        ("ab\\", "« \\ » n’est pas possible"),
        ("", "L’expression régulière manque"),
    ],
)
def test_what_cannot_be_used_is_said_and_forbids_publishing(expression: str, sentence: str) -> None:
    (said,) = forbidden(**{**PLATE, "expression_reguliere": expression})
    assert sentence in said


def test_who_answers_a_question_that_cannot_check_is_told_so() -> None:
    options = {**PLATE, "expression_reguliere": "(?=a)"}
    assert "mal réglée" in refusal("formatted", "a", **options).fr


def test_the_example_must_be_accepted() -> None:
    assert forbidden(**PLATE) == []
    assert (
        "n’est pas accepté par l’expression"
        in forbidden(**{**PLATE, "expression_reguliere_exemple_text": "AB123CD"})[0]
    )
    assert "Donnez un exemple" in forbidden(**{**PLATE, "expression_reguliere_exemple_text": ""})[0]


@pytest.mark.parametrize("evil", ["^(a+)+$", "^(a|a)*$", "^(([a-z])+.)+[A-Z]([a-z])+$", r"(.*(a|é|b).{5}){160}c"])
def test_an_expression_that_hangs_others_is_matched_as_any(evil: str) -> None:
    options = {"formatted_mode": "advanced", "expression_reguliere": evil}
    field = a_field("formatted", **options)
    assert "n’a pas la forme attendue" in refusal("formatted", "a" * 999 + "!", **options).fr
    assert "au plus 1" in refusal("formatted", "a" * 1001, **options).fr
    assert field.type.problems(field)  # for want of an example, no more


# -- elsewhere -----------------------------------------------------------------------------------------------------
def test_the_settings_of_the_other_mode_mean_nothing() -> None:
    type_ = of("formatted")
    options = change_option(type_, type_.Options(min_character_length=3), "formatted_mode", "advanced")
    options = change_option(type_, options, "expression_reguliere", "^[a-z]$")
    assert type_.parse("a", options) == "a"


@given(st.text(st.sampled_from("^$|()[]?:.*\\s'\"a1S "), max_size=14))
def test_an_expression_over_whole_answers_comes_back(expression: str) -> None:
    assume(expressions.refusal(expression) is None)
    whole = expressions.for_whole(expression)
    again = expressions.from_whole(whole)
    assert expressions.for_whole(again) == whole
    rule = expression_rule(whole)
    assert rule is None or expression_in(rule) == whole


@pytest.mark.parametrize(
    ("rule", "expression"),
    [
        ("regex(., '[0-9]{5}')", "^(?:[0-9]{5})$"),
        ("regex(., '^[0-9]{5}$')", "^[0-9]{5}$"),
        ('regex(., "a|b")', "^(?:a|b)$"),
        (r"regex(., '[\s\S]*(?:[0-9])[\s\S]*')", "[0-9]"),
    ],
)
def test_a_constraint_of_a_survey_is_the_expression(rule: str, expression: str) -> None:
    options = of("formatted").from_survey(SurveyQuestion("text", rules=frozenset((rule,))))
    assert options.expression_reguliere == expression
    assert of("formatted").to_survey(options).rules == {rule.replace('"', "'")}


@pytest.mark.parametrize(
    ("options", "example", "width", "keys"),
    [
        ({}, "AB-123-CD", "", ""),
        ({**DIGITS, "min_character_length": 5, "max_character_length": 5}, "12345", "w-xs", "numeric"),
        ({"max_character_length": 20}, "AB-123-CD", "w-md", ""),
        (PLATE, "AB-123-CD", "", ""),
        ({"formatted_mode": "advanced", "expression_reguliere": "^[0-9]{14}$"}, "12345678905555", "", ""),
        ({"formatted_mode": "advanced", "expression_reguliere": "^ne se devine pas$"}, "", "", ""),
    ],
)
def test_links_carry_what_has_the_form_and_short_answers_stand_in_short_inputs(
    options: dict[str, Any], example: str, width: str, keys: str
) -> None:
    field = a_field("formatted", **options)
    assert field.type.example_of_link(field.options) == example
    attributes = field.type.attributes(field.options)
    assert (attributes.width, attributes.inputmode) == (width, keys)
