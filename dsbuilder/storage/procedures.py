"""Procedures, their drafts, revisions, administrators and agents."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, text
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.fields.entering import is_printable
from dsbuilder.domain.people import Actor
from dsbuilder.domain.permissions import Relation
from dsbuilder.domain.procedure import ProcedureState
from dsbuilder.storage.tables import (
    Account,
    DraftCommand,
    GroupMember,
    InstructorGroup,
    ProcedureAdministrator,
    ProcedureRow,
    RevisionRow,
)

DEFAULT_GROUP = "défaut"


# -- finding ------------------------------------------------------------------------------------------------------
def visible_to(actor: Actor) -> SelectOfScalar[ProcedureRow]:
    """The procedures that the actor administers or instructs: the only door to lists of procedures."""
    return _kept().where(or_(_administered_by(actor), _instructed_by(actor)))


def administered(db: Session, actor: Actor) -> Sequence[ProcedureRow]:
    """The procedures that the actor administers, newest first."""
    return db.exec(_kept().where(_administered_by(actor)).order_by(col(ProcedureRow.id).desc())).all()


def instructed(db: Session, actor: Actor) -> Sequence[ProcedureRow]:
    """The procedures whose dossiers the actor instructs, newest first; drafts among them, for tests."""
    return db.exec(_kept().where(_instructed_by(actor)).order_by(col(ProcedureRow.id).desc())).all()


def get(db: Session, actor: Actor, id: int, *, lock: bool = False) -> ProcedureRow:
    """The procedure of that number, held until the transaction ends when `lock`. Raises NotFound unless visible."""
    query = visible_to(actor).where(col(ProcedureRow.id) == id)
    row = db.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound
    return row


def title_of(db: Session, id: int) -> str:
    """The title of a procedure, for whoever has found one of its dossiers."""
    return db.exec(select(ProcedureRow.title).where(col(ProcedureRow.id) == id)).one()


def by_path(db: Session, path: str) -> ProcedureRow:
    """The procedure at the public address, whatever its state. Raises NotFound."""
    if not is_printable(path):
        raise NotFound
    row = db.exec(_kept().where(col(ProcedureRow.path) == path)).first()
    if row is None:
        raise NotFound
    return row


def row(db: Session, id: int) -> ProcedureRow:
    """The procedure of that number, for who has been recognised otherwise. Raises NotFound."""
    found = db.exec(_kept().where(col(ProcedureRow.id) == id)).first()
    if found is None:
        raise NotFound
    return found


def open_to_all(db: Session) -> Sequence[ProcedureRow]:
    """The procedures in which anybody may file, by title."""
    published = col(ProcedureRow.state) == ProcedureState.PUBLISHED
    return db.exec(_kept().where(published).order_by(col(ProcedureRow.title), col(ProcedureRow.id))).all()


def open_with(db: Session, detail: str) -> Sequence[ProcedureRow]:
    """The open procedures whose details tell `detail`, held; those that someone holds already are left for later."""
    published = col(ProcedureRow.state) == ProcedureState.PUBLISHED
    told = col(ProcedureRow.details)[detail].as_string().is_not(None)
    return db.exec(_kept().where(published, told).with_for_update(skip_locked=True)).all()


def path_is_taken(db: Session, path: str, by_another_than: int) -> bool:
    """Whether another procedure, discarded ones included, stands at `path`."""
    query = select(ProcedureRow.id).where(col(ProcedureRow.path) == path, col(ProcedureRow.id) != by_another_than)
    return db.exec(query).first() is not None


def relations(db: Session, actor: Actor, id: int) -> frozenset[Relation]:
    """What the actor is to the procedure; having the role of an administrator elsewhere counts for nothing."""
    found = set(actor.relations) - {Relation.ADMINISTRATOR}
    if db.exec(select(ProcedureRow.id).where(col(ProcedureRow.id) == id, _administered_by(actor))).first():
        found.add(Relation.ADMINISTRATOR)
    if db.exec(select(ProcedureRow.id).where(col(ProcedureRow.id) == id, _instructed_by(actor))).first():
        found.add(Relation.INSTRUCTOR)
    return frozenset(found)


def _kept() -> SelectOfScalar[ProcedureRow]:
    return select(ProcedureRow).where(col(ProcedureRow.discarded_at).is_(None))


def _administered_by(actor: Actor) -> ColumnElement[bool]:
    mine = select(ProcedureAdministrator.procedure_id).where(col(ProcedureAdministrator.account_id) == actor.account_id)
    return col(ProcedureRow.id).in_(mine)


def _instructed_by(actor: Actor) -> ColumnElement[bool]:
    mine = (
        select(InstructorGroup.procedure_id)
        .join(GroupMember, col(GroupMember.group_id) == col(InstructorGroup.id))
        .where(col(GroupMember.account_id) == actor.account_id)
    )
    return col(ProcedureRow.id).in_(mine)


# -- making and editing -------------------------------------------------------------------------------------------
def create(
    db: Session,
    *,
    organisation_id: int,
    administrator_id: int,
    title: str,
    draft: dict[str, Any],
    details: dict[str, Any],
    now: datetime,
    origin: dict[str, Any] | None = None,
) -> ProcedureRow:
    """A new procedure in draft, with its first administrator and an empty group of agents."""
    row = ProcedureRow(
        organisation_id=organisation_id,
        state=ProcedureState.DRAFT,
        title=title,
        draft=draft,
        details=details,
        origin=origin,
        created_at=now,
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    db.add(ProcedureAdministrator(procedure_id=row.id, account_id=administrator_id))
    db.add(InstructorGroup(procedure_id=row.id, label=DEFAULT_GROUP))
    db.flush()
    return row


def new_field_ids(db: Session, count: int) -> range:
    """That many ids for fields, never given before on this installation."""
    last = db.execute(
        text(
            "INSERT INTO counter (name, number) VALUES ('field', :count) "
            "ON CONFLICT (name) DO UPDATE SET number = counter.number + :count RETURNING number"
        ),
        {"count": count},
    ).scalar_one()
    return range(last - count + 1, last + 1)


def append_command(
    db: Session,
    row: ProcedureRow,
    *,
    command: dict[str, Any],
    inverse: dict[str, Any],
    draft: dict[str, Any],
    author_id: int | None,
    now: datetime,
    undoes: int | None = None,
) -> int:
    """Log an edit of the locked procedure and keep the draft that it leads to; its number in the log."""
    assert row.id is not None
    row.draft_sequence += 1
    row.draft = draft
    row.draft_changed = True
    db.add(
        DraftCommand(
            procedure_id=row.id,
            sequence=row.draft_sequence,
            command=command,
            inverse=inverse,
            author_id=author_id,
            at=now,
            undoes=undoes,
        )
    )
    db.flush()
    return row.draft_sequence


def commands(
    db: Session, procedure_id: int, *, author_id: int | None = None, limit: int | None = None
) -> Sequence[DraftCommand]:
    """The log of a draft, newest first; only one author's when given."""
    query = select(DraftCommand).where(col(DraftCommand.procedure_id) == procedure_id)
    if author_id is not None:
        query = query.where(col(DraftCommand.author_id) == author_id)
    return db.exec(query.order_by(col(DraftCommand.sequence).desc()).limit(limit)).all()


