"""Accounts, their roles, sessions and mailed tokens; organisations and their members."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from dsbuilder.storage.tables.column_types import Bytewise, Document, Id, Instant


class Account(SQLModel, table=True):
    """One person, whatever their roles; `email` is kept in lower case."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    email: str = Field(unique=True, sa_type=Bytewise)
    password_hash: str
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    language: str = "fr"
    first_name: str = ""
    last_name: str = ""
    blocked_at: datetime | None = Field(default=None, sa_type=Instant)


class RoleRow(SQLModel, table=True):
    """One role of one account; an account may hold several."""

    __tablename__ = "role"

    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE", sa_type=Id)
    role: str = Field(primary_key=True)


class UserSession(SQLModel, table=True):
    """One signed-in browser; only the hash of its cookie is kept."""

    __tablename__ = "user_session"

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    token_hash: str = Field(unique=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True, sa_type=Id)
    created_at: datetime = Field(sa_type=Instant)
    last_seen_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    remembered: bool = False
    browser: str = ""
    address: str = ""


class EmailToken(SQLModel, table=True):
    """A link sent by mail: usable once, until it expires; only its hash is kept."""

    __tablename__ = "email_token"

    token_hash: str = Field(primary_key=True)
    purpose: str
    email: str = Field(sa_type=Bytewise)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="CASCADE", index=True, sa_type=Id)
    procedure_id: int | None = Field(
        default=None, foreign_key="procedure.id", ondelete="CASCADE", index=True, sa_type=Id
    )
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Instant)

    __table_args__ = (Index("ix_email_token_email", "email", "purpose"),)


class RateCount(SQLModel, table=True):
    """How often something was tried within a window; `key` says what and by whom, hashed."""

    __tablename__ = "rate_count"

    key: str = Field(primary_key=True)
    number: int = 0
    ends_at: datetime = Field(sa_type=Instant, index=True)


class Organisation(SQLModel, table=True):
    """A public body that puts procedures online, and its looks."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    name: str
    colour: str = ""
    logo: str = ""


class OrganisationMember(SQLModel, table=True):
    """An administrator who belongs to an organisation."""

    __tablename__ = "organisation_member"

    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id", ondelete="CASCADE", sa_type=Id)
    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE", index=True, sa_type=Id)
