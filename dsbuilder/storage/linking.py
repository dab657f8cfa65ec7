"""What one dossier may say of another whose number it names."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from dsbuilder.domain.dossier import DossierState
from dsbuilder.domain.people import Actor
from dsbuilder.storage import dossiers
from dsbuilder.storage.tables import DossierRow


def is_deposited(db: Session, number: int) -> bool:
    """Whether a dossier of that number was deposited in earnest and is still there."""
    query = select(DossierRow.id).where(
        col(DossierRow.id) == number,
        col(DossierRow.state) != DossierState.DRAFT.value,
        col(DossierRow.test).is_(False),
        col(DossierRow.discarded_at).is_(None),
    )
    return db.exec(query).first() is not None


def is_visible(db: Session, actor: Actor, number: int) -> bool:
    """Whether the actor may see the dossier of that number."""
    return db.exec(dossiers.visible_to(actor).where(col(DossierRow.id) == number)).first() is not None


def instructed(db: Session, actor: Actor, numbers: Collection[int]) -> dict[int, int]:
    """Those of the numbers whose dossiers the actor instructs, each with its procedure."""
    query = select(DossierRow.id, DossierRow.procedure_id).where(
        col(DossierRow.id).in_(numbers), dossiers.instructed_by(actor)
    )
    return {number: procedure for number, procedure in db.exec(query) if number is not None} if numbers else {}
