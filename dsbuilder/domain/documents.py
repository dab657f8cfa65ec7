"""Forms and answers as the JSON documents in which they are kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dsbuilder.domain.conditions import ALWAYS, Condition, condition_from_json, condition_to_json
from dsbuilder.domain.dossier import AccountId, Answer, Answers, Person, SetAside
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import CATALOGUE, options_from_json, options_to_json
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.per_form import per_form
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.texts import Text

Json = Any


# -- forms ---------------------------------------------------------------------------------------------------------
def revision_to_json(revision: Revision) -> dict[str, Json]:
    """A form as a document: what the draft of a procedure and its published revisions are kept as."""
    return {
        "title": revision.title,
        "description": revision.description,
        "fields": [field_to_json(field) for field in revision.fields],
        **({"annotations": [field_to_json(field) for field in revision.annotations]} if revision.annotations else {}),
    }


def revision_from_json(document: Mapping[str, Json]) -> Revision:
    """The inverse of `revision_to_json`; an empty document is an empty form."""
    return Revision(
        fields=tuple(field_from_json(json) for json in document.get("fields", ())),
        title=document.get("title", ""),
        description=document.get("description", ""),
        annotations=tuple(field_from_json(json) for json in document.get("annotations", ())),
    )


def field_to_json(field: Field) -> dict[str, Json]:
    """A field with its children; what has its default is left out."""
    optional = {
        "label": field.label,
        "description": field.description,
        "options": options_to_json(field.options),
        "children": [field_to_json(child) for child in field.children],
        "condition": field.condition and condition_to_json(field.condition),
        "origin": field.origin,
    }
    kept = {name: value for name, value in optional.items() if value}
    return {"id": field.id, "kind": field.kind, "required": field.required, **kept}


def field_from_json(json: Mapping[str, Json]) -> Field:
    """The inverse of `field_to_json`. Raises Refused for a kind that the catalogue does not have."""
    type_ = CATALOGUE.get(json["kind"])
    if type_ is None:
        raise Refused(_UNKNOWN_KIND.format(kind=json["kind"]))
    return Field(
        id=FieldId(json["id"]),
        kind=type_.kind,
        label=json.get("label", ""),
        description=json.get("description", ""),
        required=json["required"],
        options=options_from_json(type_, json.get("options", {})),
        children=tuple(field_from_json(child) for child in json.get("children", ())),
        condition=_condition_from_json(json.get("condition")),
        origin=json.get("origin"),
    )


def _condition_from_json(json: Json) -> Condition | None:
    condition = ALWAYS if json is None else condition_from_json(json)
    return None if condition == ALWAYS else condition


_UNKNOWN_KIND = Text(
    "Ce formulaire contient un champ de type « {kind} », que cette version ne connaît pas.",
    "This form has a field of kind “{kind}”, which this version does not know.",
)


# -- answers -------------------------------------------------------------------------------------------------------
def entry_of(field: Field, answer: Answer) -> dict[str, Json]:
    """An answer as an entry of its dossier's document."""
    entry: dict[str, Json] = {"v": None if answer.value is None else field.type.to_json(answer.value)}
    if answer.raw is not None:
        entry["raw"] = answer.raw
    if answer.at is not None:
        entry["at"] = answer.at.isoformat()
    if answer.by is not None:
        entry["by"] = answer.by
    if answer.former:
        entry["former"] = answer.former
    return entry


def entry_set_aside(entry: Json, aside: SetAside) -> dict[str, Json]:
    """The entry of a question that is asked no more, readable from now on without the form that asked it."""
    kept = entry if isinstance(entry, dict) else {}
    return {**kept, "aside": {"label": aside.label, "words": aside.words}}


def set_aside_in(revision: Revision, document: Mapping[str, Json]) -> tuple[SetAside, ...]:
    """What a document holds of questions that the form asks no more, in the order in which they were answered."""
    asked = {(field.id, field is not top) for top in revision.fields for field in (top, *top.children)}
    entries = sorted(document.items(), key=lambda item: (_at(item[1]), item[0]))
    return tuple(
        SetAside(str(entry["aside"].get("label", "")), str(entry["aside"].get("words", "")))
        for path, entry in entries
        if isinstance(entry, dict) and "aside" in entry and _place(path) not in asked
    )


def _place(path: str) -> tuple[FieldId, bool]:
    id, _, row = path.partition(":")
    return FieldId(int(id)), bool(row)


def _at(entry: Json) -> str:
    return str(entry.get("at", "")) if isinstance(entry, dict) else ""


def answers_to_json(revision: Revision, answers: Answers) -> dict[str, Json]:
    """Answers as a document; rows of blocks too."""
    fields = _fields_by_id(revision)
    found: dict[str, Json] = {}
    for path, answer in answers.items():
        field = fields[FieldId(int(path.partition(":")[0]))]
        found[path] = True if field.type.control is Control.ROWS and ":" in path else entry_of(field, answer)
    return found


def answers_from_json(revision: Revision, document: Mapping[str, Json]) -> Answers:
    """The answers of a document to the questions of a form; rows of blocks too, but nothing that it does not ask."""
    fields = _fields_by_id(revision)
    found: dict[str, Answer] = {}
    for path, entry in document.items():
        field = fields.get(FieldId(int(path.partition(":")[0])))
        if field is not None:
            found[path] = Answer(value=True) if entry is True else _answer(field, entry)
    return found


@per_form
def _fields_by_id(revision: Revision) -> Mapping[FieldId, Field]:
    return {field.id: field for field in revision.walk()}


def _answer(field: Field, entry: Mapping[str, Json]) -> Answer:
    value, at, by = entry.get("v"), entry.get("at"), entry.get("by")
    return Answer(
        value=None if value is None else field.type.from_json(value),
        raw=entry.get("raw"),
        at=datetime.fromisoformat(at) if at else None,
        by=AccountId(by) if by is not None else None,
        former=str(entry.get("former") or ""),
    )


# -- whom a dossier concerns ---------------------------------------------------------------------------------------
def person_from_json(document: Mapping[str, Json]) -> Person:
    """The requester that a dossier's document names; an empty document is nobody yet."""
    return Person(**{name: str(document.get(name) or "") for name in ("civility", "first_name", "last_name")})
