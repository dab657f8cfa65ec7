"""Drawings as GeoJSON: written for keeping and for others, read from whatever others made."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.geometry import MAX_DESCRIPTION, Position, Ring, Shape, ShapeKind, drawing
from dsbuilder.domain.texts import Text

Json = Any

DEEPEST = 8  # collections within collections
_NAMES = ("description", "desc", "name", "nom", "title", "label", "libelle")
_WGS84 = ("crs84", "epsg::4326", "epsg:4326")

NOT_GEOJSON = Text(
    "Ce fichier n’est pas du GeoJSON : il devrait décrire des points, des lignes ou des zones.",
    "This file is not GeoJSON: it should describe points, lines or areas.",
)
_BAD_GEOMETRY = Text(
    "Le tracé {place} n’a pas des coordonnées de GeoJSON : chaque position est une paire [longitude, latitude].",
    "Shape {place} does not have GeoJSON coordinates: each position is a pair [longitude, latitude].",
)
_OTHER_SYSTEM = Text(
    "Ce fichier emploie le système de coordonnées « {name} ». Exportez-le en WGS84 (EPSG:4326).",
    "This file uses the coordinate system “{name}”. Export it in WGS84 (EPSG:4326).",
)


# -- writing -------------------------------------------------------------------------------------------------------
def written(shapes: Sequence[Shape]) -> dict[str, Json]:
    """The shapes as a collection of features."""
    return {"type": "FeatureCollection", "features": [feature(shape) for shape in shapes]}


def feature(shape: Shape) -> dict[str, Json]:
    """One shape as a feature."""
    return {
        "type": "Feature",
        "id": shape.number,
        "geometry": geometry(shape),
        "properties": {"description": shape.description} if shape.description else {},
    }


def geometry(shape: Shape) -> dict[str, Json]:
    """The geometry of a shape."""
    rings = [[list(position) for position in ring] for ring in shape.rings]
    if shape.kind is ShapeKind.POINT:
        return {"type": shape.kind.value, "coordinates": rings[0][0]}
    return {"type": shape.kind.value, "coordinates": rings[0] if shape.kind is ShapeKind.LINE else rings}


# -- reading what was kept -----------------------------------------------------------------------------------------
def kept(document: Json) -> tuple[Shape, ...] | None:
    """What `written` wrote, None for anything else. It was checked before it was kept: only its form is looked at."""
    try:
        features = document["features"]
        shapes = tuple(_kept_shape(each) for each in features)
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    return shapes or None


def _kept_shape(each: Json) -> Shape:
    found, description = each["geometry"], each["properties"].get("description", "")
    kind, coordinates = ShapeKind(found["type"]), found["coordinates"]
    nested = [[coordinates]] if kind is ShapeKind.POINT else [coordinates] if kind is ShapeKind.LINE else coordinates
    rings = tuple(tuple(_pair(position) for position in ring) for ring in nested)
    if not rings or not all(rings) or not isinstance(description, str) or type(each["id"]) is not int:
        raise ValueError
    return Shape(kind, rings, description, each["id"])


def _pair(position: Json) -> Position:
    longitude, latitude = position
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90) or isinstance(longitude, bool):
        raise ValueError
    return float(longitude), float(latitude)


# -- reading what others made --------------------------------------------------------------------------------------
def read_text(text: str) -> tuple[Shape, ...]:
    """The drawing that GeoJSON text describes. Raises Invalid."""
    try:
        document = json.loads(text, parse_constant=_refused)
        return read(document)
    except (ValueError, RecursionError):
        raise Invalid(NOT_GEOJSON) from None


def _refused(constant: str) -> float:
    raise ValueError(constant)


def read(document: Json) -> tuple[Shape, ...]:
    """The drawing that a document describes: a collection, a feature or a bare geometry. Raises Invalid."""
    if not isinstance(document, dict):
        raise Invalid(NOT_GEOJSON)
    _refuse_other_system(document)
    shapes: list[Shape] = []
    for geometry_, description, number in _geometries(document):
        shapes.extend(_shapes(geometry_, description, number, len(shapes) + 1))
    return drawing(shapes)


def _refuse_other_system(document: dict[str, Json]) -> None:
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and not name.lower().endswith(_WGS84):
        raise Invalid(_OTHER_SYSTEM.format(name=name[:60]))


def _geometries(document: Json, depth: int = 0) -> Iterator[tuple[dict[str, Json], str, int]]:
    """Each simple or multiple geometry with its description and number."""
    kind = document.get("type") if isinstance(document, dict) else None
    if depth > DEEPEST or not isinstance(kind, str):
        raise Invalid(NOT_GEOJSON)
    if kind == "FeatureCollection":
        for each in _list(document.get("features")):
            yield from _geometries(each, depth + 1)
    elif kind == "Feature":
        inner = document.get("geometry")
        if inner is not None:  # RFC 7946 allows a feature without a place
            described, number = _described(document.get("properties")), document.get("id")
            for geometry_, _, _ in _geometries(inner, depth + 1):
                yield geometry_, described, number if type(number) is int and 0 < number < 10**9 else 0
    elif kind == "GeometryCollection":
        for each in _list(document.get("geometries")):
            yield from _geometries(each, depth + 1)
    else:
        yield document, "", 0


def _described(properties: Json) -> str:
    if not isinstance(properties, dict):
        return ""
    found = (properties.get(name) for name in _NAMES)
    text = next((text.strip() for text in found if isinstance(text, str) and text.strip()), "")
    return text[:MAX_DESCRIPTION]


_SIMPLE = {"Point": 2, "LineString": 1, "Polygon": 0}  # how many lists are put around to have rings


def _shapes(geometry_: dict[str, Json], description: str, number: int, place: int) -> Iterator[Shape]:
    kind = geometry_["type"]
    simple = kind.removeprefix("Multi")
    if simple not in _SIMPLE:
        raise Invalid(NOT_GEOJSON)
    try:
        coordinates = geometry_["coordinates"]
        for at, each in enumerate(coordinates if kind.startswith("Multi") else [coordinates]):
            nested = each
            for _ in range(_SIMPLE[simple]):
                nested = [nested]
            rings = tuple(_ring(ring) for ring in nested)
            yield Shape(ShapeKind(simple), rings, description, 0 if at else number)
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        raise Invalid(_BAD_GEOMETRY.format(place=place)) from None


def _ring(positions: Json) -> Ring:
    """Positions as they stand; what is above or below the ground is left out."""
    if not isinstance(positions, list):
        raise TypeError
    return tuple((_figure(position[0]), _figure(position[1])) for position in positions)


def _figure(written_: Json) -> float:
    if isinstance(written_, bool) or not isinstance(written_, int | float):
        raise TypeError
    return float(written_)


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise Invalid(NOT_GEOJSON)
    return value
