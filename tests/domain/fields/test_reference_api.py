"""Reference data of one's own choice."""

import pytest

from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.json_paths import at, in_text, steps
from dsbuilder.domain.fields.lookups import Found, settled
from tests.domain.fields.tables import a_field, of, parsed

URL = "https://api.exemple.gouv.fr/bateaux/{id}"
MAPPING = ("Port = $.port.nom", "Longueur (decimal_number) = $.longueur", "Mise à l’eau (date) = $.mise_a_l_eau")
SEARCH = {
    "referentiel_mode": "autocomplete",
    "referentiel_search_url": "https://api.exemple.gouv.fr/bateaux?q={id}",
    "referentiel_datasource": "$.bateaux",
    "referentiel_value": "$.id",
    "referentiel_label": "$.nom",
}


def problems(**options) -> list[str]:
    field = a_field("referentiel", **{"referentiel_url": URL, "referentiel_test_data": "BR-0001", **options})
    return [text.en for text in field.type.problems(field)]


def test_a_field_that_says_all_may_be_published() -> None:
    assert problems(referentiel_mapping=MAPPING) == []
    assert problems(**SEARCH) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"referentiel_url": ""}, "https"),
        ({"referentiel_url": "http://api.exemple.gouv.fr/{id}"}, "https"),
        ({"referentiel_url": "https://127.0.0.1/{id}"}, "https"),
        ({"referentiel_mapping": ("Port",)}, "Port = $.port.nom"),
        ({"referentiel_mapping": ("Port = port",)}, "cannot be read"),
        ({"referentiel_mapping": ("Port (map) = $.port",)}, "cannot be read"),
        ({"referentiel_mapping": ("Port = $..port",)}, "cannot be read"),
        ({"referentiel_mapping": ("Port = $[?(@.a)]",)}, "cannot be read"),
        ({"referentiel_mapping": ("Port = $.a", "Port = $.b")}, "bear the name"),
        ({**SEARCH, "referentiel_label": ""}, "list"),
        ({**SEARCH, "referentiel_search_url": "https://10.0.0.1/{id}"}, "list"),
    ],
)
def test_what_cannot_be_asked_forbids_publishing(options: dict, said: str) -> None:
    assert any(said in text for text in problems(**options))


def test_an_identifier_is_asked_where_the_field_says() -> None:
    field = a_field("referentiel", referentiel_url=URL, referentiel_mapping=MAPPING)
    ask = field.type.ask(field.type.parse(" BR-0001 ", field.options), field.options)
    assert (ask.words, ask.address, dict(ask.paths)["r_port"]) == (("BR-0001",), URL, "$.port.nom")
    assert of("referentiel").ask(parsed("referentiel", "BR-0001"), a_field("referentiel").options) is None


def test_a_choice_carries_its_identifier_in_brackets() -> None:
    field = a_field("referentiel", referentiel_url=URL, **SEARCH)
    value = field.type.parse("La Rose (des vents) (BR-0001)", field.options)
    assert value.words == ("BR-0001", "La Rose (des vents) (BR-0001)")
    assert field.type.controls(field.options) is Control.SEARCH
    assert field.type.ask_for_choices(field.options, "rose").within == "$.bateaux"
    assert parsed("referentiel", "La Rose (BR-0001)").words[0] == "La Rose (BR-0001)"  # exact: nothing is taken apart


def test_what_is_taken_over_is_in_columns_of_its_types() -> None:
    field = a_field("referentiel", referentiel_url=URL, referentiel_mapping=MAPPING)
    record = (("r_longueur", "8.4"), ("r_mise_a_l_eau", "1998-06-01"), ("r_port", "Belle-Rive"))
    found = settled(parsed("referentiel", "BR-0001"), Found(record), "")
    read = [str(column.read(found)) for column in field.type.columns(field)]
    assert read == ["BR-0001", "Belle-Rive", "8.4", "1998-06-01"]
    told = field.type.told(found, field.options, "fr")
    assert [fact.words for fact in told.facts] == ["Belle-Rive", "8,4", "1er juin 1998"]


ANSWER = {"a": [{"b": 1, "c d": True}, {"b": None}, {"b": [2, {"x": "é"}]}], "n": {"m": 3.5}}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("$.n.m", "3.5"),
        ("$['n']['m']", "3.5"),
        ('$.a[0]["c d"]', "true"),
        ("$.a[*].b", '1, 2, {"x": "é"}'),
        ("$.a[7].b", ""),
        ("$.a.b", ""),
        ("$.n[0]", ""),
        ("$.nothing", ""),
        ("$.n.m.o", ""),
    ],
)
def test_a_path_leads_to_what_stands_there(path: str, said: str) -> None:
    assert in_text(at(ANSWER, steps(path))) == said


@pytest.mark.parametrize(
    "path", ["", "a", "$.", "$..a", "$[", "$[-1]", "$[?(@.a)]", "$.a b", "$" + ".a" * 200, "$[0:3]"]
)
def test_other_paths_are_not_read(path: str) -> None:
    with pytest.raises(ValueError):
        steps(path)


def test_what_is_for_agents_alone_is_told_to_no_applicant() -> None:
    field = a_field("referentiel", referentiel_url=URL, referentiel_mapping=("Port = $.port", "Note (agents) = $.note"))
    found = settled(parsed("referentiel", "BR-0001"), Found((("r_note", "à surveiller"), ("r_port", "Belle-Rive"))), "")
    to_applicant = field.type.told(found, field.options, "fr")
    to_agent = field.type.told(found, field.options, "fr", to_agent=True)
    assert [fact.words for fact in to_applicant.facts] == ["Belle-Rive"]
    assert [fact.words for fact in to_agent.facts] == ["Belle-Rive", "à surveiller"]
    assert [column.read(found) for column in field.type.columns(field)] == ["BR-0001", "Belle-Rive", "à surveiller"]


def test_both_addresses_have_one_host_for_its_token() -> None:
    elsewhere = {**SEARCH, "referentiel_search_url": "https://autre.exemple.gouv.fr/bateaux?q={id}"}
    assert any("same host" in text for text in problems(**elsewhere))
    assert any("example for the try" in text for text in problems(referentiel_test_data=" "))
