"""A postal address: found in the national address base (BAN), described by hand, or abroad."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, AskedField, Column, ColumnType, Group, Raw, Samples
from dsbuilder.domain.fields.controls import Attributes, Control, PartInput
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.fields.lookups import Ask, Lookup, Register, Registered, RegisterWords, record_of
from dsbuilder.domain.fields.operators import PLACES
from dsbuilder.domain.fields.places import department_column, telling_departments
from dsbuilder.domain.fields.registered import KnownFact, RegisteredField, column_of
from dsbuilder.domain.geography import (
    ABROAD,
    Commune,
    Place,
    communes_at,
    country_named,
    department_of,
    departments,
    largest_commune,
    place_in,
    regions,
)
from dsbuilder.domain.texts import Language, Text, searchable

LONGEST = 250
# French is also what ISO 3166 counts apart: overseas, postal codes and départements are those of France.
FRANCE = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF"})
_POSTAL_CODE = re.compile(r"[0-9]{5}", re.ASCII)
_POSTAL_CODE_IN = re.compile(r"(?<!\d)[0-9]{5}(?!\d)", re.ASCII)
_LONG = Text("250 caractères au plus. Abrégez cette adresse.", "250 characters at most. Shorten this address.")
_POSTAL = Text(
    "Saisissez un code postal de 5 chiffres, par exemple 29200, ou le nom du pays si l’adresse est à l’étranger.",
    "Enter a postal code of 5 digits, such as 29200, or the name of the country when the address is abroad.",
)
_INCOMPLETE = Text(
    "Complétez l’adresse «\u00a0{label}\u00a0»\u00a0: numéro et rue, code postal, commune.",
    "Complete the address “{label}”: number and street, postal code, town.",
)
_PARTS: tuple[tuple[Text, str, str, str], ...] = (
    (Text("Numéro et rue", "Number and street"), "street-address", "", ""),
    (Text("Code postal", "Postal code"), "postal-code", "", "w-sm"),
    (Text("Commune", "Town"), "address-level2", "", "w-md"),
    (Text("Pays (hors de France)", "Country (outside France)"), "country-name", "", "w-md"),
)

_SEARCH = Text(
    "Commencez par le numéro et la rue, puis choisissez dans la liste.",
    "Start with the number and the street, then choose from the list.",
)


class AddressField(RegisteredField):
    kind = "address"
    api_name = "AddressChampDescriptor"
    label = Text("Adresse", "Postal address")
    help = Text(
        "Une adresse française proposée au fil de la saisie, ou décrite à la main, en France ou à l’étranger.",
        "A French address offered as one types, or described by hand, in France or abroad.",
    )
    group = Group.PLACE
    icon = "map-pin"
    control = Control.SEARCH
    seconds = 10
    prefill_example = "7 Rue des Tilleuls 29200 Belle-Rive"
    may_become = TEXTS
    operators = PLACES
    register = Register.ADDRESSES
    register_words = RegisterWords(
        name=Text("la Base Adresse Nationale", "the national address base"),
        missing=Text(
            "La Base Adresse Nationale ne connaît pas cette adresse telle quelle. Choisissez-la dans la liste, "
            "ou saisissez-la vous-même ci-dessous.",
            "The national address base does not know this address as written. Choose it in the list, "
            "or enter it yourself below.",
        ),
    )
    facts = (
        KnownFact("postal_code", Text("Code postal", "Postal code"), shown=False),
        KnownFact("city_name", Text("Commune", "Commune"), shown=False),
        KnownFact("city_code", Text("Code INSEE", "INSEE code"), shown=False),
        KnownFact("region_name", Text("Région", "Region"), shown=False),
        KnownFact("country_name", Text("Pays", "Country"), shown=False),
    )
    examples = (
        "7 Rue des Tilleuls 29200 Belle-Rive",
        "12 Avenue de la Gare 67000 Montclair",
        "1 Quai des Brumes 29200 Belle-Rive",
    )

    def expects(self, options: Any) -> Text:
        """How one searches."""
        return _SEARCH

    def parse(self, raw: Raw, options: Any) -> Registered | None:
        """A text is looked up; a list of what was searched and of the parts is an address by hand once one is filled."""
        if not isinstance(raw, list):
            text = _clean(raw)
            return Registered((text,)) if text else None
        if not all(isinstance(part, str) for part in raw) or len(raw) > 1 + len(_PARTS):
            raise Invalid(_LONG)
        searched, *parts = [*map(_clean, raw), *[""] * (1 + len(_PARTS) - len(raw))]
        if not any(parts):
            return Registered((searched,)) if searched else None
        parts[1] = _checked_postal_code(parts)
        return Registered((searched, *parts), Lookup.BY_HAND, record_of(_by_hand(parts)))

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Too long; a postal code of four digits in France."""
        return ("x" * (LONGEST + 1), ["", "7 rue des Tilleuls", "2920", "Belle-Rive", ""])

    def is_complete(self, value: Registered | None, options: Any) -> bool:
        """By hand: street, town and postal code."""
        if value is None or value.state is not Lookup.BY_HAND:
            return value is not None
        return all(value.words[1:4])

    def missing(self, label: str) -> Text:
        """What is missing in an address."""
        return _INCOMPLETE.format(label=label)

    def ask(self, value: Registered | None, options: Any) -> Ask | None:
        """What was searched, unless it is described by hand."""
        if value is None or value.state is Lookup.BY_HAND:
            return None
        return Ask(self.register, value.words[:1])

    def ask_for_choices(self, options: Any, text: str) -> Ask:
        """Addresses that begin so."""
        return Ask(self.register, (text,))

    def parts(self, options: Any, language: Language) -> tuple[PartInput, ...]:
        """The parts of an address by hand."""
        return tuple(PartInput(label[language], autocomplete=auto, width=width) for label, auto, _, width in _PARTS)

    def as_typed(self, value: Registered | None) -> str:
        """The address on one line."""
        return "" if value is None else _label(value)

    def chosen(self, value: Registered | None) -> tuple[str, ...]:
        """What was searched, then the parts."""
        return () if value is None else value.words

    def hand_over(self, value: Registered | None, options: Any) -> tuple[str, ...]:
        """The address on one line."""
        return () if value is None else (_label(value),)

    def in_words(self, value: Registered, options: Any) -> str:
        """The address on one line."""
        return _label(value)

    def hides(self, fact: KnownFact, to_agent: bool) -> bool:
        """All: the answer shows the address already."""
        return True

    def columns(self, asked: AskedField) -> list[Column]:
        """The address, then its parts."""
        first = Column("value", asked.label, ColumnType.TEXT, lambda value: self.as_typed(value) or None)
        department = department_column(asked.label, lambda value: self.department(value) or None)
        return [first, *(column_of(fact, asked.label) for fact in self.facts), department]

    def department(self, value: Registered | None) -> str:
        """The code of the département, also before it is looked up; empty when nothing tells."""
        if value is None:
            return ""
        return value.fact("department_code") or _department_in(value.words[0])

    def compared(self, value: Registered | None) -> Place | None:
        """Where it lies."""
        return None if value is None else place_in(self.department(value))

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """An address in each département named, in each region named, elsewhere, abroad, and nobody knows where."""
        places = map(largest_commune, telling_departments(operands, departments()))
        towns = (["", "1 rue de la Mairie", *_town(one), ""] for one in places if one is not None and one.postal_codes)
        abroad = ["", "Rue Longue 4", "B-1000", "Bruxelles", "Belgique"]
        return Samples(self.entered((*towns, abroad, "1 rue de la Mairie"), options, today))

    def attributes(self, options: Any) -> Attributes:
        """A register is asked."""
        return Attributes(looked_up=True, autocomplete="street-address")


