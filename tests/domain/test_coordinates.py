"""Coordinates as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.coordinates import decimal, in_degrees, read_position, read_positions
from dsbuilder.domain.errors import Invalid

CENTRE = (2.428462, 46.538192)
PARIS = (2 + 21 / 60 + 8 / 3600, 48 + 51 / 60 + 24 / 3600)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("46.538192, 2.428462", CENTRE),
        ("46.538192,2.428462", CENTRE),
        ("46,538192 ; 2,428462", CENTRE),
        ("46,538192;2,428462", CENTRE),
        ("46,538192 2,428462", CENTRE),
        ("46,538192, 2,428462", CENTRE),
        ("46.538192 2.428462", CENTRE),
        ("46.538192 / 2.428462", CENTRE),
        ("(46.538192, 2.428462)", CENTRE),
        ("  46.538192\u00a0N,  2.428462\u202fE ", CENTRE),
        ("2.428462 E, 46.538192 N", CENTRE),
        ("N46.538192 E2.428462", CENTRE),
        ("46,2", (2, 46)),
        ("48°51′24″N 2°21′8″E", PARIS),
        ("48° 51' 24\" N, 2° 21' 8\" E", PARIS),
        ("48°51’24” N ; 2°21’8” E", PARIS),
        ("48 51 24 2 21 8", PARIS),
        ("48 51 24 N 2 21 8 E", PARIS),
        ("N 48°51,4′ E 2°21′8″", PARIS),
        ("-21,1151 ; 55,5364", (55.5364, -21.1151)),
        ("−21.1151, −55.5364", (-55.5364, -21.1151)),
        ("21,1151 S ; 55,5364 E", (55.5364, -21.1151)),
        ("16°14′0″N 61°32′0″O", (-61 - 32 / 60, 16 + 14 / 60)),
        ("16°14′0″n 61°32′0″w", (-61 - 32 / 60, 16 + 14 / 60)),
        ("0, 0", (0, 0)),
        ("-90 ; -180", (-180, -90)),
    ],
)
def test_usual_ways_of_writing_are_read(text: str, position: tuple[float, float]) -> None:
    assert read_position(text) == pytest.approx(position, abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "46", "46,5382", "91, 2", "46, 181", "46 2 3", "46N 2N", "46E 2E", "48°61′N 2°E", "48°51′60″N 2°E"),
        *("1e5, 2", "46..5, 2", "46.5, 2.4, 100", "N46S, 2", "46.5°30′N, 2", "٤٦, ٢", "nan, inf", "x" * 500, ";", "°"),
    ],
)
def test_what_is_no_position_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Invalid) as why:
        read_position(text)
    assert "46,5382\u00a0; 2,4285" in why.value.text.fr and "46.5382, 2.4285" in why.value.text.en


@pytest.mark.parametrize(
    "text", ["652469, 6862035", "652469.25 6862035.10", "652 469 ; 6 862 035", "652469,3;6862035,1"]
)
def test_lambert_coordinates_are_recognised(text: str) -> None:
    with pytest.raises(Invalid, match="Lambert 93"):
        read_position(text)


def test_several_positions_stand_one_on_each_line() -> None:
    assert read_positions("46.5, 2.4\r\n\r\n 47 ; 3\n") == ((2.4, 46.5), (3, 47))
    with pytest.raises(Invalid, match="at least one position"):
        read_positions(" \n ")
    with pytest.raises(Invalid, match=r"“2\.5, x”"):
        read_positions("46.5, 2.4\n2.5, x")


_positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(lambda p: (round(p[0], 7), round(p[1], 7)))


@given(_positions)
def test_what_is_written_is_read_again(position: tuple[float, float]) -> None:
    for language in ("fr", "en"):
        assert read_position(decimal(position, language)) == pytest.approx(position, abs=1e-9)
        assert read_position(in_degrees(position, language)) == pytest.approx(position, abs=0.06 / 3600)


@given(st.text(max_size=40) | st.text("0123456789 .,;°′″NSEO-", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        longitude, latitude = read_position(text)
    except Invalid:
        return
    assert abs(longitude) <= 180 and abs(latitude) <= 90
