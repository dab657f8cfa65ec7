"""The drafts of a procedure, counted by form and read as a sample, for who administers it: never whose they are."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from dsbuilder.domain.dossier import DEPOSITED, DossierState
from dsbuilder.storage.tables import DossierRow, StateCount

AT_ONCE = 100


def count_by_revision(db: Session, procedure_id: int) -> dict[int, int]:
    """How many drafts answer each published form."""
    query = select(DossierRow.revision_id, func.count()).where(_drafts_of(procedure_id))
    return {id: count for id, count in db.execute(query.group_by(col(DossierRow.revision_id))).all() if id is not None}


def newest(
    db: Session, procedure_id: int, revision_ids: Collection[int], limit: int
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The form and the answers of the newest drafts that answer one of those forms, a few at a time."""
    query = (
        select(DossierRow.revision_id, DossierRow.answers)
        .where(_drafts_of(procedure_id), col(DossierRow.revision_id).in_(revision_ids))
        .order_by(col(DossierRow.id).desc())
        .limit(limit)
    )
    return ((row.revision_id, row.answers) for row in db.execute(query.execution_options(yield_per=AT_ONCE)))


def count_deposited(db: Session, procedure_id: int) -> int:
    """How many dossiers of the procedure are deposited, decided ones included, by the counters."""
    query = select(func.sum(StateCount.number)).where(
        col(StateCount.procedure_id) == procedure_id, col(StateCount.state).in_(DEPOSITED)
    )
    return int(db.execute(query).scalar_one() or 0)


def _drafts_of(procedure_id: int) -> ColumnElement[bool]:
    return and_(
        col(DossierRow.procedure_id) == procedure_id,
        col(DossierRow.state) == DossierState.DRAFT,
        col(DossierRow.test).is_(False),
        col(DossierRow.discarded_at).is_(None),
    )
