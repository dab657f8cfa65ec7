"""One dossier on the desk: what was answered, what happened, what is said, and what to decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dsbuilder.actions import instruction, messages
from dsbuilder.actions.context import Subject
from dsbuilder.actions.instruction import Follower, Happened, Opened
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.dossier import DECISIONS, EVENT_LABELS, Event
from dsbuilder.domain.errors import NotFound, Refusal, Refused
from dsbuilder.domain.messages import Said, Side
from dsbuilder.domain.narrowing import only_narrowing
from dsbuilder.domain.reading import ReadSection
from dsbuilder.domain.texts import Text, number
from dsbuilder.state import live
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import initials, said, short_day, when

ANSWERS, THREAD, HISTORY = "demande", "messagerie", "historique"
PARTS = (ANSWERS, THREAD, HISTORY)

STEPS: dict[Event, Callable[..., Any]] = {
    Event.START_INSTRUCTION: instruction.start_instruction,
    Event.GIVE_BACK: instruction.give_back,
    Event.REOPEN: instruction.reopen,
}
DECIDE: dict[Event, Callable[..., Any]] = {
    Event.ACCEPT: instruction.accept,
    Event.REFUSE: instruction.refuse,
    Event.DISMISS: instruction.dismiss,
}
_DONE: dict[Event, Text] = {
    Event.START_INSTRUCTION: Text(
        "L’instruction a commencé et vous suivez ce dossier. L’usager est prévenu par courriel.",
        "The instruction has started and you follow this dossier. The applicant is told by e-mail.",
    ),
    Event.GIVE_BACK: Text(
        "L’usager peut de nouveau modifier son dossier. Il en est prévenu par courriel.",
        "The applicant can change the dossier again and is told by e-mail.",
    ),
    Event.ACCEPT: Text(
        "Le dossier est accepté. L’usager est prévenu par courriel.",
        "The dossier is accepted. The applicant is told by e-mail.",
    ),
    Event.REFUSE: Text(
        "Le dossier est refusé. L’usager est prévenu par courriel.",
        "The dossier is refused. The applicant is told by e-mail.",
    ),
    Event.DISMISS: Text(
        "Le dossier est classé sans suite. L’usager est prévenu par courriel.",
        "The dossier is closed without action. The applicant is told by e-mail.",
    ),
    Event.REOPEN: Text(
        "La décision est retirée et l’instruction reprend. L’usager est prévenu par courriel.",
        "The decision is withdrawn and the instruction starts again. The applicant is told by e-mail.",
    ),
}
_SENT = Text("Votre message est envoyé.", "Your message is sent.")
_YOU = Text("{name} (vous)", "{name} (you)")


@dataclass(frozen=True, slots=True)
class FollowerView:
    """An agent who follows."""

    key: str
    name: str
    initials: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step of the dossier's history."""

    key: str
    event: str
    label: str
    who: str
    at: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """What the head and the rail of the page say."""

    number: str = ""
    title: str = ""
    procedure_title: str = ""
    state: str = ""
    email: str = ""
    requester: str = ""
    deposited: str = ""
    started: str = ""
    decided: str = ""
    reason: str = ""
    seen: int = 0
    is_followed: bool = False
    can_start: bool = False
    can_decide: bool = False
    can_reopen: bool = False
    message_count: str = ""
    unread_count: int = 0


@dataclass(frozen=True, slots=True)
class Ways:
    """Where one may go from here."""

    list: str = ""
    previous: str = ""
    next: str = ""
    answers: str = ""
    thread: str = ""
    history: str = ""
    document: str = ""  # as a PDF, without how it ends


