"""Raw text made clean, and what an open-data descriptor holds read with its type checked."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import Text

Json = Any  # what json.loads returns
Raw = str | bool | list[str]  # what a browser sends for one answer

MAX_TEXT = 100_000  # characters of one answer: what a page may send without its socket being closed
TOO_LONG = Text(
    "Ce texte est trop long : 100 000 caractères au plus. Raccourcissez-le ou joignez un document.",
    "This text is too long: 100,000 characters at most. Shorten it or attach a document.",
)
# Controls, marks that reverse the reading order or show nothing, halves of characters. Spaces of all widths stay, and
# the joiners that emojis and several scripts need.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean(raw: Raw) -> str:
    """`raw` as printable text without surrounding blanks, lines ended by a line feed. Raises Invalid."""
    if not isinstance(raw, str):
        raise Invalid(Text("Saisissez un texte.", "Enter a text."))
    if len(raw) > MAX_TEXT:
        raise Invalid(TOO_LONG)
    text = raw if raw.isprintable() else printable(_LINE_ENDS.sub("\n", raw))
    return (text if text.isascii() else normalize("NFC", text)).strip()


def printable(text: str) -> str:
    """`text` without what shows nothing, reverses what stands beside it, or is no character that can be kept."""
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def is_printable(text: str) -> bool:
    """Whether a database could hold `text` as it stands: what it cannot, nothing there is called."""
    return printable(text) == text


def one_line(raw: Raw) -> str:
    """`raw` cleaned, on one line."""
    return clean(raw).replace("\n", " ")


_BLANKS = re.compile(r"\s+")
_DECIMAL = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)


def without_blanks(text: str) -> str:
    """`text` without blanks of any width, and with a plain minus sign."""
    return _BLANKS.sub("", text).replace("\u2212", "-")


def read_decimal(text: str) -> Decimal:
    """The number that `text` writes with a comma or a point, blanks left out. Raises ValueError."""
    written = without_blanks(text)
    if not _DECIMAL.fullmatch(written) or len(written) > 40:
        raise ValueError(text)
    return Decimal(written.replace(",", "."))


# -- what an open-data descriptor holds ----------------------------------------------------------------------------
def text_in(descriptor: Mapping[str, Json], key: str) -> str:
    """The text under `key`, empty when absent. Raises Invalid for anything else."""
    value = descriptor.get(key)
    if value is None or isinstance(value, str):
        _check_length((value or "",))
        return value or ""
    raise Invalid(Text(f"« {key} » doit être un texte.", f"“{key}” must be a text."))


def flag_in(descriptor: Mapping[str, Json], key: str) -> bool:
    """Whether `key` is true, false when absent. Raises Invalid for anything but true and false."""
    value = descriptor.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise Invalid(Text(f"« {key} » doit être « true » ou « false ».", f"“{key}” must be true or false."))


def texts_in(descriptor: Mapping[str, Json], key: str) -> tuple[str, ...]:
    """The list of texts under `key`, empty when absent. Raises Invalid for anything else."""
    value = descriptor.get(key)
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        _check_length(value)
        return tuple(value)
    raise Invalid(Text(f"« {key} » doit être une liste de textes.", f"“{key}” must be a list of texts."))


def _check_length(texts: Iterable[str]) -> None:
    if any(len(text) > MAX_TEXT for text in texts):
        raise Invalid(TOO_LONG)
