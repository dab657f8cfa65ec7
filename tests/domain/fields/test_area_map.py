"""Maps."""

import json
from datetime import date
from random import Random
from typing import Any

import pytest

from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.area_map import LAYERS, AreaMapField
from dsbuilder.domain.geometry import Shape, ShapeKind, drawing
from dsbuilder.domain.open_data import read_procedure, write_procedure
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.rebase import rebase
from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal
from tests.strategies import next_ids

POINT, LINE, AREA = ShapeKind
SITE = drawing(
    [
        Shape(AREA, (((-4.49, 48.38), (-4.47, 48.383), (-4.472, 48.395)),), "Port"),
        Shape(LINE, (((2, 48), (2, 49)),)),
    ]
)
TODAY = date(2026, 3, 27)


def point(longitude: float = 2, latitude: float = 46) -> str:
    return json.dumps({"type": "Point", "coordinates": [longitude, latitude]})


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        ("", []),
        ("46,5382 ; 2,4285", ["Point"]),
        ("46,5 ; 2,4\n47 ; 3", ["Point", "Point"]),
        (point(), ["Point"]),
        (json.dumps(of("carte").to_json(SITE)), ["Polygon", "LineString"]),
    ],
)
def test_geojson_and_coordinates_are_read(raw: str, kinds: list[str]) -> None:
    assert [shape.kind.value for shape in parsed("carte", raw) or ()] == kinds


@pytest.mark.parametrize(
    ("raw", "options", "french"),
    [
        ("ici", {}, "n’est pas une position"),
        (point(latitude=91), {}, "sort du globe"),
        ('{"type": "Circle"}', {}, "n’est pas du GeoJSON"),
        ("46 ; 2\n47 ; 3", {"max_shapes": 1}, "Un seul tracé"),
        ("46 ; 2\n47 ; 3\n48 ; 4", {"max_shapes": 2}, "2 tracés au plus"),
        (point(), {"shapes": ("Polygon",)}, "seulement des zones"),
        (point(), {"shapes": ("Polygon", "LineString")}, "seulement des lignes et des zones"),
    ],
)
def test_what_is_not_asked_is_refused(raw: str, options: dict[str, Any], french: str) -> None:
    assert french in refusal("carte", raw, **options).fr


def test_it_is_kept_as_geojson_and_read_by_people_line_by_line() -> None:
    type_ = of("carte")
    kept = json.loads(json.dumps(type_.to_json(SITE)))
    assert kept["type"] == "FeatureCollection" and type_.from_json(kept) == SITE
    assert type_.display(SITE, None) == (
        f"Port – Une zone de 1{NBSP}012{NBSP}191,8{NBSP}m²\nUne ligne longue de 111{NBSP}319,5{NBSP}m"
    )
    assert type_.display(SITE, None, "en").endswith(f"A line 111,319.5{NBSP}m long")
    assert (type_.as_typed(SITE), type_.chosen(SITE), type_.display(None, None)) == ("", (), "")


def test_its_column_is_exported_but_not_sought() -> None:
    field = a_field("carte")
    (column,) = field.type.columns(field)
    assert not column.sought
    assert column.read(SITE).count("\n") == 1 and column.read(None) is None


def test_made_drawings_are_of_the_kinds_that_may_be_drawn() -> None:
    for kind in ShapeKind:
        field = a_field("carte", shapes=(kind.value,), max_shapes=1)
        for seed in range(5):
            (shape,) = field.type.made(field, Random(seed), TODAY)
            assert shape.kind is kind


def test_two_layers_of_parcels_forbid_publishing() -> None:
    both = a_field("carte", carte_layers=("cadastres", "rpg", "znieff"))
    assert "pas les deux" in both.type.problems(both)[0].fr
    for layers in (("cadastres",), ("rpg",), tuple(name for name, _ in LAYERS[2:])):
        one = a_field("carte", carte_layers=layers)
        assert one.type.problems(one) == []


def test_the_browser_is_told_what_may_be_drawn() -> None:
    field = a_field("carte", shapes=("Point", "Polygon"), max_shapes=3, carte_layers=("cadastres", "znieff"))
    told = field.type.attributes(field.options)
    assert (told.shapes, told.maximum, told.layers) == ("Point Polygon", "3", "cadastres znieff")


@pytest.mark.parametrize(("name", "kind"), [("geopoint", POINT), ("geotrace", LINE), ("geoshape", AREA)])
def test_xlsform_asks_one_shape_of_one_kind(name: str, kind: ShapeKind) -> None:
    type_ = of("carte")
    assert isinstance(type_, AreaMapField)
    options = type_.Options(shapes=(kind.value,), max_shapes=1)
    question = type_.to_survey(options)
    assert question.type == name
    assert type_.from_survey(question) == options


def test_a_real_descriptor_comes_in_and_goes_out_equal() -> None:
    descriptor = {"__typename": "CarteChampDescriptor", "label": "Tracé", "description": None, "required": False}
    document = {"title": "Essai", "revision": {"champDescriptors": [descriptor]}}
    procedure = read_procedure(document, next_ids())
    assert procedure.revision.fields[0].kind == "carte"
    assert write_procedure(procedure) == document


def test_a_drawing_stays_when_the_form_changes_and_is_said_wrong_when_it_no_longer_fits() -> None:
    before, after = a_field("carte"), a_field("carte", max_shapes=1)
    answers = {"1": Answer(SITE)}
    assert not rebase(Revision((before,)), Revision((after,)), answers).entered_again
    assert "Un seul tracé" in after.type.wrong_today(SITE, after.options, TODAY).fr
    assert after.type.wrong_today(SITE[:1], after.options, TODAY) is None
    with pytest.raises(Invalid):
        after.type.checked(SITE, after.options)
