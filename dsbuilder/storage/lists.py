"""Lists of dossiers, page by page, and how many there are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal
from sqlmodel import Session, col, select

from dsbuilder.domain.desk import ON_THE_DESK, Pile, Tab
from dsbuilder.domain.dossier import DossierState
from dsbuilder.domain.people import Actor
from dsbuilder.storage.dossiers import REQUESTER, REQUESTER_NAMES, instructed_by, normalised, owned_by
from dsbuilder.storage.paging import PAGE, Cursor, Page, newest_first
from dsbuilder.storage.people import name_of
from dsbuilder.storage.tables import (
    Account,
    AnswerKey,
    DossierRow,
    Follow,
    GroupMember,
    MessageRow,
    ProcedureRow,
    StateCount,
)

CANDIDATES = 500  # more than that, and one types another letter


@dataclass(frozen=True, slots=True)
class Listed:
    """One dossier in a list: what a row shows, without the answers."""

    number: int
    procedure_id: int
    procedure_title: str
    state: str
    email: str
    requester: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime
    deposited_at: datetime | None
    followed: bool
    unread: int


def of_applicant(
    db: Session,
    actor: Actor,
    cursor: Cursor | None = None,
    size: int = PAGE,
    states: Collection[DossierState] = tuple(DossierState),
) -> Page[Listed]:
    """The actor's own dossiers in some states, last changed first."""
    at = col(DossierRow.updated_at)
    query = _listed(actor, at, read_by="applicant").where(owned_by(actor), col(DossierRow.state).in_(states))
    return newest_first(db, query, at, col(DossierRow.id), _read, cursor, size)


def drafts_in(db: Session, actor: Actor, procedure_id: int, *, test: bool = False, size: int = PAGE) -> tuple[int, ...]:
    """The numbers of the actor's drafts in a procedure, last changed first."""
    query = select(DossierRow.id).where(
        owned_by(actor),
        col(DossierRow.procedure_id) == procedure_id,
        col(DossierRow.state) == DossierState.DRAFT,
        col(DossierRow.test) == test,
    )
    order = (col(DossierRow.updated_at).desc(), col(DossierRow.id).desc())
    return tuple(number for number in db.exec(query.order_by(*order).limit(size)).all() if number is not None)


def counts_of_applicant(db: Session, actor: Actor) -> dict[DossierState, int]:
    """How many dossiers the actor has in each state."""
    query = select(DossierRow.state, func.count()).where(owned_by(actor)).group_by(col(DossierRow.state))
    return {DossierState(state): number for state, number in db.execute(query).all()}


def of_instructor(
    db: Session, actor: Actor, procedure_id: int, tab: Tab, cursor: Cursor | None = None, size: int = PAGE
) -> Page[Listed]:
    """The dossiers of one tab of a procedure, last deposited first."""
    at = col(DossierRow.deposited_at)
    query = of_tab(_listed(actor, at, read_by="instructor"), actor, procedure_id, tab)
    return newest_first(db, query, at, col(DossierRow.id), _read, cursor, size)


def search(db: Session, actor: Actor, procedure_id: int, words: str, size: int = PAGE) -> Sequence[Listed]:
    """The dossiers of a procedure, the archive included, by number or by how an address or a name begins."""
    words = words.strip().lower()
    if not words:
        return ()
    numbers = _found_by(db, words, procedure_id)
    query = _listed(actor, col(DossierRow.deposited_at), read_by="instructor").where(
        instructed_by(actor), col(DossierRow.id).in_(numbers)
    )
    order = (col(DossierRow.deposited_at).desc(), col(DossierRow.id).desc())
    return [_read(row) for row in db.execute(query.order_by(*order).limit(size)).all()]


