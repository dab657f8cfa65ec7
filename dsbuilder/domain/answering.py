"""Where answers stand (paths and rows), how one is entered, and what is wrong with them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ulid import ULID

from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.errors import Invalid, NotFound, Refused
from dsbuilder.domain.fields.base import Raw
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import MAX_TEXT, TOO_LONG
from dsbuilder.domain.fields.lookups import Registered
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.showing import showing
from dsbuilder.domain.texts import Text

MAX_ROWS = 200  # rows of one block, so that one dossier cannot be made to fill the disk
_PATH = re.compile(r"([0-9]{1,15})(?::([0-9A-HJKMNP-TV-Z]{26}))?")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one path."""

    path: str
    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A field where it is asked: its path, and the row it stands in."""

    path: str
    field: Field
    block: Field | None = None
    row: str = ""
    position: int = 0


# -- paths and rows ------------------------------------------------------------------------------------------------
def split_path(path: str) -> tuple[FieldId, str]:
    """The field and the row (empty at root) that `path` names. Raises NotFound for anything else."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise NotFound()
    return FieldId(int(match[1])), match[2] or ""


def join_path(field: FieldId, row: str = "") -> str:
    """The path of a field, in a row of its block when there is one."""
    return f"{field}:{row}" if row else str(field)


def rows_of(answers: Answers, block: FieldId) -> list[str]:
    """The rows of a block, in their order."""
    prefix = f"{block}:"
    return sorted(path.removeprefix(prefix) for path in answers if path.startswith(prefix))


def new_row(block: FieldId, now: datetime, after: Iterable[str] = ()) -> str:
    """The path of a new row of a block, which sorts after those it has."""
    row, last = ULID.from_datetime(now), max(after, default="")
    if str(row) <= last:
        row = ULID.from_int(int(ULID.from_str(last)) + 1)
    return join_path(block, str(row))


def walk(revision: Revision, answers: Answers) -> Iterator[Asked]:
    """Everything that is asked or shown, in the page's order, rows unrolled; a block comes before its rows."""
    rows = _rows_by_block(revision, answers)
    for top in revision.fields:
        yield Asked(join_path(top.id), top)
        for position, row in enumerate(rows.get(top.id, ()), start=1):
            for child in top.children:
                yield Asked(join_path(child.id, row), child, top, row, position)


def shown(revision: Revision, answers: Answers, today: date) -> Iterator[Asked]:
    """What of `walk` shows on that day: whatever no condition hides."""
    if not revision.is_conditional:
        return walk(revision, answers)
    paths = showing(revision, answers, today)
    return (asked for asked in walk(revision, answers) if asked.path in paths)


def hidden(revision: Revision, answers: Answers, today: date) -> frozenset[str]:
    """The paths of what conditions hide on that day."""
    if not revision.is_conditional:
        return frozenset()
    paths = showing(revision, answers, today)
    return frozenset(asked.path for asked in walk(revision, answers) if asked.path not in paths)


def hidden_answers(revision: Revision, answers: Answers, today: date) -> list[str]:
    """The paths of the answers that conditions hide, and of the rows of hidden blocks: what no deposit holds."""
    away = hidden(revision, answers, today)
    return [path for path in answers if path in away or path.partition(":")[0] in away]


def _rows_by_block(revision: Revision, answers: Answers) -> dict[FieldId, list[str]]:
    rows: dict[FieldId, list[str]] = {top.id: [] for top in revision.fields if top.children}
    for path in sorted(answers) if rows else ():
        block, _, row = path.partition(":")
        if row and FieldId(int(block)) in rows:
            rows[FieldId(int(block))].append(row)
    return rows


def locate(revision: Revision, answers: Answers, path: str) -> Asked:
    """What is asked at `path`. Raises NotFound when the form asks nothing there."""
    id, row = split_path(path)
    for top in revision.fields:
        if top.id == id and not row:
            return Asked(path, top)
        for child in top.children:
            if child.id == id and row and row in rows_of(answers, top.id):
                return Asked(path, child, top, row)
    raise NotFound(Text("Cette question n’est plus dans le formulaire.", "This question is no longer in the form."))


