"""The answers of a dossier as people read them: to check, to instruct, to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from dsbuilder.domain.answering import Asked, shown
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.lookups import Fact
from dsbuilder.domain.geometry import Shape
from dsbuilder.domain.map_drawing import ShapeRow, left_out, picture, rows
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, Revision
from dsbuilder.domain.questionnaire import FileView, SectionNumbers, files_of
from dsbuilder.domain.texts import Language


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One question and its answer as people read them."""

    path: str
    label: str
    text: str
    files: tuple[FileView, ...] = ()
    lookup: str = ""  # how far the look-up in an outside register is
    said: str = ""
    facts: tuple[Fact, ...] = ()
    row_legend: str = ""  # set on the first answer of a row
    link: str = ""  # where the reader may go from here
    picture: str = ""  # of what was drawn on a map, as SVG
    shapes: tuple[ShapeRow, ...] = ()  # the same as a table
    more_shapes: str = ""
    address: str = ""  # of the drawing as a file


@dataclass(frozen=True, slots=True)
class ReadSection:
    """The answers of one section."""

    key: str
    title: str
    number: str
    answers: tuple[ReadAnswer, ...]


def read(
    revision: Revision,
    answers: Answers,
    language: Language,
    day: date,
    links: Mapping[str, str] = MappingProxyType({}),
    *,
    to_agent: bool = False,
    dossier: int = 0,
) -> tuple[ReadSection, ...]:
    """The answers that showed on that day, by section; titles and explanations ask nothing and are left out.

    `links` are the addresses of what answers name, by path, as far as the reader may go there; `dossier` is the number of the
    one whose drawings they may save as files.
    """
    numbers, made = SectionNumbers(), []
    title: Field | None = None
    part: list[ReadAnswer] = []
    for asked in shown(revision, answers, day):
        if asked.field.type.control is Control.HEADING and asked.block is None:
            made.append(_read_section(title, numbers, part))
            title, part = asked.field, []
        elif asked.field.type.asks and asked.field.type.control is not Control.ROWS:
            link = links.get(asked.path, "")
            part.append(_read_answer(asked, answers, language, link, to_agent=to_agent, dossier=dossier))
    made.append(_read_section(title, numbers, part))
    return tuple(section for section in made if section.answers)


def _read_section(title: Field | None, numbers: SectionNumbers, part: list[ReadAnswer]) -> ReadSection:
    if title is None:
        return ReadSection("s0", "", "", tuple(part))
    return ReadSection(f"s{title.id}", title.label, numbers.next(title), tuple(part))


def _read_answer(
    asked: Asked, answers: Answers, language: Language, link: str, *, to_agent: bool, dossier: int
) -> ReadAnswer:
    field, answer = asked.field, answers.get(asked.path)
    value = answer.value if answer else None
    told = field.type.told(value, field.options, language, to_agent=to_agent)
    first_in_row = asked.block is not None and asked.field.id == asked.block.children[0].id
    made = ReadAnswer(
        path=asked.path,
        label=to_text(field.label),
        text=field.type.display(value, field.options, language),
        files=files_of(value, language) if field.type.control is Control.FILES else (),
        lookup=told.state if told else "",
        said=told.sentence if told else "",
        facts=told.facts if told else (),
        row_legend=f"{to_text(asked.block.label)} {asked.position}" if asked.block and first_in_row else "",
        link=link,
    )
    return _with_drawing(made, value, language, dossier) if field.type.control is Control.MAP else made


def _with_drawing(made: ReadAnswer, shapes: Sequence[Shape] | None, language: Language, dossier: int) -> ReadAnswer:
    if not shapes:
        return made
    return replace(
        made,
        picture=picture(shapes, language),
        shapes=rows(shapes, language),
        more_shapes=left_out(shapes, language),
        address=f"/cartes/{dossier}/{made.path}/fichier.geojson" if dossier else "",
    )