def command(db: Session, procedure_id: int, sequence: int) -> DraftCommand:
    """One line of the log of a draft. Raises NotFound."""
    query = select(DraftCommand).where(
        col(DraftCommand.procedure_id) == procedure_id, col(DraftCommand.sequence) == sequence
    )
    row = db.exec(query).first()
    if row is None:
        raise NotFound
    return row


def commands_after(db: Session, procedure_id: int, sequence: int) -> Sequence[DraftCommand]:
    """The lines of the log after that one, oldest first."""
    query = select(DraftCommand).where(
        col(DraftCommand.procedure_id) == procedure_id, col(DraftCommand.sequence) > sequence
    )
    return db.exec(query.order_by(col(DraftCommand.sequence))).all()


def log_of(db: Session, procedure_id: int, *, author_id: int, limit: int = 1000) -> list[tuple[int, int | None]]:
    """The sequences of one author's latest lines, each with the line that it takes back, oldest first."""
    query = (
        select(DraftCommand.sequence, DraftCommand.undoes)
        .where(col(DraftCommand.procedure_id) == procedure_id, col(DraftCommand.author_id) == author_id)
        .order_by(col(DraftCommand.sequence).desc())
        .limit(limit)
    )
    return [(sequence, undoes) for sequence, undoes in reversed(db.exec(query).all())]


