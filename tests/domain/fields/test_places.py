"""Countries, régions, départements, communes and groups of communes, from both sides."""

import json
from typing import Any

import pytest

from dsbuilder.domain.fields.commune import ChosenCommune
from dsbuilder.domain.fields.epci import ChosenEpci
from dsbuilder.domain.geography import Place, departments
from dsbuilder.domain.texts import Language
from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal

KINDS = ("pays", "regions", "departements", "communes", "epci")


def told(kind: str, raw: Any) -> dict[str, Any]:
    """Each column of an answer."""
    value = parsed(kind, raw)
    return {column.label: column.read(value) for column in of(kind).columns(a_field(kind))}


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


# -- accepted ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("FR", "FR"), ("fr", "FR"), ("France", "FR"), (" ALLEMAGNE ", "DE"), ("Germany", "DE"),
        ("Cote d'ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("etats unis", "US"), ("USA", "US"),
        ("UK", "GB"), ("Pays-Bas", "NL"), ("Netherlands", "NL"), ("Hollande", "NL"), ("viet nam", "VN"),
        ("Vietnam", "VN"), ("République tchèque", "CZ"), ("Czechia", "CZ"), ("Myanmar", "MM"), ("Réunion", "RE"),
        ("La Réunion", "RE"), ("Kosovo", "XK"), ("", None),
    ],
)  # fmt: skip
def test_a_country_is_taken_by_its_names_in_both_languages_and_its_code(raw: str, code: str | None) -> None:
    assert parsed("pays", raw) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("53", "53"), ("bretagne", "53"), ("ILE DE FRANCE", "11"), ("Île-de-France", "11"), ("04", "04"),
        ("La Réunion", "04"), ("réunion", "04"), ("corse", "94"), ("Provence-Alpes-Côte d’Azur", "93"), (" ", None),
    ],
)  # fmt: skip
def test_a_region_is_taken_by_its_name_and_its_code(raw: str, code: str | None) -> None:
    assert parsed("regions", raw) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("29", "29"), ("01", "01"), ("1", "01"), ("2A", "2A"), ("2b", "2B"), ("974", "974"), ("finistere", "29"),
        ("29 – Finistère", "29"), ("29 - Finistère", "29"), ("Côte-d'Or", "21"), ("COTE D OR", "21"),
        ("Corse du Sud", "2A"), ("La Réunion", "974"), ("Réunion", "974"), ("Saint-Pierre-et-Miquelon", "975"),
        ("Nouvelle-Calédonie", "988"), ("Polynésie française", "987"), ("99", "99"), ("Étranger", "99"), ("", None),
    ],
)  # fmt: skip
def test_a_departement_is_taken_by_its_name_and_its_number(raw: str, code: str | None) -> None:
    assert parsed("departements", raw) == code


@pytest.mark.parametrize(
    ("raw", "code", "postal_code", "name"),
    [
        ("Saint-Denis (93200)", "93066", "93200", "Saint-Denis"),
        ("ST DENIS (97400)", "97411", "97400", "Saint-Denis"),
        ("L’HAY LES ROSES", "94038", "94240", "L'Haÿ-les-Roses"),
        ("OEUILLY (02160)", "02565", "02160", "Œuilly"),
        ("Ste-Menehould", "51507", "51800", "Sainte-Menehould"),
        ("Paris (75011)", "75056", "75011", "Paris"),
        ("75101", "75101", "75001", "Paris 1er Arrondissement"),
        ("Lyon (69003)", "69123", "69003", "Lyon"),
        ("69383", "69383", "69003", "Lyon 3e Arrondissement"),
        ("Marseille (13001)", "13055", "13001", "Marseille"),
        ("13201", "13201", "13001", "Marseille 1er Arrondissement"),
        ("20000", "2A004", "20000", "Ajaccio"),
        ('["20000", "2a004"]', "2A004", "20000", "Ajaccio"),
        (["20200", "2B033"], "2B033", "20200", "Bastia"),
        ("97133", "97701", "97133", "Saint-Barthélemy"),
        ("97150", "97801", "97150", "Saint-Martin"),
        ("Nouméa", "98818", "98800", "Nouméa"),
        ("50015", "50272", "50660", "Tourneville-sur-Mer"),  # a commune that became part of another
        ("29200", "29019", "29200", "Brest"),
    ],
)
def test_a_commune_is_taken_as_people_write_it(raw: Any, code: str, postal_code: str, name: str) -> None:
    assert parsed("communes", raw) == ChosenCommune(code, postal_code, name)


