"""The dossiers of a list, as tables: a page in each transaction, so that the longest list holds up nobody."""

from dataclasses import dataclass

from dsbuilder import clock
from dsbuilder.actions.context import Context, Subject, reads, record
from dsbuilder.actions.forms import answers_of, day_of, form_of, published_form
from dsbuilder.actions.listing import Wanted, listed, present_form
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.dossier import DossierState
from dsbuilder.domain.export import ExportedDossier, Layout
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.publication import suggested_paths
from dsbuilder.domain.texts import Language
from dsbuilder.storage import exporting, lists, procedures
from dsbuilder.storage.lists import Listed
from dsbuilder.storage.tables import DossierRow, ProcedureRow

AT_ONCE = 200  # dossiers read in one transaction


@dataclass(frozen=True, slots=True)
class Export:
    """What a file of dossiers will hold, and what to call it."""

    name: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """Some of the dossiers; `following` is empty after the last ones."""

    dossiers: tuple[ExportedDossier, ...]
    following: str


def begin(ctx: Context, procedure: int, language: Language) -> Export:
    """The tables of a procedure that the actor instructs; that they were asked for is noted."""
    row = _instructed(ctx, procedure)
    forms = [published_form(ctx.db, id) for id in exporting.revisions(ctx.db, procedure)]
    record(ctx, "dossiers_exported", Subject("procedure", row.id))
    name = next(suggested_paths(row.title), "") or "demarche"
    return Export(f"dossiers-{name}", Layout(forms or [present_form(ctx, row)], language))


@reads
def page(ctx: Context, procedure: int, wanted: Wanted, place: str = "", size: int = AT_ONCE) -> ExportedPage:
    """Some of the dossiers that are listed so, in that order, from `place` on."""
    row = _instructed(ctx, procedure)
    found = listed(ctx, row, wanted, place, size=size)
    numbers = [one.number for one in found.items]
    whole = exporting.whole(ctx.db, ctx.actor, numbers)
    followers = lists.followers(ctx.db, numbers)
    dossiers = tuple(
        _exported(ctx, one, *whole[one.number], tuple(followers.get(one.number, ())))
        for one in found.items
        if one.number in whole
    )
    return ExportedPage(dossiers, found.following)


def _instructed(ctx: Context, procedure: int) -> ProcedureRow:
    row = procedures.get(ctx.db, ctx.actor, procedure)
    require(procedures.relations(ctx.db, ctx.actor, procedure), Permission.PROCEDURE_INSTRUCT)
    return row


def _exported(ctx: Context, one: Listed, row: DossierRow, group: str, followers: tuple[str, ...]) -> ExportedDossier:
    form = form_of(ctx.db, row)
    return ExportedDossier(
        number=one.number,
        email=one.email,
        requester=person_from_json(row.requester),
        state=DossierState(row.state),
        archived=row.archived,
        updated_at=clock.local(row.updated_at),
        deposited_at=row.deposited_at and clock.local(row.deposited_at),
        under_instruction_at=row.under_instruction_at and clock.local(row.under_instruction_at),
        processed_at=row.processed_at and clock.local(row.processed_at),
        reason=row.reason,
        followers=followers,
        group=group,
        form=form,
        answers=answers_of(row, form),
        day=day_of(row.deposited_at, ctx.now),
    )
