"""How long a form takes to fill."""

from dataclasses import replace

import pytest

from dsbuilder.domain import duration
from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.duration import MOST_MADE, minutes_to_fill, minutes_with_conditions, seconds_of
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import Field, FieldId, Revision

TWENTY_EIGHT_WORDS = "mot " * 28  # 12 seconds at 140 words a minute


def a_field(kind: str, description: str = "", required: bool = True, children: tuple[Field, ...] = ()) -> Field:
    """A field that takes the time of its kind."""
    return Field(FieldId(1), kind, "Libellé", description, required, CATALOGUE[kind].Options(), children)


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        (a_field("text"), 10),
        (a_field("textarea"), 60),
        (a_field("piece_justificative"), 180),
        (a_field("text", TWENTY_EIGHT_WORDS), 22),
        (a_field("text", f"<p>{TWENTY_EIGHT_WORDS}</p>"), 22),
        (a_field("text", TWENTY_EIGHT_WORDS, required=False), 11),
        (a_field("text", required=False), 5),
        (a_field("header_section", TWENTY_EIGHT_WORDS, required=False), 12),
        (a_field("explication", TWENTY_EIGHT_WORDS, required=False), 12),
        (a_field("repetition"), 0),
    ],
    ids=lambda value: f"{value.kind} {value.required}" if isinstance(value, Field) else str(value),
)
def test_reading_and_filling_are_added_and_halved_where_optional(field: Field, seconds: float) -> None:
    assert seconds_of(field) == seconds


def test_rows_are_filled_two_and_a_half_times_and_read_once() -> None:
    rows = (a_field("text", TWENTY_EIGHT_WORDS), a_field("textarea", required=False))
    assert seconds_of(a_field("repetition", children=rows)) == (10 + 60) * 2.5 + 12
    assert seconds_of(a_field("repetition", required=False, children=rows)) == ((10 + 60) * 2.5 + 12) / 2


@pytest.mark.parametrize(("texts", "minutes"), [(0, 1), (1, 1), (8, 1), (9, 2), (14, 2), (15, 3)])
def test_minutes_are_rounded_and_never_less_than_one(texts: int, minutes: int) -> None:
    assert minutes_to_fill(Revision(fields=(a_field("text"),) * texts)) == minutes


# -- with conditions -----------------------------------------------------------------------------------------------
def asked(id: int, kind: str = "textarea", when: object = None, children: tuple[Field, ...] = ()) -> Field:
    """A question, shown when the first one is answered so."""
    condition = None if when is None else Comparison(FieldId(1), Operator.EQ, when)  # type: ignore[arg-type]
    return replace(a_field(kind, children=children), id=FieldId(id), condition=condition)


def test_without_conditions_both_estimates_agree() -> None:
    form = Revision((a_field("textarea"),) * 7)
    assert minutes_with_conditions(form) == minutes_to_fill(form) == 7


def test_of_questions_that_exclude_each_other_one_is_counted() -> None:
    form = Revision((asked(1, "yes_no"), *(asked(id, when=id % 2 == 0) for id in range(2, 22))))
    assert minutes_to_fill(form) == 20
    assert minutes_with_conditions(form) == 10


def test_what_never_shows_takes_no_time() -> None:
    form = Revision((asked(1, "yes_no"), *(asked(id, when="jamais") for id in range(2, 22))))
    assert minutes_with_conditions(form) == 1


def test_a_question_of_a_block_counts_for_the_rows_that_show_it() -> None:
    within = tuple(asked(10 + id, when=id % 2 == 0) for id in range(8))
    form = Revision((asked(1, "yes_no"), asked(2, "repetition", children=within)))
    assert minutes_to_fill(form) == 20
    assert minutes_with_conditions(form) == 10


def test_few_dossiers_are_made_of_a_long_form(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    several = duration.several_made
    monkeypatch.setattr(duration, "several_made", lambda *given: (made.append(given[-1]), several(*given))[1])
    for count in (10, 1_000):
        minutes_with_conditions(Revision((asked(1, "yes_no"), *(asked(id, "text", True) for id in range(2, count)))))
    assert made == [MOST_MADE, 2]
