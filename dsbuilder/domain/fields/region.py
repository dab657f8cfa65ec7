"""A region of France."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from dsbuilder.domain.fields.base import Samples
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.official_list import OfficialListField
from dsbuilder.domain.fields.operators import CHOICES
from dsbuilder.domain.fields.places import without_article
from dsbuilder.domain.fields.samples import offered
from dsbuilder.domain.geography import regions
from dsbuilder.domain.texts import Text, searchable


class RegionField(OfficialListField):
    kind = "regions"
    api_name = "RegionChampDescriptor"
    label = Text("Région", "Region")
    help = Text("Une des 18 régions.", "One of the 18 French regions.")
    icon = "flag"
    control = Control.LIST
    operators = CHOICES
    seconds = 7
    prefill_example = "84"
    list_name = "regions"
    examples = ("Bretagne", "Occitanie", "La Réunion", "Corse")
    misspelt = ("Bretagne-Nord", "99")
    not_found = Text(
        "Choisissez une région de la liste, par exemple Bretagne.", "Choose a region from the list, such as Bretagne."
    )

    def listed(self) -> Mapping[str, Text]:
        """In alphabetical order."""
        return _listed()

    def names(self, code: str) -> tuple[str, ...]:
        """The name without its article."""
        return (without_article(regions()[code].name),)

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Those that operands name, and another."""
        return Samples(tuple(offered(operands, self.listed())))


@cache
def _listed() -> Mapping[str, Text]:
    known = [one for one in regions().values() if len(one.code) == 2]  # the others are collectivities without a region
    return {one.code: Text(one.name, one.name) for one in sorted(known, key=lambda one: searchable(one.name))}
