"""Decimal numbers."""

from decimal import Decimal

import pytest

from tests.domain.fields.tables import NBSP, of, parsed, refusal


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("12,5", "12.5"),
        ("12.50", "12.5"),
        ("1 250,75", "1250.75"),
        ("-,5", "-0.5"),
        ("3.", "3"),
        ("1000", "1000"),
        ("0,10", "0.1"),
        ("-0", "0"),
        ("3,142", "3.142"),
        (f"1{NBSP}000,00", "1000"),
        ("999999999999999", "9" * 15),
    ],
)
def test_a_comma_or_a_point_marks_the_decimals(raw: str, kept: str) -> None:
    value = parsed("decimal_number", raw)
    assert of("decimal_number").to_json(value) == kept
    assert isinstance(value, Decimal)


@pytest.mark.parametrize("raw", ["douze", "1,2,3", "1.234,5", "1e5", "NaN", "Infinity", ",", "-", "12 €", "٣,٥"])
def test_anything_else_is_refused_with_an_example(raw: str) -> None:
    assert f"par exemple 1{NBSP}250,50" in refusal("decimal_number", raw).fr


def test_at_most_three_decimals() -> None:
    assert "trois décimales" in refusal("decimal_number", "3,1415").fr


def test_at_most_fifteen_digits() -> None:
    assert "15 chiffres" in refusal("decimal_number", "1" * 16).fr


def test_bounds_are_said() -> None:
    least = Decimal("0.5")
    assert refusal("decimal_number", "0,4", min_number=least).fr == "Saisissez un nombre supérieur ou égal à 0,5."
    assert refusal("decimal_number", "0,4", min_number=least).en == "Enter a number of 0.5 or more."


def test_thousands_stand_apart() -> None:
    assert of("decimal_number").display(Decimal("1234.5"), None) == f"1{NBSP}234,5"
    assert of("decimal_number").display(Decimal("1234.5"), None, "en") == "1,234.5"


def test_it_is_typed_again_with_a_comma() -> None:
    assert of("decimal_number").as_typed(Decimal("1234.5")) == "1234,5"
