"""A département, an overseas collectivity, or abroad."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from dsbuilder.domain.fields.base import Samples
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.fields.official_list import OfficialListField
from dsbuilder.domain.fields.operators import DEPARTMENTS
from dsbuilder.domain.fields.places import telling_departments, without_article
from dsbuilder.domain.geography import Place, departments, place_in, search_departments
from dsbuilder.domain.texts import Text

_SEARCH = Text(
    "Le numéro ou le début du nom, puis choisissez dans la liste.",
    "The number or the beginning of the name, then choose from the list.",
)


class DepartmentField(OfficialListField):
    kind = "departements"
    api_name = "DepartementChampDescriptor"
    label = Text("Département", "Département (county)")
    help = Text(
        "Un département ou une collectivité d’outre-mer, cherché par son nom ou son numéro.",
        "A département or an overseas collectivity, found by its name or number.",
    )
    icon = "signpost"
    control = Control.SEARCH
    operators = DEPARTMENTS
    seconds = 7
    prefill_example = "01"
    list_name = "departements"
    examples = ("29", "75", "2A", "Moselle", "974 – La Réunion")
    misspelt = ("Finistère-Nord", "20")
    not_found = Text(
        "Choisissez un département proposé, par exemple 29\u00a0–\u00a0Finistère. En Corse\u00a0: 2A ou 2B.",
        "Choose one of the départements offered, such as 29\u00a0–\u00a0Finistère. In Corsica: 2A or 2B.",
    )

    def expects(self, options: Any) -> Text:
        """How one searches."""
        return _SEARCH

    def listed(self) -> Mapping[str, Text]:
        """In the order of their codes."""
        return _listed()

    def names(self, code: str) -> tuple[str, ...]:
        """The name without the code, without its article; the code without its zero."""
        name = departments()[code].name
        return name, without_article(name), code.lstrip("0")

    def name(self, value: str | None) -> str:
        """The name without the code."""
        known = departments().get(value or "")
        return (value or "") if known is None else known.name

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """By name or code."""
        return tuple(Choice(one.code, one.label) for one in search_departments(text, limit))

    def compared(self, value: str | None) -> Place | None:
        """It lies in itself, and in its region."""
        return None if value is None else place_in(value)

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Those that operands name, one elsewhere in each region named, and another."""
        return Samples(tuple(telling_departments(operands, departments())))


@cache
def _listed() -> Mapping[str, Text]:
    return {code: Text(one.label, one.label) for code, one in departments().items()}
