"""The options of a list as an administrator wrote them: cleaned, grouped under headings, found and searched."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.fields.survey import SurveyChoice
from dsbuilder.domain.texts import Text, searchable

FEW = 5  # options up to which all are shown at once
MANY = 100  # options from which a list is searched on the server
_HEADING = re.compile(r"--\s*(\S.*?)\s*--")
_DEFAULT_HEADING = "Premier élément du menu"  # what the reference puts first in every new list; it says nothing
_BLANKS = re.compile(r"[ \t]+")


def tidy(line: str) -> str:
    """One option without stray blanks; what is chosen, kept and shown is this."""
    if line.isprintable() and line.isascii() and "  " not in line:
        return line.strip()
    return _BLANKS.sub(" ", one_line(line))


def heading_of(line: str) -> str:
    """The heading that a line such as "--Collèges--" stands for, empty for an ordinary option."""
    match = _HEADING.fullmatch(line)
    return match[1] if match else ""


def _without_dashes(label: str) -> str:
    while heading := heading_of(label):
        label = heading
    return label


class OptionList:
    """Options ready to be chosen: without blanks and doubles, a line "--Heading--" heading those that follow it.

    A list of nothing but headings is a list of options.
    """

    def __init__(self, lines: Iterable[str], headed: bool = True) -> None:
        tidied = list(filter(None, map(tidy, lines)))
        choices = list(_grouped(tidied)) if headed else []
        self.choices: tuple[Choice, ...] = tuple(choices or (Choice(line, line) for line in dict.fromkeys(tidied)))

    def __len__(self) -> int:
        return len(self.choices)

    @property
    def values(self) -> tuple[str, ...]:
        """The options, in order."""
        return tuple(self._position)

    @property
    def survey_choices(self) -> tuple[SurveyChoice, ...]:
        """The options as XLSForm lists them; one among others that would come back as a heading loses its dashes."""
        if all(heading_of(choice.label) for choice in self.choices):
            return tuple(SurveyChoice(choice.label) for choice in self.choices)
        labels = {_without_dashes(choice.label): choice.group for choice in self.choices}
        return tuple(SurveyChoice(label, under=group) for label, group in labels.items())

    def find(self, text: str) -> str | None:
        """The option that `text` names, whatever its blanks."""
        return text if text in self._position else found if (found := tidy(text)) in self._position else None

    def in_order(self, values: Iterable[str]) -> tuple[str, ...]:
        """`values`, each once, in the list's order; those that left the list come last."""
        end = len(self.choices)
        return tuple(sorted(dict.fromkeys(values), key=lambda value: self._position.get(value, end)))

    def search(self, text: str, limit: int) -> tuple[Choice, ...]:
        """The choices that match `text`, whatever its accents and case: as a beginning, then by words, then within."""
        needle = searchable(text).strip()
        if not needle:
            return self.choices[:limit]
        words = needle.split()
        ranked: tuple[list[Choice], ...] = ([], [], [], [])
        for choice, hay in zip(self.choices, self._searchable, strict=True):
            if words[0] in hay and all(word in hay for word in words):
                ranked[_rank(hay, needle, words)].append(choice)
        return tuple(choice for choices in ranked for choice in choices)[:limit]

    @cached_property
    def _position(self) -> dict[str, int]:
        return {choice.value: position for position, choice in enumerate(self.choices)}

    @cached_property
    def _searchable(self) -> list[str]:
        return [searchable(choice.label) for choice in self.choices]


def lines_of(choices: Iterable[SurveyChoice]) -> tuple[str, ...]:
    """The lines that list such options, the titles over them among the others."""
    lines: list[str] = []
    over = ""
    for choice in choices:
        if choice.under != over:
            over = choice.under
            lines.append(f"--{tidy(over) or _DEFAULT_HEADING}--")
        lines.append(tidy(choice.label))
    return tuple(lines)


def _grouped(lines: Iterable[str]) -> Iterator[Choice]:
    heading = ""
    seen: set[str] = set()
    for line in lines:
        if new := heading_of(line):
            heading = "" if new == _DEFAULT_HEADING else new
        elif line not in seen:
            seen.add(line)
            yield Choice(line, line, heading)


def _rank(hay: str, needle: str, words: list[str]) -> int:
    if hay.startswith(f" {needle}"):
        return 0
    if f" {needle}" in hay:
        return 1
    return 2 if all(f" {word}" in hay for word in words) else 3


LINES_LABEL = Text("Options, une par ligne", "Options, one on each line")
LINES_HELP = Text(
    "Une ligne « --Titre-- » regroupe les options qui la suivent sous ce titre.",
    "A line “--Title--” groups the options after it under that title.",
)
EMPTY = Text("Ajoutez au moins une option à cette liste.", "Add at least one option to this list.")


def not_offered(options: OptionList) -> Text:
    """What is said of an answer that is none of the options."""
    if not len(options):
        return Text("Cette liste n’a pas encore d’options.", "This list has no options yet.")
    sentence = Text(
        "Choisissez une des options proposées, par exemple « {option} ».",
        "Choose one of the options, such as “{option}”.",
    )
    return sentence.format(option=options.choices[0].label)
