"""The tokens of reference APIs, and the last try of each field that asks one."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from dsbuilder.domain.fields.lookups import Token
from dsbuilder.storage.sealing import opened, seal
from dsbuilder.storage.tables import ReferenceToken, ReferenceTry


def keep_token(db: Session, procedure_id: int, host: str, token: Token, now: datetime) -> None:
    """Make that the token which opens the host to the forms of the procedure."""
    sealed = seal(token.value)
    row = ReferenceToken(procedure_id=procedure_id, host=host, header=token.header, sealed=sealed, set_at=now)
    db.merge(row)


def drop_token(db: Session, procedure_id: int, host: str) -> None:
    """Forget the token of the host."""
    db.execute(
        delete(ReferenceToken).where(col(ReferenceToken.procedure_id) == procedure_id, col(ReferenceToken.host) == host)
    )


def token_for(db: Session, procedure_id: int, host: str) -> Token | None:
    """The token of the host; None when there is none that the site's key opens."""
    row = db.get(ReferenceToken, (procedure_id, host))
    value = opened(row.sealed) if row is not None else None
    return None if row is None or value is None else Token(row.header, value)


def tokens(db: Session, procedure_id: int) -> Mapping[str, ReferenceToken]:
    """The tokens of the procedure by host, sealed as they are."""
    rows = db.exec(select(ReferenceToken).where(col(ReferenceToken.procedure_id) == procedure_id))
    return {row.host: row for row in rows}


def keep_try(
    db: Session, procedure_id: int, field_id: int, mark: str, told: Mapping[str, Any], now: datetime, *, went_well: bool
) -> None:
    """Make that the last try of the field."""
    row = ReferenceTry(
        procedure_id=procedure_id, field_id=field_id, mark=mark, went_well=went_well, told=dict(told), tried_at=now
    )
    db.merge(row)


def tries(db: Session, procedure_id: int, field_ids: Collection[int]) -> Mapping[int, ReferenceTry]:
    """The last tries of those fields."""
    query = select(ReferenceTry).where(
        col(ReferenceTry.procedure_id) == procedure_id, col(ReferenceTry.field_id).in_(field_ids)
    )
    return {row.field_id: row for row in db.exec(query)}
