"""A title that opens a part of the form; it asks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dsbuilder.domain.fields.base import FieldType, Group, Json, option
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Text


class SectionField(FieldType):
    kind = "header_section"
    api_name = "HeaderSectionChampDescriptor"
    label = Text("Titre de section", "Section title")
    help = Text(
        "Un titre numéroté qui ouvre une partie du formulaire.", "A numbered title that opens a part of the form."
    )
    group = Group.STRUCTURE
    icon = "heading"
    control = Control.HEADING
    seconds = 0
    asks = False

    @dataclass(frozen=True)
    class Options:
        header_section_level: int = option(
            Text("Niveau", "Level"),
            Control.RADIO,
            1,
            choices=(
                (1, Text("Titre", "Title")),
                (2, Text("Sous-titre", "Subtitle")),
                (3, Text("Intertitre", "Minor title")),
            ),
        )

    def options_from_descriptor(self, descriptor: Mapping[str, Json]) -> Any:
        """The API gives a level, open data none: then it is the first."""
        level = descriptor.get("level")
        return self.Options(level if type(level) is int and 1 <= level <= 3 else 1)

    def descriptor_from_options(self, options: Any) -> dict[str, Json]:
        """The inverse."""
        return {} if options.header_section_level == 1 else {"level": options.header_section_level}

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A group."""
        return SurveyQuestion("begin_group", level=options.header_section_level)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The inverse; what lies deeper than three levels is of the third."""
        return self.Options(max(1, min(question.level, 3))) if question.type == "begin_group" else None
