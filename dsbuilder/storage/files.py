"""What is known of the files that people send; their bytes lie in the files folder, under their token."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.fields.entering import is_printable
from dsbuilder.domain.people import Actor
from dsbuilder.storage import dossiers
from dsbuilder.storage.tables import DossierRow, StoredFile


class Treatment(StrEnum):
    """What sets a file apart from one that is kept as it came."""

    TO_MARK = "to_mark"  # nobody may read it before its watermark is on it
    MARKED = "marked"
    PURGED = "purged"  # its bytes are gone


def visible_to(actor: Actor) -> Any:
    """The files of the dossiers that the actor may see; unfinished ones only for who sends them."""
    seen = dossiers.visible_to(actor).with_only_columns(col(DossierRow.id))
    return _kept().where(
        col(StoredFile.dossier_id).in_(seen),
        or_(col(StoredFile.completed_at).is_not(None), col(StoredFile.owner_id) == actor.account_id),
    )


def get(db: Session, actor: Actor, token: str) -> StoredFile:
    """The file of that token. Raises NotFound unless the actor may see it."""
    if not is_printable(token):
        raise NotFound
    row = db.exec(visible_to(actor).where(col(StoredFile.token) == token)).first()
    if row is None:
        raise NotFound
    return row


def announce(
    db: Session,
    *,
    token: str,
    dossier_id: int,
    owner_id: int,
    name: str,
    size: int,
    now: datetime,
    path: str | None = None,
    content_type: str = "",
    treatment: Treatment | None = None,
) -> StoredFile:
    """A file that is about to be sent: to the question at `path`, or, without one, to a message."""
    row = StoredFile(
        token=token,
        dossier_id=dossier_id,
        path=path,
        owner_id=owner_id,
        name=name,
        size=size,
        content_type=content_type,
        treatment=treatment,
        created_at=now,
    )
    db.add(row)
    db.flush()
    return row


def received(db: Session, row: StoredFile, bytes_received: int) -> None:
    """Note how much of the file has arrived."""
    row.received = bytes_received
    db.flush()


def complete(db: Session, row: StoredFile, *, sha256: str, content_type: str, now: datetime) -> None:
    """The file is whole and was found to be what its content says."""
    row.received, row.sha256, row.content_type, row.completed_at = row.size, sha256, content_type, now
    db.flush()


def of_dossier(db: Session, dossier_id: int, path: str | None = None) -> Sequence[StoredFile]:
    """The whole files of a dossier, those of one question when `path` is given, in the order of sending."""
    query = _kept().where(col(StoredFile.dossier_id) == dossier_id, col(StoredFile.completed_at).is_not(None))
    if path is not None:
        query = query.where(col(StoredFile.path) == path)
    return list(db.exec(query.order_by(col(StoredFile.id))).all())


def ever_of_dossier(db: Session, dossier_id: int) -> Sequence[StoredFile]:
    """Every file of which a dossier may still hold bytes, those taken away and those never finished among them."""
    return list(db.exec(select(StoredFile).where(col(StoredFile.dossier_id) == dossier_id)).all())


def of_messages(db: Session, dossier_id: int) -> dict[int, list[StoredFile]]:
    """The files attached to messages of a dossier, by message."""
    found: dict[int, list[StoredFile]] = {}
    for row in of_dossier(db, dossier_id):
        if row.message_id is not None:
            found.setdefault(row.message_id, []).append(row)
    return found


def bytes_of_dossier(db: Session, dossier_id: int) -> int:
    """How much the files of a dossier hold together, announced ones included."""
    total = select(func.coalesce(func.sum(StoredFile.size), 0)).where(
        col(StoredFile.dossier_id) == dossier_id, col(StoredFile.discarded_at).is_(None)
    )
    return int(db.exec(total).one())


def any_of_token(db: Session, token: str) -> StoredFile | None:
    """The whole file of that token, for the platform; None when it was taken away."""
    query = _kept().where(col(StoredFile.token) == token, col(StoredFile.completed_at).is_not(None))
    found: StoredFile | None = db.exec(query).first()
    return found


def treated(db: Session, row: StoredFile, treatment: Treatment, *, size: int, sha256: str = "") -> None:
    """Note what was done to the bytes of the file, and how many there are now."""
    row.treatment, row.size, row.received, row.sha256 = treatment, size, size, sha256
    db.flush()


def discard(db: Session, row: StoredFile, now: datetime) -> None:
    """Hide the file; its bytes go with the purge."""
    row.discarded_at = now
    db.flush()


def to_purge(
    db: Session, *, unfinished_before: datetime, discarded_before: datetime, limit: int = 500
) -> list[StoredFile]:
    """Files nobody finished sending, and files discarded long enough ago or whose dossier was."""
    unfinished = col(StoredFile.completed_at).is_(None) & (col(StoredFile.created_at) < unfinished_before)
    of_discarded = select(DossierRow.id).where(col(DossierRow.discarded_at) < discarded_before)
    query = select(StoredFile).where(
        or_(
            unfinished,
            col(StoredFile.discarded_at) < discarded_before,
            col(StoredFile.dossier_id).in_(of_discarded),
        )
    )
    return list(db.exec(query.order_by(col(StoredFile.id)).limit(limit)).all())


def forget(db: Session, row: StoredFile) -> None:
    """Remove what is known of a file whose bytes are gone."""
    db.delete(row)
    db.flush()


def _kept() -> Any:
    return select(StoredFile).where(col(StoredFile.discarded_at).is_(None))
