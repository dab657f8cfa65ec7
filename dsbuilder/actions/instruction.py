"""What an agent does with one dossier: open, follow, instruct, decide, take the decision back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dsbuilder.actions import linking
from dsbuilder.actions.context import Context, Subject, durable, reads, record
from dsbuilder.actions.forms import answers_of, day_of, form_of
from dsbuilder.actions.listing import Wanted, narrowing_of
from dsbuilder.actions.telling import tell_applicant
from dsbuilder.actions.treating_files import plan_purge
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.dossier import (
    DECISIONS,
    NEEDS_REASON,
    STATE_LABELS,
    DossierState,
    Event,
    next_state,
    possible_events,
)
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.messages import tidy
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.reading import ReadSection, read
from dsbuilder.domain.texts import Language, Text
from dsbuilder.storage import dossiers, lists, messages, narrowed, people, procedures
from dsbuilder.storage.tables import DossierRow, ProcedureRow, TransitionRow

_SAY_WHY = Text(
    "Écrivez la raison de cette décision\xa0: l’usager la lira.",
    "Write the reason for this decision: the applicant will read it.",
)
_CHANGED_MEANWHILE = Text(
    "{who} vient de changer ce dossier\xa0: il est maintenant «\xa0{state}\xa0». Rien n’a été fait en double. "
    "Relisez-le avant de décider.",
    "{who} has just changed this dossier: it is now “{state}”. Nothing was done twice. Read it again before deciding.",
)
_SOMEONE = Text("Quelqu’un", "Someone")


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a dossier's history."""

    event: Event
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Follower:
    """An agent who follows a dossier."""

    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier as an agent sees it, without its answers. `seen` goes back with what the agent decides."""

    number: int
    procedure: int
    procedure_title: str
    state: DossierState
    email: str
    requester: str
    deposited_at: datetime | None
    under_instruction_at: datetime | None
    processed_at: datetime | None
    reason: str
    history: Sequence[Happened]
    seen: int
    possible: tuple[Event, ...]
    followers: Sequence[Follower]
    is_followed: bool
    me: int
    message_count: int
    unread_count: int


# -- reading ------------------------------------------------------------------------------------------------------
@reads
def open_dossier(ctx: Context, number: int, procedure: int) -> Opened:
    """The dossier of that procedure. Raises NotFound when it stands elsewhere."""
    row = _found(ctx, number)
    if row.procedure_id != procedure:
        raise NotFound
    happened = dossiers.transitions(ctx.db, number)
    names = people.names(ctx.db, [t.account_id for t in happened if t.account_id])
    followers = [Follower(a.id or 0, people.name_of(a)) for a in dossiers.following_agents(ctx.db, row)]
    written, unread = messages.counts(ctx.db, number, by="instructor")
    applicant = people.account(ctx.db, row.applicant_id)
    return Opened(
        number=number,
        procedure=procedure,
        procedure_title=procedures.title_of(ctx.db, procedure),
        state=DossierState(row.state),
        email=applicant.email,
        requester=person_from_json(row.requester).name,
        deposited_at=row.deposited_at,
        under_instruction_at=row.under_instruction_at,
        processed_at=row.processed_at,
        reason=row.reason,
        history=[Happened(Event(t.event), t.at, names.get(t.account_id or 0, ""), t.reason) for t in happened],
        seen=_last(happened),
        possible=possible_events(DossierState(row.state)),
        followers=followers,
        is_followed=any(f.account_id == ctx.actor.account_id for f in followers),
        me=ctx.actor.account_id or 0,
        message_count=written,
        unread_count=unread,
    )


@reads
def answers(ctx: Context, number: int, language: Language) -> tuple[ReadSection, ...]:
    """The answers of the dossier as people read them."""
    row = _found(ctx, number)
    form = form_of(ctx.db, row)
    answers = answers_of(row, form)
    links = linking.addresses(ctx, form, answers, language)
    return read(form, answers, language, day_of(row.deposited_at, ctx.now), links, to_agent=True, dossier=number)


@reads
def neighbours(
    ctx: Context, number: int, tab: Tab, pairs: Sequence[tuple[str, str]] = ()
) -> tuple[int | None, int | None]:
    """The dossiers just before and just after this one in the list of a tab, narrowed and sorted as an address says."""
    row = _found(ctx, number)
    narrowing = narrowing_of(ctx, ctx.db.get_one(ProcedureRow, row.procedure_id), Wanted(tab, pairs=pairs))
    if not narrowing.filters and narrowing.sort is None:
        return lists.neighbours(ctx.db, ctx.actor, row.procedure_id, tab, row)
    held = lists.counts_by_tab(ctx.db, ctx.actor, row.procedure_id)[tab]
    return narrowed.neighbours(ctx.db, ctx.actor, row, narrowing, held)


# -- following ----------------------------------------------------------------------------------------------------
def follow(ctx: Context, number: int) -> None:
    """Follow the dossier: it stands in the agent's own tab, and its news come by mail."""
    row = _found(ctx, number, Permission.DOSSIER_FOLLOW, lock=True)
    dossiers.follow(ctx.db, row, ctx.actor.account_id or 0, ctx.now)
    _record(ctx, "followed", row)


