"""A commune of France, with one of its postal codes."""

import json as written_json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, AskedField, Column, ColumnType, FieldType, Group, Json, Samples
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.operators import PLACES
from dsbuilder.domain.fields.places import code_column, department_column, telling_departments, two_codes
from dsbuilder.domain.geography import (
    Commune,
    Place,
    commune,
    communes_at,
    communes_named,
    department_of,
    departments,
    largest_commune,
    place_in,
    search_communes,
)
from dsbuilder.domain.texts import Language, Text, searchable

LONGEST = 200
_LABEL = re.compile(r"(.*\S)\s*\(\s*([0-9AB]{5})\s*\)")
_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}", re.ASCII)
_NOT_FOUND = Text(
    "Choisissez une commune proposée, par exemple «\u00a0Brest (29200)\u00a0». Cherchez-la par son nom ou son code postal.",
    "Choose one of the communes offered, such as “Brest (29200)”. Search by its name or postal code.",
)
_CEDEX = Text(
    "Un CEDEX est une boîte postale, pas une commune. Saisissez le nom de la commune, par exemple Brest.",
    "A CEDEX is a post office box, not a commune. Enter the name of the commune, such as Brest.",
)
_SEVERAL = Text(
    "Plusieurs réponses sont possibles\u00a0: choisissez dans la liste, par exemple «\u00a0{label}\u00a0».",
    "Several answers are possible: choose in the list, such as “{label}”.",
)


@dataclass(frozen=True, slots=True)
class ChosenCommune:
    """A commune as it was chosen: its INSEE code, the postal code, empty where it has none, and its name then."""

    code: str
    postal_code: str
    name: str

    @property
    def label(self) -> str:
        """Brest (29200)."""
        return f"{self.name} ({self.postal_code or self.code})"


_SEARCH = Text(
    "Le début du nom, ou le code postal, puis choisissez dans la liste.",
    "The beginning of the name, or the postal code, then choose from the list.",
)


class CommuneField(FieldType):
    kind = "communes"
    api_name = "CommuneChampDescriptor"
    label = Text("Commune", "Commune (town)")
    help = Text(
        "Une commune de France, cherchée par son nom ou son code postal.",
        "A commune of France, found by its name or postal code.",
    )
    group = Group.PLACE
    icon = "house"
    control = Control.SEARCH
    operators = PLACES
    seconds = 7
    prefill_example = '["75001", "75056"]'
    prefilled_by_list = True
    may_become = TEXTS

    def expects(self, options: Any) -> Text:
        """How one searches."""
        return _SEARCH

    def parse(self, raw: Raw, options: Any) -> ChosenCommune | None:
        """`["29200", "29019"]`; or what is read of a commune; or its name or a code, where no other has the same."""
        pair = two_codes(raw, _NOT_FOUND)
        if pair is not None:
            return _of_codes(*pair) if any(pair) else None
        text = clean(raw)
        if "cedex" in searchable(text[:LONGEST]).split():
            raise Invalid(_CEDEX)
        return _only(_meant(text[:LONGEST])) if text else None

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """One of a few, overseas and Corsica among them."""
        return random.choice(
            ("Brest (29200)", "Saint-Denis (97400)", "Ajaccio (20090)", "Paris (75011)", "Metz (57000)")
        )

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """A name that several have, one that none has, a postal code that is not its own."""
        return ("Saint-Denis", "Brestt", "Brest (29000)", ["29000", "29019"])

    def to_json(self, value: ChosenCommune | None) -> Json:
        """Its codes and its name."""
        return None if value is None else {"code": value.code, "postal_code": value.postal_code, "name": value.name}

    def from_json(self, json: Json) -> ChosenCommune | None:
        """What was chosen, also of a commune that is no longer one."""
        if not isinstance(json, dict) or json.keys() != {"code", "postal_code", "name"}:
            return None
        code, postal_code, name = json["code"], json["postal_code"], json["name"]
        if not all(isinstance(one, str) for one in (code, postal_code, name)) or not _CODE.fullmatch(code) or not name:
            return None
        return ChosenCommune(code, postal_code, name)

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """By name, postal code or INSEE code."""
        found = (_chosen(one.commune, one.postal_code) for one in search_communes(text, limit))
        return tuple(Choice(_value(one), one.label) for one in found)

    def as_typed(self, value: ChosenCommune | None) -> str:
        """Brest (29200)."""
        return "" if value is None else value.label

    def chosen(self, value: ChosenCommune | None) -> tuple[str, ...]:
        """Its two codes, as a link gives them."""
        return () if value is None else (_value(value),)

    def hand_over(self, value: ChosenCommune | None, options: Any) -> tuple[str, ...]:
        """As it is read."""
        return () if value is None else (value.label,)

    def display(self, value: ChosenCommune | None, options: Any, language: Language = "fr") -> str:
        """Brest (29200)."""
        return self.as_typed(value)

    def columns(self, asked: AskedField) -> list[Column]:
        """What is read, the codes, the département."""
        label = asked.label
        return [
            Column("value", label, ColumnType.TEXT, lambda value: self.as_typed(value) or None),
            code_column(label, lambda value: None if value is None else value.code, "Code INSEE"),
            Column("postal_code", f"{label} (Code postal)", ColumnType.TEXT, _postal_code),
            department_column(label, lambda value: None if value is None else department_of(value.code)),
        ]

    def compared(self, value: ChosenCommune | None) -> Place | None:
        """Where it lies."""
        return None if value is None else place_in(department_of(value.code))

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """A commune of each département named, of each region named, and one elsewhere."""
        largest = map(largest_commune, telling_departments(operands, departments()))
        return Samples(tuple(_first(one) for one in largest if one is not None))


def _of_codes(postal_code: str, code: str) -> ChosenCommune:
    found = commune(code)
    if found is None or postal_code not in (found.postal_codes or ("",)):
        raise Invalid(_NOT_FOUND)
    return _chosen(found, postal_code)


def _meant(text: str) -> list[ChosenCommune]:
    """The communes, each with a postal code, that a whole answer may mean."""
    label = _LABEL.fullmatch(text)
    if label is not None:
        return [one for one in _each(communes_named(label[1])) if label[2] == (one.postal_code or one.code)]
    if not _CODE.fullmatch(text.upper()):
        return list(_each(communes_named(text)))
    there, coded = communes_at(text), commune(text)
    return [_chosen(one, text) for one in there] or list(_each([coded] if coded is not None else []))


def _each(communes: Iterable[Commune]) -> Iterator[ChosenCommune]:
    return (_chosen(one, postal_code) for one in communes for postal_code in one.postal_codes or ("",))


def _only(found: list[ChosenCommune]) -> ChosenCommune:
    if not found:
        raise Invalid(_NOT_FOUND)
    if len(found) > 1:
        raise Invalid(_SEVERAL.format(label=found[0].label))
    return found[0]


def _postal_code(value: ChosenCommune | None) -> str | None:
    return None if value is None else value.postal_code or None


def _chosen(found: Commune, postal_code: str) -> ChosenCommune:
    return ChosenCommune(found.code, postal_code, found.name)


def _first(found: Commune) -> ChosenCommune:
    return _chosen(found, next(iter(found.postal_codes), ""))


def _value(value: ChosenCommune) -> str:
    return written_json.dumps([value.postal_code, value.code])
