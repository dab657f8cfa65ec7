"""Answers as people read them."""

from datetime import date

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import FieldId
from dsbuilder.domain.reading import read
from tests.domain.conditioned import conditioned
from tests.forms import a_field, a_form

TODAY = date(2026, 3, 27)
ROW, NEXT = "01JD2K3M4N5P6Q7R8S9TAVBWCX", "01JD2K3M4N5P6Q7R8S9TAVBWCY"
FORM = a_form(
    a_field(1, "text", "Sans titre au-dessus"),
    a_field(2, "header_section", "Vous"),
    a_field(3, "yes_no", "D’accord ?"),
    a_field(4, "explication", "À lire"),
    a_field(5, "header_section", "Rien ici"),
    a_field(6, "header_section", "Enfants"),
    a_field(7, "repetition", "Enfant", a_field(8, "text", "Prénom"), a_field(9, "date", "Né le")),
)


def test_titles_and_explanations_ask_nothing_and_empty_sections_are_left_out() -> None:
    found = read(FORM, {}, "fr", TODAY)
    assert [(section.number, section.title) for section in found] == [("", ""), ("1", "Vous")]
    assert [answer.label for answer in found[1].answers] == ["D’accord ?"]


def test_an_answer_is_read_in_the_reader_s_language() -> None:
    answers = {"3": Answer(value=True)}
    assert read(FORM, answers, "fr", TODAY)[1].answers[0].text == "Oui"
    assert read(FORM, answers, "en", TODAY)[1].answers[0].text == "Yes"


def test_what_did_not_parse_is_read_as_no_answer() -> None:
    assert read(a_form(a_field(1, "integer_number")), {"1": Answer(raw="douze")}, "fr", TODAY)[0].answers[0].text == ""


def test_each_row_is_announced_once() -> None:
    answers = {f"7:{ROW}": Answer(True), f"7:{NEXT}": Answer(True), f"8:{NEXT}": Answer(value="Noé")}
    rows = read(FORM, answers, "fr", TODAY)[2].answers
    assert [(row.row_legend, row.label, row.text) for row in rows] == [
        ("Enfant 1", "Prénom", ""),
        ("", "Né le", ""),
        ("Enfant 2", "Prénom", "Noé"),
        ("", "Né le", ""),
    ]


def test_what_a_condition_hides_is_not_read() -> None:
    if_yes = Comparison(FieldId(1), Operator.EQ, True)
    form = a_form(a_field(1, "yes_no", "Marié ?"), conditioned(a_field(2, "text", "Conjoint"), if_yes))
    for married, labels in ((True, ["Marié ?", "Conjoint"]), (False, ["Marié ?"])):
        (section,) = read(form, {"1": Answer(married), "2": Answer("Sacha")}, "fr", TODAY)
        assert [answer.label for answer in section.answers] == labels
