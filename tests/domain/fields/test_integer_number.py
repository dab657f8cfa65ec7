"""Whole numbers."""

from typing import Any

import pytest

from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("42", 42),
        (" 1 250 ", 1250),
        (f"1{NBSP}250", 1250),
        ("1\u202f250", 1250),
        ("-7", -7),
        ("−7", -7),
        ("+7", 7),
        ("007", 7),
        ("0", 0),
        ("-0", 0),
        ("9" * 15, 999999999999999),
    ],
)
def test_digits_are_read(raw: str, value: int) -> None:
    assert parsed("integer_number", raw) == value


@pytest.mark.parametrize("raw", ["12,5", "12.0", "douze", "1e3", "--1", "-", "٣", "²", "0x10", "1_000"])
def test_anything_else_is_refused_with_an_example(raw: str) -> None:
    assert "par exemple 42" in refusal("integer_number", raw).fr
    assert "such as 42" in refusal("integer_number", raw).en


def test_a_number_too_long_is_refused() -> None:
    assert "15 chiffres" in refusal("integer_number", "1" * 16).fr
    assert "15 chiffres" in refusal("integer_number", "1" * 90_000).fr


@pytest.mark.parametrize(
    ("raw", "options", "french"),
    [
        ("1", {"min_number": 2, "max_number": 1200}, f"Saisissez un nombre compris entre 2 et 1{NBSP}200."),
        ("1201", {"min_number": 2, "max_number": 1200}, f"Saisissez un nombre compris entre 2 et 1{NBSP}200."),
        ("1", {"min_number": 2}, "Saisissez un nombre supérieur ou égal à 2."),
        ("3", {"max_number": 2}, "Saisissez un nombre inférieur ou égal à 2."),
        ("-1", {"positive_number": True}, "Saisissez un nombre supérieur ou égal à 0."),
        ("-1", {"positive_number": True, "min_number": -5}, "Saisissez un nombre supérieur ou égal à 0."),
    ],
)
def test_bounds_are_said(raw: str, options: dict[str, Any], french: str) -> None:
    assert refusal("integer_number", raw, **options).fr == french


def test_bounds_are_included() -> None:
    assert parsed("integer_number", "2", min_number=2, max_number=2) == 2


def test_thousands_stand_apart() -> None:
    assert of("integer_number").display(1234567, None) == f"1{NBSP}234{NBSP}567"
    assert of("integer_number").display(-1234, None, "en") == "-1,234"


def test_a_minimum_above_the_maximum_forbids_publishing() -> None:
    wrong = a_field("integer_number", min_number=5, max_number=1)
    assert [text.fr for text in wrong.type.problems(wrong)] == [
        f"Le minimum (5) dépasse le maximum (1){NBSP}: corrigez l’un ou l’autre."
    ]
    right = a_field("integer_number", min_number=1, max_number=5)
    assert right.type.problems(right) == []


def test_a_telephone_shows_digits_unless_a_minus_may_be_needed() -> None:
    free, negative = a_field("integer_number"), a_field("integer_number", min_number=-5)
    assert free.type.attributes(free.options).inputmode == "numeric"
    assert negative.type.attributes(negative.options).inputmode == "text"


@pytest.mark.parametrize(("left", "value"), [("12", 12), ("12.5", None), (True, None), (7, 7), ("abc", None)])
def test_what_a_decimal_number_left_is_read_when_whole(left: Any, value: int | None) -> None:
    assert of("integer_number").from_json(left) == value
