"""A field of a kind that is not built yet: it keeps what was imported whole, shows its name, and forbids publishing."""

from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, FieldType, Group, Json
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import Raw
from dsbuilder.domain.texts import Text


class PlaceholderField(FieldType):
    kind = "placeholder"
    api_name = "PlaceholderChampDescriptor"
    label = Text("Champ à venir", "Field to come")
    help = Text(
        "Un champ importé d’un type qui n’existe pas encore ici.",
        "An imported field of a kind that does not exist here yet.",
    )
    group = Group.OTHER
    icon = "hourglass"
    control = Control.PLACEHOLDER
    asks = False
    offered = False
    keeps_descriptor = True

    def parse(self, raw: Raw, options: Any) -> None:
        """Blank only."""
        if raw not in ("", []):
            raise Invalid(Text("Cette question n’est pas encore disponible.", "This question is not available yet."))

    def from_json(self, json: Json) -> None:
        """Nothing is answered."""
        return None

    def named(self, asked: AskedField) -> Text:
        """The name of the kind that was imported."""
        typename = str((asked.origin or {}).get("__typename", ""))
        bare = typename.removesuffix("ChampDescriptor")
        return Text(bare, bare) if bare else self.label

    def problems(self, asked: AskedField) -> list[Text]:
        """The form cannot ask it."""
        return [_NOT_BUILT.format(name=self.named(asked))]


_NOT_BUILT = Text(
    "Le type « {name} » n’existe pas encore ici : choisissez un autre type pour ce champ, ou retirez-le.",
    "The kind “{name}” does not exist here yet: choose another kind for this field, or remove it.",
)
