"""Drawings as pictures and tables."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.geometry import Shape, ShapeKind, drawing
from dsbuilder.domain.map_drawing import HEIGHT, MOST_ROWS, WIDTH, left_out, outline, picture, rows
from dsbuilder.domain.reading import read
from tests.domain.test_reading import TODAY
from tests.forms import a_field, a_form

POINT, LINE, AREA = ShapeKind
SITE = drawing(
    [
        Shape(AREA, (((-4.49, 48.38), (-4.47, 48.383), (-4.472, 48.395)),), "Port <&> quai"),
        Shape(LINE, (((-4.5, 48.37), (-4.46, 48.39)),)),
        Shape(POINT, (((-4.465, 48.385),),), "Entrée"),
    ]
)


def parts(svg: str, name: str) -> list[ElementTree.Element]:
    """The elements of one class."""
    return [each for each in ElementTree.fromstring(svg).iter() if each.get("class") == name]


def test_each_shape_is_drawn_within_the_picture_with_its_number_a_scale_and_its_place() -> None:
    svg = picture(SITE)
    assert [len(parts(svg, name)) for name in ("area", "line", "point", "badge", "scale", "inset")] == [
        1,
        1,
        1,
        3,
        1,
        1,
    ]
    assert [each.text for each in parts(svg, "number")] == ["1", "2", "3"]
    assert parts(svg, "scale")[0].text == "1\u00a0km"
    for path in (*parts(svg, "area"), *parts(svg, "line")):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d", "")):
            assert 0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT


def test_a_picture_stands_alone_on_paper_and_runs_nothing() -> None:
    svg = picture(SITE)
    assert all(each.get("fill") or each.get("stroke") for each in parts(svg, "area") + parts(svg, "rule"))
    assert not re.search(r"<script|style=|href|\bon\w+=", svg)
    assert "Port" not in svg  # what people write is in the table, as text


def test_it_says_what_it_is_in_the_reader_s_language() -> None:
    assert ElementTree.fromstring(picture(SITE)).get("aria-label") == "Dessin de 3 tracés, décrits sous l’image."
    assert ElementTree.fromstring(picture(SITE[:1], "en")).get("aria-label") == "Drawing of 1 shape, described below."
    assert picture(()) == ""


@pytest.mark.parametrize("number", [1, 500])
def test_a_long_line_makes_a_small_picture(number: int) -> None:
    way = tuple((2 + place / 40_000, 46 + (place % 2) / 1e5) for place in range(40_000))
    assert len(picture(drawing([Shape(LINE, (way,))]))) < 40_000


@pytest.mark.parametrize(
    ("longitude", "latitude", "shown"), [(2, 46, True), (55.5, -21.1, True), (-52, 4, True), (-74, 40.7, False)]
)
def test_the_small_outline_is_that_of_the_territory_around(longitude: float, latitude: float, shown: bool) -> None:
    svg = picture(drawing([Shape(POINT, (((longitude, latitude),),))]))
    assert bool(parts(svg, "here")) is shown
    assert len(outline()) == 12


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=5))
def test_any_line_can_be_drawn(line: list[tuple[float, float]]) -> None:
    assume_valid = tuple(dict.fromkeys((round(x, 7), round(y, 7)) for x, y in line))
    if len(assume_valid) > 1:
        ElementTree.fromstring(picture(drawing([Shape(LINE, (assume_valid,))])))


def test_the_table_says_all_for_who_does_not_see_the_picture() -> None:
    area, line, point = rows(SITE, "fr")
    assert (area.key, area.kind, area.description) == ("1", "Zone", "Port <&> quai")
    assert area.positions.count("\n") == 2  # the corner that closes it is not said twice
    assert line.measure == "3\u00a0701,8\u00a0m" and line.positions.startswith("48,37\u00a0; -4,5\n")
    assert (point.kind, point.measure, point.positions) == ("Point", "", "48,385\u00a0; -4,465")
    assert rows(SITE, "en")[2].positions == "48.385, -4.465"


def test_what_is_too_much_for_a_table_is_counted() -> None:
    way = tuple((2.0, 46 + place / 100) for place in range(20))
    shapes = drawing([Shape(LINE, (way,))] * (MOST_ROWS + 2))
    assert len(rows(shapes, "fr")) == MOST_ROWS
    assert rows(shapes, "fr")[0].more == "et 8 autres positions"
    assert left_out(shapes, "fr") == "Et 2 autres tracés, dans le fichier."
    assert left_out(shapes[: MOST_ROWS + 1], "en") == "And 1 more shape, in the file."
    assert left_out(SITE, "fr") == ""


def test_pages_that_are_read_have_picture_table_and_file() -> None:
    form = a_form(a_field(1, "carte", "Emprise"), a_field(2, "carte", "Autre"))
    drawn, empty = read(form, {"1": Answer(SITE)}, "fr", TODAY, 12)[0].answers
    assert drawn.picture.startswith("<svg") and len(drawn.shapes) == 3
    assert drawn.address == "/cartes/12/1/fichier.geojson"
    assert (empty.picture, empty.shapes, empty.address, empty.text) == ("", (), "", "")
