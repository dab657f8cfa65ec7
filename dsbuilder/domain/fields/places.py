"""What the kinds of places share: columns, answers given as two codes, and places that stand for all others."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import Column, ColumnType
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.samples import flat
from dsbuilder.domain.geography import departments, region_of
from dsbuilder.domain.texts import Text


def without_article(name: str) -> str:
    """Réunion, of La Réunion."""
    return name.removeprefix("La ").removeprefix("Le ").removeprefix("Les ")


def code_column(label: str, read: Callable[[Any], str | None], said: str = "Code") -> Column:
    """The official code beside the name."""
    return Column("code", f"{label} ({said})", ColumnType.TEXT, read)


def department_column(label: str, read: Callable[[Any], str | None]) -> Column:
    """The département of a place, by its code and its name; `read` gives the code."""

    def said(value: Any) -> str | None:
        code = read(value)
        known = None if code is None else departments().get(code)
        return code if known is None else known.label

    return Column("department", f"{label} (Département)", ColumnType.CHOICE, said)


def two_codes(raw: Raw, refusal: Text) -> tuple[str, str] | None:
    """The two codes that a link gives as a JSON list, or as a list; None for any other text. Raises Invalid."""
    given: Any = raw
    if isinstance(raw, str):
        if not raw.lstrip().startswith("["):
            return None
        try:
            given = json.loads(clean(raw))
        except (ValueError, RecursionError):
            given = None
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given) or len(given) not in (0, 2):
        raise Invalid(refusal)
    first, second = (clean(one) for one in given or ("", ""))
    return first, second.upper()


def telling_departments(operands: Sequence[Any], possible: Iterable[str]) -> list[str]:
    """Those of `possible` that stand for all others when operands name départements and régions by their codes.

    One for each département named, one elsewhere in each région named, and one outside all of them, which comes first.
    """
    named = frozenset(flat(operands))
    found: dict[tuple[str, str], str] = {}
    for code in possible:
        region = region_of(code)
        found.setdefault((code if code in named else "", region if region in named else ""), code)
    return [found[key] for key in sorted(found)]
