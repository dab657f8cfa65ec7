"""A bank account number (IBAN, ISO 13616): country, length, structure and check digits are verified, no bank is asked."""

from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

import schwifty
from schwifty import exceptions, registry

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, FieldType, Group
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, one_line, without_blanks
from dsbuilder.domain.fields.operators import PRESENCE
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Language, Text

_EXAMPLE = "FR76 3000 6000 0112 3456 7890 189"
_RULES = frozenset(("regex(., '^[A-Za-z]{2}[0-9]{2}[0-9A-Za-z ]{11,35}$')",))  # the nearest that a telephone can check
_BANKS = ("30006", "10278", "13906", "20041")


class IbanField(FieldType):
    kind = "iban"
    api_name = "IbanChampDescriptor"
    label = Text("IBAN", "Bank account (IBAN)")
    help = Text(
        "Un numéro de compte bancaire de n’importe quel pays, dont la clé est vérifiée.",
        "A bank account number of any country, whose check digits are verified.",
    )
    group = Group.IDENTIFIERS
    icon = "landmark"
    control = Control.TEXT
    operators = PRESENCE
    seconds = 60
    prefill_example = _EXAMPLE

    def parse(self, raw: Raw, options: Any) -> str | None:
        """The number in capitals without blanks. No sentence repeats it: it is nobody else's business."""
        text = without_blanks(one_line(raw)).replace("-", "").replace(".", "").upper().removeprefix("IBAN").lstrip(":")
        if not text:
            return None
        wrong = _wrong(text) if len(text) <= 40 else _NOT_ONE
        if wrong is not None:
            raise Invalid(wrong)
        return text

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A number whose check digits are right, of an account that nobody was asked about."""
        bank, branch, account = random.choice(_BANKS), "00001", f"{random.randrange(10**10):011}"
        key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
        return _grouped(str(schwifty.IBAN.from_bban("FR", f"{bank}{branch}{account}{key:02}")))

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Two digits swapped, one missing, another country, the account number alone."""
        return ("FR76 3000 6000 0112 3456 7809 189", _EXAMPLE[:-1], f"ZZ{_EXAMPLE[2:]}", "30006 00001 12345678901 89")

    def attributes(self, options: Any) -> Attributes:
        """The browser keeps no list of account numbers."""
        return Attributes(autocomplete="off")

    def as_typed(self, value: str | None) -> str:
        """In groups of four, as on paper."""
        return _grouped(value or "")

    def display(self, value: str | None, options: Any, language: Language = "fr") -> str:
        """In groups of four."""
        return _grouped(value or "")

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A text of letters and digits."""
        return SurveyQuestion("text", rules=_RULES)


def _grouped(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@lru_cache(maxsize=64)
def _length(country: str) -> int | None:
    try:
        return int(registry.get_iban_spec(country).iban_length)
    except exceptions.InvalidCountryCode:
        return None


def _wrong(text: str) -> Text | None:
    country = text[:2]
    if not (text.isascii() and text.isalnum() and country.isalpha()):
        return _NOT_ONE
    length = _length(country)
    if length is None:
        return _NO_COUNTRY.format(country=country)
    if len(text) != length:
        return _LENGTH.format(country=country, length=length, count=len(text))
    try:
        schwifty.IBAN(text)
    except exceptions.InvalidChecksumDigits:
        return _CHECK_DIGITS
    except exceptions.SchwiftyException:
        return _STRUCTURE.format(country=country)
    return None


_NOT_ONE = Text(
    "Un IBAN commence par deux lettres, suivies de chiffres et de lettres. Recopiez celui du relevé, par exemple "
    f"{_EXAMPLE}.",
    f"An IBAN begins with two letters, then digits and letters. Copy it from the bank statement, such as {_EXAMPLE}.",
)
_NO_COUNTRY = Text(
    "« {country} » n’est pas un pays qui utilise l’IBAN. Vérifiez les deux premières lettres : FR pour la France, par "
    f"exemple {_EXAMPLE}.",
    f"“{{country}}” is not a country that uses IBANs. Check the first two letters: FR for France, such as {_EXAMPLE}.",
)
_LENGTH = Text(
    "Un IBAN qui commence par {country} compte {length} caractères : il y en a {count} ici. Recopiez-le en entier, par "
    f"exemple {_EXAMPLE}.",
    "An IBAN that begins with {country} has {length} characters: there are {count} here. Copy all of it, such as "
    f"{_EXAMPLE}.",
)
_STRUCTURE = Text(
    "Cet IBAN mêle des lettres et des chiffres autrement que ceux qui commencent par {country}. Relisez-le caractère par "
    f"caractère, par exemple {_EXAMPLE}.",
    "This IBAN mixes letters and digits otherwise than those that begin with {country}. Read it again, character by "
    f"character, such as {_EXAMPLE}.",
)
_CHECK_DIGITS = Text(
    "Un caractère de cet IBAN est faux ou deux sont inversés : sa clé ne correspond pas. Relisez-le, par exemple "
    f"{_EXAMPLE}.",
    "One character of this IBAN is wrong or two are swapped: its check digits do not match. Read it again, such as "
    f"{_EXAMPLE}.",
)
