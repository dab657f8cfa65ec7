"""A draft on a newer form: nothing answered is lost silently."""

from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.rebase import rebase
from tests.forms import a_field, a_form

ROW = "01JD2K3M4N5P6Q7R8S9TAVBWCX"


def test_an_unchanged_question_keeps_its_answer_wherever_it_went() -> None:
    old = a_form(a_field(1, "text"), a_field(2, "text"))
    new = a_form(a_field(2, "text", "Autre libellé"), a_field(1, "text", required=False), a_field(3, "text"))
    found = rebase(old, new, {"1": Answer("a"), "2": Answer("b")})
    assert (dict(found.entered_again), found.gone) == ({}, ())


def test_an_answer_that_no_longer_fits_is_kept_as_it_was_typed() -> None:
    old, new = a_form(a_field(1, "text")), a_form(a_field(1, "integer_number"))
    assert rebase(old, new, {"1": Answer("douze")}).entered_again == {"1": Answer(raw="douze")}
    assert rebase(old, new, {"1": Answer("12")}).entered_again == {"1": Answer(value=12)}


def test_a_choice_that_is_no_longer_offered_is_shown_with_its_error() -> None:
    old = a_form(a_field(1, "multiple_drop_down_list", drop_down_options=("A", "B", "C")))
    new = a_form(a_field(1, "multiple_drop_down_list", drop_down_options=("A", "C")))
    assert rebase(old, new, {"1": Answer(("A", "B"))}).entered_again == {"1": Answer(raw=["A", "B"])}
    assert rebase(old, new, {"1": Answer(("A", "C"))}).entered_again["1"].raw is None


def test_what_did_not_parse_before_may_parse_now() -> None:
    old, new = a_form(a_field(1, "integer_number")), a_form(a_field(1, "text"))
    assert rebase(old, new, {"1": Answer(raw="douze")}).entered_again == {"1": Answer(value="douze")}


def test_answered_questions_that_are_gone_are_named_once() -> None:
    old = a_form(
        a_field(1, "text", "Nom"), a_field(2, "text"), a_field(3, "repetition", "Enfant", a_field(4, "text", "Prénom"))
    )
    answers = {
        "1": Answer("x"),
        f"3:{ROW}": Answer(True),
        f"4:{ROW}": Answer("Noé"),
        f"3:{ROW[:-1]}Y": Answer(True),
        f"4:{ROW[:-1]}Y": Answer("Zoé"),
    }
    assert rebase(old, a_form(a_field(2, "text")), answers).gone == ("Nom", "Prénom")


def test_a_question_that_now_takes_files_forgets_what_was_typed() -> None:
    old, new = a_form(a_field(1, "text")), a_form(a_field(1, "piece_justificative"))
    assert rebase(old, new, {"1": Answer("x")}).entered_again == {"1": Answer()}
