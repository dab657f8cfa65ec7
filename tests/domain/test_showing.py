"""What shows: the meaning of conditions, and that the compiled form says the same as the plain reading."""

import gc
from random import Random
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.fields.choice import OTHER, Other
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.interpreting import shown_plainly
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.showing import Difference, compiled, difference, showing
from tests.domain.conditioned import DAYS, ROWS, TODAY, a_random_form, conditioned, random_answers
from tests.forms import a_field
from tests.strategies import forms

ROW, OTHER_ROW = ROWS


def when(source: int, operator: Operator, operand: object = None) -> Comparison:
    """A comparison with one field."""
    return Comparison(FieldId(source), operator, operand)  # type: ignore[arg-type]


def shown(form: Revision, **values: object) -> set[str]:
    """What shows of a form; `q1=3` answers field 1 by 3. Both readings must agree."""
    answers = {name[1:].replace("_", ":"): Answer(value=value) for name, value in values.items()}
    fast = showing(form, answers, TODAY)
    assert fast == shown_plainly(form, answers, TODAY)
    return set(fast)


def form_of(*fields: object) -> Revision:
    """A form of these fields."""
    return Revision(fields)  # type: ignore[arg-type]


YES = when(1, Operator.EQ, True)


# -- meaning -------------------------------------------------------------------------------------------------------
def test_without_a_condition_everything_shows() -> None:
    form = form_of(a_field(1), a_field(2, "repetition", "", a_field(21)))
    assert shown(form) == {"1", "2"}
    assert shown(form, **{f"q2_{ROW}": True}) == {"1", "2", f"21:{ROW}"}


def test_a_field_shows_when_its_condition_holds() -> None:
    form = form_of(a_field(1, "yes_no"), conditioned(a_field(2), YES))
    assert shown(form, q1=True) == {"1", "2"}
    assert shown(form, q1=False) == shown(form) == {"1"}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (All((YES, when(2, Operator.EQ, True))), [False, False, False, True]),
        (AnyOf((YES, when(2, Operator.EQ, True))), [False, True, True, True]),
        (Not(YES), [True, True, False, False]),
        (All(), [True] * 4),
        (AnyOf(), [False] * 4),
        (Not(All((YES, AnyOf((YES, when(2, Operator.EQ, True)))))), [True, True, False, False]),
    ],
)
def test_and_or_not(condition: Condition, holds: list[bool]) -> None:
    form = form_of(a_field(1, "yes_no"), a_field(2, "yes_no"), conditioned(a_field(3), condition))
    answers = [(False, False), (False, True), (True, False), (True, True)]
    assert ["3" in shown(form, q1=one, q2=two) for one, two in answers] == holds


@pytest.mark.parametrize(
    "comparison",
    [
        when(1, Operator.EQ, 3),
        when(1, Operator.NOT_EQ, 3),
        when(1, Operator.LESS, 3),
        when(1, Operator.LESS_EQ, 3),
        when(1, Operator.GREATER, 3),
        when(1, Operator.GREATER_EQ, 3),
        when(1, Operator.BETWEEN, (1, 3)),
        when(1, Operator.FILLED),
    ],
)
def test_a_missing_answer_makes_every_comparison_false(comparison: Comparison) -> None:
    form = form_of(a_field(1, "integer_number"), conditioned(a_field(2), comparison))
    assert shown(form) == {"1"}
    unparsed = {"1": Answer(raw="trois")}
    assert showing(form, unparsed, TODAY) == shown_plainly(form, unparsed, TODAY) == {"1"}


def test_is_empty_is_made_for_what_is_missing() -> None:
    form = form_of(a_field(1), conditioned(a_field(2), when(1, Operator.EMPTY)))
    assert shown(form) == {"1", "2"}
    assert shown(form, q1="Brest") == {"1"}


