"""Two lists: what is chosen in the first decides what the second offers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Group, Json, Samples, option
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.fields.entering import Raw, clean, texts_in
from dsbuilder.domain.fields.operators import PRESENCE
from dsbuilder.domain.fields.option_list import EMPTY, MANY, OptionList, heading_of, not_offered, tidy
from dsbuilder.domain.fields.survey import SecondList, SurveyChoice, SurveyQuestion
from dsbuilder.domain.texts import Language, Text


@dataclass(frozen=True, slots=True)
class Linked:
    """What was chosen in each list; `secondary` is empty where nothing was, or where there is nothing to choose."""

    primary: str
    secondary: str = ""


class LinkedLists:
    """A first list whose options head the lines of the second: "--Licence--", "Droit", "--Master--", "Droit"..."""

    def __init__(self, lines: Iterable[str]) -> None:
        under: dict[str, list[str]] = {}
        current: list[str] | None = None
        self.strays: list[str] = []
        for line in filter(None, map(tidy, lines)):
            if heading := heading_of(line):
                current = under.setdefault(heading, [])
            else:
                (self.strays if current is None else current).append(line)
        self.primary = OptionList(under, headed=False)
        self._lines = under
        self._secondary: dict[str, OptionList] = {}

    def under(self, primary: str) -> OptionList:
        """The second list once `primary` is chosen, made when first asked for."""
        if primary not in self._secondary:
            self._secondary[primary] = OptionList(self._lines.get(primary, ()), headed=False)
        return self._secondary[primary]


class LinkedChoiceField(FieldType):
    kind = "linked_drop_down_list"
    api_name = "LinkedDropDownListChampDescriptor"
    label = Text("Deux listes liées", "Two linked lists")
    help = Text("Un second choix qui dépend du premier.", "A second choice that depends on the first.")
    group = Group.CHOICE
    icon = "list-tree"
    control = Control.LINKED_LISTS

    operators = PRESENCE

    @dataclass(frozen=True)
    class Options:
        drop_down_options: tuple[str, ...] = option(
            Text("Options, une par ligne", "Options, one on each line"),
            Control.LONG_TEXT,
            (),
            Text(
                "Une ligne « --Licence-- » ouvre une option de la première liste, que suivent celles de la seconde.",
                "A line “--Bachelor--” opens an option of the first list; the lines after it make the second.",
            ),
        )
        drop_down_secondary_libelle: str = option(
            Text("Libellé de la seconde liste", "Label of the second list"), Control.TEXT, ""
        )
        drop_down_secondary_description: str = option(
            Text("Aide de la seconde liste", "Help for the second list"), Control.TEXT, ""
        )

        @cached_property
        def listed(self) -> LinkedLists:
            """The options, read once."""
            return LinkedLists(self.drop_down_options)

    def parse(self, raw: Raw, options: Any) -> Linked | None:
        """`[primary, secondary]`; a secondary of another primary is left out, as the first choice has just changed."""
        texts = [clean(text) for text in (raw if isinstance(raw, list) else [raw])]
        if not texts or not texts[0]:
            return None
        primary = options.listed.primary.find(texts[0])
        if primary is None:
            raise Invalid(not_offered(options.listed.primary))
        secondary = options.listed.under(primary).find(texts[1]) if len(texts) > 1 and texts[1] else None
        return Linked(primary, secondary or "")

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A choice in the first list, and one of those under it."""
        listed = asked.options.listed
        if not len(listed.primary):
            return ""
        primary = random.choice(listed.primary.choices).value
        under = listed.under(primary)
        return [primary, random.choice(under.choices).value] if len(under) else [primary]

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """A first choice misspelt."""
        return examples.one_letter_off(options.listed.primary.values, options.listed.primary.values)

    def take_over(self, words: Sequence[str]) -> Raw:
        """The first list's choice, then the second's."""
        return list(words)

    def is_complete(self, value: Linked | None, options: Any) -> bool:
        """Both, where the first choice has a second list."""
        return value is not None and bool(value.secondary or not len(options.listed.under(value.primary)))

    def missing(self, label: str) -> Text:
        """Both lists are named."""
        return Text("Choisissez dans les deux listes de « {label} ».", "Choose in both lists of “{label}”.").format(
            label=label
        )

    def to_json(self, value: Linked | None) -> Json:
        """`[primary, secondary]`."""
        return None if value is None else [value.primary, value.secondary]

    def from_json(self, json: Json) -> Linked | None:
        """The inverse of `to_json`."""
        texts = json if isinstance(json, list) and all(isinstance(text, str) for text in json) else []
        return Linked(texts[0], texts[1]) if len(texts) == 2 and texts[0] else None

    def choices(self, options: Any, language: Language) -> tuple[Choice, ...]:
        """The first list."""
        listed: OptionList = options.listed.primary
        return listed.choices

    def more_label(self, options: Any) -> str:
        """As the administrator named the second list."""
        label: str = options.drop_down_secondary_libelle
        return label

    def more_choices(self, options: Any, value: Linked | None) -> tuple[Choice, ...]:
        """The second list; none when it is searched."""
        listed: OptionList = options.listed.under("" if value is None else value.primary)
        return listed.choices if len(listed) < MANY else ()

    def more_searched(self, options: Any, value: Linked | None) -> bool:
        """From a hundred options on."""
        return value is not None and len(options.listed.under(value.primary)) >= MANY

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """What matches in the second list once `within` is chosen; in the first without it."""
        listed: OptionList = options.listed.under(within) if within else options.listed.primary
        return listed.search(text, limit)

    def as_typed(self, value: Linked | None) -> str:
        """What stands in the search of a long second list."""
        return "" if value is None else value.secondary

    def chosen(self, value: Linked | None) -> tuple[str, ...]:
        """Both choices, the second when there is one."""
        return () if value is None else tuple(filter(None, (value.primary, value.secondary)))

    def display(self, value: Linked | None, options: Any, language: Language = "fr") -> str:
        """Both choices, a stroke between."""
        return " / ".join(self.chosen(value))

    def columns(self, asked: AskedField) -> list[Column]:
        """Both together, and each."""
        second = asked.options.drop_down_secondary_libelle or f"{asked.label} (2)"
        values = asked.options.listed.primary.values
        return [
            Column("value", asked.label, ColumnType.TEXT, lambda value: self.display(value, None) or None),
            Column(
                "primary",
                f"{asked.label} (1)",
                ColumnType.CHOICE,
                lambda value: value and value.primary,
                choices=values,
            ),
            Column("secondary", second, ColumnType.CHOICE, lambda value: value and (value.secondary or None)),
        ]

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """The first choice, with the first that hangs on it."""
        first = options.listed.primary.values[:1]
        return Samples(
            self.entered(([value, *options.listed.under(value).values[:1]] for value in first), options, today)
        )

    def problems(self, asked: AskedField) -> list[Text]:
        """A list without an option cannot be answered, and lines before the first "--" could not be chosen."""
        if not len(asked.options.listed.primary):
            return [EMPTY]
        return [_STRAYS.format(line=asked.options.listed.strays[0])] if asked.options.listed.strays else []

    def options_from_descriptor(self, descriptor: Mapping[str, Json]) -> Any:
        """`options` as they stand, marks included."""
        return self.Options(texts_in(descriptor, "options"))

    def descriptor_from_options(self, options: Any) -> dict[str, Json]:
        """The inverse."""
        return {"options": list(options.drop_down_options)}

    def to_survey(self, options: Any) -> SurveyQuestion:
        """Two choices, the second filtered by the first."""
        primaries = options.listed.primary.survey_choices
        below = tuple(
            SurveyChoice(choice.label, under=primary.label)
            for primary in primaries
            for choice in options.listed.under(primary.label).survey_choices
        )
        second = SecondList(options.drop_down_secondary_libelle, options.drop_down_secondary_description, below)
        return SurveyQuestion("select_one", choices=primaries, second=second)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The inverse."""
        if question.type != "select_one" or question.second is None or question.or_other:
            return None
        lines: list[str] = []
        for primary in question.choices:
            lines += [f"--{tidy(primary.label)}--"]
            lines += [choice.label for choice in question.second.choices if choice.under == primary.label]
        return self.Options(tuple(map(tidy, lines)), question.second.label, question.second.hint)


_STRAYS = Text(
    "L’option « {line} » n’est sous aucun choix de la première liste : placez avant elle une ligne « --Licence-- ».",
    "The option “{line}” is under no choice of the first list: put a line “--Bachelor--” before it.",
)
