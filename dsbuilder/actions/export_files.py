"""The file of an export, made as its dossiers come: one CSV, or a zip of several when the form has blocks."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from dsbuilder import clock
from dsbuilder.actions.exports import Export
from dsbuilder.domain.csv_writing import BOM, written
from dsbuilder.domain.export import ExportedDossier, Table
from dsbuilder.domain.publication import suggested_paths
from dsbuilder.domain.texts import Language

IN_MEMORY = 1 << 20  # bytes of a block's table; beyond, it waits on the disk
PIECE = 1 << 18


class ExportFile:
    """Feed it pages of dossiers, and send what it gives back; no more than a page stays in memory."""

    def __init__(self, export: Export, language: Language) -> None:
        self.language = language
        self._layout = export.layout
        self._is_zip = len(export.layout.tables) > 1
        self.name = f"{export.name}.{'zip' if self._is_zip else 'csv'}"
        self.content_type = "application/zip" if self._is_zip else "text/csv; charset=utf-8"
        self._out = _Outbound()
        self._main: IO[bytes] = cast(IO[bytes], self._out)
        self._waiting: list[IO[bytes]] = []
        if self._is_zip:
            self._zip = zipfile.ZipFile(self._main, "w", zipfile.ZIP_DEFLATED)
            self._main = self._zip.open(_entry("dossiers.csv"), "w", force_zip64=True)
            self._waiting = [
                cast(IO[bytes], SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  (closed in `close`)
                for _ in export.layout.tables[1:]
            ]
        for target, table in zip(self._targets(), export.layout.tables, strict=True):
            target.write((BOM + written([table.heads], language)).encode())

    def _targets(self) -> list[IO[bytes]]:
        return [self._main, *self._waiting]

    def add(self, dossiers: Sequence[ExportedDossier]) -> bytes:
        """Write some more dossiers; the bytes that can be sent by now."""
        lines: list[list[Sequence[object]]] = [[] for _ in self._layout.tables]
        for dossier in dossiers:
            for table, line in self._layout.lines(dossier):
                lines[table].append(line)
        for target, some in zip(self._targets(), lines, strict=True):
            target.write(written(some, self.language).encode())
        return self._out.taken()

    def end(self) -> Iterator[bytes]:
        """The rest, once every dossier was added."""
        if self._is_zip:
            self._main.close()
            for table, waiting in zip(self._layout.tables[1:], self._waiting, strict=True):
                waiting.seek(0)
                with self._zip.open(_entry(_name_of(table)), "w", force_zip64=True) as entry:
                    while piece := waiting.read(PIECE):
                        entry.write(piece)
                        yield self._out.taken()
            self._zip.close()
        yield self._out.taken()
        self.close()

    def close(self) -> None:
        """Let go of what waits on the disk."""
        for waiting in self._waiting:
            waiting.close()


def _entry(name: str) -> zipfile.ZipInfo:
    at = clock.local(clock.now())
    entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _name_of(table: Table) -> str:
    """The name of a block's file: its title, and its number, so that two blocks of one title stay apart."""
    return f"{next(suggested_paths(table.title[:60]), 'bloc')}-{table.block}.csv"


class _Outbound(io.RawIOBase):
    """What was written and not yet taken; it cannot be rewound, so a zip says sizes after its contents."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """As a zip asks."""
        return True

    def write(self, piece: Any) -> int:
        """Hold it."""
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        """What is held, which is not held any more."""
        piece = bytes(self._held)
        self._held.clear()
        return piece
