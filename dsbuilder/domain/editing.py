"""Editing a form: commands, each applied by a pure function that also gives its inverse."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.procedure import Field, FieldId, Revision
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
    """Put a field elsewhere; `index` counts as if it had been taken out first."""

    id: FieldId
    parent: FieldId | None
    index: int


@dataclass(frozen=True, slots=True)
class Change:
    """Set attributes of a field: label, description, required, kind, options."""

    id: FieldId
    label: str | None = None
    description: str | None = None
    required: bool | None = None
    kind: str | None = None
    options: Any = None


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
    children = tuple(copy_of(child, next_id) for child in field.children)
    return replace(field, id=next_id(), children=children)


def _add(revision: Revision, command: Add) -> Edited:
    if len(list(revision.walk())) + 1 + len(command.field.children) > MAX_FIELDS:
        raise Refused(_TOO_MANY)
    taken = {field.id for field in revision.walk()}
    if command.field.id in taken or any(child.id in taken for child in command.field.children):
        raise Refused(Text("Cet élément est déjà dans le formulaire.", "This item is already in the form."))
    _check_may_hold(revision, command.parent, command.field)
    siblings = _siblings(revision, command.parent)
    index = max(0, min(command.index, len(siblings)))
    after = (*siblings[:index], command.field, *siblings[index:])
    return Edited(_with_siblings(revision, command.parent, after), Remove(command.field.id))


def _remove(revision: Revision, command: Remove) -> Edited:
    place = place_of(revision, command.id)
    siblings = _siblings(revision, place.parent)
    field = siblings[place.index]
    after = siblings[: place.index] + siblings[place.index + 1 :]
    return Edited(_with_siblings(revision, place.parent, after), Add(field, place.parent, place.index))


def _move(revision: Revision, command: Move) -> Edited:
    place = place_of(revision, command.id)
    field = field_of(revision, command.id)
    if command.parent == command.id:
        raise Refused(_NO_NESTING)
    without = _remove(revision, Remove(command.id)).revision
    moved = _add(without, Add(field, command.parent, command.index)).revision
    return Edited(moved, Move(command.id, place.parent, place.index))


def _change(revision: Revision, command: Change) -> Edited:
    place = place_of(revision, command.id)
    siblings = _siblings(revision, place.parent)
    before = siblings[place.index]
    names = ("label", "description", "required", "kind", "options")
    changes = {name: getattr(command, name) for name in names if getattr(command, name) is not None}
    _check_texts(changes.get("label", ""), changes.get("description", ""))
    after = _with_kind(before, changes)
    inverse = Change(command.id, **{name: getattr(before, name) for name in _changed(before, after)})
    rest = (*siblings[: place.index], after, *siblings[place.index + 1 :])
    return Edited(_with_siblings(revision, place.parent, rest), inverse)


def _with_kind(before: Field, changes: dict[str, Any]) -> Field:
    kind = changes.get("kind", before.kind)
    if kind not in CATALOGUE:
        raise Refused(Text("Ce type de question n’existe pas.", "There is no such kind of question."))
    if kind != before.kind:
        if before.children:
            raise Refused(
                Text(
                    "Un bloc qui contient des questions ne peut pas changer de type. Retirez-les d’abord.",
                    "A block that holds questions cannot change its kind. Remove them first.",
                )
            )
        changes = {"options": CATALOGUE[kind].Options(), **changes}
    if not CATALOGUE[kind].asks:
        changes = {**changes, "required": False}
    return replace(before, **changes)


def _changed(before: Field, after: Field) -> list[str]:
    names = ("label", "description", "required", "kind", "options")
    return [name for name in names if getattr(before, name) != getattr(after, name)]


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


def _check_may_hold(revision: Revision, parent: FieldId | None, field: Field) -> None:
    if parent is None:
        return
    block = field_of(revision, parent)
    if block.type.control is not Control.ROWS:
        raise Refused(_ONLY_BLOCKS)
    if not field.type.may_stand_in_rows or place_of(revision, parent).parent is not None:
        raise Refused(_NO_NESTING)


def _check_texts(label: str, description: str) -> None:
    if len(label) > MAX_LABEL or len(description) > MAX_DESCRIPTION:
        raise Refused(_TOO_LONG)
