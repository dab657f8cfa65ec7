"""The record of a job seeker (France Travail, formerly Pôle emploi), by their identifier there."""

import re
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import ColumnType, Group, Raw
from dsbuilder.domain.fields.entering import one_line, without_blanks
from dsbuilder.domain.fields.lookups import Register, RegisterWords
from dsbuilder.domain.fields.registered import KnownFact, RegisteredField
from dsbuilder.domain.texts import Text

_FORM_OF_IT = re.compile(r"[\w.@+-]{2,60}", re.ASCII)
_FORM = Text(
    "Saisissez votre identifiant France Travail\u00a0: des lettres et des chiffres, par exemple nour_lambert_29.",
    "Enter your France Travail identifier: letters and digits, such as nour_lambert_29.",
)


class PoleEmploiField(RegisteredField):
    kind = "pole_emploi"
    api_name = "PoleEmploiChampDescriptor"
    label = Text("Données de France Travail", "Employment record")
    help = Text(
        "L’inscription comme demandeur d’emploi, lue par l’administration avec l’accord de la personne.",
        "The registration as a job seeker, read by the public body with the person’s consent.",
    )
    group = Group.REGISTERS
    icon = "briefcase"
    is_private = True
    register = needs = Register.EMPLOYMENT
    register_words = RegisterWords(
        name=Text("le fichier de France Travail", "the register of France Travail"),
        missing=Text(
            "France Travail ne connaît pas cet identifiant. C’est celui de votre espace personnel.",
            "France Travail does not know this identifier. It is the one of your personal account there.",
        ),
    )
    facts = (
        KnownFact("name", Text("Nom", "Name")),
        KnownFact("category", Text("Catégorie", "Category")),
        KnownFact("since", Text("Inscrit depuis le", "Registered since"), ColumnType.DATE),
        KnownFact("until", Text("Fin d’inscription", "Registered until"), ColumnType.DATE),
    )
    examples = ("nour_lambert_29",)

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The identifier as it is."""
        text = without_blanks(one_line(raw))
        if text and not _FORM_OF_IT.fullmatch(text):
            raise Invalid(_FORM)
        return (text,) if text else ()

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """One letter; what no identifier holds."""
        return ("n", "nour/lambert")
