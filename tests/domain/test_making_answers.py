"""Made answers: valid, the same for one seed, and just wrong where asked to be."""

import gzip
import json
import os
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dsbuilder.domain.answering import enter, hidden_answers, problem_at, problems, rows_of
from dsbuilder.domain.documents import answers_from_json, answers_to_json
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.interpreting import shown_plainly
from dsbuilder.domain.making_answers import ROWS, answers_for_each_branch, made_answers, near_misses
from dsbuilder.domain.making_conditions import with_showable_conditions
from dsbuilder.domain.open_data import read_procedure
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.proving import Prover
from tests.domain.conditioned import a_random_form, conditioned
from tests.domain.test_proving import every_answers, when
from tests.forms import a_field, a_form
from tests.strategies import forms, next_ids

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("DSBUILDER_REAL_PROCEDURES", ROOT.parent / "shared" / "data")) / "real_procedures.jsonl.gz"
FEW = 30
FORM = a_form(
    a_field(1, "text", "Nom"),
    a_field(2, "repetition", "Enfant", a_field(3, "text", "Prénom"), a_field(4, "date", "Né le", date_in_past=True)),
    a_field(5, "email", required=False),
    a_field(6, "integer_number", "Âge", min_number=18, max_number=19),
    a_field(7, "header_section", "Titre"),
)


def wrong(revision: Revision, answers: Answers, today: date = TODAY) -> list[str]:
    """What keeps these answers from being deposited."""
    return [f"{problem.label}: {problem.text.en}" for problem in problems(revision, answers, True, today)]


def test_required_questions_are_answered_and_rows_are_filled() -> None:
    answers = made_answers(FORM, Random(7), TODAY, optional=0)
    rows = rows_of(answers, FieldId(2))
    assert 1 <= len(rows) <= ROWS
    assert set(answers) == {"1", "6", *(f"{id}:{row}" for id in (2, 3, 4) for row in rows)}
    assert answers["6"].value in (18, 19)
    assert not wrong(FORM, answers)


def test_optional_questions_are_answered_on_demand() -> None:
    assert "5" in made_answers(FORM, Random(7), TODAY, optional=1)


