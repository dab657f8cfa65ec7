"""What every field type answers about itself, and the catalogue that holds them."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, get_type_hints

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.controls import Attributes, Choice, Control
from dsbuilder.domain.texts import Language, Text

if TYPE_CHECKING:
    from dsbuilder.domain.procedure import Field

Json = Any  # what json.loads returns
Raw = str | bool | list[str]  # what a browser sends for one answer


class Group(Enum):
    """Where a type stands in the palette, in this order."""

    STRUCTURE = Text("Structure", "Structure")
    TEXT = Text("Texte et nombres", "Text and numbers")
    CHOICE = Text("Choix", "Choices")
    DATE = Text("Dates", "Dates")
    IDENTITY = Text("Identité et contact", "Identity and contact")
    FILES = Text("Pièces jointes", "Attachments")
    OTHER = Text("À compléter", "To complete")


class Operator(StrEnum):
    """How a condition may compare an answer; the names are the reference's terms."""

    EQ = "Eq"
    NOT_EQ = "NotEq"
    LESS = "LessThan"
    LESS_EQ = "LessThanEq"
    GREATER = "GreaterThan"
    GREATER_EQ = "GreaterThanEq"
    INCLUDES = "IncludeOperator"
    EXCLUDES = "ExcludeOperator"


ORDERED = (Operator.EQ, Operator.LESS, Operator.LESS_EQ, Operator.GREATER, Operator.GREATER_EQ)
ONE_OF = (Operator.EQ, Operator.NOT_EQ)
MANY_OF = (Operator.INCLUDES, Operator.EXCLUDES)


class ColumnType(StrEnum):
    """What a column of the table and of exports holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Column:
    """One column of an answer; `read(value)` is a str, int, Decimal, bool, date, datetime, tuple of str, or None."""

    name: str
    label: str
    type: ColumnType
    read: Callable[[Any], Any]


def option(label: Text, control: Control, default: Any = None, help: Text | None = None) -> Any:
    """One thing an administrator may set on a field; the inspector draws it from its label and control."""
    return field(default=default, metadata={"label": label, "control": control, "help": help})


@dataclass(frozen=True)
class NoOptions:
    """A type with nothing to set."""


class FieldType:
    """A kind of question. A subclass overrides what differs; see `docs/field-types.md`."""

    kind: ClassVar[str]
    api_name: ClassVar[str]
    older_api_names: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[Text]
    group: ClassVar[Group]
    icon: ClassVar[str] = "type"
    control: ClassVar[Control] = Control.TEXT
    Options: ClassVar[type] = NoOptions
    operators: ClassVar[tuple[Operator, ...]] = ()
    seconds: ClassVar[float] = 10
    asks: ClassVar[bool] = True
    prefill_example: ClassVar[str] = ""
    offered: ClassVar[bool] = True
    may_stand_in_rows: ClassVar[bool] = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "kind" not in cls.__dict__:
            return
        if cls.kind in CATALOGUE:
            raise TypeError(f"two field types of kind {cls.kind!r}")
        CATALOGUE[cls.kind] = cls()

    # -- entering -------------------------------------------------------------------------------------------------
    def parse(self, raw: Raw, options: Any) -> Any:
        """The value that `raw` means, None when blank. Raises Invalid with a sentence for the applicant."""
        text = clean(raw)
        return text or None

    def is_blank(self, value: Any) -> bool:
        """Whether `value` counts as no answer; *required* is checked by the questionnaire, on submitting only."""
        return value is None

    def missing(self, label: str) -> Text:
        """What a required question without an answer says."""
        return Text(fr=f"Répondez à la question « {label} ».", en=f"Answer the question “{label}”.")

    # -- keeping --------------------------------------------------------------------------------------------------
    def to_json(self, value: Any) -> Json:
        """`value` as it is kept in the dossier's document."""
        return value

    def from_json(self, json: Json) -> Any:
        """The inverse of `to_json`."""
        return json

    # -- showing --------------------------------------------------------------------------------------------------
    def controls(self, options: Any) -> Control:
        """Which control to draw, when it depends on the options."""
        return self.control

    def attributes(self, options: Any) -> Attributes:
        """What the browser is told about the input."""
        return Attributes()

    def choices(self, options: Any, language: Language) -> tuple[Choice, ...]:
        """What can be chosen, in order; empty for types that are typed and for lists searched on the server."""
        return ()

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """The choices that match `text`, for a list too long to send; `within` is the first choice of a linked one."""
        return ()

    def more_label(self, options: Any) -> str:
        """The label of the second list of a linked one."""
        return ""

    def more_choices(self, options: Any, value: Any) -> tuple[Choice, ...]:
        """What the second list of a linked one offers after the first was chosen; empty when it is searched."""
        return ()

    def as_typed(self, value: Any) -> str:
        """`value` as it stands in the input."""
        return "" if value is None else str(value)

    def chosen(self, value: Any) -> tuple[str, ...]:
        """The values of the choices that are chosen."""
        return () if value is None else (str(value),)

    def display(self, value: Any, options: Any, language: Language = "fr") -> str:
        """`value` as people read it, the empty string when blank. Never raises."""
        return "" if value is None else str(value)

    # -- elsewhere ------------------------------------------------------------------------------------------------
    def columns(self, asked: "Field") -> list[Column]:
        """The columns of the table, filters and exports."""
        return [Column("value", asked.label, ColumnType.TEXT, lambda value: value)] if self.asks else []

    def choices_for_condition(self, options: Any) -> tuple[str, ...]:
        """The values that a condition may compare with, when they are a closed list."""
        return ()

    def prefill(self, text: str, options: Any) -> Any:
        """The value that a link's parameter means. Raises Invalid."""
        return self.parse(text, options)

    def problems(self, asked: "Field") -> list[Text]:
        """What forbids publishing this field, in sentences for the administrator."""
        return []

    def options_from_descriptor(self, descriptor: Mapping[str, Json]) -> Any:
        """The options that an open-data descriptor carries."""
        return self.Options()

    def descriptor_from_options(self, options: Any) -> dict[str, Json]:
        """The keys, beyond the common ones, of the open-data descriptor."""
        return {}


