"""Shapes on the earth: what is valid, how long, how large, how it is said."""

import json
from math import inf, nan, pi, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dsbuilder.domain import geojson
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.geometry import (
    MAX_SHAPES,
    MAX_VERTICES,
    MOST_COMPARED,
    RADIUS,
    Patience,
    Ring,
    Shape,
    ShapeKind,
    bounds,
    crosses_itself,
    drawing,
    label,
    length,
    measure,
    signed_area,
    surface,
)

POINT, LINE, AREA = ShapeKind
NBSP = "\u00a0"
DEGREE = pi * RADIUS / 180  # metres of one degree along a meridian
BREST: Ring = ((-4.49, 48.38), (-4.47, 48.383), (-4.472, 48.395), (-4.489, 48.392), (-4.49, 48.38))

latitudes, longitudes = st.floats(-89, 89), st.floats(-179, 179)


def box(west: float, south: float, east: float, north: float) -> Ring:
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def drawn(kind: ShapeKind, *positions: tuple[float, float]) -> Shape:
    (shape,) = drawing([Shape(kind, (positions,))])
    return shape


def refused(*shapes: Shape) -> str:
    with pytest.raises(Invalid) as why:
        drawing(shapes)
    assert why.value.text.en and why.value.text.en != why.value.text.fr
    return why.value.text.fr


# -- measures ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ring", "metres"),
    [
        (((0, 0), (0, 1)), DEGREE),
        (((0, 0), (1, 0)), DEGREE),
        (((0, 60), (180, 60)), 60 * DEGREE),  # over the pole, not along the parallel
        (((0, 0), (180, 0)), 180 * DEGREE),
        (((2, 48), (2, 48)), 0),
        (((2, 48), (2, 49), (2, 48)), 2 * DEGREE),
        (((2.3522, 48.8566), (4.8357, 45.7640)), 391_930),  # Paris to Lyon
    ],
)
def test_lengths_of_known_lines(ring: Ring, metres: float) -> None:
    assert length(ring) == pytest.approx(metres, rel=1e-4, abs=1e-6)


@given(longitudes, st.floats(0.01, 0.9), st.floats(-80, 80), st.floats(0.01, 5))
def test_a_strip_between_two_parallels_has_the_area_of_its_zone_of_the_sphere(
    west: float, width: float, south: float, height: float
) -> None:
    east, north = west + width, south + height
    zone = RADIUS**2 * (width * pi / 180) * (sin(north * pi / 180) - sin(south * pi / 180))
    assert surface([box(west, south, east, north)]) == pytest.approx(zone, rel=1e-6)


def test_areas_of_known_shapes() -> None:
    assert surface([box(-180, -90, 180, 90)]) == pytest.approx(4 * pi * RADIUS**2, rel=1e-9)
    assert surface([box(0, 0, 1, 1)]) == pytest.approx(12_391_399_902, rel=1e-6)  # what turf said on this sphere
    assert surface([box(0, 0, 1, 1), box(0.25, 0.25, 0.75, 0.75)]) == pytest.approx(0.75 * 12_391_399_902, rel=1e-4)
    assert surface([((0, 0), (1, 1), (0, 0))]) == 0


@given(st.lists(st.tuples(longitudes, latitudes), min_size=3, max_size=8))
@example([(138.25, -50.0), (138.25, -50.0), (-162.0, -26.0), (-162.0, -26.0)])  # long, and of no width
def test_turning_the_other_way_changes_the_sign_alone(corners: list[tuple[float, float]]) -> None:
    ring = (*corners, corners[0])
    assert signed_area(ring[::-1]) == pytest.approx(-signed_area(ring), rel=1e-9, abs=1e-2)


@given(st.lists(st.tuples(longitudes, latitudes), min_size=2, max_size=9))
def test_a_line_is_never_shorter_than_from_end_to_end(line: list[tuple[float, float]]) -> None:
    assert length(line) >= length((line[0], line[-1])) - 1e-3
    assert length(line[::-1]) == pytest.approx(length(line))


