"""The tags that there are: of any dossier, of its requester, one for each question and each of its columns; what they say.

Never offered: what agents alone fill in, files, drawings on maps, and the kinds whose answers registers call private.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dsbuilder.domain.answering import Asked, shown
from dsbuilder.domain.dossier import Answer, Answers, Person
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.operands import NO, YES
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.tags import LINK, Moment, Tag
from dsbuilder.domain.texts import Language, Text, day, moment, number

OF_FIELD = "tdc"


@dataclass(frozen=True, slots=True)
class TaggedDossier:
    """What tags may say of one dossier; instants as the clocks of the territory show them."""

    number: int
    procedure: str
    service: str
    requester: Person
    deposited_at: datetime | None
    updated_at: datetime
    under_instruction_at: datetime | None
    processed_at: datetime | None
    reason: str
    link: str
    form: Revision
    answers: Answers
    day: date  # that its conditions go by


def _on(at: datetime | None) -> str:
    return "" if at is None else f"{at:%d/%m/%Y}"


OF_DOSSIER: tuple[tuple[Tag, Callable[[TaggedDossier], str]], ...] = (
    (Tag("dossier_number", Text("numéro du dossier", "dossier number")), lambda one: str(one.number)),
    (Tag("dossier_procedure_libelle", Text("libellé démarche", "title of the procedure")), lambda one: one.procedure),
    (Tag("dossier_service_name", Text("nom du service", "name of the service")), lambda one: one.service),
    (Tag("dossier_depose_at", Text("date de dépôt", "date of submission")), lambda one: _on(one.deposited_at)),
    (Tag("dossier_updated_at", Text("date de mise à jour", "date of last change")), lambda one: _on(one.updated_at)),
    (
        Tag(
            "dossier_en_instruction_at",
            Text("date de passage en instruction", "date when instruction started"),
            Moment.INSTRUCTION_STARTED,
        ),
        lambda one: _on(one.under_instruction_at),
    ),
    (
        Tag("dossier_processed_at", Text("date de décision", "date of decision"), Moment.DECIDED),
        lambda one: _on(one.processed_at),
    ),
    (Tag("dossier_motivation", Text("motivation", "reason"), Moment.DECIDED), lambda one: one.reason),
    (Tag(LINK, Text("lien dossier", "link to the dossier")), lambda one: one.link),
)
OF_REQUESTER: tuple[tuple[Tag, Callable[[TaggedDossier], str]], ...] = (
    (Tag("individual_gender", Text("civilité", "title")), lambda one: one.requester.civility),
    (Tag("individual_last_name", Text("nom", "last name")), lambda one: one.requester.last_name),
    (Tag("individual_first_name", Text("prénom", "first name")), lambda one: one.requester.first_name),
)


# -- what there is -------------------------------------------------------------------------------------------------
def own_tags() -> list[Tag]:
    """Those that every procedure has."""
    return [tag for tag, _ in (*OF_DOSSIER, *OF_REQUESTER)]


def field_tags(revision: Revision) -> Iterator[Tag]:
    """Those of the questions that applicants are asked, each column after its question; a block has one for all."""
    for top in revision.fields:
        if _is_block(top):
            if any(child.type.mailed(child) for child in top.children):
                yield Tag(f"{OF_FIELD}{top.id}", _label(top, top.label), code=str(top.id))
            continue
        for place, column in enumerate(top.type.mailed(top)):
            code = f"{top.id}.{place}" if place else str(top.id)
            label = _label(top, column.label if place else top.label)
            yield Tag(_id(top.id, column.name if place else ""), label, code=code)


def field_of(id: str) -> FieldId | None:
    """The field whose tag it is; None for those that every procedure has."""
    number = id.removeprefix(OF_FIELD).partition("/")[0]
    return FieldId(int(number)) if id.startswith(OF_FIELD) and number.isdigit() else None


def _id(field: FieldId, column: str) -> str:
    return f"{OF_FIELD}{field}/{column}" if column else f"{OF_FIELD}{field}"


def _label(field: Field, label: str) -> Text:
    return Text(label, label) if to_text(label) else field.type.named(field)


def _is_block(field: Field) -> bool:
    return field.type.control is Control.ROWS


# -- what they say -------------------------------------------------------------------------------------------------
def values_of(dossier: TaggedDossier, language: Language) -> Mapping[str, str]:
    """What stands for each tag in words; one without a value, and what a condition hides, is left out."""
    said = {tag.id: read(dossier) for tag, read in (*OF_DOSSIER, *OF_REQUESTER)}
    rows: dict[tuple[FieldId, str], list[str]] = {}
    for asked in shown(dossier.form, dossier.answers, dossier.day):
        answer = dossier.answers.get(asked.path, _NO_ANSWER)
        if asked.block is not None:
            rows.setdefault((asked.block.id, asked.row), []).extend(_line(asked, answer, language))
        else:
            said.update(_columns(asked.field, answer, language))
    for block in filter(_is_block, dossier.form.fields):
        told = ["\n".join(lines) for (id, _), lines in rows.items() if id == block.id and lines]
        if told:
            said[_id(block.id, "")] = "\n\n".join((to_text(block.label), *told)).strip()
    return {id: words for id, words in said.items() if words}


_NO_ANSWER = Answer()


def _columns(field: Field, answer: Answer, language: Language) -> Iterator[tuple[str, str]]:
    for place, column in enumerate(field.type.mailed(field)):
        if place:
            yield _id(field.id, column.name), _in_words(column.read(answer.value), language)
        else:
            yield _id(field.id, ""), _answered(field, answer, language)


def _line(asked: Asked, answer: Answer, language: Language) -> Iterator[str]:
    """child : value, in a row, where there is a value."""
    words = _answered(asked.field, answer, language) if asked.field.type.mailed(asked.field) else ""
    if words:
        yield f"{to_text(asked.field.label)}{_COLON[language]}{words}"


_COLON = Text("\u00a0: ", ": ")


def _answered(field: Field, answer: Answer, language: Language) -> str:
    return field.type.display(answer.value, field.options, language) or answer.former


def _in_words(value: Any, language: Language) -> str:
    match value:
        case None:
            return ""
        case bool():
            return (YES if value else NO)[language]
        case int() | Decimal():
            return number(value, language)
        case datetime():
            return moment(value, language)
        case date():
            return day(value, language)
        case tuple():
            return ", ".join(value)
        case _:
            return str(value)
