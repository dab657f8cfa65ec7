"""Identifiers of a person's own papers: alone, in pairs, and what was asked for the Games of 2024."""

from typing import Any

import pytest

from dsbuilder.domain.fields.lookups import Found, Lookup, settled
from tests.domain.fields.tables import a_field, of, parsed, refusal


@pytest.mark.parametrize(
    ("kind", "raw", "words"),
    [
        ("cnaf", ["123 4567", " 29200 "], ("1234567", "29200")),
        ("cnaf", ["1", "2A004"], ("1", "2A004")),
        ("dgfip", ["29 26 000 000 001", "2926a00000001"], ("2926000000001", "2926A00000001")),
        ("pole_emploi", " nour_lambert_29 ", ("nour_lambert_29",)),
        ("mesri", "0290lam0001", ("0290LAM0001",)),
        ("cojo", ["123456", "1991-04-12"], ("123456", "1991-04-12")),
    ],
)
def test_identifiers_are_kept_without_blanks(kind: str, raw: Any, words: tuple[str, ...]) -> None:
    value = parsed(kind, raw)
    assert value.words == words
    assert of(kind).is_complete(value, None)


@pytest.mark.parametrize("kind", ["cnaf", "dgfip"])
@pytest.mark.parametrize("raw", [["x", ""], ["", "x"], ["x"]])
def test_one_alone_is_not_checked_yet_nor_complete_nor_asked(kind: str, raw: list[str]) -> None:
    value = parsed(kind, raw)
    assert len(value.words) == 2
    assert not of(kind).is_complete(value, None)
    assert of(kind).ask(value, None) is None
    assert "Données" in of(kind).missing("Données").fr


@pytest.mark.parametrize(
    ("kind", "raw", "example"),
    [
        ("cnaf", ["12345678", "29200"], "1234567"),
        ("cnaf", ["1234567", "2920"], "29200"),
        ("dgfip", ["292600000000", "2926A00000001"], "2926000000001"),
        ("dgfip", ["2926000000001", "2926A0000000"], "2926A00000001"),
        ("pole_emploi", "a/b", "nour_lambert_29"),
        ("mesri", "0290LAM00", "0290LAM0001"),
        ("cojo", ["123456", "1991-13-12"], "1991-04-12"),
        ("cojo", ["abc", "1991-04-12"], "123456"),
    ],
)
def test_what_is_wrong_is_said_with_an_example(kind: str, raw: Any, example: str) -> None:
    assert example in refusal(kind, raw).fr
    assert example in refusal(kind, raw).en


def test_too_many_parts_are_refused() -> None:
    assert refusal("cnaf", ["1", "29200", "x"])


@pytest.mark.parametrize("kind", ["cnaf", "dgfip", "pole_emploi", "mesri"])
def test_what_a_register_says_of_a_person_is_for_agents_alone(kind: str) -> None:
    type_ = of(kind)
    fact = type_.facts[0].name
    found = settled(type_.made(a_field(kind), _First(), None), Found(((fact, "741"),)), "")
    assert type_.told(found, None, "fr").facts == ()
    assert [one.words for one in type_.told(found, None, "fr", to_agent=True).facts] == ["741"]
    assert type_.needs is type_.register


class _First:
    def choice(self, among: Any) -> Any:
        return among[0]


def test_an_accreditation_is_shown_with_its_date_and_asked_of_nobody() -> None:
    value = parsed("cojo", ["123456", "1991-04-12"])
    assert of("cojo").display(value, None) == "123456 – 12 avril 1991"
    assert of("cojo").ask(value, None) is None
    assert value.state is Lookup.BY_HAND
    assert not of("cojo").offered
