"""Points, lines and areas drawn on a map. They come by their own route, as a large drawing is no text to type."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain import geojson
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Group, Json, Samples, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.operators import PRESENCE
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.geometry import KINDS, MAX_SHAPES, Shape, ShapeKind, drawing, label
from dsbuilder.domain.map_files import typed
from dsbuilder.domain.texts import Language, Text, plural

Drawing = tuple[Shape, ...]

LAYERS = (
    ("cadastres", Text("Cadastre", "Land register")),
    ("rpg", Text("Parcelles agricoles (RPG)", "Farm parcels (RPG)")),
    ("unesco", Text("UNESCO", "UNESCO sites")),
    ("arretes_protection", Text("Arrêtés de protection", "Protection orders")),
    ("conservatoire_littoral", Text("Conservatoire du littoral", "Coastal conservancy")),
    ("reserves_chasse_faune_sauvage", Text("Réserves de chasse et de faune sauvage", "Hunting and wildlife reserves")),
    ("reserves_biologiques", Text("Réserves biologiques", "Biological reserves")),
    ("reserves_naturelles", Text("Réserves naturelles", "Nature reserves")),
    ("natura_2000", Text("Natura 2000", "Natura 2000 sites")),
    ("zones_humides", Text("Zones humides", "Wetlands")),
    ("znieff", Text("ZNIEFF", "Areas of ecological interest (ZNIEFF)")),
)
_SURVEY = {"geopoint": ShapeKind.POINT, "geotrace": ShapeKind.LINE, "geoshape": ShapeKind.AREA}
_METROPOLE = ((-0.5, 4.5), (44.5, 48.5))  # degrees within which made drawings lie


class AreaMapField(FieldType):
    kind = "carte"
    api_name = "CarteChampDescriptor"
    label = Text("Carte", "Map")
    help = Text(
        "Des points, des lignes ou des zones dessinés sur une carte, ou lus dans un fichier GPX, KML ou GeoJSON.",
        "Points, lines or areas drawn on a map, or read from a GPX, KML or GeoJSON file.",
    )
    group = Group.PLACE
    icon = "map"
    control = Control.MAP
    seconds = 180
    operators = PRESENCE
    not_in_survey = ("carte_layers", "shapes", "max_shapes")

    @dataclass(frozen=True)
    class Options:
        shapes: tuple[str, ...] = option(
            Text("Ce qui se dessine", "What can be drawn"),
            Control.MULTIPLE,
            (),
            Text("Aucun choix : points, lignes et zones.", "None chosen: points, lines and areas."),
            choices=tuple((kind.value, KINDS[kind]) for kind in ShapeKind),
        )
        max_shapes: int = option(
            Text("Nombre de tracés", "Number of shapes"), Control.NUMBER, MAX_SHAPES, between=(1, MAX_SHAPES)
        )
        carte_layers: tuple[str, ...] = option(
            Text("Couches de la carte", "Layers of the map"),
            Control.MULTIPLE,
            (),
            Text(
                "Elles se montrent quand le fond de carte de ce site les connaît.",
                "They show when the base map of this site knows them.",
            ),
            choices=LAYERS,
        )

    # -- entering --------------------------------------------------------------------------------------------------
    def parse(self, raw: Raw, options: Any) -> Drawing | None:
        """A drawing written as GeoJSON, or points written as coordinates, one on each line."""
        text = clean(raw)
        if not text:
            return None
        if text.startswith(("{", "[")):
            return self.checked(geojson.read_text(text), options)
        return self.checked(typed(ShapeKind.POINT, text), options)

    def checked(self, shapes: Drawing, options: Any) -> Drawing | None:
        """The drawing, None when it is empty. Raises Invalid for what this question does not take."""
        wrong = self.wrong_today(shapes, options, date.min)
        if wrong is not None:
            raise Invalid(wrong)
        return shapes or None

    def wrong_today(self, value: Drawing | None, options: Any, today: date) -> Text | None:
        """What the settings forbid, on any day: they may have changed since it was drawn."""
        shapes = value or ()
        if len(shapes) > options.max_shapes:
            return plural(options.max_shapes, _ONE_SHAPE, _MANY_SHAPES)
        if options.shapes and any(shape.kind not in options.shapes for shape in shapes):
            return _ONLY.format(kinds=_kinds(options.shapes))
        return None

    def missing(self, label: str) -> Text:
        """Something drawn is wanted."""
        return Text(
            "Placez au moins un point, une ligne ou une zone sur la carte « {label} ».",
            "Place at least one point, line or area on the map “{label}”.",
        ).format(label=label)

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """One shape of a kind that may be drawn, somewhere in France."""
        kind = random.choice([ShapeKind(name) for name in asked.options.shapes] or list(ShapeKind))
        return json.dumps(geojson.written(drawing([_somewhere(kind, random)])))

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Latitude and longitude out of the globe, one of the two forgotten, a ring that leads nowhere."""
        flat = {"type": "Polygon", "coordinates": [[[2, 46], [3, 47], [2, 46]]]}
        return ("146,5382 ; 2,4285", "46,5382", "652469 ; 6862035", json.dumps(flat))

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One shape: there is something, or nothing."""
        kind = ShapeKind(options.shapes[0]) if options.shapes else ShapeKind.POINT
        return Samples((drawing([_somewhere(kind, Random(1))]),))

    # -- keeping and showing ---------------------------------------------------------------------------------------
    def to_json(self, value: Drawing | None) -> Json:
        """GeoJSON."""
        return None if value is None else geojson.written(value)

    def from_json(self, json: Json) -> Drawing | None:
        """The inverse of `to_json`."""
        return geojson.kept(json)

    def attributes(self, options: Any) -> Attributes:
        """What may be drawn, how much, and over what."""
        return Attributes(
            maximum=str(options.max_shapes), shapes=" ".join(options.shapes), layers=" ".join(options.carte_layers)
        )

    def as_typed(self, value: Drawing | None) -> str:
        """Nothing is typed: the page asks for the drawing by its own route."""
        return ""

    def chosen(self, value: Drawing | None) -> tuple[str, ...]:
        """Nothing is chosen."""
        return ()

    def display(self, value: Drawing | None, options: Any, language: Language = "fr") -> str:
        """What each shape is, one on each line."""
        return "\n".join(
            f"{shape.description} – {label(shape, language)}" if shape.description else label(shape, language)
            for shape in value or ()
        )

    def columns(self, asked: AskedField) -> list[Column]:
        """What each shape is, for exports alone."""
        return [
            Column("value", asked.label, ColumnType.TEXT, lambda value: self.display(value, None) or None, sought=False)
        ]

    def mailed(self, asked: AskedField) -> list[Column]:
        """None: a drawing has no words of its own."""
        return []

    # -- publishing and other forms of files -----------------------------------------------------------------------
    def problems(self, asked: AskedField) -> list[Text]:
        """Two layers of parcels cannot be shown at once."""
        return [_EITHER] if {"cadastres", "rpg"} <= set(asked.options.carte_layers) else []

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A place, a way or a shape, as XLSForm takes one of them: an area where several kinds may be drawn."""
        only = ShapeKind(options.shapes[0]) if len(options.shapes) == 1 else ShapeKind.AREA
        return SurveyQuestion(next(name for name, kind in _SURVEY.items() if kind is only))

    def from_survey(self, question: SurveyQuestion) -> Any:
        """One shape of one kind."""
        kind = _SURVEY.get(question.type)
        return self.Options(shapes=(kind.value,), max_shapes=1) if kind else None


