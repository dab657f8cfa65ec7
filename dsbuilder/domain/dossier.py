"""A dossier: its states, who it is for, its answers, and the table of what may happen to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.texts import Text

DossierId = NewType("DossierId", int)
AccountId = NewType("AccountId", int)


class DossierState(StrEnum):
    """Where a dossier stands; the values are the official ones."""

    DRAFT = "brouillon"
    SUBMITTED = "en_construction"
    UNDER_INSTRUCTION = "en_instruction"
    ACCEPTED = "accepte"
    REFUSED = "refuse"
    DISMISSED = "sans_suite"


STATE_LABELS: dict[DossierState, Text] = {
    DossierState.DRAFT: Text("Brouillon", "Draft"),
    DossierState.SUBMITTED: Text("Déposé", "Submitted"),
    DossierState.UNDER_INSTRUCTION: Text("En instruction", "Under instruction"),
    DossierState.ACCEPTED: Text("Accepté", "Accepted"),
    DossierState.REFUSED: Text("Refusé", "Refused"),
    DossierState.DISMISSED: Text("Classé sans suite", "Closed without action"),
}

DECIDED = frozenset({DossierState.ACCEPTED, DossierState.REFUSED, DossierState.DISMISSED})
IN_PROGRESS = frozenset({DossierState.SUBMITTED, DossierState.UNDER_INSTRUCTION})
DEPOSITED = IN_PROGRESS | DECIDED


class Event(StrEnum):
    """What may happen to a dossier; the values are the official ones."""

    SUBMIT = "depose"
    START_INSTRUCTION = "passe_en_instruction"
    GIVE_BACK = "repasse_en_construction"
    ACCEPT = "accepte"
    REFUSE = "refuse"
    DISMISS = "classe_sans_suite"
    REOPEN = "repasse_en_instruction"


EVENT_LABELS: dict[Event, Text] = {
    Event.SUBMIT: Text("Dossier déposé", "Dossier submitted"),
    Event.START_INSTRUCTION: Text("Instruction commencée", "Instruction started"),
    Event.GIVE_BACK: Text("Dossier rendu à l’usager", "Dossier given back to the applicant"),
    Event.ACCEPT: Text("Dossier accepté", "Dossier accepted"),
    Event.REFUSE: Text("Dossier refusé", "Dossier refused"),
    Event.DISMISS: Text("Dossier classé sans suite", "Dossier closed without action"),
    Event.REOPEN: Text("Instruction reprise", "Instruction reopened"),
}

TRANSITIONS: dict[tuple[DossierState, Event], DossierState] = {
    (DossierState.DRAFT, Event.SUBMIT): DossierState.SUBMITTED,
    (DossierState.SUBMITTED, Event.START_INSTRUCTION): DossierState.UNDER_INSTRUCTION,
    (DossierState.UNDER_INSTRUCTION, Event.GIVE_BACK): DossierState.SUBMITTED,
    (DossierState.UNDER_INSTRUCTION, Event.ACCEPT): DossierState.ACCEPTED,
    (DossierState.UNDER_INSTRUCTION, Event.REFUSE): DossierState.REFUSED,
    (DossierState.UNDER_INSTRUCTION, Event.DISMISS): DossierState.DISMISSED,
    (DossierState.ACCEPTED, Event.REOPEN): DossierState.UNDER_INSTRUCTION,
    (DossierState.REFUSED, Event.REOPEN): DossierState.UNDER_INSTRUCTION,
    (DossierState.DISMISSED, Event.REOPEN): DossierState.UNDER_INSTRUCTION,
}

DECISIONS = (Event.ACCEPT, Event.REFUSE, Event.DISMISS)
NEEDS_REASON = frozenset({Event.REFUSE, Event.DISMISS})
EDITABLE = frozenset({DossierState.DRAFT, DossierState.SUBMITTED})


def next_state(state: DossierState, event: Event) -> DossierState:
    """The state after `event`. Raises Refused, naming where the dossier stands, when it is not the moment."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        label = STATE_LABELS[state]
        raise Refused(
            Text(
                fr="Ce n’est plus possible : le dossier est « {state} ». Rechargez la page pour voir où il en est.",
                en="This is no longer possible: the dossier is “{state}”. Reload the page to see where it stands.",
            ).format(state=label)
        ) from None


def possible_events(state: DossierState) -> tuple[Event, ...]:
    """What may happen next, in the order in which a page offers it."""
    return tuple(event for (start, event) in TRANSITIONS if start is state)


class Civility(StrEnum):
    """How a person is addressed; the values are the official ones."""

    MRS = "Mme"
    MR = "M."


@dataclass(frozen=True, slots=True)
class Person:
    """The requester of a dossier when it is a natural person."""

    civility: str = ""
    first_name: str = ""
    last_name: str = ""

    @property
    def name(self) -> str:
        """First and last name, as people read it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def complete(self) -> bool:
        """Whether the identity step is done."""
        return bool(self.first_name and self.last_name)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was entered at one path: `value` when it parsed, otherwise None with `raw` as typed.

    `former` says in words what stood there before the form changed, where the question no longer holds all of it.
    """

    value: Any = None
    raw: Any = None
    at: datetime | None = None
    by: AccountId | None = None
    former: str = ""


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class SetAside:
    """An answer to a question that the form asks no more, or asks elsewhere."""

    label: str
    words: str
