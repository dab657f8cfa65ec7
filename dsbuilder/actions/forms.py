"""The form and the answers of a dossier, as values of the domain; published forms are kept in memory."""

from datetime import date, datetime
from weakref import WeakKeyDictionary

from dsbuilder import clock
from dsbuilder.domain.documents import answers_from_json, revision_from_json
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.sought import sought
from dsbuilder.storage import dossiers, procedures
from dsbuilder.storage.answering import OpenDossier
from dsbuilder.storage.database import Engine, Session
from dsbuilder.storage.tables import DossierRow, ProcedureRow

KEPT = 200  # published forms in memory; the one kept longest goes first
_kept: WeakKeyDictionary[Engine, dict[int, Revision]] = WeakKeyDictionary()


def form_of(db: Session, row: DossierRow | OpenDossier) -> Revision:
    """The form that a dossier answers: a published one, or the draft of its procedure when it is a test of it."""
    if row.revision_id is not None:
        return published_form(db, row.revision_id)
    procedure = db.get(ProcedureRow, row.procedure_id)
    return revision_from_json(procedure.draft if procedure else {})


def published_form(db: Session, revision_id: int) -> Revision:
    """A published form; it never changes, so it is read once."""
    kept = _kept.setdefault(db.get_bind().engine, {})
    if revision_id not in kept:
        if len(kept) >= KEPT:
            del kept[next(iter(kept))]
        kept[revision_id] = revision_from_json(procedures.revision(db, revision_id).document)
    return kept[revision_id]


def answers_of(row: DossierRow | OpenDossier, revision: Revision) -> Answers:
    """The answers of a dossier to the questions of its form."""
    return answers_from_json(revision, row.answers)


def day_of(deposited_at: datetime | None, now: datetime) -> date:
    """The day that a dossier's conditions go by: that of its deposit once it is deposited, so that it stays as it was."""
    return clock.local(deposited_at or now).date()


def rewrite_keys(db: Session, row: DossierRow, now: datetime) -> None:
    """Derive again, from a deposited dossier, what lists filter and sort by."""
    db.refresh(row, ["answers"])
    form = form_of(db, row)
    keys = sought(form, answers_of(row, form), day_of(row.deposited_at, now))
    dossiers.rewrite_keys(db, row, [dossiers.Key(k.field, k.column, k.number, k.text, k.row, k.position) for k in keys])


def forget() -> None:
    """Empty the memory, for tests that begin again with the same numbers."""
    _kept.clear()
