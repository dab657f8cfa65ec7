"""Points, lines and areas on the earth (WGS84): what is valid, how long, how large, and how that is said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from math import asin, cos, fsum, isfinite, radians, sin, sqrt

from dsbuilder.domain.coordinates import in_degrees
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.texts import Language, Text, number

Position = tuple[float, float]  # longitude, then latitude, in degrees: the order of GeoJSON
Ring = tuple[Position, ...]

RADIUS = 6_378_137  # metres: the sphere on which the reference measures
DECIMALS = 7  # of a degree: one centimetre
MAX_SHAPES, MAX_VERTICES, MAX_DESCRIPTION = 500, 50_000, 500
LEAST_AREA = 1e-3  # square metres; corners in line have less, by rounding alone
MOST_COMPARED = (
    1_000_000  # pairs of sides of a drawing looked at for a crossing: a hostile one must not hold the server
)


class ShapeKind(StrEnum):
    """The kinds of shape, by their GeoJSON names."""

    POINT = "Point"
    LINE = "LineString"
    AREA = "Polygon"


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing drawn. `rings` holds one line; for an area its outline, closed, then its holes.

    `number` names it among the shapes of one answer, and stays when others go.
    """

    kind: ShapeKind
    rings: tuple[Ring, ...]
    description: str = ""
    number: int = 0

    @property
    def positions(self) -> Iterator[Position]:
        """Every position, in order."""
        return (position for ring in self.rings for position in ring)


