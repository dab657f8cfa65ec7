"""The base of the field types whose answers an outside register knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, ClassVar

from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Raw
from dsbuilder.domain.fields.controls import Attributes
from dsbuilder.domain.fields.entering import Json
from dsbuilder.domain.fields.lookups import (
    Ask,
    Fact,
    Lookup,
    Register,
    Registered,
    RegisterWords,
    Told,
    registered_from_json,
    registered_to_json,
    sentence,
)
from dsbuilder.domain.fields.operators import PRESENCE, Criteria
from dsbuilder.domain.texts import Language, Text, in_words


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One thing that a register says; `shown` under the question, otherwise only a column."""

    name: str
    label: Text
    type: ColumnType = ColumnType.TEXT
    shown: bool = True


class RegisteredField(FieldType):
    """A type whose value is `Registered`. It says what it reads, which register it asks, and what that may tell."""

    register: ClassVar[Register]
    register_words: ClassVar[RegisterWords]
    facts: ClassVar[tuple[KnownFact, ...]] = ()
    operators: ClassVar[Criteria] = PRESENCE
    seconds = 60

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The normalised words of what was entered, none when blank. Raises Invalid."""
        raise NotImplementedError

    def in_words(self, value: Registered, options: Any) -> str:
        """The words of an answer as people read them."""
        return " ".join(filter(None, value.words))

    # -- what the base asks ----------------------------------------------------------------------------------------
    def parse(self, raw: Raw, options: Any) -> Registered | None:
        """The answer, not looked up yet."""
        words = self.words(raw, options)
        return Registered(words) if words else None

    def ask(self, value: Registered | None, options: Any) -> Ask | None:
        """All its words, once the answer is whole."""
        return Ask(self.register, value.words) if value is not None and self.is_complete(value, options) else None

    def told(self, value: Registered | None, options: Any, language: Language) -> Told | None:
        """How far the look-up is and what was found."""
        if value is None or value.state in (Lookup.IDLE, Lookup.BY_HAND):
            return None
        return Told(value.state, sentence(self.register_words, value.state, language), self._facts(value, language))

    def _facts(self, value: Registered, language: Language) -> tuple[Fact, ...]:
        known = ((fact, value.fact(fact.name)) for fact in self.facts if fact.shown)
        return tuple(Fact(fact.label[language], _in_words(fact, said, language)) for fact, said in known if said)

    def attributes(self, options: Any) -> Attributes:
        """What says that a register is asked."""
        return Attributes(looked_up=True, width="w-md")

    def to_json(self, value: Registered | None) -> Json:
        """Its words, and what the register said."""
        return registered_to_json(value)

    def from_json(self, json: Json) -> Registered | None:
        """The inverse, for answers of this type alone."""
        return registered_from_json(json)

    def as_typed(self, value: Registered | None) -> str:
        """The words."""
        return "" if value is None else " ".join(value.words)

    def chosen(self, value: Registered | None) -> tuple[str, ...]:
        """The words, as a list would hold them."""
        return () if value is None else (self.as_typed(value),)

    def compared(self, value: Registered | None) -> str | None:
        """The words: what a register says of them changes nothing in what shows."""
        return None if value is None else self.as_typed(value)

    def display(self, value: Registered | None, options: Any, language: Language = "fr") -> str:
        """The words as people write them."""
        return "" if value is None else self.in_words(value, options)

    def columns(self, asked: AskedField) -> list[Column]:
        """The words, then each thing that the register says."""
        first = Column("value", asked.label, ColumnType.TEXT, lambda value: None if value is None else value_of(value))
        value_of = self.as_typed
        return [first, *(_column(fact, asked.label) for fact in self.facts)]

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """One of the examples that the stand-in register knows."""
        return random.choice(self.examples)

    examples: ClassVar[Sequence[str]] = ()


def _column(fact: KnownFact, label: str) -> Column:
    def read(value: Registered | None) -> Any:
        said = value.fact(fact.name) if value is not None else ""
        return (_day(said) if fact.type is ColumnType.DATE else said) or None

    return Column(fact.name, f"{label} – {fact.label.fr}", fact.type, read)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _in_words(fact: KnownFact, said: str, language: Language) -> str:
    day = _day(said) if fact.type is ColumnType.DATE else None
    return said if day is None else in_words(day)[language]


# The parts of a place that registers give, as columns.
PLACE: tuple[KnownFact, ...] = (
    KnownFact("address", Text("Adresse", "Address")),
    KnownFact("postal_code", Text("Code postal", "Postal code"), shown=False),
    KnownFact("city_name", Text("Commune", "Commune"), shown=False),
    KnownFact("city_code", Text("Code INSEE", "INSEE code"), shown=False),
    KnownFact("department_code", Text("Département", "Département"), shown=False),
    KnownFact("region_name", Text("Région", "Region"), shown=False),
)
