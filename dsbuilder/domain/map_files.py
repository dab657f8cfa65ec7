"""Files of drawings that people have: GPX of a receiver, KML of a globe, GeoJSON of a map program."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dsbuilder.domain import geojson
from dsbuilder.domain.coordinates import read_positions
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.geometry import (
    MAX_DESCRIPTION,
    MAX_VERTICES,
    TOO_MANY_VERTICES,
    Position,
    Ring,
    Shape,
    ShapeKind,
    drawing,
)
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.texts import Text

MAX_BYTES = 5_000_000
FORMATS = ".gpx,.kml,.geojson,.json"  # what a file chooser offers
_BLANK = re.compile(r"\s+")

_EMPTY = Text("Ce fichier est vide. Choisissez-en un autre.", "This file is empty. Choose another one.")
TOO_LARGE = Text(
    "Ce fichier dépasse 5 Mo. Simplifiez le tracé, ou partagez-le en plusieurs fichiers.",
    "This file is over 5 MB. Simplify the shapes, or split it into several files.",
)
_UNKNOWN = Text(
    "Ce fichier n’est ni du GPX, ni du KML, ni du GeoJSON. Exportez votre tracé dans l’un de ces formats.",
    "This file is neither GPX nor KML nor GeoJSON. Export your shapes in one of these formats.",
)
_ZIPPED = Text(
    "Ce fichier est compressé (KMZ ou ZIP). Décompressez-le, puis choisissez le fichier KML qu’il contient.",
    "This file is compressed (KMZ or ZIP). Unpack it, then choose the KML file inside.",
)
_BROKEN = Text(
    "Ce fichier est incomplet ou abîmé (ligne {line}). Exportez-le à nouveau.",
    "This file is incomplete or damaged (line {line}). Export it again.",
)
_ENTITIES = Text(
    "Ce fichier contient des définitions (DTD) qui ne sont pas acceptées. Exportez-le à nouveau en GPX ou en KML.",
    "This file holds definitions (DTD) that are not accepted. Export it again as GPX or KML.",
)
_ENCODING = Text(
    "Ce fichier emploie un codage de caractères inconnu. Enregistrez-le en UTF-8.",
    "This file uses an unknown character encoding. Save it as UTF-8.",
)
_NOTHING = Text("Ce fichier ne contient ni point, ni ligne, ni zone.", "This file holds no point, no line and no area.")
_BAD_PLACE = Text(
    "Une position de ce fichier n’est pas un nombre (« {written} »). Exportez-le à nouveau.",
    "A position of this file is not a number (“{written}”). Export it again.",
)


def read_file(content: bytes, may_be_empty: bool = False) -> tuple[Shape, ...]:
    """What a file draws, whatever its name says. Raises Invalid with a sentence for each thing that may be wrong."""
    if len(content) > MAX_BYTES:
        raise Invalid(TOO_LARGE)
    start = content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if not start:
        raise Invalid(_EMPTY)
    if start.startswith(b"PK"):
        raise Invalid(_ZIPPED)
    if start.startswith((b"{", b"[")):
        shapes = geojson.read_text(_decoded(content))
    elif start.startswith(b"<"):
        shapes = drawing(_shapes_in(_tree(content)))
    else:
        raise Invalid(_UNKNOWN)
    if not shapes and not may_be_empty:
        raise Invalid(_NOTHING)
    return shapes


def typed(kind: ShapeKind, text: str) -> tuple[Shape, ...]:
    """The shapes of typed coordinates, one position on each line: a point each, or one line or area. Raises Invalid."""
    if max(text.count("\n"), text.count("\r")) > MAX_VERTICES:
        raise Invalid(TOO_MANY_VERTICES)  # before millions of lines are read
    positions = read_positions(text)
    if kind is ShapeKind.POINT:
        return drawing([Shape(kind, ((position,),)) for position in positions])
    return drawing([Shape(kind, (positions,))])


def _decoded(content: bytes) -> str:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(_ENCODING) from None


# -- XML -----------------------------------------------------------------------------------------------------------
def _tree(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
        return root
    except DefusedXmlException:
        raise Invalid(_ENTITIES) from None
    except ParseError as error:
        raise Invalid(_BROKEN.format(line=error.position[0])) from None
    except (LookupError, UnicodeError, ValueError):
        raise Invalid(_ENCODING) from None


def _shapes_in(root: Element) -> list[Shape]:
    name = _name(root)
    if name == "gpx":
        return list(_in_gpx(root))
    if name == "kml":
        return [shape for place in _all(root, "Placemark") for shape in _in_placemark(place)]
    raise Invalid(_UNKNOWN)


def _name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Element, *names: str) -> Iterator[Element]:
    """What has one of these names, in order; none within another, so that a hostile nest is gone through once."""
    waiting = element[::-1]
    while waiting:
        found = waiting.pop()
        if _name(found) in names:
            yield found
        else:
            waiting.extend(found[::-1])


def _said(element: Element, *names: str) -> str:
    """The first of its children of these names that says something, as plain text on one line."""
    for name in names:
        for child in element:
            if _name(child) == name and (text := _BLANK.sub(" ", to_text(child.text or "")).strip()):
                return text[:MAX_DESCRIPTION]
    return ""


def _in_gpx(root: Element) -> Iterator[Shape]:
    """Way points, routes, and each unbroken part of a track."""
    for point in _all(root, "wpt"):
        yield Shape(ShapeKind.POINT, ((_of_point(point),),), _said(point, "name", "desc", "cmt"))
    for route in _all(root, "rte"):
        yield from _lines([[_of_point(point) for point in _all(route, "rtept")]], _said(route, "name", "desc", "cmt"))
    for track in _all(root, "trk"):
        parts = [[_of_point(point) for point in _all(part, "trkpt")] for part in _all(track, "trkseg")]
        yield from _lines(parts, _said(track, "name", "desc", "cmt"))


def _lines(parts: list[list[Position]], description: str) -> Iterator[Shape]:
    # A receiver that stood still, or was switched on and off, leaves parts that lead nowhere.
    return (Shape(ShapeKind.LINE, (tuple(part),), description) for part in parts if len(set(part)) > 1)


def _of_point(element: Element) -> Position:
    return _figure(element.get("lon") or ""), _figure(element.get("lat") or "")


def _in_placemark(place: Element) -> Iterator[Shape]:
    described = _said(place, "name", "description")
    for found in _all(place, "Point", "LineString", "Track", "Polygon"):
        name = _name(found)
        if name == "Point":
            rings = _coordinates(found)
            yield Shape(ShapeKind.POINT, rings, described)
        elif name == "LineString":
            yield Shape(ShapeKind.LINE, _coordinates(found), described)
        elif name == "Track":
            track = tuple(_in_figures((where.text or "").split()) for where in _all(found, "coord"))
            yield from _lines([list(track)], described)
        else:
            boundaries = [*_all(found, "outerBoundaryIs"), *_all(found, "innerBoundaryIs")]
            rings = tuple(ring for boundary in boundaries for ring in _coordinates(boundary))
            yield Shape(ShapeKind.AREA, rings, described)


def _coordinates(element: Element) -> tuple[Ring, ...]:
    """What each `coordinates` within holds: triples parted by blanks, their altitude left out."""
    return tuple(
        tuple(_in_figures(triple.split(",")) for triple in (found.text or "").split())
        for found in _all(element, "coordinates")
    )


def _in_figures(written: list[str]) -> Position:
    if len(written) < 2:
        raise Invalid(_BAD_PLACE.format(written=" ".join(written)[:40]))
    return _figure(written[0]), _figure(written[1])


def _figure(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise Invalid(_BAD_PLACE.format(written=written[:40])) from None
