"""What regions, départements and countries share: an official list of names, kept by code."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from random import Random
from typing import Any, ClassVar

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, AskedField, Column, ColumnType, FieldType, Group, Json
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.places import code_column
from dsbuilder.domain.fields.survey import SurveyChoice, SurveyQuestion
from dsbuilder.domain.texts import Language, Text, searchable

_CODE = re.compile(r"[0-9A-Z]{2,3}", re.ASCII)


class OfficialListField(FieldType):
    """A subclass says what is in its list; the value is the code."""

    group = Group.PLACE
    may_become = TEXTS
    list_name: ClassVar[str]  # of the list in a spreadsheet
    not_found: ClassVar[Text]
    examples: ClassVar[tuple[str, ...]]
    misspelt: ClassVar[tuple[str, ...]]

    def listed(self) -> Mapping[str, Text]:
        """What is read for each code, in order."""
        raise NotImplementedError

    def names(self, code: str) -> tuple[str, ...]:
        """What else somebody may type for a code."""
        return ()

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """The code of everything that may be typed; what is read counts before the other names."""
        listed = self.listed()
        found = {searchable(name): code for code in listed for name in self.names(code)}
        for code, said in listed.items():
            found |= {searchable(name): code for name in (said.en, said.fr, code)}
        return found

    def parse(self, raw: Raw, options: Any) -> str | None:
        """By its code or by its name, whatever its case, accents and hyphens."""
        text = clean(raw)
        if not text:
            return None
        code = self._codes.get(searchable(text[:200]))
        if code is None:
            raise Invalid(self.not_found)
        return code

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """One of a few."""
        return random.choice(self.examples)

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Names and codes that are none."""
        return self.misspelt

    def from_json(self, json: Json) -> str | None:
        """Any code: what was an answer stays one when the list changes."""
        return json if isinstance(json, str) and _CODE.fullmatch(json) else None

    def display(self, value: str | None, options: Any, language: Language = "fr") -> str:
        """In the reader's language; a code that left the list as it stands."""
        if value is None:
            return ""
        said = self.listed().get(value)
        return value if said is None else said[language]

    def as_typed(self, value: str | None) -> str:
        """As it is read."""
        return self.display(value, None)

    def choices(self, options: Any, language: Language) -> tuple[Choice, ...]:
        """The whole list."""
        return tuple(Choice(code, said[language]) for code, said in self.listed().items())

    def columns(self, asked: AskedField) -> list[Column]:
        """The name and the code."""
        first = Column("value", asked.label, ColumnType.CHOICE, lambda value: self.name(value) or None)
        return [first, code_column(asked.label, lambda value: value)]

    def name(self, value: str | None) -> str:
        """The name alone, in French."""
        return self.display(value, None)

    def choices_for_condition(self, options: Any) -> tuple[str, ...]:
        """Every code."""
        return tuple(self.listed())

    def choice_in_words(self, choice: str) -> Text:
        """As it is read."""
        return self.listed().get(choice, Text(choice, choice))

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A choice in a list that is known by its name."""
        choices = tuple(SurveyChoice(said.fr, code) for code, said in self.listed().items())
        return SurveyQuestion("select_one", list_name=self.list_name, choices=choices)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The same list, alone."""
        if question.type != "select_one" or question.list_name != self.list_name or question.second is not None:
            return None
        return self.Options() if {choice.name for choice in question.choices} <= self.listed().keys() else None

    def survey_values(self, question: SurveyQuestion) -> dict[str, str]:
        """The names of the choices are the codes."""
        return {choice.name: choice.name for choice in question.choices}
