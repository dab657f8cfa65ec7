"""What forbids publishing, and the public address."""

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from dsbuilder.domain.conditions import All, Comparison
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.publication import (
    checked_path,
    obstacles,
    of_form,
    suggested_paths,
)

TODAY = date(2026, 3, 27)


def field(id: int, kind: str = "text", *children: Field, label: str = "") -> Field:
    type_ = CATALOGUE[kind]
    return Field(FieldId(id), kind, label or f"Question {id}", "", type_.asks, type_.Options(), children)


FORM = Revision((field(1, "header_section"), field(2), field(3), field(4, "repetition", field(5), field(6))), "Cantine")


# -- obstacles ----------------------------------------------------------------------------------------------------
def test_nothing_forbids_publishing_a_form_with_a_title_a_path_an_agent_and_a_question():
    assert obstacles(FORM, "cantine", 1, TODAY) == ()


@pytest.mark.parametrize(
    ("revision", "path", "instructors", "word"),
    [
        (replace(FORM, title=" "), "cantine", 1, "titre"),
        (FORM, None, 1, "adresse"),
        (FORM, "cantine", 0, "agent"),
        (Revision((field(1, "header_section"),), "Cantine"), "cantine", 1, "question"),
    ],
)
def test_what_the_procedure_lacks_is_said(revision, path, instructors, word):
    found = obstacles(revision, path, instructors, TODAY)
    assert len(found) == 1
    assert word in found[0].text.fr
    assert found[0].field is None


def test_a_field_without_a_label_is_named_by_its_id():
    found = of_form(Revision((replace(field(7), label=" "),)))
    assert [obstacle.field for obstacle in found] == [7]


def test_an_empty_list_and_an_empty_block_forbid_publishing():
    found = of_form(Revision((field(1, "drop_down_list"), field(2, "repetition"))))
    assert [obstacle.field for obstacle in found] == [1, 2]


def test_a_condition_that_makes_no_sense_forbids_publishing():
    later = replace(field(1), condition=Comparison(FieldId(2), Operator.FILLED))
    (found,) = of_form(Revision((later, field(2))))
    assert found.field == 1
    assert "vient après" in found.text.fr


def test_a_field_that_never_shows_forbids_publishing():
    never = All((Comparison(FieldId(1), Operator.FILLED), Comparison(FieldId(1), Operator.EMPTY)))
    form = Revision((field(1), replace(field(2), condition=never)), "Cantine")
    (found,) = obstacles(form, "cantine", 1, TODAY)
    assert (found.field, found.label) == (2, "Question 2")
    assert "jamais" in found.text.fr


def test_what_is_not_built_yet_forbids_publishing():
    placeholder = next(kind for kind, type_ in CATALOGUE.items() if type_.keeps_descriptor)
    assert of_form(Revision((field(1, placeholder),)))


# -- the public address -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["ab", "a b", "café", "-abc", "abc-", "test", "x" * 201, "a/b", "", "новый"])
def test_a_path_that_no_address_may_hold_is_refused(text):
    with pytest.raises(Invalid):
        checked_path(text)


def test_a_path_is_lower_cased():
    assert checked_path(" Cantine-2026 ") == "cantine-2026"


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Inscription à la cantine", "inscription-a-la-cantine"),
        ("L’œuvre d’Éloïse : demande 3", "l-oeuvre-d-eloise-demande-3"),
        ("?!", "demarche"),
        ("Test", "demarche-test"),
        ("", "demarche"),
        ("Ab", "demarche-ab"),
    ],
)
def test_a_path_is_suggested_from_the_title(title, first):
    assert next(suggested_paths(title)) == first
    assert checked_path(first)


def test_a_long_title_gives_whole_words():
    path = next(suggested_paths("Attestation d’accessibilité d’un établissement recevant du public"))
    assert path == "attestation-d-accessibilite-d-un-etablissement"


def test_taken_paths_are_followed_by_numbered_ones():
    assert list(islice(suggested_paths("Cantine"), 3)) == ["cantine", "cantine-2", "cantine-3"]
