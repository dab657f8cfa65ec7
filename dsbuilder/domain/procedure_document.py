"""A procedure as our own JSON document: versioned, and the same bytes for the same procedure, so that it lives in git."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from dsbuilder.domain.documents import field_from_json, field_to_json
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.json_shape import Fault, fault_in
from dsbuilder.domain.open_data import MAX_FIELDS, ImportedProcedure, check_storable
from dsbuilder.domain.procedure import Field
from dsbuilder.domain.procedure_schema import FORMAT, VERSION, schema
from dsbuilder.domain.texts import Text, in_figures

Json = Any
MAX_DEPTH = 80
_ORDER = ("id", "kind", "label", "description", "required", "condition", "options", "children", "origin")


# -- writing -------------------------------------------------------------------------------------------------------
def to_document(procedure: ImportedProcedure) -> dict[str, Json]:
    """The document; keys in the order in which people read, those of free objects by name."""
    optional = {
        "description": procedure.description,
        "details": _sorted(procedure.details),
        "fields": [_field(field) for field in procedure.fields],
        "annotations": [_field(field) for field in procedure.annotations],
        "origin": _sorted(procedure.origin),
    }
    told = {"format": FORMAT, "version": VERSION, "title": procedure.title}
    return told | {name: value for name, value in optional.items() if value or name == "fields"}


def to_bytes(procedure: ImportedProcedure) -> bytes:
    """The document as UTF-8, a value a line, ended by a line feed."""
    return (json.dumps(to_document(procedure), ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _field(field: Field) -> dict[str, Json]:
    told = field_to_json(field)
    if field.children:
        told["children"] = [_field(child) for child in field.children]
    if field.origin:
        told["origin"] = _sorted(field.origin)
    return {name: told[name] for name in _ORDER if name in told}


def _sorted(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


# -- reading -------------------------------------------------------------------------------------------------------
def is_ours(document: Json) -> bool:
    """Whether it says that it is such a document, of whichever version."""
    return isinstance(document, dict) and document.get("format") == FORMAT


def from_document(document: Json) -> ImportedProcedure:
    """The inverse of `to_document`. Raises Refused, and nothing else."""
    if not is_ours(document):
        raise Refused(_NOT_OURS)
    if document.get("version") != VERSION or isinstance(document["version"], bool):
        raise Refused(_VERSION.format(found=str(document.get("version"))[:20], known=VERSION))
    check_storable(document, MAX_DEPTH)
    fault = fault_in(document, schema())
    if fault is not None:
        raise Refused(_said(document, fault))
    annotations = document.get("annotations", [])
    _check_ids([*document["fields"], *annotations])
    return ImportedProcedure(
        title=one_line(document["title"]),
        description=document.get("description", ""),
        fields=_read_fields(document["fields"]),
        annotations=_read_fields(annotations),
        details=document.get("details", {}),
        origin=document.get("origin", {}),
    )


def _read_fields(fields: Iterable[Mapping[str, Json]]) -> tuple[Field, ...]:
    return tuple(_read_field(field, str(place)) for place, field in enumerate(fields, start=1))


def _read_field(field: Mapping[str, Json], place: str) -> Field:
    try:
        return _tidied(field_from_json(field))
    except ValueError:  # a day that the calendar has not
        reason = _NO_SUCH_DAY
    except Refused as refused:  # a condition that is nested too deep
        reason = refused.text
    raise Refused(_AT.format(place=place, label=field.get("label", "")[:60], reason=reason))


def _tidied(field: Field) -> Field:
    children = tuple(map(_tidied, field.children))
    return replace(field, label=one_line(field.label), children=children)


def _check_ids(fields: list[Mapping[str, Json]]) -> None:
    if sum(1 + len(field.get("children", ())) for field in fields) > MAX_FIELDS:
        raise Refused(_TOO_MANY.format(limit=in_figures(MAX_FIELDS)))
    seen: set[int] = set()
    for field in fields:
        for one in (field, *field.get("children", ())):
            if one["id"] in seen:
                raise Refused(_TWICE.format(id=one["id"]))
            seen.add(one["id"])


def _said(document: Json, fault: Fault) -> Text:
    steps, place, field = list(fault.path), [], document
    while len(steps) > 1 and steps[0] in ("fields", "annotations", "children") and isinstance(steps[1], int):
        field = field[steps[0]][steps[1]]
        place.append(str(steps[1] + 1))
        steps = steps[2:]
    if fault.keyword == "enum" and steps == ["kind"]:
        nested = isinstance(field["kind"], str) and field["kind"] in _ALL_KINDS
        reason = _NESTED if nested else _UNKNOWN_KIND.format(kind=str(field["kind"])[:60])
    else:
        where = ".".join(map(str, steps))
        reason = Text(f"« {where} » : {fault.text.fr}", f"“{where}”: {fault.text.en}") if where else fault.text
    if not place:
        return reason if steps else _AROUND.format(reason=fault.text)
    label = field.get("label") if isinstance(field, dict) else ""
    return _AT.format(place=".".join(place), label=label[:60] if isinstance(label, str) else "", reason=reason)


_ALL_KINDS = frozenset(schema()["$defs"]["field"]["properties"]["kind"]["enum"])
_NOT_OURS = Text("Ce fichier n’est pas un document de démarche.", "This file is not the document of a procedure.")
_VERSION = Text(
    "Ce document est de la version {found}, et cette installation lit la version {known}. "
    "Mettez-la à jour, ou exportez la démarche en données ouvertes.",
    "This document is of version {found}, and this installation reads version {known}. "
    "Bring it up to date, or export the procedure as open data.",
)
_TOO_MANY = Text(
    "Cette démarche a plus de {limit} champs. Partagez-la en plusieurs démarches.",
    "This procedure has more than {limit} fields. Split it into several procedures.",
)
_TWICE = Text("Deux champs ont le même numéro {id}.", "Two fields have the same number {id}.")
_NO_SUCH_DAY = Text("une de ses dates n’existe pas.", "one of its dates does not exist.")
_NESTED = Text("un bloc répétable ne peut pas en contenir un autre.", "a repeatable block cannot hold another one.")
_UNKNOWN_KIND = Text(
    "le type « {kind} » n’existe pas dans cette version.", "the kind “{kind}” does not exist in this version."
)
_AROUND = Text("Ce document de démarche est incomplet ou mal formé : {reason}", "This document is malformed: {reason}")
_AT = Text("Champ {place} « {label} » : {reason}", "Field {place} “{label}”: {reason}")
