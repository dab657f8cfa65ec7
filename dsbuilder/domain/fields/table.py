"""A table that a list's options come from: read from a CSV of any make, kept as lines, its rows found by their label."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.fields.option_list import tidy
from dsbuilder.domain.texts import Text, in_figures, searchable

MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 50
MAX_LINES = 100_000  # of a file, blank ones and those within cells included: it is read once for each delimiter
_DELIMITERS = (";", ",", "\t", "|")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CODE_PAGES = ("cp1252", "mac_roman", "cp850")  # what spreadsheets on French machines save in, besides UTF-8
_EXPECTED = frozenset("éèêëàâäîïôöùûüçœæÿÉÈÊËÀÂÄÎÏÔÖÙÛÜÇŒÆñáíóúßÑ’‘«»“”–—…°€²³\u00a0")
_HALVES = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """An answer: the label that was chosen, and the whole row as it stood, which no later table changes."""

    label: str
    cells: tuple[tuple[str, str], ...]  # by header

    def cell(self, header: str) -> str | None:
        """What stands under a header; None when nothing does, or when the table had no such column."""
        return next((cell for name, cell in self.cells if name == header), None) or None


def key_of(header: str) -> str:
    """The name of a column, wherever it stands in the table: its header without accents, case and punctuation."""
    return searchable(header).strip().replace(" ", "_") or header


class Table:
    """Rows under headers, from the lines that keep them; what is amiss in them is for `faults` to say."""

    def __init__(self, lines: Sequence[str]) -> None:
        rows = [_cells(line) for line in lines]
        self.headers = tuple(rows[0]) if rows else ()
        self.rows: dict[str, TableRow] = {}
        for row in rows[1:]:
            label = self._label(row)
            if label:
                named = zip(self.headers, row, strict=False)
                self.rows.setdefault(label, TableRow(label, tuple(sorted(dict(named).items()))))

    def _label(self, row: Sequence[str]) -> str:
        """The first cell; with the others after it, one by one, where rows before it have the same."""
        label = tidy(row[0]) if row else ""
        cells = iter(row[1:])
        while label in self.rows and (more := next(cells, None)) is not None:
            label = tidy(f"{label} – {more}") if more else label
        return label


def _cells(line: str) -> list[str]:
    """Those of one kept line, none when it makes no sense: each stands alone, so that one does no harm to the others."""
    try:
        return next(csv.reader([line.replace("\n", " ").replace("\r", " ")]), [])
    except csv.Error:
        return []


# -- from a file ---------------------------------------------------------------------------------------------------
def lines_from(content: bytes) -> tuple[str, ...]:
    """The lines that keep the table of a CSV file: the headers, then the rows. Raises Refused, saying what to do."""
    if len(content) > MAX_BYTES:
        raise Refused(TOO_LARGE)
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise Refused(_EMPTY)
    if (lines := text.count("\n") + 1) > MAX_LINES:
        raise Refused(_TOO_MANY.format(limit=in_figures(MAX_ROWS), found=in_figures(lines)))
    rows = _rows(text)
    headers, width = _headers(rows[0][1])
    kept = [headers]
    for line, row in rows[1:]:
        cells = [tidy(cell) for cell in row]
        if any(cells[width:]):
            raise Refused(_TOO_WIDE.format(line=in_figures(line), cells=len(cells), columns=width))
        if any(cells):
            if not cells[0]:
                raise Refused(_NO_LABEL.format(line=in_figures(line)))
            kept.append([*cells[:width], *[""] * (width - len(cells))])
    if len(kept) == 1:
        raise Refused(_NO_ROW)
    if len(kept) - 1 > MAX_ROWS:
        raise Refused(_TOO_MANY.format(limit=in_figures(MAX_ROWS), found=in_figures(len(kept) - 1)))
    return tuple(map(_line, kept))


def _decoded(content: bytes) -> str:
    if content.startswith(_WORKBOOKS):
        raise Refused(_WORKBOOK)
    encoding = _HALVES.get(content[:2], "utf-8-sig")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = max((content.decode(page, "replace") for page in _CODE_PAGES), key=_likeness)
    if "\x00" in text:
        raise Refused(_NOT_TEXT)
    return text


def _likeness(text: str) -> int:
    """How much a text looks like one that people here write: letters that are expected, less any other sign."""
    return sum(1 if sign in _EXPECTED else -1 for sign in text if not sign.isascii())


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows, each with the line it ends on, by the delimiter under which most of them are as wide as the headers."""
    readings = [reading for delimiter in _DELIMITERS if (reading := _read(text, delimiter)) is not None]
    if not readings:
        raise Refused(_QUOTES)
    return max(readings, key=_regular)