class InstructionState(SessionState):
    """The dossier that an agent has before them."""

    dossier: DossierView = DossierView()
    ways: Ways = Ways()
    part: str = ANSWERS
    sections: list[ReadSection] = []
    followers: list[FollowerView] = []
    history: list[HistoryLine] = []
    thread: list[Said] = []
    deciding: str = ""  # the decision whose dialog is open
    decision_error: str = ""
    decisions: int = 0  # how many were answered, so that the page knows that one was
    message_error: str = ""
    sent: int = 0
    is_open: bool = False

    # -- opening ---------------------------------------------------------------------------------------------------
    @handler
    async def open_dossier(self) -> None:
        """Read the dossier that the address names, and the part that it asks for."""
        self.reset()  # nothing of another dossier stays when this one is refused
        asked = self._query("onglet")
        self.part = asked if asked in PARTS else ANSWERS
        procedure, dossier = self._ids()
        with live.watched(self._tab, Subject("dossier", dossier), InstructionState):
            opened = await self._act_signed_in(instruction.open_dossier, dossier, procedure)
            if self.part == THREAD and opened.unread_count:
                await self._act(messages.mark_read, dossier, Side.INSTRUCTOR)
            await self._read_again()
            await self._find_ways(dossier)

    async def _read_again(self) -> None:
        procedure, dossier = self._ids()
        self._show(await self._act(instruction.open_dossier, dossier, procedure))
        if self.part == ANSWERS:
            self.sections = list(await self._act(instruction.answers, dossier, self._language))
        if self.part == THREAD:
            written = await self._act(messages.thread, dossier, Side.INSTRUCTOR)
            self.thread = said(written, Side.INSTRUCTOR, self._language)

    async def _wake(self) -> None:
        """Someone else changed the dossier: read it again, or show nothing more of it."""
        try:
            await self._read_again()
        except Refusal as refusal:
            live.forget(self._tab)
            self.reset()
            self._say(refusal.text, "danger")

    def _ids(self) -> tuple[int, int]:
        return self._number_after("instruction"), self._number_after("dossiers")

    async def _find_ways(self, dossier: int) -> None:
        tab = self._query("statut")
        words = self._query("recherche")
        came_from = [("recherche", words)] if words else [("statut", tab if tab in set(Tab) else Tab.ALL.value)]
        before = after = None
        if not words:
            narrowed = only_narrowing(self._pairs())
            before, after = await self._act(instruction.neighbours, dossier, Tab(came_from[0][1]), narrowed)
            came_from += narrowed
        base = self._address(f"/instruction/{self._ids()[0]}")
        query = urlencode(came_from)
        here = f"{base}/dossiers/{dossier}?{query}"
        self.ways = Ways(
            list=f"{base}?{query}",
            previous=f"{base}/dossiers/{before}?{query}" if before else "",
            next=f"{base}/dossiers/{after}?{query}" if after else "",
            answers=here,
            thread=f"{here}&onglet={THREAD}",
            history=f"{here}&onglet={HISTORY}",
            document=f"/instruction/{self._ids()[0]}/dossiers/{dossier}",
        )

    # -- following -------------------------------------------------------------------------------------------------
    @handler
    async def follow(self) -> None:
        """Follow the dossier."""
        await self._act_signed_in(instruction.follow, self._ids()[1])
        await self._read_again()

    @handler
    async def unfollow(self) -> None:
        """Follow it no longer."""
        await self._act_signed_in(instruction.unfollow, self._ids()[1])
        await self._read_again()

    # -- deciding --------------------------------------------------------------------------------------------------
    @handler
    async def step(self, event: str, seen: int) -> None:
        """Start, give back or reopen, at once."""
        await self._change(STEPS, event, seen)

    @handler
    async def choose(self, event: str) -> None:
        """Open the dialog of a decision."""
        self.deciding = event if event in DECISIONS else ""
        self.decision_error = ""

    @handler
    async def put_off(self) -> None:
        """Close the dialog without deciding."""
        self.deciding = self.decision_error = ""

    @handler
    async def decide(self, event: str, seen: int, reason: str) -> None:
        """Decide, with the reason written in the dialog."""
        try:
            await self._change(DECIDE, event, seen, reason)
        except Refused as refused:
            if refused.path != "reason":
                self.deciding = ""
                raise
            self.decision_error = self._words(refused.text)
        finally:
            self.decisions += 1

    async def _change(self, verbs: dict[Event, Callable[..., Any]], event: str, seen: int, *more: str) -> None:
        if event not in verbs:
            raise NotFound()
        try:
            await self._act_signed_in(verbs[Event(event)], self._ids()[1], seen, *more)
        except Refusal as refusal:
            if not refusal.path:
                await self._read_again()
            raise
        self.deciding = self.decision_error = ""
        await self._read_again()
        self._say(_DONE[Event(event)])

    # -- writing ---------------------------------------------------------------------------------------------------
    @handler
    async def write(self, body: str) -> None:
        """Send a message to the applicant."""
        self.message_error = ""
        try:
            await self._act_signed_in(messages.write, self._ids()[1], Side.INSTRUCTOR, body)
            await self._read_again()
            self._say(_SENT)
        except Refused as refused:
            self.message_error = self._words(refused.text)
        finally:
            self.sent += 1

    # -- showing ---------------------------------------------------------------------------------------------------
    def _show(self, opened: Opened) -> None:
        self.dossier = DossierView(
            number=number(opened.number, self._language),
            title=opened.requester or opened.email,
            procedure_title=opened.procedure_title,
            state=opened.state.value,
            email=opened.email,
            requester=opened.requester,
            deposited=short_day(opened.deposited_at),
            started=short_day(opened.under_instruction_at),
            decided=short_day(opened.processed_at),
            reason=opened.reason,
            seen=opened.seen,
            is_followed=opened.is_followed,
            can_start=Event.START_INSTRUCTION in opened.possible,
            can_decide=Event.ACCEPT in opened.possible,
            can_reopen=Event.REOPEN in opened.possible,
            message_count=number(opened.message_count, self._language) if opened.message_count else "",
            unread_count=opened.unread_count,
        )
        self.followers = [self._follower(follower, opened.me) for follower in opened.followers]
        self.history = self._history(opened.history)
        self.is_open = True

    def _follower(self, follower: Follower, me: int) -> FollowerView:
        name = self._words(_YOU.format(name=follower.name)) if follower.account_id == me else follower.name
        return FollowerView(str(follower.account_id), name, initials(follower.name))

    def _history(self, history: Sequence[Happened]) -> list[HistoryLine]:
        return [
            HistoryLine(
                key=str(place),
                event=happened.event.value,
                label=self._words(EVENT_LABELS[happened.event]),
                who=happened.who,
                at=happened.at.isoformat(),
                when=when(happened.at, self._language),
                reason=happened.reason,
            )
            for place, happened in reversed(list(enumerate(history)))
        ]
