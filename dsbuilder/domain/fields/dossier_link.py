"""The number of another dossier that was deposited here. Whether there is one, an action finds out when it is entered."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Group, Json, Samples
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, one_line, without_blanks
from dsbuilder.domain.fields.operators import PRESENCE
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Language, Text

MOST = 2**53 - 1  # what a page can hold as a number
_SIGNS = ("dossier", "n°", "n", "#", "°")


@dataclass(frozen=True, slots=True)
class LinkedDossier:
    """A number, and whether it was found to belong to no dossier that may be linked."""

    number: int
    unknown: bool = field(default=False, compare=False)


class DossierLinkField(FieldType):
    kind = "dossier_link"
    api_name = "DossierLinkChampDescriptor"
    label = Text("Lien vers un autre dossier", "Link to another dossier")
    help = Text(
        "Le numéro d’un dossier déjà déposé ici, que l’agent peut ouvrir s’il y a accès.",
        "The number of a dossier already submitted here, which the agent may open if they have access to it.",
    )
    group = Group.IDENTIFIERS
    icon = "link"
    control = Control.TEXT
    operators = PRESENCE
    prefill_example = "1042"

    def parse(self, raw: Raw, options: Any) -> LinkedDossier | None:
        """The number, without what people write before it."""
        text = without_blanks(one_line(raw)).lower()
        for sign in _SIGNS:
            text = text.removeprefix(sign)
        if not text and not one_line(raw):
            return None
        if not (text.isascii() and text.isdigit()) or not 0 < int(text[:17]) <= MOST or len(text) > 17:
            raise Invalid(_EXAMPLE)
        return LinkedDossier(int(text))

    def wrong_today(self, value: LinkedDossier | None, options: Any, today: date) -> Text | None:
        """The same sentence for a number never given, a draft and a deleted dossier."""
        return _UNKNOWN.format(number=value.number) if value is not None and value.unknown else None

    def checked(self, value: LinkedDossier, exists: bool) -> LinkedDossier:
        """`value` once an action has looked."""
        return replace(value, unknown=not exists)

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A small number."""
        return str(random.randint(1, 2000))

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Nothing, less than nothing, two numbers, a link, a word."""
        return ("0", "-12", "12 et 13", "12.5", "https://example.org/dossiers/12", "douze")

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One number: conditions ask only whether there is any."""
        return Samples((LinkedDossier(1042),))

    def to_json(self, value: LinkedDossier | None) -> Json:
        """The number, marked when it is unknown."""
        if value is None:
            return None
        return {"number": value.number, "unknown": True} if value.unknown else value.number

    def from_json(self, json: Json) -> LinkedDossier | None:
        """The inverse of `to_json`."""
        unknown = isinstance(json, dict) and json.get("unknown") is True
        number = json.get("number") if isinstance(json, dict) else json
        return LinkedDossier(number, unknown) if type(number) is int and 0 < number <= MOST else None

    def attributes(self, options: Any) -> Attributes:
        """Digits."""
        return Attributes(inputmode="numeric", autocomplete="off", width="w-sm")

    def as_typed(self, value: LinkedDossier | None) -> str:
        """The digits."""
        return "" if value is None else str(value.number)

    def chosen(self, value: LinkedDossier | None) -> tuple[str, ...]:
        """The digits."""
        return () if value is None else (str(value.number),)

    def display(self, value: LinkedDossier | None, options: Any, language: Language = "fr") -> str:
        """The digits, without blanks: people copy them."""
        return self.as_typed(value)

    def columns(self, asked: AskedField) -> list[Column]:
        """The number as a text: nobody adds numbers of dossiers up."""
        return [Column("value", asked.label, ColumnType.TEXT, lambda value: self.as_typed(value) or None)]

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A whole number that is not nothing, as digits of a text."""
        return SurveyQuestion("text", appearance="numbers", rules=frozenset(("regex(., '^[1-9][0-9]*$')",)))


_EXAMPLE = Text(
    "Saisissez le numéro d’un dossier, en chiffres, par exemple 1042. Il figure sur l’accusé de dépôt.",
    "Enter the number of a dossier, in digits, such as 1042. It stands on the acknowledgement of receipt.",
)
_UNKNOWN = Text(
    "Aucun dossier déposé ne porte le numéro {number}. Recopiez celui de l’accusé de dépôt, par exemple 1042.",
    "No submitted dossier has the number {number}. Copy the one on the acknowledgement of receipt, such as 1042.",
)
