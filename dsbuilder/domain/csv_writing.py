"""Tables as CSV that spreadsheets read: typed cells, in the manner of the reader's language, and none that runs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dsbuilder.domain.texts import Language

BOM = "\ufeff"  # without it, Excel takes UTF-8 for the code page of the machine
_SEPARATORS: dict[Language, str] = {"fr": ";", "en": ","}
_TRUTHS: dict[Language, tuple[str, str]] = {"fr": ("FAUX", "VRAI"), "en": ("FALSE", "TRUE")}
_MAY_RUN = frozenset("=+-@＝＋－＠")  # the wide ones run where Japanese is typed
_A_NUMBER = re.compile(r"[-+]?\d(?:[\d\s.,]*\d)?")
_NOT_KEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def written(rows: Iterable[Sequence[Any]], language: Language) -> str:
    """The lines of some rows."""
    lines = io.StringIO()
    table = csv.writer(lines, delimiter=_SEPARATORS[language], lineterminator="\r\n")
    table.writerows([cell(value, language) for value in row] for row in rows)
    return lines.getvalue()


def cell(value: Any, language: Language) -> str:
    """One value as a spreadsheet of that language reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _TRUTHS[language][value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal | float):
        plain = f"{value:f}" if isinstance(value, Decimal) else repr(value)
        return plain.replace(".", ",") if language == "fr" else plain
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M") if value.year > 999 else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return defused(", ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def defused(text: str) -> str:
    """`text` such that no spreadsheet takes it for a formula: an apostrophe goes before what would be one."""
    text = _NOT_KEPT.sub("", text)
    bare = text.strip()
    return f"'{text}" if bare[:1] in _MAY_RUN and not _A_NUMBER.fullmatch(bare) else text
