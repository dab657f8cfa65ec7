"""An e-mail address."""

import re
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import TEXTS, AskedField, FieldType, Group
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.operators import PRESENCE
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text

_EXAMPLE = Text(
    "Saisissez une adresse électronique complète, par exemple prenom.nom@exemple.fr.",
    "Enter a full e-mail address, such as first.last@example.org.",
)

_RULES = frozenset((r"regex(., '^[^@ ]+@[^@ ]+\.[^@ ]+$')",))  # the nearest that a telephone can check


class EmailAddressField(FieldType):
    kind = "email"
    api_name = "EmailChampDescriptor"
    label = Text("Adresse électronique", "E-mail address")
    help = Text("Une adresse électronique, dont la forme est vérifiée.", "An e-mail address, whose form is checked.")
    group = Group.IDENTITY
    icon = "mail"
    control = Control.TEXT
    operators = PRESENCE
    prefill_example = "prenom.nom@exemple.fr"
    may_become = TEXTS

    def parse(self, raw: Raw, options: Any) -> str | None:
        """The address, its domain in lower case; no mail is sent to try it."""
        text = clean(raw)
        if not text:
            return None
        try:
            return _normalized(text)
        except EmailNotValidError:
            raise Invalid(_EXAMPLE) from None

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """An address that reaches nobody."""
        return examples.an_email(random)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """A name alone, a blank, half a domain, two signs."""
        return ("prenom.nom", "prenom nom@exemple.fr", "prenom@exemple", "prenom@@exemple.fr")

    def attributes(self, options: Any) -> Attributes:
        """A telephone shows the at sign."""
        return Attributes(input_type="email", autocomplete="email", inputmode="email")

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A text with an at sign in it."""
        return SurveyQuestion("text", rules=_RULES)


# What nearly all people have before the at sign; anything else that may stand there is the library's to judge.
_PLAIN = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
_LONGEST_PLAIN = 64
_OF_EVERY_DOMAIN = frozenset(CASE_INSENSITIVE_MAILBOX_NAMES)  # postmaster and the like, which the library rewrites


def _normalized(text: str) -> str:
    name, _, domain = text.partition("@")
    if max(len(name), len(domain)) < _LONGEST_PLAIN and name.lower() not in _OF_EVERY_DOMAIN and _PLAIN.fullmatch(name):
        return f"{name}@{_domain(domain)}"
    return validate_email(text, check_deliverability=False, test_environment=False).normalized


@lru_cache(maxsize=1024)  # many people have their address at the same few domains
def _domain(text: str) -> str:
    return validate_email(f"a@{text}", check_deliverability=False, test_environment=False).domain
