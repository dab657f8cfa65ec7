"""About how long a form takes to fill, reckoned as the reference does."""

from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, Revision

WORDS_A_SECOND = 140 / 60
ROWS_OF_A_BLOCK = 2.5  # filled in on average


def minutes_to_fill(form: Revision) -> int:
    """About how many minutes somebody needs who has everything at hand; never less than one."""
    return max(1, _rounded(sum(map(seconds_of, form.fields)) / 60))


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
