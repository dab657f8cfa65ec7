"""A form being made as the editor draws it: sections, cards, and the settings of the selected one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from dsbuilder.domain.condition_words import Fields, sentence
from dsbuilder.domain.duration import minutes_with_conditions
from dsbuilder.domain.fields.base import all_options_to_json
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.fields.options import is_shown
from dsbuilder.domain.fields.table import Table, TableRow
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.publication import of_field
from dsbuilder.domain.questionnaire import Question, SectionNumbers, level_of
from dsbuilder.domain.texts import Language, Text, plural
from dsbuilder.state.administrator.api_view import NO_API, ApiView

MAX_EDITED_LIST = 60_000  # characters; a longer list of choices is not sent to be edited

_QUESTIONS = (Text("{count} question", "{count} question"), Text("{count} questions", "{count} questions"))
_CHOICES = (Text("{count} réponse", "{count} answer"), Text("{count} réponses", "{count} answers"))
_PROBLEMS = (Text("{count} problème", "{count} problem"), Text("{count} problèmes", "{count} problems"))
_MINUTES = (
    Text("environ {count} minute", "about {count} minute"),
    Text("environ {count} minutes", "about {count} minutes"),
)
_FILES = (
    Text("{count} pièce à joindre", "{count} attachment"),
    Text("{count} pièces à joindre", "{count} attachments"),
)
_UNTITLED = Text("Section sans titre", "Untitled section")
ROWS_SHOWN = 3  # of a table
_ROWS = (Text("{count} ligne", "{count} row"), Text("{count} lignes", "{count} rows"))
_TABLE = Text("{rows}, avec les colonnes {columns}.", "{rows}, with the columns {columns}.")
_COLUMN = Text("«\u00a0{header}\u00a0»", "“{header}”")
_LONG_LIST = Text(
    "Cette liste compte {count} réponses : elle est trop longue pour être modifiée ici. Importez-la à nouveau.",
    "This list has {count} answers: it is too long to be edited here. Import it again.",
)


Unready = Mapping[FieldId, Sequence[Text]]  # what forbids publishing beside what each field says of itself
READY: Unready = {}


@dataclass(frozen=True, slots=True)
class Card:
    """One field on the canvas."""

    id: str
    parent: str
    icon: str
    kind: str
    label: str
    facts: str
    condition: str
    problem: str
    required: bool
    asks: bool
    holds: bool
    nests: bool
    is_title: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a card stands among the top fields, and the cards inside it."""

    id: str
    holds: bool
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of the form; `id` is its title's, empty for what stands before the first title."""

    key: str
    id: str
    number: str
    title: str
    level: int
    count: str
    problems: str
    end: str  # the title that comes next, before which a card at the end of this section stands
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """The selected field; the name of each setting carries `version`, so that it is drawn anew when others set it."""

    id: str = ""
    label: str = ""
    description: str = ""
    kind: str = ""
    kind_label: str = ""
    icon: str = ""
    help: str = ""
    required: bool = False
    asks: bool = False
    may_change_kind: bool = True
    problems: tuple[str, ...] = ()
    settings: tuple[Question, ...] = ()
    api: ApiView = NO_API


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One thing that forbids publishing, and the card that it concerns."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """One card that a search found."""

    id: str
    label: str
    icon: str
    where: str


# -- the structure ------------------------------------------------------------------------------------------------
def sections(revision: Revision, language: Language, unready: Unready = READY) -> tuple[SectionView, ...]:
    """The parts of the form, each with the places of its cards."""
    numbers = SectionNumbers()
    starts = [n for n, top in enumerate(revision.fields) if _is_title(top)]
    bounds = [0, *starts] if not starts or starts[0] > 0 else starts
    ends = [*bounds[1:], len(revision.fields)]
    return tuple(
        replace(
            _section(revision, start, end, numbers, language),
            problems=_count_of_problems(revision.fields[start:end], language, unready),
        )
        for start, end in zip(bounds, ends, strict=True)
    )


def _count_of_problems(tops: Sequence[Field], language: Language, unready: Unready) -> str:
    wrong = sum(bool(of_field(field) or field.id in unready) for top in tops for field in (top, *top.children))
    return plural(wrong, *_PROBLEMS)[language] if wrong else ""


def _section(revision: Revision, start: int, end: int, numbers: SectionNumbers, language: Language) -> SectionView:
    title = revision.fields[start] if start < end and _is_title(revision.fields[start]) else None
    inside = revision.fields[start + 1 : end] if title else revision.fields[start:end]
    return SectionView(
        key=f"s{title.id}" if title else "s0",
        id=str(title.id) if title else "",
        number=numbers.next(title) if title else "",
        title=(to_text(title.label) or _UNTITLED[language]) if title else "",
        level=level_of(title) if title else 1,
        count=plural(Revision(inside).questions, *_QUESTIONS)[language],
        problems="",
        end=str(revision.fields[end].id) if end < len(revision.fields) else "",
        slots=tuple(_slot(top) for top in inside),
    )


def _slot(top: Field) -> Slot:
    return Slot(str(top.id), top.type.control is Control.ROWS, tuple(str(child.id) for child in top.children))


def _is_title(field: Field) -> bool:
    return field.type.control is Control.HEADING


# -- cards --------------------------------------------------------------------------------------------------------
def cards(revision: Revision, keys: Iterable[str], language: Language, unready: Unready = READY) -> dict[str, Card]:
    """The cards of these sections, by id; the titles of sections are cards too."""
    wanted, key, made, fields = set(keys), "s0", {}, fields_of(revision)
    for top in revision.fields:
        if _is_title(top):
            key = f"s{top.id}"
        if key in wanted or _is_title(top):
            made[str(top.id)] = card(top, "", language, fields, unready)
        if key in wanted:
            made.update((str(child.id), card(child, str(top.id), language, fields, unready)) for child in top.children)
    return made


def fields_of(revision: Revision) -> Fields:
    """What conditions speak of, by id; nothing when the form has none."""
    return {field.id: field for field in revision.walk()} if revision.is_conditional else {}


def card(field: Field, parent: str, language: Language, fields: Fields, unready: Unready = READY) -> Card:
    """One card; `fields` are those that its condition may speak of."""
    problems = (*of_field(field), *unready.get(field.id, ()))
    return Card(
        id=str(field.id),
        parent=parent,
        icon=field.type.icon,
        kind=field.type.named(field)[language],
        label=field.label,
        facts=_facts(field, language),
        condition=sentence(field.condition, fields)[language] if field.condition is not None else "",
        problem=problems[0][language] if problems else "",
        required=field.required,
        asks=field.type.asks,
        holds=field.type.control is Control.ROWS,
        nests=field.type.may_stand_in_rows,
        is_title=_is_title(field),
    )


def _facts(field: Field, language: Language) -> str:
    if field.children:
        return plural(Revision(field.children).questions, *_QUESTIONS)[language]
    lists = [
        one for one in fields(field.options) if isinstance(value := getattr(field.options, one.name), tuple) and value
    ]
    if lists and field.type.choices(field.options, language):
        heads = lists[-1].metadata["control"] is Control.TABLE  # a table comes instead of a list, its headers first
        return plural(len(getattr(field.options, lists[-1].name)) - heads, *_CHOICES)[language]
    return ""


# -- the selected one ---------------------------------------------------------------------------------------------
def inspected(
    field: Field, version: int, language: Language, api: ApiView = NO_API, unready: Unready = READY
) -> Inspected:
    """What the inspector shows of one field."""
    return Inspected(
        id=str(field.id),
        label=field.label,
        description=field.description,
        kind=field.kind,
        kind_label=field.type.named(field)[language],
        icon=field.type.icon,
        help=field.type.help[language],
        required=field.required,
        asks=field.type.asks,
        may_change_kind=not field.children,
        problems=tuple(problem[language] for problem in (*of_field(field), *unready.get(field.id, ()))),
        settings=tuple(_settings(field, version, language)),
        api=api,
    )


def _settings(field: Field, version: int, language: Language) -> Iterator[Question]:
    """The options of a field as questions, drawn by the controls of the form itself."""
    json = all_options_to_json(field.options)
    for one in fields(field.options):
        if one.metadata["control"] is not None and is_shown(one.name, field.options):
            path = f"{version}.{field.id}.{one.name}"
            yield _setting(path, one.metadata, json[one.name], language)


def _setting(path: str, told: Any, value: Any, language: Language) -> Question:
    control, help = told["control"], told["help"]
    if control is Control.TABLE:
        return _table(path, told, value, language)
    typed = "\n".join(value) if isinstance(value, list) and control is not Control.MULTIPLE else _typed(value)
    if len(typed) > MAX_EDITED_LIST:
        note = _LONG_LIST.format(count=len(value))[language]
        return Question(path, Control.NOTE, told["label"][language], hint=note)
    least, greatest = told["between"] or ("", "")
    return Question(
        path=path,
        control=control,
        label=told["label"][language],
        hint=help[language] if help else "",
        required=True,  # so that no "(optional)" is said after each
        value=typed,
        chosen=tuple(map(str, value)) if isinstance(value, list) else (typed,),
        choices=tuple(Choice(_typed(choice), text[language]) for choice, text in told["choices"]),
        input_type="date" if control is Control.DATE else "text",
        inputmode="numeric" if control is Control.NUMBER else "",
        minimum=str(least),
        maximum=str(greatest),
    )


def _table(path: str, told: Any, lines: list[str], language: Language) -> Question:
    """How many rows a table holds, and the first of them."""
    table = Table(lines)
    columns = (_COLUMN.format(header=header)[language] for header in table.headers)
    size = _TABLE.format(rows=plural(len(table.rows), *_ROWS), columns=", ".join(columns))
    first = list(table.rows.values())[:ROWS_SHOWN]
    return Question(
        path,
        Control.TABLE,
        told["label"][language],
        hint=told["help"][language],
        required=True,
        value=size[language] if lines else "",
        choices=tuple(Choice(row.label, _beside(table, row)) for row in first),
    )


def _beside(table: Table, row: TableRow) -> str:
    return ", ".join(cell for header in table.headers[1:] if (cell := row.cell(header)))


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


# -- about the whole ----------------------------------------------------------------------------------------------
def problems(revision: Revision, language: Language, unready: Unready = READY) -> tuple[ProblemView, ...]:
    """What forbids publishing in the form, in its order."""
    return tuple(
        ProblemView(str(field.id), to_text(field.label) or field.type.label[language], text[language])
        for field in revision.walk()
        for text in (*of_field(field), *unready.get(field.id, ()))
    )


def measure(revision: Revision, language: Language) -> str:
    """How long the form is, in words."""
    everything = list(revision.walk())
    asked = revision.questions
    files = sum(field.type.control is Control.FILES for field in everything)
    minutes = [plural(minutes_with_conditions(revision), *_MINUTES)] if asked else []
    parts = [plural(asked, *_QUESTIONS), *minutes, *([plural(files, *_FILES)] if files else [])]
    return ", ".join(part[language] for part in parts)


def search(revision: Revision, words: str, language: Language, limit: int = 30) -> tuple[Found, ...]:
    """The cards whose label or kind holds the words, in the form's order."""
    wanted, title, found = words.casefold().split(), "", []
    for top in revision.fields:
        title = to_text(top.label) if _is_title(top) else title
        for field in (top, *top.children):
            label, kind = to_text(field.label), field.type.named(field)[language]
            if all(word in f"{label} {kind}".casefold() for word in wanted):
                found.append(
                    Found(
                        str(field.id), label or kind, field.type.icon, "" if field is top and _is_title(top) else title
                    )
                )
    return tuple(found[:limit])


def section_of(revision: Revision, id: int) -> str:
    """The key of the section in which a field stands."""
    key = "s0"
    for top in revision.fields:
        key = f"s{top.id}" if _is_title(top) else key
        if id == top.id or any(id == child.id for child in top.children):
            return key
    return key
