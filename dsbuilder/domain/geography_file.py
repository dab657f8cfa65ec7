"""Reading `geography.zip`, which `make geography` makes: tables of lines, and what is searched, ready made."""

import sys
from array import array
from collections.abc import Callable
from importlib.resources import files
from io import BytesIO
from threading import RLock
from typing import TypeVar
from zipfile import ZipFile

from dsbuilder.domain.place_search import PlaceIndex

FILE = "geography.zip"
T = TypeVar("T")
_reading = RLock()


def once(make: Callable[[], T]) -> Callable[[], T]:
    """What `make` gives, made once: a thread that asks meanwhile waits for it."""
    made: list[T] = []

    def known() -> T:
        if not made:
            with _reading:
                if not made:
                    made.append(make())
        return made[0]

    return known


def read_names(table: str) -> list[str]:
    """The lines of a table."""
    with _archive() as archive:
        return archive.read(table).decode().split("\n")


def read_rows(table: str) -> list[list[str]]:
    """The lines of a table, each in its cells."""
    return [line.split("\t") for line in read_names(table)]


def read_index(table: str) -> PlaceIndex:
    """What the lines of a table are searched by."""
    with _archive() as archive:
        searched = archive.read(f"{table}.searched").decode()
        beginnings, words = (_numbers(archive.read(f"{table}.{of}")) for of in ("beginnings", "words"))
    return PlaceIndex(searched, beginnings, words)


def _numbers(content: bytes) -> "array[int]":
    numbers = array("I", content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _archive() -> ZipFile:
    return ZipFile(BytesIO((files(__package__) / FILE).read_bytes()))
