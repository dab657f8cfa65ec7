"""What is asked of an outside register about an answer, what it said, and how that is told in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from dsbuilder.domain.fields.entering import Json, printable
from dsbuilder.domain.texts import Language, Text

MAX_RECORD = 60  # facts of one record
MAX_FACT = 500  # characters of one


class Register(StrEnum):
    """Every outside register that a field type may ask."""

    ADDRESSES = "addresses"
    COMPANIES = "companies"
    ASSOCIATIONS = "associations"
    FOUNDATIONS = "foundations"
    SCHOOLS = "schools"
    FAMILY = "family"
    TAXES = "taxes"
    EMPLOYMENT = "employment"
    STUDENTS = "students"
    REFERENCE = "reference"


class Lookup(StrEnum):
    """How far the look-up of one answer is."""

    IDLE = "idle"
    LOOKING = "looking"
    FOUND = "found"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"
    BY_HAND = "by_hand"  # described by whoever answers: there is nothing to look up


Record = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Token:
    """What opens an API: one header. Never shown, not even in an error or a log."""

    header: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a register: the words of an answer. A field of reference data says where, and what it takes.

    `paths` are the names of facts with where each stands in the answer, `within` where the list of choices stands.
    """

    register: Register
    words: tuple[str, ...]
    address: str = ""
    paths: tuple[tuple[str, str], ...] = ()
    within: str = ""
    token: Token | None = None


# -- what a register says ------------------------------------------------------------------------------------------
class Why(StrEnum):
    """Why a register gave no answer."""

    SLOW = "slow"
    REFUSED = "refused"
    BROKEN = "broken"
    CLOSED = "closed"
    WRONG_ANSWER = "wrong_answer"
    TOO_LARGE = "too_large"
    RESTING = "resting"  # it failed several times in a row, so it is left alone for a while
    NOT_ALLOWED = "not_allowed"
    NO_TOKEN = "no_token"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Found:
    """The register knows it."""

    record: Record


@dataclass(frozen=True, slots=True)
class NothingFound:
    """The register answered that it does not know it."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The register gave no answer."""

    why: Why


@dataclass(frozen=True, slots=True)
class Examined:
    """The whole answer of an API, None when it knows nothing there."""

    answer: Json


Outcome = Found | NothingFound | Unavailable


def record_of(facts: Mapping[str, Any]) -> Record:
    """Facts as they are kept: texts that say something, none too long, in one order."""
    said = (
        (name, printable(" ".join(fact.split()))[:MAX_FACT]) for name, fact in facts.items() if isinstance(fact, str)
    )
    return tuple(sorted((name, fact) for name, fact in said if fact))[:MAX_RECORD]


# -- the answer ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Registered:
    """An answer that a register may know: its words, how far the look-up is, and what was found.

    Two of the same words are the same answer, whatever was found since. `since` is the instant at which the look-up
    began that is going on, or at which the last one ended.
    """

    words: tuple[str, ...]
    state: Lookup = field(default=Lookup.IDLE, compare=False)
    record: Record = field(default=(), compare=False)
    since: str = field(default="", compare=False)

    def fact(self, name: str) -> str:
        """What the register says under that name, empty when it says nothing."""
        return next((fact for known, fact in self.record if known == name), "")

    @property
    def is_unsettled(self) -> bool:
        """Whether a register has still to be asked."""
        return self.state in (Lookup.IDLE, Lookup.LOOKING, Lookup.UNAVAILABLE)


def looking(value: Registered, since: str) -> Registered:
    """The same answer while its register is being asked; what was found before is kept until it answers."""
    return replace(value, state=Lookup.LOOKING, since=since)


def settled(value: Registered, outcome: Outcome, at: str) -> Registered:
    """The answer with what its register said."""
    match outcome:
        case Found(record):
            return replace(value, state=Lookup.FOUND, record=record, since=at)
        case NothingFound():
            return replace(value, state=Lookup.NOT_FOUND, record=(), since=at)
        case _:
            return replace(value, state=Lookup.UNAVAILABLE, since=at)


def settles(new: object, old: object) -> bool:
    """Whether an answer entered again is settled by itself, by a table, where the former one was not."""
    if not isinstance(new, Registered) or not isinstance(old, Registered):
        return False
    of_itself = new.state in (Lookup.FOUND, Lookup.NOT_FOUND)
    return of_itself and (old.state is not Lookup.FOUND or bool(old.since))


def registered_to_json(value: Registered | None) -> Json:
    """An answer as it is kept: its words alone until a register is asked."""
    if value is None:
        return None
    if value.state is Lookup.IDLE and not value.record:
        return {"words": list(value.words)}
    return {"words": list(value.words), "state": value.state, "record": dict(value.record), "since": value.since}


def registered_from_json(json: Json) -> Registered | None:
    """The inverse; None for anything else."""
    if not isinstance(json, dict):
        return None
    words, state = json.get("words"), json.get("state", Lookup.IDLE)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words) or not any(words):
        return None
    if not isinstance(state, str) or state not in set(Lookup):
        return None
    record, since = json.get("record"), json.get("since")
    return Registered(
        words=tuple(words),
        state=Lookup(state),
        record=record_of(record) if isinstance(record, dict) else (),
        since=since if isinstance(since, str) else "",
    )


# -- in words ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a register says, as people read it."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of a look-up: its state, one sentence, and what was found."""

    state: Lookup
    sentence: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """How one register is spoken of; `name` with its article, `missing` when it knows nothing of that number."""

    name: Text
    missing: Text


def sentence(words: RegisterWords, state: Lookup, language: Language, to_agent: bool) -> str:
    """What a page says of a look-up: to whoever answers what to do, to agents what they can rely on."""
    said = _TO_AGENTS.get(state) if to_agent else None
    return (said or _SENTENCES[state]).format(name=words.name, missing=words.missing)[language]


_SENTENCES: dict[Lookup, Text] = {
    Lookup.IDLE: Text("", ""),
    Lookup.BY_HAND: Text("Saisi à la main, sans vérification.", "Entered by hand, not checked."),
    Lookup.LOOKING: Text("Vérification dans {name}…", "Checking in {name}…"),
    Lookup.FOUND: Text("Trouvé dans {name}.", "Found in {name}."),
    Lookup.NOT_FOUND: Text("{missing}", "{missing}"),  # each register says what to do
    Lookup.UNAVAILABLE: Text(
        "Pas encore vérifié\u00a0: {name} n’a pas répondu. Vous pouvez continuer et déposer.",
        "Not checked yet: {name} did not answer. You can go on and submit.",
    ),
}
_TO_AGENTS: dict[Lookup, Text] = {
    Lookup.UNAVAILABLE: Text(
        "Non vérifié\u00a0: {name} n’a pas pu être joint.", "Not checked: {name} could not be reached."
    ),
    Lookup.NOT_FOUND: Text("Introuvable dans {name}.", "Not found in {name}."),
}
