"""The outbox: mails written in the transaction that causes them, sent by a job afterwards."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import make_msgid

from sqlmodel import Session, col, select

from dsbuilder.storage import jobs
from dsbuilder.storage.tables import Mail

DELIVER = "deliver_mail"


def post(db: Session, *, recipient: str, subject: str, text: str, html: str, host: str, now: datetime) -> Mail:
    """A mail that will go out once this transaction is committed, under one Message-ID however often it is tried."""
    row = Mail(
        message_id=make_msgid(domain=host),
        recipient=recipient,
        subject=subject,
        text=text,
        html=html,
        created_at=now,
    )
    db.add(row)
    db.flush()
    jobs.enqueue(db, DELIVER, now, unique_key=f"{DELIVER}:{row.id}", mail_id=row.id)
    return row


def to_send(db: Session, id: int) -> Mail | None:
    """The mail, unless it has been sent."""
    return db.exec(select(Mail).where(col(Mail.id) == id, col(Mail.sent_at).is_(None))).first()


def sent(db: Session, id: int, now: datetime) -> None:
    """Note that the mail server has taken it."""
    row = to_send(db, id)
    if row is not None:
        row.sent_at = now
        db.flush()


def latest(db: Session, recipient: str | None = None, limit: int = 100) -> Sequence[Mail]:
    """The newest mails, those to one address when given, for the demo's outbox."""
    query = select(Mail).order_by(col(Mail.id).desc()).limit(limit)
    return db.exec(query if recipient is None else query.where(col(Mail.recipient) == recipient)).all()
