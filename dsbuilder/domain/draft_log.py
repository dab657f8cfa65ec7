"""The stored log of a draft: its commands as JSON, and what undo and redo take back."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from dsbuilder.domain.conditions import condition_from_json, condition_to_json
from dsbuilder.domain.documents import field_from_json, field_to_json
from dsbuilder.domain.editing import Add, Change, Command, Describe, Move, Remove
from dsbuilder.domain.procedure import FieldId, Revision

_NAMES: dict[type, str] = {Add: "add", Remove: "remove", Move: "move", Change: "change", Describe: "describe"}
_TYPES: dict[str, Any] = {name: type_ for type_, name in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `undoes` is the sequence of the line whose effect it takes back."""

    sequence: int
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """What some commands may have changed: attributes of `fields`, and with `structure` which there are and where."""

    fields: frozenset[FieldId]
    structure: bool


def command_to_json(command: Command) -> dict[str, Any]:
    """A command as it is kept."""
    values = {f.name: getattr(command, f.name) for f in fields(command)}
    if isinstance(command, Add):
        values["field"] = field_to_json(command.field)
    elif isinstance(command, Change | Describe):
        values = {name: value for name, value in values.items() if value is not None}
        if "condition" in values:
            values["condition"] = condition_to_json(values["condition"])
    return {"do": _NAMES[type(command)], **values}


def command_from_json(json: dict[str, Any]) -> Command:
    """The inverse of `command_to_json`."""
    type_ = _TYPES[json["do"]]
    values = {f.name: json[f.name] for f in fields(type_) if f.name in json}
    if type_ is Add:
        values["field"] = field_from_json(values["field"])
    if "condition" in values:
        values["condition"] = condition_from_json(values["condition"])
    command: Command = type_(**values)
    return command


def undoable(own: Iterable[Entry]) -> int | None:
    """The last line of one author that is in effect, given all their lines, oldest first."""
    return _replayed(own)[0]


def redoable(own: Iterable[Entry]) -> int | None:
    """The line by which the author last took something back, unless they have edited since."""
    return _replayed(own)[1]


def _replayed(own: Iterable[Entry]) -> tuple[int | None, int | None]:
    done: list[int] = []
    undone: list[int] = []
    for entry in own:
        if entry.undoes is None:
            done.append(entry.sequence)
            undone.clear()
        elif undone and undone[-1] == entry.undoes:
            undone.pop()
            done.append(entry.sequence)
        elif entry.undoes in done:
            done.remove(entry.undoes)
            undone.append(entry.sequence)
    return (done[-1] if done else None), (undone[-1] if undone else None)


def touched(commands: Iterable[Command]) -> Touched:
    """What the commands may have changed."""
    ids: set[FieldId] = set()
    structure = False
    for command in commands:
        if isinstance(command, Change):
            ids.add(command.id)
        elif not isinstance(command, Describe):
            structure = True
        if isinstance(command, Add):
            ids.update((command.field.id, *(child.id for child in command.field.children)))
            ids.update(() if command.parent is None else (command.parent,))
        elif isinstance(command, Move):
            ids.update((command.id,) if command.parent is None else (command.id, command.parent))
    return Touched(frozenset(ids), structure)


def summary(revision: Revision, command: Command) -> str:
    """The label of what a command is about, empty when it is gone or unnamed."""
    if isinstance(command, Describe):
        return ""
    if isinstance(command, Add):
        return command.field.label
    return next((field.label for field in revision.walk_all() if field.id == command.id), "")
