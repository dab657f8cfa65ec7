"""Checking a dossier and depositing it, exactly once."""

from dataclasses import dataclass

from dsbuilder.actions.context import Context, Subject, durable, reads, record
from dsbuilder.actions.filling import leave_out
from dsbuilder.actions.forms import answers_of, day_of, form_of, rewrite_keys
from dsbuilder.actions.looking_up import look_up_later
from dsbuilder.actions.rebasing import is_outdated
from dsbuilder.actions.telling import tell_applicant
from dsbuilder.actions.treating_files import mark_late
from dsbuilder.domain.answering import Problem, hidden_answers, problems
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.dossier import DEPOSITED, DossierState, Event, next_state
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.procedure import ProcedureState
from dsbuilder.domain.texts import Text, plural
from dsbuilder.storage import dossiers, procedures
from dsbuilder.storage.tables import DossierRow, ProcedureRow

_CHANGED_MEANWHILE = Text(
    "Le formulaire vient de changer : relisez vos réponses, puis déposez votre dossier.",
    "The form has just changed: read your answers again, then submit your dossier.",
)
_CLOSED_MEANWHILE = Text(
    "Cette démarche est close depuis que vous avez commencé : le dossier ne peut plus être déposé.",
    "This procedure was closed after you began: the dossier can no longer be submitted.",
)
_NO_NAME = Text(
    "Indiquez d’abord le nom de la personne que ce dossier concerne.",
    "First give the name of the person whom this dossier concerns.",
)


@dataclass(frozen=True, slots=True)
class Deposited:
    """A dossier that has just been deposited, or had been already."""

    number: int
    already: bool


@reads
def check(ctx: Context, number: int) -> tuple[Problem, ...]:
    """Everything that keeps the dossier from being deposited, in the page's order."""
    row = dossiers.get(ctx.db, ctx.actor, number)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_FILL)
    return _problems(ctx, row)


@durable
def submit(ctx: Context, number: int) -> Deposited:
    """Deposit the dossier; nothing when it is deposited already. Raises Refused while something is wrong."""
    row = dossiers.get(ctx.db, ctx.actor, number, lock=True)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_SUBMIT)
    if row.state in DEPOSITED:
        return Deposited(number, already=True)
    _refuse_unless_ready(ctx, row)
    _leave_out_hidden(ctx, row)
    mark_late(ctx, row)
    group = procedures.groups(ctx.db, row.procedure_id)[0]
    dossiers.change_state(
        ctx.db,
        row,
        Event.SUBMIT,
        next_state(DossierState(row.state), Event.SUBMIT),
        account_id=ctx.actor.account_id,
        now=ctx.now,
        group_id=group.id,
    )
    form = form_of(ctx.db, row)
    rewrite_keys(ctx.db, row, ctx.now)
    look_up_later(ctx, row, form)
    tell_applicant(ctx, row, Event.SUBMIT)
    record(ctx, "dossier_submitted", Subject("dossier", number))
    record(ctx, "dossier_submitted", Subject("procedure", row.procedure_id))
    return Deposited(number, already=False)


def _leave_out_hidden(ctx: Context, row: DossierRow) -> None:
    form = form_of(ctx.db, row)
    paths = hidden_answers(form, answers_of(row, form), day_of(row.deposited_at, ctx.now))
    if paths:
        leave_out(ctx, row, paths)
        ctx.db.refresh(row, ["answers"])


def _refuse_unless_ready(ctx: Context, row: DossierRow) -> None:
    if not row.test and ctx.db.get_one(ProcedureRow, row.procedure_id).state != ProcedureState.PUBLISHED:
        raise Refused(_CLOSED_MEANWHILE)
    if is_outdated(ctx.db, row):
        raise Refused(_CHANGED_MEANWHILE)
    if not person_from_json(row.requester).complete:
        raise Refused(_NO_NAME, "identity")
    found = _problems(ctx, row)
    if found:
        raise Refused(plural(len(found), _ONE_PROBLEM, _MANY_PROBLEMS), found[0].path)


_ONE_PROBLEM = Text("Une réponse est à corriger avant de déposer.", "One answer must be corrected before submitting.")
_MANY_PROBLEMS = Text(
    "{count} réponses sont à corriger avant de déposer.", "{count} answers must be corrected before submitting."
)


def _problems(ctx: Context, row: DossierRow) -> tuple[Problem, ...]:
    form = form_of(ctx.db, row)
    return problems(form, answers_of(row, form), complete=True, today=day_of(row.deposited_at, ctx.now))
