"""Editing a form: commands, each applied by a pure function that also gives its inverse."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, get_type_hints

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import CATALOGUE, FieldType, Json, all_options_to_json, options_from_json
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.questionnaire import level_of
from dsbuilder.domain.texts import Text

MAX_FIELDS = 5_000
MAX_LABEL = 2_000
MAX_DESCRIPTION = 20_000

_GONE = Text(
    "Cet élément n’est plus dans le formulaire : quelqu’un l’a retiré.",
    "This item is no longer in the form: someone removed it.",
)
_NO_NESTING = Text(
    "Un bloc répétable ne peut pas en contenir un autre.", "A repeatable block cannot hold another repeatable block."
)
_ONLY_BLOCKS = Text(
    "Seul un bloc répétable peut contenir d’autres questions.", "Only a repeatable block holds questions."
)
_TOO_MANY = Text(
    "Un formulaire compte 5 000 éléments au plus. Retirez-en, ou partagez la démarche en deux.",
    "A form has 5,000 items at most. Remove some, or split the procedure in two.",
)
_TOO_LONG = Text("Ce texte est trop long. Raccourcissez-le.", "This text is too long. Shorten it.")
_NO_SETTING = Text(
    "Ce réglage n’existe plus : le type de la question a changé.",
    "This setting is gone: the kind of the question was changed.",
)


@dataclass(frozen=True, slots=True)
class Add:
    """Put a field, with its children, into `parent` (None: the form itself) so that it stands at `index`."""

    field: Field
    parent: FieldId | None
    index: int


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a field out, with its children."""

    id: FieldId


@dataclass(frozen=True, slots=True)
class Move:
    """Put a field elsewhere, with the `count - 1` siblings that follow it; `index` counts as if they were taken out."""

    id: FieldId
    parent: FieldId | None
    index: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """Set attributes of a field; `options` sets the named ones only, given as JSON values."""

    id: FieldId
    label: str | None = None
    description: str | None = None
    required: bool | None = None
    kind: str | None = None
    options: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Describe:
    """Set the title or the description of the procedure."""

    title: str | None = None
    description: str | None = None


Command = Add | Remove | Move | Change | Describe


@dataclass(frozen=True, slots=True)
class Edited:
    """The next revision, and the command that leads back."""

    revision: Revision
    inverse: Command


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands."""

    parent: FieldId | None
    index: int


def apply(revision: Revision, command: Command) -> Edited:
    """Carry out a command. Raises Refused, and changes nothing, when it no longer fits the revision."""
    do: Callable[[Revision, Any], Edited] = _DO[type(command)]
    return do(revision, command)


def place_of(revision: Revision, id: FieldId) -> Place:
    """Where a field stands. Raises Refused when it is gone."""
    for index, top in enumerate(revision.fields):
        if top.id == id:
            return Place(None, index)
        for inner, child in enumerate(top.children):
            if child.id == id:
                return Place(top.id, inner)
    raise Refused(_GONE)


def field_of(revision: Revision, id: FieldId) -> Field:
    """The field of that id. Raises Refused when it is gone."""
    place = place_of(revision, id)
    return _siblings(revision, place.parent)[place.index]


def copy_of(field: Field, next_id: Callable[[], FieldId]) -> Field:
    """The same field under new ids, children included."""
    id = next_id()
    return replace(field, id=id, children=tuple(copy_of(child, next_id) for child in field.children))


# -- one step, as buttons and keys ask for it ---------------------------------------------------------------------
class Step(StrEnum):
    """Where a field goes by one press of a key."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def step(revision: Revision, id: FieldId, direction: Step) -> Move | None:
    """The move of one step in that direction, None at the end of the way. Raises Refused when the field is gone."""
    place, field = place_of(revision, id), field_of(revision, id)
    if field.type.control is Control.HEADING and place.parent is None:
        return _step_section(revision, place.index, direction)
    return {Step.UP: _up, Step.DOWN: _down, Step.IN: _in, Step.OUT: _out}[direction](revision, field, place)


