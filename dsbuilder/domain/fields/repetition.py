"""A block of questions that the applicant repeats as often as needed, one row each time."""

from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, Column, FieldType, Group, Json
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import Raw
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Language, Text


class RepetitionField(FieldType):
    kind = "repetition"
    api_name = "RepetitionChampDescriptor"
    label = Text("Bloc répétable", "Repeatable block")
    help = Text(
        "Des questions posées plusieurs fois : les enfants, les dépenses.",
        "Questions asked several times: children, expenses.",
    )
    group = Group.STRUCTURE
    icon = "copy-plus"
    control = Control.ROWS
    seconds = 0
    may_stand_in_rows = False

    def parse(self, raw: Raw, options: Any) -> None:
        """Blank only: the answers are those of its rows."""
        if raw not in ("", []):
            raise Invalid(Text("Ajoutez une ligne avec le bouton « Ajouter ».", "Add a row with the “Add” button."))

    def missing(self, label: str) -> Text:
        """A row is wanted."""
        return Text("Ajoutez au moins une ligne à « {label} ».", "Add at least one row to “{label}”.").format(
            label=label
        )

    def from_json(self, json: Json) -> None:
        """Nothing is kept but the rows."""
        return None

    def display(self, value: None, options: Any, language: Language = "fr") -> str:
        """Nothing but the rows."""
        return ""

    def columns(self, asked: AskedField) -> list[Column]:
        """None: its rows have a sheet of their own."""
        return []

    def problems(self, asked: AskedField) -> list[Text]:
        """A row without a question cannot be filled."""
        return (
            []
            if asked.children
            else [Text("Ajoutez au moins une question à ce bloc.", "Add at least one question to this block.")]
        )

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A repeat."""
        return SurveyQuestion("begin_repeat")
