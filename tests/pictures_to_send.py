"""Pictures as telephones and scanners make them, and some that only pretend."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

GREY = (200, 205, 210)


def a_picture(form: str = "JPEG", size: tuple[int, int] = (600, 380), mode: str = "RGB", **saved: Any) -> bytes:
    """A plain picture of that format."""
    colour = {"RGB": GREY, "RGBA": (*GREY, 128), "L": 200, "CMYK": (10, 10, 10, 10), "P": 0}[mode]
    held = io.BytesIO()
    Image.new(mode, size, colour).save(held, format=form, **saved)
    return held.getvalue()


def a_photograph() -> bytes:
    """One taken with a telephone held upright: it lies on its side, and tells where, when and with what."""
    told = Image.Exif()
    told[0x0112] = 6
    told[0x010F] = "Telephone of Camille"
    told[0x8825] = {1: "N", 2: (48.0, 23.0, 24.0)}
    return a_picture("JPEG", (600, 380), exif=told, comment=b"chez moi")


def a_bomb(side: int = 30_000) -> bytes:
    """A small PNG that says it has `side` times `side` pixels."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
