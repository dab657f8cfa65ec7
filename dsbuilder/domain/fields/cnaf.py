"""The record of a family at its allowance fund (CNAF), by the number of the beneficiary and their postal code."""

import re

from dsbuilder.domain.fields.base import ColumnType, Group
from dsbuilder.domain.fields.lookups import Register, RegisterWords
from dsbuilder.domain.fields.paired import Identifier, PairedField
from dsbuilder.domain.fields.registered import KnownFact
from dsbuilder.domain.texts import Text


class CnafField(PairedField):
    kind = "cnaf"
    api_name = "CnafChampDescriptor"
    label = Text("Données de la CAF", "Family allowance record")
    help = Text(
        "Le quotient familial, lu par l’administration avec l’accord de la personne.",
        "The family quotient, read by the public body with the person’s consent.",
    )
    group = Group.REGISTERS
    icon = "users"
    register = needs = Register.FAMILY
    register_words = RegisterWords(
        name=Text("le fichier de la CAF", "the register of family allowances"),
        missing=Text(
            "La CAF ne connaît pas ce numéro avec ce code postal. Vérifiez-les sur un courrier de la CAF.",
            "The family allowance fund does not know this number with this postal code. Check them on one of its letters.",
        ),
    )
    identifiers = (
        Identifier(
            Text("Numéro d’allocataire", "Beneficiary number"),
            re.compile(r"[0-9]{1,7}"),
            Text(
                "Saisissez le numéro d’allocataire\u00a0: 7 chiffres au plus, par exemple 1234567.",
                "Enter the beneficiary number: at most 7 digits, such as 1234567.",
            ),
            "numeric",
        ),
        Identifier(
            Text("Code postal", "Postal code"),
            re.compile(r"[0-9A-Z]{5}"),
            Text(
                "Saisissez le code postal connu de la CAF, par exemple 29200.",
                "Enter the postal code that the fund knows, such as 29200.",
            ),
            "numeric",
        ),
    )
    facts = (
        KnownFact("quotient", Text("Quotient familial", "Family quotient"), ColumnType.NUMBER),
        KnownFact("month", Text("Mois", "Month")),
        KnownFact("holders", Text("Allocataires", "Beneficiaries")),
        KnownFact("children", Text("Enfants", "Children")),
    )
    examples = (["1234567", "29200"],)
