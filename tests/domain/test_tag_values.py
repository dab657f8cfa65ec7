"""Which tags a form gives, and what each says of a dossier."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.dossier import Answer, Person
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.commune import ChosenCommune
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.lookups import Lookup, Registered, record_of
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.fields.table import TableRow
from dsbuilder.domain.making_answers import made_answers
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.tag_values import TaggedDossier, field_of, field_tags, own_tags, values_of
from dsbuilder.domain.tags import Vocabulary, filled
from tests.domain.conditioned import ROWS, TODAY, a_random_form
from tests.forms import a_field, a_form

AT = datetime(2026, 3, 27, 9, 5)  # noqa: DTZ001
VILLES = ("Commune,Code postal,Région", "Brest,29200,Bretagne")
BREST = TableRow("Brest", (("Code postal", "29200"), ("Commune", "Brest"), ("Région", "Bretagne")))
NEVER = ("carte", "piece_justificative", "titre_identite", "explication", "header_section")
PRIVATE = ("cnaf", "dgfip", "pole_emploi", "mesri", "cojo")


def a_dossier(form: Revision, answers: dict[str, Any], **changes: Any) -> TaggedDossier:
    dossier = TaggedDossier(
        number=12,
        procedure="Cantine",
        service="Service des écoles",
        requester=Person("Mme", "Camille", "Martin"),
        deposited_at=AT,
        updated_at=AT,
        under_instruction_at=None,
        processed_at=None,
        reason="",
        link="https://demarches.example/dossiers/12",
        form=form,
        answers={path: Answer(value) for path, value in answers.items()},
        day=TODAY,
    )
    return replace(dossier, **changes)


def labels(form: Revision) -> list[str]:
    return [tag.label.fr for tag in field_tags(form)]


def said(form: Revision, answers: dict[str, Any], text: str) -> str:
    """A text filled with the values of a dossier."""
    known = Vocabulary([*own_tags(), *field_tags(form)], "fr")
    template = known.parse(text)
    assert "--" not in "".join(part for part in template if isinstance(part, str)), "a tag is unknown"
    return "".join(piece.words for piece in filled(template, values_of(a_dossier(form, answers), "fr")))


# -- which ---------------------------------------------------------------------------------------------------------
def test_each_question_gives_a_tag_and_one_for_each_of_its_columns() -> None:
    form = a_form(
        a_field(1, "text", "Nom"),
        a_field(2, "communes", "Ville"),
        a_field(3, "drop_down_list", "École", drop_down_table=VILLES),
        a_field(4, "linked_drop_down_list", "Menu", drop_down_options=("--Lundi--", "Riz")),
        a_field(5, "referentiel", "Bateau", referentiel_source="csv", referentiel_table=("Id,Nom", "1,Rose")),
    )
    assert labels(form)[:8] == [
        "Nom", "Ville", "Ville (Code INSEE)", "Ville (Code postal)", "Ville (Département)",
        "École", "École – Code postal", "École – Région",
    ]  # fmt: skip
    assert labels(form)[8:] == ["Menu", "Menu (1)", "Menu (2)", "Bateau", "Bateau – Nom"]
    assert [field_of(tag.id) for tag in field_tags(form)][:2] == [1, 2]
    assert next(iter(field_tags(form))).id == "tdc1"


@pytest.mark.parametrize("kind", [*NEVER, *PRIVATE])
def test_what_must_not_travel_gives_no_tag(kind: str) -> None:
    field = a_field(1, kind)
    assert labels(a_form(field)) == []
    assert labels(a_form(a_field(2, "repetition", "Bloc", replace(field, id=FieldId(3))))) == []


@pytest.mark.parametrize("kind", [kind for kind in CATALOGUE if kind not in (*NEVER, *PRIVATE, "repetition")])
def test_every_other_kind_that_asks_gives_all_its_columns(kind: str) -> None:
    field = a_field(1, kind)
    columns = field.type.columns(field)
    assert [tag.id for tag in field_tags(a_form(field))] == [
        f"tdc1/{column.name}" if place else "tdc1" for place, column in enumerate(columns)
    ]
    assert bool(columns) is field.type.asks
    assert field.type.control not in (Control.FILES, Control.MAP)


def test_what_agents_alone_fill_in_gives_none() -> None:
    assert labels(replace(a_form(a_field(1)), annotations=(a_field(2),))) == ["Question 1"]


def test_what_an_api_says_to_agents_alone_gives_none() -> None:
    lines = ("Port = $.port", "Note (agents) = $.note")
    boat = a_field(1, "referentiel", "Bateau", referentiel_url="https://a.example/{id}", referentiel_mapping=lines)
    assert labels(a_form(boat)) == ["Bateau", "Bateau – Port"]
    found = Registered(("BR-1",), Lookup.FOUND, record_of(dict.fromkeys(told_names(boat), "dit")))
    assert [words for id, words in values_of(a_dossier(a_form(boat), {"1": found}), "fr").items() if "/" in id] == [
        "dit"
    ]


def told_names(field: Any) -> list[str]:
    return [column.name for column in field.type.columns(field)[1:]]


# -- what they say -------------------------------------------------------------------------------------------------
def test_what_every_dossier_says() -> None:
    dossier = a_dossier(a_form(), {}, processed_at=AT, reason="Complet.", under_instruction_at=AT)
    told = values_of(dossier, "fr")
    assert told == {
        "dossier_number": "12",
        "dossier_procedure_libelle": "Cantine",
        "dossier_service_name": "Service des écoles",
        "dossier_depose_at": "27/03/2026",
        "dossier_updated_at": "27/03/2026",
        "dossier_en_instruction_at": "27/03/2026",
        "dossier_processed_at": "27/03/2026",
        "dossier_motivation": "Complet.",
        "dossier_link": "https://demarches.example/dossiers/12",
        "individual_gender": "Mme",
        "individual_last_name": "Martin",
        "individual_first_name": "Camille",
    }
    assert told.keys() == {tag.id for tag in own_tags()}


def test_columns_of_places_of_tables_and_of_registers_are_filled() -> None:
    form = a_form(
        a_field(1, "communes", "Ville"),
        a_field(2, "drop_down_list", "École", drop_down_table=VILLES),
        a_field(3, "siret", "Entreprise"),
        a_field(4, "decimal_number", "Prix"),
    )
    company = Registered(
        ("00012345500016",),
        Lookup.FOUND,
        record_of({"name": "Rose", "created_on": "2020-06-01", "head_office": "true"}),
    )
    answers = {"1": ChosenCommune("29019", "29200", "Brest"), "2": BREST, "3": company, "4": Decimal("1234.5")}
    assert said(form, answers, "--Ville-- --Ville (Code INSEE)-- --Ville (Département)--").endswith(
        "29019 29 – Finistère"
    )
    assert said(form, answers, "--École--, --École – Code postal--, --École – Région--") == "Brest, 29200, Bretagne"
    assert (
        said(form, answers, "--Entreprise – Raison sociale-- --Entreprise – Date de création--") == "Rose 1er juin 2020"
    )
    assert said(form, answers, "--Entreprise – Siège social--, --Prix--") == "Oui, 1\u00a0234,5"


def test_a_hidden_answer_and_one_that_was_not_given_say_nothing() -> None:
    dog = a_field(1, "yes_no", "Un chien")
    name = replace(a_field(2, "text", "Son nom"), condition=Comparison(FieldId(1), Operator.EQ, True))
    form = a_form(dog, name, a_field(3, "text", "Race"))
    assert said(form, {"1": True, "2": "Médor"}, "[--Son nom--]") == "[Médor]"
    assert said(form, {"1": False, "2": "Médor"}, "[--Son nom--]") == "[]"
    assert said(form, {"1": True}, "[--Race--]") == "[]"


def test_a_block_says_its_label_then_its_rows() -> None:
    block = a_field(1, "repetition", "Enfants", a_field(2, "text", "Prénom"), a_field(3, "integer_number", "Âge"),
                    a_field(4, "piece_justificative", "Photo"))  # fmt: skip
    answers = {f"1:{row}": True for row in ROWS} | {f"2:{ROWS[0]}": "Zoé", f"3:{ROWS[0]}": 4, f"2:{ROWS[1]}": "Ali"}
    assert said(a_form(block), answers, "--Enfants--") == (
        "Enfants\n\nPrénom\u00a0: Zoé\nÂge\u00a0: 4\n\nPrénom\u00a0: Ali"
    )
    assert said(a_form(block), {}, "[--Enfants--]") == "[]"


def test_an_answer_that_looks_like_a_tag_stays_an_answer() -> None:
    form = a_form(a_field(1, "text", "Un"), a_field(2, "text", "Deux"))
    assert said(form, {"1": "--Deux--", "2": "secret"}, "--Un--!") == "--Deux--!"


@given(st.integers(0, 10**6))
def test_a_value_is_given_only_for_a_tag_that_is_offered(seed: int) -> None:
    random = Random(seed)
    form = a_random_form(random)
    dossier = replace(a_dossier(form, {}), answers=made_answers(form, random, TODAY, optional=1))
    offered = {tag.id for tag in (*own_tags(), *field_tags(form))}
    for language in ("fr", "en"):
        told = values_of(dossier, language)  # type: ignore[arg-type]
        assert told.keys() <= offered
        assert all(isinstance(words, str) and words for words in told.values())
