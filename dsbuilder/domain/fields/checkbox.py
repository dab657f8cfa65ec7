"""A single box to tick, such as a consent or a sworn statement; where it is required, it must be ticked."""

from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, AskedField, Group
from dsbuilder.domain.fields.boolean import BooleanField
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.operators import BOX
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.texts import Language, Text, fold

_TICKED = {"true": True, "on": True, "oui": True, "yes": True, "false": False, "off": False, "non": False, "no": False}


class CheckboxField(BooleanField):
    kind = "checkbox"
    api_name = "CheckboxChampDescriptor"
    label = Text("Case à cocher", "Checkbox")
    help = Text(
        "Une case seule : un engagement, une attestation sur l’honneur.",
        "A single box: a commitment, a sworn statement.",
    )
    group = Group.CHOICE
    icon = "square-check"
    control = Control.CHECKBOX
    operators = BOX
    prefill_example = "true"
    may_become = ("yes_no", *TEXTS)

    def parse(self, raw: Raw, options: Any) -> bool | None:
        """Whether the box is ticked."""
        if isinstance(raw, bool):
            return raw
        text = fold(clean(raw))
        if not text:
            return None
        if text not in _TICKED:
            raise Invalid(Text("Cochez la case ou laissez-la vide.", "Tick the box or leave it empty."))
        return _TICKED[text]

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """Ticked."""
        return True

    def is_blank(self, value: bool | None) -> bool:
        """A box that is not ticked answers nothing."""
        return value is not True

    def missing(self, label: str) -> Text:
        """The box must be ticked."""
        return Text("Cochez la case « {label} ».", "Tick the box “{label}”.").format(label=label)

    def hand_over(self, value: bool | None, options: Any) -> tuple[str, ...]:
        """The word for it when ticked; a box left alone says nothing."""
        return (self.display(value, options),) if value else ()

    def as_typed(self, value: bool | None) -> str:
        """`true` when ticked."""
        return "true" if value else ""

    def chosen(self, value: bool | None) -> tuple[str, ...]:
        """`true` when ticked."""
        return ("true",) if value else ()

    def display(self, value: bool | None, options: Any, language: Language = "fr") -> str:
        """Oui when ticked, Non when the tick was taken away."""
        return "" if value is None else Text("Oui" if value else "Non", "Yes" if value else "No")[language]

    def compared(self, value: bool | None) -> bool:
        """A box that nobody touched is not ticked, as everyone sees it: so it always compares."""
        return value is True

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A box to tick."""
        return SurveyQuestion("acknowledge")

    def survey_values(self, question: SurveyQuestion) -> dict[str, bool]:
        """What a ticked box holds there; a box left alone holds nothing."""
        return {"OK": True, "": False}
