"""What the page of a form shows, beside the questions themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dsbuilder.domain.questionnaire import Extra, GroupKind, Question, QuestionGroup, Section


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """One line of the summary."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class AsideView:
    """An answer to a question that is asked no more."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A question with an answer that came from elsewhere, and since when."""

    question: Question
    since: str


def as_searched(extra: Extra, known: Extra | None) -> Extra:
    """The same, with what the search box offers just now."""
    return replace(extra, found=known.found, found_for=known.found_for) if known else extra


def rows_in(whole: Sequence[Section]) -> dict[str, list[QuestionGroup]]:
    """The rows of each block, by the path of the block."""
    groups = [group for section in whole for group in section.groups]
    rows: dict[str, list[QuestionGroup]] = {group.block: [] for group in groups if group.kind is GroupKind.ADD}
    for group in groups:
        if group.kind is GroupKind.ROW:
            rows[group.block].append(group)
    return rows


def without_rows(section: Section) -> Section:
    """The same, its rows shown apart so that one more sends no section."""
    return replace(section, groups=tuple(group for group in section.groups if group.kind is not GroupKind.ROW))
