"""A short text on one line, such as a name or a title."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import AskedField, FieldType, Group, Samples
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import Raw, one_line
from dsbuilder.domain.fields.operators import WORDS
from dsbuilder.domain.fields.samples import another
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text


class TextField(FieldType):
    kind = "text"
    api_name = "TextChampDescriptor"
    label = Text("Texte court", "Short text")
    help = Text(
        "Une réponse sur une ligne : un nom, un objet, une référence.", "An answer on one line: a name, a reference."
    )
    group = Group.TEXT
    icon = "type"
    control = Control.TEXT
    operators = WORDS
    prefill_example = "Mairie de Brest"
    may_become = ("textarea", "formatted", "email", "phone", "decimal_number", "integer_number")

    def parse(self, raw: Raw, options: Any) -> str | None:
        """The text on one line."""
        return one_line(raw) or None

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """The texts to compare with, and another."""
        texts = [operand for operand in operands if operand is not None]
        return Samples(self.entered((another(texts), *texts), options, today))

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """Words that fit the label."""
        return examples.words_for(asked.label, random)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """One character too many."""
        return (examples.too_long(),)

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A text."""
        return SurveyQuestion("text")
