"""Opening a procedure to the public, opening its next form, and closing it."""

from dataclasses import dataclass
from datetime import date, datetime

from dsbuilder import clock
from dsbuilder.actions.context import Context, Subject, by_platform, durable, reads, record
from dsbuilder.actions.foreseeing import effects_of
from dsbuilder.actions.trying import tryables, untried
from dsbuilder.domain.details import CLOSES_ON, details_from_json, to_complete
from dsbuilder.domain.differences import Difference, differences
from dsbuilder.domain.documents import revision_from_json, revision_to_json
from dsbuilder.domain.effects import Effects
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.procedure import ProcedureState, Revision
from dsbuilder.domain.publication import (
    Obstacle,
    checked_path,
    obstacles,
    suggested_paths,
)
from dsbuilder.domain.texts import Text
from dsbuilder.storage import procedures
from dsbuilder.storage.tables import ProcedureRow

_TAKEN = Text(
    "Une autre démarche a déjà cette adresse. Choisissez-en une autre, par exemple {example}.",
    "Another procedure has this address. Choose another, such as {example}.",
)
_NOT_YET = Text("Cette démarche ne peut pas encore être publiée : {reason}", "This cannot be published yet: {reason}")
_NOT_OPEN = Text("Cette démarche n’est pas publiée.", "This procedure is not published.")


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a draft and the public."""

    number: int
    title: str
    state: ProcedureState
    path: str
    revision_number: int
    last_published_at: datetime | None
    questions: int
    instructors: int
    obstacles: tuple[Obstacle, ...]
    to_complete: tuple[Text, ...]
    differences: tuple[Difference, ...]
    effects: Effects | None
    has_changes: bool


@reads
def readiness(ctx: Context, number: int) -> Readiness:
    """What forbids publishing, what is to complete, what would change, and what that does to dossiers in progress."""
    row = _administered(ctx, number)
    revision, details = revision_from_json(row.draft), details_from_json(row.details)
    instructors = len(procedures.instructors(ctx.db, number))
    last = None if row.published_revision_id is None else procedures.revision(ctx.db, row.published_revision_id)
    path = row.path or _suggested_path(ctx, row, revision)
    changes = () if last is None else differences(revision_from_json(last.document), revision)
    return Readiness(
        number=number,
        title=revision.title,
        state=ProcedureState(row.state),
        path=path,
        revision_number=1 if last is None else last.number + 1,
        last_published_at=None if last is None else last.published_at,
        questions=revision.questions,
        instructors=instructors,
        obstacles=_obstacles(ctx, number, revision, path, instructors, details.closes_on),
        to_complete=to_complete(details),
        differences=changes,
        effects=effects_of(ctx, number, revision) if changes else None,
        has_changes=row.draft_changed or last is None,
    )


@durable
def publish(ctx: Context, number: int, path: str) -> str:
    """Freeze the draft as the next revision and open the procedure with it; the path it stands under."""
    row = _administered(ctx, number, lock=True)
    path = checked_path(path)
    if procedures.path_is_taken(ctx.db, path, by_another_than=number):
        raise Refused(_TAKEN.format(example=_first_free(ctx, row, path)), "path")
    revision = revision_from_json(row.draft)
    instructors, closes_on = procedures.instructors(ctx.db, number), details_from_json(row.details).closes_on
    found = _obstacles(ctx, number, revision, path, len(instructors), closes_on)
    if found:
        raise Refused(_NOT_YET.format(reason=found[0].text), str(found[0].field or ""))
    # Read and written anew, so that what is frozen is what this version understands.
    document = revision_to_json(revision)
    procedures.publish(ctx.db, row, path=path, document=document, publisher_id=ctx.actor.account_id, now=ctx.now)
    row.title = revision.title
    record(ctx, "published", Subject("procedure", number))
    record(ctx, "published", Subject("draft", number))
    return path


@durable
def close(ctx: Context, number: int) -> None:
    """Take no new dossiers; those deposited stay with the agents."""
    row = _administered(ctx, number, lock=True)
    if row.state != ProcedureState.PUBLISHED:
        raise Refused(_NOT_OPEN)
    procedures.close(ctx.db, row, ctx.now)
    record(ctx, "closed", Subject("procedure", number))


@by_platform
@durable
def close_overdue(ctx: Context) -> None:
    """Close the procedures whose last day to deposit has passed on the clocks of the territory."""
    for row in procedures.open_with(ctx.db, CLOSES_ON):
        closes_on = details_from_json(row.details).closes_on
        if closes_on is not None and closes_on < _today(ctx):
            procedures.close(ctx.db, row, ctx.now)
            record(ctx, "closed", Subject("procedure", row.id))


def _obstacles(
    ctx: Context, number: int, revision: Revision, path: str, instructors: int, closes_on: date | None
) -> tuple[Obstacle, ...]:
    """All that forbids publishing now; an API that a question asks must have answered before."""
    labels = {field.id: to_text(field.label) for field in revision.walk_all()}
    waiting = untried(tryables(ctx, number, revision))
    untried_ones = (Obstacle(text, id, labels[id]) for id, text in waiting.items())
    return (*obstacles(revision, path, instructors, _today(ctx), closes_on), *untried_ones)


def _today(ctx: Context) -> date:
    return clock.local(ctx.now).date()


def _suggested_path(ctx: Context, row: ProcedureRow, revision: Revision) -> str:
    """A free path made from the title."""
    return _first_free(ctx, row, revision.title)


def _first_free(ctx: Context, row: ProcedureRow, title: str) -> str:
    number = row.id or 0
    free = (path for path in suggested_paths(title) if not procedures.path_is_taken(ctx.db, path, number))
    return next(free)


def _administered(ctx: Context, number: int, *, lock: bool = False) -> ProcedureRow:
    row = procedures.get(ctx.db, ctx.actor, number, lock=lock)
    require(procedures.relations(ctx.db, ctx.actor, number), Permission.PROCEDURE_PUBLISH)
    return row
