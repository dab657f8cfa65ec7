"""A maker of answers: valid ones for any form, one set for each branch, and answers that are just wrong.

Drawn from a `random.Random`, so that the same seed makes the same answers. They feed the demonstration, "try it" in
the editor, tests and measurements.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from types import MappingProxyType
from typing import Any

from ulid import ULID

from dsbuilder.domain.answering import Asked, hidden_answers, join_path, shown, walk
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.fields.base import Raw
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.proving import Prover
from dsbuilder.domain.showing import showing

OPTIONAL = 0.7  # of the optional questions are answered, unless told otherwise
ROWS = 3  # at most, of a block
TELLING = 0.5  # of the questions that conditions compare are answered with what they tell apart
_EPOCH = 1_767_225_600_000  # milliseconds: rows are dated 1 January 2026, so that they too come from the seed alone


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A valid dossier and one answer to enter in it that will be refused."""

    answers: Answers
    asked: Asked
    raw: Raw


def made_answers(revision: Revision, random: Random, today: date, *, optional: float = OPTIONAL) -> Answers:
    """Valid answers to every required question that shows, and to that part of the optional ones."""
    telling = _telling(revision, today) if revision.is_conditional else {}
    return _Maker(revision, random, today, optional, telling).made()


def several_made(revision: Revision, random: Random, today: date, count: int) -> Iterator[Answers]:
    """That many sets of valid answers, with rows in every block that shows."""
    telling = _telling(revision, today) if revision.is_conditional else {}
    for _ in range(count):
        yield _Maker(revision, random, today, OPTIONAL, telling, rows=True).made()


def answers_for_each_branch(revision: Revision, random: Random, today: date) -> Iterator[Answers]:
    """Sets of valid answers that together show each field that any valid answers show.

    A field that no answers show is left out, and so is one that shows only while what is required has no answer.
    """
    telling = _telling(revision, today) if revision.is_conditional else {}
    first = _Maker(revision, random, today, OPTIONAL, telling, rows=True).made()
    yield first
    missing = {field.id: field for field in revision.walk()}
    _strike(missing, revision, first, today)
    prover = Prover(revision, today, complete=True)
    for id in list(missing) if missing else ():
        outcome = prover.can_show(id)  # in the form's order: what is found of a field serves those after it
        if id in missing and outcome.witness is not None:
            made = _Maker(revision, random, today, OPTIONAL, telling, outcome.allowed, rows=True).made()
            yield made
            _strike(missing, revision, made, today)


def _strike(missing: dict[FieldId, Field], revision: Revision, answers: Answers, today: date) -> None:
    for path in showing(revision, answers, today):
        missing.pop(FieldId(int(path.partition(":")[0])), None)


def _telling(revision: Revision, today: date) -> dict[FieldId, tuple[Any, ...]]:
    """The answers that conditions tell apart, for each question that they compare."""
    return {id: question.samples.values for id, question in Prover(revision, today, complete=True).questions.items()}


def near_misses(revision: Revision, random: Random, today: date) -> Iterator[NearMiss]:
    """Every way to type something just wrong at one question, each in a dossier that is otherwise valid."""
    answers = made_answers(revision, random, today, optional=1)
    for asked in shown(revision, answers, today):
        if asked.field.type.asks and asked.field.type.control is not Control.FILES:
            for raw in asked.field.type.near_misses(asked.field.options):
                yield NearMiss(answers, asked, raw)


class _Maker:
    """Makes one set of answers: to everything first, then without what these answers hide.

    What is hidden compares as no answer, so leaving it out changes nothing of what shows.
    """

    def __init__(
        self,
        revision: Revision,
        random: Random,
        today: date,
        optional: float,
        telling: Mapping[FieldId, tuple[Any, ...]],
        allowed: Mapping[FieldId, tuple[Any, ...]] = MappingProxyType({}),
        *,
        rows: bool = False,
    ) -> None:
        self.revision, self.random, self.today, self.optional = revision, random, today, optional
        self.telling, self.allowed = telling, allowed
        self.always_rows = rows

    def made(self) -> Answers:
        """The answers."""
        answers: dict[str, Answer] = self._rows()
        for asked in walk(self.revision, answers.copy()):
            value = self._value(asked.field)
            if value is not None:
                answers[asked.path] = Answer(value)
        for path in hidden_answers(self.revision, answers, self.today):
            del answers[path]
        return answers

    def _rows(self) -> dict[str, Answer]:
        made = {}
        for block in self.revision.fields:
            if block.type.control is Control.ROWS and block.children and (self.always_rows or self._is_answered(block)):
                for _ in range(self.random.randint(1, ROWS)):
                    row = ULID.from_int((_EPOCH << 80) | self.random.getrandbits(80))
                    made[join_path(block.id, str(row))] = Answer(value=True)
        return made

    def _value(self, field: Field) -> Any:
        if not field.type.asks or field.type.control is Control.ROWS:
            return None
        if field.id in self.allowed:
            return self._allowed(field, self.allowed[field.id])
        if not self._is_answered(field):
            return None
        values = self.telling.get(field.id)
        if values and self.random.random() < TELLING:
            return self.random.choice(values)
        return field.type.made(field, self.random, self.today)

    def _allowed(self, field: Field, values: tuple[Any, ...]) -> Any:
        """One of `values`; none where that is among them, unless none would count as an answer or be missing."""
        answers = [value for value in values if value is not None]
        may_be_none = None in values and field.type.compared(None) is None
        if not answers or (may_be_none and not self._is_answered(field)):
            return None
        return self.random.choice(answers)

    def _is_answered(self, field: Field) -> bool:
        return field.required or self.random.random() < self.optional
