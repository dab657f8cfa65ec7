"""A dossier as a document to keep: what its owner or its agents read on their page, gathered for paper."""

from datetime import datetime
from typing import Any

from dsbuilder import clock
from dsbuilder.actions import filling, instruction, my_dossiers
from dsbuilder.actions.allowance import Allowance
from dsbuilder.actions.context import Context, reads
from dsbuilder.documents.dossier_pdf import Sheet, Step, rendered
from dsbuilder.domain.details import details_from_json
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.dossier import DossierState, Person
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.reading import read
from dsbuilder.domain.texts import Language, Text
from dsbuilder.storage import dossiers, people
from dsbuilder.storage.tables import DossierRow, ProcedureRow

__all__ = ["Sheet", "for_agent", "for_applicant", "made_for", "rendered"]

made_for = Allowance(burst=60, per_second=0.5)  # documents of one account: each takes a thread of the server
_TOO_FAST = Text(
    "Beaucoup de documents viennent d’être demandés. Attendez une minute, puis recommencez.",
    "Many documents have just been asked for. Wait a minute, then try again.",
)


@reads
def for_applicant(ctx: Context, number: int, language: Language) -> Sheet:
    """The actor's own dossier, a draft too. Raises NotFound for anybody else's."""
    seen = my_dossiers.see(ctx, number)
    _take_one(ctx)
    filled = filling.read_dossier(ctx, number)
    return _sheet(
        ctx,
        dossiers.get(ctx.db, ctx.actor, number),
        title=seen.title,
        sections=read(filled.form, filled.answers, language, filled.day),
        history=[Step(one.event, clock.local(one.at), reason=one.reason) for one in seen.history],
        language=language,
    )


@reads
def for_agent(ctx: Context, procedure: int, number: int, language: Language) -> Sheet:
    """A dossier of a procedure that the actor instructs, with who did what and without its messages."""
    opened = instruction.open_dossier(ctx, number, procedure)
    _take_one(ctx)
    return _sheet(
        ctx,
        dossiers.get(ctx.db, ctx.actor, number),
        title=opened.procedure_title,
        sections=instruction.answers(ctx, number, language),
        history=[Step(one.event, clock.local(one.at), one.who, one.reason) for one in opened.history],
        language=language,
        account=opened.email,
    )


def _take_one(ctx: Context) -> None:
    if not made_for.allows(ctx.actor.account_id):
        raise Refused(_TOO_FAST)


def _sheet(ctx: Context, row: DossierRow, *, language: Language, **told: Any) -> Sheet:
    procedure = ctx.db.get_one(ProcedureRow, row.procedure_id)
    details = details_from_json(procedure.details)
    organisation = details.organisation or people.organisation(ctx.db, procedure.organisation_id).name
    return Sheet(
        number=row.id or 0,
        organisation=", ".join(filter(None, (details.service, organisation))),
        state=DossierState(row.state),
        requester=_in_full(person_from_json(row.requester)),
        is_test=row.test,
        deposited_at=_local(row.deposited_at),
        under_instruction_at=_local(row.under_instruction_at),
        processed_at=_local(row.processed_at),
        reason=row.reason,
        made_at=clock.local(ctx.now),
        language=language,
        asked_by=ctx.actor.account_id,
        **told,
    )


def _in_full(person: Person) -> str:
    return f"{person.civility} {person.name}".strip()


def _local(at: datetime | None) -> datetime | None:
    return clock.local(at) if at else None
