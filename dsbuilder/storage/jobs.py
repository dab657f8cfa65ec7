"""Work for later, written in the transaction that causes it and claimed by one worker at a time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from dsbuilder.storage.tables import Job

WAITS = (10, 60, 300, 1800, 7200, 6 * 3600, 24 * 3600)  # seconds between attempts: a mail server may be away for a day
STUCK_AFTER = timedelta(minutes=10)


def enqueue(
    db: Session,
    name: str,
    now: datetime,
    *,
    run_at: datetime | None = None,
    unique_key: str | None = None,
    **payload: Any,
) -> None:
    """Have the job `name` run with `payload` after this transaction; of one `unique_key`, only the first is kept."""
    values = {
        "name": name,
        "payload": payload,
        "run_at": run_at or now,
        "unique_key": unique_key,
        "attempts": 0,
        "error": "",
    }
    dialect: Any = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    db.execute(dialect.insert(Job).values(values).on_conflict_do_nothing(index_elements=["unique_key"]))


def claim(db: Session, worker: str, now: datetime) -> Job | None:
    """The next job that is due, now this worker's; a job whose worker has gone silent is given out again."""
    stuck = now - STUCK_AFTER
    free = or_(col(Job.claimed_at).is_(None), col(Job.claimed_at) < stuck)
    due = (
        select(Job.id)
        .where(col(Job.done_at).is_(None), col(Job.failed_at).is_(None), col(Job.run_at) <= now, free)
        .order_by(col(Job.run_at), col(Job.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    claimed = (
        update(Job)
        .where(col(Job.id).in_(due))
        .values(claimed_at=now, claimed_by=worker, attempts=Job.attempts + 1)
        .returning(Job)
    )
    return db.scalars(claimed).first()


def is_due(db: Session, now: datetime) -> bool:
    """Whether a job waits; a look that disturbs no writer."""
    stuck = now - STUCK_AFTER
    free = or_(col(Job.claimed_at).is_(None), col(Job.claimed_at) < stuck)
    waiting = (col(Job.done_at).is_(None), col(Job.failed_at).is_(None), col(Job.run_at) <= now, free)
    return db.exec(select(Job.id).where(*waiting).limit(1)).first() is not None


def done(db: Session, id: int, worker: str, now: datetime) -> None:
    """Note that the worker has done its job."""
    db.execute(update(Job).where(*_mine(id, worker)).values(done_at=now, error=""))


def failed(db: Session, id: int, worker: str, error: str, now: datetime) -> bool:
    """Note why the job failed, and have it tried again after a growing wait; False when that was the last time."""
    row = db.exec(select(Job).where(*_mine(id, worker))).first()
    if row is None:
        return True
    row.error = error[:500]
    row.claimed_at = row.claimed_by = None
    if row.attempts > len(WAITS):
        row.failed_at = now
    else:
        row.run_at = now + timedelta(seconds=WAITS[row.attempts - 1])
    db.flush()
    return row.failed_at is None


def purge(db: Session, now: datetime) -> None:
    """Remove jobs done a day ago; those that failed for good stay to be looked at."""
    db.execute(delete(Job).where(col(Job.done_at) <= now - timedelta(days=1)))


def _mine(id: int, worker: str) -> tuple[Any, ...]:
    return col(Job.id) == id, col(Job.claimed_by) == worker, col(Job.done_at).is_(None)