def unfollow(ctx: Context, number: int) -> None:
    """Undo `follow`."""
    row = _found(ctx, number, Permission.DOSSIER_FOLLOW, lock=True)
    dossiers.unfollow(ctx.db, row, ctx.actor.account_id or 0)
    _record(ctx, "unfollowed", row)


# -- deciding -----------------------------------------------------------------------------------------------------
@durable
def start_instruction(ctx: Context, number: int, seen: int) -> None:
    """Begin to instruct the dossier and follow it; the applicant can no longer change it."""
    row = _found(ctx, number, lock=True)
    if _happen(ctx, row, Event.START_INSTRUCTION, seen):
        dossiers.follow(ctx.db, row, ctx.actor.account_id or 0, ctx.now)


@durable
def give_back(ctx: Context, number: int, seen: int) -> None:
    """Let the applicant change the dossier again."""
    _happen(ctx, _found(ctx, number, lock=True), Event.GIVE_BACK, seen)


@durable
def accept(ctx: Context, number: int, seen: int, reason: str = "") -> None:
    """Accept the dossier."""
    _happen(ctx, _found(ctx, number, lock=True), Event.ACCEPT, seen, reason)


@durable
def refuse(ctx: Context, number: int, seen: int, reason: str = "") -> None:
    """Refuse the dossier, saying why."""
    _happen(ctx, _found(ctx, number, lock=True), Event.REFUSE, seen, reason)


@durable
def dismiss(ctx: Context, number: int, seen: int, reason: str = "") -> None:
    """Close the dossier without action, saying why."""
    _happen(ctx, _found(ctx, number, lock=True), Event.DISMISS, seen, reason)


@durable
def reopen(ctx: Context, number: int, seen: int) -> None:
    """Take the decision back and instruct the dossier again."""
    _happen(ctx, _found(ctx, number, lock=True), Event.REOPEN, seen)


def _happen(ctx: Context, row: DossierRow, event: Event, seen: int, reason: str = "") -> bool:
    """Bring the locked dossier one step further, unless the agent has not seen how it stands. False: done already."""
    history = dossiers.transitions(ctx.db, row.id or 0)
    if _last(history) != seen:
        if _is_same_click(ctx, history, event):
            return False
        raise Refused(_changed_meanwhile(ctx, row, history))
    to = next_state(DossierState(row.state), event)
    written = tidy(reason, "reason")
    if event in NEEDS_REASON and not written:
        raise Refused(_SAY_WHY, "reason")
    dossiers.change_state(ctx.db, row, event, to, account_id=ctx.actor.account_id, now=ctx.now, reason=written)
    if event in DECISIONS:
        plan_purge(ctx, row)
    tell_applicant(ctx, row, event)
    _record(ctx, f"dossier {event.name.lower()}", row)
    return True


def _is_same_click(ctx: Context, history: Sequence[TransitionRow], event: Event) -> bool:
    latest = history[-1] if history else None
    return latest is not None and latest.account_id == ctx.actor.account_id and latest.event == event


def _changed_meanwhile(ctx: Context, row: DossierRow, history: Sequence[TransitionRow]) -> Text:
    by = history[-1].account_id if history else None
    who = people.names(ctx.db, [by]).get(by) if by else None
    return _CHANGED_MEANWHILE.format(who=who or _SOMEONE, state=STATE_LABELS[DossierState(row.state)])


# -- shared -------------------------------------------------------------------------------------------------------
def _found(
    ctx: Context, number: int, permission: Permission = Permission.DOSSIER_INSTRUCT, *, lock: bool = False
) -> DossierRow:
    row = dossiers.get(ctx.db, ctx.actor, number, lock=lock)
    require(dossiers.relations(ctx.db, ctx.actor, row), permission)
    return row


def _last(history: Sequence[TransitionRow]) -> int:
    return (history[-1].id or 0) if history else 0


def _record(ctx: Context, verb: str, row: DossierRow) -> None:
    record(ctx, verb, Subject("dossier", row.id))
    record(ctx, verb, Subject("procedure", row.procedure_id))