@pytest.mark.parametrize(
    ("shape", "french", "english"),
    [
        (drawn(LINE, (2, 48), (2, 48.00019043)), f"Une ligne longue de 21,2{NBSP}m", f"A line 21.2{NBSP}m long"),
        (drawn(LINE, (2, 48), (2, 49)), f"Une ligne longue de 111{NBSP}319,5{NBSP}m", f"A line 111,319.5{NBSP}m long"),
        (drawn(AREA, *BREST), f"Une zone de 1{NBSP}839{NBSP}274,1{NBSP}m²", f"An area of 1,839,274.1{NBSP}m²"),
        (
            drawn(POINT, (2.428462, 46.538192)),
            "Un point situé à 46°32′17,5″N 2°25′42,5″E",
            "A point at 46°32′17.5″N 2°25′42.5″E",
        ),
        (drawn(POINT, (-56.2, -0.5)), "Un point situé à 0°30′0″S 56°12′0″O", "A point at 0°30′0″S 56°12′0″W"),
    ],
)
def test_each_is_said_with_its_measure(shape: Shape, french: str, english: str) -> None:
    assert (label(shape, "fr"), label(shape, "en")) == (french, english)
    assert measure(shape) == "" or measure(shape) in french


# -- what is valid -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("shape", "french"),
    [
        (Shape(POINT, ()), "n’a pas de coordonnées"),
        (Shape(POINT, ((),)), "n’a pas de coordonnées"),
        (Shape(POINT, (((1, 2), (3, 4)),)), "n’a pas de coordonnées"),
        (Shape(LINE, (((1, 2), (3, 4)), ((1, 2), (3, 4)))), "n’a pas de coordonnées"),
        (Shape(POINT, (((181, 0),),)), "sort du globe"),
        (Shape(POINT, (((0, -90.5),),)), "sort du globe"),
        (Shape(POINT, (((nan, 0),),)), "sort du globe"),
        (Shape(POINT, (((0, inf),),)), "sort du globe"),
        (Shape(POINT, (((652469, 6862035),),)), "Lambert 93"),
        (Shape(LINE, (((1, 2),),)), "un seul point"),
        (Shape(LINE, (((1, 2), (1, 2), (1, 2)),)), "un seul point"),
        (Shape(AREA, (((1, 2), (3, 4)),)), "n’a pas de surface"),
        (Shape(AREA, (((1, 2), (3, 4), (1, 2)),)), "n’a pas de surface"),
        (Shape(AREA, (((0, 0), (1, 1), (1, 0), (0, 1)),)), "se croise"),
        (Shape(AREA, (box(0, 0, 4, 4), box(3, 3, 5, 5))), "se croise"),
        (Shape(POINT, (((1, 2),),), "x" * 501), "dépasse 500 caractères"),
    ],
    ids=str,
)
def test_what_is_no_shape_is_refused_with_what_to_do(shape: Shape, french: str) -> None:
    assert french in refused(shape)
    assert "2" in refused(drawn(POINT, (1, 2)), shape)  # its place is said


def test_too_much_is_refused() -> None:
    point = Shape(POINT, (((1, 2),),))
    assert len(drawing([point] * MAX_SHAPES)) == MAX_SHAPES
    assert "500 tracés au plus" in refused(*[point] * (MAX_SHAPES + 1))
    way = tuple((0.0, place / MAX_VERTICES) for place in range(MAX_VERTICES + 1))
    assert len(drawn(LINE, *way[1:]).rings[0]) == MAX_VERTICES
    assert "50 000 sommets" in refused(Shape(LINE, (way,))).replace(NBSP, " ")


def test_an_area_is_closed_and_turned_as_geojson_wants() -> None:
    open_, clockwise = BREST[:-1], BREST[::-1]
    assert drawn(AREA, *open_).rings == (BREST,)
    assert set(drawn(AREA, *clockwise).rings[0]) == set(BREST)
    for ring in (BREST, clockwise):
        (found,) = drawn(AREA, *ring).rings
        assert signed_area(found) < 0  # counterclockwise, seen with the north above
    (outline, hole) = drawing([Shape(AREA, (box(0, 0, 4, 4), box(1, 1, 2, 2)))])[0].rings
    assert signed_area(outline) < 0 < signed_area(hole)


def test_positions_are_rounded_to_a_centimetre_and_none_comes_twice_in_a_row() -> None:
    line = drawn(LINE, (1.123456789, -0.000000001), (1.12345678, 0), (2, 3), (2, 3), (1.1234568, 0))
    assert line.rings == (((1.1234568, 0.0), (2.0, 3.0), (1.1234568, 0.0)),)
    assert str(line.rings[0][0][1]) == "0.0"


