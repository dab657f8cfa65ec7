"""The watermark on pictures of identity documents, so that a copy that gets away serves nobody elsewhere."""

import math
import threading
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import Text, in_figures

# A telephone takes 50 million, and a JPEG is read smaller at once; a PNG is read whole (ten bytes a point): a page at 600 dpi.
MAX_PIXELS = {"JPEG": 60_000_000, "PNG": 36_000_000}
LONGEST = 3_000  # pixels of a side of what is kept: every letter of a card can be read
_AT_ONCE = threading.Semaphore(2)  # pictures that are decoded at the same time
_BLACK, _WHITE = 0.4, 0.3  # how strongly the words cover the picture, and the line around them
_ANGLE = 45

_UNREADABLE = Text(
    "Cette image est abîmée ou incomplète. Enregistrez-la ou photographiez le document à nouveau, puis joignez-la.",
    "This picture is damaged or incomplete. Save it or photograph the document again, then attach it.",
)
_TOO_LARGE = Text(
    "Cette image compte trop de points : {limit} millions au plus. Réduisez-la, ou photographiez le document à nouveau.",
    "This picture has too many pixels: at most {limit} million. Make it smaller, or photograph the document again.",
)


def check(path: Path) -> None:
    """Raises Invalid, with what to do, unless the file is a whole picture of a bearable size."""
    with _AT_ONCE:
        _read(path)


def put_on(source: Path, target: Path, words: str) -> None:
    """Write to `target` the picture of `source`, upright, with `words` all over it and nothing else that it told.

    Raises Invalid for what is no picture.
    """
    with _AT_ONCE:
        form, picture = _read(source)
        _cover(picture, words)
        picture.save(target, format=form, **({"quality": 85} if form == "JPEG" else {}))


def _read(path: Path) -> tuple[str, Image.Image]:
    """The format and the picture: a new one, without place, time, device, comment or thumbnail."""
    try:
        with Image.open(path, formats=tuple(MAX_PIXELS)) as opened:
            form = opened.format or ""
            if opened.width * opened.height > MAX_PIXELS[form]:
                raise _too_large(form)
            opened.thumbnail((LONGEST, LONGEST))  # a JPEG is then read at a smaller size at once
            return form, _plain(ImageOps.exif_transpose(opened))
    except Invalid:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large("JPEG") from None
    except Exception:  # whatever a broken file makes a decoder raise
        raise Invalid(_UNREADABLE) from None


def _too_large(form: str) -> Invalid:
    return Invalid(_TOO_LARGE.format(limit=in_figures(MAX_PIXELS[form] // 1_000_000)))


def _plain(picture: Image.Image) -> Image.Image:
    plain = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        plain.paste(layer, mask=layer.getchannel("A"))
    else:
        plain.paste(picture.convert("RGB"))
    return plain


def _cover(picture: Image.Image, words: str) -> None:
    size = max(12, min(picture.size) // 28)
    for colour, strength, line in (("white", _WHITE, max(1, size // 10)), ("black", _BLACK, 0)):
        mask = _written(picture.size, words, size, line).point([round(level * strength) for level in range(256)])
        picture.paste(colour, mask=mask)


def _written(extent: tuple[int, int], words: str, size: int, line: int) -> Image.Image:
    """The words again and again, aslant, white on black."""
    width, height = extent
    side = math.ceil(math.hypot(width, height))
    font = ImageFont.load_default(size)
    sheet = Image.new("L", (side, side))
    draw = ImageDraw.Draw(sheet)
    apart = math.ceil(draw.textlength(words, font=font)) + 3 * size
    for row, top in enumerate(range(0, side, 4 * size)):
        for left in range(-(row % 2) * apart // 2, side, apart):
            draw.text((left, top), words, fill=255, font=font, stroke_width=line)
    turned = sheet.rotate(_ANGLE, resample=Image.Resampling.BICUBIC)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))
