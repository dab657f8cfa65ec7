"""What an export reads of dossiers: whole rows with the label of their group, a page at a time."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from dsbuilder.domain.people import Actor
from dsbuilder.storage.dossiers import instructed_by
from dsbuilder.storage.tables import DossierRow, InstructorGroup, RevisionRow


def whole(db: Session, actor: Actor, numbers: Collection[int]) -> dict[int, tuple[DossierRow, str]]:
    """Those of some dossiers that the actor instructs, by number."""
    query = (
        select(DossierRow, InstructorGroup.label)
        .join(InstructorGroup, col(InstructorGroup.id) == col(DossierRow.group_id))
        .where(instructed_by(actor), col(DossierRow.id).in_(numbers))
    )
    return {row.id or 0: (row, label) for row, label in db.exec(query).all()}


def revisions(db: Session, procedure_id: int) -> list[int]:
    """The published forms of a procedure, newest first."""
    query = select(RevisionRow.id).where(col(RevisionRow.procedure_id) == procedure_id)
    return [id for id in db.exec(query.order_by(col(RevisionRow.number).desc())).all() if id is not None]
