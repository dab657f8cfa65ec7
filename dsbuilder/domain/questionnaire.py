"""Revision and answers to what a page asks: sections, rows, errors, and how far one is."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from html import escape
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from dsbuilder.domain.answering import Asked, chosen_at, join_path, parts_at, problem_at, walk
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.fields.attachment import FileState
from dsbuilder.domain.fields.base import FieldType
from dsbuilder.domain.fields.controls import Attributes, Choice, Control, PartInput
from dsbuilder.domain.fields.lookups import Fact
from dsbuilder.domain.fields.options import default_options
from dsbuilder.domain.markup import to_html, to_text
from dsbuilder.domain.procedure import Field, Revision, level_of
from dsbuilder.domain.progress import key_of
from dsbuilder.domain.texts import Language, Text, file_size


class GroupKind(StrEnum):
    """How a group of questions is drawn."""

    PLAIN = "plain"
    ROW = "row"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class FileView:
    """One attached file as a page shows it."""

    token: str
    name: str
    size: int
    note: str
    address: str  # empty when it cannot be read
    state: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to answer, title or note, ready to be drawn; strings are in the reader's language."""

    path: str
    control: Control
    label: str
    hint: str = ""  # safe HTML
    required: bool = False
    value: str = ""
    chosen: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    parts: tuple[PartInput, ...] = ()
    more_label: str = ""
    has_other: bool = False
    error: str = ""
    input_type: str = "text"
    autocomplete: str = ""
    inputmode: str = ""
    minimum: str = ""
    maximum: str = ""
    step: str = ""
    accept: str = ""
    unit: str = ""
    width: str = ""
    many: bool = False
    looked_up: bool = False
    max_files: int = 0
    max_megabytes: int = 0
    shapes: str = ""
    layers: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """What of a question changes while it is answered: what is chosen, a second list, what was found, files."""

    value: str = ""
    chosen: tuple[str, ...] = ()
    more_choices: tuple[Choice, ...] = ()
    more_searched: bool = False
    found: tuple[Choice, ...] = ()
    found_for: str = ""
    files: tuple[FileView, ...] = ()
    lookup: str = ""  # how far the look-up in an outside register is
    said: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that stand together: between two titles, one row of a block, or the button that adds a row."""

    key: str
    kind: GroupKind
    questions: tuple[Question, ...] = ()
    legend: str = ""
    block: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the form; the first may have no title."""

    key: str
    path: str
    title: str
    level: int
    groups: tuple[QuestionGroup, ...]


Part = tuple[Field | None, list[Asked]]  # what stands under one title; the first may have none


def sections(revision: Revision, answers: Answers, language: Language) -> tuple[Section, ...]:
    """The whole form as the page draws it, with what conditions hide: the page keeps what is typed there."""
    return tuple(_section(title, part, answers, language) for title, part in parts(walk(revision, answers)))


def section_numbers(revision: Revision, hidden: Set[str]) -> dict[str, str]:
    """The numbers of the sections that show, by key; `hidden` are the paths of what does not."""
    numbers = SectionNumbers()
    titles = (top for top in revision.fields if top.type.control is Control.HEADING)
    return {key_of(title): numbers.next(title) for title in titles if join_path(title.id) not in hidden}


def parts(everything: Iterable[Asked]) -> Iterator[Part]:
    """What stands under each title, in order; a title within a block opens nothing."""
    title: Field | None = None
    part: list[Asked] = []
    for asked in everything:
        if asked.field.type.control is Control.HEADING and asked.block is None:
            if part or title is not None:
                yield title, part
            title, part = asked.field, []
        else:
            part.append(asked)
    if part or title is not None:
        yield title, part


class SectionNumbers:
    """Numbers titles 1, 1.1, 2...; a title that brings its own number keeps it."""

    def __init__(self) -> None:
        self.counts = [0, 0, 0]

    def next(self, title: Field) -> str:
        level = level_of(title)
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (3 - level)
        if title.label[:1].isdigit():
            return ""
        return ".".join(str(n) for n in self.counts[:level] if n)


def _section(title: Field | None, part: list[Asked], answers: Answers, language: Language) -> Section:
    return Section(
        key=key_of(title),
        path=join_path(title.id) if title else "",
        title=to_text(title.label) if title else "",
        level=level_of(title) if title else 1,
        groups=tuple(_groups(title, part, answers, language)),
    )


def _groups(title: Field | None, part: list[Asked], answers: Answers, language: Language) -> Iterator[QuestionGroup]:
    plain: list[Question] = [_note_under(title)] if title and title.description.strip() else []
    open_block: Field | None = None
    row: list[Asked] = []
    for asked in part:
        if row and (asked.row != row[0].row or asked.block is None):
            yield _row_group(row, answers, language)
            row = []
        if open_block and asked.block is None:
            yield _add_group(open_block)
            open_block = None
        if asked.block is not None:
            row.append(asked)
            continue
        plain.append(question(asked, answers, language))
        if asked.field.type.control is Control.ROWS:
            yield QuestionGroup(f"p{plain[0].path}", GroupKind.PLAIN, tuple(plain))
            plain, open_block = [], asked.field
    if row:
        yield _row_group(row, answers, language)
    if open_block:
        yield _add_group(open_block)
    if plain:
        yield QuestionGroup(f"p{plain[0].path}", GroupKind.PLAIN, tuple(plain))


def _note_under(title: Field) -> Question:
    return Question(path=join_path(title.id), control=Control.NOTE, label="", hint=to_html(title.description))


def _row_group(row: list[Asked], answers: Answers, language: Language) -> QuestionGroup:
    first = row[0]
    block = first.block
    assert block is not None
    return QuestionGroup(
        key=f"r{block.id}:{first.row}",
        kind=GroupKind.ROW,
        questions=tuple(question(asked, answers, language) for asked in row),
        legend=f"{to_text(block.label)} {first.position}",
        block=join_path(block.id),
        row=first.row,
    )


