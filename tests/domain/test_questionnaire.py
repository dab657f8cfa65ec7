"""What a page asks: sections and their numbers, rows, and what changes while one answers."""

from dataclasses import fields

import pytest

from dsbuilder.domain.answering import Asked
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.questionnaire import GroupKind, Question, extra, extras, question, section_numbers, sections
from tests.forms import a_field, a_form

ROW = "01JD2K3M4N5P6Q7R8S9TAVBWCX"
MANY = tuple(f"Commune {n}" for n in range(150))
FORM = a_form(
    a_field(1, "text", "Avant tout titre"),
    a_field(2, "header_section", "Vous"),
    a_field(3, "text", "Nom"),
    a_field(4, "header_section", "Vos proches", header_section_level=2),
    a_field(5, "repetition", "Enfant", a_field(6, "text", "Prénom")),
    a_field(7, "text", "Remarque", required=False),
    a_field(8, "header_section", "3. Numéroté à la main"),
    a_field(9, "explication", "Bon à savoir"),
)


def titles(form) -> list[tuple[str, str]]:
    numbers = section_numbers(form, frozenset())
    return [(numbers.get(section.key, ""), section.title) for section in sections(form, {}, "fr")]


def test_sections_are_numbered_by_level_unless_their_title_is() -> None:
    assert titles(FORM) == [("", ""), ("1", "Vous"), ("1.1", "Vos proches"), ("", "3. Numéroté à la main")]


def test_what_is_hidden_takes_no_number() -> None:
    form = a_form(*(a_field(id, "header_section", f"Titre {id}") for id in (1, 2, 3)))
    assert section_numbers(form, {"2"}) == {"s1": "1", "s3": "2"}


def test_a_form_without_title_is_one_section_and_an_empty_one_none() -> None:
    assert titles(a_form(a_field(1))) == [("", "")]
    assert titles(a_form()) == []


def test_a_title_with_nothing_under_it_still_shows() -> None:
    assert titles(a_form(a_field(1, "header_section", "Seul"))) == [("1", "Seul")]


def test_a_block_is_its_question_then_its_rows_then_the_button() -> None:
    section = sections(FORM, {f"5:{ROW}": Answer(True)}, "fr")[2]
    assert [(group.kind, group.legend) for group in section.groups] == [
        (GroupKind.PLAIN, ""),
        (GroupKind.ROW, "Enfant 1"),
        (GroupKind.ADD, "Enfant"),
        (GroupKind.PLAIN, ""),
    ]
    row = section.groups[1]
    assert (row.block, row.row, row.questions[0].path) == ("5", ROW, f"6:{ROW}")


def test_every_group_has_a_key_of_its_own() -> None:
    answers = {f"5:{ROW}": Answer(True), f"5:{ROW[:-1]}Y": Answer(True)}
    keys = [group.key for section in sections(FORM, answers, "fr") for group in section.groups]
    assert len(keys) == len(set(keys))


def test_a_question_shows_what_was_typed_with_its_error() -> None:
    asked = Asked("1", a_field(1, "integer_number", "Âge", max_number=130))
    shown = question(asked, {"1": Answer(raw="douze")}, "fr")
    assert (shown.value, bool(shown.error), shown.maximum) == ("douze", True, "130")
    assert question(asked, {"1": Answer(value=12)}, "fr").value == "12"


def test_a_question_ends_with_what_the_browser_is_told_in_its_order() -> None:
    told = [field.name for field in fields(Attributes)]
    assert [field.name for field in fields(Question)][-len(told) :] == told
    given = a_field(1, "integer_number", "Âge", max_number=130)
    attributes, shown = given.type.attributes(given.options), question(Asked("1", given), {}, "fr")
    assert [getattr(shown, name) for name in told] == [getattr(attributes, name) for name in told]


@pytest.mark.parametrize(("language", "first"), [("fr", "Oui"), ("en", "Yes")])
def test_choices_speak_the_reader_s_language(language, first: str) -> None:
    assert question(Asked("1", a_field(1, "yes_no")), {}, language).choices[0].label == first


def test_a_long_list_is_searched_and_never_sent() -> None:
    asked = Asked("1", a_field(1, "drop_down_list", drop_down_options=MANY))
    shown = question(asked, {"1": Answer(value="Commune 7")}, "fr")
    assert (shown.control, shown.choices, shown.value) == (Control.SEARCH, (), "Commune 7")


def test_what_an_author_wrote_is_made_safe() -> None:
    asked = Asked("1", a_field(1, "text", "<b>Nom</b><script>x</script>"))
    assert "<" not in question(asked, {}, "fr").label


def test_what_was_answered_before_the_form_changed_is_said_and_made_safe() -> None:
    asked = Asked("1", a_field(1, "text"))
    shown = question(asked, {"1": Answer(former="<b>A</b> & B")}, "fr")
    assert "avant le changement" in shown.hint
    assert "&lt;b&gt;A&lt;/b&gt; &amp; B" in shown.hint
    assert question(asked, {"1": Answer("A")}, "fr").hint == ""


def test_only_what_changes_while_one_answers_has_an_extra() -> None:
    form = a_form(
        a_field(1, "text"),
        a_field(2, "drop_down_list", drop_down_options=("A", "B")),
        a_field(3, "drop_down_list", drop_down_options=("A", "B"), drop_down_other=True),
        a_field(4, "linked_drop_down_list", drop_down_options=("--A--", "1")),
        a_field(5, "drop_down_list", drop_down_options=MANY),
        a_field(6, "piece_justificative"),
    )
    assert set(extras(form, {}, "fr")) == {"3", "4", "5", "6"}


def test_the_second_list_follows_the_first_choice() -> None:
    field = a_field(1, "linked_drop_down_list", drop_down_options=("--A--", "1", "2", "--B--", *MANY))
    few = extra(Asked("1", field), {"1": Answer(value=field.type.from_json(["A", "2"]))}, "fr")
    assert few is not None
    assert ([c.value for c in few.more_choices], few.chosen, few.more_searched) == (["1", "2"], ("A", "2"), False)
    many = extra(Asked("1", field), {"1": Answer(value=field.type.from_json(["B", ""]))}, "fr")
    assert many is not None
    assert (many.more_choices, many.more_searched) == ((), True)


def test_a_file_leads_to_its_own_address() -> None:
    file = {"token": "t0-k_en", "name": "a b/ç.pdf", "size": 2_900_000, "content_type": "application/pdf"}
    shown = extra(Asked("1", a_field(1, "piece_justificative")), {"1": Answer(value=(file,))}, "fr")
    assert shown is not None
    assert shown.files[0].address == "/fichiers/t0-k_en/a%20b%2F%C3%A7.pdf"
    assert shown.files[0].note == "2,9\xa0Mo"