@pytest.mark.parametrize(
    ("raw", "code", "department"),
    [
        ("Brest Métropole (29)", "242900314", "29"), ("brest metropole", "242900314", "29"),
        ("242900314", "242900314", "29"), ('["29", "242900314"]', "242900314", "29"),
        ("Pays de Bitche", "200069441", "57"), ("Communauté de communes du Pays de Bitche", "200069441", "57"),
        ("CC de l’Oriente", "200015162", "2B"), ("Métropole du Grand Paris", "200054781", "75"),
        ("Métropole du Grand Paris (92)", "200054781", "92"), ("CC des Quatre Rivières (74)", "247400666", "74"),
    ],
)  # fmt: skip
def test_a_group_of_communes_is_taken_with_one_of_its_departements(raw: Any, code: str, department: str) -> None:
    value = parsed("epci", raw)
    assert (value.code, value.department) == (code, department)


# -- refused -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "raw", "fr", "en"),
    [
        ("pays", "Francie", "par exemple Belgique", "such as Belgium"),
        ("pays", "ZZ", "par exemple Belgique", "such as Belgium"),
        ("regions", "Bretagne-Nord", "par exemple Bretagne", "such as Bretagne"),
        ("regions", "975", "par exemple Bretagne", "such as Bretagne"),  # a collectivity, no région
        ("departements", "20", "En Corse : 2A ou 2B", "In Corsica: 2A or 2B"),
        ("departements", "Corse", "En Corse : 2A ou 2B", "In Corsica: 2A or 2B"),
        ("departements", "96", "29 – Finistère", "29 – Finistère"),
        ("communes", "Brestt", "par exemple « Brest (29200) »", "such as “Brest (29200)”"),
        ("communes", "Brest (29000)", "par exemple « Brest (29200) »", "such as “Brest (29200)”"),
        ("communes", "75998", "son code postal", "postal code"),
        ("communes", ["29000", "29019"], "par exemple « Brest (29200) »", "such as “Brest (29200)”"),
        ("communes", "[[", "par exemple « Brest (29200) »", "such as “Brest (29200)”"),
        ("communes", "Saint-Denis", "choisissez dans la liste", "choose in the list"),
        ("communes", "Paris", "« Paris (75001) »", "“Paris (75001)”"),
        ("communes", "20090 Ajaccio Cedex", "Un CEDEX est une boîte postale", "A CEDEX is a post office box"),
        ("communes", "LYON CEDEX 03", "le nom de la commune, par exemple Brest", "the commune, such as Brest"),
        ("epci", "Brest Métropol", "« Brest Métropole (29) »", "“Brest Métropole (29)”"),
        ("epci", "Brest Métropole (22)", "le numéro du département", "the number of its département"),
        ("epci", ["22", "242900314"], "« Brest Métropole (29) »", "“Brest Métropole (29)”"),
        ("epci", "CC des Quatre Rivières", "« CC des Quatre Rivières (74) »", "“CC des Quatre Rivières (74)”"),
    ],
)
def test_what_is_no_such_place_is_refused_with_what_to_do(kind: str, raw: Any, fr: str, en: str) -> None:
    said = refusal(kind, raw)
    assert fr in plain(said.fr) and en in plain(said.en)


# -- read by people, and by programs -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "raw", "language", "shown"),
    [
        ("pays", "DE", "fr", "Allemagne"), ("pays", "DE", "en", "Germany"),
        ("regions", "53", "fr", "Bretagne"), ("departements", "2A", "fr", "2A – Corse-du-Sud"),
        ("departements", "974", "en", "974 – La Réunion"), ("communes", "29200", "fr", "Brest (29200)"),
        ("communes", "29200", "en", "Brest (29200)"), ("epci", "242900314", "fr", "Brest Métropole (29)"),
    ],
)  # fmt: skip
def test_a_place_is_shown_as_people_call_it(kind: str, raw: str, language: Language, shown: str) -> None:
    assert of(kind).display(parsed(kind, raw), None, language) == shown


