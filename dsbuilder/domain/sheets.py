"""Spreadsheet files (.xlsx): their sheets as rows of texts, read with care for what strangers send, and written."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.texts import Text

MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_PARTS = 500
MAX_ROWS = 120_000  # of all sheets, empty ones included
MAX_COLUMNS = 80
MAX_CELL = 32_767  # what a cell holds; a spreadsheet cuts the rest off
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MADE_ON = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same form gives the same sheets


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its number as the spreadsheet shows it, and its cells that are not empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the names of its columns, and its rows that are not empty."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


Sheets = Mapping[str, Sheet]


# -- reading -------------------------------------------------------------------------------------------------------
def read_sheets(content: bytes) -> Sheets:
    """The sheets of a file, by name in lower case. Raises Refused, and nothing else."""
    _check_package(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        left = MAX_ROWS
        found: dict[str, Sheet] = {}
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its size may be a lie
            found[sheet.title.strip().lower()], left = _read_sheet(sheet, left)
        return found
    except Refused:
        raise
    except Exception:  # openpyxl raises whatever a wrong part makes it stumble on
        raise Refused(_DAMAGED) from None


def _check_package(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise Refused(_TOO_LARGE)
    if content.startswith(OLD_EXCEL):
        raise Refused(_OLD)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise Refused(_TOO_LARGE)
            if "xl/workbook.xml" not in package.namelist():
                raise Refused(_NOT_A_SPREADSHEET)
            if any(_declares_entities(package, part) for part in parts):
                raise Refused(_DAMAGED)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise Refused(_DAMAGED) from None


def _declares_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """No spreadsheet program writes a document type; entities that unfold without end stand in one."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with package.open(part) as opened:
        head = opened.read(2_000)
    return b"<!DOCTYPE" in head.replace(b"\x00", b"")


def _read_sheet(sheet: Any, left: int) -> tuple[Sheet, int]:
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        left -= 1
        if left < 0:
            raise Refused(_TOO_LARGE)
        if all(value is None for value in values):
            continue
        texts = [_text(value) for value in values]
        if not columns:
            columns = tuple(map(_column, texts)) if any(texts) else ()
        elif any(texts):
            rows.append(Row(number, {name: text for name, text in zip(columns, texts, strict=False) if name and text}))
    return Sheet(tuple(filter(None, columns)), tuple(rows)), left


def _column(text: str) -> str:
    """`Label :: French` is `label::french`; blanks are as good as underscores."""
    name, *language = (part.strip() for part in re.split(r"::?", text))
    return "::".join([re.sub(r"\s+", "_", name.lower()), *filter(None, language)])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != value.time().min else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


# -- writing -------------------------------------------------------------------------------------------------------
def write_sheets(sheets: Mapping[str, tuple[Sequence[str], Iterable[Mapping[str, str]]]]) -> bytes:
    """A file of these sheets, each its columns and its rows; every cell is a text, never a formula."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _MADE_ON
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for index, column in enumerate(columns):
            sheet.column_dimensions[chr(ord("A") + index)].width = 50 if column.startswith(("label", "hint")) else 22
        for number, row in enumerate(chain(({column: column for column in columns},), rows)):
            sheet.append([_cell(sheet, row.get(column, ""), bold=number == 0) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str, bold: bool) -> Any:
    written = _NOT_IN_XML.sub("", text)[:MAX_CELL]
    if not written:
        return None
    cell = WriteOnlyCell(sheet, value=written)
    cell.data_type = "s"  # "=1+1" stays what it is
    if bold:
        cell.font = Font(bold=True)
    return cell


_TOO_LARGE = Text(
    "Ce fichier est trop grand : 20 Mo et 120 000 lignes au plus. Partagez-le.",
    "This file is too large: 20 MB and 120,000 rows at most. Split it.",
)
_OLD = Text(
    "Ce fichier est de l’ancien format d’Excel (.xls). Enregistrez-le au format .xlsx.",
    "This file is in the old format of Excel (.xls). Save it as .xlsx.",
)
_NOT_A_SPREADSHEET = Text(
    "Ce fichier est une archive, pas un classeur .xlsx. Choisissez un formulaire XLSForm ou un export JSON.",
    "This file is an archive, not an .xlsx workbook. Choose an XLSForm or a JSON export.",
)
_DAMAGED = Text(
    "Ce classeur est incomplet ou abîmé. Enregistrez-le à nouveau au format .xlsx.",
    "This workbook is incomplete or damaged. Save it again as .xlsx.",
)