CATALOGUE: dict[str, FieldType] = {}


def clean(raw: Raw) -> str:
    """`raw` as one line or more of printable text without surrounding blanks. Raises Invalid when it is not text."""
    if not isinstance(raw, str):
        raise Invalid(Text(fr="Saisissez un texte.", en="Enter a text."))
    text = "".join(c for c in raw.replace("\r\n", "\n").replace("\r", "\n") if c.isprintable() or c in "\n\t")
    return text.strip()


# -- options to and from JSON, and from the inspector's inputs ----------------------------------------------------
def options_to_json(options: Any) -> dict[str, Json]:
    """The options that differ from their defaults, as JSON values."""
    default = {f.name: f.default for f in fields(options) if f.default is not MISSING}
    return {k: _plain(v) for k, v in asdict(options).items() if k not in default or v != default[k]}


def options_from_json(type_: FieldType, json: Mapping[str, Json]) -> Any:
    """The inverse of `options_to_json`; unknown keys are dropped."""
    hints = get_type_hints(type_.Options)
    return type_.Options(
        **{f.name: _typed(json[f.name], hints[f.name]) for f in fields(type_.Options) if f.name in json}
    )


def change_option(type_: FieldType, options: Any, name: str, raw: Raw) -> Any:
    """`options` with `name` set to what an administrator entered. Raises Invalid."""
    hints = get_type_hints(type_.Options)
    if name not in hints:
        raise Invalid(Text(fr="Ce réglage n’existe pas.", en="There is no such setting."))
    json = options_to_json(options)
    value = _entered(raw, hints[name])
    json[name] = _plain(value)
    return options_from_json(type_, json)


def _plain(value: Any) -> Json:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _typed(json: Json, hint: Any) -> Any:
    accepted = getattr(hint, "__args__", (hint,)) if "|" in str(hint) else (hint,)
    if json is None:
        return None
    if Decimal in accepted:
        return Decimal(str(json))
    if date in accepted:
        return date.fromisoformat(json)
    return tuple(json) if isinstance(json, list) else json


def _entered(raw: Raw, hint: Any) -> Any:
    name = str(hint)
    if hint is bool:
        return raw is True or raw == "true"
    if "tuple" in name:
        lines = raw if isinstance(raw, list) else str(raw).splitlines()
        return tuple(line.strip() for line in lines if str(line).strip())
    text = clean(raw)
    if not text:
        return "" if hint is str else None
    try:
        if "Decimal" in name:
            return Decimal(text.replace(",", "."))
        if "date" in name:
            return date.fromisoformat(text)
        return int(text) if "int" in name else text
    except (ValueError, InvalidOperation):
        raise Invalid(
            Text(
                fr="Saisissez une valeur de la bonne forme, par exemple 12.",
                en="Enter a value of the right form, such as 12.",
            )
        ) from None