def _read(text: str, delimiter: str) -> list[tuple[int, list[str]]] | None:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error:
        return None


def _regular(rows: list[tuple[int, list[str]]]) -> tuple[bool, int, int]:
    width = len(rows[0][1])
    return width > 1, sum(len(row) == width for _, row in rows), width


def _headers(row: Sequence[str]) -> tuple[list[str], int]:
    """The headers and how many there are, without the empty columns that spreadsheets leave at the end."""
    headers = [tidy(cell) for cell in row]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MAX_COLUMNS:
        raise Refused(_TOO_MANY_COLUMNS.format(limit=MAX_COLUMNS, found=len(headers)))
    for place, header in enumerate(headers, start=1):
        if not header:
            raise Refused(_NO_HEADER.format(place=place))
    _refuse_doubles(headers)
    return headers, len(headers)


def _refuse_doubles(headers: Iterable[str]) -> None:
    seen: set[str] = set()
    for header in headers:
        if key_of(header) in seen:
            raise Refused(_TWICE.format(header=header[:60]))
        seen.add(key_of(header))


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(map(one_line, cells))
    return line.getvalue()


# -- kept lines ----------------------------------------------------------------------------------------------------
def faults(lines: Sequence[str]) -> Iterator[Text]:
    """What is amiss in lines that came some other way, such as from a document that somebody wrote."""
    if not lines:
        return
    try:
        if sum(map(len, lines)) > MAX_BYTES:
            _refuse(TOO_LARGE)
        lines_from("\n".join(lines).encode(errors="replace"))
    except Refused as refused:
        yield refused.text


def _refuse(text: Text) -> NoReturn:
    raise Refused(text)


TOO_LARGE = Text(
    "Ce tableau dépasse 1 Mo. Retirez les colonnes ou les lignes qui ne servent pas.",
    "This table is over 1 MB. Take out the columns or rows that are not needed.",
)
_EMPTY = Text("Ce fichier est vide.", "This file is empty.")
_WORKBOOK = Text(
    "Ce fichier est un classeur. Dans votre tableur, choisissez « Enregistrer sous », puis « CSV ».",
    "This file is a workbook. In your spreadsheet program, choose “Save as”, then “CSV”.",
)
_NOT_TEXT = Text(
    "Ce fichier n’est pas du texte. Choisissez un fichier CSV.", "This file is not text. Choose a CSV file."
)
_QUOTES = Text(
    "Un guillemet de ce fichier n’est pas refermé. Enregistrez-le à nouveau en CSV depuis votre tableur.",
    "A quotation mark in this file is never closed. Save it as CSV again from your spreadsheet program.",
)
_NO_HEADER = Text(
    "La colonne {place} n’a pas de titre. Écrivez un titre pour chaque colonne sur la première ligne.",
    "Column {place} has no title. Write a title for each column on the first line.",
)
_TWICE = Text(
    "Deux colonnes ont le même titre « {header} ». Donnez à chacune le sien.",
    "Two columns have the same title “{header}”. Give each its own.",
)
_TOO_MANY_COLUMNS = Text(
    "Ce tableau a {found} colonnes, et {limit} sont permises. Retirez celles qui ne servent pas.",
    "This table has {found} columns, and {limit} are allowed. Take out those that are not needed.",
)
_TOO_WIDE = Text(
    "La ligne {line} a {cells} cellules pour {columns} titres. Vérifiez le séparateur et les guillemets de cette ligne.",
    "Line {line} has {cells} cells for {columns} titles. Check the separator and the quotation marks of this line.",
)
_NO_LABEL = Text(
    "La ligne {line} n’a rien dans la première colonne, celle que l’usager lit. Remplissez-la ou retirez la ligne.",
    "Line {line} has nothing in the first column, the one that applicants read. Fill it in or take the line out.",
)
_NO_ROW = Text(
    "Ce tableau n’a que ses titres. Ajoutez au moins une ligne.",
    "This table has only its titles. Add at least one row.",
)
_TOO_MANY = Text(
    "Ce tableau a {found} lignes, et {limit} sont permises. Partagez-le.",
    "This table has {found} rows, and {limit} are allowed. Split it.",
)
