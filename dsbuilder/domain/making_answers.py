"""A maker of answers: valid ones for any form, one set for each branch, and answers that are just wrong.

Drawn from a `random.Random`, so that the same seed makes the same answers. They feed the demonstration, "try it" in
the editor, tests and measurements.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from ulid import ULID

from dsbuilder.domain.answering import Asked, join_path, walk
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.fields.base import Raw
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.procedure import Field, Revision

OPTIONAL = 0.7  # of the optional questions are answered, unless told otherwise
ROWS = 3  # at most, of a block
_EPOCH = 1_767_225_600_000  # milliseconds: rows are dated 1 January 2026, so that they too come from the seed alone


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A valid dossier and one answer to enter in it that will be refused."""

    answers: Answers
    asked: Asked
    raw: Raw


def made_answers(revision: Revision, random: Random, today: date, *, optional: float = OPTIONAL) -> Answers:
    """Valid answers to every required question, and to that part of the optional ones."""
    rows = _made_rows(revision, random, optional)
    return rows | {
        asked.path: answer
        for asked in walk(revision, rows)
        if (answer := _made(asked.field, random, today, optional)) is not None
    }


def near_misses(revision: Revision, random: Random, today: date) -> Iterator[NearMiss]:
    """Every way to type something just wrong at one question, each in a dossier that is otherwise valid."""
    answers = made_answers(revision, random, today, optional=1)
    for asked in walk(revision, answers):
        if asked.field.type.asks and asked.field.type.control is not Control.FILES:
            for raw in asked.field.type.near_misses(asked.field.options):
                yield NearMiss(answers, asked, raw)


def _made_rows(revision: Revision, random: Random, optional: float) -> dict[str, Answer]:
    made = {}
    for block in revision.fields:
        if block.type.control is Control.ROWS and block.children and _is_answered(block, random, optional):
            for _ in range(random.randint(1, ROWS)):
                row = ULID.from_int((_EPOCH << 80) | random.getrandbits(80))
                made[join_path(block.id, str(row))] = Answer(value=True)
    return made


def _made(field: Field, random: Random, today: date, optional: float) -> Answer | None:
    if not field.type.asks or field.type.control is Control.ROWS or not _is_answered(field, random, optional):
        return None
    value = field.type.made(field, random, today)
    return None if value is None else Answer(value)


def _is_answered(field: Field, random: Random, optional: float) -> bool:
    return field.required or random.random() < optional