def test_a_seed_makes_the_same_answers_and_another_one_others() -> None:
    made = [made_answers(FORM, Random(seed), TODAY) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


def test_words_fit_their_label() -> None:
    made = made_answers(a_form(a_field(1, "text", "Code postal"), a_field(2, "text", "Prénom")), Random(1), TODAY)
    assert made["1"].value.isdigit()
    assert made["2"].value.isalpha()


@given(forms(), st.integers(0, 1000), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_what_is_made_for_any_form_is_right_as_far_as_it_goes_and_can_be_kept(
    revision: Revision, seed: int, today: date
) -> None:
    answers = made_answers(revision, Random(seed), today)
    assert not {problem.path for problem in problems(revision, answers, True, today)} & set(answers)
    document = json.loads(json.dumps(answers_to_json(revision, answers)))
    assert answers_from_json(revision, document) == answers


CONDITIONAL = a_form(
    a_field(1, "yes_no"),
    conditioned(a_field(2, "integer_number"), when(1, Operator.EQ, True)),
    conditioned(a_field(3, "text"), when(2, Operator.GREATER, 1_000_000)),
    conditioned(a_field(4, "repetition", "Enfant", a_field(5, "text")), when(1, Operator.EQ, False)),
    conditioned(a_field(6, "text"), when(1, Operator.EMPTY)),
    conditioned(a_field(7, "text"), when(3, Operator.EMPTY)),
)


def test_what_shows_is_answered_and_nothing_that_is_hidden() -> None:
    made = [made_answers(CONDITIONAL, Random(seed), TODAY, optional=0) for seed in range(20)]
    assert {answers["1"].value for answers in made} == {True, False}
    for answers in made:
        ids = {path.partition(":")[0] for path in answers}
        assert {"1", "2"} <= ids and not ids & {"4", "5"} if answers["1"].value else {"4", "5"} < ids and "2" not in ids


def test_branches_show_all_that_a_valid_dossier_may_show() -> None:
    branches = list(answers_for_each_branch(CONDITIONAL, Random(1), TODAY))
    assert seen(CONDITIONAL, branches) == {1, 2, 3, 4, 5, 7}  # 6 only shows while what is required is missing
    assert not any(wrong(CONDITIONAL, answers) for answers in branches)


def test_a_form_without_conditions_has_one_branch() -> None:
    assert len(list(answers_for_each_branch(FORM, Random(1), TODAY))) == 1


def seen(revision: Revision, branches: list[Answers]) -> set[int]:
    """The fields that some of these answers show."""
    shown = (path for answers in branches for path in shown_plainly(revision, answers, TODAY))
    return {int(path.partition(":")[0]) for path in shown}


@given(st.integers(0, 10**9))
def test_made_answers_of_conditional_forms_are_valid_and_none_is_hidden(seed: int) -> None:
    form = a_random_form(Random(seed))
    for answers in (made_answers(form, Random(seed), TODAY), *answers_for_each_branch(form, Random(seed), TODAY)):
        assert not wrong(form, answers)
        assert not hidden_answers(form, answers, TODAY)
        assert answers_from_json(form, json.loads(json.dumps(answers_to_json(form, answers)))) == answers


@given(st.integers(0, 10**9))
@example(5727783)  # days around that very day tell apart what shows
def test_branches_show_all_that_trying_every_answer_shows(seed: int) -> None:
    form = a_random_form(Random(seed), size=4, annotated=False)
    compared = set(Prover(form, TODAY).questions)
    possible = set()
    for answers in every_answers(form, TODAY):
        missing = {int(problem.path.partition(":")[0]) for problem in problems(form, answers, True, TODAY)}
        if not missing & compared:  # whatever no condition speaks of may be answered besides
            possible |= seen(form, [answers])
    assert seen(form, list(answers_for_each_branch(form, Random(seed), TODAY))) == possible


def test_each_near_miss_is_one_refused_answer_in_a_valid_dossier() -> None:
    found = list(near_misses(FORM, Random(3), TODAY))
    assert {miss.asked.field.id for miss in found} == {1, 3, 4, 5, 6}
    for miss in found:
        assert not wrong(FORM, miss.answers)
        try:
            entered = enter(miss.asked, miss.raw)
        except Refused as refused:
            assert refused.text.fr
        else:
            assert problem_at(miss.asked, {**miss.answers, miss.asked.path: entered}, complete=False) is not None


def real_forms(count: int | None) -> list[Revision]:
    """That many real forms, spread over all of them."""
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        documents = list(islice(lines, None)) if count is None else list(lines)[:: max(1, 304 // count)][:count]
    return [read_procedure(json.loads(document), next_ids()).revision for document in documents]


@pytest.mark.skipif(not REAL.is_file(), reason="the real procedures are not there")
def test_what_is_made_for_real_procedures_is_valid() -> None:
    for seed, revision in enumerate(real_forms(FEW)):
        assert not wrong(revision, made_answers(revision, Random(seed), TODAY)), revision.title


@pytest.mark.skipif(not REAL.is_file(), reason="the real procedures are not there")
def test_branches_of_real_procedures_with_made_conditions_are_valid_and_show_all_that_can_show() -> None:
    for seed, revision in enumerate(real_forms(FEW)):
        all_branches_are_right(with_showable_conditions(revision, 30, TODAY, seed), seed)


def all_branches_are_right(form: Revision, seed: int) -> None:
    """The branches of a form are valid, hold nothing hidden, and show what is found to show in a valid dossier."""
    branches = list(answers_for_each_branch(form, Random(seed), TODAY))
    for answers in (made_answers(form, Random(seed), TODAY), *branches):
        assert not wrong(form, answers), form.title
        assert not hidden_answers(form, answers, TODAY), form.title
    prover = Prover(form, TODAY, complete=True)
    assert seen(form, branches) >= {int(id) for id in prover.scope if prover.can_show(id).witness is not None}


@pytest.mark.soak
@pytest.mark.skipif(not REAL.is_file(), reason="the real procedures are not there")
def test_what_is_made_for_every_real_procedure_is_valid_and_its_near_misses_are_refused() -> None:
    for seed, revision in enumerate(real_forms(None)):
        assert not wrong(revision, made_answers(revision, Random(seed), TODAY)), revision.title
        for miss in near_misses(revision, Random(seed), TODAY):
            try:
                assert enter(miss.asked, miss.raw).raw is not None, (revision.title, miss.asked.field.label)
            except Refused as refused:
                assert refused.text.en
