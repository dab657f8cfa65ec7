"""Procedures as their administrators have them: the list, making one, and what surrounds its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dsbuilder import clock
from dsbuilder.actions.context import Context, Subject, reads, record
from dsbuilder.domain.details import PAST, Details, details_from_json, to_complete, with_detail
from dsbuilder.domain.documents import revision_from_json, revision_to_json
from dsbuilder.domain.dossier import DossierState
from dsbuilder.domain.editing import MAX_LABEL, copies_of
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.entering import clean, one_line
from dsbuilder.domain.open_data import ImportedProcedure
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.prefill import PrefillExample, examples
from dsbuilder.domain.procedure import FieldId, ProcedureState, Revision
from dsbuilder.domain.texts import Text
from dsbuilder.storage import lists, people, procedures
from dsbuilder.storage.tables import ProcedureRow

IMPORTED_AT_ONCE = 50
WAITING = (DossierState.SUBMITTED, DossierState.UNDER_INSTRUCTION)

_TITLE_WANTED = Text("Donnez un titre à la démarche.", "Give the procedure a title.")
_TOO_MANY = Text("Choisissez 50 démarches au plus à la fois.", "Choose at most 50 procedures at a time.")
_NO_ORGANISATION = Text(
    "Votre compte n’appartient à aucune organisation. Demandez à un administrateur de vous inviter.",
    "Your account belongs to no organisation. Ask an administrator to invite you.",
)


@dataclass(frozen=True, slots=True)
class ListedProcedure:
    """One of my procedures, as the list shows it."""

    number: int
    title: str
    organisation: str
    state: ProcedureState
    path: str | None
    has_changes: bool
    dossiers: int
    waiting: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """All that surrounds the form of one procedure."""

    number: int
    title: str
    description: str
    organisation: str
    state: ProcedureState
    path: str | None
    has_changes: bool
    published_at: datetime | None
    closed_at: datetime | None
    details: Details
    to_complete: tuple[Text, ...]
    administrators: int
    instructors: int
    questions: int
    dossiers: int
    waiting: int
    prefill: tuple[PrefillExample, ...]


# -- reading ------------------------------------------------------------------------------------------------------
@reads
def my_procedures(ctx: Context) -> tuple[ListedProcedure, ...]:
    """The procedures that I administer, the last changed first."""
    require(ctx.actor.relations, Permission.PROCEDURE_CREATE)
    rows = procedures.administered(ctx.db, ctx.actor)
    ids = [row.id or 0 for row in rows]
    counts, edits = lists.counts_of(ctx.db, ids), procedures.last_edits(ctx.db, ids)
    names = people.organisation_names(ctx.db, {row.organisation_id for row in rows})
    listed = [
        ListedProcedure(
            number=row.id or 0,
            title=row.title,
            organisation=names[row.organisation_id],
            state=ProcedureState(row.state),
            path=row.path,
            has_changes=row.draft_changed and row.state != ProcedureState.DRAFT,
            dossiers=sum(counts.get(row.id or 0, {}).values()),
            waiting=_waiting(counts.get(row.id or 0, {})),
            changed_at=_changed_at(row, edits.get(row.id or 0)),
        )
        for row in rows
    ]
    return tuple(sorted(listed, key=lambda one: one.changed_at, reverse=True))


@reads
def overview(ctx: Context, number: int) -> Overview:
    """What surrounds the form of a procedure that I administer."""
    row = _administered(ctx, number)
    revision, details = revision_from_json(row.draft), details_from_json(row.details)
    counts = lists.counts_by_state(ctx.db, number)
    return Overview(
        number=number,
        title=revision.title,
        description=revision.description,
        organisation=people.organisation(ctx.db, row.organisation_id).name,
        state=ProcedureState(row.state),
        path=row.path,
        has_changes=row.draft_changed,
        published_at=row.published_at,
        closed_at=row.closed_at,
        details=details,
        to_complete=to_complete(details),
        administrators=len(procedures.administrators(ctx.db, number)),
        instructors=len(procedures.instructors(ctx.db, number)),
        questions=revision.questions,
        dossiers=sum(counts.values()),
        waiting=_waiting(counts),
        prefill=examples(revision),
    )


def _waiting(counts: dict[str, int]) -> int:
    return sum(counts.get(state, 0) for state in WAITING)


def _changed_at(row: ProcedureRow, edited_at: datetime | None) -> datetime:
    return max(at for at in (row.created_at, edited_at, row.published_at, row.closed_at) if at is not None)


# -- making -------------------------------------------------------------------------------------------------------
@reads
def may_create(ctx: Context) -> None:
    """Nothing, for who may make procedures; for a route to ask before it receives a large file. Raises Forbidden."""
    require(ctx.actor.relations, Permission.PROCEDURE_CREATE)


def create(ctx: Context, title: str) -> int:
    """A new procedure with an empty form; its number."""
    require(ctx.actor.relations, Permission.PROCEDURE_CREATE)
    title = _checked_title(title)
    return _create(ctx, Revision(title=title), {}, None)


def import_procedures(ctx: Context, imported: Sequence[ImportedProcedure]) -> tuple[int, ...]:
    """New procedures made of what a file held; their numbers."""
    require(ctx.actor.relations, Permission.PROCEDURE_CREATE)
    if len(imported) > IMPORTED_AT_ONCE:
        raise Refused(_TOO_MANY)
    return tuple(_import(ctx, one) for one in imported)


@reads
def export(ctx: Context, number: int) -> ImportedProcedure:
    """A procedure that I administer as its file would tell it: the draft, and what surrounds it."""
    row = _administered(ctx, number)
    draft = revision_from_json(row.draft)
    return ImportedProcedure(
        draft.title, draft.description, draft.fields, row.details, row.origin or {}, annotations=draft.annotations
    )


def set_detail(ctx: Context, number: int, name: str, entered: str) -> None:
    """Set one of the facts that surround the form. Raises Refused, with the name of what is wrong."""
    row = _administered(ctx, number, lock=True)
    changed = with_detail(row.details, name, clean(entered))
    closes_on = details_from_json(changed).closes_on
    if name == "closes_on" and closes_on is not None and closes_on < clock.local(ctx.now).date():
        raise Refused(PAST, name)  # typed halfway, it would close the procedure
    row.details = changed
    record(ctx, "described", Subject("procedure", number))


def _import(ctx: Context, imported: ImportedProcedure) -> int:
    count = sum(1 for _ in imported.revision.walk_all())
    ids = iter(procedures.new_field_ids(ctx.db, count) if count else ())
    tops, asked = copies_of(imported.revision.tops, lambda: FieldId(next(ids))), len(imported.fields)
    title = imported.title or _UNTITLED[ctx.actor.language]
    revision = Revision(tops[:asked], title, imported.description, tops[asked:])
    return _create(ctx, revision, dict(imported.details), dict(imported.origin))


_UNTITLED = Text("Démarche importée", "Imported procedure")


def _create(ctx: Context, revision: Revision, details: dict[str, object], origin: dict[str, object] | None) -> int:
    organisations = people.organisations_of(ctx.db, ctx.actor.account_id or 0)
    if not organisations:
        raise Refused(_NO_ORGANISATION)
    row = procedures.create(
        ctx.db,
        organisation_id=organisations[0].id or 0,
        administrator_id=ctx.actor.account_id or 0,
        title=revision.title,
        draft=revision_to_json(revision),
        details=details,
        origin=origin,
        now=ctx.now,
    )
    number = row.id or 0
    # Whoever makes a procedure may also instruct it, so that it never stands without an agent.
    procedures.add_instructor(ctx.db, number, ctx.actor.account_id or 0)
    record(ctx, "created", Subject("procedure", number))
    return number


def _checked_title(text: str) -> str:
    title = one_line(text)
    if not title:
        raise Refused(_TITLE_WANTED, "title")
    if len(title) > MAX_LABEL:
        raise Refused(Text("Ce titre est trop long. Raccourcissez-le.", "This title is too long. Shorten it."), "title")
    return title


def _administered(ctx: Context, number: int, *, lock: bool = False) -> ProcedureRow:
    row = procedures.get(ctx.db, ctx.actor, number, lock=lock)
    require(procedures.relations(ctx.db, ctx.actor, number), Permission.PROCEDURE_EDIT)
    return row
