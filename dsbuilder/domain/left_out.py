"""What a file told that a form of ours has no place for, or the reverse: listed, never dropped silently."""

from dataclasses import dataclass

from dsbuilder.domain.texts import Text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that was not carried over: where it stands, what it is, and why."""

    sheet: str
    row: int
    what: str
    why: Text
