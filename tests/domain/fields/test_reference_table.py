"""Reference data in a table: an identifier that is typed, or a row that is chosen; what stands beside it is taken over."""

from datetime import date
from random import Random

import pytest

from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.lookups import MAX_FACT, Found, Lookup, Registered, settled
from dsbuilder.domain.procedure import Field, Revision
from dsbuilder.domain.rebase import rebase
from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal

LINES = (
    "Matricule,Nom,Port d’attache,Longueur",
    "BR-0001,La Rose des vents,Belle-Rive,8.4",
    "BR-0002,L’Étoile,Port-Vieux,",
    "Été 3,La Rose (bis),Belle-Rive,6",
)
TABLE = {"referentiel_source": "csv", "referentiel_table": LINES}
CHOICE = {**TABLE, "referentiel_mode": "autocomplete"}
KIND = "referentiel"


def problems(*lines: str) -> list[str]:
    field = a_field(KIND, referentiel_source="csv", referentiel_table=lines)
    return [text.en for text in field.type.problems(field)]


# -- an identifier -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "identifier"),
    [
        ("BR-0001", "BR-0001"),
        ("  br-0001 ", "BR-0001"),
        ("br 0002", "BR-0002"),
        ("ete  3", "Été 3"),
        (f"Été{NBSP}3", "Été 3"),
    ],
)
def test_an_identifier_is_found_however_it_is_typed(typed: str, identifier: str) -> None:
    value = parsed(KIND, typed, **TABLE)
    assert (value.words, value.state) == ((identifier, identifier), Lookup.FOUND)


def test_an_identifier_that_is_not_there_is_kept_and_says_what_to_do() -> None:
    field = a_field(KIND, **TABLE)
    value = field.type.parse("BR-9", field.options)
    assert (value.words, value.state, value.record) == (("BR-9", "BR-9"), Lookup.NOT_FOUND, ())
    assert field.type.told(value, field.options, "en").sentence.startswith("The reference data does not know this")
    assert field.type.told(value, field.options, "fr", to_agent=True).sentence == "Introuvable dans le référentiel."
    assert "200" in refusal(KIND, "x" * 201, **TABLE).en


def test_identifiers_that_differ_by_case_alone_are_each_their_own() -> None:
    lines = ("Code,Nom", "a1,Un", "A1,Deux")
    options = {"referentiel_source": "csv", "referentiel_table": lines}
    assert [parsed(KIND, code, **options).fact("r_nom") for code in ("a1", "A1")] == ["Un", "Deux"]
    assert parsed(KIND, "à1", **options).state is Lookup.NOT_FOUND  # either may be meant


def test_what_stands_beside_it_is_told_and_in_columns() -> None:
    field = a_field(KIND, **TABLE)
    value = field.type.parse("br-0002", field.options)
    told = field.type.told(value, field.options, "fr")
    assert [(fact.label, fact.words) for fact in told.facts] == [("Nom", "L’Étoile"), ("Port d’attache", "Port-Vieux")]
    columns = field.type.columns(field)
    assert [column.label.rpartition(" – ")[2] for column in columns[1:]] == ["Nom", "Port d’attache", "Longueur"]
    assert [column.read(value) for column in columns] == ["BR-0002", "L’Étoile", "Port-Vieux", None]


def test_no_register_is_asked_and_nothing_is_left_to_repair() -> None:
    for options in (TABLE, CHOICE):
        field = a_field(KIND, referentiel_url="https://api.exemple.gouv.fr/{id}", **options)
        for typed in ("BR-0001", *(("nowhere",) if options is TABLE else ())):
            value = field.type.parse(typed, field.options)
            assert field.type.ask(value, field.options) is None
            assert not value.is_unsettled
        assert field.type.ask_for_choices(field.options, "rose") is None


# -- a choice ------------------------------------------------------------------------------------------------------
def test_rows_are_offered_by_their_name_with_the_identifier() -> None:
    field = a_field(KIND, **CHOICE)
    assert field.type.controls(field.options) is Control.SEARCH
    found = [choice.value for choice in field.type.search(field.options, "rose")]
    assert found == ["La Rose des vents (BR-0001)", "La Rose (bis) (Été 3)"]
    assert [choice.value for choice in field.type.search(field.options, "0002")] == ["L’Étoile (BR-0002)"]
    value = field.type.parse("La Rose (bis) (Été 3)", field.options)
    assert (value.words, value.fact("r_longueur")) == (("Été 3", "La Rose (bis) (Été 3)"), "6")
    assert field.type.columns(field)[0].read(value) == "Été 3"
    assert of(KIND).search(a_field(KIND, **TABLE).options, "rose") == ()  # an exact identifier is not searched


