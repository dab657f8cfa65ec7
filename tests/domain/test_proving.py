"""What answers can show: a witness does show its field, and what is proven never to show never does."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain import proving
from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not, sources
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.interpreting import shown_plainly
from dsbuilder.domain.making_conditions import with_showable_conditions
from dsbuilder.domain.procedure import Field, Revision
from dsbuilder.domain.proving import ROW, Conflict, Demand, Outcome, Prover, Verdict, witness
from dsbuilder.domain.scopes import scope_of
from tests.domain.conditioned import DAYS, TODAY, a_random_form, conditioned, random_answers, telling_values
from tests.forms import a_field

Q1, Q2, Q3 = FieldId(1), FieldId(2), FieldId(3)


def when(source: int, operator: Operator, operand: object = None) -> Comparison:
    """A comparison with one field."""
    return Comparison(FieldId(source), operator, operand)  # type: ignore[arg-type]


def form_of(*fields: Field) -> Revision:
    """A form of these fields."""
    return Revision(fields)


def showing_q2(source: Field, condition: Condition, today: date = TODAY) -> Outcome:
    """Whether field 2 can show under a condition about field 1."""
    return Prover(form_of(source, conditioned(a_field(2), condition)), today).can_show(Q2)


def verdict(kind: str, *terms: Condition, **options: object) -> Verdict:
    """Whether all of `terms` can hold of one question."""
    return showing_q2(a_field(1, kind, **options), All(terms)).verdict


# -- one question --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "terms", "possible"),
    [
        ("integer_number", [when(1, Operator.GREATER, 300), when(1, Operator.LESS, 302)], True),
        ("integer_number", [when(1, Operator.GREATER, 300), when(1, Operator.LESS, 301)], False),
        ("decimal_number", [when(1, Operator.GREATER, 300), when(1, Operator.LESS, 301)], True),
        ("decimal_number", [when(1, Operator.GREATER, "0.001"), when(1, Operator.LESS, "0.002")], False),
        ("integer_number", [when(1, Operator.EQ, "12.5")], False),
        ("integer_number", [when(1, Operator.BETWEEN, (5, 3))], False),
        ("integer_number", [when(1, Operator.EQ, 10**29)], False),
        ("integer_number", [when(1, Operator.LESS, 10**29)], True),
        ("yes_no", [when(1, Operator.EQ, True), when(1, Operator.EQ, False)], False),
        ("yes_no", [when(1, Operator.EMPTY)], True),
        ("yes_no", [when(1, Operator.EMPTY), when(1, Operator.FILLED)], False),
        ("yes_no", [Not(when(1, Operator.EQ, True)), Not(when(1, Operator.EQ, False))], True),
        ("checkbox", [Not(when(1, Operator.EQ, True)), Not(when(1, Operator.EQ, False))], False),
        ("checkbox", [when(1, Operator.EQ, False)], True),
        ("checkbox", [Not(when(1, Operator.EQ, True))], True),
        ("integer_number", [Not(when(9, Operator.FILLED))], True),
        ("date", [when(1, Operator.GREATER, "2026-01-01"), when(1, Operator.LESS, "2026-01-03")], True),
        ("date", [when(1, Operator.GREATER, "2026-01-01"), when(1, Operator.LESS, "2026-01-02")], False),
        ("date", [when(1, Operator.OLDER, (3, "months")), when(1, Operator.YOUNGER, (4, "months"))], True),
        ("date", [when(1, Operator.OLDER, (4, "months")), when(1, Operator.YOUNGER, (3, "months"))], False),
        ("datetime", [when(1, Operator.GREATER, "2026-01-01T10:00"), when(1, Operator.LESS, "2026-01-01T10:02")], True),
        ("datetime", [when(1, Operator.GREATER, "2026-01-01T10:00"), when(1, Operator.LESS, "2026-01-01T10:01")], False),
        ("text", [when(1, Operator.EQ, "Brest")], True),
        ("text", [when(1, Operator.EQ, "Brest"), when(1, Operator.EQ, "Lyon")], False),
        ("text", [when(1, Operator.FILLED), Not(when(1, Operator.EQ, "Brest"))], True),
        ("text", [when(1, Operator.EQ, " Brest ")], False),
        ("civilite", [Not(when(1, Operator.EQ, "Mme")), when(1, Operator.NOT_EQ, "M.")], False),
        ("piece_justificative", [when(1, Operator.FILLED)], True),
        ("piece_justificative", [when(1, Operator.FILLED), when(1, Operator.EMPTY)], False),
        ("email", [when(1, Operator.FILLED)], True),
        ("phone", [when(1, Operator.FILLED)], True),
        ("integer_number", [AnyOf()], False),
        ("integer_number", [when(9, Operator.FILLED)], False),
    ],
)  # fmt: skip
def test_one_question_can_meet_all_demands_or_never_does(kind: str, terms: list[Condition], possible: bool) -> None:
    assert verdict(kind, *terms) is (Verdict.POSSIBLE if possible else Verdict.NEVER)


@pytest.mark.parametrize(
    ("terms", "possible"),
    [
        ([when(1, Operator.EQ, "Lundi")], True),
        ([when(1, Operator.EQ, "Dimanche")], False),
        ([when(1, Operator.NOT_EQ, "Lundi"), when(1, Operator.ONE_OF, ("Lundi", "Mardi"))], True),
        ([*(when(1, Operator.NOT_EQ, day) for day in DAYS)], False),
        ([*(Not(when(1, Operator.EQ, day)) for day in DAYS)], True),
    ],
)
def test_a_choice_is_one_of_its_options(terms: list[Condition], possible: bool) -> None:
    found = verdict("drop_down_list", *terms, drop_down_options=DAYS)
    assert found is (Verdict.POSSIBLE if possible else Verdict.NEVER)


@pytest.mark.parametrize(
    ("terms", "possible"),
    [
        ([when(1, Operator.INCLUDES, "Lundi"), when(1, Operator.INCLUDES, "Mardi")], True),
        ([when(1, Operator.INCLUDES, "Lundi"), when(1, Operator.INCLUDES_NONE, ("Lundi", "Mardi"))], False),
        ([when(1, Operator.INCLUDES_ALL, DAYS)], True),
        ([*(when(1, Operator.EXCLUDES, day) for day in DAYS)], False),
        ([*(when(1, Operator.EXCLUDES, day) for day in DAYS[1:])], True),
    ],
)
def test_several_choices_are_any_selection(terms: list[Condition], possible: bool) -> None:
    found = verdict("multiple_drop_down_list", *terms, drop_down_options=DAYS)
    assert found is (Verdict.POSSIBLE if possible else Verdict.NEVER)


def test_so_many_choices_that_not_every_selection_is_tried_are_not_known() -> None:
    many = tuple(f"Option {n}" for n in range(20))
    three = [when(1, Operator.INCLUDES, option) for option in many[:3]]
    others = [when(1, Operator.EXCLUDES, option) for option in many[3:12]]
    assert verdict("multiple_drop_down_list", *three, *others[:4], drop_down_options=many) is Verdict.POSSIBLE
    assert verdict("multiple_drop_down_list", *three, *others, drop_down_options=many) is Verdict.UNKNOWN


def test_bounds_of_a_question_count() -> None:
    assert verdict("integer_number", when(1, Operator.GREATER, 10), max_number=10) is Verdict.NEVER
    assert verdict("integer_number", when(1, Operator.GREATER_EQ, 10), max_number=10) is Verdict.POSSIBLE


def test_what_depends_on_the_day_is_not_said_to_be_never() -> None:
    born = a_field(1, "date")
    minor = All((when(1, Operator.LESS, "2000-01-01"), when(1, Operator.YOUNGER, (18, "years"))))
    assert showing_q2(born, minor).verdict is Verdict.NOT_TODAY
    assert showing_q2(born, minor, date(2010, 1, 1)).verdict is Verdict.POSSIBLE


def test_only_what_brings_a_moving_day_to_a_fixed_one_depends_on_the_day() -> None:
    young, far = when(1, Operator.YOUNGER, (0, "days")), when(1, Operator.GREATER, "2150-01-01")
    exclusive = All((far, when(1, Operator.LESS, "2000-01-01")))
    assert showing_q2(a_field(1, "date"), exclusive).verdict is Verdict.NEVER
    assert showing_q2(a_field(1, "date", date_in_past=True), far).verdict is Verdict.NOT_TODAY
    assert showing_q2(a_field(1, "date", date_in_past=True), young).verdict is Verdict.NEVER
    assert showing_q2(a_field(1, "date", end_date=date(2020, 1, 1)), young).verdict is Verdict.NOT_TODAY
    apart = All((when(1, Operator.OLDER, (2, "months")), when(1, Operator.YOUNGER, (40, "days"))))
    assert showing_q2(a_field(1, "date"), apart).verdict is Verdict.NOT_TODAY


# -- several questions ---------------------------------------------------------------------------------------------
def test_a_witness_is_as_short_as_it_can_be() -> None:
    form = form_of(
        a_field(1, "yes_no"),
        conditioned(a_field(2, "integer_number"), when(1, Operator.EQ, True)),
        conditioned(a_field(3), when(2, Operator.GREATER, 300)),
        a_field(4),
    )
    assert witness(form, Q3, TODAY) == {"1": Answer(value=True), "2": Answer(value=301)}
    assert witness(form, FieldId(4), TODAY) == {}


def test_a_field_whose_sources_exclude_each_other_never_shows() -> None:
    yes, no = when(1, Operator.EQ, True), when(1, Operator.EQ, False)
    form = form_of(
        a_field(1, "yes_no"),
        conditioned(a_field(2, "yes_no"), yes),
        conditioned(a_field(3), All((no, when(2, Operator.FILLED)))),
        conditioned(a_field(4), when(3, Operator.FILLED)),
    )
    prover = Prover(form, TODAY)
    assert prover.can_hold(Q3).verdict is Verdict.POSSIBLE
    outcome = prover.can_show(Q3)
    assert outcome.verdict is Verdict.NEVER
    assert outcome.witness is None
    assert {conflict.source for conflict in outcome.conflicts} == {1}
    (conflict,) = outcome.conflicts
    assert set(conflict.demands) == {Demand(Q3, no), Demand(Q2, yes)}
    assert prover.can_show(FieldId(4)).conflicts == (
        Conflict(Q3, (Demand(FieldId(4), when(3, Operator.FILLED)),), unseen=True),
    )


def test_a_proof_names_the_fewest_demands() -> None:
    terms = All((*(when(1, Operator.GREATER, n) for n in range(5)), when(1, Operator.LESS, 3)))
    (conflict,) = showing_q2(a_field(1, "integer_number"), terms).conflicts
    assert len(conflict.demands) == 2


def test_the_box_of_a_hidden_section_is_neither_ticked_nor_not() -> None:
    neither = All((Not(when(3, Operator.EQ, True)), Not(when(3, Operator.EQ, False))))
    title = conditioned(a_field(2, "header_section"), when(1, Operator.EQ, True))
    box, end = a_field(3, "checkbox"), a_field(4, "header_section")
    form = form_of(a_field(1, "yes_no"), title, box, end, conditioned(a_field(5), neither))
    found = witness(form, FieldId(5), TODAY)
    assert found is not None
    assert "5" in shown_plainly(form, found, TODAY)
    always = form_of(a_field(1, "yes_no"), a_field(2, "header_section"), box, end, conditioned(a_field(5), neither))
    assert Prover(always, TODAY).can_show(FieldId(5)).verdict is Verdict.NEVER


def test_a_field_of_a_block_is_shown_in_a_row() -> None:
    inner = conditioned(a_field(22), when(21, Operator.EQ, True))
    form = form_of(a_field(1, "yes_no"), conditioned(a_field(2, "repetition", "", a_field(21, "yes_no"), inner),
                                                     when(1, Operator.EQ, True)))  # fmt: skip
    assert witness(form, FieldId(22), TODAY) == {
        f"2:{ROW}": Answer(value=True),
        "1": Answer(value=True),
        f"21:{ROW}": Answer(value=True),
    }


def test_a_condition_that_always_holds_cannot_fail() -> None:
    form = form_of(
        a_field(1, "integer_number"),
        conditioned(a_field(2), AnyOf((when(1, Operator.EMPTY), when(1, Operator.FILLED)))),
        conditioned(a_field(3), AnyOf((when(1, Operator.LESS, 5), when(1, Operator.GREATER_EQ, 5)))),
        conditioned(a_field(4), when(1, Operator.LESS, 5)),
    )
    prover = Prover(form, TODAY)
    assert prover.can_fail(Q2).verdict is Verdict.NEVER
    assert prover.can_fail(Q3).verdict is Verdict.POSSIBLE
    assert prover.can_fail_answered(Q3).verdict is Verdict.NEVER
    assert prover.can_fail_answered(FieldId(4)).verdict is Verdict.POSSIBLE


def test_the_answers_that_make_a_condition_fail_show_what_stands_over_it() -> None:
    title = conditioned(a_field(2, "header_section"), when(1, Operator.EQ, True))
    under = conditioned(a_field(4), when(3, Operator.EMPTY))
    form = form_of(a_field(1, "yes_no"), title, conditioned(a_field(3), when(1, Operator.EQ, True)), under)
    failing = Prover(form, TODAY).can_fail(FieldId(4)).witness
    assert failing is not None
    assert {"2", "3"} <= shown_plainly(form, failing, TODAY)
    assert "4" not in shown_plainly(form, failing, TODAY)


def test_a_witness_is_that_of_the_day() -> None:
    form = form_of(a_field(1, "date"), conditioned(a_field(2), when(1, Operator.OLDER, (18, "years"))))
    found = witness(form, Q2, TODAY)
    assert found is not None
    assert found["1"].value == TODAY.replace(year=2008)


def test_the_plainest_answer_is_taken() -> None:
    days = a_field(1, "drop_down_list", drop_down_options=DAYS)
    form = form_of(days, conditioned(a_field(2), when(1, Operator.ONE_OF, DAYS[1:])))
    assert witness(form, Q2, TODAY) == {"1": Answer(value="Mardi")}


def test_a_search_that_takes_too_long_says_that_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "STEPS", 5)
    ways = All(tuple(AnyOf((when(1, Operator.EQ, n), when(1, Operator.EQ, -n))) for n in range(1, 9)))
    assert showing_q2(a_field(1, "integer_number"), ways).verdict is Verdict.UNKNOWN


def test_a_proof_names_every_demand_that_is_needed() -> None:
    days = a_field(1, "drop_down_list", drop_down_options=DAYS)
    (conflict,) = showing_q2(days, All(tuple(when(1, Operator.NOT_EQ, day) for day in DAYS))).conflicts
    assert len(conflict.demands) == len(DAYS)


# -- any form ------------------------------------------------------------------------------------------------------
@given(st.integers(0, 10**9))
def test_a_witness_shows_its_field_and_what_never_shows_never_does(seed: int) -> None:
    random = Random(seed)
    form = a_random_form(random)
    prover = Prover(form, TODAY)
    outcomes = {id: prover.can_show(id) for id in scope_of(form)}
    for id, outcome in outcomes.items():
        assert (outcome.witness is not None) is (outcome.verdict is Verdict.POSSIBLE)
        if outcome.witness is not None:
            assert prover.path(id) in shown_plainly(form, outcome.witness, TODAY)
    shown = {
        path.partition(":")[0] for _ in range(8) for path in shown_plainly(form, random_answers(form, random), TODAY)
    }
    assert not shown & {str(id) for id, outcome in outcomes.items() if outcome.verdict is not Verdict.POSSIBLE}


@given(st.integers(0, 10**9))
def test_what_is_proven_is_what_trying_every_answer_finds(seed: int) -> None:
    random = Random(seed)
    form = a_random_form(random, size=4)
    found = {path.partition(":")[0] for answers in every_answers(form) for path in shown_plainly(form, answers, TODAY)}
    prover = Prover(form, TODAY)
    for id in scope_of(form):
        verdict = prover.can_show(id).verdict
        assert (verdict is Verdict.POSSIBLE) is (str(id) in found)


def every_answers(form: Revision, today: date = TODAY) -> Iterator[dict[str, Answer]]:
    """Every answers that its conditions tell apart on that day, in one row of each block."""
    scope = scope_of(form)
    rows = {f"{id}:{ROW}": Answer(value=True) for id, placed in scope.items() if placed.field.children}
    spoken_of = {comparison for placed in scope.values() for comparison in sources(placed.field.condition)}
    values = {id: values for id, values in telling_values(form, today).items() if id in spoken_of}
    paths = [str(id) if scope[id].block is None else f"{id}:{ROW}" for id in values]
    for chosen in product(*[(None, *some) for some in values.values()]):
        answers = {path: Answer(value=value) for path, value in zip(paths, chosen, strict=True) if value is not None}
        yield {**rows, **answers}


def test_conditions_can_be_made_so_that_every_field_can_show() -> None:
    random = Random(7)
    form = with_showable_conditions(a_random_form(random, size=30), 25, TODAY, seed=3)
    prover = Prover(form, TODAY)
    assert all(prover.can_show(id).verdict is Verdict.POSSIBLE for id in prover.scope)
    assert sum(placed.field.condition is not None for placed in prover.scope.values()) > 10
