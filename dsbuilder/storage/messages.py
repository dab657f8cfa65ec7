"""Messages between an applicant and the agents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, case, func, update
from sqlmodel import Session, col, select

from dsbuilder.storage.tables import Account, MessageRow

Side = Literal["applicant", "instructor", "system"]


def write(db: Session, dossier_id: int, *, author_id: int | None, side: Side, body: str, now: datetime) -> MessageRow:
    """A new message; without an author, from the platform."""
    row = MessageRow(dossier_id=dossier_id, author_id=author_id, side=side, body=body, at=now)
    db.add(row)
    db.flush()
    return row


def of_dossier(db: Session, dossier_id: int) -> Sequence[tuple[MessageRow, Account | None]]:
    """The messages of a dossier with their authors, oldest first."""
    query = (
        select(MessageRow, Account)
        .outerjoin(Account, col(Account.id) == col(MessageRow.author_id))
        .where(col(MessageRow.dossier_id) == dossier_id, col(MessageRow.discarded_at).is_(None))
        .order_by(col(MessageRow.at), col(MessageRow.id))
    )
    return [(message, author) for message, author in db.execute(query).all()]


def last_of(db: Session, dossier_id: int) -> MessageRow | None:
    """The newest message of a dossier."""
    query = select(MessageRow).where(col(MessageRow.dossier_id) == dossier_id, col(MessageRow.discarded_at).is_(None))
    return db.exec(query.order_by(col(MessageRow.at).desc(), col(MessageRow.id).desc()).limit(1)).first()


def counts(db: Session, dossier_id: int, *, by: Side) -> tuple[int, int]:
    """How many messages a dossier has, and how many of them are new to one side."""
    theirs = col(MessageRow.side) != "applicant" if by == "applicant" else col(MessageRow.side) == "applicant"
    is_new = and_(theirs, col(MessageRow.read_at).is_(None))
    query = select(func.count(), func.count(case((is_new, 1)))).where(
        col(MessageRow.dossier_id) == dossier_id, col(MessageRow.discarded_at).is_(None)
    )
    written, unread = db.exec(query).one()
    return written, unread


def mark_read(db: Session, dossier_id: int, *, by: Side, now: datetime) -> int:
    """Note that one side has read what the other wrote; how many messages were new to it."""
    theirs = col(MessageRow.side) != "applicant" if by == "applicant" else col(MessageRow.side) == "applicant"
    unread = select(MessageRow.id).where(
        col(MessageRow.dossier_id) == dossier_id, theirs, col(MessageRow.read_at).is_(None)
    )
    count = db.exec(select(func.count()).select_from(unread.subquery())).one()
    if count:
        db.execute(update(MessageRow).where(col(MessageRow.id).in_(unread)).values(read_at=now))
    return count
