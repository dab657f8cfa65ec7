"""The dossiers of a procedure as tables: one of dossiers, and one for each repeatable block with a line for each row."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dsbuilder.domain.answering import shown
from dsbuilder.domain.dossier import STATE_LABELS, Answer, Answers, DossierState, Person
from dsbuilder.domain.fields.base import Column
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.rebase import converted
from dsbuilder.domain.texts import Language, Text

Place = tuple[FieldId | None, FieldId]  # the block, None at the root, and the field
Cells = tuple[Any, ...]  # of str, int, Decimal, bool, date, datetime, tuples of str, and None


@dataclass(frozen=True, slots=True)
class ExportedDossier:
    """One dossier as an agent may have it; instants as the clocks of the territory show them."""

    number: int
    email: str
    requester: Person
    state: DossierState
    archived: bool
    updated_at: datetime
    deposited_at: datetime | None
    under_instruction_at: datetime | None
    processed_at: datetime | None
    reason: str
    followers: tuple[str, ...]
    group: str
    form: Revision
    answers: Answers
    day: date  # that its conditions go by


_OWN: tuple[tuple[Text, Callable[[ExportedDossier, Language], Any]], ...] = (
    (Text("Numéro de dossier", "Dossier number"), lambda one, _: one.number),
    (Text("Adresse électronique", "E-mail address"), lambda one, _: one.email),
    (Text("Civilité du demandeur", "Title of the requester"), lambda one, _: one.requester.civility or None),
    (Text("Nom du demandeur", "Last name of the requester"), lambda one, _: one.requester.last_name or None),
    (Text("Prénom du demandeur", "First name of the requester"), lambda one, _: one.requester.first_name or None),
    (Text("État du dossier", "State of the dossier"), lambda one, language: STATE_LABELS[one.state][language]),
    (Text("Archivé", "Archived"), lambda one, _: one.archived),
    (Text("Dernière mise à jour", "Last changed"), lambda one, _: one.updated_at),
    (Text("Déposé le", "Submitted on"), lambda one, _: one.deposited_at),
    (Text("Passé en instruction le", "Instruction started on"), lambda one, _: one.under_instruction_at),
    (Text("Traité le", "Decided on"), lambda one, _: one.processed_at),
    (Text("Motif de la décision", "Reason of the decision"), lambda one, _: one.reason or None),
    (Text("Suivi par", "Followed by"), lambda one, _: one.followers or None),
    (Text("Groupe d’agents", "Group of agents"), lambda one, _: one.group or None),
)
_OF_ROWS = (Text("Numéro de dossier", "Dossier number"), Text("Ligne", "Row"))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `block` is None for that of the dossiers."""

    block: FieldId | None
    title: str
    heads: tuple[str, ...]


@dataclass(slots=True)
class _Asked:
    """A question of the tables: as it is asked now, or was last, and what was ever told of it."""

    question: Field
    columns: dict[str, Column] = field(default_factory=dict)
    start: int = 0  # where its columns begin


class Layout:
    """What the tables of a procedure hold: the questions of the newest of `forms`, then those that were taken out.

    A question keeps the meaning that it has in the newest form; an answer given when it asked for something else is
    converted as a draft would be, and written in words where it no longer fits.
    """

    def __init__(self, forms: Sequence[Revision], language: Language) -> None:
        self.language = language
        self._asked: dict[Place, _Asked] = {}
        self._blocks: dict[FieldId, str] = {}
        for form in forms:
            for top in form.fields:
                self._take_in(top, None)
        self.tables = tuple(self._tables())
        self._table_of = {table.block: place for place, table in enumerate(self.tables)}

    def _take_in(self, asked: Field, block: FieldId | None) -> None:
        if asked.type.control is Control.ROWS:
            self._blocks.setdefault(asked.id, to_text(asked.label))
            for child in asked.children:
                self._take_in(child, asked.id)
            return
        told = asked.type.columns(asked)
        known = self._asked.setdefault((block, asked.id), _Asked(asked))
        if known.question.kind == asked.kind:
            for column in told:
                known.columns.setdefault(column.name, column)

    def _tables(self) -> Iterator[Table]:
        yield Table(None, "", tuple(head[self.language] for head, _ in _OWN) + self._heads(None, len(_OWN)))
        for block, title in self._blocks.items():
            heads = tuple(head[self.language] for head in _OF_ROWS)
            if of_rows := self._heads(block, len(heads)):
                yield Table(block, title, heads + of_rows)

    def _heads(self, block: FieldId | None, start: int) -> tuple[str, ...]:
        """The heads of the questions of one table; those that would be the same say the number of their field."""
        told: list[tuple[str, FieldId]] = []
        for (its_block, id), asked in self._asked.items():
            if its_block == block:
                asked.start = start + len(told)
                told += [(to_text(column.label) or column.name, id) for column in asked.columns.values()]
        labels = Counter([*(label for label, _ in told), *(head[self.language] for head, _ in _OWN)])
        return tuple(label if labels[label] == 1 else f"{label} [{id}]" for label, id in told)

    # -- lines -----------------------------------------------------------------------------------------------------
    def lines(self, dossier: ExportedDossier) -> Iterator[tuple[int, Cells]]:
        """The lines of one dossier, each with the position of its table."""
        own = [read(dossier, self.language) for _, read in _OWN]
        main = own + [None] * (len(self.tables[0].heads) - len(own))
        rows: dict[tuple[int, str], list[Any]] = {}
        for asked in shown(dossier.form, dossier.answers, dossier.day):
            block = asked.block.id if asked.block else None
            known, table = self._asked.get((block, asked.field.id)), self._table_of.get(block)
            if known is None or table is None:
                continue
            line = main
            if asked.row:
                empty = [dossier.number, asked.position] + [None] * (len(self.tables[table].heads) - len(_OF_ROWS))
                line = rows.setdefault((table, asked.row), empty)
            answer = dossier.answers.get(asked.path, _NO_ANSWER)
            if known.columns:
                line[known.start : known.start + len(known.columns)] = _cells(asked.field, known, answer)
        yield 0, tuple(main)
        for (table, _), line in rows.items():
            yield table, tuple(line)


_NO_ANSWER = Answer()


def _cells(given: Field, known: _Asked, answer: Answer) -> list[Any]:
    if given.kind != known.question.kind:
        answer = converted(given, known.question, answer)
    if answer.value is None:
        # A form that changed lost nothing: what its question no longer holds is still told.
        first, *others = [column.read(None) for column in known.columns.values()]
        return [answer.former or first, *others]
    return [column.read(answer.value) for column in known.columns.values()]
