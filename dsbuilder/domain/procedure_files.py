"""Files of procedures, recognised by what they hold: our document or open data, one or one a line; or a spreadsheet."""

import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NoReturn

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import Json
from dsbuilder.domain.open_data import ImportedProcedure, read_procedure
from dsbuilder.domain.procedure import FieldId
from dsbuilder.domain.procedure_document import from_document, is_ours
from dsbuilder.domain.publication import of_form
from dsbuilder.domain.sheets import OLD_EXCEL, ZIP
from dsbuilder.domain.texts import Text
from dsbuilder.domain.xlsform_reading import read_xlsform

MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000  # a small compressed file may hold a very large one
MAX_PROCEDURES = 500
_GZIP = b"\x1f\x8b"


def read_file(content: bytes, next_id: Callable[[], FieldId]) -> tuple[ImportedProcedure, ...]:
    """Every procedure of an uploaded file. Raises Refused, and nothing else."""
    if content.startswith((ZIP, OLD_EXCEL)):
        return (read_xlsform(content, next_id),)
    documents = list(documents_of(content))
    if not documents:
        raise Refused(Text("Ce fichier est vide.", "This file is empty."))
    if len(documents) > MAX_PROCEDURES:
        raise Refused(_TOO_MANY)
    return tuple(read_document(document, next_id) for document in documents)


def read_document(document: Json, next_id: Callable[[], FieldId]) -> ImportedProcedure:
    """The procedure of one JSON document, ours or that of open data. Raises Refused."""
    return from_document(document) if is_ours(document) else read_procedure(document, next_id)


def documents_of(content: bytes) -> Iterator[Json]:
    """The JSON documents of a file. Raises Refused."""
    if len(content) > MAX_BYTES:
        raise Refused(_TOO_LARGE)
    text = _decoded(_unpacked(content))
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and _is_json(lines[0]):
        for position, line in enumerate(lines, start=1):
            yield _parsed(line, position)
    elif lines:
        document = _parsed(text)
        yield from document if isinstance(document, list) else [document]


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = packed.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise Refused(_DAMAGED) from None
    if len(unpacked) > MAX_UNPACKED_BYTES:
        raise Refused(_TOO_LARGE)
    return unpacked


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_NOT_TEXT) from None


def _is_json(line: str) -> bool:
    try:
        _parsed(line)
    except Refused:
        return False
    return True


def _parsed(text: str, line: int | None = None) -> Json:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Refused(_NOT_JSON.format(line=line or error.lineno, column=error.colno)) from None
    except (ValueError, RecursionError):
        raise Refused(_NOT_JSON.format(line=line or 1, column=1)) from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


# -- counting ------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class ImportReport:
    """How many procedures of a file import, how many could be published as they are, and what is not built yet."""

    imported: int = 0
    publishable: int = 0
    fields: int = 0
    placeholders: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, Text]] = field(default_factory=list)


def import_report(path: Path) -> ImportReport:
    """Import every procedure of a file, line by line where it has one on each, and count."""
    report = ImportReport()
    with path.open("rb") as opened:
        head = opened.read(4)
    if head in (ZIP, OLD_EXCEL):
        _count(report, read_xlsform(path.read_bytes(), _ids()))
        return report
    for position, document in enumerate(_documents_in(path), start=1):
        try:
            _count(report, read_document(_parsed(document, position), _ids()))
        except Refused as refused:
            report.refused.append((position, refused.text))
    return report


def _documents_in(path: Path) -> Iterator[str]:
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        first = next(lines, "")
        if _is_json(first):
            yield first
            yield from lines
        else:
            yield first + lines.read()


def _ids() -> Callable[[], FieldId]:
    numbers = count(1)
    return lambda: FieldId(next(numbers))


def _count(report: ImportReport, procedure: ImportedProcedure) -> None:
    revision = procedure.revision
    fields = list(revision.walk())
    report.imported += 1
    report.publishable += not of_form(revision)
    report.fields += len(fields)
    report.placeholders.update(one.type.named(one).fr for one in fields if one.type.keeps_descriptor)


_TOO_LARGE = Text(
    "Ce fichier dépasse 20 Mo. Partagez-le en plusieurs fichiers.",
    "This file is over 20 MB. Split it into several files.",
)
_TOO_MANY = Text(
    "Ce fichier contient plus de 500 démarches. Partagez-le.", "This file holds more than 500 procedures. Split it."
)
_DAMAGED = Text(
    "Ce fichier compressé est incomplet ou abîmé. Téléchargez-le à nouveau.",
    "This compressed file is incomplete or damaged. Download it again.",
)
_NOT_TEXT = Text(
    "Ce fichier n’est ni du texte en UTF-8 ni un classeur .xlsx : choisissez un export JSON ou un XLSForm.",
    "This file is neither UTF-8 text nor an .xlsx workbook: choose a JSON export or an XLSForm.",
)
_NOT_JSON = Text(
    "Ce fichier n’est pas du JSON valide (ligne {line}, caractère {column}) : il est peut-être incomplet. "
    "Exportez-le ou téléchargez-le à nouveau.",
    "This file is not valid JSON (line {line}, character {column}): it may be incomplete. Export or download it again.",
)
