"""Editing the draft of a procedure, alone or with others: each edit is logged with its author and its inverse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from dsbuilder.actions.context import Context, Subject, reads, record
from dsbuilder.actions.looking_up import closed_kinds
from dsbuilder.actions.trying import Tryable, tryables
from dsbuilder.domain import arranging, draft_log, editing
from dsbuilder.domain.arranging import Step
from dsbuilder.domain.documents import revision_from_json, revision_to_json
from dsbuilder.domain.draft_log import Entry, Touched
from dsbuilder.domain.editing import Add, Change, Command, Describe, Remove
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.base import Raw, all_options_to_json, change_option
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import clean, one_line
from dsbuilder.domain.fields.reference_mapping import TO_AGENTS, TO_ALL, TO_NOBODY, sent_to
from dsbuilder.domain.filled_questions import fillable
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.procedure import Field, FieldId, ProcedureState, Revision
from dsbuilder.domain.texts import Text
from dsbuilder.storage import people, procedures
from dsbuilder.storage.tables import DraftCommand, ProcedureRow

Where = tuple[FieldId | None, FieldId | None]  # parent, and the field that comes next
LOG_SHOWN = 50
_NOT_OPEN = Text(
    "Cette installation n’a pas accès au registre que ce type de question consulte.",
    "This installation has no access to the register that this kind of question asks.",
)
_NO_SUCH_KIND = Text("Ce type de question n’existe pas.", "There is no such kind of question.")
_NOTHING_TO_UNDO = Text("Il n’y a rien à annuler.", "There is nothing to undo.")
_NOTHING_TO_REDO = Text("Il n’y a rien à rétablir.", "There is nothing to redo.")
_NO_LONGER = Text(
    "Cette modification ne peut plus être annulée : {reason}", "This edit can no longer be undone: {reason}"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being made, at one point of its log. `touched` is what changed since the point that the reader knew."""

    number: int
    revision: Revision
    sequence: int
    state: ProcedureState
    has_changes: bool
    can_undo: bool
    can_redo: bool
    touched: Touched | None = None
    added: FieldId | None = None
    tryables: Mapping[FieldId, Tryable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoggedEdit:
    """One line of the draft's history."""

    sequence: int
    at: datetime
    author: str
    command: Command
    undoes: bool
    label: str


# -- reading ------------------------------------------------------------------------------------------------------
@reads
def open_draft(ctx: Context, number: int) -> Draft:
    """The draft as it stands."""
    return _draft(ctx, _edited(ctx, number))


@reads
def may_edit(ctx: Context, number: int) -> None:
    """Nothing, for who may edit the draft; for a route to ask before it receives a file. Raises."""
    _edited(ctx, number)


@reads
def draft_since(ctx: Context, number: int, sequence: int) -> Draft:
    """The draft, and what changed after that point of its log."""
    row = _edited(ctx, number)
    return _draft(ctx, row, sequence)


@reads
def history(ctx: Context, number: int) -> tuple[LoggedEdit, ...]:
    """The latest edits, newest first, and who made them."""
    row = _edited(ctx, number)
    revision = revision_from_json(row.draft)
    lines = procedures.commands(ctx.db, number, limit=LOG_SHOWN)
    names = people.names_of(ctx.db, {line.author_id for line in lines if line.author_id is not None})
    return tuple(_logged(revision, line, names.get(line.author_id or 0, "")) for line in lines)


def _logged(revision: Revision, line: DraftCommand, author: str) -> LoggedEdit:
    command = draft_log.command_from_json(line.command)
    shown = draft_log.summary(revision, command) or draft_log.summary(
        revision, draft_log.command_from_json(line.inverse)
    )
    return LoggedEdit(line.sequence, line.at, author, command, line.undoes is not None, shown)


# -- editing ------------------------------------------------------------------------------------------------------
def add(ctx: Context, number: int, kind: str, parent: FieldId | None, before: FieldId | None, since: int) -> Draft:
    """A new field of that kind, with no label yet, just before another or last."""
    row = _edited(ctx, number, lock=True)
    return _add(ctx, row, kind, lambda revision: (parent, before), since)


def add_after(ctx: Context, number: int, kind: str, id: FieldId, since: int) -> Draft:
    """A new field of that kind just after another one; after its block when it may not stand in it."""
    row = _edited(ctx, number, lock=True)
    return _add(ctx, row, kind, lambda revision: arranging.after(revision, id, kind), since)


def _add(ctx: Context, row: ProcedureRow, kind: str, where: Callable[[Revision], Where], since: int) -> Draft:
    if kind not in CATALOGUE or not CATALOGUE[kind].offered:
        raise Refused(_NO_SUCH_KIND)
    if kind in closed_kinds():
        raise Refused(_NOT_OPEN)
    type_ = CATALOGUE[kind]
    id = FieldId(procedures.new_field_ids(ctx.db, 1)[0])
    field = Field(id, kind, required=type_.asks, options=type_.Options())

    def command(revision: Revision) -> Command:
        parent, before = where(revision)
        return Add(field, parent, arranging.index_before(revision, parent, before))

    return replace(_edit(ctx, row, command, since), added=id)


def duplicate(ctx: Context, number: int, id: FieldId, since: int) -> Draft:
    """The same field again, just after it, under new ids."""
    row = _edited(ctx, number, lock=True)
    revision = revision_from_json(row.draft)
    place, field = editing.place_of(revision, id), editing.field_of(revision, id)
    ids = iter(procedures.new_field_ids(ctx.db, 1 + len(field.children)))
    copy = editing.copy_of(field, lambda: FieldId(next(ids)))
    return replace(_edit(ctx, row, lambda _: Add(copy, place.parent, place.index + 1), since), added=copy.id)


def remove(ctx: Context, number: int, id: FieldId, since: int) -> Draft:
    """Take a field out, with what it holds."""
    row = _edited(ctx, number, lock=True)
    return _edit(ctx, row, lambda revision: Remove(id), since)


def move(ctx: Context, number: int, id: FieldId, parent: FieldId | None, before: FieldId | None, since: int) -> Draft:
    """Put a field just before another, or last; the title of a section takes its section along."""
    row = _edited(ctx, number, lock=True)
    return _edit(ctx, row, lambda revision: arranging.moved(revision, id, parent, before), since)


def move_a_step(ctx: Context, number: int, id: FieldId, direction: Step, since: int) -> Draft:
    """Move a field by one step, as buttons and keys do; nothing at the end of the way."""
    row = _edited(ctx, number, lock=True)
    return _edit(ctx, row, lambda revision: arranging.step(revision, id, direction), since)


def change(
    ctx: Context,
    number: int,
    id: FieldId,
    since: int,
    *,
    label: str | None = None,
    description: str | None = None,
    required: bool | None = None,
    kind: str | None = None,
) -> Draft:
    """Set a field's label, help, kind, or whether it must be answered."""
    row = _edited(ctx, number, lock=True)
    if kind is not None and kind in closed_kinds():
        raise Refused(_NOT_OPEN)
    command = Change(
        id,
        label=None if label is None else one_line(label),
        description=None if description is None else clean(description),
        required=required,
        kind=kind,
    )
    return _edit(ctx, row, lambda revision: command, since)


def set_option(ctx: Context, number: int, id: FieldId, name: str, raw: Raw, since: int) -> Draft:
    """Set one option of a field to what was entered. Raises Invalid with what is wrong."""
    row = _edited(ctx, number, lock=True)

    def command(revision: Revision) -> Change:
        field = editing.field_of(revision, id)
        options = change_option(field.type, field.options, name, raw)
        return Change(id, options={name: all_options_to_json(options)[name]})

    return _edit(ctx, row, command, since)


def set_table(ctx: Context, number: int, id: FieldId, name: str, lines: Sequence[str], since: int) -> Draft:
    """Set the table of a field to the lines of a file. Raises NotFound for an option that is no table."""
    row = _edited(ctx, number, lock=True)

    def command(revision: Revision) -> Change:
        options = fields(editing.field_of(revision, id).options)
        if not any(one.name == name and one.metadata.get("control") is Control.TABLE for one in options):
            raise NotFound
        return Change(id, options={name: list(lines)})

    return _edit(ctx, row, command, since)


def send_to(ctx: Context, number: int, id: FieldId, path: str, destination: str, since: int) -> Draft:
    """Have what stands there in the answer of a question's API shown to all, to agents, or fill another question."""
    row = _edited(ctx, number, lock=True)

    def command(revision: Revision) -> Change:
        asked = editing.field_of(revision, id)
        known = tryables(ctx, number, revision).get(id)
        leaf = next((one for one in known.tried.leaves if one.path == path), None) if known and known.tried else None
        offered = {TO_ALL, TO_AGENTS, TO_NOBODY, *(str(one.id) for one in fillable(revision, id))}
        if leaf is None or destination not in offered:
            raise NotFound
        options = asked.options
        taken, filled = sent_to(leaf, destination, options.referentiel_mapping, options.referentiel_prefill)
        return Change(id, options={"referentiel_mapping": taken, "referentiel_prefill": filled})

    return _edit(ctx, row, command, since)


def describe(
    ctx: Context, number: int, since: int, *, title: str | None = None, description: str | None = None
) -> Draft:
    """Set the title or the description of the procedure."""
    row = _edited(ctx, number, lock=True)
    command = Describe(
        title=None if title is None else one_line(title),
        description=None if description is None else clean(description),
    )
    return _edit(ctx, row, lambda revision: command, since)


def undo(ctx: Context, number: int, since: int) -> Draft:
    """Take back my own last edit that is in effect. Raises Refused when it no longer can be."""
    row = _edited(ctx, number, lock=True)
    return _take_back(ctx, row, since, draft_log.undoable, _NOTHING_TO_UNDO)


def redo(ctx: Context, number: int, since: int) -> Draft:
    """Do again what I last took back."""
    row = _edited(ctx, number, lock=True)
    return _take_back(ctx, row, since, draft_log.redoable, _NOTHING_TO_REDO)


# -- shared -------------------------------------------------------------------------------------------------------
def _edited(ctx: Context, number: int, *, lock: bool = False) -> ProcedureRow:
    row = procedures.get(ctx.db, ctx.actor, number, lock=lock)
    require(procedures.relations(ctx.db, ctx.actor, number), Permission.PROCEDURE_EDIT)
    return row


def _edit(
    ctx: Context,
    row: ProcedureRow,
    command: Callable[[Revision], Command | None],
    since: int,
    undoes: int | None = None,
) -> Draft:
    before = revision_from_json(row.draft)
    wanted = command(before)
    if wanted is None:
        return _draft(ctx, row, since, before)
    edited = editing.apply(before, wanted)
    if edited.revision == before and undoes is None:
        return _draft(ctx, row, since)
    procedures.append_command(
        ctx.db,
        row,
        command=draft_log.command_to_json(wanted),
        inverse=draft_log.command_to_json(edited.inverse),
        draft=revision_to_json(edited.revision),
        author_id=ctx.actor.account_id,
        now=ctx.now,
        undoes=undoes,
    )
    if row.state == ProcedureState.DRAFT:
        row.title = edited.revision.title
    record(ctx, "edited", Subject("draft", row.id))
    return _draft(ctx, row, since, edited.revision)


def _take_back(
    ctx: Context,
    row: ProcedureRow,
    since: int,
    choose: Callable[[list[Entry]], int | None],
    nothing: Text,
) -> Draft:
    sequence = choose(_own_entries(ctx, row))
    if sequence is None:
        raise Refused(nothing)
    inverse = draft_log.command_from_json(procedures.command(ctx.db, row.id or 0, sequence).inverse)
    try:
        return _edit(ctx, row, lambda revision: inverse, since, undoes=sequence)
    except Refused as refused:
        raise Refused(_NO_LONGER.format(reason=refused.text)) from None


def _own_entries(ctx: Context, row: ProcedureRow) -> list[Entry]:
    lines = procedures.log_of(ctx.db, row.id or 0, author_id=ctx.actor.account_id or 0)
    return [Entry(sequence, undoes) for sequence, undoes in lines]


def _draft(ctx: Context, row: ProcedureRow, since: int | None = None, revision: Revision | None = None) -> Draft:
    own = _own_entries(ctx, row)
    form = revision_from_json(row.draft) if revision is None else revision
    return Draft(
        number=row.id or 0,
        revision=form,
        sequence=row.draft_sequence,
        state=ProcedureState(row.state),
        has_changes=row.draft_changed,
        can_undo=draft_log.undoable(own) is not None,
        can_redo=draft_log.redoable(own) is not None,
        touched=None if since is None else _touched(ctx, row, since),
        tryables=tryables(ctx, row.id or 0, form),
    )


def _touched(ctx: Context, row: ProcedureRow, since: int) -> Touched:
    lines = procedures.commands_after(ctx.db, row.id or 0, since)
    return draft_log.touched(draft_log.command_from_json(line.command) for line in lines)
