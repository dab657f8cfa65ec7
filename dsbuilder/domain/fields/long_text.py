"""A text of several lines, such as an account of facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import AskedField, FieldType, Group, Samples, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw
from dsbuilder.domain.fields.operators import WORDS
from dsbuilder.domain.fields.samples import another
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text, in_figures

LENGTHS = (*range(400, 1000, 100), *range(1000, 10_001, 1000))


class LongTextField(FieldType):
    kind = "textarea"
    api_name = "TextareaChampDescriptor"
    label = Text("Texte long", "Long text")
    help = Text(
        "Une réponse de plusieurs lignes : un exposé, une motivation.",
        "An answer of several lines: an account, a reason.",
    )
    group = Group.TEXT
    icon = "text"
    control = Control.LONG_TEXT
    seconds = 60
    not_in_survey = ("character_limit",)
    operators = WORDS
    prefill_example = "Première ligne\nSeconde ligne"
    may_become = ("text", "formatted")

    @dataclass(frozen=True)
    class Options:
        character_limit: int | None = option(
            Text("Longueur conseillée", "Advised length"),
            Control.LIST,
            help=Text("Un conseil : une réponse plus longue est acceptée.", "Advice: a longer answer is accepted."),
            choices=(
                (None, Text("Aucune", "None")),
                *((n, Text("{n} caractères", "{n} characters").format(n=in_figures(n))) for n in LENGTHS),
            ),
        )

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A few sentences."""
        return examples.a_paragraph(random)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """One character too many."""
        return (examples.too_long(),)

    def take_over(self, words: Sequence[str]) -> Raw:
        """One on each line."""
        return "\n".join(words)

    def attributes(self, options: Any) -> Attributes:
        """`maximum` is the advised length, for the page's count of characters."""
        return Attributes(maximum=str(options.character_limit or ""))

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """The texts to compare with, and another."""
        texts = [operand for operand in operands if operand is not None]
        return Samples(self.entered((another(texts), *texts), options, today))

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A text of several lines."""
        return SurveyQuestion("text", appearance="multiline")
