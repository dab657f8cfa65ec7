"""What shows: a form compiled into one Python function of its answers and today, and what an answer changes.

`showing(revision, answers, today)` does all at once. Who changes one answer at a time keeps the facts:

    form = compiled(revision)
    facts = form.facts(answers)
    before = form.showing(facts, today)
    form.enter(facts, path, answer)
    changed = difference(before, form.showing(facts, today))
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dsbuilder.domain.compiling import Last, Place, Program, RowFacts, program
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.per_form import per_form
from dsbuilder.domain.procedure import FieldId, Revision

Shown = AbstractSet[str]  # paths


@dataclass(frozen=True, slots=True)
class Difference:
    """The paths that begin to show, and those that no longer do."""

    shown: Shown
    hidden: Shown


@dataclass(slots=True)
class Facts:
    """The answers in the shape that the compiled form reads: what it compares, at the root and in each row."""

    root: list[Any]
    rows: list[dict[str, RowFacts]]
    last: Last = field(default_factory=lambda: [None, None])


def showing(revision: Revision, answers: Answers, today: date) -> Shown:
    """The paths of what shows, those of rows included."""
    form = compiled(revision)
    return form.showing(form.facts(answers), today)


def difference(before: Shown, after: Shown) -> Difference:
    """What changed from one showing to the next."""
    if before is after:
        return _NO_DIFFERENCE
    return Difference(after - before, before - after)


_NO_DIFFERENCE = Difference(frozenset(), frozenset())


class CompiledForm:
    """One form, ready to say what shows."""

    def __init__(self, made: Program) -> None:
        self.program = made
        self._block_at: dict[FieldId, int] = {block.id: at for at, block in enumerate(made.blocks)}

    def showing(self, facts: Facts, today: date) -> Shown:
        """The paths of what shows."""
        return self.program.function(facts.root, facts.rows, today, facts.last)

    def facts(self, answers: Answers) -> Facts:
        """The answers in the shape that `showing` reads."""
        facts = Facts(_unanswered(self.program.root), [{} for _ in self.program.blocks])
        for path, answer in answers.items():
            block, _, row = path.partition(":")
            if row and FieldId(int(block)) in self._block_at:
                self.enter(facts, path, answer)
        for path, answer in answers.items():
            self._compare(facts, path, answer)
        return facts

    def enter(self, facts: Facts, path: str, answer: Answer | None) -> None:
        """Take in one answer, or a row that is added; None takes it away."""
        block, _, row = path.partition(":")
        at = self._block_at.get(FieldId(int(block))) if row else None
        if at is None:
            self._compare(facts, path, answer)
        elif answer is None:
            facts.rows[at].pop(row, None)
        elif row not in facts.rows[at]:
            made = self.program.blocks[at]
            facts.rows[at][row] = _unanswered(made.places), tuple(f"{child}:{row}" for child in made.children)

    def _compare(self, facts: Facts, path: str, answer: Answer | None) -> None:
        id, _, row = path.partition(":")
        value = None if answer is None else answer.value
        if not row:
            place = self.program.root.get(FieldId(int(id)))
            if place is not None:
                facts.root[place.slot] = place.compared(value)
            return
        place = self.program.in_rows.get(FieldId(int(id)))
        if place is not None and row in facts.rows[place.block]:
            facts.rows[place.block][row][0][place.slot] = place.compared(value)


def _unanswered(places: dict[FieldId, Place]) -> list[Any]:
    return [place.compared(None) for place in places.values()]


@per_form
def compiled(revision: Revision) -> CompiledForm:
    """The compiled form of a revision, made once for as long as that very revision lives."""
    return CompiledForm(program(revision))
