"""How a person is addressed: M. or Mme."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, AskedField, Column, ColumnType, FieldType, Group, Json, Samples
from dsbuilder.domain.fields.controls import Attributes, Choice, Control
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.operators import CHOICES
from dsbuilder.domain.fields.survey import SurveyChoice, SurveyQuestion
from dsbuilder.domain.texts import Language, Text

SALUTATIONS = {"Mme": Text("Mme", "Ms"), "M.": Text("M.", "Mr")}


class SalutationField(FieldType):
    kind = "civilite"
    api_name = "CiviliteChampDescriptor"
    label = Text("Civilité", "Title (M. or Mme)")
    help = Text("Madame ou Monsieur.", "Ms or Mr.")
    group = Group.IDENTITY
    icon = "user"
    control = Control.RADIO
    operators = CHOICES
    prefill_example = "Mme"
    may_become = TEXTS

    def parse(self, raw: Raw, options: Any) -> str | None:
        """Exactly as the API spells it."""
        text = clean(raw)
        if text and text not in SALUTATIONS:
            raise Invalid(Text("Choisissez « Mme » ou « M. ».", "Choose “Ms” or “Mr”."))
        return text or None

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """Either."""
        return random.choice(tuple(SALUTATIONS))

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Other ways to write them."""
        return ("Madame", "M")

    def from_json(self, json: Json) -> str | None:
        """Only these two."""
        return json if isinstance(json, str) and json in SALUTATIONS else None

    def choices(self, options: Any, language: Language) -> tuple[Choice, ...]:
        """Both, in alphabetical order of the whole words."""
        return tuple(Choice(value, text[language]) for value, text in SALUTATIONS.items())

    def attributes(self, options: Any) -> Attributes:
        """Browsers know it."""
        return Attributes(autocomplete="honorific-prefix")

    def display(self, value: str | None, options: Any, language: Language = "fr") -> str:
        """In the reader's language."""
        return SALUTATIONS[value][language] if value in SALUTATIONS else ""

    def columns(self, asked: AskedField) -> list[Column]:
        """One, of choices."""
        return [Column("value", asked.label, ColumnType.CHOICE, lambda value: value, choices=tuple(SALUTATIONS))]

    def choices_for_condition(self, options: Any) -> tuple[str, ...]:
        """Both."""
        return tuple(SALUTATIONS)

    def choice_in_words(self, choice: str) -> Text:
        """In the reader's language."""
        return SALUTATIONS.get(choice, Text(choice, choice))

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Both."""
        return Samples(tuple(SALUTATIONS))

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A choice of two, known by the name of its list."""
        choices = tuple(SurveyChoice(text.fr, value) for value, text in SALUTATIONS.items())
        return SurveyQuestion("select_one", list_name="civilite", choices=choices)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The same list alone."""
        told = self.to_survey(None)
        same = (question.list_name, question.choices) == (told.list_name, told.choices)
        return self.Options() if question.type == "select_one" and same and question.second is None else None

    def survey_values(self, question: SurveyQuestion) -> dict[str, str]:
        """The values are the names."""
        return {choice.name: choice.name for choice in question.choices}