@pytest.mark.parametrize(
    ("kind", "raw", "columns"),
    [
        ("pays", "Germany", {"Votre réponse": "Allemagne", "Votre réponse (Code)": "DE"}),
        ("regions", "53", {"Votre réponse": "Bretagne", "Votre réponse (Code)": "53"}),
        ("departements", "2a", {"Votre réponse": "Corse-du-Sud", "Votre réponse (Code)": "2A"}),
        (
            "communes",
            "20000",
            {
                "Votre réponse": "Ajaccio (20000)",
                "Votre réponse (Code INSEE)": "2A004",
                "Votre réponse (Code postal)": "20000",
                "Votre réponse (Département)": "2A – Corse-du-Sud",
            },
        ),
        (
            "epci",
            "242900314",
            {
                "Votre réponse": "Brest Métropole",
                "Votre réponse (Code)": "242900314",
                "Votre réponse (Département)": "29 – Finistère",
            },
        ),
    ],
)
def test_the_columns_hold_names_and_codes(kind: str, raw: str, columns: dict[str, str]) -> None:
    assert told(kind, raw) == columns
    assert set(told(kind, "").values()) == {None}


@pytest.mark.parametrize(
    ("kind", "link", "value"),
    [
        ("pays", "BE", "BE"), ("regions", "84", "84"), ("departements", "971", "971"),
        ("communes", '["97400", "97411"]', ChosenCommune("97411", "97400", "Saint-Denis")),
        ("epci", '["29", "242900314"]', ChosenEpci("242900314", "29", "Brest Métropole")),
    ],
)  # fmt: skip
def test_a_link_gives_codes(kind: str, link: str, value: object) -> None:
    type_ = of(kind)
    assert type_.prefill(link, type_.Options()) == value


@pytest.mark.parametrize(
    ("kind", "json_", "shown"),
    [
        ("communes", {"code": "01999", "postal_code": "01000", "name": "Autrefois"}, "Autrefois (01000)"),
        ("epci", {"code": "242900314", "department": "29", "name": "CU Brest"}, "Brest Métropole (29)"),  # renamed
        ("epci", {"code": "999999999", "department": "29", "name": "CC d’autrefois"}, "CC d’autrefois (29)"),
        ("departements", "78X", "78X"),
        ("pays", "SU", "SU"),
    ],
)
def test_what_was_chosen_stays_readable_when_the_geography_changes(kind: str, json_: Any, shown: str) -> None:
    value = of(kind).from_json(json.loads(json.dumps(json_)))
    assert of(kind).display(value, None) == shown
    assert of(kind).from_json(of(kind).to_json(value)) == value


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_offered_is_accepted_and_says_what_it_said(kind: str) -> None:
    type_ = of(kind)
    for text in ("", "saint", "a", "29", "97", "cc"):
        for choice in type_.search_in(type_.Options(), text, "fr", 20) or type_.choices(type_.Options(), "fr"):
            value = type_.parse(choice.value, type_.Options())
            assert type_.display(value, type_.Options()) == choice.label
            assert type_.parse(choice.label, type_.Options()) == value


@pytest.mark.parametrize(
    ("kind", "raw", "place"),
    [
        ("communes", "20000", Place("2A", "94")),
        ("communes", "97400", Place("974", "04")),
        ("communes", "97150", Place("978", "978")),
        ("epci", "242900314", Place("29", "53")),
        ("departements", "99", Place("99", "")),
        ("departements", "976", Place("976", "06")),
        ("communes", "", None),
    ],
)
def test_a_condition_compares_where_it_lies(kind: str, raw: str, place: Place | None) -> None:
    assert of(kind).compared(parsed(kind, raw)) == place


def test_every_departement_but_those_abroad_lies_in_a_region() -> None:
    assert [code for code, one in departments().items() if not one.region] == ["99"]
