"""Bank account numbers."""

import logging

import pytest

from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal

FRENCH = "FR7630006000011234567890189"


@pytest.mark.parametrize(
    "raw",
    [
        FRENCH,
        "FR76 3000 6000 0112 3456 7890 189",
        "  fr76-3000-6000-0112-3456-7890-189\n",
        "IBAN : FR76 3000 6000 0112 3456 7890 189",
        "FR76\u00a03000\u202f6000 0112 3456 7890 189",
        "FR76.3000.6000.0112.3456.7890.189",
    ],
)
def test_it_is_kept_in_capitals_without_blanks_and_shown_by_four(raw: str) -> None:
    assert parsed("iban", raw) == FRENCH
    assert of("iban").display(FRENCH, None) == of("iban").as_typed(FRENCH) == "FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize(
    "number",
    [
        "FR1420041010050500013M02606",
        "BE68539007547034",
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
        "MC5811222000010123456789030",
        "SN08SN0100152000048500003035",
        "CI93CI0080111301134291200589",
        "NO9386011117947",
        "MT84MALT011000012345MTLCAST001S",
    ],
)
def test_numbers_of_other_countries_are_accepted(number: str) -> None:
    assert parsed("iban", number) == number


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("FR76 3000 6000 0112 3456 7809 189", "sa clé ne correspond pas"),
        ("FR75 3000 6000 0112 3456 7890 189", "sa clé ne correspond pas"),
        ("FR14 2004 1010 0505 0001 3M02 60", "FR compte 27 caractères : il y en a 26 ici"),
        ("DE89 3704 0044 0532 0130 000", "DE compte 22 caractères : il y en a 23 ici"),
        ("ZZ76 3000 6000 0112 3456 7890 189", "« ZZ » n’est pas un pays"),
        ("DE89 3704 0044 0532 0130 0X", "autrement que ceux qui commencent par DE"),
        ("30006 00001 12345678901 89", "commence par deux lettres"),
        ("FR76 3000 6000 0112 3456 789é 189", "commence par deux lettres"),
        ("FR", "FR compte 27 caractères"),
        ("F" * 500, "commence par deux lettres"),
        ("FR76 3000 6000 0112 3456 7890 189 FR76 3000 6000 0112 3456 7890 189", "commence par deux lettres"),
    ],
)
def test_a_refusal_says_what_is_wrong_with_an_example_and_never_the_number(
    raw: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        said = refusal("iban", raw)
    assert why in said.fr.replace(NBSP, " ")
    assert "FR76 3000 6000 0112 3456 7890 189" in said.fr and "FR76 3000 6000 0112 3456 7890 189" in said.en
    assert raw == "FR" or raw not in said.fr
    assert not caplog.records


def test_its_column_holds_the_number_without_blanks() -> None:
    (column,) = of("iban").columns(a_field("iban"))
    assert column.read(FRENCH) == FRENCH