def _found_by(db: Session, words: str, procedure_id: int) -> set[int]:
    """The numbers in a procedure that a search means, each way by a walk along its own index, `CANDIDATES` long at most.

    Asked one by one, and the procedure compared here: a planner that sees both walks the whole procedure instead.
    """
    accounts = select(Account.id).where(_begins(col(Account.email), words)).limit(CANDIDATES)
    by_address = col(DossierRow.applicant_id).in_(db.exec(accounts).all())
    names = select(AnswerKey.dossier_id).where(
        col(AnswerKey.field_id) == REQUESTER,
        col(AnswerKey.column_name).in_(REQUESTER_NAMES),
        col(AnswerKey.procedure_id) == procedure_id,
        _begins(col(AnswerKey.text), normalised(words)),
    )
    number = words.replace("\xa0", "").replace(" ", "")
    is_number = number.isdecimal() and number.isascii() and len(number) < 19
    by_number = col(DossierRow.id).in_([int(number)] if is_number else [])
    of_any = [*db.exec(select(DossierRow.id, DossierRow.procedure_id).where(by_address)).all()]
    of_any += db.exec(select(DossierRow.id, DossierRow.procedure_id).where(by_number)).all()
    mine = {id for id, its_procedure in of_any if its_procedure == procedure_id and id is not None}
    return mine | set(db.exec(names.limit(CANDIDATES)).all())


def _begins(column: Any, words: str) -> Any:
    return and_(column >= words, column < words + "\U0010ffff")


def neighbours(
    db: Session, actor: Actor, procedure_id: int, tab: Tab, row: DossierRow
) -> tuple[int | None, int | None]:
    """The numbers just before and just after the dossier in the list of the tab, whether or not it still lies there."""
    if row.deposited_at is None:
        return None, None
    at, id = col(DossierRow.deposited_at), col(DossierRow.id)
    query = of_tab(select(at, id), actor, procedure_id, tab)
    place = Cursor(row.deposited_at, row.id or 0)
    above = newest_first(db, query, at, id, _number, Cursor(place.at, place.id, backwards=True), 1)
    below = newest_first(db, query, at, id, _number, place, 1)
    return next(iter(above.items), None), next(iter(below.items), None)


def followers(db: Session, numbers: Sequence[int]) -> dict[int, list[str]]:
    """The names of the agents who follow each dossier of a page, in one statement."""
    query = (
        select(Follow.dossier_id, Account)
        .join(Account, col(Account.id) == col(Follow.account_id))
        .where(col(Follow.dossier_id).in_(numbers))
        .order_by(col(Follow.since), col(Follow.account_id))
    )
    found: dict[int, list[str]] = {}
    for number, account in db.execute(query).all():
        found.setdefault(number, []).append(name_of(account))
    return found


# -- how many -----------------------------------------------------------------------------------------------------
def counts_by_tab(db: Session, actor: Actor, procedure_id: int) -> dict[Tab, int]:
    """How many dossiers each tab of a procedure holds for the actor."""
    return counts(db, actor).get(procedure_id, dict.fromkeys(Tab, 0))


def counts(db: Session, actor: Actor) -> dict[int, dict[Tab, int]]:
    """The same for every procedure that the actor instructs and that has dossiers."""
    mine = select(GroupMember.group_id).where(col(GroupMember.account_id) == actor.account_id)
    query = (
        select(StateCount.procedure_id, StateCount.pile, func.sum(StateCount.number))
        .where(col(StateCount.group_id).in_(mine), col(StateCount.pile).in_(ON_THE_DESK))
        .group_by(col(StateCount.procedure_id), col(StateCount.pile))
    )
    found: dict[int, dict[Tab, int]] = {}
    for procedure_id, pile, number in db.execute(query).all():
        tabs = found.setdefault(procedure_id, dict.fromkeys(Tab, 0))
        tabs[Tab.ALL] += int(number)
        tab = {Pile.TO_FOLLOW: Tab.TO_FOLLOW, Pile.DECIDED: Tab.DECIDED}.get(Pile(pile))
        if tab is not None:
            tabs[tab] += int(number)
    for procedure_id, number in db.execute(_followed_by_procedure(actor)).all():
        found.setdefault(procedure_id, dict.fromkeys(Tab, 0))[Tab.FOLLOWED] = number
    return found


