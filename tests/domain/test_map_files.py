"""GPX, KML and GeoJSON as programs write them, and as they arrive broken."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain import geojson
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.geometry import Shape, ShapeKind
from dsbuilder.domain.map_files import MAX_BYTES, read_file, typed

POINT, LINE, AREA = ShapeKind

GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Récepteur" xmlns="http://www.topografix.com/GPX/1/1">
  <wpt lat="48.38" lon="-4.49"><ele>12.5</ele><name>Entrée
  du  port</name></wpt>
  <rte><name>Par la côte</name><rtept lat="48.3" lon="-4.4"/><rtept lat="48.4" lon="-4.5"/></rte>
  <trk><name>Relevé</name>
    <trkseg><trkpt lat="48.1" lon="-4.1"><ele>3</ele></trkpt><trkpt lat="48.2" lon="-4.2"/></trkseg>
    <trkseg><trkpt lat="48.1" lon="-4.1"/></trkseg>
    <trkseg><trkpt lat="48.5" lon="-4.1"/><trkpt lat="48.6" lon="-4.2"/></trkseg>
  </trk>
</gpx>"""

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
  <Placemark><name>Point haut</name><Point><coordinates>2.5,46.5,120</coordinates></Point></Placemark>
  <Folder><Placemark><description><![CDATA[<b>Chemin</b> du moulin]]></description>
    <LineString><coordinates> 2.5,46.5,0 2.6,46.6,0
      2.7,46.7 </coordinates></LineString></Placemark></Folder>
  <Placemark><name>Pré</name><MultiGeometry>
    <Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,4 0,0</coordinates></LinearRing></outerBoundaryIs>
      <innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,2 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon>
    <Point><coordinates>3,3</coordinates></Point></MultiGeometry></Placemark>
  <Placemark><gx:Track><when>2026</when><gx:coord>2 46 5</gx:coord><gx:coord>2.1 46.1 6</gx:coord></gx:Track></Placemark>
