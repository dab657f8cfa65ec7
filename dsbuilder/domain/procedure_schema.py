"""The JSON Schema of our document of a procedure, generated from what the catalogue says of its types."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from dsbuilder.domain.editing import MAX_FIELDS
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.base import FieldType
from dsbuilder.domain.fields.entering import MAX_TEXT
from dsbuilder.domain.fields.operators import Operator

Schema = dict[str, Any]

FORMAT = "dsbuilder/procedure"
VERSION = 1
MOST_OPTIONS = 200_000
_TEXT: Schema = {"type": "string", "maxLength": MAX_TEXT}


@cache
def schema() -> Schema:
    """The whole schema, JSON Schema 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:dsbuilder:procedure:{VERSION}",
        "title": "A procedure of dsbuilder",
        "description": "What surrounds a form, and the form: its fields in order, a block with its own.",
        "type": "object",
        "required": ["format", "version", "title", "fields"],
        "additionalProperties": False,
        "properties": {
            "$schema": {"type": "string", "maxLength": 2_000},
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "title": _TEXT,
            "description": _TEXT,
            "details": {"type": "object", "description": "Who is responsible, for whom, until when; the open-data keys."},
            "fields": {"type": "array", "maxItems": MAX_FIELDS, "items": {"$ref": "#/$defs/field"}},
            "annotations": {
                "type": "array",
                "description": "The fields that agents alone see and fill in.",
                "maxItems": MAX_FIELDS,
                "items": {"$ref": "#/$defs/field"},
            },
            "origin": {
                "type": "object",
                "description": "What an imported file writes otherwise than we would.",
                "additionalProperties": False,
                "properties": {"envelope": {"type": "object"}, "revision": {"type": "object"}},
            },
        },
        "$defs": {
            "field": _field(list(CATALOGUE.values()), may_hold=True),
            "field_of_a_row": _field([type_ for type_ in CATALOGUE.values() if type_.may_stand_in_rows], may_hold=False),
            "condition": _condition(),
            **{f"options_{type_.kind}": _options(type_) for type_ in CATALOGUE.values()},
        },
    }  # fmt: skip


def _field(types: list[FieldType], may_hold: bool) -> Schema:
    holding = (
        {"children": {"type": "array", "maxItems": MAX_FIELDS, "items": {"$ref": "#/$defs/field_of_a_row"}}}
        if may_hold
        else {}
    )
    return {
        "type": "object",
        "required": ["id", "kind", "required"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "integer", "minimum": 1, "maximum": 2**53, "description": "One of its own in the document."},
            "kind": {"enum": [type_.kind for type_ in types]},
            "label": _TEXT,
            "description": _TEXT,
            "required": {"type": "boolean"},
            "condition": {"$ref": "#/$defs/condition"},
            "options": {"type": "object"},
            **holding,
            "origin": {"type": "object", "description": "What an imported descriptor carries besides."},
        },
        "allOf": [_of_kind(type_) for type_ in types],
    }


def _of_kind(type_: FieldType) -> Schema:
    told: Schema = {"options": {"$ref": f"#/$defs/options_{type_.kind}"}}
    if not type_.asks:
        told["required"] = {"const": False}
    if type_.may_stand_in_rows:
        told["children"] = {"type": "array", "maxItems": 0}
    wanted = {"required": ["kind"], "properties": {"kind": {"const": type_.kind}}}
    return {"if": wanted, "then": {"properties": told}}


# -- conditions ----------------------------------------------------------------------------------------------------
def _condition() -> Schema:
    inner = {"$ref": "#/$defs/condition"}
    terms = {"type": "array", "items": inner}
    told = _of_word("not", inner, _comparison())
    for word in ("any", "all"):
        told = _of_word(word, terms, told)
    return {
        "description": "When the field shows: a comparison, or all, any or not of others.",
        "type": "object",
        **told,
    }


def _of_word(word: str, held: Schema, otherwise: Schema) -> Schema:
    then = {"properties": {word: held}, "additionalProperties": False}
    return {"if": {"required": [word]}, "then": then, "else": otherwise}


def _comparison() -> Schema:
    return {
        "required": ["field", "operator"],
        "additionalProperties": False,
        "properties": {
            "field": {"type": "integer", "description": "The id of a field that comes before."},
            "operator": {"enum": [operator.value for operator in Operator]},
            "operand": {
                "type": ["string", "integer", "boolean", "array", "null"],
                "items": {"type": ["string", "integer"]},
            },
        },
    }


# -- options -------------------------------------------------------------------------------------------------------
def _options(type_: FieldType) -> Schema:
    hints = get_type_hints(type_.Options)
    properties = {f.name: _option(hints[f.name], f.metadata, f.default) for f in fields(type_.Options)}
    return {
        "title": type_.label.en,
        "description": type_.help.en,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def _option(hint: Any, metadata: Any, default: Any) -> Schema:
    told: Schema = {"title": metadata["label"].en, **_shape(hint)}
    values = [value for value, _ in metadata["choices"]]
    if values and "items" in told:
        told["items"] = {"enum": values}
    elif values:
        told = {"title": told["title"], "enum": values}
    if metadata["between"]:
        told["minimum"], told["maximum"] = metadata["between"]
    if metadata["help"]:
        told["description"] = metadata["help"].en
    return {**told, "default": list(default) if isinstance(default, tuple) else default}


def _shape(hint: Any) -> Schema:
    members = [member for member in get_args(hint) if member is not type(None)]
    if type(None) in get_args(hint):
        bare = _shape(members[0])
        return {**bare, "type": [bare["type"], "null"]}
    return dict(_SHAPES[hint])


_SHAPES: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: _TEXT,
    date: {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]{1,20}(\.[0-9]{1,20})?$"},
    tuple[str, ...]: {"type": "array", "maxItems": MOST_OPTIONS, "items": _TEXT},
}
