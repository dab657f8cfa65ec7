"""One option of a list or one row of a table, or another answer where the list allows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import (
    TEXTS,
    AskedField,
    Column,
    ColumnType,
    FieldType,
    Group,
    Json,
    Samples,
    option,
)
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.fields.entering import Raw, clean, flag_in, one_line, texts_in
from dsbuilder.domain.fields.operators import CHOICES
from dsbuilder.domain.fields.option_list import (
    EMPTY,
    FEW,
    LINES_HELP,
    LINES_LABEL,
    MANY,
    OptionList,
    lines_of,
    not_offered,
    tidy,
)
from dsbuilder.domain.fields.samples import another, offered
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.fields.table import Table, TableRow, faults, key_of
from dsbuilder.domain.texts import Language, Text

OTHER = "__other__"  # the reference's word for "another answer", in conditions too
OTHER_LABEL = Text("Autre", "Other")


@dataclass(frozen=True, slots=True)
class Other:
    """An answer that is none of the options; its text is empty while it is still to be said."""

    text: str


Chosen = str | Other | TableRow


class ChoiceField(FieldType):
    kind = "drop_down_list"
    api_name = "DropDownListChampDescriptor"
    label = Text("Choix simple", "Single choice")
    help = Text("Une réponse parmi plusieurs.", "One answer among several.")
    group = Group.CHOICE
    icon = "circle-dot"
    control = Control.RADIO
    operators = CHOICES
    prefill_example = "Lundi"
    not_in_survey = ("drop_down_table",)
    may_become = ("multiple_drop_down_list", *TEXTS)

    @dataclass(frozen=True)
    class Options:
        drop_down_options: tuple[str, ...] = option(LINES_LABEL, Control.LONG_TEXT, (), LINES_HELP)
        drop_down_other: bool = option(
            Text("Proposer « Autre »", "Offer “Other”"),
            Control.CHECKBOX,
            False,
            Text("L’usager écrit alors sa propre réponse.", "The applicant then writes an answer of their own."),
        )

        drop_down_table: tuple[str, ...] = option(
            Text("Tableau des options", "Table of options"),
            Control.TABLE,
            (),
            Text(
                "Un fichier CSV de 5\u00a0000 lignes au plus, à la place des options ci-dessus\u00a0: l’usager choisit dans la "
                "première colonne, et toute la ligne est gardée avec sa réponse.",
                "A CSV file of at most 5,000 rows, instead of the options above: applicants choose from the first "
                "column, and the whole row is kept with their answer.",
            ),
        )

        @cached_property
        def table(self) -> Table:
            """The rows, read once; none without a table."""
            return Table(self.drop_down_table)

        @cached_property
        def listed(self) -> OptionList:
            """The options, or the labels of the table, cleaned once."""
            if self.drop_down_table:
                return OptionList(self.table.rows, headed=False)
            return OptionList(self.drop_down_options)

        def value(self, label: str) -> "str | TableRow":
            """What is kept of an option: it alone, or the row that it stands for."""
            return self.table.rows.get(label, label) if self.drop_down_table else label

    def parse(self, raw: Raw, options: Any) -> Chosen | None:
        """An option; or, where another answer is allowed, `["__other__", text]` or that text alone."""
        if isinstance(raw, list):
            word, *rest = raw or [""]
            if word == OTHER:
                return self._other(rest[0] if rest else "", options)
            raw = word
        text = clean(raw)
        if not text:
            return None
        found = options.listed.find(text)
        return options.value(found) if found is not None else self._other("" if text == OTHER else text, options)

    def _other(self, text: str, options: Any) -> Chosen:
        if not options.drop_down_other:
            raise Invalid(not_offered(options.listed))
        said = one_line(text)
        found: str | None = options.listed.find(said)
        return Other(said) if found is None else options.value(found)

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """One of the options."""
        listed = asked.options.listed
        return listed.choices[random.randrange(len(listed))].value if len(listed) else ""

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """An option misspelt, unless other answers are taken."""
        return () if options.drop_down_other else examples.one_letter_off(options.listed.values, options.listed.values)

    def is_blank(self, value: Chosen | None) -> bool:
        """`Other` without its text is not an answer yet."""
        return value is None or value == Other("")

    def to_json(self, value: Chosen | None) -> Json:
        """The option, the row, or the other answer, marked as such."""
        if isinstance(value, TableRow):
            return {"label": value.label, "row": dict(value.cells)}
        return {"other": value.text} if isinstance(value, Other) else value

    def from_json(self, json: Json) -> Chosen | None:
        """The inverse of `to_json`."""
        if isinstance(json, dict) and isinstance(json.get("other"), str):
            return Other(json["other"])
        if isinstance(json, dict) and isinstance(json.get("label"), str) and isinstance(json.get("row"), dict):
            cells = ((str(header), str(cell)) for header, cell in json["row"].items())
            return TableRow(json["label"], tuple(sorted(cells)))
        return json if isinstance(json, str) and json else None

    def take_over(self, words: Sequence[str]) -> Raw:
        """The first; who was asked for several is told of the others."""
        return words[0]

    def controls(self, options: Any) -> Control:
        """All shown when few, a list when more, searched when very many."""
        length = len(options.listed)
        return Control.RADIO if length <= FEW else Control.LIST if length < MANY else Control.SEARCH

    def choices(self, options: Any, language: Language) -> tuple[Choice, ...]:
        """Every option, then another answer; none when they are searched."""
        if len(options.listed) >= MANY:
            return ()
        return options.listed.choices + self._offered_other(options, language)

    def has_other(self, options: Any) -> bool:
        """As the administrator set it."""
        return bool(options.drop_down_other)

    def _offered_other(self, options: Any, language: Language) -> tuple[Choice, ...]:
        return (Choice(OTHER, OTHER_LABEL[language]),) if options.drop_down_other else ()

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """The options that match."""
        found: tuple[Choice, ...] = options.listed.search(text, limit)
        return found

    def as_typed(self, value: Chosen | None) -> str:
        """The option, the label of the row, or the text of another answer."""
        if isinstance(value, TableRow):
            return value.label
        return value.text if isinstance(value, Other) else value or ""

    def chosen(self, value: Chosen | None) -> tuple[str, ...]:
        """The option, or the word for another answer."""
        return () if value is None else (OTHER if isinstance(value, Other) else self.as_typed(value),)

    def display(self, value: Chosen | None, options: Any, language: Language = "fr") -> str:
        """The option, or the text of another answer."""
        return self.as_typed(value)

    def columns(self, asked: AskedField) -> list[Column]:
        """What is chosen; then, of a row, what stands under each of the other headers."""
        values = () if asked.options.drop_down_other else asked.options.listed.values
        chosen = Column(
            "value", asked.label, ColumnType.CHOICE, lambda value: self.as_typed(value) or None, choices=values
        )
        others = {key_of(header): header for header in asked.options.table.headers[1:] if header.strip()}
        return [chosen, *(_of_header(asked.label, key, header) for key, header in others.items())]

    def choices_for_condition(self, options: Any) -> tuple[str, ...]:
        """Every option, and the word for another answer."""
        values: tuple[str, ...] = options.listed.values
        return (*values, OTHER) if options.drop_down_other else values

    def compared(self, value: Chosen | None) -> str | None:
        """The option, or the word for another answer, whether or not it is said."""
        return OTHER if isinstance(value, Other) else self.as_typed(value) or None

    def choice_in_words(self, choice: str) -> Text:
        """As it is offered."""
        return OTHER_LABEL if choice == OTHER else Text(choice, choice)

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """The options that operands name, one that they do not, and another answer."""
        values = options.listed.values
        other = (Other(another(values)),) if options.drop_down_other else ()
        return Samples((*map(options.value, offered(operands, values)), *other))

    def problems(self, asked: AskedField) -> list[Text]:
        """A list without an option cannot be answered, nor can one whose table makes no sense."""
        return list(faults(asked.options.drop_down_table)) or ([] if len(asked.options.listed) else [EMPTY])

    def options_from_descriptor(self, descriptor: Mapping[str, Json]) -> Any:
        """`options` as they stand, and `otherOption`."""
        return self.Options(texts_in(descriptor, "options"), flag_in(descriptor, "otherOption"))

    def descriptor_from_options(self, options: Any) -> dict[str, Json]:
        """The inverse."""
        lines = options.listed.values if options.drop_down_table else options.drop_down_options
        return {"options": list(lines), "otherOption": options.drop_down_other}

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A choice among a list."""
        return SurveyQuestion("select_one", choices=options.listed.survey_choices, or_other=options.drop_down_other)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The inverse."""
        if question.type != "select_one" or question.second is not None:
            return None
        return self.Options(lines_of(question.choices), question.or_other)

    def survey_values(self, question: SurveyQuestion) -> dict[str, str]:
        """Another answer is named so by the converter of XLSForm."""
        values = {choice.name: tidy(choice.label) for choice in question.choices}
        return values | ({"other": OTHER} if question.or_other else {})


def _of_header(label: str, key: str, header: str) -> Column:
    """The column of one header; its name does not depend on where it stands, so that a later table may move it."""

    def read(value: Any) -> str | None:
        return value.cell(header) if isinstance(value, TableRow) else None

    return Column(f"table_{key}", f"{label} – {header}", ColumnType.TEXT, read)
