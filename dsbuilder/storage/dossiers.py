"""Dossiers: finding one through who asks, and changing it without losing what others change."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ARRAY, ColumnElement, Text, and_, cast, func, insert, literal, or_, text, update
from sqlalchemy import delete as sql_delete
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, col, select

from dsbuilder.domain.desk import Pile, pile_of
from dsbuilder.domain.dossier import DECIDED, DossierState, Event
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.people import Actor
from dsbuilder.domain.permissions import Relation
from dsbuilder.domain.texts import fold
from dsbuilder.storage.tables import Account, AnswerKey, DossierRow, Follow, GroupMember, StoredFile, TransitionRow

Stream = Literal["answers", "annotations"]
PATH = re.compile(r"[0-9]{1,19}(:[0-9A-HJKMNP-TV-Z]{26})?")  # a field, or a field in a row of a block
PATHS_AT_ONCE = 40  # SQLite takes at most 127 arguments in a function
PATHS_IN_A_STATEMENT = 1000  # and its parser at most some forty functions one in another


# -- finding ------------------------------------------------------------------------------------------------------
def visible_to(actor: Actor) -> Any:
    """The dossiers that the actor owns or instructs: with the two below, the only door to dossiers."""
    return select(DossierRow).where(or_(owned_by(actor), instructed_by(actor)))


def owned_by(actor: Actor) -> ColumnElement[bool]:
    """True for the dossiers that the actor opened and has not deleted."""
    return owned_by_account(actor.account_id)


def instructed_by(actor: Actor) -> ColumnElement[bool]:
    """True for the deposited dossiers of the actor's groups."""
    return instructed_by_account(actor.account_id)


def owned_by_account(account_id: Any) -> ColumnElement[bool]:
    """The same for the id of an account, or for the parameter of a prepared statement that stands for it."""
    return and_(col(DossierRow.applicant_id) == account_id, col(DossierRow.discarded_at).is_(None))


def instructed_by_account(account_id: Any) -> ColumnElement[bool]:
    """The same for the id of an account, or for the parameter of a prepared statement that stands for it."""
    groups = select(GroupMember.group_id).where(col(GroupMember.account_id) == account_id)
    return and_(
        col(DossierRow.group_id).in_(groups),
        col(DossierRow.pile) != Pile.DRAFT,
        col(DossierRow.discarded_at).is_(None),
    )


def get(db: Session, actor: Actor, number: int, *, lock: bool = False) -> DossierRow:
    """The dossier of that number, held until the transaction ends when `lock`. Raises NotFound unless visible.

    Whoever changes its state, followers or archive must hold it.
    """
    query = visible_to(actor).where(col(DossierRow.id) == number)
    row = db.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound
    return row


def for_platform(db: Session, number: int) -> DossierRow | None:
    """The dossier of that number whoever owns it, held until the transaction ends; None once it is given up."""
    query = select(DossierRow).where(col(DossierRow.id) == number, col(DossierRow.discarded_at).is_(None))
    return db.exec(query.with_for_update()).first()


def relations(db: Session, actor: Actor, row: DossierRow) -> frozenset[Relation]:
    """What the actor is to the dossier; both its owner and its agent, when an agent files."""
    found = set(actor.relations) - {Relation.ADMINISTRATOR}
    if actor.signed_in and row.applicant_id == actor.account_id:
        found.add(Relation.OWNER)
    if db.exec(select(DossierRow.id).where(col(DossierRow.id) == row.id, instructed_by(actor))).first():
        found.add(Relation.INSTRUCTOR)
    return frozenset(found)


def transitions(db: Session, number: int) -> Sequence[TransitionRow]:
    """What happened to the dossier, oldest first."""
    query = select(TransitionRow).where(col(TransitionRow.dossier_id) == number)
    return db.exec(query.order_by(col(TransitionRow.id))).all()


# -- filling ------------------------------------------------------------------------------------------------------
def create(
    db: Session,
    *,
    procedure_id: int,
    revision_id: int | None,
    applicant_id: int,
    now: datetime,
    test: bool = False,
    requester: dict[str, Any] | None = None,
) -> DossierRow:
    """A new dossier in draft, without an answer."""
    row = DossierRow(
        procedure_id=procedure_id,
        revision_id=revision_id,
        applicant_id=applicant_id,
        state=DossierState.DRAFT,
        pile=Pile.DRAFT,
        requester=requester or {},
        test=test,
        created_at=now,
        updated_at=now,
    )
    db.add(row)
    db.flush()
    return row


