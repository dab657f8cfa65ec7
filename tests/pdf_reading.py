"""PDFs read back: their words, headings, pictures, and what they promise."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
from pypdf.generic import DictionaryObject


@dataclass(frozen=True)
class ReadPdf:
    """One PDF, opened."""

    content: bytes

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        """The same, as `pypdf` sees it."""
        return pypdf.PdfReader(io.BytesIO(self.content))

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page."""
        return [page.extract_text() for page in self.reader.pages]

    @property
    def words(self) -> str:
        """All the words, whatever the lines they stand on."""
        return " ".join(" ".join(self.pages).split())

    @property
    def letters(self) -> str:
        """The same without any blank: lines are broken where words are not."""
        return squeezed("".join(self.pages))

    @property
    def said_instead(self) -> list[str]:
        """What is copied and read aloud where it is not what the letters of the page are."""
        streams = (page.get_contents() for page in self.reader.pages)
        found = (
            re.findall(rb"/ActualText ?<FEFF([0-9A-F]+)>", stream.get_data())
            for stream in streams
            if stream is not None
        )
        return [bytes.fromhex(code.decode()).decode("utf-16-be") for codes in found for code in codes]

    @property
    def promises(self) -> set[str]:
        """The standards that it says it follows."""
        metadata = self.reader.root_object["/Metadata"].get_object().get_data().decode()
        return set(re.findall(r"<(pdfuaid:part|pdfaid:part|pdfaid:conformance)>", metadata))

    def tagged(self, tag: str) -> list[DictionaryObject]:
        """The elements of a kind, in the order in which they are read."""
        return [one for one in self._elements(self.reader.root_object["/StructTreeRoot"]) if one.get("/S") == tag]

    def _elements(self, node: Any) -> Iterator[DictionaryObject]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from self._elements(child)
        elif isinstance(node, DictionaryObject):
            yield node
            if "/K" in node:
                yield from self._elements(node["/K"])

    @property
    def outline(self) -> list[tuple[int, str]]:
        """The headings as a reader lists them, with their depth."""

        def walk(entries: list[Any], depth: int) -> Iterator[tuple[int, str]]:
            for entry in entries:
                if isinstance(entry, list):
                    yield from walk(entry, depth + 1)
                else:
                    yield depth, entry.title

        return list(walk(self.reader.outline, 1))


def squeezed(text: str) -> str:
    """`text` without blanks and what is not seen."""
    return re.sub(r"[\s\u200b\u00ad\u200e\u200f\u2060\ufeff]+", "", text)
