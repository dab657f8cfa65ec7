"""Editing a form: commands, each applied by a pure function that also gives its inverse."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

from dsbuilder.domain.conditions import ALWAYS, Condition, check_size, with_sources
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import CATALOGUE, FieldType, Json, all_options_to_json, options_from_json
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.procedure import ANNOTATIONS, Field, FieldId, Revision
from dsbuilder.domain.texts import Text

ROOTS = (None, ANNOTATIONS)  # parents that are no field
MAX_FIELDS = 5_000
MAX_LABEL = 2_000
MAX_DESCRIPTION = 20_000

GONE = Text(
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
    """Put a field, with its children, so that it stands at `index` of `parent`: a block, None for the form, ANNOTATIONS."""

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
    """Set attributes of a field; `options` sets the named ones only, as JSON values; ALWAYS takes a condition away."""

    id: FieldId
    label: str | None = None
    description: str | None = None
    required: bool | None = None
    kind: str | None = None
    options: Mapping[str, Json] | None = None
    condition: Condition | None = None


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
    """Where a field stands: in a block, in the form itself (None), or among the annotations."""

    parent: FieldId | None
    index: int


def apply(revision: Revision, command: Command) -> Edited:
    """Carry out a command. Raises Refused, and changes nothing, when it no longer fits the revision."""
    do: Callable[[Revision, Any], Edited] = _DO[type(command)]
    return do(revision, command)


def place_of(revision: Revision, id: FieldId) -> Place:
    """Where a field stands. Raises Refused when it is gone."""
    for parent, tops in ((None, revision.fields), (ANNOTATIONS, revision.annotations)):
        for index, top in enumerate(tops):
            if top.id == id:
                return Place(parent, index)
            for inner, child in enumerate(top.children):
                if child.id == id:
                    return Place(top.id, inner)
    raise Refused(GONE)


def field_of(revision: Revision, id: FieldId) -> Field:
    """The field of that id. Raises Refused when it is gone."""
    place = place_of(revision, id)
    return siblings_of(revision, place.parent)[place.index]


def copy_of(field: Field, next_id: Callable[[], FieldId]) -> Field:
    """The same field under new ids, children included."""
    return copies_of((field,), next_id)[0]


def copies_of(fields: tuple[Field, ...], next_id: Callable[[], FieldId]) -> tuple[Field, ...]:
    """The same fields under new ids; conditions and prefilling of one by another follow it."""
    ids = {old.id: next_id() for field in fields for old in (field, *field.children)}
    return tuple(_renamed(field, ids) for field in fields)


def _renamed(field: Field, ids: Mapping[FieldId, FieldId]) -> Field:
    condition = None if field.condition is None else with_sources(field.condition, ids)
    children = tuple(_renamed(child, ids) for child in field.children)
    options = field.type.with_ids(field.options, ids)
    return replace(field, id=ids[field.id], options=options, condition=condition, children=children)


# -- applying -----------------------------------------------------------------------------------------------------
def _add(revision: Revision, command: Add) -> Edited:
    taken = {field.id for field in revision.walk_all()}
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
    siblings = siblings_of(revision, place.parent)
    before = siblings[place.index]
    _check_texts(command.label or "", command.description or "")
    after = _retyped(before, command) if command.kind not in (None, before.kind) else before
    if place.parent not in ROOTS and not after.type.may_stand_in_rows:
        raise Refused(_NO_NESTING)
    after = replace(after, options=_patched(after.type, after.options, command.options or {}))
    given = {name: getattr(command, name) for name in ("label", "description", "required")}
    after = replace(after, **{name: value for name, value in given.items() if value is not None})
    if command.condition is not None:
        check_size(command.condition)
        after = replace(after, condition=None if command.condition == ALWAYS else command.condition)
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
    if before.condition != after.condition:
        changed["condition"] = before.condition or ALWAYS
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


def siblings_of(revision: Revision, parent: FieldId | None) -> tuple[Field, ...]:
    """The fields of `parent`, in order. Raises Refused when it is gone."""
    if parent in ROOTS:
        return revision.annotations if parent == ANNOTATIONS else revision.fields
    for top in revision.tops:
        if top.id == parent:
            return top.children
    raise Refused(GONE)


def _with_siblings(revision: Revision, parent: FieldId | None, siblings: tuple[Field, ...]) -> Revision:
    if parent in ROOTS:
        return replace(revision, annotations=siblings) if parent == ANNOTATIONS else replace(revision, fields=siblings)

    def changed(tops: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(replace(top, children=siblings) if top.id == parent else top for top in tops)

    return replace(revision, fields=changed(revision.fields), annotations=changed(revision.annotations))


def _without(revision: Revision, place: Place, count: int) -> tuple[Revision, tuple[Field, ...]]:
    siblings = siblings_of(revision, place.parent)
    end = place.index + count
    rest = siblings[: place.index] + siblings[end:]
    return _with_siblings(revision, place.parent, rest), siblings[place.index : end]


def _inserted(revision: Revision, fields: tuple[Field, ...], parent: FieldId | None, index: int) -> Revision:
    siblings = siblings_of(revision, parent)
    if parent is not None and parent not in ROOTS:
        _check_may_hold(revision, parent, fields)
    index = max(0, min(index, len(siblings)))
    return _with_siblings(revision, parent, (*siblings[:index], *fields, *siblings[index:]))


def _check_may_hold(revision: Revision, parent: FieldId, fields: tuple[Field, ...]) -> None:
    if field_of(revision, parent).type.control is not Control.ROWS:
        raise Refused(_ONLY_BLOCKS)
    if place_of(revision, parent).parent not in ROOTS or not all(field.type.may_stand_in_rows for field in fields):
        raise Refused(_NO_NESTING)


def _check_texts(label: str, description: str) -> None:
    if len(label) > MAX_LABEL or len(description) > MAX_DESCRIPTION:
        raise Refused(_TOO_LONG)