# -- entering ------------------------------------------------------------------------------------------------------
def enter(asked: Asked, raw: Raw) -> Answer:
    """The answer that `raw` makes at a place: one that does not parse is kept as typed, to be shown with its error."""
    length = len(raw) if isinstance(raw, str) else sum(map(len, raw)) if isinstance(raw, list) else 0
    if length > MAX_TEXT:
        raise Refused(TOO_LONG, asked.path)
    type_ = asked.field.type
    if not type_.asks or type_.control in (Control.FILES, Control.ROWS):
        raise NotFound()
    try:
        return Answer(value=type_.parse(raw, asked.field.options))
    except Invalid:
        return Answer(raw=raw)


def chosen_at(asked: Asked, answers: Answers) -> tuple[str, ...]:
    """What is chosen at a place, whether or not it counts."""
    answer = answers.get(asked.path)
    if answer is None:
        return ()
    if answer.raw is not None:
        return tuple(answer.raw) if isinstance(answer.raw, list) else (str(answer.raw),)
    return asked.field.type.chosen(answer.value)


def with_toggled(asked: Asked, answers: Answers, choice: str, checked: bool) -> list[str]:
    """What is chosen once `choice` is ticked or no longer is; the others stay."""
    others = [value for value in chosen_at(asked, answers) if value != choice]
    return [*others, choice] if checked else others


def with_linked(asked: Asked, answers: Answers, level: int, choice: str) -> list[str]:
    """What is chosen in two linked lists once `choice` is in the first (`level` 1) or in the second."""
    chosen = chosen_at(asked, answers)
    return [choice] if level == 1 else [*chosen[:1], choice]


def parts_at(asked: Asked, answers: Answers) -> list[str]:
    """What stands in the inputs of an answer in several; nothing where one was searched instead."""
    offset = asked.field.type.control is Control.SEARCH  # what was searched comes before what describes it by hand
    return list(chosen_at(asked, answers))[int(offset) :]


def with_part(asked: Asked, answers: Answers, place: int, text: str) -> list[str]:
    """What stands in those inputs once `text` is in the one at `place`. Raises NotFound when there is none."""
    count = len(asked.field.type.parts(asked.field.options, "fr"))
    if not 0 <= place < count:
        raise NotFound()
    chosen = list(chosen_at(asked, answers))
    offset = int(asked.field.type.control is Control.SEARCH)
    filled = [*chosen, *[""] * (count + offset)][: count + offset]
    filled[place + offset] = text
    return filled


# -- what is wrong -------------------------------------------------------------------------------------------------
def problem_at(asked: Asked, answers: Answers, complete: bool, today: date | None = None) -> Text | None:
    """What is wrong at one place; with `complete`, a missing answer too; with `today`, what depends on the day."""
    field, answer = asked.field, answers.get(asked.path)
    type_ = field.type
    if answer is not None and answer.raw is not None:
        try:
            type_.parse(answer.raw, field.options)
        except Invalid as invalid:
            return invalid.text
        return None
    if complete and field.required and type_.asks and is_missing(asked, answers):
        return type_.missing(field.label)
    if answer is not None and today is not None:
        return type_.wrong_today(answer.value, field.options, today)
    return None


def is_missing(asked: Asked, answers: Answers) -> bool:
    """Whether nothing that counts was answered there."""
    type_ = asked.field.type
    if type_.control is Control.ROWS:
        return not rows_of(answers, asked.field.id)
    answer = answers.get(asked.path)
    return not type_.is_complete(None if answer is None else answer.value, asked.field.options)


def is_unsettled(answers: Answers) -> bool:
    """Whether an outside register has still to be asked about one of them."""
    return any(isinstance(one.value, Registered) and one.value.is_unsettled for one in answers.values())


def problems(revision: Revision, answers: Answers, complete: bool, today: date) -> tuple[Problem, ...]:
    """Everything that is wrong with what shows, in the page's order."""
    found = ((asked, problem_at(asked, answers, complete, today)) for asked in shown(revision, answers, today))
    return tuple(Problem(asked.path, asked.field.label, text) for asked, text in found if text is not None)
