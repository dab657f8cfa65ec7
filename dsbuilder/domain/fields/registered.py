"""The base of the field types whose answers an outside register knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, ClassVar

from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Raw, Samples
from dsbuilder.domain.fields.controls import Attributes
from dsbuilder.domain.fields.entering import Json, read_decimal
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
from dsbuilder.domain.texts import Language, Text, in_words, number


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One thing that a register says; `shown` under the question, otherwise only a column."""

    name: str
    label: Text
    type: ColumnType = ColumnType.TEXT
    shown: bool = True
    words: Mapping[str, Text] = field(default_factory=dict)  # what a few known values mean


class RegisteredField(FieldType):
    """A type whose value is `Registered`. It says what it reads, which register it asks, and what that may tell."""

    register: ClassVar[Register]
    register_words: ClassVar[RegisterWords]
    facts: ClassVar[tuple[KnownFact, ...]] = ()
    is_private: ClassVar[bool] = False
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

    def told(
        self, value: Registered | None, options: Any, language: Language, *, to_agent: bool = False
    ) -> Told | None:
        """How far the look-up is and what was found; what is private is told to agents alone."""
        if value is None or value.state is Lookup.IDLE:
            return None
        shown = () if self.is_private and not to_agent else self.told_facts(value, options, language, to_agent)
        return Told(value.state, sentence(self.register_words, value.state, language, to_agent), shown)

    def told_facts(self, value: Registered, options: Any, language: Language, to_agent: bool) -> tuple[Fact, ...]:
        """What was found, as people read it."""
        shown = (fact for fact in self.known(options) if not self.hides(fact, to_agent))
        known = ((fact, value.fact(fact.name)) for fact in shown)
        return tuple(Fact(fact.label[language], in_words_of(fact, said, language)) for fact, said in known if said)

    def known(self, options: Any) -> tuple[KnownFact, ...]:
        """What the register may say."""
        return self.facts

    def hides(self, fact: KnownFact, to_agent: bool) -> bool:
        """Whether that is said in columns alone, to that reader."""
        return not fact.shown

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

    def compared(self, value: Registered | None) -> Any:
        """The words: what a register says of them changes nothing in what shows."""
        return None if value is None else self.as_typed(value)

    def display(self, value: Registered | None, options: Any, language: Language = "fr") -> str:
        """The words as people write them."""
        return "" if value is None else self.in_words(value, options)

    def columns(self, asked: AskedField) -> list[Column]:
        """The words, then each thing that the register says."""
        first = Column("value", asked.label, ColumnType.TEXT, lambda value: None if value is None else value_of(value))
        value_of = self.as_typed
        return [first, *(column_of(fact, asked.label) for fact in self.known(asked.options))]

    def mailed(self, asked: AskedField) -> list[Column]:
        """None of what is private."""
        return [] if self.is_private else self.columns(asked)

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """One of the examples that the stand-in register knows."""
        return random.choice(self.examples)

    examples: ClassVar[Sequence[Raw]] = ()

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One answer stands for all: conditions only ask whether there is one."""
        return Samples(self.entered(self.examples[:1], options, today))


def column_of(fact: KnownFact, label: str) -> Column:
    """One fact as a column."""

    def read(value: Registered | None) -> Any:
        said = value.fact(fact.name) if value is not None else ""
        return read_as(fact.type, fact.words[said].fr if said in fact.words else said)

    return Column(fact.name, f"{label} – {fact.label.fr}", fact.type, read)


def read_as(type_: ColumnType, said: str) -> Any:
    """What a register said as a column holds it, None when it is nothing of that type."""
    if type_ is ColumnType.DATE:
        return _day(said)
    if type_ is ColumnType.NUMBER:
        return _number(said)
    if type_ is ColumnType.BOOLEAN:
        return {"true": True, "false": False}.get(said)
    return said or None


def _number(said: str) -> Decimal | None:
    try:
        return read_decimal(said)
    except ValueError:
        return None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def in_words_of(fact: KnownFact, said: str, language: Language) -> str:
    """One fact as people read it."""
    if said in fact.words:
        return fact.words[said][language]
    read = read_as(fact.type, said)
    if isinstance(read, Decimal):
        return number(read, language)
    if isinstance(read, bool):
        return _YES_NO[read][language]
    return in_words(read)[language] if isinstance(read, date) else said


_YES_NO = {True: Text("Oui", "Yes"), False: Text("Non", "No")}


# The parts of a place that registers give, as columns.
PLACE: tuple[KnownFact, ...] = (
    KnownFact("address", Text("Adresse", "Address")),
    KnownFact("postal_code", Text("Code postal", "Postal code"), shown=False),
    KnownFact("city_name", Text("Commune", "Commune"), shown=False),
    KnownFact("city_code", Text("Code INSEE", "INSEE code"), shown=False),
    KnownFact("department_code", Text("Département", "Département"), shown=False),
    KnownFact("region_name", Text("Région", "Region"), shown=False),
)
