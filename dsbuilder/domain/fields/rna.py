"""An association, by its number in the national register of associations (RNA)."""

import re
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, ColumnType, Group, Raw
from dsbuilder.domain.fields.entering import one_line, without_blanks
from dsbuilder.domain.fields.lookups import Register, Registered, RegisterWords
from dsbuilder.domain.fields.registered import PLACE, KnownFact, RegisteredField
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text

_NUMBER = re.compile(r"W[0-9A-Z]{9}", re.ASCII)
_FORM = Text(
    "Saisissez le numéro RNA\u00a0: la lettre W suivie de 9 chiffres ou lettres, par exemple W751080001.",
    "Enter the RNA number: the letter W followed by 9 digits or letters, such as W751080001.",
)
_RULES = frozenset(("regex(., '^[Ww][0-9A-Za-z]{9}$')",))


class RnaField(RegisteredField):
    kind = "rna"
    api_name = "RNAChampDescriptor"
    label = Text("Numéro RNA d’association", "Association number (RNA)")
    help = Text(
        "Une association, retrouvée dans le répertoire national.", "An association, looked up in the national register."
    )
    group = Group.IDENTIFIERS
    icon = "users"
    may_become = TEXTS
    register = Register.ASSOCIATIONS
    register_words = RegisterWords(
        name=Text("le répertoire national des associations", "the national register of associations"),
        missing=Text(
            "Aucune association connue ne porte ce numéro. Vérifiez-le\u00a0; s’il est juste, continuez.",
            "No known association has this number. Check it; if it is right, go on.",
        ),
    )
    facts = (
        KnownFact("name", Text("Nom de l’association", "Name of the association")),
        KnownFact("purpose", Text("Objet", "Purpose")),
        *PLACE,
        KnownFact("created_on", Text("Date de création", "Created on"), ColumnType.DATE),
        KnownFact("declared_on", Text("Date de déclaration", "Declared on"), ColumnType.DATE, shown=False),
        KnownFact("published_on", Text("Date de publication", "Published on"), ColumnType.DATE, shown=False),
        KnownFact("siren", Text("SIREN", "SIREN"), shown=False),
    )
    examples = ("W291000001", "W291000002")

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The number in capitals."""
        number = without_blanks(one_line(raw)).upper()
        if number and not _NUMBER.fullmatch(number):
            raise Invalid(_FORM)
        return (number,) if number else ()

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Without its letter, too short, too long."""
        return ("751080001", "W75108000", "W7510800012", "X751080001")

    def in_words(self, value: Registered, options: Any) -> str:
        """With the name, when it is known."""
        return f"{value.words[0]} ({value.fact('name')})" if value.fact("name") else value.words[0]

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A short text."""
        return SurveyQuestion("text", rules=_RULES)
