"""The official geography: everything in it is found as people type it, and it is read once."""

from threading import Barrier, Thread
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dsbuilder.domain import geography, geography_file
from dsbuilder.domain.geography import (
    Commune,
    Place,
    commune,
    communes,
    communes_at,
    communes_named,
    country_named,
    departments,
    epcis,
    epcis_named,
    place_in,
    regions,
    search_communes,
    search_countries,
    search_departments,
    search_epcis,
)
from dsbuilder.domain.geography_file import once

COMMUNES = tuple(communes())
EPCIS = tuple(epcis().values())
any_commune = st.sampled_from(COMMUNES)


def without_accents(text: str) -> str:
    return "".join(c for c in normalize("NFD", text) if not 0x300 <= ord(c) < 0x370)


WAYS = (
    str.upper,
    str.lower,
    str.title,
    without_accents,
    lambda name: normalize("NFD", name),
    lambda name: name.replace("-", " "),
    lambda name: name.replace("'", "’"),
    lambda name: name.replace("œ", "oe").replace("Œ", "OE"),
    lambda name: f"  {name} ",
    lambda name: name.replace("Saint-", "St ").replace("Sainte-", "Ste "),
)


def found(text: str, limit: int = 20) -> list[tuple[str, str]]:
    """The names and codes that a search offers."""
    return [(one.commune.name, one.commune.code) for one in search_communes(text, limit)]


def homonyms(one: Commune) -> int:
    return len(communes_named(one.name))


# -- every one -----------------------------------------------------------------------------------------------------
def test_every_commune_is_known_by_its_code_its_name_and_its_postal_codes() -> None:
    assert len(COMMUNES) > 34_900
    for one in COMMUNES:
        assert commune(one.code) == one
        assert one in communes_named(one.name)
        assert all(one in communes_at(code) for code in one.postal_codes)
        assert one.department in departments() and one.region in regions()


@given(any_commune)
def test_a_commune_is_offered_for_its_name_its_codes_and_its_name_with_a_postal_code(one: Commune) -> None:
    itself = (one.name, one.code)
    assert itself in found(one.name, homonyms(one))
    assert itself in found(one.code, 100)
    for code in one.postal_codes:
        assert itself in found(code, 100)
        assert itself in found(f"{one.name} {code}") and itself in found(f"{code} {one.name}")
        assert (itself, code) in [((o.commune.name, o.commune.code), o.postal_code) for o in search_communes(code, 100)]


@given(any_commune, st.sampled_from(WAYS))
def test_accents_case_hyphens_apostrophes_and_ligatures_change_nothing(one: Commune, way: object) -> None:
    assert search_communes(way(one.name)) == search_communes(one.name)  # type: ignore[operator]


@given(any_commune, st.data())
def test_a_commune_is_among_what_any_beginning_of_its_name_may_mean(one: Commune, data: st.DataObject) -> None:
    text = one.name[: data.draw(st.integers(min(3, len(one.name)), len(one.name)))]
    assert (one.name, one.code) in found(text, len(COMMUNES))


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_few_and_never_fails(text: str) -> None:
    assert len({one.commune.code for one in search_communes(text)}) <= 20
    for search in (search_epcis, search_countries, search_departments):
        assert len(search(text)) <= 20


@given(st.sampled_from(EPCIS))
@example(epcis_named("CA Beaune, Côte et Sud - Communauté Beaune-Chagny-Nolay")[0])  # ten words with its département
def test_a_group_of_communes_is_offered_for_its_name_its_siren_and_each_of_its_departements(
    one: geography.Epci,
) -> None:
    assert one in epcis_named(one.name)
    assert (one, one.departments[0]) in search_epcis(one.code)
    for department in one.departments:
        assert (one, department) in search_epcis(f"{one.name} {department}")


def test_every_country_is_known_by_its_names_and_its_code() -> None:
    for one in geography.countries().values():
        for said in (one.code, one.name.fr, one.name.en, *one.also):
            assert country_named(said) == country_named(said.upper()) == one
        assert all(one in search_countries(said) for said in (one.name.fr, one.name.en, *one.also))


# -- what people type ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("par", ("Paris", "75056")),
        ("Paris 11", ("Paris 11e Arrondissement", "75111")),
        ("Brest 2", ("Brest", "29019")),
        ("9 saint-denis 974", ("Saint-Denis", "97411")),
        ("lyon 3e", ("Lyon 3e Arrondissement", "69383")),
        ("13201", ("Marseille 1er Arrondissement", "13201")),
        ("saint denis 93", ("Saint-Denis", "93066")),
        ("St Denis 974", ("Saint-Denis", "97411")),
        ("STE MENEHOULD", ("Sainte-Menehould", "51507")),
        ("strasb", ("Strasbourg", "67482")),
        ("œuil", ("Œuilly", "51410")),
        ("oeuil", ("Œuilly", "51410")),
        ("lhay", ("L'Haÿ-les-Roses", "94038")),
        ("havre", ("Le Havre", "76351")),
        ("roses hay", ("L'Haÿ-les-Roses", "94038")),
        ("20000", ("Ajaccio", "2A004")),
        ("2a004", ("Ajaccio", "2A004")),
        ("2B033", ("Bastia", "2B033")),
        ("97400", ("Saint-Denis", "97411")),
        ("nouméa", ("Nouméa", "98818")),
        ("y", ("Y", "80829")),
    ],
)
def test_what_is_meant_comes_first(typed: str, first: tuple[str, str]) -> None:
    assert found(typed)[0] == first


@pytest.mark.parametrize("typed", ["Brestt", "29999", "Paris 69", "99999 Nulle-Part"])
def test_what_is_nowhere_is_not_offered(typed: str) -> None:
    assert found(typed) == []


def test_a_former_commune_leads_to_the_one_that_it_became_part_of() -> None:
    assert commune("50015") == commune("50272")
    assert commune("00000") is None and commune("") is None


# -- where something lies ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "outside_29", "outside_53"),
    [
        (place_in("29"), False, False),
        (place_in("35"), True, False),
        (place_in("75"), True, True),
        (place_in("975"), True, True),
        (place_in("99"), True, True),
        (place_in(""), False, False),  # nobody knows where
        (Place("29", ""), False, False),
        (Place("00", ""), True, False),  # a département that left the list: of which région, nobody knows
    ],
)
def test_what_nobody_knows_is_neither_in_nor_outside(place: Place, outside_29: bool, outside_53: bool) -> None:
    assert (place.is_outside_department("29"), place.is_outside_region("53")) == (outside_29, outside_53)


# -- reading -------------------------------------------------------------------------------------------------------
def test_it_is_read_once_however_many_ask_at_once() -> None:
    times: list[int] = []
    together = Barrier(8)
    read = once(lambda: times.append(1) or object())
    seen: list[object] = []

    def ask() -> None:
        together.wait()
        seen.append(read())

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == 1 and len(set(map(id, seen))) == 1 and len(seen) == 8


def test_once_loaded_nothing_reads_the_file_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file() -> None:
        raise AssertionError("the file is read again")

    geography.load()
    monkeypatch.setattr(geography_file, "_archive", no_file)
    assert commune("50015") and search_communes("brest") and search_epcis("brest") and search_countries("bel")
    assert search_departments("29") and regions() and departments() and country_named("USA")
