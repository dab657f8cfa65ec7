"""Beginning a dossier, saying whom it concerns, and giving it up."""

from collections.abc import Sequence
from dataclasses import replace

from dsbuilder import clock
from dsbuilder.actions.context import Context, Subject, part, record
from dsbuilder.actions.forms import answers_of, rewrite_keys
from dsbuilder.actions.linking import looked_up
from dsbuilder.actions.public import open_form
from dsbuilder.domain.answering import new_row, rows_of, split_path
from dsbuilder.domain.documents import Json, entry_of
from dsbuilder.domain.dossier import EDITABLE, AccountId, Civility, DossierState, Person
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.prefill import Prefilled, holds, read_parameters
from dsbuilder.domain.procedure import ProcedureState, Revision
from dsbuilder.domain.texts import Text
from dsbuilder.storage import dossiers, lists
from dsbuilder.storage.tables import DossierRow

MAX_DRAFTS = 20  # of one person in one procedure
MAX_NAME = 100

_CLOSED = Text(
    "Cette démarche est close : elle ne reçoit plus de nouveaux dossiers.",
    "This procedure is closed: it takes no new dossiers.",
)
_TOO_MANY_DRAFTS = Text(
    "Vous avez déjà 20 brouillons pour cette démarche. Continuez-en un, ou supprimez ceux qui ne servent plus.",
    "You already have 20 drafts for this procedure. Continue one of them, or delete those you no longer need.",
)
_TOO_LATE = Text(
    "Ce dossier est en cours d’examen : il ne peut plus être modifié. Écrivez au service depuis la page du dossier.",
    "This dossier is being examined: it can no longer be changed. Write to the service from the dossier’s page.",
)
_NOT_A_DRAFT = Text(
    "Ce dossier est déjà déposé : il ne peut plus être supprimé ici.",
    "This dossier is already submitted: it can no longer be deleted here.",
)


def start(
    ctx: Context, path: str, test: bool = False, again: bool = False, parameters: Sequence[tuple[str, str]] = ()
) -> int:
    """The number of a draft in the procedure: the only one that the actor has, unless `again`; otherwise a new one.

    With the parameters of a link, the draft that has all their answers already, otherwise a new one with them.
    """
    require(ctx.actor.relations, Permission.DOSSIER_CREATE)
    row, form = open_form(ctx, path, test)
    drafts = lists.drafts_in(ctx.db, ctx.actor, row.id or 0, test=test)
    prefilled = read_parameters(form, parameters, ctx.now, clock.local(ctx.now).date())
    if prefilled.count:
        known = next((number for number in drafts if _holds(ctx, number, form, prefilled)), None)
        if known is not None:
            return known
    elif len(drafts) == 1 and not again:
        return drafts[0]
    if not test and row.state != ProcedureState.PUBLISHED:
        raise Refused(_CLOSED)
    if len(drafts) >= MAX_DRAFTS:
        raise Refused(_TOO_MANY_DRAFTS)
    dossier = dossiers.create(
        ctx.db,
        procedure_id=row.id or 0,
        revision_id=None if test else row.published_revision_id,
        applicant_id=ctx.actor.account_id or 0,
        now=ctx.now,
        test=test,
    )
    entries = _first_entries(ctx, form, prefilled)
    if entries:
        dossiers.patch_answers(ctx.db, dossier.id or 0, entries, ctx.now)
    if prefilled.person:
        dossier.requester = {"civility": "", "first_name": "", "last_name": "", **prefilled.person}
        ctx.db.flush()
    record(ctx, "dossier_started", Subject("dossier", dossier.id))
    return dossier.id or 0


def _first_entries(ctx: Context, form: Revision, prefilled: Prefilled) -> dict[str, Json]:
    by = None if ctx.actor.account_id is None else AccountId(ctx.actor.account_id)
    entries: dict[str, Json] = dict.fromkeys(_first_rows(ctx, form, prefilled), True)
    for path, answer in prefilled.answers.items():
        if path in prefilled.rows:
            entries[path] = True
            continue
        asked = form.field(split_path(path)[0])
        entries[path] = entry_of(asked, looked_up(ctx, asked, replace(answer, at=ctx.now, by=by)))
    return entries


def _first_rows(ctx: Context, form: Revision, prefilled: Prefilled) -> list[str]:
    blocks = (field for field in form.fields if field.type.control is Control.ROWS)
    wanted = (block for block in blocks if block.required and block.children)
    return [new_row(block.id, ctx.now) for block in wanted if not rows_of(prefilled.answers, block.id)]


def _holds(ctx: Context, number: int, form: Revision, prefilled: Prefilled) -> bool:
    row = dossiers.get(ctx.db, ctx.actor, number)
    return holds(answers_of(row, form), prefilled)


def identify(ctx: Context, number: int, civility: str, first_name: str, last_name: str) -> None:
    """Say which person the dossier concerns. Raises Refused, naming the input, when a name is missing or too long."""
    row = mine_to_fill(ctx, number)
    person = Person(_civility(civility), _name(first_name, "first_name"), _name(last_name, "last_name"))
    row.requester = {
        "civility": person.civility,
        "first_name": person.first_name,
        "last_name": person.last_name,
    }
    row.updated_at = ctx.now
    ctx.db.flush()
    if row.state != DossierState.DRAFT:
        rewrite_keys(ctx.db, row, ctx.now)
    record(ctx, "dossier_identified", Subject("dossier", row.id))


def _civility(civility: str) -> str:
    if civility and civility not in set(Civility):
        raise Refused(Text("Choisissez Madame ou Monsieur.", "Choose Ms or Mr."), "civility")
    return civility


_NAMES = {
    "first_name": Text("Saisissez le prénom.", "Enter the first name."),
    "last_name": Text("Saisissez le nom.", "Enter the last name."),
}
_LONG_NAME = Text("100 caractères au plus. Abrégez ce nom.", "100 characters at most. Shorten this name.")


def _name(text: str, where: str) -> str:
    name = one_line(text)
    if not name:
        raise Refused(_NAMES[where], where)
    if len(name) > MAX_NAME:
        raise Refused(_LONG_NAME, where)
    return name


def discard_draft(ctx: Context, number: int) -> None:
    """Delete a draft of the actor's."""
    row = dossiers.get(ctx.db, ctx.actor, number, lock=True)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_DELETE)
    if row.state != DossierState.DRAFT:
        raise Refused(_NOT_A_DRAFT)
    dossiers.discard(ctx.db, row, ctx.now)
    record(ctx, "draft_deleted", Subject("dossier", row.id))


@part
def mine_to_fill(ctx: Context, number: int) -> DossierRow:
    """The actor's own dossier, held so that nobody starts its instruction meanwhile. Raises when it may not change."""
    row = dossiers.get(ctx.db, ctx.actor, number, lock=True)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_FILL)
    require_editable(row.state)
    return row


def require_editable(state: str) -> None:
    """Raise Refused once the answers of a dossier in that state may no longer change."""
    if DossierState(state) not in EDITABLE:
        raise Refused(_TOO_LATE)