</Document></kml>"""


def told(shapes: tuple[Shape, ...]) -> list[tuple[str, str, Any]]:
    return [(shape.kind.value, shape.description, [len(ring) for ring in shape.rings]) for shape in shapes]


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as why:
        read_file(content)
    assert why.value.text.en and why.value.text.en != why.value.text.fr
    return why.value.text.fr


# -- what programs write -------------------------------------------------------------------------------------------
def test_a_gpx_gives_its_way_points_routes_and_each_part_of_its_tracks() -> None:
    shapes = read_file(GPX.encode())
    assert told(shapes) == [
        ("Point", "Entrée du port", [1]),
        ("LineString", "Par la côte", [2]),
        ("LineString", "Relevé", [2]),
        ("LineString", "Relevé", [2]),
    ]
    assert shapes[0].rings == (((-4.49, 48.38),),)
    assert [shape.number for shape in shapes] == [1, 2, 3, 4]


def test_a_kml_gives_its_places_with_their_holes_and_several_shapes_apart() -> None:
    shapes = read_file(KML.encode())
    assert told(shapes) == [
        ("Point", "Point haut", [1]),
        ("LineString", "Chemin du moulin", [3]),
        ("Polygon", "Pré", [5, 5]),
        ("Point", "Pré", [1]),
        ("LineString", "", [2]),
    ]
    assert shapes[4].rings == (((2.0, 46.0), (2.1, 46.1)),)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"type": "Point", "coordinates": [2, 46, 120]}, [("Point", "", [1])]),
        (feature("Point", [2, 46], name="Borne"), [("Point", "Borne", [1])]),
        (feature("Point", [2, 46], nom=" ", title="Titre", description=12), [("Point", "Titre", [1])]),
        (feature("LineString", [[2, 46], [3, 47, 9]]), [("LineString", "", [2])]),
        (feature("MultiPoint", [[2, 46], [3, 47]], name="B"), [("Point", "B", [1]), ("Point", "B", [1])]),
        (feature("MultiLineString", [[[2, 46], [3, 47]], [[4, 4], [5, 5]]]), [("LineString", "", [2])] * 2),
        (
            feature("MultiPolygon", [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[5, 5], [6, 5], [6, 6]]]]),
            [("Polygon", "", [4])] * 2,
        ),
        (
            feature("Polygon", [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]]),
            [("Polygon", "", [5, 4])],
        ),
        (
            {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]},
            [("Point", "", [1])],
        ),
        (
            {
                "type": "FeatureCollection",
                "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
                "features": [{"type": "Feature", "geometry": None, "properties": None}, feature("Point", [1, 2])],
            },
            [("Point", "", [1])],
        ),
    ],
)
def test_geojson_of_any_kind_is_read(document: Any, expected: Any) -> None:
    assert told(read_file(json.dumps(document).encode())) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GPX.encode(),
        GPX.replace("UTF-8", "UTF-16").encode("utf-16"),
        GPX.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        GPX.replace("UTF-8", "windows-1252").encode("cp1252"),
        ("\n\n" + GPX[GPX.index("<gpx") :]).encode(),
    ],
    ids=["marked", "utf-16", "latin-1", "cp1252", "no declaration"],
)
def test_xml_is_read_in_the_encoding_that_it_says(content: bytes) -> None:
    assert read_file(content)[0].description == "Entrée du port"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_geojson_is_read_with_a_mark_too(encoding: str) -> None:
    text = json.dumps(feature("Point", [2, 46], name="Été"), ensure_ascii=False)
    assert read_file(text.encode(encoding))[0].description == "Été"


# -- what arrives broken -------------------------------------------------------------------------------------------
BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<kml><Placemark><name>&c;</name></Placemark></kml>"
)
STOLEN = (
    '<!DOCTYPE gpx [<!ENTITY f SYSTEM "file:///etc/passwd">]><gpx><wpt lat="1" lon="1"><name>&f;</name></wpt></gpx>'
)
DEEP = '{"type":"GeometryCollection","geometries":[' * 12 + '{"type":"Point","coordinates":[1,2]}' + "]}" * 12


@pytest.mark.parametrize(
    ("content", "french"),
    [
        (b"", "est vide"),
        (b" \n\t ", "est vide"),
        (b"PK\x03\x04doc.kml", "KMZ ou ZIP"),
        (b"\x89PNG\r\n\x1a\n", "ni du GPX, ni du KML, ni du GeoJSON"),
        (b"latitude;longitude\n46;2", "ni du GPX, ni du KML, ni du GeoJSON"),
        (b"<html><body/></html>", "ni du GPX, ni du KML, ni du GeoJSON"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ni du GPX, ni du KML, ni du GeoJSON"),
        (GPX[:-40].encode(), "incomplet ou abîmé (ligne 9)"),
        (GPX.replace("</wpt>", "").encode(), "incomplet ou abîmé"),
        (GPX.encode("latin-1"), "incomplet ou abîmé"),
        (GPX.replace("UTF-8", "klingon").encode(), "codage de caractères inconnu"),
        (BOMB.encode(), "définitions (DTD)"),
        (STOLEN.encode(), "définitions (DTD)"),
        (GPX.replace('lat="48.38"', 'lat="nord"').encode(), "n’est pas un nombre («\u00a0nord\u00a0»)"),
        (GPX.replace('lat="48.38"', "").encode(), "n’est pas un nombre"),
        (GPX.replace("48.38", "148.38").encode(), "sort du globe"),
        (GPX.replace("48.38", "nan").encode(), "sort du globe"),
        (KML.replace("2.5,46.5,120", "2.5").encode(), "n’est pas un nombre («\u00a02.5\u00a0»)"),
        (KML.replace("2.5,46.5,120", "2.5 46.5").encode(), "n’est pas un nombre"),
        (KML.replace("2.5,46.5,120", "").encode(), "n’a pas de coordonnées"),
        (b"<gpx/>", "ni point, ni ligne, ni zone"),
        (b"<kml><Document/></kml>", "ni point, ni ligne, ni zone"),
        (collection(), "ni point, ni ligne, ni zone"),
        (b"{", "n’est pas du GeoJSON"),
        (b"[]", "n’est pas du GeoJSON"),
        (b'{"type": "FeatureCollection"}', "n’est pas du GeoJSON"),
        (b'{"type": "Topology", "objects": {}}', "n’est pas du GeoJSON"),
        (b'{"type": "Feature", "geometry": {"type": 12}}', "n’est pas du GeoJSON"),
        (DEEP.encode(), "n’est pas du GeoJSON"),
        (b"[" * 100_000, "n’est pas du GeoJSON"),
        (b'{"a":' * 100_000, "n’est pas du GeoJSON"),
        (b'{"type": "Point", "coordinates": [NaN, 1]}', "n’est pas du GeoJSON"),
        (b'{"type": "Point", "coordinates": [1e999, 1]}', "sort du globe"),
        ('{"type": "Point", "é": 1}'.encode("latin-1"), "codage de caractères inconnu"),
        (collection(feature("Point", [1])), "n’a pas des coordonnées de GeoJSON"),
        (collection(feature("Point", ["1", "2"])), "n’a pas des coordonnées de GeoJSON"),
        (collection(feature("Point", [True, False])), "n’a pas des coordonnées de GeoJSON"),
        (collection(feature("Point", None)), "n’a pas des coordonnées de GeoJSON"),
        (collection(feature("LineString", [1, 2])), "n’a pas des coordonnées de GeoJSON"),
        (collection(feature("Polygon", [[1, 2], [3, 4]])), "n’a pas des coordonnées de GeoJSON"),
        (collection(feature("MultiPoint", 12)), "n’a pas des coordonnées de GeoJSON"),
        (collection(feature("Point", [1, 2]), feature("Point", {"x": 1})), "tracé 2"),
        (collection(feature("Point", [2, 46]), feature("LineString", [[1, 2]])), "La ligne 2"),
        (collection(feature("Polygon", [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]])), "se croise"),
        (collection(crs={"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}), "WGS84 (EPSG:4326)"),
        (collection(*[feature("Point", [1, 2])] * 501), "500 tracés au plus"),
        (b"<gpx>" + b" " * MAX_BYTES, "dépasse 5 Mo"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content: bytes, french: str) -> None:
    assert french in refused(content).replace("5\u00a0Mo", "5 Mo")


@given(
    st.binary(max_size=80)
    | st.sampled_from([GPX, KML]).flatmap(lambda t: st.integers(0, len(t)).map(lambda n: t[:n].encode()))
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert read_file(content)
    except Invalid as why:
        assert why.text.fr and why.text.en


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.floats() | st.sampled_from(["Point", "Polygon", "Feature"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "geometry", "features", "id"]), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(json_values)
def test_any_document_is_read_or_refused(document: Any) -> None:
    try:
        geojson.read(document)
    except Invalid as why:
        assert why.text.fr and why.text.en


# -- typed ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("deep", [2, 100_000])
def test_what_stands_within_itself_is_gone_through_once(deep: int) -> None:
    point = "<Point><coordinates>2,48</coordinates></Point>"
    kml = f"<kml>{'<Placemark>' * deep}{point}{'</Placemark>' * deep}</kml>"
    assert [shape.rings for shape in read_file(kml.encode())] == [(((2.0, 48.0),),)]
    gpx = f"<gpx>{'<trk><trkseg>' * deep}{'</trkseg></trk>' * deep}<wpt lon='2' lat='48'/></gpx>"
    assert len(read_file(gpx.encode())) == 1
    nest = f"<kml><Placemark>{'<Polygon><Point>' * deep}{point}{'</Point></Polygon>' * deep}</Placemark></kml>"
    with pytest.raises(Invalid):
        read_file(nest.encode())


def test_millions_of_typed_lines_are_refused_before_they_are_read() -> None:
    with pytest.raises(Invalid) as refused:
        typed(ShapeKind.LINE, "48 2\n" * 50_001 + "n’importe quoi")
    assert "50 000 sommets" in refused.value.text.fr.replace("\u00a0", " ")


def test_typed_positions_make_points_or_one_line_or_one_area() -> None:
    text = "46 ; 2\n47 ; 3\n46 ; 3"
    assert told(typed(POINT, text)) == [("Point", "", [1])] * 3
    assert told(typed(LINE, text)) == [("LineString", "", [3])]
    assert told(typed(AREA, text)) == [("Polygon", "", [4])]
    with pytest.raises(Invalid, match="single point"):
        typed(LINE, "46 ; 2")