# -- what is valid -------------------------------------------------------------------------------------------------
def drawing(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """The shapes made clean and numbered. Raises Invalid, with what to do, for what is no drawing."""
    if len(shapes) > MAX_SHAPES:
        raise Invalid(_TOO_MANY_SHAPES)
    if sum(len(ring) for shape in shapes for ring in shape.rings) > MAX_VERTICES:
        raise Invalid(TOO_MANY_VERTICES)
    patience = Patience(MOST_COMPARED)
    return _numbered([clean_shape(shape, place, patience) for place, shape in enumerate(shapes, start=1)])


@dataclass(slots=True)
class Patience:
    """How many pairs of sides may still be compared, over all the areas of a drawing."""

    left: int


def clean_shape(shape: Shape, place: int, patience: Patience) -> Shape:
    """The shape with rounded positions, none twice in a row, areas closed and turned as GeoJSON wants them."""
    rings = [_without_repetition(_position(position, place) for position in ring) for ring in shape.rings]
    if not rings or (len(rings) > 1 and shape.kind is not ShapeKind.AREA):
        raise Invalid(_EMPTY.format(place=place))
    description = one_line(shape.description)
    if len(description) > MAX_DESCRIPTION:
        raise Invalid(_LONG_DESCRIPTION.format(place=place))
    if shape.kind is ShapeKind.POINT:
        made = _one_point(rings[0], place)
    elif shape.kind is ShapeKind.LINE:
        made = _a_line(rings[0], place)
    else:
        made = _an_area(rings, place, patience)
    return replace(shape, rings=made, description=description)


def _position(position: Sequence[float], place: int) -> Position:
    longitude, latitude = (float(degrees) for degrees in position[:2])
    if not (isfinite(longitude) and isfinite(latitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
        raise Invalid(_OUTSIDE.format(place=place))
    return round(longitude, DECIMALS) + 0.0, round(latitude, DECIMALS) + 0.0  # no minus zero


def _without_repetition(positions: Iterable[Position]) -> Ring:
    kept: list[Position] = []
    for position in positions:
        if not kept or position != kept[-1]:
            kept.append(position)
    return tuple(kept)


def _one_point(ring: Ring, place: int) -> tuple[Ring, ...]:
    if len(ring) != 1:
        raise Invalid(_EMPTY.format(place=place))
    return (ring,)


def _a_line(ring: Ring, place: int) -> tuple[Ring, ...]:
    if len(ring) < 2:
        raise Invalid(_SHORT_LINE.format(place=place))
    return (ring,)


def _an_area(rings: Sequence[Ring], place: int, patience: Patience) -> tuple[Ring, ...]:
    closed = [ring if ring[:1] == ring[-1:] else (*ring, ring[0]) for ring in rings]
    if any(len(set(ring)) < 3 for ring in closed):
        raise Invalid(_SMALL_AREA.format(place=place))
    if crosses_itself(closed, patience):
        raise Invalid(_CROSSED.format(place=place))
    if abs(signed_area(closed[0])) < LEAST_AREA:
        raise Invalid(_SMALL_AREA.format(place=place))
    return tuple(_turned(ring, counterclockwise=at == 0) for at, ring in enumerate(closed))


def _turned(ring: Ring, counterclockwise: bool) -> Ring:
    return ring if (signed_area(ring) < 0) is counterclockwise or len(ring) < 4 else ring[::-1]


def _numbered(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    taken: set[int] = set()
    free = max((shape.number for shape in shapes), default=0)
    made = []
    for shape in shapes:
        if shape.number < 1 or shape.number in taken:
            free += 1
            shape = replace(shape, number=free)
        taken.add(shape.number)
        made.append(shape)
    return tuple(made)


# -- crossing ------------------------------------------------------------------------------------------------------
Side = tuple[float, float, Position, Position, int, int]  # least and greatest longitude, ends, ring, place in it


def crosses_itself(rings: Sequence[Ring], patience: Patience) -> bool:
    """Whether two sides of an area cross; what would take too long to compare counts as right."""
    sides = sorted(_sides(rings))
    active: list[Side] = []
    for side in sides:
        active = [other for other in active if other[1] >= side[0]]
        patience.left -= len(active)
        if patience.left < 0:
            return False
        if any(_cross(side, other, rings) for other in active):
            return True
        active.append(side)
    return False


def _sides(rings: Sequence[Ring]) -> Iterator[Side]:
    for at, ring in enumerate(rings):
        for place, (start, end) in enumerate(pairwise(ring)):
            yield min(start[0], end[0]), max(start[0], end[0]), start, end, at, place


def _cross(one: Side, other: Side, rings: Sequence[Ring]) -> bool:
    (_, _, a, b, ring, place), (_, _, c, d, other_ring, other_place) = one, other
    if min(a[1], b[1]) > max(c[1], d[1]) or max(a[1], b[1]) < min(c[1], d[1]):
        return False
    if ring == other_ring and abs(place - other_place) in (1, len(rings[ring]) - 2):
        return False  # neighbours share a corner
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    return turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0


def _turn(a: Position, b: Position, c: Position) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


# -- how long, how large -------------------------------------------------------------------------------------------
def length(ring: Sequence[Position]) -> float:
    """Metres along a line, each part on a great circle."""
    return sum(_distance(start, end) for start, end in pairwise(ring))


def _distance(start: Position, end: Position) -> float:
    across, up = radians(end[0] - start[0]), radians(end[1] - start[1])
    half = sin(up / 2) ** 2 + cos(radians(start[1])) * cos(radians(end[1])) * sin(across / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(half)))


def surface(rings: Sequence[Ring]) -> float:
    """Square metres within the outline, holes left out."""
    outline, *holes = (abs(signed_area(ring)) for ring in rings)
    return max(0.0, outline - sum(holes))


def signed_area(ring: Ring) -> float:
    """Square metres within a closed ring on the sphere, less than zero when it turns counterclockwise.

    The formula of Chamberlain and Duquette, as turf has it: each corner weighs its latitude's sine with the longitude
    between its neighbours.
    """
    corners = ring[:-1]
    if len(corners) < 3:
        return 0.0
    before, after = (*corners[-1:], *corners[:-1]), (*corners[1:], *corners[:1])
    # Exactly summed: what is left of great parts that cancel out would else depend on where the ring begins.
    total = fsum(radians(c[0] - a[0]) * sin(radians(b[1])) for a, b, c in zip(before, corners, after, strict=True))
    return total * RADIUS * RADIUS / 2


def bounds(shapes: Iterable[Shape]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of what is drawn."""
    positions = [position for shape in shapes for position in shape.positions]
    if not positions:
        return None
    longitudes, latitudes = [p[0] for p in positions], [p[1] for p in positions]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


# -- how it is said ------------------------------------------------------------------------------------------------
KINDS: dict[ShapeKind, Text] = {
    ShapeKind.POINT: Text("Point", "Point"),
    ShapeKind.LINE: Text("Ligne", "Line"),
    ShapeKind.AREA: Text("Zone", "Area"),
}


def label(shape: Shape, language: Language = "fr") -> str:
    """What a shape is, with its measure: "Une ligne longue de 21,2 m"."""
    if shape.kind is ShapeKind.POINT:
        return _A_POINT[language].format(place=in_degrees(shape.rings[0][0], language))
    return (_A_LINE if shape.kind is ShapeKind.LINE else _AN_AREA)[language].format(size=measure(shape, language))


def measure(shape: Shape, language: Language = "fr") -> str:
    """The length of a line in metres, the surface of an area in square metres; nothing for a point."""
    if shape.kind is ShapeKind.POINT:
        return ""
    is_line = shape.kind is ShapeKind.LINE
    metres = length(shape.rings[0]) if is_line else surface(shape.rings)
    return f"{number(_one_decimal(metres), language)}\u00a0{'m' if is_line else 'm²'}"


def _one_decimal(metres: float) -> Decimal:
    rounded = round(Decimal(metres), 1)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


_A_POINT = Text("Un point situé à {place}", "A point at {place}")
_A_LINE = Text("Une ligne longue de {size}", "A line {size} long")
_AN_AREA = Text("Une zone de {size}", "An area of {size}")

_TOO_MANY_SHAPES = Text(
    "500 tracés au plus. Retirez-en, ou joignez un document.", "At most 500 shapes. Remove some, or attach a document."
)
TOO_MANY_VERTICES = Text(
    "Ce dessin a plus de 50 000 sommets. Simplifiez-le avant de l’ajouter.",
    "This drawing has more than 50,000 vertices. Simplify it before adding it.",
)
_EMPTY = Text(
    "Le tracé {place} n’a pas de coordonnées. Retirez-le ou dessinez-le à nouveau.",
    "Shape {place} has no coordinates. Remove it or draw it again.",
)
_OUTSIDE = Text(
    "Le tracé {place} sort du globe : la latitude va de -90 à 90, la longitude de -180 à 180, par exemple "
    "46,5382 ; 2,4285. Des coordonnées Lambert 93 sont à convertir en WGS84.",
    "Shape {place} is off the globe: latitudes go from -90 to 90, longitudes from -180 to 180, such as "
    "46.5382, 2.4285. Convert Lambert 93 coordinates to WGS84 first.",
)
_LONG_DESCRIPTION = Text(
    "La description du tracé {place} dépasse 500 caractères. Raccourcissez-la.",
    "The description of shape {place} is over 500 characters. Shorten it.",
)
_SHORT_LINE = Text(
    "La ligne {place} n’a qu’un seul point. Placez-en au moins deux.",
    "Line {place} has a single point. Place at least two.",
)
_SMALL_AREA = Text(
    "La zone {place} n’a pas de surface. Placez au moins trois sommets qui ne sont pas alignés.",
    "Area {place} has no surface. Place at least three corners that are not in line.",
)
_CROSSED = Text(
    "Le contour de la zone {place} se croise. Déplacez ou retirez un sommet pour que ses côtés ne se coupent plus.",
    "The outline of area {place} crosses itself. Move or remove a corner so that its sides no longer cross.",
)
