"""Telling applicants what happens to their dossier, in the words of an administrator where there are any."""

from dsbuilder import clock
from dsbuilder.actions import outbox
from dsbuilder.actions.context import Context, part
from dsbuilder.actions.forms import answers_of, day_of, form_of
from dsbuilder.domain.details import details_from_json
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.dossier import Event
from dsbuilder.domain.tag_values import TaggedDossier, values_of
from dsbuilder.domain.tags import filled
from dsbuilder.domain.texts import Language
from dsbuilder.domain.wording import wording_from_json
from dsbuilder.mails.dossier import standard, worded
from dsbuilder.storage import people, wordings
from dsbuilder.storage.tables import DossierRow, ProcedureRow


@part
def tell_applicant(ctx: Context, row: DossierRow, event: Event) -> None:
    """Have one mail go out about what has just happened, with the values that this transaction leaves."""
    applicant = people.account(ctx.db, row.applicant_id)
    language: Language = "en" if applicant.language == "en" else "fr"
    procedure = ctx.db.get_one(ProcedureRow, row.procedure_id)
    link = outbox.link(f"/dossiers/{row.id}", language)
    title = form_of(ctx.db, row).title or procedure.title
    letter = standard(link, event, number=row.id, procedure=title)
    own = wordings.find(ctx.db, row.procedure_id, event)
    if own is not None:
        wording = wording_from_json(own.document, own.language)
        values = values_of(tagged(ctx, row, procedure, link), wording.language)
        letter = worded(filled(wording.subject, values), filled(wording.body, values), letter)
        language = wording.language  # the whole mail is in one language: that of its author
    outbox.post(ctx, letter, applicant.email, language)


@part
def tagged(ctx: Context, row: DossierRow, procedure: ProcedureRow, link: str) -> TaggedDossier:
    """What tags may say of a dossier."""
    form = form_of(ctx.db, row)
    return TaggedDossier(
        number=row.id or 0,
        procedure=form.title or procedure.title,
        service=details_from_json(procedure.details).service,
        requester=person_from_json(row.requester),
        deposited_at=row.deposited_at and clock.local(row.deposited_at),
        updated_at=clock.local(row.updated_at),
        under_instruction_at=row.under_instruction_at and clock.local(row.under_instruction_at),
        processed_at=row.processed_at and clock.local(row.processed_at),
        reason=row.reason,
        link=link,
        form=form,
        answers=answers_of(row, form),
        day=day_of(row.deposited_at, ctx.now),
    )
