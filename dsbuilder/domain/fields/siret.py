"""A company's establishment, by its SIRET number."""

from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, ColumnType, Group, Raw
from dsbuilder.domain.fields.controls import Attributes
from dsbuilder.domain.fields.entering import one_line, without_blanks
from dsbuilder.domain.fields.lookups import Register, Registered, RegisterWords
from dsbuilder.domain.fields.registered import PLACE, KnownFact, RegisteredField
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text

LENGTH = 14
LA_POSTE = "356000000"  # its establishments are too many for the usual key: the sum of their digits is a multiple of 5

_FORM = Text(
    "Saisissez les 14 chiffres du SIRET, par exemple 120 027 016 00563.",
    "Enter the 14 digits of the SIRET, such as 120 027 016 00563.",
)
_KEY = Text(
    "Ce numéro SIRET contient une erreur de frappe. Recopiez ses 14 chiffres, par exemple 120 027 016 00563.",
    "This SIRET number is mistyped. Copy its 14 digits again, such as 120 027 016 00563.",
)
_STATUS = {"open": Text("En activité", "Active"), "closed": Text("Fermé", "Closed")}
_RULES = frozenset(("regex(., '^[0-9 ]{14,20}$')",))


class SiretField(RegisteredField):
    kind = "siret"
    api_name = "SiretChampDescriptor"
    label = Text("Numéro SIRET", "Company number (SIRET)")
    help = Text(
        "Un établissement d’entreprise ou d’administration, retrouvé dans l’annuaire des entreprises.",
        "An establishment of a company or public body, looked up in the register of companies.",
    )
    group = Group.IDENTIFIERS
    icon = "building-2"
    prefill_example = "00012345500016"
    may_become = TEXTS
    register = Register.COMPANIES
    register_words = RegisterWords(
        name=Text("l’annuaire des entreprises", "the register of companies"),
        missing=Text(
            "Aucun établissement diffusé ne porte ce numéro. Vérifiez-le\u00a0; s’il est juste, continuez.",
            "No published establishment has this number. Check it; if it is right, go on.",
        ),
    )
    facts = (
        KnownFact("name", Text("Raison sociale", "Company name")),
        KnownFact("trade_name", Text("Enseigne", "Trade name")),
        *PLACE,
        KnownFact("siren", Text("SIREN", "SIREN"), shown=False),
        KnownFact("legal_form", Text("Forme juridique (code)", "Legal form (code)"), shown=False),
        KnownFact("naf", Text("Activité (code NAF)", "Activity (NAF code)")),
        KnownFact("created_on", Text("Date de création", "Created on"), ColumnType.DATE),
        KnownFact("status", Text("État", "Status"), words=_STATUS),
        KnownFact("head_office", Text("Siège social", "Head office"), ColumnType.BOOLEAN, shown=False),
    )
    # Invented but well formed; the stand-in register knows them.
    examples = ("00012345500016", "00023456700022", "00034567800015", "35600000090002")

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The 14 digits, once their key is right."""
        number = without_blanks(one_line(raw)).replace(".", "").replace("-", "")
        if not number:
            return ()
        if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
            raise Invalid(_FORM)
        if not has_key(number):
            raise Invalid(_KEY)
        return (number,)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """A SIREN, a digit too many, a wrong key."""
        return ("120027016", "120027016005631", "12002701600564", "FR12002701600563")

    def in_words(self, value: Registered, options: Any) -> str:
        """In groups, with the name when it is known."""
        number = value.words[0]
        grouped = f"{number[:3]}\u00a0{number[3:6]}\u00a0{number[6:9]}\u00a0{number[9:]}"
        return f"{grouped} ({value.fact('name')})" if value.fact("name") else grouped

    def attributes(self, options: Any) -> Attributes:
        """Digits."""
        return Attributes(inputmode="numeric", autocomplete="off", width="w-md", looked_up=True)

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A text of digits."""
        return SurveyQuestion("text", appearance="numbers", rules=_RULES)


def has_key(number: str) -> bool:
    """Whether the last digit of the SIREN or SIRET fits the others."""
    digits = [int(digit) for digit in number]
    if number.startswith(LA_POSTE) and len(number) == LENGTH and sum(digits) % 5 == 0:
        return True
    doubled = (digit * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0
