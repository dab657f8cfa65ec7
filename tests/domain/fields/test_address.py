"""Addresses: searched, by hand, abroad."""

import pytest

from dsbuilder.domain.fields.lookups import Found, Lookup, settled
from tests.domain.fields.tables import a_field, of, parsed, refusal

SEARCHED = "7 Rue des Tilleuls 29200 Belle-Rive"
BY_HAND = ["", "7 rue des Tilleuls", "29200", "Belle-Rive", ""]
ABROAD = ["", "Rue Longue 4", "B-1000", "Bruxelles", "Belgique"]


def test_what_is_typed_is_looked_up_as_it_stands() -> None:
    value = parsed("address", f"  {SEARCHED} ")
    assert (value.words, value.state) == ((SEARCHED,), Lookup.IDLE)
    assert of("address").ask(value, None).words == (SEARCHED,)
    assert of("address").is_complete(value, None)


@pytest.mark.parametrize(
    ("raw", "shown", "country"),
    [
        (BY_HAND, "7 rue des Tilleuls, 29200 Belle-Rive", "France"),
        ([*BY_HAND[:4], "FRANCE"], "7 rue des Tilleuls, 29200 Belle-Rive", "France"),
        (ABROAD, "Rue Longue 4, B-1000 Bruxelles, Belgique", "Belgique"),
    ],
)
def test_an_address_by_hand_is_shown_on_one_line_and_never_looked_up(raw: list, shown: str, country: str) -> None:
    value = parsed("address", raw)
    type_ = of("address")
    assert (type_.display(value, None), value.state) == (shown, Lookup.BY_HAND)
    assert (value.fact("country_name"), value.fact("not_in_ban")) == (country, "true")
    assert type_.ask(value, None) is None
    assert type_.is_complete(value, None)
    assert type_.from_json(type_.to_json(value)).record == value.record


def test_a_place_abroad_is_in_the_departement_of_all_foreign_ones() -> None:
    assert parsed("address", ABROAD).fact("department_code") == "99"
    assert parsed("address", BY_HAND).fact("department_code") == "29"
    assert parsed("address", ABROAD).fact("country_code") == "BE"


BREST = ["", "1 rue de Siam", "29200", "brest", ""]


def test_an_address_by_hand_bears_the_codes_of_its_commune() -> None:
    value = parsed("address", BREST)
    said = {name: value.fact(name) for name in ("city_code", "department_code", "region_code", "region_name")}
    assert said == {"city_code": "29019", "department_code": "29", "region_code": "53", "region_name": "Bretagne"}


@pytest.mark.parametrize(
    ("raw", "department", "region"),
    [
        (BREST, "29", "53"),
        (["", "1 rue Haute", "29200", "Commune inconnue", ""], "29", "53"),
        (["", "1 cours Napoléon", "20000", "Ajaccio", ""], "2A", "94"),
        (["", "1 rue", "97400", "Saint-Denis", ""], "974", "04"),
        (["", "Cedex", "75998", "Paris Cedex", ""], "75", "11"),
        (ABROAD, "99", ""),
        (SEARCHED, "29", "53"),  # before it is looked up, or while the base is away
        ("quelque part", "", ""),
    ],
)
def test_a_condition_compares_where_it_lies(raw: list | str, department: str, region: str) -> None:
    place = of("address").compared(parsed("address", raw))
    assert (place.department, place.region) == (department, region)


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_an_address_by_hand_that_misses_a_part_is_not_complete(missing: int) -> None:
    raw = ["" if place == missing else part for place, part in enumerate(BY_HAND)]
    assert not of("address").is_complete(parsed("address", raw), None)
    assert "code postal" in of("address").missing("Domicile").fr


@pytest.mark.parametrize("postal_code", ["2920", "292000", "29 2A0", "B-1000"])
def test_a_postal_code_of_france_has_five_digits(postal_code: str) -> None:
    raw = [*BY_HAND[:2], postal_code, *BY_HAND[3:]]
    assert "29200" in refusal("address", raw).fr
    assert parsed("address", [*raw[:4], "Belgique"]).words[2] == postal_code


def test_nothing_by_hand_leaves_what_was_searched() -> None:
    assert parsed("address", [SEARCHED, "", "", "", ""]).words == (SEARCHED,)
    assert parsed("address", ["", "", "", "", ""]) is None


def test_what_was_found_is_in_columns() -> None:
    facts = {"address": SEARCHED, "postal_code": "29200", "city_name": "Belle-Rive"}
    found = settled(parsed("address", SEARCHED.lower()), Found(tuple(facts.items())), "")
    read = {column.name: column.read(found) for column in of("address").columns(a_field("address"))}
    assert {name: read[name] for name in facts if name != "address"} | {"address": read["value"]} == facts
    assert read["department"] == "29 – Finistère"
    by_hand = {c.name: c.read(parsed("address", BY_HAND)) for c in of("address").columns(a_field("address"))}
    assert (by_hand["postal_code"], by_hand["city_name"]) == ("29200", "Belle-Rive")
