"""A draft brought onto a newer form: what was answered is kept by question, and what changed is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from dsbuilder.domain.answering import Asked, enter
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.errors import Refusal
from dsbuilder.domain.fields.base import Raw
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId, Revision


@dataclass(frozen=True, slots=True)
class Rebased:
    """The answers to enter again because their question changed, and the answered questions that are gone."""

    entered_again: Mapping[str, Answer]
    gone: tuple[str, ...]


def rebase(old: Revision, new: Revision, answers: Answers) -> Rebased:
    """What becomes of `answers` when the form changes from `old` to `new`.

    An unchanged question keeps its answer; a changed one has its answer entered again as it was typed, so that one
    that no longer fits is shown with its error; the answer to a question that is gone stays in the document, unread.
    """
    before, after = _by_id(old), _by_id(new)
    entered_again: dict[str, Answer] = {}
    gone: dict[FieldId, str] = {}
    for path, answer in answers.items():
        id = FieldId(int(path.partition(":")[0]))
        if id not in before or (answer.value is True and before[id].type.control is Control.ROWS):
            continue
        if id not in after:
            gone[id] = to_text(before[id].label)
        elif _asks_otherwise(before[id], after[id]):
            entered_again[path] = _entered(after[id], path, _typed(before[id], answer))
    return Rebased(entered_again, tuple(gone.values()))


def _by_id(revision: Revision) -> dict[FieldId, Field]:
    return {field.id: field for field in revision.walk()}


def _asks_otherwise(before: Field, after: Field) -> bool:
    return before.kind != after.kind or before.options != after.options


def _typed(field: Field, answer: Answer) -> Raw:
    if answer.raw is not None:
        raw: Raw = answer.raw
        return raw
    chosen, typed = field.type.chosen(answer.value), field.type.as_typed(answer.value)
    if len(chosen) > 1:
        return list(chosen)
    return typed or (chosen[0] if chosen else "")


def _entered(field: Field, path: str, raw: Raw) -> Answer:
    try:
        return enter(Asked(path, field), raw)
    except Refusal:  # the question takes nothing typed any more, such as one that became an attachment
        return Answer()
