"""The mails of procedures as their administrators worded them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from dsbuilder.domain.dossier import IN_PROGRESS
from dsbuilder.storage.tables import DossierRow, MailWording, RevisionRow


def find(db: Session, procedure_id: int, event: str) -> MailWording | None:
    """That mail in an administrator's words; None where the standard one goes out."""
    return db.get(MailWording, (procedure_id, event))


def of_procedure(db: Session, procedure_id: int) -> Sequence[MailWording]:
    """All those of a procedure."""
    return db.exec(select(MailWording).where(col(MailWording.procedure_id) == procedure_id)).all()


def keep(
    db: Session,
    procedure_id: int,
    event: str,
    document: dict[str, Any],
    *,
    language: str,
    author_id: int | None,
    now: datetime,
) -> None:
    """Keep a wording of the locked procedure instead of the one before."""
    row = find(db, procedure_id, event)
    if row is None:
        row = MailWording(procedure_id=procedure_id, event=event, document=document, language=language, changed_at=now)
        db.add(row)
    row.document, row.language, row.changed_at, row.changed_by = document, language, now, author_id
    db.flush()


def forget(db: Session, procedure_id: int, event: str) -> bool:
    """Let the standard mail go out again; False when it did already."""
    row = find(db, procedure_id, event)
    if row is not None:
        db.delete(row)
        db.flush()
    return row is not None


def answered_forms(db: Session, procedure_id: int) -> Sequence[int]:
    """The published forms that dossiers in progress answer."""
    in_progress = (
        select(DossierRow.id)
        .where(col(DossierRow.revision_id) == col(RevisionRow.id), col(DossierRow.state).in_(IN_PROGRESS))
        .where(col(DossierRow.discarded_at).is_(None))
    )
    query = select(RevisionRow.id).where(col(RevisionRow.procedure_id) == procedure_id, in_progress.exists())
    return [id for id in db.exec(query.order_by(col(RevisionRow.id).desc())).all() if id is not None]