def moved(revision: Revision, id: FieldId, parent: FieldId | None, index: int) -> Move:
    """The move that dragging asks for: the title of a section takes its section along among the top fields."""
    place, field = place_of(revision, id), field_of(revision, id)
    is_title = field.type.control is Control.HEADING and place.parent is None and parent is None
    return Move(id, parent, index, section_length(revision, place.index) if is_title else 1)


def section_length(revision: Revision, index: int) -> int:
    """How many top fields the section has whose title stands at `index`, its title and its subsections included."""
    level = level_of(revision.fields[index])
    for number, field in enumerate(revision.fields[index + 1 :], start=1):
        if field.type.control is Control.HEADING and level_of(field) <= level:
            return number
    return len(revision.fields) - index


def _up(revision: Revision, field: Field, place: Place) -> Move | None:
    if place.index > 0:
        return Move(field.id, place.parent, place.index - 1)
    return None if place.parent is None else Move(field.id, None, place_of(revision, place.parent).index)


def _down(revision: Revision, field: Field, place: Place) -> Move | None:
    if place.index + 1 < len(_siblings(revision, place.parent)):
        return Move(field.id, place.parent, place.index + 1)
    return _out(revision, field, place)


def _in(revision: Revision, field: Field, place: Place) -> Move | None:
    if place.parent is not None or not field.type.may_stand_in_rows:
        return None
    before = revision.fields[place.index - 1] if place.index else None
    if before and before.type.control is Control.ROWS:
        return Move(field.id, before.id, len(before.children))
    after = revision.fields[place.index + 1 : place.index + 2]
    return Move(field.id, after[0].id, 0) if after and after[0].type.control is Control.ROWS else None


def _out(revision: Revision, field: Field, place: Place) -> Move | None:
    return None if place.parent is None else Move(field.id, None, place_of(revision, place.parent).index + 1)


def _step_section(revision: Revision, index: int, direction: Step) -> Move | None:
    title, count = revision.fields[index], section_length(revision, index)
    starts = [n for n, field in enumerate(revision.fields) if _starts_like(field, title)]
    if direction is Step.UP:
        before = [n for n in starts if n < index]
        return Move(title.id, None, before[-1], count) if before else None
    if direction is Step.DOWN and index + count < len(revision.fields):
        return Move(title.id, None, index + section_length(revision, index + count), count)
    return None


def _starts_like(field: Field, title: Field) -> bool:
    return field.type.control is Control.HEADING and level_of(field) <= level_of(title)


# -- applying -----------------------------------------------------------------------------------------------------
def _add(revision: Revision, command: Add) -> Edited:
    taken = {field.id for field in revision.walk()}
    if len(taken) + 1 + len(command.field.children) > MAX_FIELDS:
        raise Refused(_TOO_MANY)
    if command.field.id in taken or any(child.id in taken for child in command.field.children):
        raise Refused(Text("Cet élément est déjà dans le formulaire.", "This item is already in the form."))
    _check_texts(command.field.label, command.field.description)
    added = _inserted(revision, (command.field,), command.parent, command.index)
    return Edited(added, Remove(command.field.id))


def _remove(revision: Revision, command: Remove) -> Edited:
    place = place_of(revision, command.id)
    rest, (field,) = _without(revision, place, 1)
    return Edited(rest, Add(field, place.parent, place.index))


def _move(revision: Revision, command: Move) -> Edited:
    place = place_of(revision, command.id)
    rest, moved = _without(revision, place, max(1, command.count))
    if command.parent is not None and command.parent in {field.id for field in moved}:
        raise Refused(_NO_NESTING)
    after = _inserted(rest, moved, command.parent, command.index)
    return Edited(after, Move(command.id, place.parent, place.index, len(moved)))


def _change(revision: Revision, command: Change) -> Edited:
    place = place_of(revision, command.id)
    siblings = _siblings(revision, place.parent)
    before = siblings[place.index]
    _check_texts(command.label or "", command.description or "")
    after = _retyped(before, command) if command.kind not in (None, before.kind) else before
    after = replace(after, options=_patched(after.type, after.options, command.options or {}))
    given = {name: getattr(command, name) for name in ("label", "description", "required")}
    after = replace(after, **{name: value for name, value in given.items() if value is not None})
    if not after.type.asks and after.required:
        after = replace(after, required=False)
    rest = (*siblings[: place.index], after, *siblings[place.index + 1 :])
    return Edited(_with_siblings(revision, place.parent, rest), _change_back(before, after))


