"""The citizen's own dossiers: the list, and where one stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dsbuilder.actions.context import Context, reads
from dsbuilder.actions.forms import form_of
from dsbuilder.domain.details import Details, details_from_json
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.dossier import DECIDED, IN_PROGRESS, DossierState, Event, Person
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.permissions import Permission, Relation, require
from dsbuilder.storage import dossiers, lists, people
from dsbuilder.storage.lists import Listed
from dsbuilder.storage.paging import Cursor
from dsbuilder.storage.tables import ProcedureRow


class MyTab(StrEnum):
    """What a citizen looks at; the values stand in addresses."""

    IN_PROGRESS = "en-cours"
    DECIDED = "traites"
    DRAFTS = "brouillons"


STATES: dict[MyTab, frozenset[DossierState]] = {
    MyTab.IN_PROGRESS: IN_PROGRESS,
    MyTab.DECIDED: DECIDED,
    MyTab.DRAFTS: frozenset({DossierState.DRAFT}),
}
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Mine:
    """One page of one tab, and how many each tab holds; a cursor is empty where there is nothing more."""

    tab: MyTab
    items: tuple[Listed, ...]
    counts: dict[MyTab, int]
    following: str = ""
    preceding: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a dossier."""

    event: Event
    at: datetime
    by_me: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A dossier as its owner follows it."""

    number: int
    title: str
    path: str
    organisation: str
    details: Details
    state: DossierState
    is_test: bool
    requester: Person
    deposited_at: datetime | None
    reason: str
    history: tuple[Happened, ...]


@reads
def mine(ctx: Context, tab: str = "", place: str = "") -> Mine:
    """A page of the actor's dossiers; without a tab, the first one that holds something."""
    require(ctx.actor.relations, Permission.DOSSIER_CREATE)
    by_state = lists.counts_of_applicant(ctx.db, ctx.actor)
    counts = {tab: sum(by_state.get(state, 0) for state in states) for tab, states in STATES.items()}
    chosen = MyTab(tab) if tab in set(MyTab) else next((t for t in MyTab if counts[t]), MyTab.IN_PROGRESS)
    page = lists.of_applicant(ctx.db, ctx.actor, Cursor.read(place), PER_PAGE, STATES[chosen])
    return Mine(chosen, page.items, counts, str(page.following or ""), str(page.preceding or ""))


@reads
def see(ctx: Context, number: int) -> Seen:
    """The actor's own dossier. Raises NotFound for anybody else's, the agents' own page shows those."""
    row = dossiers.get(ctx.db, ctx.actor, number)
    relations = dossiers.relations(ctx.db, ctx.actor, row)
    require(relations, Permission.DOSSIER_READ)
    if Relation.OWNER not in relations:
        raise NotFound
    procedure = ctx.db.get_one(ProcedureRow, row.procedure_id)
    history = dossiers.transitions(ctx.db, number)
    return Seen(
        number=number,
        title=form_of(ctx.db, row).title or procedure.title,
        path=procedure.path or "",
        organisation=people.organisation(ctx.db, procedure.organisation_id).name,
        details=details_from_json(procedure.details),
        state=DossierState(row.state),
        is_test=row.test,
        requester=person_from_json(row.requester),
        deposited_at=row.deposited_at,
        reason=row.reason,
        history=tuple(Happened(Event(t.event), t.at, t.account_id == ctx.actor.account_id, t.reason) for t in history),
    )
