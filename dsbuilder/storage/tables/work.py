"""What is to be done later, and the mails to be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from dsbuilder.storage.tables.column_types import Document, Id, Instant


class Job(SQLModel, table=True):
    """A named action to run once `run_at` has come; claimed by one worker at a time, tried again when it fails."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    name: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    run_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    claimed_at: datetime | None = Field(default=None, sa_type=Instant)
    claimed_by: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    failed_at: datetime | None = Field(default=None, sa_type=Instant)
    error: str = ""
    unique_key: str | None = Field(default=None, unique=True)

    __table_args__ = (
        Index(
            "ix_job_waiting",
            "run_at",
            "id",
            sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
        ),
    )


class Mail(SQLModel, table=True):
    """One mail to one person, written in the transaction that causes it; the Message-ID is the same at each attempt."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    message_id: str = Field(unique=True)
    recipient: str = Field(index=True)
    subject: str
    text: str
    html: str
    created_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
