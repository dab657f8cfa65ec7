"""What is wrong with a JSON document by a JSON Schema, in a sentence for people; the few keywords that we write."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dsbuilder.domain.texts import Text, in_figures

Json = Any
Schema = Mapping[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong: where, by which keyword, and the sentence."""

    path: Path
    keyword: str
    text: Text


def fault_in(value: Json, schema: Schema) -> Fault | None:
    """The first fault of `value`, in the order of the document; None when it is as `schema` says."""
    return next(_faults(value, schema, schema, ()), None)


def _faults(value: Json, schema: Schema, root: Schema, path: Path) -> Iterator[Fault]:
    for keyword, wanted in schema.items():
        check = _CHECKS.get(keyword)
        text = check(value, wanted) if check else None
        if text is not None:
            yield Fault(path, keyword, text)
            return  # what follows supposes the type
    if "$ref" in schema:
        yield from _faults(value, _pointed(root, schema["$ref"]), root, path)
    for one in schema.get("allOf", ()):
        if not ("if" in one and "else" not in one and _differs(value, one["if"])):
            yield from _faults(value, one, root, path)
    if "if" in schema:
        holds = next(_faults(value, schema["if"], root, path), None) is None
        yield from _faults(value, schema.get("then" if holds else "else", {}), root, path)
    if isinstance(value, dict):
        yield from _below_object(value, schema, root, path)
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _faults(item, schema["items"], root, (*path, index))


def _differs(value: Json, condition: Schema) -> bool:
    """Whether `condition` plainly does not hold, which decides nearly all of them without looking further."""
    wanted = condition.get("properties", {}).items()
    return isinstance(value, dict) and any("const" in one and value.get(name) != one["const"] for name, one in wanted)


def _below_object(value: Mapping[str, Json], schema: Schema, root: Schema, path: Path) -> Iterator[Fault]:
    known: Mapping[str, Schema] = schema.get("properties", {})
    for name, item in value.items():
        if name in known:
            yield from _faults(item, known[name], root, (*path, name))
        elif schema.get("additionalProperties") is False:
            yield Fault(path, "additionalProperties", _UNKNOWN.format(name=_short(name)))


def _pointed(root: Schema, reference: str) -> Schema:
    found: Any = root
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    schema: Schema = found
    return schema


# -- the keywords --------------------------------------------------------------------------------------------------
_IS: dict[str, Callable[[Json], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "null": lambda value: value is None,
}
_NAMES = {
    "object": Text("un objet { }", "an object { }"),
    "array": Text("une liste [ ]", "a list [ ]"),
    "string": Text("un texte entre guillemets", "a text in quotes"),
    "boolean": Text("true ou false", "true or false"),
    "integer": Text("un nombre entier", "a whole number"),
    "number": Text("un nombre", "a number"),
    "null": Text("null", "null"),
}


def _type(value: Json, wanted: str | list[str]) -> Text | None:
    types = [wanted] if isinstance(wanted, str) else wanted
    if any(_IS[name](value) for name in types):
        return None
    names = [_NAMES[name] for name in types]
    expected = Text(" ou ".join(name.fr for name in names), " or ".join(name.en for name in names))
    return Text("on attend {expected}.", "{expected} is expected.").format(expected=expected)


def _enum(value: Json, wanted: list[Json]) -> Text | None:
    if any(value == one and type(value) is type(one) for one in wanted):
        return None
    shown = ", ".join("null" if one is None else str(one) for one in wanted[:10])
    return Text("« {value} » n’est pas possible ; on attend {shown}.", "“{value}” is not possible; expected: {shown}.").format(
        value=_short(value), shown=shown
    )  # fmt: skip


def _required(value: Json, wanted: list[str]) -> Text | None:
    missing = [name for name in wanted if isinstance(value, dict) and name not in value]
    return _MISSING.format(name=missing[0]) if missing else None


def _minimum(value: Json, least: int) -> Text | None:
    too_small = isinstance(value, int) and value < least
    return Text("{n} au moins.", "{n} at least.").format(n=in_figures(least)) if too_small else None


def _maximum(value: Json, greatest: int) -> Text | None:
    too_great = isinstance(value, int) and value > greatest
    return Text("{n} au plus.", "{n} at most.").format(n=in_figures(greatest)) if too_great else None


def _max_length(value: Json, greatest: int) -> Text | None:
    too_long = isinstance(value, str) and len(value) > greatest
    return _TOO_LONG.format(n=in_figures(greatest)) if too_long else None


def _max_items(value: Json, greatest: int) -> Text | None:
    too_many = isinstance(value, list) and len(value) > greatest
    return _TOO_MANY.format(n=in_figures(greatest)) if too_many else None


def _pattern(value: Json, pattern: str) -> Text | None:
    wrong = isinstance(value, str) and not re.search(pattern, value, re.ASCII)
    return _WRONG_FORM.format(value=_short(value)) if wrong else None


_CHECKS: dict[str, Callable[[Json, Any], Text | None]] = {
    "type": _type,
    "const": lambda value, wanted: _enum(value, [wanted]),
    "enum": _enum,
    "required": _required,
    "minimum": _minimum,
    "maximum": _maximum,
    "maxLength": _max_length,
    "maxItems": _max_items,
    "pattern": _pattern,
}


def _short(value: Json) -> str:
    return str(value)[:60]


_UNKNOWN = Text("« {name} » n’est pas connu ici.", "“{name}” is not known here.")
_MISSING = Text("« {name} » manque.", "“{name}” is missing.")
_TOO_LONG = Text("{n} caractères au plus.", "{n} characters at most.")
_TOO_MANY = Text("{n} éléments au plus.", "{n} items at most.")
_WRONG_FORM = Text("« {value} » n’a pas la forme attendue.", "“{value}” has not the expected form.")
