"""The mails of a procedure, as its administrators word them: read, save, restore, look at before sending."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from dsbuilder import clock
from dsbuilder.actions import outbox
from dsbuilder.actions.context import Context, Subject, reads, record
from dsbuilder.actions.forms import published_form
from dsbuilder.actions.telling import tagged
from dsbuilder.domain.details import details_from_json
from dsbuilder.domain.documents import revision_from_json
from dsbuilder.domain.dossier import DossierState, Event, Person
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.making_answers import made_answers
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.tag_values import TaggedDossier, field_of, values_of
from dsbuilder.domain.tags import Piece, Template, Use, filled, paragraphs
from dsbuilder.domain.texts import Language, Text
from dsbuilder.domain.wording import (
    MAX_BODY,
    MAX_SUBJECT,
    WORDED,
    Forms,
    MailTags,
    Wording,
    wording_from_json,
    wording_to_json,
)
from dsbuilder.mails.dossier import SEE, standard
from dsbuilder.mails.letters import GREETING
from dsbuilder.storage import dossiers, people, procedures, wordings
from dsbuilder.storage.tables import MailWording, ProcedureRow

_CHANGED_MEANWHILE = Text(
    "{who} a changé ce courriel pendant que vous écriviez\u00a0: rien n’a été enregistré. Copiez votre texte, "
    "rechargez la page, puis recommencez.",
    "{who} changed this mail while you were writing: nothing was saved. Copy your text, reload the page, then start again.",
)
_SOMEONE = Text("Quelqu’un", "Someone")
_NO_DOSSIER = Text(
    "Aucun dossier déposé de cette démarche que vous instruisez ne porte ce numéro.",
    "No submitted dossier of this procedure that you process has this number.",
)


@dataclass(frozen=True, slots=True)
class ListedMail:
    """One of the six mails; `subject` as it is written, with its tags."""

    event: Event
    subject: str
    is_own: bool
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProcedureMails:
    """The six mails of a procedure."""

    title: str
    mails: tuple[ListedMail, ...]


@dataclass(frozen=True, slots=True)
class OfferedTag:
    """A tag that may be put in a mail, as it is written there."""

    written: str
    of_form: bool


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """One mail to edit; `seen` goes back with what the administrator saves."""

    title: str
    subject: str
    body: str
    is_own: bool
    seen: str
    tags: tuple[OfferedTag, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A mail as it would go out: what stands for each tag apart from the author's own words."""

    subject: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    button: Text
    is_made_up: bool


# -- reading ------------------------------------------------------------------------------------------------------
@reads
def mails_of(ctx: Context, number: int, language: Language) -> ProcedureMails:
    """The six mails of a procedure that I administer."""
    row = _administered(ctx, number)
    forms, kept = _forms(ctx, row), {one.event: one for one in wordings.of_procedure(ctx.db, number)}
    return ProcedureMails(row.title, tuple(_listed(event, forms, kept.get(event), language) for event in WORDED))


def _listed(event: Event, forms: Forms, kept: MailWording | None, language: Language) -> ListedMail:
    subject, _ = _written(MailTags(event, forms, _wording(kept), language), event, _wording(kept))
    return ListedMail(event, subject, kept is not None, kept.changed_at if kept else None)


@reads
def open_mail(ctx: Context, number: int, event: Event, language: Language) -> OpenedMail:
    """One of them, to edit. Raises NotFound for an event that has none."""
    row = _administered(ctx, number)
    tags, kept = _tags(ctx, row, event, language)
    subject, body = _written(tags, event, _wording(kept))
    offered = tuple(OfferedTag(tags.vocabulary.tag(tag.id), field_of(tag.id) is not None) for tag in tags.offered)
    return OpenedMail(row.title, subject, body, kept is not None, _seen(kept), offered)


def _written(tags: MailTags, event: Event, wording: Wording | None) -> tuple[str, str]:
    """The subject and the text as an administrator edits them; ours, where nobody worded it."""
    words = tags.vocabulary
    if wording is not None:
        return words.written(wording.subject), words.written(wording.body)
    title = words.tag("dossier_procedure_libelle")
    letter = standard("", event, number=words.tag("dossier_number"), procedure=title)
    told = [GREETING[words.language], *(sentence[words.language] for sentence in letter.paragraphs)]
    return letter.subject[words.language], "\n\n".join(told)


# -- changing -----------------------------------------------------------------------------------------------------
def save(ctx: Context, number: int, event: Event, subject: str, body: str, language: Language, seen: str) -> None:
    """Word a mail. Raises Refused, with `subject` or `body` as the path of what is wrong."""
    row = _administered(ctx, number, lock=True)
    tags, kept = _tags(ctx, row, event, language)
    _refuse_unless_seen(ctx, kept, seen)
    document = wording_to_json(tags.wording(subject, body))
    wordings.keep(ctx.db, number, event, document, language=language, author_id=ctx.actor.account_id, now=ctx.now)
    record(ctx, "mail_worded", Subject("procedure", number))


