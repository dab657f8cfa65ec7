"""What every field type answers about itself, and the catalogue that holds them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from random import Random
from typing import Any, ClassVar, Protocol

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.asking_outside import AsksOutside
from dsbuilder.domain.fields.controls import Attributes, Choice, Control, PartInput
from dsbuilder.domain.fields.entering import Json, Raw, clean
from dsbuilder.domain.fields.lookups import Register
from dsbuilder.domain.fields.operators import Criteria, Operator
from dsbuilder.domain.fields.options import (
    NoOptions,
    all_options_to_json,
    change_option,
    option,
    options_from_json,
    options_to_json,
)
from dsbuilder.domain.fields.samples import Samples
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Language, Text

__all__ = [
    "CATALOGUE",
    "TEXTS",
    "AskedField",
    "Column",
    "ColumnType",
    "FieldType",
    "Group",
    "Json",
    "NoOptions",
    "Operator",
    "Raw",
    "Samples",
    "all_options_to_json",
    "change_option",
    "option",
    "options_from_json",
    "options_to_json",
]


class Group(Enum):
    """Where a type stands in the palette, in this order."""

    STRUCTURE = Text("Structure", "Structure")
    TEXT = Text("Texte et nombres", "Text and numbers")
    CHOICE = Text("Choix", "Choices")
    DATE = Text("Dates", "Dates")
    IDENTITY = Text("Identité et contact", "Identity and contact")
    PLACE = Text("Lieux", "Places")
    IDENTIFIERS = Text("Identifiants", "Identifiers")
    REGISTERS = Text("Registres et référentiels", "Registers and reference data")
    FILES = Text("Pièces jointes", "Attachments")
    OTHER = Text("À compléter", "To complete")


TEXTS = ("text", "textarea", "formatted")  # the kinds that any words fit


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
    """One column of an answer; `read(value)` is a str, int, Decimal, bool, date, datetime, tuple of str, or None.

    A column that is not `sought` is exported, but lists neither filter nor sort by it. `choices` are what it may hold,
    where that is a closed list: a filter then offers them.
    """

    name: str
    label: str
    type: ColumnType
    read: Callable[[Any], Any]
    sought: bool = True
    choices: tuple[str, ...] = ()


class AskedField(Protocol):
    """What a type may know of a field of its kind: `procedure.Field`, which is made of types, is one."""

    @property
    def label(self) -> str:
        """What is asked."""

    @property
    def options(self) -> Any:
        """What the administrator set, an instance of the type's `Options`."""

    @property
    def children(self) -> Sequence["AskedField"]:
        """The fields of a row."""

    @property
    def origin(self) -> Mapping[str, Json] | None:
        """What an imported descriptor carried besides."""


