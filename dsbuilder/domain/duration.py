"""About how long a form takes to fill: reckoned as the reference does, and by what conditions let show."""

from collections.abc import Mapping
from datetime import date
from random import Random
from statistics import mean

from dsbuilder.domain.answering import join_path, rows_of
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.making_answers import several_made
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.per_form import per_form
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.showing import Shown, showing

WORDS_A_SECOND = 140 / 60
ROWS_OF_A_BLOCK = 2.5  # filled in on average
MOST_MADE = 8  # dossiers made of one form, to see what shows in them
FIELDS_MADE = 1_600  # of all of them together, or of two: a long form is estimated in about the time of a short one
SOME_DAY = date(2026, 1, 1)  # that the dossiers are made on, so that an estimate does not change by itself


def minutes_to_fill(form: Revision) -> int:
    """About how many minutes somebody needs who has everything at hand; never less than one."""
    return max(1, _rounded(sum(map(seconds_of, form.fields)) / 60))


@per_form
def minutes_with_conditions(form: Revision) -> int:
    """The same of what shows: the mean of a few dossiers made at random, always the same ones."""
    if not form.is_conditional:
        return minutes_to_fill(form)
    count = max(2, min(MOST_MADE, FIELDS_MADE // len(form.fields)))
    whole = {top.id: seconds_of(top) for top in form.fields if not top.children}
    reading = {field.id: _reading(field) for top in form.fields if top.children for field in (top, *top.children)}

    def seconds(answers: Answers) -> float:
        paths = showing(form, answers, SOME_DAY)
        tops = (top for top in form.fields if join_path(top.id) in paths)
        return sum(_of_rows(top, answers, paths, reading) if top.children else whole[top.id] for top in tops)

    made = several_made(form, Random(1), SOME_DAY, count)
    return max(1, _rounded(mean(map(seconds, made)) / 60))


def _of_rows(block: Field, answers: Answers, paths: Shown, reading: Mapping[FieldId, int]) -> float:
    """As `seconds_of` a block, each question counted for the part of the rows in which it shows."""
    rows, total = rows_of(answers, block.id), float(reading[block.id])
    for child in block.children:
        part = mean(join_path(child.id, row) in paths for row in rows)
        total += child.type.seconds * ROWS_OF_A_BLOCK * part + reading[child.id] * (part > 0)
    return total if block.required else total / 2


def seconds_of(field: Field) -> float:
    """The seconds to read and to fill one field and its rows; half of them where it is optional."""
    reading = _reading(field)
    if not field.type.asks:
        return reading
    both = reading + _filling(field)
    return both if field.required else both / 2


def _filling(field: Field) -> float:
    """A row's questions are read once and filled in each row, the optional ones too."""
    if field.type.may_stand_in_rows:
        return field.type.seconds
    each_row = sum(child.type.seconds for child in field.children)
    return each_row * ROWS_OF_A_BLOCK + sum(map(_reading, field.children))


def _reading(field: Field) -> int:
    return _rounded(len(to_text(field.description).split()) / WORDS_A_SECOND)


def _rounded(number: float) -> int:
    return int(number + 0.5)
