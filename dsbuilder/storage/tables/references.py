"""The APIs of reference data that forms ask: the tokens that open them, and whether trying them went well."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from dsbuilder.storage.tables.column_types import Document, Id, Instant


class ReferenceToken(SQLModel, table=True):
    """The header that opens a host to the forms of one procedure; `sealed` is its value, encrypted."""

    __tablename__ = "reference_token"

    procedure_id: int = Field(primary_key=True, foreign_key="procedure.id", ondelete="CASCADE", sa_type=Id)
    host: str = Field(primary_key=True)
    header: str
    sealed: str
    set_at: datetime = Field(sa_type=Instant)


class ReferenceTry(SQLModel, table=True):
    """The last try of a field's settings, which `mark` stands for; `told` is what it showed."""

    __tablename__ = "reference_try"

    procedure_id: int = Field(primary_key=True, foreign_key="procedure.id", ondelete="CASCADE", sa_type=Id)
    field_id: int = Field(primary_key=True, sa_type=Id)
    mark: str
    went_well: bool
    told: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    tried_at: datetime = Field(sa_type=Instant)
