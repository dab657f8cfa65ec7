"""How long a form takes to fill."""

from math import ceil

from dsbuilder.domain.procedure import Field, Revision

_READING = 0.25  # seconds for one word of an explanation
_RARELY_FILLED = 0.5  # an optional question counts half


def minutes_to_fill(form: Revision) -> int:
    """About how many minutes somebody needs who has everything at hand; one row is counted for each block."""
    return max(1, ceil(sum(_seconds(field) for field in form.walk()) / 60))


def _seconds(field: Field) -> float:
    reading = len(field.description.split()) * _READING
    asking = field.type.seconds if field.required or not field.type.asks else field.type.seconds * _RARELY_FILLED
    return reading + asking