def _retyped(before: Field, command: Change) -> Field:
    kind = command.kind or before.kind
    if kind not in CATALOGUE:
        raise Refused(Text("Ce type de question n’existe pas.", "There is no such kind of question."))
    if before.children:
        raise Refused(
            Text(
                "Un bloc qui contient des questions ne peut pas changer de type. Retirez-les d’abord.",
                "A block that holds questions cannot change its kind. Remove them first.",
            )
        )
    return replace(before, kind=kind, options=_carried(before, CATALOGUE[kind]))


def _carried(before: Field, type_: FieldType) -> Any:
    """What the former options say that the new type understands too, such as a list of choices."""
    old, new = get_type_hints(type(before.options)), get_type_hints(type_.Options)
    json = all_options_to_json(before.options)
    return options_from_json(type_, {name: json[name] for name in new if new[name] == old.get(name)})


def _patched(type_: FieldType, options: Any, patch: Mapping[str, Json]) -> Any:
    if not patch:
        return options
    json = all_options_to_json(options)
    if not patch.keys() <= json.keys():
        raise Refused(_NO_SETTING)
    return options_from_json(type_, {**json, **patch})


def _change_back(before: Field, after: Field) -> Change:
    changed = {
        name: getattr(before, name)
        for name in ("label", "description", "required", "kind")
        if getattr(before, name) != getattr(after, name)
    }
    if before.options != after.options:
        old, new = all_options_to_json(before.options), all_options_to_json(after.options)
        retyped = before.kind != after.kind
        changed["options"] = {name: old[name] for name in old if retyped or old[name] != new[name]}
    return Change(before.id, **changed)


def _describe(revision: Revision, command: Describe) -> Edited:
    _check_texts(command.title or "", command.description or "")
    changes = {n: getattr(command, n) for n in ("title", "description") if getattr(command, n) is not None}
    inverse = Describe(**{name: getattr(revision, name) for name in changes})
    return Edited(replace(revision, **changes), inverse)


_DO: dict[type, Callable[[Revision, Any], Edited]] = {
    Add: _add,
    Remove: _remove,
    Move: _move,
    Change: _change,
    Describe: _describe,
}


def _siblings(revision: Revision, parent: FieldId | None) -> tuple[Field, ...]:
    if parent is None:
        return revision.fields
    for top in revision.fields:
        if top.id == parent:
            return top.children
    raise Refused(_GONE)


def _with_siblings(revision: Revision, parent: FieldId | None, siblings: tuple[Field, ...]) -> Revision:
    if parent is None:
        return replace(revision, fields=siblings)
    fields = tuple(replace(top, children=siblings) if top.id == parent else top for top in revision.fields)
    return replace(revision, fields=fields)


def _without(revision: Revision, place: Place, count: int) -> tuple[Revision, tuple[Field, ...]]:
    siblings = _siblings(revision, place.parent)
    end = place.index + count
    rest = siblings[: place.index] + siblings[end:]
    return _with_siblings(revision, place.parent, rest), siblings[place.index : end]


def _inserted(revision: Revision, fields: tuple[Field, ...], parent: FieldId | None, index: int) -> Revision:
    siblings = _siblings(revision, parent)
    if parent is not None:
        _check_may_hold(revision, parent, fields)
    index = max(0, min(index, len(siblings)))
    return _with_siblings(revision, parent, (*siblings[:index], *fields, *siblings[index:]))


def _check_may_hold(revision: Revision, parent: FieldId, fields: tuple[Field, ...]) -> None:
    if field_of(revision, parent).type.control is not Control.ROWS:
        raise Refused(_ONLY_BLOCKS)
    if place_of(revision, parent).parent is not None or not all(field.type.may_stand_in_rows for field in fields):
        raise Refused(_NO_NESTING)


def _check_texts(label: str, description: str) -> None:
    if len(label) > MAX_LABEL or len(description) > MAX_DESCRIPTION:
        raise Refused(_TOO_LONG)