def counts_by_state(db: Session, procedure_id: int) -> dict[str, int]:
    """How many deposited dossiers of the procedure stand in each state, for its administrators."""
    query = (
        select(StateCount.state, func.sum(StateCount.number))
        .where(col(StateCount.procedure_id) == procedure_id)
        .group_by(col(StateCount.state))
    )
    return {state: int(number) for state, number in db.execute(query).all()}


def counts_of(db: Session, procedure_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """The same for several procedures at once."""
    query = (
        select(StateCount.procedure_id, StateCount.state, func.sum(StateCount.number))
        .where(col(StateCount.procedure_id).in_(procedure_ids))
        .group_by(col(StateCount.procedure_id), col(StateCount.state))
    )
    found: dict[int, dict[str, int]] = {}
    for procedure_id, state, number in db.execute(query).all():
        found.setdefault(procedure_id, {})[state] = int(number)
    return found


def _followed_by_procedure(actor: Actor) -> Any:
    return (
        select(DossierRow.procedure_id, func.count())
        .join(Follow, col(Follow.dossier_id) == col(DossierRow.id))
        .where(
            col(Follow.account_id) == actor.account_id,
            col(DossierRow.pile) == Pile.FOLLOWED,
            instructed_by(actor),
        )
        .group_by(col(DossierRow.procedure_id))
    )


def listed_by_instructor(db: Session, actor: Actor, numbers: Collection[int]) -> Sequence[Listed]:
    """Those of some dossiers that the actor instructs, in no order."""
    query = _listed(actor, col(DossierRow.deposited_at), read_by="instructor")
    query = query.where(instructed_by(actor), col(DossierRow.id).in_(numbers))
    return [_read(row) for row in db.execute(query).all()]


# -- shared -------------------------------------------------------------------------------------------------------
def of_tab(query: Any, actor: Actor, procedure_id: int, tab: Tab, *, by_number: bool = False) -> Any:
    """Those of `query` that the actor finds in a tab; `by_number`, without the indexes that list a whole procedure."""
    procedure = col(DossierRow.procedure_id) + 0 if by_number else col(DossierRow.procedure_id)
    query = query.where(procedure == procedure_id, instructed_by(actor))
    if tab is Tab.ALL:
        # Drafts have no such instant: without saying so, PostgreSQL walks through them all first.
        return query.where(col(DossierRow.archived).is_(False), col(DossierRow.deposited_at).is_not(None))
    if tab is Tab.FOLLOWED:
        mine = select(Follow.dossier_id).where(col(Follow.account_id) == actor.account_id)
        return query.where(col(DossierRow.pile) == Pile.FOLLOWED, col(DossierRow.id).in_(mine))
    return query.where(col(DossierRow.pile) == (Pile.TO_FOLLOW if tab is Tab.TO_FOLLOW else Pile.DECIDED))


def _listed(actor: Actor, at: Any, *, read_by: str) -> Any:
    followed = (
        select(literal(1))
        .where(col(Follow.dossier_id) == col(DossierRow.id), col(Follow.account_id) == actor.account_id)
        .exists()
    )
    unread = (
        select(func.count())
        .select_from(MessageRow)
        .where(
            col(MessageRow.dossier_id) == col(DossierRow.id),
            (col(MessageRow.side) != "applicant") if read_by == "applicant" else (col(MessageRow.side) == "applicant"),
            col(MessageRow.read_at).is_(None),
            col(MessageRow.discarded_at).is_(None),
        )
        .scalar_subquery()
    )
    return (
        select(at, col(DossierRow.id), col(DossierRow.procedure_id))
        .add_columns(col(ProcedureRow.title), col(DossierRow.state), col(Account.email))
        .add_columns(col(DossierRow.requester), col(DossierRow.created_at), col(DossierRow.updated_at))
        .add_columns(col(DossierRow.deposited_at), followed, unread)
        .join(ProcedureRow, col(ProcedureRow.id) == col(DossierRow.procedure_id))
        .join(Account, col(Account.id) == col(DossierRow.applicant_id))
    )


def _read(row: Any) -> Listed:
    return Listed(*row[1:])


def _number(row: Any) -> int:
    return int(row[1])