def test_hiding_cascades() -> None:
    form = form_of(
        a_field(1, "yes_no"),
        conditioned(a_field(2, "yes_no"), YES),
        conditioned(a_field(3), when(2, Operator.EQ, False)),
        conditioned(a_field(4), when(2, Operator.EMPTY)),
    )
    assert shown(form, q1=True, q2=False) == {"1", "2", "3"}
    assert shown(form, q1=False, q2=False) == {"1", "4"}


def test_a_box_that_nobody_touched_is_not_ticked_and_a_hidden_one_is_neither() -> None:
    ticked, unticked = when(2, Operator.EQ, True), when(2, Operator.EQ, False)
    form = form_of(
        a_field(1, "yes_no"),
        conditioned(a_field(2, "checkbox"), YES),
        conditioned(a_field(3), ticked),
        conditioned(a_field(4), unticked),
    )
    assert shown(form, q1=True) == shown(form, q1=True, q2=False) == {"1", "2", "4"}
    assert shown(form, q1=True, q2=True) == {"1", "2", "3"}
    assert shown(form, q2=True) == shown(form, q2=False) == {"1"}


def test_the_condition_of_a_section_covers_all_that_stands_under_it() -> None:
    def title(id: int, level: int) -> object:
        return a_field(id, "header_section", header_section_level=level)

    form = form_of(
        a_field(1, "yes_no"),
        conditioned(title(2, 1), YES),  # type: ignore[arg-type]
        a_field(3),
        title(4, 2),
        a_field(5, "repetition", "", a_field(51)),
        title(6, 1),
        a_field(7),
    )
    row = {f"q5_{ROW}": True}
    assert shown(form, **row) == {"1", "6", "7"}
    assert shown(form, q1=True, **row) == {"1", "2", "3", "4", "5", f"51:{ROW}", "6", "7"}


def test_a_title_covers_only_its_own_level_and_below() -> None:
    form = form_of(
        a_field(1, "yes_no"),
        a_field(2, "header_section"),
        conditioned(a_field(3, "header_section", header_section_level=3), YES),
        a_field(4),
        a_field(5, "header_section", header_section_level=2),
        a_field(6),
    )
    assert shown(form) == {"1", "2", "5", "6"}


def test_in_a_row_conditions_speak_of_that_row_and_of_the_root() -> None:
    inner = conditioned(a_field(22), All((when(21, Operator.EQ, "Lundi"), YES)))
    days = a_field(21, "drop_down_list", drop_down_options=DAYS)
    form = form_of(a_field(1, "yes_no"), a_field(2, "repetition", "", days, inner))
    rows = {f"q2_{ROW}": True, f"q2_{OTHER_ROW}": True, f"q21_{ROW}": "Lundi", f"q21_{OTHER_ROW}": "Mardi"}
    always = {"1", "2", f"21:{ROW}", f"21:{OTHER_ROW}"}
    assert shown(form, q1=True, **rows) == {*always, f"22:{ROW}"}
    assert shown(form, q1=False, **rows) == always


def test_a_title_in_a_row_covers_the_rest_of_the_row() -> None:
    title = conditioned(a_field(22, "header_section"), when(21, Operator.EQ, True))
    form = form_of(a_field(2, "repetition", "", a_field(21, "yes_no"), title, a_field(23)), a_field(3))
    rows = {f"q2_{ROW}": True, f"q2_{OTHER_ROW}": True, f"q21_{ROW}": True}
    assert shown(form, **rows) == {
        "2", "3", f"21:{ROW}", f"22:{ROW}", f"23:{ROW}", f"21:{OTHER_ROW}"
    }  # fmt: skip


def test_a_hidden_block_hides_its_rows() -> None:
    form = form_of(a_field(1, "yes_no"), conditioned(a_field(2, "repetition", "", a_field(21)), YES))
    assert shown(form, **{f"q2_{ROW}": True}) == {"1"}