def test_an_identifier_alone_chooses_its_row_and_a_link_may_carry_it() -> None:
    field = a_field(KIND, **CHOICE)
    assert field.type.prefill("br-0001", field.options).words == ("BR-0001", "La Rose des vents (BR-0001)")
    assert field.type.example_of_link(field.options) == "BR-0001"


def test_what_is_not_offered_is_refused_with_an_example() -> None:
    assert "La Rose des vents (BR-0001)" in refusal(KIND, "Le Titanic", **CHOICE).en


def test_a_table_of_identifiers_alone_offers_them() -> None:
    options = {**CHOICE, "referentiel_table": ("Code", "A", "B")}
    assert parsed(KIND, "b", **options).words == ("B", "B")


# -- what a table may be -------------------------------------------------------------------------------------------
def test_a_table_that_says_all_may_be_published_without_an_address() -> None:
    assert problems(*LINES) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "Choose a CSV file"),
        (("Code,Nom",), "only its titles"),
        (("Code,Code", "1,2"), "same title"),
        (("Code,Nom", "1,a", "1,b"), "have the identifier “1”"),
        (("Code,Nom", "1,a", "1,a"), "have the identifier “1”"),
        (("Code,Nom", f"{'x' * 201},a"), "longer than 200"),
        (("Code,Nom", f"1,{'x' * (MAX_FACT + 1)}"), "In the row “1”, “Nom” is longer than 500"),
    ],
)
def test_what_makes_no_sense_forbids_publishing(lines: tuple[str, ...], said: str) -> None:
    assert any(said in text for text in problems(*lines))


@pytest.mark.parametrize("options", [TABLE, CHOICE])
def test_made_answers_are_rows_and_near_misses_are_refused(options: dict) -> None:
    field = a_field(KIND, **options)
    made = [field.type.made(field, Random(seed), date(2026, 11, 23)) for seed in range(9)]
    assert {value.state for value in made} == {Lookup.FOUND}
    assert field.type.near_misses(field.options)
    for miss in field.type.near_misses(field.options):
        refusal(KIND, miss, **options)


# -- the next form -------------------------------------------------------------------------------------------------
def entered_again(before: Field, after: Field, value: Registered) -> Registered | None:
    found = rebase(Revision((before,)), Revision((after,)), {"1": Answer(value=value)}).entered_again
    return found["1"].value if found else None


def test_a_later_table_finds_what_the_first_did_not_and_changes_no_row_that_was_found() -> None:
    before = a_field(KIND, **TABLE)
    after = a_field(KIND, **{**TABLE, "referentiel_table": (LINES[0], "BR-0001,Autre nom,,", "BR-0003,Le Phare,,")})
    assert entered_again(before, after, before.type.parse("br-0003", before.options)).fact("r_nom") == "Le Phare"
    assert entered_again(before, after, before.type.parse("BR-0001", before.options)) is None


@pytest.mark.parametrize("state", [Lookup.IDLE, Lookup.LOOKING, Lookup.UNAVAILABLE])
def test_a_table_instead_of_an_api_settles_what_waits_for_it(state: Lookup) -> None:
    before, after = a_field(KIND, referentiel_url="https://api.exemple.gouv.fr/{id}"), a_field(KIND, **TABLE)
    assert entered_again(before, after, Registered(("BR-0001", "BR-0001"), state)).state is Lookup.FOUND


def test_what_an_api_found_becomes_the_row_of_the_table() -> None:
    before, after = a_field(KIND, referentiel_url="https://api.exemple.gouv.fr/{id}"), a_field(KIND, **TABLE)
    value = settled(Registered(("BR-0001", "BR-0001")), Found((("r_a", "b"),)), "2026-11-26T10:00:00+00:00")
    assert entered_again(before, after, value).fact("r_nom") == "La Rose des vents"
