"""A country or territory of the world."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, Samples
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.fields.official_list import OfficialListField
from dsbuilder.domain.fields.operators import CHOICES
from dsbuilder.domain.fields.places import code_column
from dsbuilder.domain.fields.samples import offered
from dsbuilder.domain.geography import countries, search_countries
from dsbuilder.domain.texts import Language, Text

_SEARCH = Text(
    "Le début du nom, puis choisissez dans la liste.", "The beginning of the name, then choose from the list."
)


class CountryField(OfficialListField):
    kind = "pays"
    api_name = "PaysChampDescriptor"
    label = Text("Pays", "Country")
    help = Text(
        "Un pays ou territoire du monde, cherché par son nom.",
        "A country or territory of the world, found by its name.",
    )
    icon = "globe"
    control = Control.SEARCH
    operators = CHOICES
    seconds = 7
    prefill_example = "FR"
    list_name = "pays"
    examples = ("France", "Belgique", "Maroc", "Viêt Nam", "Canada")
    misspelt = ("Francie", "ZZ")
    not_found = Text(
        "Choisissez un pays proposé, par exemple Belgique.", "Choose one of the countries offered, such as Belgium."
    )

    def expects(self, options: Any) -> Text:
        """How one searches."""
        return _SEARCH

    def listed(self) -> Mapping[str, Text]:
        """France, then the others in the order of their French names."""
        return _listed()

    def names(self, code: str) -> tuple[str, ...]:
        """Others that people give it."""
        return countries()[code].also

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """Those that match, with their French names."""
        return self.search_in(options, text, "fr", limit)

    def search_in(self, options: Any, text: str, language: Language, limit: int) -> tuple[Choice, ...]:
        """Those whose name matches in any language, with their names in the reader's."""
        return tuple(Choice(one.code, one.name[language]) for one in search_countries(text, limit))

    def as_typed_in(self, value: str | None, language: Language) -> str:
        """The name in the reader's language."""
        return self.display(value, None, language)

    def columns(self, asked: AskedField) -> list[Column]:
        """The French name and the code."""
        first = Column("value", asked.label, ColumnType.TEXT, lambda value: self.name(value) or None)
        return [first, code_column(asked.label, lambda value: value)]

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Those that operands name, and another."""
        return Samples(tuple(offered(operands, self.listed())))


@cache
def _listed() -> Mapping[str, Text]:
    return {code: one.name for code, one in countries().items()}
