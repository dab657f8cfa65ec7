"""What anybody may read about a procedure before filing in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsbuilder import clock
from dsbuilder.actions.context import Context, part, public, reads
from dsbuilder.actions.forms import published_form
from dsbuilder.domain.details import Details, details_from_json
from dsbuilder.domain.documents import revision_from_json
from dsbuilder.domain.duration import minutes_with_conditions
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.permissions import Permission, may
from dsbuilder.domain.prefill import Prefilled, read_parameters
from dsbuilder.domain.procedure import ProcedureState, Revision
from dsbuilder.storage import lists, people, procedures
from dsbuilder.storage.tables import ProcedureRow


@dataclass(frozen=True, slots=True)
class PublicProcedure:
    """A procedure as its landing page shows it."""

    path: str
    title: str
    description: str
    organisation: str
    details: Details
    attachments: tuple[str, ...]
    minutes: int
    is_open: bool
    is_test: bool
    drafts: tuple[int, ...] = ()


@public
@reads
def procedure_at(ctx: Context, path: str, test: bool = False) -> PublicProcedure:
    """The procedure at a public address, open or closed; one that was never published only to those who may test it.

    Raises NotFound.
    """
    row, form = open_form(ctx, path, test)
    return PublicProcedure(
        path=row.path or path,
        title=form.title or row.title,
        description=form.description,
        organisation=people.organisation(ctx.db, row.organisation_id).name,
        details=details_from_json(row.details),
        attachments=_attachments(form),
        minutes=minutes_with_conditions(form),
        is_open=test or row.state == ProcedureState.PUBLISHED,
        is_test=test,
        drafts=lists.drafts_in(ctx.db, ctx.actor, row.id or 0, test=test) if ctx.actor.signed_in else (),
    )


@public
@reads
def prefill_at(ctx: Context, path: str, test: bool, parameters: Sequence[tuple[str, str]]) -> Prefilled:
    """What a link to a procedure would answer, before anything is begun. Raises NotFound."""
    _, form = open_form(ctx, path, test)
    return read_parameters(form, parameters, ctx.now, clock.local(ctx.now).date())


@part
def open_form(ctx: Context, path: str, test: bool) -> tuple[ProcedureRow, Revision]:
    """The procedure at `path` and the form that the reader would fill. Raises NotFound."""
    row = _found(ctx, path, test)
    if test:
        if not may(procedures.relations(ctx.db, ctx.actor, row.id or 0), Permission.PROCEDURE_TEST):
            raise NotFound
        return row, revision_from_json(row.draft)
    if row.published_revision_id is None:
        raise NotFound
    return row, published_form(ctx.db, row.published_revision_id)


def _found(ctx: Context, path: str, test: bool) -> ProcedureRow:
    # A procedure that was never published has no path: its number stands in its place.
    if test and path.isdecimal() and len(path) < 16:
        return procedures.get(ctx.db, ctx.actor, int(path))
    return procedures.by_path(ctx.db, path)


def _attachments(form: Revision) -> tuple[str, ...]:
    files = (field for field in form.walk() if field.type.control is Control.FILES)
    return tuple(to_text(field.label) for field in files)
