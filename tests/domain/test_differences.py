"""What changed between two forms, named and said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.differences import ChangeKind, Difference, differences
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.base import Operator
from dsbuilder.domain.procedure import Field, FieldId, Revision
from tests.forms import a_field, a_form
from tests.strategies import forms


def field(id: int, kind: str = "text", *children: Field, label: str = "") -> Field:
    type_ = CATALOGUE[kind]
    return Field(FieldId(id), kind, label or f"Question {id}", "", type_.asks, type_.Options(), children)


FORM = Revision((field(1, "header_section"), field(2), field(3), field(4, "repetition", field(5), field(6))), "Cantine")


def kinds(old: Revision, new: Revision) -> list[tuple[str, str]]:
    return [(found.kind, found.label) for found in differences(old, new)]


def test_nothing_changed():
    assert differences(FORM, FORM) == ()


def test_what_is_new_and_what_is_gone_is_named_with_its_section():
    new = replace(FORM, fields=(*FORM.fields[:2], field(9)))
    found = differences(FORM, new)
    assert [(one.kind, one.label, one.section) for one in found] == [
        (ChangeKind.ADDED, "Question 9", "Question 1"),
        (ChangeKind.REMOVED, "Question 3", "Question 1"),
        (ChangeKind.REMOVED, "Question 4", "Question 1"),
        (ChangeKind.REMOVED, "Question 5", "Question 1"),
        (ChangeKind.REMOVED, "Question 6", "Question 1"),
    ]


def test_a_field_that_only_made_room_has_not_moved():
    assert kinds(FORM, replace(FORM, fields=(field(9), *FORM.fields))) == [(ChangeKind.ADDED, "Question 9")]


def test_one_field_that_moved_is_one_change():
    title, second, third, block = FORM.fields
    assert kinds(FORM, replace(FORM, fields=(title, block, second, third))) == [(ChangeKind.MOVED, "Question 4")]
    assert kinds(FORM, replace(FORM, fields=(title, third, second, block))) in (
        [(ChangeKind.MOVED, "Question 2")],
        [(ChangeKind.MOVED, "Question 3")],
    )


def test_a_field_that_left_its_block_has_moved():
    title, second, third, block = FORM.fields
    first, other = block.children
    new = replace(FORM, fields=(title, second, third, replace(block, children=(other,)), first))
    assert kinds(FORM, new) == [(ChangeKind.MOVED, "Question 5")]


def test_each_attribute_that_changed_is_said():
    title, second, *rest = FORM.fields
    changed = replace(second, label="Nom", description="En capitales", required=False)
    found = differences(FORM, replace(FORM, title="Repas", fields=(title, changed, *rest)))
    assert [(one.what.en, one.before.en, one.after.en) for one in found] == [
        ("title", "Cantine", "Repas"),
        ("label", "Question 2", "Nom"),
        ("help", "", "En capitales"),
        ("optional", "", ""),
    ]


def test_a_new_kind_is_one_change():
    title, second, *rest = FORM.fields
    other = replace(second, kind="drop_down_list", options=CATALOGUE["drop_down_list"].Options())
    found = differences(FORM, replace(FORM, fields=(title, other, *rest)))
    assert [(one.what.fr, one.before.fr, one.after.fr) for one in found] == [("type", "Texte court", "Choix simple")]


def said(before: Field, after: Field) -> list[str]:
    """The sentences, in French, of what changed from one field to the other."""
    return [found.sentence.fr for found in differences(a_form(before), a_form(after))]


CONDITION = Comparison(FieldId(1), Operator.EQ, True)


@pytest.mark.parametrize(
    ("kind", "before", "after", "sentence"),
    [
        ("integer_number", {}, {"positive_number": True}, "refuser les nombres négatifs : oui"),
        ("integer_number", {"min_number": 1000}, {"min_number": 2500}, "minimum : « 2 500 » au lieu de « 1 000 »"),
        ("decimal_number", {"max_number": Decimal("1.5")}, {}, "maximum : « 1,5 » retiré"),
        ("date", {}, {"start_date": date(2026, 1, 1)}, "à partir du : « 1er janvier 2026 »"),
        ("header_section", {}, {"header_section_level": 2}, "niveau : « Sous-titre » au lieu de « Titre »"),
        ("textarea", {}, {"character_limit": 400}, "longueur conseillée : « 400 caractères » au lieu de « Aucune »"),
        ("drop_down_list", {"drop_down_options": ("A", "B")}, {"drop_down_options": ("B", "C", "D")},
         "options, une par ligne, ajouté : « C, D »"),
        ("drop_down_list", {"drop_down_options": ("A", "B")}, {"drop_down_options": ("B", "A")},
         "options, une par ligne, ordre changé"),
        ("piece_justificative", {"pj_format_families": ("image_scan",)}, {"pj_format_families": ()}, "formats acceptés, retiré"),
        ("linked_drop_down_list", {}, {"drop_down_secondary_libelle": "Ville"}, "libellé de la seconde liste : « Ville »"),
    ],
)  # fmt: skip
def test_each_option_is_said_by_its_own_label(kind, before, after, sentence):
    found = said(a_field(1, kind, "Nom", **before), a_field(1, kind, "Nom", **after))
    assert sentence in found[0].replace("« ", "« ").replace(" »", " »")


def test_lines_that_come_and_those_that_go_are_two_changes_and_many_are_counted():
    old = a_field(1, "drop_down_list", "Jour", drop_down_options=("A",))
    new = a_field(1, "drop_down_list", "Jour", drop_down_options=tuple(f"Jour {n}" for n in range(20)))
    added, gone = differences(a_form(old), a_form(new))
    assert added.after.en.endswith("Jour 11 and 8 others")
    assert gone.before.fr == "A"


def test_a_condition_that_comes_changes_or_goes_is_said():
    plain, shown = a_field(2), replace(a_field(2), condition=CONDITION)
    other = replace(plain, condition=replace(CONDITION, operand=False))
    assert "ajoutée" in said(plain, shown)[0]
    assert "modifiée" in said(shown, other)[0]
    assert "retirée" in said(shown, plain)[0]


def test_each_change_is_one_sentence():
    old, new = (
        a_form(a_field(1, "text", "Nom"), a_field(2, "text", "Âge")),
        a_form(a_field(1, "text", "Prénom"), title=""),
    )
    assert [found.sentence.en for found in differences(old, new)] == [
        "Procedure, title: “Inscription à la cantine” removed.",
        "“Prénom”, label: “Prénom” instead of “Nom”.",
        "“Âge” is removed (Short text).",
    ]


@given(forms(), forms())
def test_any_two_forms_differ_in_sentences(old: Revision, new: Revision) -> None:
    assert differences(old, old) == ()
    found = differences(old, new)
    assert bool(found) == (old != new) or _origins_alone(old, new)
    assert all(isinstance(one, Difference) and one.sentence.fr and one.sentence.en for one in found)


def _origins_alone(old: Revision, new: Revision) -> bool:
    """What an import carried besides is no change of the form."""
    return [replace(field, origin=None, children=()) for field in old.walk()] == [
        replace(field, origin=None, children=()) for field in new.walk()
    ]
