"""Procedures, their revisions and drafts, who administers them and who instructs."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from dsbuilder.storage.tables.column_types import Document, Id, Instant


class ProcedureRow(SQLModel, table=True):
    """A procedure: its settings, its draft form, and which revision is published.

    `published_revision_id` bears no foreign key: the two tables would point at each other.
    """

    __tablename__ = "procedure"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    organisation_id: int = Field(foreign_key="organisation.id", index=True, sa_type=Id)
    path: str | None = Field(default=None, unique=True)
    state: str
    title: str = ""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    draft: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    draft_sequence: int = 0
    draft_changed: bool = False
    published_revision_id: int | None = Field(default=None, sa_type=Id)
    origin: dict[str, Any] | None = Field(default=None, sa_type=Document)
    created_at: datetime = Field(sa_type=Instant)
    published_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    discarded_at: datetime | None = Field(default=None, sa_type=Instant)

    __table_args__ = {"sqlite_autoincrement": True}


class ProcedureAdministrator(SQLModel, table=True):
    """An account that administers a procedure."""

    __tablename__ = "procedure_administrator"

    procedure_id: int = Field(primary_key=True, foreign_key="procedure.id", ondelete="CASCADE", sa_type=Id)
    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE", index=True, sa_type=Id)


class InstructorGroup(SQLModel, table=True):
    """The agents who share the dossiers of a procedure, or of a part of it."""

    __tablename__ = "instructor_group"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    procedure_id: int = Field(foreign_key="procedure.id", ondelete="CASCADE", sa_type=Id)
    label: str

    __table_args__ = (UniqueConstraint("procedure_id", "label"),)


class GroupMember(SQLModel, table=True):
    """An agent in a group."""

    __tablename__ = "group_member"

    group_id: int = Field(primary_key=True, foreign_key="instructor_group.id", ondelete="CASCADE", sa_type=Id)
    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE", index=True, sa_type=Id)


class Counter(SQLModel, table=True):
    """The last number given out under a name, such as the ids of fields, unique on the installation."""

    name: str = Field(primary_key=True)
    number: int = Field(default=0, sa_type=Id)


class RevisionRow(SQLModel, table=True):
    """A published form, never changed afterwards."""

    __tablename__ = "revision"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    procedure_id: int = Field(foreign_key="procedure.id", ondelete="CASCADE", sa_type=Id)
    number: int
    document: dict[str, Any] = Field(sa_type=Document)
    published_at: datetime = Field(sa_type=Instant)
    published_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL", sa_type=Id)

    __table_args__ = (UniqueConstraint("procedure_id", "number"),)


class MailWording(SQLModel, table=True):
    """A mail of a procedure as an administrator worded it; without a row, the standard one goes out."""

    __tablename__ = "mail_wording"

    procedure_id: int = Field(primary_key=True, foreign_key="procedure.id", ondelete="CASCADE", sa_type=Id)
    event: str = Field(primary_key=True)
    document: dict[str, Any] = Field(sa_type=Document)
    language: str
    changed_at: datetime = Field(sa_type=Instant)
    changed_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL", sa_type=Id)


class DraftCommand(SQLModel, table=True):
    """One edit of a draft and its inverse; `undoes` is the sequence of the command that it takes back."""

    __tablename__ = "draft_command"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    procedure_id: int = Field(foreign_key="procedure.id", ondelete="CASCADE", sa_type=Id)
    sequence: int
    command: dict[str, Any] = Field(sa_type=Document)
    inverse: dict[str, Any] = Field(sa_type=Document)
    author_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL", sa_type=Id)
    at: datetime = Field(sa_type=Instant)
    undoes: int | None = None

    __table_args__ = (UniqueConstraint("procedure_id", "sequence"),)
