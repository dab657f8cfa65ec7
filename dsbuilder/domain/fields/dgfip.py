"""The tax record of a household (DGFiP), by its tax number and the reference of its notice."""

import re

from dsbuilder.domain.fields.base import ColumnType, Group
from dsbuilder.domain.fields.lookups import Register, RegisterWords
from dsbuilder.domain.fields.paired import Identifier, PairedField
from dsbuilder.domain.fields.registered import KnownFact
from dsbuilder.domain.texts import Text


class DgfipField(PairedField):
    kind = "dgfip"
    api_name = "DgfipChampDescriptor"
    label = Text("Données fiscales", "Tax record")
    help = Text(
        "L’avis d’imposition, lu par l’administration avec l’accord de la personne.",
        "The tax notice, read by the public body with the person’s consent.",
    )
    group = Group.REGISTERS
    icon = "file-text"
    register = needs = Register.TAXES
    register_words = RegisterWords(
        name=Text("le fichier des impôts", "the tax register"),
        missing=Text(
            "Les impôts ne connaissent pas ces deux numéros ensemble. Recopiez-les du même avis d’imposition.",
            "The tax office does not know these two numbers together. Copy them from one tax notice.",
        ),
    )
    identifiers = (
        Identifier(
            Text("Numéro fiscal", "Tax number"),
            re.compile(r"[0-9A-Z_]{13,14}"),
            Text(
                "Saisissez les 13 chiffres du numéro fiscal, par exemple 2926000000001.",
                "Enter the 13 digits of the tax number, such as 2926000000001.",
            ),
            "numeric",
        ),
        Identifier(
            Text("Référence de l’avis", "Reference of the notice"),
            re.compile(r"[0-9A-Z_]{13,14}"),
            Text(
                "Saisissez la référence de l’avis\u00a0: 13 chiffres et lettres, par exemple 2926A00000001.",
                "Enter the reference of the notice: 13 digits and letters, such as 2926A00000001.",
            ),
        ),
    )
    facts = (
        KnownFact("declarants", Text("Déclarants", "Declared by")),
        KnownFact("income", Text("Revenu fiscal de référence", "Reference tax income"), ColumnType.NUMBER),
        KnownFact("shares", Text("Nombre de parts", "Number of shares"), ColumnType.NUMBER),
        KnownFact("dependants", Text("Personnes à charge", "Dependants"), ColumnType.NUMBER),
        KnownFact("year", Text("Année des revenus", "Year of the income")),
    )
    examples = (["2926000000001", "2926A00000001"],)