def restore(ctx: Context, number: int, event: Event, seen: str) -> None:
    """Let the standard mail go out again."""
    _administered(ctx, number, lock=True)
    _refuse_unless_seen(ctx, wordings.find(ctx.db, number, event), seen)
    if wordings.forget(ctx.db, number, event):
        record(ctx, "mail_restored", Subject("procedure", number))


def _refuse_unless_seen(ctx: Context, kept: MailWording | None, seen: str) -> None:
    if _seen(kept) == seen:
        return
    who = kept.changed_by if kept else None
    raise Refused(_CHANGED_MEANWHILE.format(who=people.names(ctx.db, [who]).get(who) if who else _SOMEONE))


def _seen(kept: MailWording | None) -> str:
    return kept.changed_at.isoformat() if kept else ""


# -- looking at it ------------------------------------------------------------------------------------------------
@reads
def look(
    ctx: Context, number: int, event: Event, subject: str, body: str, language: Language, dossier: int | None = None
) -> Looked:
    """The mail as it would go out: to a dossier that I instruct, or else to a made-up one. Nothing is checked yet."""
    row = _administered(ctx, number)
    tags, _ = _tags(ctx, row, event, language)
    templates = [tags.vocabulary.parse(text[:limit]) for text, limit in ((subject, MAX_SUBJECT), (body, MAX_BODY))]
    if dossier is None:
        values = values_of(_made_up(ctx, row, event), language)
        values = {**_empty(templates), **values}
    else:
        values = values_of(_instructed(ctx, row, dossier), language)
    words, told = (filled(template, values) for template in templates)
    return Looked(words, paragraphs(told), SEE, dossier is None)


def _instructed(ctx: Context, procedure: ProcedureRow, number: int) -> TaggedDossier:
    """Administering opens no dossier: only its agents see one."""
    try:
        row = dossiers.get(ctx.db, ctx.actor, number)
    except NotFound:
        raise Refused(_NO_DOSSIER, "dossier") from None
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_INSTRUCT)
    if row.procedure_id != procedure.id or row.state == DossierState.DRAFT:
        raise Refused(_NO_DOSSIER, "dossier")
    return tagged(ctx, row, procedure, outbox.link(f"/dossiers/{number}"))


def _made_up(ctx: Context, row: ProcedureRow, event: Event) -> TaggedDossier:
    form, at = revision_from_json(row.draft), clock.local(ctx.now)
    day: date = at.date()
    return TaggedDossier(
        number=1042,
        procedure=row.title,
        service=details_from_json(row.details).service,
        requester=Person("Mme", "Camille", "Martin"),
        deposited_at=at - timedelta(days=12),
        updated_at=at - timedelta(days=9),
        under_instruction_at=at - timedelta(days=5),
        processed_at=at,
        reason=_REASON[ctx.actor.language],
        link=outbox.link("/dossiers/1042"),
        form=form,
        answers=made_answers(form, Random(row.id), day, optional=1),  # the same each time
        day=day,
    )


_REASON = Text("La raison que l’agent aura écrite.", "The reason that the agent will have written.")


def _empty(templates: Sequence[Template]) -> dict[str, str]:
    """What stands for a tag of which the made-up dossier says nothing, such as what a register would have found."""
    uses: Iterator[Use] = (part for template in templates for part in template if isinstance(part, Use))
    return {use.id: f"‹\u00a0{use.label}\u00a0›" for use in uses}


# -- shared -------------------------------------------------------------------------------------------------------
def _tags(ctx: Context, row: ProcedureRow, event: Event, language: Language) -> tuple[MailTags, MailWording | None]:
    if event not in WORDED:
        raise NotFound
    kept = wordings.find(ctx.db, row.id or 0, event)
    return MailTags(event, _forms(ctx, row), _wording(kept), language), kept


def _wording(kept: MailWording | None) -> Wording | None:
    return wording_from_json(kept.document, kept.language) if kept else None


def _forms(ctx: Context, row: ProcedureRow) -> Forms:
    published = row.published_revision_id
    answered = [id for id in wordings.answered_forms(ctx.db, row.id or 0) if id != published]
    earlier: list[Revision] = [published_form(ctx.db, id) for id in answered]
    return Forms(revision_from_json(row.draft), published_form(ctx.db, published) if published else None, earlier)


def _administered(ctx: Context, number: int, *, lock: bool = False) -> ProcedureRow:
    row = procedures.get(ctx.db, ctx.actor, number, lock=lock)
    require(procedures.relations(ctx.db, ctx.actor, number), Permission.PROCEDURE_EDIT)
    return row
