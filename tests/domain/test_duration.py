"""How long a form takes to fill."""

import pytest

from dsbuilder.domain.duration import minutes_to_fill, seconds_of
from dsbuilder.domain.fields.base import CATALOGUE
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