def test_numbers_stay_and_are_given_where_they_lack() -> None:
    shapes = [Shape(POINT, (((place, 0.0),),), number=number) for place, number in enumerate((7, 0, 7, 3, -1))]
    assert [shape.number for shape in drawing(shapes)] == [7, 8, 9, 3, 10]


# -- crossing ------------------------------------------------------------------------------------------------------
@given(st.integers(3, 60), st.floats(0.1, 3))
def test_a_regular_outline_does_not_cross_itself(corners: int, radius: float) -> None:
    ring = [
        (radius * sin(2 * pi * at / corners), radius * sin(2 * pi * at / corners + pi / 2)) for at in range(corners)
    ]
    assert not crosses_itself([(*ring, ring[0])], Patience(MOST_COMPARED))


@given(st.integers(5, 60).filter(lambda n: n % 2 == 1))
def test_a_star_drawn_in_one_stroke_crosses_itself(corners: int) -> None:
    step = corners // 2
    turn = [2 * pi * (at * step % corners) / corners for at in range(corners)]
    ring = [(sin(angle), sin(angle + pi / 2)) for angle in turn]
    assert crosses_itself([(*ring, ring[0])], Patience(MOST_COMPARED))


def test_an_outline_too_long_to_compare_counts_as_right() -> None:
    comb = [(place / 20_000, place % 2) for place in range(20_000)]
    flat = [(x, 5 + y) for y, x in comb]  # its teeth lie along the sweep
    assert not crosses_itself([(*flat, (3.0, 9.0), flat[0])], Patience(MOST_COMPARED))


def test_many_outlines_are_not_compared_for_longer_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsbuilder.domain.geometry.MOST_COMPARED", 2_000)
    comb = tuple((0.0 if at % 2 else 100.0, at / 2) for at in range(60))
    area = Shape(ShapeKind.AREA, ((*comb, (-1.0, 29.5), (-1.0, -1.0), comb[0]),))
    knot = Shape(ShapeKind.AREA, (((0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 2.0), (0.0, 0.0)),))
    with pytest.raises(Invalid):
        drawing([area, knot])
    assert len(drawing([area, area, knot])) == 3  # all that was left was spent on the first two


def test_bounds_are_around_everything() -> None:
    assert bounds(drawing([Shape(POINT, (((1, 2),),)), Shape(LINE, (((-3, 4), (0, 5)),))])) == (-3, 2, 1, 5)
    assert bounds([]) is None


# -- GeoJSON -------------------------------------------------------------------------------------------------------
_positions = st.tuples(longitudes, latitudes)
_shapes = st.one_of(
    st.builds(lambda p, d: Shape(POINT, ((p,),), d), _positions, st.text(max_size=20)),
    st.builds(lambda ps: Shape(LINE, (tuple(ps),)), st.lists(_positions, min_size=2, max_size=6)),
    st.builds(lambda ps: Shape(AREA, (tuple(ps),)), st.lists(_positions, min_size=3, max_size=5)),
)


@given(st.lists(_shapes, min_size=1, max_size=5))
def test_what_is_written_is_read_again_equal(shapes: list[Shape]) -> None:
    try:
        made = drawing(shapes)
    except Invalid:
        return
    text = json.dumps(geojson.written(made), allow_nan=False)
    assert geojson.kept(json.loads(text)) == made
    assert geojson.read_text(text) == made
    assert drawing(made) == made


@pytest.mark.parametrize(
    "document",
    [
        {"features": 1},
        {"features": [{}]},
        {"features": [{"id": 1, "geometry": {"type": "Point", "coordinates": [200, 0]}, "properties": {}}]},
        {"features": [{"id": 1, "geometry": {"type": "Point", "coordinates": ["1", 0]}, "properties": {}}]},
        {"features": [{"id": 1, "geometry": {"type": "Circle", "coordinates": [1, 0]}, "properties": {}}]},
        {"features": [{"id": "1", "geometry": {"type": "Point", "coordinates": [1, 0]}, "properties": {}}]},
        {"features": [{"id": 1, "geometry": {"type": "LineString", "coordinates": []}, "properties": {}}]},
        {"features": [{"id": 1, "geometry": {"type": "Polygon", "coordinates": [[]]}, "properties": {}}]},
        {"features": []},
        [1],
        "texte",
        None,
    ],
)
def test_what_was_not_kept_by_us_is_no_drawing(document: object) -> None:
    assert geojson.kept(document) is None