def patch_answer(
    db: Session,
    number: int,
    path: str,
    entry: Mapping[str, Any] | bool | None,
    now: datetime,
    stream: Stream = "answers",
) -> None:
    """Set one entry of a document, or remove it when None; all other entries stay as anybody left them."""
    patch_answers(db, number, {path: entry}, now, stream)


def patch_answers(
    db: Session,
    number: int,
    changes: Mapping[str, Mapping[str, Any] | bool | None],
    now: datetime,
    stream: Stream = "answers",
) -> None:
    """Set and remove several entries, in one statement unless they are very many."""
    for path in changes:
        if not PATH.fullmatch(path):
            raise ValueError("not a path of an answer")
    if len(changes) > PATHS_IN_A_STATEMENT:
        entries = list(changes.items())
        for start in range(0, len(entries), PATHS_IN_A_STATEMENT):
            patch_answers(db, number, dict(entries[start : start + PATHS_IN_A_STATEMENT]), now, stream)
        return
    column = col(getattr(DossierRow, stream))
    patched = _patched_sqlite if db.get_bind().dialect.name == "sqlite" else _patched_postgresql
    values = {stream: patched(column, changes), "updated_at": now}
    db.execute(
        update(DossierRow)
        .where(col(DossierRow.id) == number)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    held = db.identity_map.get(db.identity_key(DossierRow, number))
    if held is not None:
        db.expire(held, [stream, "updated_at"])


def _patched_sqlite(column: Any, changes: Mapping[str, Any]) -> Any:
    patched = column
    entries = list(changes.items())
    for start in range(0, len(entries), PATHS_AT_ONCE):
        some = entries[start : start + PATHS_AT_ONCE]
        places = [(f'$."{path}"', entry) for path, entry in some]
        kept = [part for place, entry in places if entry is not None for part in (place, func.json(_dump(entry)))]
        gone = [place for place, entry in places if entry is None]
        patched = func.json_set(patched, *kept) if kept else patched
        patched = func.json_remove(patched, *gone) if gone else patched
    return patched


def _patched_postgresql(column: Any, changes: Mapping[str, Any]) -> Any:
    kept = {path: entry for path, entry in changes.items() if entry is not None}
    gone = [path for path, entry in changes.items() if entry is None]
    patched = column.op("||")(cast(literal(kept, JSONB), JSONB)) if kept else column
    return patched.op("-")(cast(gone, ARRAY(Text))) if gone else patched


def _dump(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Key:
    """One derived key of one answer; `text` normalised by whoever derives it."""

    field_id: int
    column: str
    number: float | None = None
    text: str | None = None
    row: str = ""
    position: int = 0


REQUESTER = 0  # stands for the field where keys are those of whom the dossier concerns
REQUESTER_NAMES = ("name", "last_name")


def normalised(text: str) -> str:
    """`text` as keys hold it: in lower case, without accents, not too long."""
    return fold(text.strip())[:64]


def _requester_keys(requester: Mapping[str, Any]) -> list[Key]:
    last_name = str(requester.get("last_name") or "")
    name = f"{requester.get('first_name') or ''} {last_name}".strip()
    return [
        Key(REQUESTER, column, text=normalised(text))
        for column, text in zip(REQUESTER_NAMES, (name, last_name), strict=True)
        if text
    ]


def rewrite_keys(db: Session, row: DossierRow, keys: Iterable[Key]) -> None:
    """Replace the keys that lists filter, sort and search by; at deposit and when a deposited dossier changes."""
    db.execute(sql_delete(AnswerKey).where(col(AnswerKey.dossier_id) == row.id))
    rows = [
        {
            "dossier_id": row.id,
            "procedure_id": row.procedure_id,
            "field_id": key.field_id,
            "column_name": key.column,
            "number": key.number,
            "text": key.text,
            "row": key.row,
            "position": key.position,
        }
        for key in (*_requester_keys(row.requester), *keys)
    ]
    if rows:
        db.execute(insert(AnswerKey), rows)


# -- what happens to one ------------------------------------------------------------------------------------------
def change_state(
    db: Session,
    row: DossierRow,
    event: Event,
    to: DossierState,
    *,
    account_id: int | None,
    now: datetime,
    reason: str = "",
    group_id: int | None = None,
) -> TransitionRow:
    """Bring the locked dossier to state `to` and write its history; `group_id` says who gets a deposited one."""
    transition = TransitionRow(
        dossier_id=row.id or 0,
        event=event,
        from_state=row.state,
        to_state=to,
        at=now,
        account_id=account_id,
        reason=reason,
        revision_id=row.revision_id,
    )
    db.add(transition)
    before = _counted(row)
    row.state = to
    row.updated_at = now
    row.group_id = group_id if group_id is not None else row.group_id
    row.reason = reason if to in DECIDED else ""
    row.processed_at = now if to in DECIDED else None
    if to is DossierState.UNDER_INSTRUCTION:
        row.under_instruction_at = row.under_instruction_at or now
        row.archived = False
    if row.deposited_at is None and to is not DossierState.DRAFT:
        row.deposited_at = now
    _settle(db, row, before)
    return transition


def follow(db: Session, row: DossierRow, account_id: int, now: datetime) -> None:
    """Let the agent follow the locked dossier; nothing when they do."""
    if db.get(Follow, (row.id, account_id)) is not None:
        return
    before = _counted(row)
    db.add(Follow(dossier_id=row.id or 0, account_id=account_id, since=now))
    db.flush()
    _settle(db, row, before)


def unfollow(db: Session, row: DossierRow, account_id: int) -> None:
    """Undo `follow`."""
    before = _counted(row)
    db.execute(sql_delete(Follow).where(col(Follow.dossier_id) == row.id, col(Follow.account_id) == account_id))
    _settle(db, row, before)


def followers(db: Session, number: int) -> Sequence[int]:
    """The accounts that follow the dossier, the first one first."""
    query = select(Follow.account_id).where(col(Follow.dossier_id) == number)
    return db.exec(query.order_by(col(Follow.since), col(Follow.account_id))).all()


def following_agents(db: Session, row: DossierRow) -> Sequence[Account]:
    """The agents who follow the dossier and still belong to its group, the first one first."""
    query = (
        select(Account)
        .join(Follow, col(Follow.account_id) == col(Account.id))
        .join(GroupMember, col(GroupMember.account_id) == col(Account.id))
        .where(col(Follow.dossier_id) == row.id, col(GroupMember.group_id) == row.group_id)
    )
    return db.exec(query.order_by(col(Follow.since), col(Follow.account_id))).all()


def archive(db: Session, row: DossierRow, archived: bool) -> None:
    """Put the locked dossier into the archive or take it out."""
    before = _counted(row)
    row.archived = archived
    _settle(db, row, before)


def discard(db: Session, row: DossierRow, now: datetime) -> None:
    """Hide the locked dossier from everybody, until it is purged."""
    before = _counted(row)
    row.discarded_at = now
    _settle(db, row, before)


def purge(db: Session, before: datetime) -> None:
    """Remove for good the dossiers hidden before then, once none of their files is left."""
    has_files = col(DossierRow.id).in_(select(StoredFile.dossier_id))
    db.execute(sql_delete(DossierRow).where(col(DossierRow.discarded_at) < before, ~has_files))


Counted = tuple[int, str, str, int]


def _counted(row: DossierRow) -> Counted | None:
    """Under which counter the dossier stands."""
    if row.group_id is None or row.pile == Pile.DRAFT or row.discarded_at is not None:
        return None
    return row.group_id, row.state, row.pile, row.procedure_id


def _settle(db: Session, row: DossierRow, before: Counted | None) -> None:
    """Find the dossier's pile again after a change, and keep the counters true."""
    has_follower = bool(followers(db, row.id or 0))
    row.pile = pile_of(DossierState(row.state), archived=row.archived, has_follower=has_follower)
    db.flush()
    after = _counted(row)
    if before == after:
        return
    steps = [(counted, step) for counted, step in ((before, -1), (after, 1)) if counted is not None]
    for counted, step in sorted(steps):  # always in the same order, so that two transactions never wait for each other
        _count(db, counted, step)


def _count(db: Session, counted: Counted, step: int) -> None:
    group_id, state, pile, procedure_id = counted
    db.execute(
        text(
            "INSERT INTO state_count (group_id, state, pile, procedure_id, number) "
            "VALUES (:group_id, :state, :pile, :procedure_id, :step) "
            "ON CONFLICT (group_id, state, pile) DO UPDATE SET number = state_count.number + :step"
        ),
        {"group_id": group_id, "state": str(state), "pile": str(pile), "procedure_id": procedure_id, "step": step},
    )