class FieldType(AsksOutside):
    """A kind of question. A subclass overrides what differs; see `docs/field-types.md`."""

    kind: ClassVar[str]
    api_name: ClassVar[str]
    older_api_names: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[Text]
    help: ClassVar[Text]
    group: ClassVar[Group]
    icon: ClassVar[str] = "type"
    control: ClassVar[Control] = Control.TEXT
    Options: ClassVar[type] = NoOptions
    operators: ClassVar[Criteria] = {}
    seconds: ClassVar[float] = 10
    asks: ClassVar[bool] = True
    prefill_example: ClassVar[str] = ""
    prefilled_by_list: ClassVar[bool] = False  # a link gives its answer as a list of texts
    offered: ClassVar[bool] = True
    needs: ClassVar[Register | None] = None  # the register without which it is not offered
    may_stand_in_rows: ClassVar[bool] = True
    not_in_survey: ClassVar[tuple[str, ...]] = ()  # options that XLSForm has no word for
    keeps_descriptor: ClassVar[bool] = False  # the imported descriptor stays whole in `Field.origin`
    may_become: ClassVar[tuple[str, ...]] = ()  # kinds that take over its answers when a form's next revision says so

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

    def is_complete(self, value: Any, options: Any) -> bool:
        """Whether `value` is the whole answer that a required question asks for."""
        return not self.is_blank(value)

    def wrong_today(self, value: Any, options: Any, today: date) -> Text | None:
        """What is wrong with `value` on that day, for the rules that depend on the day; `parse` says the rest."""
        return None

    def missing(self, label: str) -> Text:
        """What a required question without an answer says."""
        return Text(fr=f"Répondez à la question « {label} ».", en=f"Answer the question “{label}”.")

    # -- made answers ---------------------------------------------------------------------------------------------
    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """An answer that somebody might give that day, drawn from `random`; blank where nothing can be answered."""
        return self.prefill_example

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Answers that look right at a glance and are refused."""
        return ()

    def made(self, asked: AskedField, random: Random, today: date) -> Any:
        """The value of an example; for what is never entered as text, such as files, one that could have come."""
        return self.parse(self.example(asked, random, today), asked.options)

    # -- keeping --------------------------------------------------------------------------------------------------
    def to_json(self, value: Any) -> Json:
        """`value` as it is kept in the dossier's document."""
        return value

    def from_json(self, json: Json) -> Any:
        """The inverse of `to_json`; None for what this type never keeps, such as the answer of a former type."""
        return json if isinstance(json, str) and json else None

    # -- becoming another kind ------------------------------------------------------------------------------------
    def hand_over(self, value: Any, options: Any) -> tuple[str, ...]:
        """`value` in words for a type that it `may_become`: one text, or one for each choice."""
        chosen, typed = self.chosen(value), self.as_typed(value)
        return (typed,) if typed and len(chosen) < 2 else chosen

    def take_over(self, words: Sequence[str]) -> Raw:
        """What somebody would enter here to say what a former type handed over."""
        return ", ".join(words)

    # -- showing --------------------------------------------------------------------------------------------------
    def controls(self, options: Any) -> Control:
        """Which control to draw, when it depends on the options."""
        return self.control

    def attributes(self, options: Any) -> Attributes:
        """What the browser is told about the input."""
        return _PLAIN

    def expects(self, options: Any) -> Text | None:
        """What the page says, under the question, of the form that an answer must have."""
        return None

    def choices(self, options: Any, language: Language) -> tuple[Choice, ...]:
        """What can be chosen, in order; empty for types that are typed and for lists searched on the server."""
        return ()

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """The choices that match `text`, for a list too long to send; `within` is the first choice of a linked one."""
        return ()

    def search_in(self, options: Any, text: str, language: Language, limit: int) -> tuple[Choice, ...]:
        """The same, when what is read of a choice depends on the language."""
        return self.search(options, text, limit=limit)

    def has_other(self, options: Any) -> bool:
        """Whether an answer of one's own may be given beside the choices; `OTHER` is then chosen."""
        return False

    def more_label(self, options: Any) -> str:
        """The label of the second list of a linked one."""
        return ""

    def more_choices(self, options: Any, value: Any) -> tuple[Choice, ...]:
        """What the second list of a linked one offers after the first was chosen; empty when it is searched."""
        return ()

    def more_searched(self, options: Any, value: Any) -> bool:
        """Whether the second list of a linked one is too long to send, so that it is searched."""
        return False

    def as_typed(self, value: Any) -> str:
        """`value` as it stands in the input."""
        return "" if value is None else str(value)

    def as_typed_in(self, value: Any, language: Language) -> str:
        """The same, when it depends on the reader's language."""
        return self.as_typed(value)

    def chosen(self, value: Any) -> tuple[str, ...]:
        """The values of the choices that are chosen."""
        return () if value is None else (str(value),)

    def display(self, value: Any, options: Any, language: Language = "fr") -> str:
        """`value` as people read it, the empty string when blank. Never raises."""
        return "" if value is None else str(value)

    def parts(self, options: Any, language: Language) -> tuple[PartInput, ...]:
        """The inputs of an answer in several; beside a search, those that describe by hand what it does not find."""
        return ()

    # -- elsewhere ------------------------------------------------------------------------------------------------
    def named(self, asked: AskedField) -> Text:
        """What a field of this type is called in the editor."""
        return self.label

    def columns(self, asked: AskedField) -> list[Column]:
        """The columns of the table, filters and exports."""
        return [Column("value", asked.label, ColumnType.TEXT, lambda value: value)] if self.asks else []

    def mailed(self, asked: AskedField) -> list[Column]:
        """Those of its columns that an administrator may put in a mail: mails travel in the open."""
        return self.columns(asked)

    # -- conditions -----------------------------------------------------------------------------------------------
    def compared(self, value: Any) -> Any:
        """`value` as conditions compare it, None when there is nothing to compare."""
        return None if self.is_blank(value) else value

    def choices_for_condition(self, options: Any) -> tuple[str, ...]:
        """The values that a condition may compare with, when they are a closed list."""
        return ()

    def choice_in_words(self, choice: str) -> Text:
        """One of them as people read it."""
        return Text(choice, choice)

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Values that may be entered, such that any other compares with all these operands as one of them does."""
        return Samples(self.entered((self.prefill_example,), options, today) if self.prefill_example else ())

    def entered(self, raws: Iterable[Raw], options: Any, today: date) -> tuple[Any, ...]:
        """Those of `raws` that are answers on that day, as values, each once."""
        found = []
        for raw in raws:
            try:
                value = self.parse(raw, options)
            except Invalid:
                continue
            if value not in found and not self.is_blank(value) and self.wrong_today(value, options, today) is None:
                found.append(value)
        return tuple(found)

    # -- links, publishing, open data -----------------------------------------------------------------------------

    def example_of_link(self, options: Any) -> str:
        """What a link may carry for these options, empty when nothing."""
        return self.prefill_example

    def prefill(self, text: str, options: Any) -> Any:
        """The value that a link's parameter means. Raises Invalid."""
        if not self.prefill_example:
            raise Invalid(Text("Cette question ne se préremplit pas.", "This question cannot be prefilled."))
        return self.parse(text, options)

    def problems(self, asked: AskedField) -> list[Text]:
        """What forbids publishing this field, in sentences for the administrator."""
        return []

    def options_from_descriptor(self, descriptor: Mapping[str, Json]) -> Any:
        """The options that an open-data descriptor carries."""
        return self.Options()

    def descriptor_from_options(self, options: Any) -> dict[str, Json]:
        """The keys, beyond the common ones, of the open-data descriptor."""
        return {}

    def to_survey(self, options: Any) -> SurveyQuestion | None:
        """How XLSForm asks it; None when XLSForm has no such question."""
        return None

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The options of this type that ask what XLSForm asks, None when it asks something else."""
        told = self.to_survey(self.Options())
        return self.Options() if told is not None and told.type == question.type else None

    def survey_values(self, question: SurveyQuestion) -> Mapping[str, bool | str]:
        """What conditions compare with, by the names that XLSForm gives the choices."""
        return {choice.name: choice.label for choice in question.choices}


CATALOGUE: dict[str, FieldType] = {}
_PLAIN = Attributes()
