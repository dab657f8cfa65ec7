"""The keys that lists filter and sort by, derived from the answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dsbuilder.domain.answering import Asked, shown
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.texts import fold

LENGTH = 64  # characters of a text that lists compare


@dataclass(frozen=True, slots=True)
class Sought:
    """One key of one answer: `number` or `text`; `row` is empty outside a block."""

    field: FieldId
    column: str
    number: float | None = None
    text: str | None = None
    row: str = ""
    position: int = 0


def sought(revision: Revision, answers: Answers, day: date) -> list[Sought]:
    """Every key of the answers that parsed and that showed on that day, in the form's order."""
    return [key for asked in shown(revision, answers, day) for key in _keys(asked, answers)]


def _keys(asked: Asked, answers: Answers) -> Iterator[Sought]:
    answer = answers.get(asked.path)
    if answer is None or answer.value is None or not asked.field.type.asks:
        return
    for column in asked.field.type.columns(asked.field):
        if not column.sought:
            continue
        value = column.read(answer.value)
        for position, one in enumerate(value if isinstance(value, tuple) else (value,)):
            number, text = comparable(one)
            if number is not None or text is not None:
                yield Sought(asked.field.id, column.name, number, text, asked.row, position)


def comparable(value: Any) -> tuple[float | None, str | None]:
    """The number or the text that lists compare instead of a value; neither for none."""
    if value is None or value == "":
        return None, None
    if isinstance(value, bool | int | float | Decimal):
        return float(value), None
    if isinstance(value, datetime):
        return None, value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return None, value.isoformat()
    return None, fold(" ".join(str(value).split()))[:LENGTH].strip() or None
