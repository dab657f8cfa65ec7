"""Several options of a list."""

import json as json_text
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
from dsbuilder.domain.fields.controls import Attributes, Choice, Control
from dsbuilder.domain.fields.entering import Raw, clean, texts_in
from dsbuilder.domain.fields.operators import SEVERAL_CHOICES
from dsbuilder.domain.fields.option_list import (
    EMPTY,
    LINES_HELP,
    LINES_LABEL,
    MANY,
    OptionList,
    lines_of,
    not_offered,
    tidy,
)
from dsbuilder.domain.fields.samples import selections
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Language, Text


class MultipleChoiceField(FieldType):
    kind = "multiple_drop_down_list"
    api_name = "MultipleDropDownListChampDescriptor"
    label = Text("Choix multiple", "Multiple choice")
    help = Text("Plusieurs réponses parmi celles proposées.", "Several answers among those offered.")
    group = Group.CHOICE
    icon = "check-check"
    control = Control.MULTIPLE
    operators = SEVERAL_CHOICES
    prefill_example = '["Lundi", "Mardi"]'
    may_become = ("drop_down_list", *TEXTS)

    @dataclass(frozen=True)
    class Options:
        drop_down_options: tuple[str, ...] = option(LINES_LABEL, Control.LONG_TEXT, (), LINES_HELP)

        @cached_property
        def listed(self) -> OptionList:
            """The options, cleaned once."""
            return OptionList(self.drop_down_options)

    def parse(self, raw: Raw, options: Any) -> tuple[str, ...] | None:
        """A list of options, kept in the order of the form, each once."""
        texts = raw if isinstance(raw, list) else [raw]
        found = [options.listed.find(text) for text in map(clean, texts) if text]
        if None in found:
            raise Invalid(not_offered(options.listed))
        return options.listed.in_order(found) or None

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """One to three of the options."""
        listed = asked.options.listed
        count = random.randint(1, min(3, len(listed))) if len(listed) else 0
        return [choice.value for choice in random.sample(listed.choices, count)]

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """An option misspelt."""
        return examples.one_letter_off(options.listed.values, options.listed.values)

    def from_json(self, json: Json) -> tuple[str, ...] | None:
        """Also reads the one option kept when the field was a single choice."""
        texts = json if isinstance(json, list) else [json]
        return tuple(dict.fromkeys(text for text in texts if isinstance(text, str) and text)) or None

    def to_json(self, value: tuple[str, ...] | None) -> Json:
        """A list."""
        return None if value is None else list(value)

    def take_over(self, words: Sequence[str]) -> Raw:
        """Each is a choice."""
        return list(words)

    def controls(self, options: Any) -> Control:
        """Boxes to tick, searched when very many."""
        return Control.MULTIPLE if len(options.listed) < MANY else Control.SEARCH

    def attributes(self, options: Any) -> Attributes:
        """A search adds to what is chosen."""
        return Attributes(many=True)

    def choices(self, options: Any, language: Language) -> tuple[Choice, ...]:
        """Every option; none when they are searched."""
        return options.listed.choices if len(options.listed) < MANY else ()

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """The options that match."""
        found: tuple[Choice, ...] = options.listed.search(text, limit)
        return found

    def as_typed(self, value: tuple[str, ...] | None) -> str:
        """Nothing is typed: see `chosen`."""
        return ""

    def chosen(self, value: tuple[str, ...] | None) -> tuple[str, ...]:
        """The options."""
        return value or ()

    def display(self, value: tuple[str, ...] | None, options: Any, language: Language = "fr") -> str:
        """The options, a comma between."""
        return ", ".join(value or ())

    def columns(self, asked: AskedField) -> list[Column]:
        """One, of several choices."""
        values = asked.options.listed.values
        return [Column("value", asked.label, ColumnType.CHOICES, lambda value: value, choices=values)]

    def choices_for_condition(self, options: Any) -> tuple[str, ...]:
        """Every option."""
        values: tuple[str, ...] = options.listed.values
        return values

    def compared(self, value: tuple[str, ...] | None) -> frozenset[str] | None:
        """What is chosen, without an order."""
        return frozenset(value) if value else None

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Selections of the options that operands name, with and without another."""
        return selections(operands, options.listed.values)

    def prefill(self, text: str, options: Any) -> tuple[str, ...] | None:
        """A JSON list of options, or one option alone."""
        try:
            read = json_text.loads(text)
        except (ValueError, RecursionError):
            read = text
        listed = isinstance(read, list) and all(isinstance(item, str) for item in read)
        return self.parse(read if listed else text, options)

    def problems(self, asked: AskedField) -> list[Text]:
        """A list without an option cannot be answered."""
        return [] if len(asked.options.listed) else [EMPTY]

    def options_from_descriptor(self, descriptor: Mapping[str, Json]) -> Any:
        """`options` as they stand."""
        return self.Options(texts_in(descriptor, "options"))

    def descriptor_from_options(self, options: Any) -> dict[str, Json]:
        """The inverse."""
        return {"options": list(options.drop_down_options)}

    def to_survey(self, options: Any) -> SurveyQuestion:
        """Several choices among a list."""
        return SurveyQuestion("select_multiple", choices=options.listed.survey_choices)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The inverse."""
        return self.Options(lines_of(question.choices)) if question.type == "select_multiple" else None

    def survey_values(self, question: SurveyQuestion) -> dict[str, str]:
        """The choices by their names."""
        return {choice.name: tidy(choice.label) for choice in question.choices}