def _somewhere(kind: ShapeKind, random: Random) -> Shape:
    (west, east), (south, north) = _METROPOLE
    x, y = round(random.uniform(west, east), 4), round(random.uniform(south, north), 4)
    corners = ((x, y), (x + 0.004, y + 0.001), (x + 0.003, y + 0.003))
    rings = {ShapeKind.POINT: corners[:1], ShapeKind.LINE: corners, ShapeKind.AREA: (*corners, corners[0])}
    return Shape(kind, (rings[kind],))


def _kinds(names: Sequence[str]) -> Text:
    words = [KINDS_OF_MANY[ShapeKind(name)] for name in ShapeKind if name in names]
    return Text(" et ".join(word.fr for word in words), " and ".join(word.en for word in words))


KINDS_OF_MANY = {
    ShapeKind.POINT: Text("des points", "points"),
    ShapeKind.LINE: Text("des lignes", "lines"),
    ShapeKind.AREA: Text("des zones", "areas"),
}
_ONE_SHAPE = Text(
    "Un seul tracé est accepté ici. Retirez le précédent pour en dessiner un autre.",
    "Only one shape is accepted here. Remove the previous one to draw another.",
)
_MANY_SHAPES = Text(
    "{count} tracés au plus sont acceptés ici. Retirez-en un pour en dessiner un autre.",
    "At most {count} shapes are accepted here. Remove one to draw another.",
)
_ONLY = Text("Dessinez seulement {kinds} ici, et retirez le reste.", "Draw only {kinds} here, and remove the rest.")
_EITHER = Text(
    "Montrez le cadastre ou les parcelles agricoles (RPG), pas les deux : décochez l’un.",
    "Show the land register or the farm parcels (RPG), not both: untick one.",
)
