"""A school, chosen in the national directory (annuaire de l'éducation) or written by hand."""

import re
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, Group, Raw
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.fields.lookups import Ask, Lookup, Register, Registered, RegisterWords
from dsbuilder.domain.fields.registered import PLACE, KnownFact, RegisteredField
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text

KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ"
LONGEST = 200
_CODE = re.compile(r"(?<![0-9A-Z])([0-9]{7})([A-Z])(?![0-9A-Z])", re.ASCII)
_KEY = Text(
    "Ce code d’établissement contient une erreur de frappe. Recopiez ses 7 chiffres et sa lettre, par exemple 0750655E, "
    "ou écrivez le nom de l’établissement.",
    "This school code is mistyped. Copy its 7 digits and its letter, such as 0750655E, or write the school’s name.",
)
_LONG = Text("200 caractères au plus. Abrégez ce nom.", "200 characters at most. Shorten this name.")

_SEARCH = Text(
    "Le nom ou la commune, puis choisissez dans la liste.",
    "The name or the commune, then choose from the list.",
)


class SchoolField(RegisteredField):
    kind = "annuaire_education"
    api_name = "AnnuaireEducationChampDescriptor"
    label = Text("Établissement scolaire", "School")
    help = Text(
        "Une école, un collège ou un lycée, cherché par son nom, sa commune ou son code (UAI).",
        "A school, searched by its name, town or code (UAI).",
    )
    group = Group.REGISTERS
    icon = "bookmark"
    control = Control.SEARCH
    may_become = TEXTS
    register = Register.SCHOOLS
    register_words = RegisterWords(
        name=Text("l’annuaire de l’éducation", "the directory of schools"),
        missing=Text(
            "Aucun établissement ouvert ne porte ce code. Vérifiez-le\u00a0; s’il est juste, continuez.",
            "No open school has this code. Check it; if it is right, go on.",
        ),
    )
    facts = (
        KnownFact("name", Text("Nom de l’établissement", "Name of the school")),
        KnownFact("nature", Text("Nature", "Sort of school")),
        KnownFact("sector", Text("Secteur", "Sector"), shown=False),
        *PLACE,
        KnownFact("academy", Text("Académie", "Academy"), shown=False),
        KnownFact("phone", Text("Téléphone", "Telephone"), shown=False),
        KnownFact("email", Text("Courriel", "E-mail"), shown=False),
    )
    examples = ("École de la rue Haute, Belle-Rive (0299001B)", "Lycée du Moulin, Belle-Rive (0299003D)")

    def expects(self, options: Any) -> Text:
        """How one searches."""
        return _SEARCH

    def parse(self, raw: Raw, options: Any) -> Registered | None:
        """The school whose code stands in the text; without a code, what was written by hand."""
        words = self.words(raw, options)
        return Registered(words, Lookup.IDLE if words[0] else Lookup.BY_HAND) if words else None

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The code, empty when there is none, and the text that it stands in."""
        text = " ".join(one_line(raw).split())
        if not text:
            return ()
        if len(text) > LONGEST:
            raise Invalid(_LONG)
        found = _CODE.search(text.upper())
        if found is None:
            return ("", text)
        if KEYS[int(found[1]) % len(KEYS)] != found[2]:
            raise Invalid(_KEY)
        return (found[0], text)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """A wrong key, alone and in a name."""
        return ("0750655F", "Lycée du Moulin (0299003E)")

    def ask(self, value: Registered | None, options: Any) -> Ask | None:
        """The code alone."""
        return Ask(self.register, value.words[:1]) if value is not None and value.words[0] else None

    def ask_for_choices(self, options: Any, text: str) -> Ask:
        """Schools by name, town or code."""
        return Ask(self.register, (text,))

    def as_typed(self, value: Registered | None) -> str:
        """The text."""
        return "" if value is None else value.words[-1]

    def in_words(self, value: Registered, options: Any) -> str:
        """The text; the code with the name where only the code was typed."""
        code, text = value.words[0], value.words[-1]
        return f"{value.fact('name')} ({code})" if text.upper() == code and value.fact("name") else text

    def attributes(self, options: Any) -> Attributes:
        """A register is asked."""
        return Attributes(looked_up=True)

    def to_survey(self, options: Any) -> SurveyQuestion | None:
        """XLSForm has no such list."""
        return None
