"""Paths and rows, entering an answer, and what is wrong with the answers."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.answering import (
    Asked,
    chosen_at,
    enter,
    hidden,
    hidden_answers,
    is_unsettled,
    join_path,
    locate,
    new_row,
    parts_at,
    problem_at,
    problems,
    rows_of,
    shown,
    split_path,
    walk,
    with_linked,
    with_part,
    with_toggled,
)
from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.fields.entering import MAX_TEXT
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import FieldId
from tests.domain.conditioned import conditioned
from tests.forms import a_field, a_form

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
ROW = "01JD2K3M4N5P6Q7R8S9TAVBWCX"
LATER = "01JD2K3M4N5P6Q7R8S9TAVBWCY"
NAME, AGE = a_field(1, "text", "Nom"), a_field(2, "integer_number", "Âge", required=False)
CHILD = a_field(4, "text", "Prénom de l’enfant")
CHILDREN = a_field(3, "repetition", "Enfant", CHILD)
FORM = a_form(NAME, AGE, CHILDREN)


# -- paths and rows ------------------------------------------------------------------------------------------------
@given(st.integers(1, 10**14), st.sampled_from(["", ROW]))
def test_a_path_names_its_field_and_row(id: int, row: str) -> None:
    assert split_path(join_path(FieldId(id), row)) == (id, row)


@pytest.mark.parametrize("path", ["", "x", "1:", f"1:{ROW}x", "1:" + "I" * 26, "-1", "1 ", "١", "1" * 16, f":{ROW}"])
def test_anything_else_is_no_path(path: str) -> None:
    with pytest.raises(NotFound):
        split_path(path)


def test_a_new_row_sorts_after_those_that_are_there_even_within_one_instant() -> None:
    rows: list[str] = []
    for _ in range(20):
        rows.append(new_row(FieldId(3), NOW, after=[row.partition(":")[2] for row in rows]).partition(":")[2])
    assert rows == sorted(rows)
    assert len(set(rows)) == 20


def test_a_row_made_by_a_clock_ahead_of_ours_still_comes_before_a_new_one() -> None:
    ahead = new_row(FieldId(3), datetime(2100, 1, 1, tzinfo=UTC)).partition(":")[2]
    assert new_row(FieldId(3), NOW, after=[ahead]).partition(":")[2] > ahead


def test_the_form_is_walked_in_order_with_its_rows() -> None:
    answers = {f"3:{LATER}": Answer(True), f"3:{ROW}": Answer(True)}
    assert [(asked.path, asked.position) for asked in walk(FORM, answers)] == [
        ("1", 0),
        ("2", 0),
        ("3", 0),
        (f"4:{ROW}", 1),
        (f"4:{LATER}", 2),
    ]


def test_a_question_of_a_row_is_found_only_where_there_is_such_a_row() -> None:
    answers = {f"3:{ROW}": Answer(True)}
    assert locate(FORM, answers, f"4:{ROW}").field is CHILD
    for path in ("4", f"4:{LATER}", f"1:{ROW}", "9"):
        with pytest.raises(NotFound):
            locate(FORM, answers, path)


def test_what_is_found_says_where_it_stands() -> None:
    answers = {f"3:{ROW}": Answer(True)}
    assert locate(FORM, answers, "2") == Asked("2", AGE)
    assert locate(FORM, answers, f"4:{ROW}") == Asked(f"4:{ROW}", CHILD, CHILDREN, ROW)
    with pytest.raises(NotFound) as gone:
        locate(FORM, answers, "9")
    assert "n’est plus dans le formulaire" in gone.value.text.fr
    assert "no longer in the form" in gone.value.text.en


def test_a_row_that_sorts_last_is_followed_by_the_very_next() -> None:
    last = "01JD2K3M4N5P6Q7R8S9TAVBWCX"
    assert new_row(FieldId(3), datetime(2000, 1, 1, tzinfo=UTC), after=[last]) == "3:01JD2K3M4N5P6Q7R8S9TAVBWCY"


# -- entering ------------------------------------------------------------------------------------------------------
def test_what_parses_is_kept_as_a_value_and_the_rest_as_typed() -> None:
    assert enter(Asked("2", AGE), " 12 ") == Answer(value=12)
    assert enter(Asked("2", AGE), "douze") == Answer(raw="douze")
    assert enter(Asked("2", AGE), "") == Answer()


def test_a_text_over_the_limit_is_refused_at_its_place() -> None:
    assert enter(Asked("1", NAME), "x" * MAX_TEXT).value is not None
    for raw in ("x" * (MAX_TEXT + 1), ["x" * MAX_TEXT, "y"]):
        with pytest.raises(Refused) as refused:
            enter(Asked("1", NAME), raw)
        assert refused.value.path == "1"


@pytest.mark.parametrize("kind", ["header_section", "explication", "repetition", "piece_justificative"])
def test_nothing_is_typed_where_nothing_is_asked_in_words(kind: str) -> None:
    with pytest.raises(NotFound):
        enter(Asked("1", a_field(1, kind)), "x")


def test_ticking_and_unticking_leave_the_other_choices() -> None:
    days = Asked("1", a_field(1, "multiple_drop_down_list", drop_down_options=("L", "M", "J")))
    answers = {"1": Answer(value=("L", "J"))}
    assert with_toggled(days, answers, "M", True) == ["L", "J", "M"]
    assert with_toggled(days, answers, "L", False) == ["J"]
    assert with_toggled(days, {}, "L", False) == []
    assert chosen_at(days, {"1": Answer(raw=["L", "gone"])}) == ("L", "gone")


def test_another_first_choice_leaves_no_second_one() -> None:
    asked = Asked("1", a_field(1, "linked_drop_down_list", drop_down_options=("--A--", "1", "--B--", "2")))
    answers = {"1": enter(asked, ["A", "1"])}
    assert with_linked(asked, answers, 1, "B") == ["B"]
    assert with_linked(asked, answers, 2, "2") == ["A", "2"]


def test_a_box_is_neither_too_long_nor_refused() -> None:
    box = Asked("1", a_field(1, "checkbox"))
    assert enter(box, True) == Answer(value=True)
    assert chosen_at(box, {"1": Answer(raw="?")}) == ("?",)


def test_the_inputs_of_an_answer_in_several() -> None:
    pair = Asked("1", a_field(1, "cnaf"))
    assert parts_at(pair, {}) == []
    assert with_part(pair, {}, 1, "29200") == ["", "29200"]
    answers = {"1": enter(pair, ["1234567", "29200"])}
    assert parts_at(pair, answers) == ["1234567", "29200"]
    assert with_part(pair, answers, 0, "7654321") == ["7654321", "29200"]
    for place in (-1, 2):
        with pytest.raises(NotFound):
            with_part(pair, answers, place, "x")


def test_what_was_searched_stands_before_the_inputs_that_describe_it() -> None:
    address = Asked("1", a_field(1, "address"))
    count = len(address.field.type.parts(address.field.options, "fr"))
    written = with_part(address, {}, 0, "8 quai de la Douane")
    assert written == ["", "8 quai de la Douane", *[""] * (count - 1)]
    assert parts_at(address, {"1": Answer(raw=written)}) == written[1:]
    with pytest.raises(NotFound):
        with_part(address, {}, count, "x")


def test_a_number_that_its_register_was_not_asked_about_is_unsettled() -> None:
    number = enter(Asked("1", a_field(1, "siret")), "00012345500016")
    assert number.value is not None
    assert is_unsettled({"1": number, "2": Answer("x")}) is number.value.is_unsettled
    assert not is_unsettled({"2": Answer("x")})


# -- what is wrong -------------------------------------------------------------------------------------------------
def test_a_missing_answer_is_wrong_only_when_the_form_must_be_complete() -> None:
    assert problem_at(Asked("1", NAME), {}, complete=False) is None
    missing = problem_at(Asked("1", NAME), {}, complete=True)
    assert missing is not None
    assert "Nom" in missing.fr
    assert problem_at(Asked("2", AGE), {}, complete=True) is None


def test_a_wrong_answer_is_wrong_always() -> None:
    assert problem_at(Asked("2", AGE), {"2": Answer(raw="douze")}, complete=False) is not None


def test_what_depends_on_the_day_is_said_on_that_day() -> None:
    birth = Asked("1", a_field(1, "date", date_in_past=True))
    answers = {"1": Answer(value=date(2026, 11, 19))}
    assert problem_at(birth, answers, complete=False, today=date(2026, 11, 19)) is not None
    assert problem_at(birth, answers, complete=False, today=date(2026, 11, 20)) is None


def test_problems_come_in_the_order_of_the_page_rows_included() -> None:
    answers = {f"3:{ROW}": Answer(True), "2": Answer(raw="x")}
    assert [problem.path for problem in problems(FORM, answers, complete=True, today=TODAY)] == ["1", "2", f"4:{ROW}"]


def test_a_required_block_wants_a_row() -> None:
    assert [problem.path for problem in problems(FORM, {"1": Answer("x")}, complete=True, today=TODAY)] == ["3"]
    assert rows_of({f"3:{ROW}": Answer(True)}, FieldId(3)) == [ROW]


# -- what conditions hide ------------------------------------------------------------------------------------------
IF_YES = Comparison(FieldId(1), Operator.EQ, True)
CONDITIONAL = a_form(
    a_field(1, "yes_no", "Des enfants ?"),
    conditioned(a_field(2, "repetition", "Enfant", a_field(3, "text", "Prénom")), IF_YES),
    conditioned(a_field(4, "header_section", "Garde"), IF_YES),
    a_field(5, "text", "Adresse de garde"),
)
WITH_CHILD = {f"2:{ROW}": Answer(True), f"3:{ROW}": Answer("Noé"), "5": Answer("ici")}


def test_what_a_condition_hides_is_not_asked_nor_wrong_and_keeps_its_answer() -> None:
    without = {"1": Answer(False), **WITH_CHILD}
    assert [asked.path for asked in shown(CONDITIONAL, without, TODAY)] == ["1"]
    assert hidden(CONDITIONAL, without, TODAY) == {"2", f"3:{ROW}", "4", "5"}
    assert hidden_answers(CONDITIONAL, without, TODAY) == list(WITH_CHILD)
    assert problems(CONDITIONAL, {"1": Answer(False)}, complete=True, today=TODAY) == ()


def test_what_shows_is_asked() -> None:
    answers = {"1": Answer(True), **WITH_CHILD}
    assert hidden_answers(CONDITIONAL, answers, TODAY) == []
    assert [asked.path for asked in shown(CONDITIONAL, answers, TODAY)] == ["1", "2", f"3:{ROW}", "4", "5"]
    assert [p.path for p in problems(CONDITIONAL, {"1": Answer(True)}, complete=True, today=TODAY)] == ["2", "5"]


def test_the_day_decides_what_shows_and_what_is_wrong() -> None:
    adult = Comparison(FieldId(1), Operator.OLDER, (18, "years"))
    form = a_form(
        a_field(1, "date", "Naissance", date_in_past=True),
        conditioned(a_field(2, "integer_number", "Revenu", max_number=10), adult),
    )
    birthday = {"1": Answer(date(2008, 11, 20))}
    before, after = date(2026, 11, 19), date(2026, 11, 20)
    assert [asked.path for asked in shown(form, birthday, before)] == ["1"]
    assert [asked.path for asked in shown(form, birthday, after)] == ["1", "2"]
    assert (hidden(form, birthday, before), hidden(form, birthday, after)) == ({"2"}, set())
    earned = {**birthday, "2": Answer(raw="11")}
    assert (hidden_answers(form, earned, before), hidden_answers(form, earned, after)) == (["2"], [])
    assert problems(form, birthday, complete=True, today=before) == ()
    (missing,) = problems(form, birthday, complete=True, today=after)
    assert (missing.path, missing.label) == ("2", "Revenu")
    assert "Revenu" in missing.text.fr
    (wrong,) = problems(form, earned, complete=False, today=after)
    assert "10" in wrong.text.fr
    (early,) = problems(form, {"1": Answer(after)}, complete=False, today=before)
    assert early.label == "Naissance"


def test_a_required_answer_must_be_whole() -> None:
    linked = a_field(1, "linked_drop_down_list", "Lieu", drop_down_options=("--A--", "1", "--B--"))
    half, whole = {"1": enter(Asked("1", linked), ["A"])}, {"1": enter(Asked("1", linked), ["B"])}
    assert [problem.path for problem in problems(a_form(linked), half, complete=True, today=TODAY)] == ["1"]
    assert problems(a_form(linked), whole, complete=True, today=TODAY) == ()
