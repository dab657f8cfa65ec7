"""The number of a budget commitment of the State, in Chorus.

Agents fill it, so it is not offered for the questions of applicants; a form that asks it already goes on doing so.
"""

import re
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, FieldType, Group, Samples
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, one_line, without_blanks
from dsbuilder.domain.fields.operators import PRESENCE
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text

_NUMBER = re.compile(r"[A-Z0-9_+/-]{1,100}", re.ASCII)
_RULES = frozenset(("regex(., '^[A-Z0-9_+/-]+$')",))
_EXAMPLE = Text(
    "Saisissez le numéro de l’engagement juridique : lettres, chiffres, -, _, + ou /, par exemple 2100123456.",
    "Enter the number of the budget commitment: letters, digits, -, _, + or /, such as 2100123456.",
)


class BudgetCommitmentField(FieldType):
    kind = "engagement_juridique"
    api_name = "EngagementJuridiqueChampDescriptor"
    label = Text("Engagement juridique", "Budget commitment")
    help = Text(
        "Le numéro d’un engagement juridique dans Chorus, rempli par les agents.",
        "The number of a budget commitment in Chorus, filled in by agents.",
    )
    group = Group.IDENTIFIERS
    icon = "hash"
    control = Control.TEXT
    operators = PRESENCE
    offered = False

    def parse(self, raw: Raw, options: Any) -> str | None:
        """The number in capitals without blanks."""
        text = without_blanks(one_line(raw)).upper()
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise Invalid(_EXAMPLE)
        return text

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A number of ten digits."""
        return f"21{random.randrange(10**8):08}"

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One number: conditions ask only whether there is any."""
        return Samples(("2100123456",))

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Another sign, a note beside."""
        return ("2100.123456", "2100123456 (2026)", "n° 2100123456")

    def attributes(self, options: Any) -> Attributes:
        """Nothing that a browser remembers."""
        return Attributes(autocomplete="off", width="w-md")

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A text of capitals and digits."""
        return SurveyQuestion("text", rules=_RULES)
