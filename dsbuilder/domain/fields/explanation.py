"""A note to the applicant; it asks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dsbuilder.domain.fields.base import FieldType, Group, Json, option
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import flag_in, text_in
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text


class ExplanationField(FieldType):
    kind = "explication"
    api_name = "ExplicationChampDescriptor"
    label = Text("Explication", "Explanation")
    help = Text("Un texte qui aide l’usager, sans question.", "A text that helps the applicant, without a question.")
    group = Group.STRUCTURE
    icon = "info"
    control = Control.NOTE
    seconds = 0
    not_in_survey = ("collapsible_explanation_enabled", "collapsible_explanation_text")
    asks = False

    @dataclass(frozen=True)
    class Options:
        collapsible_explanation_enabled: bool = option(
            Text("Ajouter un texte à déplier", "Add a text to unfold"), Control.CHECKBOX, False
        )
        collapsible_explanation_text: str = option(Text("Texte à déplier", "Text to unfold"), Control.LONG_TEXT, "")

    def options_from_descriptor(self, descriptor: Mapping[str, Json]) -> Any:
        """The API gives the text to unfold, open data does not."""
        return self.Options(
            flag_in(descriptor, "collapsibleExplanationEnabled"),
            text_in(descriptor, "collapsibleExplanationText"),
        )

    def descriptor_from_options(self, options: Any) -> dict[str, Json]:
        """The inverse, where there is such a text."""
        if options == self.Options():
            return {}
        return {
            "collapsibleExplanationEnabled": options.collapsible_explanation_enabled,
            "collapsibleExplanationText": options.collapsible_explanation_text,
        }

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A note."""
        return SurveyQuestion("note")
