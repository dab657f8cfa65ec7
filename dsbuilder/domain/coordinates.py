"""Coordinates as people write them: decimal degrees, or degrees, minutes and seconds; latitude first."""

import re

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import Language, Text

_NUMBER = r"[-+−]?\d{1,3}(?:[.,]\d{1,15})?"
_ANGLE = re.compile(
    rf"""\s*(?P<before>[NSEWO])?\s*
    (?P<degrees>{_NUMBER})\s*[°ºd]?\s*
    (?:(?P<minutes>(?<![\d.,])\d{{1,2}}(?:[.,]\d{{1,15}})?)\s*['′’m]?\s*
       (?:(?P<seconds>(?<![\d.,])\d{{1,2}}(?:[.,]\d{{1,15}})?)\s*(?:["″”]|''|′′|’’)?\s*)?)?
    (?P<after>[NSEWO])?\s*""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_MOST = 200  # characters of one line
_NORTH_SOUTH, _EAST_WEST = ("N", "S"), ("E", "O")

HEMISPHERES: dict[Language, tuple[str, str, str, str]] = {"fr": ("N", "S", "E", "O"), "en": ("N", "S", "E", "W")}
_WRONG = Text(
    "« {written} » n’est pas une position. Écrivez la latitude puis la longitude, par exemple 46,5382 ; 2,4285 "
    "ou 46°32′17″N 2°25′42″E.",
    "“{written}” is not a position. Write the latitude, then the longitude, such as 46.5382, 2.4285 "
    "or 46°32′17″N 2°25′42″E.",
)
_LAMBERT = Text(
    "« {written} » ressemble à des coordonnées Lambert 93. Convertissez-les en WGS84 (latitude et longitude), "
    "par exemple 46,5382 ; 2,4285.",
    "“{written}” looks like Lambert 93 coordinates. Convert them to WGS84 (latitude and longitude), "
    "such as 46.5382, 2.4285.",
)
_NONE = Text(
    "Écrivez au moins une position : latitude puis longitude, par exemple 46,5382 ; 2,4285.",
    "Write at least one position: latitude then longitude, such as 46.5382, 2.4285.",
)


def read_positions(text: str) -> tuple[tuple[float, float], ...]:
    """The positions that a text writes, one on each line, as longitude and latitude. Raises Invalid."""
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    if not lines:
        raise Invalid(_NONE)
    return tuple(read_position(line) for line in lines)


def read_position(text: str) -> tuple[float, float]:
    """The longitude and latitude of one position. Raises Invalid, with an example, for what is none."""
    written = re.sub(r"\s", " ", text).strip().strip("()[]")  # blanks of all widths
    halves = _halves(written) if len(written) <= _MOST else ()
    angles = [angle for half in halves if (angle := _angle(half))]
    if len(angles) == 2:
        if angles[0][1] in _EAST_WEST and angles[1][1] in _NORTH_SOUTH:
            angles.reverse()
        (latitude, first), (longitude, second) = angles
        fits = first in ("", *_NORTH_SOUTH) and second in ("", *_EAST_WEST)
        if fits and abs(latitude) <= 90 and abs(longitude) <= 180:
            return longitude, latitude
    if re.search(r"\d{6}", re.split(r"[.,;]", written)[0].replace(" ", "")):
        raise Invalid(_said(_LAMBERT, written))
    raise Invalid(_said(_WRONG, written))


def in_degrees(position: tuple[float, float], language: Language = "fr") -> str:
    """A position in degrees, minutes and seconds, latitude first: 46°32′17,5″N 2°25′42,5″E."""
    north, south, east, west = HEMISPHERES[language]
    longitude, latitude = position
    return " ".join(
        (
            _in_degrees(latitude, south if latitude < 0 else north, language),
            _in_degrees(longitude, west if longitude < 0 else east, language),
        )
    )


def decimal(position: tuple[float, float], language: Language = "fr") -> str:
    """A position in decimal degrees, latitude first, as `read_position` reads it again."""
    longitude, latitude = (f"{degrees:.7f}".rstrip("0").rstrip(".") for degrees in position)
    return f"{latitude}, {longitude}" if language == "en" else f"{latitude} ; {longitude}".replace(".", ",")


def _in_degrees(angle: float, letter: str, language: Language) -> str:
    tenths = round(abs(angle) * 36_000)
    minutes, seconds = divmod(tenths, 600)
    degrees, minutes = divmod(minutes, 60)
    written = f"{seconds / 10:.1f}".removesuffix(".0")
    return f"{degrees}°{minutes}′{written if language == 'en' else written.replace('.', ',')}″{letter}"


def _said(text: Text, written: str) -> Text:
    return text.format(written=written[:60])


def _halves(written: str) -> tuple[str, ...]:
    """The two angles of a position, however they are kept apart."""
    letters = [match.start() for match in re.finditer(r"[NSEWO](?![a-z])", written, re.IGNORECASE)]
    for parts in (
        written.split(";"),
        written.split("/"),
        _around(written, letters),
        re.split(r",\s+", written),
        written.split(",") if "." in written or not re.search(r"\s", written) else [],
        _in_two(written.split()),
    ):
        if len(parts) == 2:
            return parts[0].strip(" ,"), parts[1].strip(" ,")
    return ()


def _around(written: str, letters: list[int]) -> list[str]:
    """Cut before or after the first letter, wherever it leaves one to each side."""
    if len(letters) != 2:
        return []
    at = letters[1] if letters[0] == 0 else letters[0] + 1
    return [written[:at], written[at:]]


def _in_two(parts: list[str]) -> list[str]:
    half = len(parts) // 2
    return [" ".join(parts[:half]), " ".join(parts[half:])] if len(parts) in (2, 4, 6) else []


def _angle(written: str) -> tuple[float, str] | None:
    """Degrees, and the axis that a letter names (N, S, E, or O for west too); None for what is no angle."""
    match = _ANGLE.fullmatch(written)
    if match is None or (match["before"] and match["after"]):
        return None
    degrees, minutes, seconds = (_figure(match[name]) for name in ("degrees", "minutes", "seconds"))
    if minutes >= 60 or seconds >= 60 or (match["minutes"] and degrees != int(degrees)):
        return None
    letter = (match["before"] or match["after"] or "").upper().replace("W", "O")
    angle = abs(degrees) + minutes / 60 + seconds / 3600
    negative = match["degrees"][0] in "-−"
    return (-angle if negative or letter in ("S", "O") else angle), letter


def _figure(written: str | None) -> float:
    return float((written or "0").replace(",", ".").replace("−", "-"))