@pytest.mark.parametrize(
    "wrong",
    [
        when(9, Operator.FILLED),
        when(3, Operator.FILLED),
        when(2, Operator.FILLED),
        when(21, Operator.FILLED),
        when(1, Operator.INCLUDES, "Lundi"),
        when(1, Operator.EQ, "true"),
        when(1, Operator.EQ, None),
    ],
    ids=["gone", "later", "itself", "in a row", "no such operator", "wrong operand", "no operand"],
)
def test_a_comparison_that_cannot_be_made_is_false(wrong: Comparison) -> None:
    block = a_field(20, "repetition", "", a_field(21))
    form = form_of(a_field(1, "yes_no"), block, conditioned(a_field(2), wrong), a_field(3))
    rows = {f"q20_{ROW}": True, f"q21_{ROW}": "x"}
    assert "2" not in shown(form, q1=True, q2="x", q3="x", **rows)


def test_another_answer_is_compared_by_its_word() -> None:
    source = a_field(1, "drop_down_list", drop_down_options=DAYS, drop_down_other=True)
    form = form_of(
        source,
        conditioned(a_field(2), when(1, Operator.EQ, OTHER)),
        conditioned(a_field(3), when(1, Operator.ONE_OF, ("Lundi", OTHER))),
    )
    assert shown(form, q1=Other("Dimanche")) == shown(form, q1=Other("")) == {"1", "2", "3"}
    assert shown(form, q1="Lundi") == {"1", "3"}


def test_ages_depend_on_the_day() -> None:
    form = form_of(a_field(1, "date"), conditioned(a_field(2), when(1, Operator.OLDER, (18, "years"))))
    answers = {"1": Answer(value=TODAY.replace(year=TODAY.year - 18))}
    assert showing(form, answers, TODAY) == {"1", "2"}
    assert showing(form, answers, TODAY.replace(day=26)) == {"1"}


# -- compiled ------------------------------------------------------------------------------------------------------
@given(st.integers(0, 10**9))
def test_the_compiled_form_says_the_same_as_the_plain_reading(seed: int) -> None:
    random = Random(seed)
    form = a_random_form(random)
    for _ in range(6):
        answers = random_answers(form, random)
        assert showing(form, answers, TODAY) == shown_plainly(form, answers, TODAY)


@given(forms(), st.integers(0, 10**9))
def test_any_tree_compiles_whatever_it_speaks_of(form: Revision, seed: int) -> None:
    answers = random_answers(form, Random(seed))
    assert showing(form, answers, TODAY) == shown_plainly(form, answers, TODAY)


@given(st.integers(0, 10**9))
def test_entering_one_answer_is_the_same_as_reading_all_again(seed: int) -> None:
    random = Random(seed)
    form = a_random_form(random)
    answers, goal = random_answers(form, random), random_answers(form, random)
    made = compiled(form)
    facts = made.facts(answers)
    before = made.showing(facts, TODAY)
    for path in [path for path in answers if path not in goal]:
        made.enter(facts, path, None)
    for path in sorted(goal, key=lambda path: goal[path].value is not True):
        made.enter(facts, path, goal[path])
    after = made.showing(facts, TODAY)
    assert after == shown_plainly(form, goal, TODAY)
    changed = difference(before, after)
    assert (before | changed.shown) - changed.hidden == after
    assert not changed.shown & before and changed.hidden <= before


def test_what_did_not_change_is_no_difference() -> None:
    assert difference({"1"}, {"1"}) == Difference(frozenset(), frozenset())
    assert difference({"1", "2"}, {"1", "3"}) == Difference(frozenset({"3"}), frozenset({"2"}))


def test_words_of_a_form_never_reach_its_source() -> None:
    hostile = "'); import os #"
    source = a_field(1, "drop_down_list", hostile, drop_down_options=(hostile,))
    form = form_of(source, conditioned(a_field(2, "text", hostile), when(1, Operator.EQ, hostile)))
    assert "import" not in compiled(form).program.source
    assert shown(form, q1=hostile) == {"1", "2"}


def test_a_form_is_compiled_once_and_forgotten_with_it() -> None:
    form = form_of(a_field(1))
    assert compiled(form) is compiled(form)
    assert compiled(form) is not compiled(form_of(a_field(1)))
    kept = ref(compiled(form))
    del form
    gc.collect()
    assert kept() is None
