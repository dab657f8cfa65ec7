"""A field of a kind that is not built yet: it keeps what was imported whole, shows its name, and forbids publishing."""

from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, FieldType, Group, Json
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import Raw
from dsbuilder.domain.texts import Text

NAMES: dict[str, Text] = {
    "AddressChampDescriptor": Text("Adresse", "Postal address"),
    "AnnuaireEducationChampDescriptor": Text("Établissement scolaire", "School"),
    "CarteChampDescriptor": Text("Carte", "Map"),
    "CnafChampDescriptor": Text("Données de la CAF", "Family allowance record"),
    "COJOChampDescriptor": Text("Accréditation Paris 2024", "Paris 2024 accreditation"),
    "DgfipChampDescriptor": Text("Données fiscales", "Tax record"),
    "DossierLinkChampDescriptor": Text("Lien vers un autre dossier", "Link to another dossier"),
    "EngagementJuridiqueChampDescriptor": Text("Engagement juridique", "Budget commitment"),
    "ExpressionReguliereChampDescriptor": Text("Expression régulière", "Regular expression"),
    "FormattedChampDescriptor": Text("Champ formaté", "Formatted text"),
    "IbanChampDescriptor": Text("IBAN", "Bank account (IBAN)"),
    "MesriChampDescriptor": Text("Données étudiantes", "Student record"),
    "PoleEmploiChampDescriptor": Text("Données de France Travail", "Employment record"),
    "ReferentielChampDescriptor": Text("Référentiel", "Reference table"),
    "RNAChampDescriptor": Text("Numéro RNA d’association", "Association number (RNA)"),
    "RNFChampDescriptor": Text("Numéro RNF de fondation", "Foundation number (RNF)"),
    "SiretChampDescriptor": Text("Numéro SIRET", "Company number (SIRET)"),
    "TitreIdentiteChampDescriptor": Text("Titre d’identité", "Identity document"),
}


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
        return NAMES.get(typename) or (Text(bare, bare) if bare else self.label)

    def problems(self, asked: AskedField) -> list[Text]:
        """The form cannot ask it."""
        return [_NOT_BUILT.format(name=self.named(asked))]


_NOT_BUILT = Text(
    "Le type « {name} » n’existe pas encore ici : choisissez un autre type pour ce champ, ou retirez-le.",
    "The kind “{name}” does not exist here yet: choose another kind for this field, or remove it.",
)
