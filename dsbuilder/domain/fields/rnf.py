"""A foundation or an endowment fund, by its number in the national register of foundations (RNF)."""

import re
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, ColumnType, Group, Raw
from dsbuilder.domain.fields.entering import one_line, without_blanks
from dsbuilder.domain.fields.lookups import Register, Registered, RegisterWords
from dsbuilder.domain.fields.registered import PLACE, KnownFact, RegisteredField
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text

_NUMBER = re.compile(r"([0-9][0-9AB][0-9A-Z])-?([A-Z]{2,5})-?([0-9]{5})-?([0-9]{2})", re.ASCII)
_FORM = Text(
    "Saisissez le numéro RNF tel qu’il figure sur vos documents, par exemple 075-FDD-00003-01.",
    "Enter the RNF number as it stands on your documents, such as 075-FDD-00003-01.",
)
_RULES = frozenset(("regex(., '^[0-9][0-9A-Za-z-]{11,20}$')",))


class RnfField(RegisteredField):
    kind = "rnf"
    api_name = "RNFChampDescriptor"
    label = Text("Numéro RNF de fondation", "Foundation number (RNF)")
    help = Text(
        "Une fondation ou un fonds de dotation, retrouvé dans le répertoire national.",
        "A foundation or endowment fund, looked up in the national register.",
    )
    group = Group.IDENTIFIERS
    icon = "landmark"
    may_become = TEXTS
    register = Register.FOUNDATIONS
    register_words = RegisterWords(
        name=Text("le répertoire national des fondations", "the national register of foundations"),
        missing=Text(
            "Aucune fondation connue ne porte ce numéro. Vérifiez-le\u00a0; s’il est juste, continuez.",
            "No known foundation has this number. Check it; if it is right, go on.",
        ),
    )
    facts = (
        KnownFact("name", Text("Nom de la fondation", "Name of the foundation")),
        *PLACE,
        KnownFact("created_on", Text("Date de création", "Created on"), ColumnType.DATE),
    )
    examples = ("029-FDD-00001-01",)

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The number in capitals, with its dashes."""
        number = without_blanks(one_line(raw)).upper()
        if not number:
            return ()
        found = _NUMBER.fullmatch(number)
        if found is None:
            raise Invalid(_FORM)
        return ("-".join(found.groups()),)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Without its kind, with a part too short."""
        return ("075-00003-01", "075-FDD-0003-01", "75-FDD-00003-01", "075-FDD-00003")

    def in_words(self, value: Registered, options: Any) -> str:
        """With the name, when it is known."""
        return f"{value.words[0]} ({value.fact('name')})" if value.fact("name") else value.words[0]

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A short text."""
        return SurveyQuestion("text", rules=_RULES)