def last_edits(db: Session, procedure_ids: Collection[int]) -> dict[int, datetime]:
    """When each draft was last edited; nothing for one that never was."""
    query = (
        select(DraftCommand.procedure_id, func.max(DraftCommand.at))
        .where(col(DraftCommand.procedure_id).in_(procedure_ids))
        .group_by(col(DraftCommand.procedure_id))
    )
    return dict(db.exec(query).all())


# -- publishing ---------------------------------------------------------------------------------------------------
def publish(
    db: Session, row: ProcedureRow, *, path: str, document: dict[str, Any], publisher_id: int | None, now: datetime
) -> RevisionRow:
    """Freeze `document` as the procedure's next revision, and open the procedure with it under `path`."""
    assert row.id is not None
    last = db.exec(select(func.max(RevisionRow.number)).where(col(RevisionRow.procedure_id) == row.id)).one()
    revision = RevisionRow(
        procedure_id=row.id, number=(last or 0) + 1, document=document, published_at=now, published_by=publisher_id
    )
    db.add(revision)
    db.flush()
    row.path = path
    row.state = ProcedureState.PUBLISHED
    row.published_revision_id = revision.id
    row.published_at = row.published_at or now
    row.closed_at = None
    row.draft_changed = False
    db.flush()
    return revision


def close(db: Session, row: ProcedureRow, now: datetime) -> None:
    """Take no new dossiers."""
    row.state = ProcedureState.CLOSED
    row.closed_at = now
    db.flush()


def revision(db: Session, id: int) -> RevisionRow:
    """A published form; it never changes, so callers may keep it. Raises NotFound."""
    row = db.get(RevisionRow, id)
    if row is None:
        raise NotFound
    return row


# -- who does what ------------------------------------------------------------------------------------------------
def administrators(db: Session, procedure_id: int) -> Sequence[Account]:
    """Who administers the procedure, by address."""
    members = select(ProcedureAdministrator.account_id).where(col(ProcedureAdministrator.procedure_id) == procedure_id)
    return db.exec(select(Account).where(col(Account.id).in_(members)).order_by(col(Account.email))).all()


def add_administrator(db: Session, procedure_id: int, account_id: int) -> None:
    """Make the account an administrator of the procedure; nothing when it is one."""
    if db.get(ProcedureAdministrator, (procedure_id, account_id)) is None:
        db.add(ProcedureAdministrator(procedure_id=procedure_id, account_id=account_id))
        db.flush()


def remove_administrator(db: Session, procedure_id: int, account_id: int) -> None:
    """Undo `add_administrator`."""
    member = db.get(ProcedureAdministrator, (procedure_id, account_id))
    if member is not None:
        db.delete(member)
        db.flush()


def groups(db: Session, procedure_id: int) -> Sequence[InstructorGroup]:
    """The groups of agents, the default one first."""
    query = select(InstructorGroup).where(col(InstructorGroup.procedure_id) == procedure_id)
    return db.exec(query.order_by(col(InstructorGroup.id))).all()


def instructors(db: Session, procedure_id: int) -> Sequence[Account]:
    """The agents of all groups, by address."""
    members = (
        select(GroupMember.account_id)
        .join(InstructorGroup, col(InstructorGroup.id) == col(GroupMember.group_id))
        .where(col(InstructorGroup.procedure_id) == procedure_id)
    )
    return db.exec(select(Account).where(col(Account.id).in_(members)).order_by(col(Account.email))).all()


def add_instructor(db: Session, procedure_id: int, account_id: int) -> None:
    """Put the account into the default group; nothing when it is there."""
    group = groups(db, procedure_id)[0]
    if db.get(GroupMember, (group.id, account_id)) is None:
        db.add(GroupMember(group_id=group.id or 0, account_id=account_id))
        db.flush()


def remove_instructor(db: Session, procedure_id: int, account_id: int) -> None:
    """Take the account out of every group of the procedure."""
    for group in groups(db, procedure_id):
        member = db.get(GroupMember, (group.id, account_id))
        if member is not None:
            db.delete(member)
    db.flush()
