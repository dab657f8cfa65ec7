"""Dossiers and all that hangs on one: history, keys for lists, followers, messages, files, counters."""

from datetime import datetime
from typing import Any

from sqlalchemy import Float, Index, text
from sqlmodel import Field, SQLModel

from dsbuilder.storage.tables.column_types import Bytewise, Document, Id, Instant


class DossierRow(SQLModel, table=True):
    """One application; its id is its number.

    `pile` says on which pile of the agents' desk it lies (`domain` has no use for it): it follows from state, archive
    and followers, and is kept in the transaction that changes one of them, so that a tab is one walk along an index.
    """

    __tablename__ = "dossier"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    procedure_id: int = Field(foreign_key="procedure.id", sa_type=Id)
    revision_id: int | None = Field(default=None, foreign_key="revision.id", sa_type=Id)
    applicant_id: int = Field(foreign_key="account.id", sa_type=Id)
    group_id: int | None = Field(default=None, foreign_key="instructor_group.id", sa_type=Id)
    state: str
    pile: str
    requester: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    annotations: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deposited_at: datetime | None = Field(default=None, sa_type=Instant)
    under_instruction_at: datetime | None = Field(default=None, sa_type=Instant)
    processed_at: datetime | None = Field(default=None, sa_type=Instant)
    reason: str = ""
    archived: bool = False
    test: bool = False
    discarded_at: datetime | None = Field(default=None, sa_type=Instant)

    __table_args__ = (
        Index("ix_dossier_pile", "procedure_id", "pile", "deposited_at", "id"),
        Index("ix_dossier_archived", "procedure_id", "archived", "deposited_at", "id"),
        Index("ix_dossier_applicant", "applicant_id", "updated_at", "id"),
        Index("ix_dossier_revision", "revision_id"),
        Index(  # the few that await their purge
            "ix_dossier_discarded",
            "discarded_at",
            sqlite_where=text("discarded_at IS NOT NULL"),
            postgresql_where=text("discarded_at IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},  # the number of a purged dossier is never given again
    )


class TransitionRow(SQLModel, table=True):
    """One change of state: what happened, when, by whom and why."""

    __tablename__ = "transition"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    dossier_id: int = Field(foreign_key="dossier.id", ondelete="CASCADE", index=True, sa_type=Id)
    event: str
    from_state: str
    to_state: str
    at: datetime = Field(sa_type=Instant)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL", sa_type=Id)
    reason: str = ""
    revision_id: int | None = Field(default=None, sa_type=Id)


class AnswerKey(SQLModel, table=True):
    """What lists filter and sort by: derived from the answers, at most one of `number` and `text` filled.

    Several rows where a type has several columns or values; `row` is the row's ULID in a block, else empty.
    """

    __tablename__ = "answer_key"

    dossier_id: int = Field(primary_key=True, foreign_key="dossier.id", ondelete="CASCADE", sa_type=Id)
    field_id: int = Field(primary_key=True, sa_type=Id)
    column_name: str = Field(primary_key=True)
    row: str = Field(primary_key=True, default="")
    position: int = Field(primary_key=True, default=0)
    procedure_id: int = Field(sa_type=Id)
    number: float | None = Field(default=None, sa_type=Float(53))
    text: str | None = Field(default=None, sa_type=Bytewise)

    __table_args__ = (
        Index("ix_answer_key_text", "field_id", "column_name", "text", "dossier_id"),
        Index("ix_answer_key_number", "field_id", "column_name", "number", "dossier_id"),
        {"sqlite_with_rowid": False},
    )


class Follow(SQLModel, table=True):
    """An agent who follows a dossier."""

    dossier_id: int = Field(primary_key=True, foreign_key="dossier.id", ondelete="CASCADE", sa_type=Id)
    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE", index=True, sa_type=Id)
    since: datetime = Field(sa_type=Instant)


class MessageRow(SQLModel, table=True):
    """One message between the applicant and the agents; without an author, the platform wrote it."""

    __tablename__ = "message"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    dossier_id: int = Field(foreign_key="dossier.id", ondelete="CASCADE", sa_type=Id)
    author_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL", sa_type=Id)
    side: str
    body: str
    at: datetime = Field(sa_type=Instant)
    read_at: datetime | None = Field(default=None, sa_type=Instant)
    discarded_at: datetime | None = Field(default=None, sa_type=Instant)

    __table_args__ = (Index("ix_message_dossier", "dossier_id", "at", "id"),)


class StoredFile(SQLModel, table=True):
    """A file sent by someone: `received` of `size` bytes lie in the files folder under `token`.

    `treatment` is `to_mark` until the watermark is on it, then `marked`; `purged` once its bytes are gone for good.
    """

    __tablename__ = "stored_file"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    token: str = Field(unique=True)
    dossier_id: int = Field(foreign_key="dossier.id", sa_type=Id)
    path: str | None = None
    message_id: int | None = Field(default=None, foreign_key="message.id", ondelete="SET NULL", sa_type=Id)
    owner_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL", sa_type=Id)
    name: str
    size: int = Field(sa_type=Id)
    received: int = Field(default=0, sa_type=Id)
    content_type: str = ""
    sha256: str = ""
    treatment: str | None = None
    completed_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    discarded_at: datetime | None = Field(default=None, sa_type=Instant)

    __table_args__ = (
        Index("ix_stored_file_dossier", "dossier_id", "path"),
        Index("ix_stored_file_message", "message_id"),
        Index(
            "ix_stored_file_unfinished",
            "created_at",
            sqlite_where=text("completed_at IS NULL"),
            postgresql_where=text("completed_at IS NULL"),
        ),
    )


class StateCount(SQLModel, table=True):
    """How many deposited dossiers of a group stand in a state and lie on a pile, kept in the same transaction."""

    __tablename__ = "state_count"

    group_id: int = Field(primary_key=True, foreign_key="instructor_group.id", ondelete="CASCADE", sa_type=Id)
    state: str = Field(primary_key=True)
    pile: str = Field(primary_key=True)
    procedure_id: int = Field(index=True, sa_type=Id)
    number: int = 0
