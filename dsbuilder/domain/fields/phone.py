"""A telephone number, of France and its overseas places or of any country."""

import re
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

import phonenumbers

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import TEXTS, AskedField, FieldType, Group
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, one_line
from dsbuilder.domain.fields.operators import PRESENCE
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Language, Text

FRENCH_REGIONS = ("FR", "GP", "GF", "MQ", "RE", "YT", "NC", "PF")
_EXAMPLE = Text(
    "Saisissez un numéro de téléphone, par exemple 06 12 34 56 78, ou +32 470 12 34 56 pour l’étranger.",
    "Enter a telephone number, such as 06 12 34 56 78, or +32 470 12 34 56 abroad.",
)

_RULES = frozenset(("regex(., '^[+0-9 ().-]{6,25}$')",))  # the nearest that a telephone can check


class PhoneField(FieldType):
    kind = "phone"
    api_name = "PhoneChampDescriptor"
    label = Text("Téléphone", "Telephone")
    help = Text(
        "Un numéro français ou étranger, dont la forme est vérifiée.", "A number of any country, whose form is checked."
    )
    group = Group.IDENTITY
    icon = "phone"
    control = Control.TEXT
    operators = PRESENCE
    prefill_example = "06 12 34 56 78"
    may_become = TEXTS

    def parse(self, raw: Raw, options: Any) -> str | None:
        """The number as typed, once it may exist."""
        text = " ".join(one_line(raw).split())
        if not text:
            return None
        if not _may_exist(text):
            raise Invalid(_EXAMPLE)
        return text

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A number kept free for fiction."""
        return examples.a_phone(random)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Too short, too long, an extension alone."""
        return ("06 12 34", "06 12 34 56 78 90 12 34 56", "poste 12")

    def attributes(self, options: Any) -> Attributes:
        """A telephone shows its digits."""
        return Attributes(input_type="tel", autocomplete="tel", inputmode="tel", width="w-md")

    def display(self, value: str | None, options: Any, language: Language = "fr") -> str:
        """The national form of a French number, any other as typed."""
        if not value:
            return ""
        french = _french(value)
        if french is None:
            return value
        return phonenumbers.format_number(french, phonenumbers.PhoneNumberFormat.NATIONAL)

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A text of digits."""
        return SurveyQuestion("text", appearance="numbers", rules=_RULES)


def _read(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _french(text: str) -> phonenumbers.PhoneNumber | None:
    number = None
    for region in FRENCH_REGIONS:
        if number is None or not text.startswith(f"+{number.country_code}"):  # with its country it reads alike anywhere
            number = _read(text, region)
        if number is not None and phonenumbers.is_valid_number_for_region(number, region):
            return number
    return None


# How nearly all people write theirs; what else may be a number is the library's to judge.
_PLAIN = re.compile(r"0[1-9](?:[ .-]?[0-9]{2}){4}")


@lru_cache(maxsize=1024)  # asked again whenever the same dossier is
def _may_exist(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None or _possible(text) or _french(text) is not None


def _possible(text: str) -> bool:
    number = _read(text, "FR")
    return number is not None and phonenumbers.is_possible_number(number)
