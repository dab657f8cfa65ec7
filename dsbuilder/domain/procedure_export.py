"""A procedure as a file: our document, the open-data form, or a spreadsheet (XLSForm)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dsbuilder.domain.open_data import ImportedProcedure, write_procedure
from dsbuilder.domain.procedure_document import to_bytes
from dsbuilder.domain.publication import suggested_paths
from dsbuilder.domain.xlsform_writing import write_xlsform


class FileForm(StrEnum):
    """The forms in which a procedure is given out; the values stand in addresses and on the command line."""

    DOCUMENT = "json"
    OPEN_DATA = "open-data"
    XLSFORM = "xlsform"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to save."""

    name: str
    content_type: str
    content: bytes


def exported(procedure: ImportedProcedure, form: FileForm) -> ExportedFile:
    """The procedure as a file of that form, named after its title."""
    write, content_type, ending = _FORMS[form]
    name = next(suggested_paths(procedure.title), "") or "demarche"
    return ExportedFile(name + ending, content_type, write(procedure))


def _open_data(procedure: ImportedProcedure) -> bytes:
    return (json.dumps(write_procedure(procedure), ensure_ascii=False, indent=2) + "\n").encode()


_FORMS: dict[FileForm, tuple[Callable[[ImportedProcedure], bytes], str, str]] = {
    FileForm.DOCUMENT: (to_bytes, "application/json", ".procedure.json"),
    FileForm.OPEN_DATA: (_open_data, "application/json", ".open-data.json"),
    FileForm.XLSFORM: (
        lambda procedure: write_xlsform(procedure).content,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsx",
    ),
}
