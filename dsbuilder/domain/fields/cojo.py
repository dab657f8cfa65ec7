"""An accreditation of the Paris 2024 Games: kept for forms that asked it; its register has closed since."""

import re
from datetime import date
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, Group, Raw
from dsbuilder.domain.fields.lookups import Ask, Lookup, Register, Registered, RegisterWords
from dsbuilder.domain.fields.paired import Identifier, PairedField
from dsbuilder.domain.texts import Language, Text, in_words

_BIRTH = Text("Saisissez la date de naissance, par exemple 1991-04-12.", "Enter the date of birth, such as 1991-04-12.")


class CojoField(PairedField):
    kind = "cojo"
    api_name = "COJOChampDescriptor"
    label = Text("Accréditation Paris 2024", "Paris 2024 accreditation")
    help = Text(
        "Un numéro d’accréditation et une date de naissance, repris d’anciens formulaires.",
        "An accreditation number and a date of birth, as older forms asked them.",
    )
    group = Group.REGISTERS
    icon = "badge-check"
    offered = False
    seconds = 60
    register = Register.REFERENCE  # never asked
    register_words = RegisterWords(name=Text("", ""), missing=Text("", ""))
    identifiers = (
        Identifier(
            Text("Numéro d’accréditation", "Accreditation number"),
            re.compile(r"[0-9]{1,12}"),
            Text(
                "Saisissez le numéro d’accréditation\u00a0: des chiffres, par exemple 123456.",
                "Enter the accreditation number: digits, such as 123456.",
            ),
            "numeric",
        ),
        Identifier(
            Text("Date de naissance", "Date of birth"), re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), _BIRTH, "", "date"
        ),
    )
    examples = (["123456", "1991-04-12"],)

    def parse(self, raw: Raw, options: Any) -> Registered | None:
        """Both, never looked up."""
        words = self.words(raw, options)
        if not words:
            return None
        if words[1] and _day(words[1]) is None:
            raise Invalid(_BIRTH)
        return Registered(words, Lookup.BY_HAND)

    def ask(self, value: Registered | None, options: Any) -> Ask | None:
        """Nothing: there is nobody left to ask."""
        return None

    def told(self, value: Any, options: Any, language: Language, *, to_agent: bool = False) -> None:
        """Nothing is looked up."""
        return None

    def display(self, value: Registered | None, options: Any, language: Language = "fr") -> str:
        """The number and the date, in words."""
        if value is None:
            return ""
        day = _day(value.words[1]) if len(value.words) > 1 else None
        return " – ".join(filter(None, (value.words[0], in_words(day)[language] if day else "")))

    def columns(self, asked: AskedField) -> list[Column]:
        """Both on one line."""
        return [Column("value", asked.label, ColumnType.TEXT, lambda value: self.as_typed(value) or None)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
