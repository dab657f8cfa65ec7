"""How far each section of a form is; asked after every answer, so what does not change is worked out once per form."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from dsbuilder.domain.answering import rows_of, split_path
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.per_form import per_form
from dsbuilder.domain.procedure import Field, FieldId, Revision


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one section is."""

    key: str
    answered: int
    asked: int

    @property
    def done(self) -> bool:
        """Whether every question of the section has an answer that counts."""
        return self.asked > 0 and self.answered == self.asked


def progress(revision: Revision, answers: Answers, hidden: Set[str]) -> tuple[Progress, ...]:
    """How far each section is; what is `hidden` (paths) does not count. An optional question counts once answered."""
    return tuple(_progress(section, answers, hidden) for section in _counted(revision))


def sections_of(revision: Revision, paths: Iterable[str]) -> frozenset[str]:
    """The keys of the sections in which these places stand."""
    keys = _section_keys(revision)
    return frozenset(keys[id] for id in (split_path(path)[0] for path in paths) if id in keys)


def key_of(title: Field | None) -> str:
    """What names a section in addresses and progress."""
    return f"s{title.id}" if title else "s0"


# -- what is counted -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Counted:
    """A question that counts: whether an answer to it is one, and whether it is asked for."""

    path: str  # in a block, what precedes the row
    is_complete: Callable[[Any, Any], bool]
    options: Any
    required: bool


@dataclass(slots=True)
class CountedSection:
    """What counts under one title: single questions, and those of each block once per row."""

    key: str
    single: list[Counted] = field(default_factory=list)
    blocks: dict[FieldId, list[Counted]] = field(default_factory=dict)


def _progress(section: CountedSection, answers: Answers, hidden: Set[str]) -> Progress:
    answered = asked = 0
    for counted, path in _places(section, answers):
        if path in hidden:
            continue
        answer = answers.get(path)
        if counted.is_complete(None if answer is None else answer.value, counted.options):
            answered += 1
            asked += 1
        elif counted.required:
            asked += 1
    return Progress(section.key, answered, asked)


def _places(section: CountedSection, answers: Answers) -> Iterator[tuple[Counted, str]]:
    for counted in section.single:
        yield counted, counted.path
    for block, children in section.blocks.items():
        for row in rows_of(answers, block):
            for counted in children:
                yield counted, f"{counted.path}:{row}"


@per_form
def _counted(revision: Revision) -> tuple[CountedSection, ...]:
    return tuple(
        CountedSection(
            key_of(title),
            [_count(top) for top in tops if _counts(top)],
            {top.id: [_count(child) for child in top.children if _counts(child)] for top in tops if top.children},
        )
        for title, tops in _titled(revision)
    )


@per_form
def _section_keys(revision: Revision) -> Mapping[FieldId, str]:
    return {
        field.id: key_of(title) for title, tops in _titled(revision) for top in tops for field in (top, *top.children)
    }


def _titled(revision: Revision) -> Iterator[tuple[Field | None, list[Field]]]:
    """What stands under each title, blocks whole; the first may have none."""
    title: Field | None = None
    tops: list[Field] = []
    for top in revision.fields:
        if top.type.control is not Control.HEADING:
            tops.append(top)
            continue
        if tops or title is not None:
            yield title, tops
        title, tops = top, []
    if tops or title is not None:
        yield title, tops


def _counts(asked: Field) -> bool:
    return asked.type.asks and asked.type.control is not Control.ROWS


def _count(asked: Field) -> Counted:
    return Counted(str(asked.id), asked.type.is_complete, asked.options, asked.required)
