"""A draft brought onto a newer form: what still fits is kept, what does not is kept in words and listed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from dsbuilder.domain.answering import split_path
from dsbuilder.domain.dossier import Answer, Answers, SetAside
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import FieldType, Raw
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.lookups import settles
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId, Revision


class Fate(StrEnum):
    """What becomes of one answer; one that is simply kept has none."""

    CONVERTED = "converted"  # it means the same in another form
    TO_CORRECT = "to_correct"  # the question no longer takes it, or not all of it: it is said beside the question
    SET_ASIDE = "set_aside"  # the question is gone, or stands elsewhere


@dataclass(frozen=True, slots=True)
class Rebased:
    """What to write over the answers: those that changed, and those to set aside; all others stay as they are."""

    entered_again: Mapping[str, Answer]
    set_aside: Mapping[str, SetAside]
    fates: Mapping[str, Fate]


def rebase(old: Revision, new: Revision, answers: Answers) -> Rebased:
    """What becomes of `answers` when the form changes from `old` to `new`."""
    return Rebase(old, new).of(answers)


class Rebase:
    """The way from one form to another, made once for any number of dossiers."""

    def __init__(self, old: Revision, new: Revision) -> None:
        self.before, self.after = _places(old), _places(new)

    @cached_property
    def touched(self) -> frozenset[FieldId]:
        """The questions whose answers may not simply stay."""
        return frozenset(id for id in self.before if self._moves(id) or self._asks_otherwise(id))

    def of(self, answers: Answers) -> Rebased:
        """What becomes of these answers."""
        entered: dict[str, Answer] = {}
        aside: dict[str, SetAside] = {}
        fates: dict[str, Fate] = {}
        for path, answer in answers.items():
            id = split_path(path)[0]
            if id not in self.touched:
                continue
            field = self.before[id].field
            if self._moves(id):
                if words := _in_words(field, answer):
                    aside[path], fates[path] = SetAside(self.before[id].label, words), Fate.SET_ASIDE
                continue
            again = converted(field, self.after[id].field, answer)
            other = field.kind != self.after[id].field.kind or settles(again.value, answer.value)
            if again != answer or other:  # a decimal 0 equals a whole one, and words looked up those that were not
                entered[path] = again
            if again != answer and _in_words(field, answer):
                fates[path] = Fate.TO_CORRECT if again.raw is not None or again.former else Fate.CONVERTED
        return Rebased(entered, aside, fates)

    def _moves(self, id: FieldId) -> bool:
        return id not in self.after or self.before[id].block != self.after[id].block

    def _asks_otherwise(self, id: FieldId) -> bool:
        before, after = self.before[id].field, self.after[id].field
        return before.kind != after.kind or before.options != after.options


@dataclass(frozen=True, slots=True)
class _Place:
    field: Field
    block: FieldId | None
    label: str


def _places(revision: Revision) -> dict[FieldId, _Place]:
    found = {}
    for top in revision.fields:
        found[top.id] = _Place(top, None, to_text(top.label))
        for child in top.children:
            found[child.id] = _Place(child, top.id, f"{to_text(top.label)} – {to_text(child.label)}")
    return found


# -- one answer ---------------------------------------------------------------------------------------------------
def may_take_over(before: FieldType, after: FieldType) -> bool:
    """Whether answers of the one kind are entered again as answers of the other (the reference's table)."""
    return before.kind == after.kind or after.kind in before.may_become


def converted(before: Field, after: Field, answer: Answer) -> Answer:
    """The answer once its question is `after`: entered again, and said in words as far as it no longer fits."""
    words = _words(before, answer)
    if before.kind == after.kind and not (words and _is_entered(after)):
        return answer
    former = answer.former or _in_words(before, answer)
    if not (words and may_take_over(before.type, after.type) and _is_entered(after)):
        return replace(answer, value=None, raw=None, former=former)
    raw = after.type.take_over(words) if answer.raw is None or before.kind != after.kind else answer.raw
    try:
        value = after.type.parse(raw, after.options)
    except Invalid:
        return replace(answer, value=None, raw=raw, former=former)
    kept = value is not None and _holds(after, raw, value, words)
    return replace(answer, value=value, raw=None, former=answer.former if kept else former)


def _is_entered(field: Field) -> bool:
    return field.type.asks and field.type.control not in (Control.FILES, Control.ROWS)


def _words(field: Field, answer: Answer) -> tuple[str, ...]:
    """What the answer says, for another type to read."""
    raw: Raw | None = answer.raw
    if raw is not None:
        return tuple(text for text in (raw if isinstance(raw, list) else [str(raw)]) if text)
    return () if answer.value is None else field.type.hand_over(answer.value, field.options)


def _in_words(field: Field, answer: Answer) -> str:
    """What the answer says, for people; a row of a block says nothing itself."""
    if field.type.control is Control.ROWS:
        return ""
    shown = field.type.display(answer.value, field.options) if answer.raw is None else ", ".join(_words(field, answer))
    return shown or answer.former


def _holds(after: Field, raw: Raw, value: object, words: tuple[str, ...]) -> bool:
    """Whether nothing of what was said is lost: a time cut from its day, choices beyond the first, a second list's."""
    said = raw if isinstance(raw, str | list) else ""
    if not all(word in said for word in words):
        return False
    again = after.type.hand_over(value, after.options)
    return len(words) == 1 or all(any(word in text for text in again) for word in words)
