"""What an administrator may set on a field: declared by its type, kept as JSON, changed from the inspector's inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar, Protocol, get_args, get_type_hints

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import Json, Raw, clean, one_line, read_decimal
from dsbuilder.domain.fields.quantities import plain
from dsbuilder.domain.texts import Text, in_figures


class Configurable(Protocol):
    """What has options: a field type."""

    Options: ClassVar[type]


def option(
    label: Text,
    control: Control | None,
    default: Any = None,
    help: Text | None = None,
    choices: tuple[tuple[Any, Text], ...] = (),
    between: tuple[int, int] | None = None,
    shown_if: tuple[Any, ...] | None = None,
) -> Any:
    """One thing an administrator may set on a field; the inspector draws it from its label and control, or not at all
    when it has none: a part of the page of its own sets it.

    `choices` closes what may be set to (value, label) pairs, `between` gives the least and the greatest number.
    `shown_if` names another option and the values of it under which this one means something; or it holds several such.
    """
    told = {"label": label, "control": control, "help": help, "choices": choices, "between": between}
    return field(default=default, metadata={**told, "shown_if": shown_if})


def is_shown(name: str, options: Any) -> bool:
    """Whether the option of that name means something beside the others as they are set."""
    shown_if = next(f.metadata["shown_if"] for f in fields(options) if f.name == name)
    several = (shown_if,) if shown_if and isinstance(shown_if[0], str) else shown_if or ()
    return all(getattr(options, other) in values for other, *values in several)


@dataclass(frozen=True)
class NoOptions:
    """A type with nothing to set."""


def options_to_json(options: Any) -> dict[str, Json]:
    """The options that differ from their defaults, as JSON values."""
    set_ = ((f.name, getattr(options, f.name), f.default) for f in fields(options))
    return {name: _plain(value) for name, value, default in set_ if value != default}


def all_options_to_json(options: Any) -> dict[str, Json]:
    """Every option as a JSON value, those that have their default too."""
    return {f.name: _plain(getattr(options, f.name)) for f in fields(options)}


@lru_cache(maxsize=256)
def default_options(options_class: type) -> Any:
    """The one value of options that nobody set, so that what is made of it is made once."""
    return options_class()


def options_from_json(type_: Configurable, json: Mapping[str, Json]) -> Any:
    """The inverse of `options_to_json`; unknown keys are dropped."""
    if not json:
        return default_options(type_.Options)
    hints = _hints(type_.Options)
    return type_.Options(**{name: _typed(json[name], hints[name]) for name in hints if name in json})


def change_option(type_: Configurable, options: Any, name: str, raw: Raw) -> Any:
    """`options` with `name` set to what an administrator entered. Raises Invalid."""
    hints = _hints(type_.Options)
    if name not in hints:
        raise Invalid(Text("Ce réglage n’existe pas.", "There is no such setting."))
    value = _entered(raw, hints[name])
    metadata = next(f.metadata for f in fields(type_.Options) if f.name == name)
    _check_choices(value, tuple(choice for choice, _ in metadata["choices"]))
    _check_between(value, metadata["between"])
    return replace(options, **{name: value})


@lru_cache(maxsize=256)
def _hints(options_class: type) -> dict[str, Any]:
    hints = get_type_hints(options_class)
    return {f.name: hints[f.name] for f in fields(options_class)}


def _check_choices(value: Any, choices: tuple[Any, ...]) -> None:
    chosen = value if isinstance(value, tuple) else (value,)
    if choices and not set(chosen) <= set(choices):
        raise Invalid(Text("Choisissez une des valeurs proposées.", "Choose one of the values offered."))


def _check_between(value: Any, between: tuple[int, int] | None) -> None:
    if between is not None and value is not None and not between[0] <= value <= between[1]:
        least, greatest = map(in_figures, between)
        sentence = Text("Saisissez un nombre de {least} à {greatest}.", "Enter a number from {least} to {greatest}.")
        raise Invalid(sentence.format(least=least, greatest=greatest))


def _plain(value: Any) -> Json:
    if isinstance(value, Decimal):  # one way of writing it, so that equal options give equal documents
        return format(plain(value), "f")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _typed(json: Json, hint: Any) -> Any:
    if json is None:
        return None
    accepted = get_args(hint) or (hint,)
    if Decimal in accepted:
        return Decimal(str(json))
    if date in accepted:
        return date.fromisoformat(json)
    return tuple(json) if isinstance(json, list) else json


def _entered(raw: Raw, hint: Any) -> Any:
    if hint is bool:
        return raw is True or raw == "true"
    if hint == tuple[str, ...]:
        lines = raw if isinstance(raw, list) else str(raw).splitlines()
        return tuple(line for line in map(one_line, lines) if line)
    text = clean(raw)
    if hint is str:
        return text
    if not text:
        return None
    accepted = get_args(hint) or (hint,)
    return _read_as(text, Decimal if Decimal in accepted else date if date in accepted else int)


def _read_as(text: str, type_: type) -> Any:
    try:
        if type_ is Decimal:
            return read_decimal(text)
        if len(text) > 18:
            raise ValueError
        return date.fromisoformat(text) if type_ is date else int(text)
    except ValueError:
        raise Invalid(_EXAMPLES[type_]) from None


_EXAMPLES: dict[type, Text] = {
    Decimal: Text("Saisissez un nombre, par exemple 12,5.", "Enter a number, such as 12.5."),
    int: Text("Saisissez un nombre entier, par exemple 12.", "Enter a whole number, such as 12."),
    date: Text("Saisissez une date, par exemple 2026-03-27.", "Enter a date, such as 2026-03-27."),
}
