"""What shows, said term by term: the plain meaning of conditions. `showing.py` computes the same fast."""

from datetime import date
from typing import Any

from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.procedure import Field, Revision
from dsbuilder.domain.scopes import Placed, Scope, resolved, scope_of


def shown_plainly(revision: Revision, answers: Answers, today: date) -> frozenset[str]:
    """The paths of what shows, rows included."""
    scope = scope_of(revision)
    shown: set[str] = set()
    for top in revision.tops:
        _add(scope[top.id], "", answers, today, scope, shown)
        for row in _rows(top, answers):
            for child in top.children:
                _add(scope[child.id], row, answers, today, scope, shown)
    return frozenset(shown)


def _rows(block: Field, answers: Answers) -> list[str]:
    prefix = f"{block.id}:"
    return [path.removeprefix(prefix) for path in answers if path.startswith(prefix)] if block.children else []


def _add(placed: Placed, row: str, answers: Answers, today: date, scope: Scope, shown: set[str]) -> None:
    if placed.block is not None and str(placed.block.id) not in shown:
        return
    if placed.under is not None and _path(scope[placed.under.id], row) not in shown:
        return
    condition = placed.field.condition
    if condition is None or _Holds(placed, row, answers, today, scope, shown).holds(condition):
        shown.add(_path(placed, row))


def _path(placed: Placed, row: str) -> str:
    return f"{placed.id}:{row}" if placed.block is not None else str(placed.id)


class _Holds:
    """Whether conditions of one field hold, in one row when it has one."""

    def __init__(self, owner: Placed, row: str, answers: Answers, today: date, scope: Scope, shown: set[str]) -> None:
        self.owner, self.row, self.answers, self.today, self.scope, self.shown = (
            owner,
            row,
            answers,
            today,
            scope,
            shown,
        )

    def holds(self, condition: Condition) -> bool:
        if isinstance(condition, Comparison):
            return self.compares(condition)
        if isinstance(condition, All):
            return all(self.holds(term) for term in condition.terms)
        if isinstance(condition, AnyOf):
            return any(self.holds(term) for term in condition.terms)
        return not self.holds(condition.term)

    def compares(self, comparison: Comparison) -> bool:
        meant = resolved(comparison, self.owner, self.scope)
        if meant is None:
            return False
        value = self.value(meant.source)
        if value is None:
            return meant.criterion.of_nothing
        return meant.criterion.holds(value, meant.operand, self.today)

    def value(self, source: Placed) -> Any:
        path = _path(source, self.row)
        if path not in self.shown:
            return None
        answer = self.answers.get(path)
        return source.field.type.compared(None if answer is None else answer.value)
