"""Lists read page by page from where the last page ended, however far down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import Mapped
from sqlmodel import Session

from dsbuilder.storage.tables.column_types import Id, Instant

T = TypeVar("T")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list of newest first: after `(at, id)`, or before it when `backwards`."""

    at: datetime
    id: int
    backwards: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.backwards else ''}{self.at.isoformat()}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor that `text` from an address means; None when it means nothing."""
        instant, _, number = text.removeprefix("-").rpartition("_")
        try:
            at, id = datetime.fromisoformat(instant), int(number)
            at.astimezone(UTC)  # the first and last day of the calendar overflow
        except (ValueError, OverflowError):
            return None
        return cls(at, id, text.startswith("-")) if at.tzinfo and 0 <= id < 2**63 else None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; a cursor is None where there is nothing more."""

    items: tuple[T, ...]
    following: Cursor | None = None
    preceding: Cursor | None = None


def newest_first(
    db: Session,
    query: Select[Any],
    at: Mapped[Any],
    id: Mapped[Any],
    read: Callable[[Any], T],
    cursor: Cursor | None,
    size: int = PAGE,
) -> Page[T]:
    """The page of `query` at `cursor`. `query` selects `at` and `id` first; `read` makes an item of a row."""
    backwards = cursor is not None and cursor.backwards
    if cursor is not None:
        place = tuple_(literal(cursor.at, Instant()), literal(cursor.id, Id))
        query = query.where(tuple_(at, id) > place if backwards else tuple_(at, id) < place)
    order = (at.asc(), id.asc()) if backwards else (at.desc(), id.desc())
    found: Sequence[Any] = db.execute(query.order_by(*order).limit(size + 1)).all()
    more, rows = len(found) > size, list(found[:size])
    if backwards:
        rows.reverse()
    if not rows:
        return Page(())
    has_following = more if not backwards else True
    has_preceding = cursor is not None if not backwards else more
    return Page(
        tuple(read(row) for row in rows),
        Cursor(rows[-1][0], rows[-1][1]) if has_following else None,
        Cursor(rows[0][0], rows[0][1], backwards=True) if has_preceding else None,
    )
