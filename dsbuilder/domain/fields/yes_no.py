"""A question answered by yes or no."""

from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import TEXTS, AskedField, Group
from dsbuilder.domain.fields.boolean import BooleanField
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.operands import NO, YES
from dsbuilder.domain.fields.operators import BOOLEANS
from dsbuilder.domain.fields.survey import PLAIN_LIST, SurveyChoice, SurveyQuestion
from dsbuilder.domain.texts import Language, Text, fold

_SPELLED = {"true": True, "oui": True, "yes": True, "false": False, "non": False, "no": False}


class YesNoField(BooleanField):
    kind = "yes_no"
    api_name = "YesNoChampDescriptor"
    label = Text("Oui ou non", "Yes or no")
    help = Text("Une question à laquelle on répond par oui ou par non.", "A question answered by yes or no.")
    group = Group.CHOICE
    icon = "toggle-left"
    control = Control.RADIO
    operators = BOOLEANS
    prefill_example = "true"
    may_become = ("checkbox", *TEXTS)

    def parse(self, raw: Raw, options: Any) -> bool | None:
        """`true` or `false`, as the page and links send it, or the word."""
        if isinstance(raw, bool):
            return raw
        text = fold(clean(raw))
        if not text:
            return None
        if text not in _SPELLED:
            raise Invalid(Text("Répondez par « Oui » ou par « Non ».", "Answer “Yes” or “No”."))
        return _SPELLED[text]

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """Either."""
        return random.choice(("true", "false"))

    def choices(self, options: Any, language: Language) -> tuple[Choice, ...]:
        """Yes first."""
        return (Choice("true", YES[language]), Choice("false", NO[language]))

    def hand_over(self, value: bool | None, options: Any) -> tuple[str, ...]:
        """The word for it."""
        return () if value is None else (self.display(value, options),)

    def as_typed(self, value: bool | None) -> str:
        """As the choices name it."""
        return "" if value is None else "true" if value else "false"

    def chosen(self, value: bool | None) -> tuple[str, ...]:
        """As the choices name it."""
        return () if value is None else (self.as_typed(value),)

    def display(self, value: bool | None, options: Any, language: Language = "fr") -> str:
        """Oui or Non."""
        return "" if value is None else (YES if value else NO)[language]

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A choice of two."""
        return SurveyQuestion("select_one", list_name="oui_non", choices=_YES_OR_NO)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """Any choice of two whose names or labels say yes and no, but a list of ours that merely offers these words."""
        if question.list_name.startswith(PLAIN_LIST):
            return None
        said = set(self.survey_values(question).values())
        two = len(question.choices) == 2 and said == {True, False} and not question.or_other
        return self.Options() if question.type == "select_one" and two and question.second is None else None

    def survey_values(self, question: SurveyQuestion) -> dict[str, bool]:
        """Yes and no by their names."""
        spelled = ((choice.name, {fold(choice.name), fold(choice.label)}) for choice in question.choices)
        return {name: _SPELLED[word] for name, words in spelled for word in sorted(words & _SPELLED.keys())}


_YES_OR_NO = (SurveyChoice(YES.fr, "true"), SurveyChoice(NO.fr, "false"))
