"""A group of communes that levies its own taxes (EPCI): communauté, métropole."""

import json as written_json
import re
from collections.abc import Iterator, Sequence
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
from dsbuilder.domain.geography import Place, departments, epcis, epcis_in, epcis_named, place_in, search_epcis
from dsbuilder.domain.texts import Language, Text

LONGEST = 300
_LABEL = re.compile(r"(.*\S)\s*\(\s*([0-9AB]{2,3})\s*\)")
_SIREN = re.compile(r"[0-9]{9}", re.ASCII)
_DEPARTMENT = re.compile(r"[0-9][0-9AB][0-9]?", re.ASCII)
_NOT_FOUND = Text(
    "Choisissez une intercommunalité proposée, par exemple «\u00a0Brest Métropole (29)\u00a0». "
    "Cherchez-la par son nom, avec le numéro du département s’il le faut.",
    "Choose one of the groups of communes offered, such as “Brest Métropole (29)”. "
    "Search by its name, with the number of its département if need be.",
)
_SEVERAL = Text(
    "Plusieurs réponses sont possibles\u00a0: choisissez dans la liste, par exemple «\u00a0{label}\u00a0».",
    "Several answers are possible: choose in the list, such as “{label}”.",
)


@dataclass(frozen=True, slots=True)
class ChosenEpci:
    """An EPCI as it was chosen: its SIREN, one of its départements, and its name."""

    code: str
    department: str
    name: str

    @property
    def label(self) -> str:
        """Brest Métropole (29)."""
        return f"{self.name} ({self.department})"


_SEARCH = Text(
    "Le début du nom, puis choisissez dans la liste.",
    "The beginning of the name, then choose from the list.",
)


class EpciField(FieldType):
    kind = "epci"
    api_name = "EpciChampDescriptor"
    label = Text("Intercommunalité (EPCI)", "Group of communes (EPCI)")
    help = Text(
        "Une communauté de communes ou d’agglomération, une métropole, cherchée par son nom.",
        "A community of communes or a metropolis, found by its name.",
    )
    group = Group.PLACE
    icon = "network"
    control = Control.SEARCH
    operators = PLACES
    seconds = 10
    prefill_example = '["75", "200054781"]'
    prefilled_by_list = True
    may_become = TEXTS

    def expects(self, options: Any) -> Text:
        """How one searches."""
        return _SEARCH

    def parse(self, raw: Raw, options: Any) -> ChosenEpci | None:
        """`["29", "242900314"]`: a département and a SIREN; or what is read of an EPCI, its SIREN or its name."""
        pair = two_codes(raw, _NOT_FOUND)
        if pair is not None:
            return _of_codes(*pair) if any(pair) else None
        text = clean(raw)
        return _only(list(_meant(text[:LONGEST]))) if text else None

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """One of a few."""
        return random.choice(("Brest Métropole (29)", "Métropole de Lyon (69)", "CC du Pays de Bitche (57)"))

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """A name that two have, one that none has, a département that is not its own."""
        return ("CC des Quatre Rivières", "Brest Métropol", "Brest Métropole (22)", ["22", "242900314"])

    def to_json(self, value: ChosenEpci | None) -> Json:
        """Its codes and its name."""
        return None if value is None else {"code": value.code, "department": value.department, "name": value.name}

    def from_json(self, json: Json) -> ChosenEpci | None:
        """What was chosen, by the name that it has now; one that is no more keeps its own."""
        if not isinstance(json, dict) or json.keys() != {"code", "department", "name"}:
            return None
        code, department, name = json["code"], json["department"], json["name"]
        if not all(isinstance(one, str) for one in (code, department, name)) or not name:
            return None
        if not _SIREN.fullmatch(code) or not _DEPARTMENT.fullmatch(department):
            return None
        known = epcis().get(code)
        return ChosenEpci(code, department, name if known is None else known.name)

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """By name, with a département."""
        found = (ChosenEpci(one.code, department, one.name) for one, department in search_epcis(text, limit))
        return tuple(Choice(_value(one), one.label) for one in found)

    def as_typed(self, value: ChosenEpci | None) -> str:
        """Brest Métropole (29)."""
        return "" if value is None else value.label

    def chosen(self, value: ChosenEpci | None) -> tuple[str, ...]:
        """Its two codes, as a link gives them."""
        return () if value is None else (_value(value),)

    def hand_over(self, value: ChosenEpci | None, options: Any) -> tuple[str, ...]:
        """As it is read."""
        return () if value is None else (value.label,)

    def display(self, value: ChosenEpci | None, options: Any, language: Language = "fr") -> str:
        """Brest Métropole (29)."""
        return self.as_typed(value)

    def columns(self, asked: AskedField) -> list[Column]:
        """The name, the SIREN, the département."""
        label = asked.label
        return [
            Column("value", label, ColumnType.TEXT, lambda value: None if value is None else value.name),
            code_column(label, lambda value: None if value is None else value.code),
            department_column(label, lambda value: None if value is None else value.department),
        ]

    def compared(self, value: ChosenEpci | None) -> Place | None:
        """Where it lies."""
        return None if value is None else place_in(value.department)

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One of each département named, of each region named, and one elsewhere."""
        covered = (code for code in departments() if any(epcis_in(code)))
        found = ((next(epcis_in(code)), code) for code in telling_departments(operands, covered))
        return Samples(tuple(ChosenEpci(one.code, department, one.name) for one, department in found))


def _of_codes(department: str, code: str) -> ChosenEpci:
    found = epcis().get(code)
    if found is None or department.upper() not in found.departments:
        raise Invalid(_NOT_FOUND)
    return ChosenEpci(code, department.upper(), found.name)


def _meant(text: str) -> Iterator[ChosenEpci]:
    """The EPCI, each with a département, that a whole answer may mean."""
    label = _LABEL.fullmatch(text)
    known = epcis().get(text)
    if known is not None:
        yield ChosenEpci(known.code, known.departments[0], known.name)
    for one in epcis_named(label[1] if label is not None else text):
        if label is None:
            yield ChosenEpci(one.code, one.departments[0], one.name)
        elif label[2] in one.departments:
            yield ChosenEpci(one.code, label[2], one.name)


def _only(found: list[ChosenEpci]) -> ChosenEpci:
    if not found:
        raise Invalid(_NOT_FOUND)
    if len(found) > 1:
        raise Invalid(_SEVERAL.format(label=found[0].label))
    return found[0]


def _value(value: ChosenEpci) -> str:
    return written_json.dumps([value.department, value.code])
