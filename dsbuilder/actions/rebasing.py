"""Bringing a draft onto the newest published form when its owner opens it."""

from dataclasses import replace

from dsbuilder.actions.context import Context, Subject, part, record
from dsbuilder.actions.forms import answers_of, form_of, published_form
from dsbuilder.domain.answering import split_path
from dsbuilder.domain.documents import Json, entry_of, entry_set_aside
from dsbuilder.domain.dossier import AccountId, DossierState
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.rebase import Fate, Rebased, rebase
from dsbuilder.domain.texts import Text
from dsbuilder.storage import dossiers
from dsbuilder.storage.database import Session
from dsbuilder.storage.tables import DossierRow, ProcedureRow

_CHANGED = Text(
    "Le formulaire a changé depuis votre dernière visite. Vos réponses sont gardées : relisez-les avant de déposer.",
    "The form has changed since your last visit. Your answers are kept: read them again before submitting.",
)
_TO_CORRECT = Text(
    " À revoir, car la question a changé : {labels}.", " To look at again, as the question changed: {labels}."
)
_SET_ASIDE = Text(" Ces questions ne sont plus posées : {labels}.", " These questions are no longer asked: {labels}.")


def is_outdated(db: Session, row: DossierRow) -> bool:
    """Whether a newer form was published since the draft was begun or brought up to date."""
    if row.state != DossierState.DRAFT or row.test:
        return False
    return row.revision_id != db.get_one(ProcedureRow, row.procedure_id).published_revision_id


@part
def bring_up_to_date(ctx: Context, row: DossierRow) -> Text | None:
    """Rebase an outdated draft; what changed in it, in words, None when it was up to date."""
    if not is_outdated(ctx.db, row):
        return None
    newest = ctx.db.get_one(ProcedureRow, row.procedure_id).published_revision_id
    old, new = form_of(ctx.db, row), published_form(ctx.db, newest or 0)
    rebased = rebase(old, new, answers_of(row, old))
    dossiers.patch_answers(ctx.db, row.id or 0, _entries(ctx, row, new, rebased), ctx.now)
    row.revision_id = newest
    ctx.db.flush()
    record(ctx, "draft_brought_up_to_date", Subject("dossier", row.id))
    return _said(new, rebased)


def _entries(ctx: Context, row: DossierRow, new: Revision, rebased: Rebased) -> dict[str, Json]:
    by = None if ctx.actor.account_id is None else AccountId(ctx.actor.account_id)
    fields = {field.id: field for field in new.walk()}
    entered = {
        path: entry_of(fields[split_path(path)[0]], replace(answer, at=ctx.now, by=by))
        for path, answer in rebased.entered_again.items()
    }
    aside = {path: entry_set_aside(row.answers.get(path), one) for path, one in rebased.set_aside.items()}
    return {**entered, **aside}


def _said(new: Revision, rebased: Rebased) -> Text:
    labels = {field.id: to_text(field.label) for field in new.walk()}
    to_correct = [labels[split_path(path)[0]] for path, fate in rebased.fates.items() if fate is Fate.TO_CORRECT]
    parts = [
        _CHANGED,
        _listed(_TO_CORRECT, to_correct),
        _listed(_SET_ASIDE, [one.label for one in rebased.set_aside.values()]),
    ]
    return Text("".join(text.fr for text in parts), "".join(text.en for text in parts))


def _listed(sentence: Text, labels: list[str]) -> Text:
    once = list(dict.fromkeys(labels))
    quoted = Text(", ".join(f"« {label} »" for label in once), ", ".join(f"“{label}”" for label in once))
    return sentence.format(labels=quoted) if once else Text("", "")
