"""A form as the editor draws it."""

from dataclasses import replace

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.texts import Text
from dsbuilder.state.administrator import canvas
from tests.domain.arranged_form import FORM, field, title


def test_sections_number_their_titles_and_hold_the_places_of_their_cards():
    first, second = canvas.sections(FORM, "fr")
    assert [(one.key, one.id, one.number, one.title) for one in (first, second)] == [
        ("s1", "1", "1", "Question 1"),
        ("s4", "4", "2", "Question 4"),
    ]
    assert [(slot.id, slot.holds, slot.children) for slot in first.slots] == [
        ("2", False, ()),
        ("3", True, ("31", "32")),
    ]
    assert (first.count, first.end, second.end) == ("3 questions", "4", "")


def test_what_stands_before_the_first_title_is_a_section_without_one():
    sections = canvas.sections(Revision((field(9), *FORM.fields)), "en")
    assert [(one.key, one.id) for one in sections] == [("s0", ""), ("s1", "1"), ("s4", "4")]


def test_an_empty_form_has_one_empty_section():
    (only,) = canvas.sections(Revision(), "fr")
    assert (only.key, only.slots) == ("s0", ())


def test_only_the_cards_of_open_sections_are_made_and_every_title():
    assert set(canvas.cards(FORM, ["s1"], "fr")) == {"1", "2", "3", "31", "32", "4"}


def test_a_card_tells_its_facts_and_what_forbids_publishing():
    choices = replace(field(9, "drop_down_list"), options=CATALOGUE["drop_down_list"].Options(("Lundi", "Mardi")))
    assert canvas.card(choices, "", "fr", {}).facts == "2 réponses"
    assert canvas.card(field(9, "drop_down_list"), "", "fr", {}).problem
    assert canvas.card(field(9, "repetition", field(91)), "", "en", {}).facts == "1 question"


def test_a_card_says_its_condition():
    asked = replace(field(9, "text"), condition=Comparison(FieldId(8), Operator.EQ, True))
    cards = canvas.cards(Revision((replace(field(8, "yes_no"), label="Marié ?"), asked)), ["s0"], "fr")
    assert (cards["8"].condition, cards["9"].condition) == ("", "Si «\u00a0Marié ?\u00a0» est «\u00a0Oui\u00a0»")


def test_a_section_counts_its_problems():
    form = Revision((title(1), field(2, "drop_down_list"), field(3, "repetition")))
    assert canvas.sections(form, "fr")[0].problems == "2 problèmes"
    assert [problem.id for problem in canvas.problems(form, "fr")] == ["2", "3"]


def test_what_forbids_publishing_beside_the_fields_is_on_their_cards():
    form, said = Revision((title(1), field(2), field(3))), Text("Essayez l’API.", "Try the API.")
    assert canvas.sections(form, "en", {FieldId(2): (said,)})[0].problems == "1 problem"
    assert canvas.cards(form, ["s1"], "en", {FieldId(2): (said,)})["2"].problem == said.en
    assert [one.text for one in canvas.problems(form, "en", {FieldId(2): (said,)})] == [said.en]
    assert canvas.inspected(form.fields[1], 0, "en", unready={FieldId(2): (said,)}).problems == (said.en,)


def test_settings_are_questions_for_the_controls_of_the_form():
    shown = canvas.inspected(field(9, "piece_justificative"), 3, "fr")
    assert [setting.path for setting in shown.settings] == [
        "3.9.nature",
        "3.9.max_files",
        "3.9.max_megabytes",
        "3.9.pj_format_families",
        "3.9.pj_auto_purge",
    ]
    assert shown.settings[1].value == "10"
    assert shown.settings[3].control is Control.MULTIPLE


def test_only_the_settings_that_mean_something_beside_the_others_are_shown():
    def named(**options):
        asked = replace(field(9, "formatted"), options=CATALOGUE["formatted"].Options(**options))
        return {setting.path.rpartition(".")[2] for setting in canvas.inspected(asked, 0, "fr").settings}

    assert "min_character_length" in named() and "expression_reguliere" not in named()
    advanced = named(formatted_mode="advanced")
    assert "expression_reguliere" in advanced and not {"letters_accepted", "min_character_length"} & advanced


def test_every_type_can_be_inspected_in_both_languages():
    for kind in CATALOGUE:
        for language in ("fr", "en"):
            shown = canvas.inspected(field(9, kind), 0, language)
            assert shown.kind_label and all(setting.label for setting in shown.settings)


def test_a_list_too_long_to_send_is_told_and_not_sent():
    many = tuple(f"Réponse numéro {number}" for number in range(5_000))
    asked = replace(field(9, "drop_down_list"), options=CATALOGUE["drop_down_list"].Options(many))
    setting = canvas.inspected(asked, 0, "fr").settings[0]
    assert setting.control is Control.NOTE
    assert len(setting.value) == 0
    assert "5" in setting.hint


def test_cards_are_found_by_words_of_their_label_or_kind():
    named = Revision((replace(title(1), label="L’élève"), replace(field(2), label="Nom de famille"), field(3, "email")))
    assert [(one.id, one.where) for one in canvas.search(named, "FAMILLE nom", "fr")] == [("2", "L’élève")]
    assert [one.id for one in canvas.search(named, "électronique", "fr")] == ["3"]
    assert len(canvas.search(named, "", "fr")) == 3


def test_a_field_is_found_in_its_section():
    assert canvas.section_of(FORM, 31) == "s1"
    assert canvas.section_of(FORM, 6) == "s4"
    assert canvas.section_of(Revision((field(9),)), 9) == "s0"


def test_the_form_is_measured_in_words():
    files: Field = replace(field(FieldId(9), "piece_justificative"))
    assert canvas.measure(Revision((files,)), "fr") == "1 question, environ 3 minutes, 1 pièce à joindre"
    assert canvas.measure(Revision(), "fr") == "0 question"
