"""A drawing as a picture and as a table, for pages without a map and for paper: no JavaScript, no tile."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from math import atan, cos, degrees, log, pi, radians, sinh, tan

from dsbuilder.domain.coordinates import decimal
from dsbuilder.domain.geometry import KINDS, RADIUS, Position, Ring, Shape, ShapeKind, bounds, measure
from dsbuilder.domain.texts import Language, Text, number, plural

WIDTH, HEIGHT, MARGIN = 640, 360, 48  # units of the picture
INSET = 116  # the side of the small outline that shows where it lies
CLOSEST = 0.35  # pixels between two corners of a line that a picture tells apart
SMALLEST = 0.0008  # degrees across: a point alone is shown with a little around it
MOST_ROWS, MOST_POSITIONS = 50, 12  # of the table, and of one of its cells

# As attributes, so that paper and other programs have them; the style sheet of pages puts its own in their place.
_STYLES = {
    "paper": 'fill="#f4f2ed"',
    "area": 'fill="#b4690a" fill-opacity="0.25" stroke="#b4690a" stroke-width="2.5" stroke-linejoin="round"',
    "line": 'fill="none" stroke="#b4690a" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"',
    "point": 'fill="#b4690a" stroke="#ffffff" stroke-width="2"',
    "badge": 'fill="#14171f"',
    "number": 'fill="#ffffff" font-size="12" font-weight="bold" text-anchor="middle"',
    "rule": 'stroke="#14171f" stroke-width="2" fill="none"',
    "scale": 'fill="#14171f" font-size="13"',
    "inset": 'fill="#ffffff" stroke="#6b7080"',
    "land": 'fill="#dcd8ce" stroke="none"',
    "here": 'fill="#b4690a" stroke="#ffffff" stroke-width="1.5"',
}


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """One line of the table: what a shape is, for who does not see the picture."""

    key: str
    kind: str
    description: str
    measure: str
    positions: str  # latitude and longitude, one on each line
    more: str = ""  # what is left out of them


# -- the table -----------------------------------------------------------------------------------------------------
def rows(shapes: Sequence[Shape], language: Language) -> tuple[ShapeRow, ...]:
    """The first shapes, numbered as in the picture."""
    return tuple(_row(shape, place, language) for place, shape in enumerate(shapes[:MOST_ROWS], start=1))


def left_out(shapes: Sequence[Shape], language: Language) -> str:
    """What the table says of the shapes beyond the first; empty when there are none."""
    more = len(shapes) - MOST_ROWS
    return plural(more, _ONE_MORE_SHAPE, _MORE_SHAPES)[language] if more > 0 else ""


def _row(shape: Shape, place: int, language: Language) -> ShapeRow:
    positions = list(shape.positions)
    if shape.kind is ShapeKind.AREA and len(shape.rings) == 1:
        positions.pop()  # it closes where it began
    more = len(positions) - MOST_POSITIONS
    return ShapeRow(
        key=str(place),
        kind=KINDS[shape.kind][language],
        description=shape.description,
        measure=measure(shape, language),
        positions="\n".join(decimal(position, language) for position in positions[:MOST_POSITIONS]),
        more=plural(more, _ONE_MORE, _MORE)[language] if more > 0 else "",
    )


# -- the picture ---------------------------------------------------------------------------------------------------
def picture(shapes: Sequence[Shape], language: Language = "fr") -> str:
    """The drawing as SVG, with a scale and a small outline of where in France it lies; empty when nothing is drawn."""
    box = bounds(shapes)
    if box is None:
        return ""
    view = _View(box)
    drawn = "".join(_shape(shape, view) for shape in shapes)
    badges = "".join(_badge(shape, place, view) for place, shape in enumerate(shapes[:MOST_ROWS], start=1))
    said = escape(plural(len(shapes), _ONE_SHAPE, _SHAPES)[language])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{said}"><rect {_style("paper")} width="{WIDTH}" height="{HEIGHT}"/>'
        f"{drawn}{badges if len(shapes) > 1 else ''}{_scale(view, language)}{_inset(box)}</svg>"
    )


class _View:
    """Web Mercator, scaled so that a box fills the picture."""

    def __init__(self, box: tuple[float, float, float, float]) -> None:
        west, south, east, north = box
        x, y = (west + east) / 2, (_mercator(south) + _mercator(north)) / 2
        across = max(east - west, SMALLEST)
        up = max(_mercator(north) - _mercator(south), SMALLEST)
        self.scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / up)
        self.x, self.y, self.latitude = x, y, degrees(atan(sinh(radians(y))))

    def at(self, position: Position) -> tuple[float, float]:
        """Where a position lies in the picture."""
        longitude, latitude = position
        return WIDTH / 2 + (longitude - self.x) * self.scale, HEIGHT / 2 - (_mercator(latitude) - self.y) * self.scale

    def path(self, ring: Ring) -> str:
        """A line through positions, without the corners that nobody would see."""
        kept: list[tuple[float, float]] = []
        for place, (x, y) in enumerate(map(self.at, ring)):
            if kept and place < len(ring) - 1 and abs(x - kept[-1][0]) + abs(y - kept[-1][1]) < CLOSEST:
                continue
            kept.append((x, y))
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept)

    @property
    def metres(self) -> float:
        """How many metres one unit of the picture is, in its middle."""
        return radians(1) * RADIUS * cos(radians(self.latitude)) / self.scale


def _mercator(latitude: float) -> float:
    held = max(-85.0, min(85.0, latitude))
    return degrees(log(tan(pi / 4 + radians(held) / 2)))


def _shape(shape: Shape, view: _View) -> str:
    if shape.kind is ShapeKind.POINT:
        x, y = view.at(shape.rings[0][0])
        return f'<circle {_style("point")} cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
    closed = "Z" if shape.kind is ShapeKind.AREA else ""
    path = "".join(view.path(ring) + closed for ring in shape.rings)
    name = "area" if closed else "line"
    return f'<path {_style(name)} fill-rule="evenodd" d="{path}"/>'


def _badge(shape: Shape, place: int, view: _View) -> str:
    """The number by which the table calls a shape, at its first position."""
    x, y = view.at(shape.rings[0][0])
    x, y = min(WIDTH - 12.0, max(12.0, x + 12)), min(HEIGHT - 12.0, max(12.0, y - 12))
    return (
        f'<circle {_style("badge")} cx="{x:.1f}" cy="{y:.1f}" r="10"/>'
        f'<text {_style("number")} x="{x:.1f}" y="{y + 4:.1f}">{place}</text>'
    )


def _scale(view: _View, language: Language) -> str:
    """A bar of a round length, at the bottom left."""
    metres = _round(view.metres * 140)
    length = metres / view.metres
    said = f"{number(metres // 1000, language)}\u00a0km" if metres >= 1000 else f"{metres}\u00a0m"
    y = HEIGHT - 16
    return (
        f'<path {_style("rule")} d="M16 {y - 6}V{y}H{16 + length:.1f}V{y - 6}"/>'
        f'<text {_style("scale")} x="{24 + length:.1f}" y="{y}">{said}</text>'
    )


def _round(metres: float) -> int:
    """The largest of 1, 2, 5, 10, 20... that is not above."""
    found = 1
    for step in _steps():
        if step > metres:
            return found
        found = step
    return found


def _steps() -> Iterator[int]:
    for power in range(8):
        for digit in (1, 2, 5):
            yield digit * 10**power


def _inset(box: tuple[float, float, float, float]) -> str:
    """The outline of the territory around the drawing, with a mark where it lies; nothing abroad or overseas at large."""
    west, south, east, north = box
    x, y = (west + east) / 2, (south + north) / 2
    for rings in outline().values():
        around = bounds([Shape(ShapeKind.AREA, rings)])
        if around and around[0] - 0.5 <= x <= around[2] + 0.5 and around[1] - 0.5 <= y <= around[3] + 0.5:
            return _drawn_inset(rings, around, (x, y))
    return ""


def _drawn_inset(rings: tuple[Ring, ...], around: tuple[float, float, float, float], here: Position) -> str:
    west, south, east, north = around
    wide, high = east - west, _mercator(north) - _mercator(south)
    scale = (INSET - 16) / max(wide, high)
    left, top = WIDTH - INSET - 8 + (INSET - wide * scale) / 2, 8 + (INSET - high * scale) / 2

    def at(position: Position) -> tuple[float, float]:
        return left + (position[0] - west) * scale, top + (_mercator(north) - _mercator(position[1])) * scale

    land = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(at, ring)) + "Z" for ring in rings)
    x, y = at(here)
    return (
        f'<rect {_style("inset")} x="{WIDTH - INSET - 8}" y="8" width="{INSET}" height="{INSET}" rx="4"/>'
        f'<path {_style("land")} d="{land}"/><circle {_style("here")} cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    )


@cache
def outline() -> dict[str, tuple[Ring, ...]]:
    """The outlines of the French territories, by name; `tools/make_outline.py` makes the file."""
    document = json.loads((files("dsbuilder.domain") / "outline.json").read_text(encoding="utf-8"))
    return {
        name: tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings) for name, rings in document.items()
    }


def _style(name: str) -> str:
    return f'class="{name}" {_STYLES[name]}'


_ONE_SHAPE = Text("Dessin de {count} tracé, décrit sous l’image.", "Drawing of {count} shape, described below.")
_SHAPES = Text("Dessin de {count} tracés, décrits sous l’image.", "Drawing of {count} shapes, described below.")
_ONE_MORE = Text("et {count} autre position", "and {count} more position")
_MORE = Text("et {count} autres positions", "and {count} more positions")
_ONE_MORE_SHAPE = Text("Et {count} autre tracé, dans le fichier.", "And {count} more shape, in the file.")
_MORE_SHAPES = Text("Et {count} autres tracés, dans le fichier.", "And {count} more shapes, in the file.")