def _add_group(block: Field) -> QuestionGroup:
    return QuestionGroup(f"a{block.id}", GroupKind.ADD, legend=to_text(block.label), block=join_path(block.id))


def question(asked: Asked, answers: Answers, language: Language) -> Question:
    """One question as the page draws it, with the answer given so far."""
    field, answer = asked.field, answers.get(asked.path)
    type_ = field.type
    control, expected, choices, inputs, more_label, has_other, told = _drawn(type_, field.options, language)
    value, chosen, error = "", _NOTHING, ""
    if answer is not None:
        typed, wrong = answer.raw, problem_at(asked, answers, complete=False)
        value = (
            typed if isinstance(typed, str) else "" if typed is not None else type_.as_typed_in(answer.value, language)
        )
        chosen = tuple(typed) if isinstance(typed, list) else type_.chosen(answer.value)
        error = wrong[language] if wrong else ""
    return _made(
        asked.path,
        control,
        to_text(field.label),
        to_html(field.description) + expected + _former(answer, language),
        field.required and type_.asks,
        value,
        chosen,
        choices,
        _filled(inputs, asked, answers) if inputs else _NOTHING,
        more_label,
        has_other,
        error,
        *told,
    )


_NOTHING: tuple[Any, ...] = ()
Drawn = tuple[Control, str, tuple[Choice, ...], tuple[PartInput, ...], str, bool, tuple[Any, ...]]


def _drawn(type_: FieldType, options: Any, language: Language) -> Drawn:
    """What of a question does not depend on its answer; made once for all fields with which nobody set anything."""
    if options is default_options(type_.Options):
        return _drawn_by_default(type_, language)
    control = type_.controls(options)
    return (
        control,
        _expected(type_.expects(options), language),
        () if control is Control.SEARCH else type_.choices(options, language),
        type_.parts(options, language),
        type_.more_label(options),
        type_.has_other(options),
        _told(type_.attributes(options)),
    )


@cache
def _drawn_by_default(type_: FieldType, language: Language) -> Drawn:
    return _drawn(type_, type_.Options(), language)


def _filled(inputs: tuple[PartInput, ...], asked: Asked, answers: Answers) -> tuple[PartInput, ...]:
    given = (*parts_at(asked, answers), *[""] * len(inputs))
    return tuple(replace(one, value=value) for one, value in zip(inputs, given, strict=False))


_PUT = tuple(getattr(Question, field.name).__set__ for field in fields(Question))
_told = attrgetter(*(field.name for field in fields(Attributes)))


def _made(*values: object) -> Question:
    """A question of all its values in order: a form has hundreds, and a frozen one makes itself four times as slowly."""
    made = object.__new__(Question)
    for put, value in zip(_PUT, values, strict=True):
        put(made, value)
    return made


def _expected(text: Text | None, language: Language) -> str:
    """What a type says of the form of an answer, as safe HTML."""
    return "" if text is None else f"<p>{escape(text[language]).replace(chr(10), '<br>')}</p>"


_FORMER = Text("Votre réponse avant le changement du formulaire : ", "Your answer before the form changed: ")


def _former(answer: Answer | None, language: Language) -> str:
    """What stood there before the form changed, as safe HTML."""
    if answer is None or not answer.former:
        return ""
    return f"<p>{_FORMER[language]}<strong>{escape(answer.former)}</strong></p>"


_CHANGING = frozenset({Control.LINKED_LISTS, Control.SEARCH, Control.FILES})


def extra(asked: Asked, answers: Answers, language: Language) -> Extra | None:
    """What of one question changes while it is answered; None for those of which nothing does."""
    type_, options, answer = asked.field.type, asked.field.options, answers.get(asked.path)
    control = type_.controls(options)
    value = answer.value if answer else None
    told = type_.told(value, options, language)
    if control not in _CHANGING and told is None and not type_.has_other(options):
        return None
    typed = answer.raw if answer and isinstance(answer.raw, str) else type_.as_typed_in(value, language)
    return Extra(
        value=typed,
        chosen=chosen_at(asked, answers),
        more_choices=type_.more_choices(options, value),
        more_searched=type_.more_searched(options, value),
        files=files_of(value, language) if control is Control.FILES else (),
        lookup=told.state if told else "",
        said=told.sentence if told else "",
        facts=told.facts if told else (),
    )


def extras(revision: Revision, answers: Answers, language: Language) -> dict[str, Extra]:
    """The same for every question of a form, by path."""
    found = ((asked.path, extra(asked, answers, language)) for asked in walk(revision, answers))
    return {path: one for path, one in found if one is not None}


def files_of(value: object, language: Language) -> tuple[FileView, ...]:
    """The attached files that an answer holds."""
    found = value if isinstance(value, list | tuple) else ()
    return tuple(_file_view(file, language) for file in found)


def _file_view(file: Mapping[str, Any], language: Language) -> FileView:
    token, name, state = str(file["token"]), str(file["name"]), str(file.get("state") or "")
    said = _FILE_STATES.get(state)
    return FileView(
        token=token,
        name=name,
        size=int(file["size"]),
        note=said[language] if said else file_size(int(file["size"]), language),
        address="" if said else f"/fichiers/{token}/{quote(name, safe='')}",
        state=state,
    )


_FILE_STATES: Mapping[str, Text] = {
    FileState.MARKING: Text(
        "reçu, un filigrane y est apposé avant qu’on puisse le lire",
        "received, a watermark is put on it before it can be read",
    ),
    FileState.PURGED: Text("supprimé après la décision", "removed after the decision"),
}
