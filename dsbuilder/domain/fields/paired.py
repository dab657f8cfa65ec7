"""The base of what is identified by a few words of a person's own papers, each in an input of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from re import Pattern
from typing import Any, ClassVar

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import Raw
from dsbuilder.domain.fields.controls import Control, PartInput
from dsbuilder.domain.fields.entering import one_line, without_blanks
from dsbuilder.domain.fields.lookups import Registered
from dsbuilder.domain.fields.registered import RegisteredField
from dsbuilder.domain.texts import Language, Text

_MORE = Text("Remplissez les cases prévues, une par une.", "Fill in the inputs, one by one.")
_INCOMPLETE = Text(
    "Remplissez toutes les cases de «\u00a0{label}\u00a0».",
    "Fill in all inputs of “{label}”.",
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """One of those words: its label, the form that it must have, and what is said when it has another."""

    label: Text
    form: Pattern[str]
    refusal: Text
    inputmode: str = ""
    input_type: str = "text"


class PairedField(RegisteredField):
    """Identifiers are only checked once all of them are there: one alone says nothing yet."""

    control = Control.PARTS
    is_private = True
    identifiers: ClassVar[tuple[Identifier, ...]]

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The identifiers in their order, in capitals, checked once all are there."""
        given = raw if isinstance(raw, list) else [raw]
        if len(given) > len(self.identifiers) or not all(isinstance(one, str) for one in given):
            raise Invalid(_MORE)
        words = [without_blanks(one_line(one)).upper() for one in given]
        words += [""] * (len(self.identifiers) - len(words))
        if all(words):
            for word, identifier in zip(words, self.identifiers, strict=True):
                if not identifier.form.fullmatch(word):
                    raise Invalid(identifier.refusal)
        if any(len(word) > 100 for word in words):
            raise Invalid(_MORE)
        return tuple(words) if any(words) else ()

    def is_complete(self, value: Registered | None, options: Any) -> bool:
        """All of them."""
        return value is not None and all(value.words)

    def missing(self, label: str) -> Text:
        """Which question is not whole."""
        return _INCOMPLETE.format(label=label)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Each identifier cut short."""
        whole = [list(example) for example in self.examples[:1] if isinstance(example, list)]
        return tuple([*one[:place], "?", *one[place + 1 :]] for one in whole for place in range(len(one)))

    def parts(self, options: Any, language: Language) -> tuple[PartInput, ...]:
        """An input for each."""
        return tuple(
            PartInput(one.label[language], input_type=one.input_type, inputmode=one.inputmode)
            for one in self.identifiers
        )

    def chosen(self, value: Registered | None) -> tuple[str, ...]:
        """The identifiers."""
        return () if value is None else value.words

    def hand_over(self, value: Registered | None, options: Any) -> tuple[str, ...]:
        """The identifiers on one line."""
        return () if value is None else (self.as_typed(value),)

    def as_typed(self, value: Registered | None) -> str:
        """The identifiers on one line."""
        return "" if value is None else " – ".join(filter(None, value.words))

    def in_words(self, value: Registered, options: Any) -> str:
        """The same."""
        return self.as_typed(value)

    examples: ClassVar[Sequence[Raw]] = ()