def _clean(raw: Raw) -> str:
    text = " ".join(one_line(raw).split())
    if len(text) > LONGEST:
        raise Invalid(_LONG)
    return text


def _checked_postal_code(parts: list[str]) -> str:
    """Of France without blanks, of elsewhere as it stands."""
    if not is_french(parts[3]):
        return parts[1]
    code = parts[1].replace(" ", "")
    if code and not _POSTAL_CODE.fullmatch(code):
        raise Invalid(_POSTAL)
    return code


def is_french(country: str) -> bool:
    """Whether the country left blank or written so is France, overseas included."""
    known = country_named(country)
    return not country or (known is not None and known.code in FRANCE)


def _label(value: Registered) -> str:
    if value.state is not Lookup.BY_HAND:
        return value.fact("address") or value.words[0]
    return _on_one_line(value.words[1:])


def _on_one_line(parts: tuple[str, ...] | list[str]) -> str:
    street, postal_code, city, country = parts
    town = f"{postal_code} {city}".strip()
    return ", ".join(filter(None, (street, town, "" if is_french(country) else country)))


def _by_hand(parts: list[str]) -> dict[str, str]:
    street, postal_code, city, country = parts
    known = {
        "address": _on_one_line(parts),
        "street_address": street,
        "postal_code": postal_code,
        "city_name": city,
        "not_in_ban": "true",
    }
    return known | (_in_france(postal_code, city) if is_french(country) else _abroad(country))


def _in_france(postal_code: str, city: str) -> dict[str, str]:
    wanted = searchable(city)
    town = next((one for one in communes_at(postal_code) if searchable(one.name) == wanted), None)
    department = departments().get(town.department if town else _department_at(postal_code))
    region = regions().get(department.region) if department else None
    return {
        "city_code": town.code if town else "",
        "department_code": department.code if department else "",
        "department_name": department.name if department else "",
        "region_code": region.code if region else "",
        "region_name": region.name if region else "",
        "country_code": "FR",
        "country_name": "France",
    }


def _abroad(country: str) -> dict[str, str]:
    known = country_named(country)
    return {
        "country_code": known.code if known else "",
        "country_name": known.name.fr if known else country,
        "department_code": ABROAD,
        "department_name": "Etranger",
    }


def _department_at(postal_code: str) -> str:
    """The département of a postal code, empty where there is none, or several."""
    found = {town.department for town in communes_at(postal_code)}
    if len(found) == 1:
        return found.pop()
    begins = department_of(postal_code)  # a postal code of a company's own
    return begins if not found and begins in departments() else ""


def _department_in(text: str) -> str:
    """The same for the last postal code in a text."""
    codes = _POSTAL_CODE_IN.findall(text)
    return _department_at(codes[-1]) if codes else ""


def _town(commune: Commune) -> tuple[str, str]:
    return commune.postal_codes[0], commune.name
