"""The record of a student (ministry of higher education), by their national student number (INE)."""

import re
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import ColumnType, Group, Raw
from dsbuilder.domain.fields.entering import one_line, without_blanks
from dsbuilder.domain.fields.lookups import Register, RegisterWords
from dsbuilder.domain.fields.registered import KnownFact, RegisteredField
from dsbuilder.domain.texts import Text

_NUMBER = re.compile(r"[0-9A-Z]{10,11}", re.ASCII)
_FORM = Text(
    "Saisissez votre numéro INE\u00a0: 11 chiffres et lettres de votre carte d’étudiant, par exemple 0290LAM0001.",
    "Enter your INE number: the 11 digits and letters of your student card, such as 0290LAM0001.",
)


class MesriField(RegisteredField):
    kind = "mesri"
    api_name = "MesriChampDescriptor"
    label = Text("Données étudiantes", "Student record")
    help = Text(
        "L’inscription dans un établissement, lue par l’administration avec l’accord de la personne.",
        "The enrolment, read by the public body with the person’s consent.",
    )
    group = Group.REGISTERS
    icon = "bookmark"
    is_private = True
    register = needs = Register.STUDENTS
    register_words = RegisterWords(
        name=Text("le fichier des étudiants", "the register of students"),
        missing=Text(
            "Aucun étudiant connu ne porte ce numéro. Recopiez-le de votre carte d’étudiant.",
            "No known student has this number. Copy it from your student card.",
        ),
    )
    facts = (
        KnownFact("name", Text("Nom", "Name")),
        KnownFact("school", Text("Établissement", "School")),
        KnownFact("status", Text("Statut", "Status")),
        KnownFact("since", Text("Début", "From"), ColumnType.DATE),
        KnownFact("until", Text("Fin", "Until"), ColumnType.DATE),
    )
    examples = ("0290LAM0001",)

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The number in capitals."""
        number = without_blanks(one_line(raw)).upper()
        if number and not _NUMBER.fullmatch(number):
            raise Invalid(_FORM)
        return (number,) if number else ()

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Too short, too long, with a dash."""
        return ("0290LAM00", "0290LAM000123", "0290-LAM-001")
