"""One dossier as its owner follows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from dsbuilder import clock
from dsbuilder.actions import filing, filling, messages, my_dossiers
from dsbuilder.actions.context import Subject
from dsbuilder.actions.my_dossiers import Happened, Seen
from dsbuilder.domain.dossier import DECIDED, STATE_LABELS, DossierState, Event
from dsbuilder.domain.errors import Refusal, Refused
from dsbuilder.domain.messages import Said, Side
from dsbuilder.domain.reading import ReadSection, read
from dsbuilder.domain.texts import Language, Text, day, moment, number, plural
from dsbuilder.state import live
from dsbuilder.state.applicant.showing import TONES, emptied_when_refused
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import said

NUMBER = Text("Dossier n° {number}", "Dossier no. {number}")
FOR = Text("pour {name}", "for {name}")
DEPOSITED_ON = Text("déposé le {day}", "submitted on {day}")

ICONS: dict[Event, str] = {
    Event.SUBMIT: "check",
    Event.START_INSTRUCTION: "eye",
    Event.GIVE_BACK: "pencil",
    Event.ACCEPT: "badge-check",
    Event.REFUSE: "circle-x",
    Event.DISMISS: "circle-slash",
    Event.REOPEN: "rotate-cw",
}
TOLD: dict[Event, Text] = {
    Event.SUBMIT: Text("Vous avez déposé votre dossier", "You submitted your dossier"),
    Event.START_INSTRUCTION: Text(
        "Le service a commencé à examiner votre dossier", "The service began to examine your dossier"
    ),
    Event.GIVE_BACK: Text("Le service vous a rendu votre dossier", "The service gave your dossier back to you"),
    Event.ACCEPT: Text("Votre dossier est accepté", "Your dossier is accepted"),
    Event.REFUSE: Text("Votre dossier est refusé", "Your dossier is refused"),
    Event.DISMISS: Text("Votre dossier est classé sans suite", "Your dossier is closed without action"),
    Event.REOPEN: Text("Le service examine de nouveau votre dossier", "The service is examining your dossier again"),
}
NEXT: dict[DossierState, tuple[Text, Text]] = {
    DossierState.SUBMITTED: (
        Text("Le service va examiner votre dossier", "The service will examine your dossier"),
        Text(
            "Vous n’avez rien à faire. Vous pouvez encore modifier vos réponses d’ici là.",
            "You have nothing to do. You can still change your answers until then.",
        ),
    ),
    DossierState.UNDER_INSTRUCTION: (
        Text("Vous recevrez la réponse", "You will receive the answer"),
        Text(
            "Vous n’avez rien à faire. Un message vous préviendra.",
            "You have nothing to do. A message will tell you.",
        ),
    ),
}
MESSAGES_ONE = Text("1 nouveau message", "1 new message")
MESSAGES_MANY = Text("{count} nouveaux messages", "{count} new messages")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline."""

    key: str
    icon: str
    title: str
    at: str
    when: str
    reason: str


class DossierPageState(SessionState):
    """The dossier's page: where it stands, what is expected of whom, answers, messages."""

    title: str = ""
    dossier: str = ""
    headline: str = ""
    state_label: str = ""
    tone: str = ""
    subtitle: str = ""
    is_ready: bool = False
    is_draft: bool = False
    is_editable: bool = False
    is_decided: bool = False
    is_test: bool = False
    reason: str = ""
    steps: list[Step] = []
    next_title: str = ""
    next_line: str = ""
    organisation: str = ""
    service: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    sections: list[ReadSection] = []
    thread: list[Said] = []
    unread: str = ""
    message_error: str = ""
    message_answered: int = 0

    @handler
    async def open_page(self) -> None:
        """Show the dossier, and note that its messages are read."""
        number = self._number()
        if self.dossier != str(number):
            self.reset()
        watched = live.watched(self._tab, Subject("dossier", number), DossierPageState)
        with emptied_when_refused(self), watched:
            await self._show_all(await self._act_signed_in(my_dossiers.see, number))
        self.message_error, self.message_answered = "", 0
        self.is_ready = True

    async def _wake(self) -> None:
        """The service did something: read again, and keep what is being written."""
        try:
            await self._show_all(await self._act(my_dossiers.see, self._number()))
        except Refusal:
            live.forget(self._tab)
            self.reset()

    async def _show_all(self, seen: Seen) -> None:
        self._show(seen)
        filled = await self._act(filling.read_dossier, seen.number)
        self.sections = list(read(filled.form, filled.answers, self._language, filled.day, dossier=filled.number))
        if not self.is_draft:
            await self._show_thread()
            await self._act(messages.mark_read, seen.number, Side.APPLICANT)

    def _show(self, seen: Seen) -> None:
        language = self._language
        self.title, self.dossier = seen.title, str(seen.number)
        self.headline = self._words(NUMBER.format(number=number(seen.number, language)))
        self.state_label, self.tone = self._words(STATE_LABELS[seen.state]), TONES[seen.state]
        self.subtitle = _subtitle(seen, language)
        self.is_draft, self.is_editable = seen.state is DossierState.DRAFT, seen.state is DossierState.SUBMITTED
        self.is_decided, self.is_test = seen.state in DECIDED, seen.is_test
        self.reason = seen.reason
        self.steps = [_step(happened, position, language) for position, happened in enumerate(seen.history)]
        title, line = NEXT.get(seen.state, (Text("", ""), Text("", "")))
        self.next_title, self.next_line = self._words(title), self._words(line)
        self.organisation, self.service = seen.details.organisation or seen.organisation, seen.details.service
        self.phone, self.email, self.hours = seen.details.phone, seen.details.email, seen.details.hours

    async def _show_thread(self) -> None:
        found = await self._act(messages.thread, self._number(), Side.APPLICANT)
        self.thread = said(found, Side.APPLICANT, self._language)
        new = sum(message.is_new for message in self.thread)
        self.unread = self._words(plural(new, MESSAGES_ONE, MESSAGES_MANY)) if new else ""

    @handler
    async def send(self, text: str) -> None:
        """Write to the service."""
        self.message_error = ""
        try:
            await self._act(messages.write, self._number(), Side.APPLICANT, text)
            await self._show_thread()
        except Refused as refused:
            self.message_error = self._words(refused.text)
        self.message_answered += 1

    @handler
    async def delete(self) -> Any:
        """Delete the draft."""
        await self._act(filing.discard_draft, self._number())
        return rx.redirect(self._address("/dossiers"))

    def _number(self) -> int:
        return self._number_after("dossiers")


def _subtitle(seen: Seen, language: Language) -> str:
    deposited = DEPOSITED_ON[language].format(day=_day(seen.deposited_at, language)) if seen.deposited_at else ""
    concerned = FOR[language].format(name=seen.requester.name) if seen.requester.name else ""
    return " ".join(filter(None, (deposited, concerned)))


def _step(happened: Happened, position: int, language: Language) -> Step:
    return Step(
        key=str(position),
        icon=ICONS[happened.event],
        title=TOLD[happened.event][language],
        at=happened.at.isoformat(),
        when=moment(clock.local(happened.at), language),
        reason=happened.reason,
    )


def _day(at: datetime, language: Language) -> str:
    return day(clock.local(at).date(), language)
