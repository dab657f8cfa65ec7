"""Questions that are filled with what a register says of an earlier answer: which may be, and what fills them.

What somebody wrote is never replaced: a question is filled when it is blank, and emptied again only while it still says
what filled it.
"""

from collections.abc import Iterator, Mapping

from dsbuilder.domain.answering import Asked, join_path, walk
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.lookups import Registered
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.scopes import Placed, scope_of
from dsbuilder.domain.texts import Text

_GONE = Text(
    "Une question que cette réponse préremplit n’est plus là. Choisissez-en une autre, ou aucune.",
    "A question that this answer fills is no longer there. Choose another, or none.",
)
_NOT_FILLED = Text(
    "La question «\u00a0{label}\u00a0» ne peut pas être préremplie par celle-ci\u00a0: "
    "il faut une question simple, placée plus loin.",
    "The question “{label}” cannot be filled by this one: it takes a plain question placed further on.",
)


# -- in a form -----------------------------------------------------------------------------------------------------
def fillable(revision: Revision, id: FieldId) -> list[Field]:
    """The questions that the answer to this one may fill, in the form's order."""
    scope = scope_of(revision)
    source = scope.get(id)
    if source is None or source.field in revision.annotations:
        return []
    asked = {field.id for field in revision.walk()}
    return [one.field for one in scope.values() if one.id in asked and _may_fill(source, one)]


def faults(revision: Revision) -> dict[FieldId, list[Text]]:
    """What is wrong with what fields fill, by field."""
    found: dict[FieldId, list[Text]] = {}
    labels = {field.id: to_text(field.label) for field in revision.walk_all()}
    for field in revision.walk():
        wanted = field.type.fills(field.options)
        if wanted:
            accepted = {one.id for one in fillable(revision, field.id)}
            found[field.id] = [_fault(labels.get(id)) for id in wanted if id not in accepted]
    return {id: wrong for id, wrong in found.items() if wrong}


def _fault(label: str | None) -> Text:
    return _GONE if label is None else _NOT_FILLED.format(label=label)


def _may_fill(source: Placed, target: Placed) -> bool:
    same_place = (source.block and source.block.id) == (target.block and target.block.id)
    type_ = target.field.type
    simple = bool(type_.prefill_example) and not type_.prefilled_by_list and type_.control is not Control.ROWS
    return (
        same_place
        and target.position > source.position
        and simple
        and not type_.attributes(target.field.options).looked_up
    )


# -- in a dossier --------------------------------------------------------------------------------------------------
def filled(form: Revision, asked: Asked, answers: Answers) -> dict[str, Answer]:
    """The answers that what a register says of the one at `asked` gives to questions that are blank, by path."""
    return {
        path: Answer(value=value)
        for path, target, value in _said(form, asked, answers)
        if path not in answers or _is_blank(target, answers[path])
    }


def still_filled(form: Revision, asked: Asked, answers: Answers) -> tuple[str, ...]:
    """The paths of the answers that are still what the register said; what somebody wrote is theirs, though it be the same."""
    said = ((answers.get(path), path, value) for path, _, value in _said(form, asked, answers))
    return tuple(path for known, path, value in said if known and known.by is None and known.value == value)


def filled_since(form: Revision, answers: Answers) -> dict[str, str]:
    """The answers that are what a register said, by path, and since when it says so."""
    found: dict[str, str] = {}
    for asked in walk(form, answers):
        answer = answers.get(asked.path)
        if answer is not None and isinstance(answer.value, Registered) and asked.field.type.fills(asked.field.options):
            found |= dict.fromkeys(still_filled(form, asked, answers), answer.value.since)
    return found


def _said(form: Revision, asked: Asked, answers: Answers) -> Iterator[tuple[str, Field, object]]:
    answer = answers.get(asked.path)
    wanted = asked.field.type.fills(asked.field.options)
    if not wanted or answer is None or not isinstance(answer.value, Registered):
        return
    fields: Mapping[FieldId, Field] = {field.id: field for field in fillable(form, asked.field.id)}
    for id, name in wanted.items():
        target = fields.get(id)
        value = None if target is None else _read(target, answer.value.fact(name))
        if target is not None and value is not None:
            yield join_path(id, asked.row), target, value


def _read(target: Field, text: str) -> object:
    """What the text says as an answer to that question, None when it says nothing that it takes."""
    if not text:
        return None
    try:
        return target.type.prefill(text, target.options)
    except Invalid:
        return None


def _is_blank(target: Field, answer: Answer) -> bool:
    return answer.raw is None and target.type.is_blank(answer.value)
