"""Make `dsbuilder/domain/geography.zip`: the official geography of France and the countries of the world.

`make geography` runs it. What it reads:

- the npm package `@etalab/decoupage-administratif` (MIT; data under Licence Ouverte 2.0: INSEE, DGCL, La Poste), which
  npm fetches into a temporary folder;
- the names of countries in the Unicode CLDR, through Babel.

The same versions give the same bytes.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel import Locale

from dsbuilder.domain.place_search import BEGINNINGS, WORDS, line_of, places_of

PACKAGE, VERSION = "@etalab/decoupage-administratif", "6.0.0"
TARGET = Path(__file__).parents[1] / "dsbuilder" / "domain" / "geography.zip"
Rows = list[dict[str, Any]]

# Territories of the CLDR that are no country or territory of ISO 3166: groups, parts, inventions.
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
PLAINER = {"HK": ("Hong Kong", "Hong Kong"), "MO": ("Macao", "Macao"), "MM": ("Birmanie (Myanmar)", "Myanmar (Burma)")}


def main(npm: str) -> None:
    """Fetch, make, write."""
    with tempfile.TemporaryDirectory() as folder:
        source = fetched(npm, Path(folder))
        made = geography({name: read(source / f"{name}.json") for name in NAMES})
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in made.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1000:.0f} kB")


NAMES = ("communes", "departements", "regions", "epci")


def fetched(npm: str, folder: Path) -> Path:
    """The folder of the package's data."""
    subprocess.run([npm, "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as package:
        package.extractall(folder, filter="data")
    return folder / "package" / "data"


def read(path: Path) -> Rows:
    """One file of the package."""
    rows: Rows = json.loads(path.read_text())
    return rows


def geography(source: Mapping[str, Rows]) -> dict[str, bytes]:
    """What `dsbuilder/domain/geography.py` reads, by the name of each table and list."""
    current = [row for row in source["communes"] if row["type"] in ("commune-actuelle", "arrondissement-municipal")]
    current.sort(key=by_relevance)
    populations = {row["code"]: row.get("population", 0) for row in current}
    groups = [epci(row, populations) for row in sorted(source["epci"], key=by_population)]
    tables = {
        "regions": ((row["code"], row["nom"]) for row in source["regions"]),
        "departments": ((row["code"], row["nom"], row["region"]) for row in source["departements"]),
        "communes": ((row["nom"],) for row in current),
        "former_communes": former(current),
        "epci": groups,
        "countries": countries(),
    }
    return {
        "source": f"{PACKAGE} {VERSION}\n".encode(),
        **{name: table(rows).encode() for name, rows in tables.items()},
        **index("communes", (line_of([row["nom"]], codes_of(row)) for row in current)),
        **index("epci", (line_of(said_epci(name), (*within.split(), code)) for code, name, within in groups)),
    }


def index(name: str, lines: Iterable[str]) -> dict[str, bytes]:
    """What a table is searched by, ready made: making it takes longer than reading it."""
    searched = "".join(f"{line}\n" for line in lines)
    return {
        f"{name}.searched": searched.encode(),
        f"{name}.beginnings": little_endian(places_of(BEGINNINGS, searched)),
        f"{name}.words": little_endian(places_of(WORDS, searched)),
    }


def little_endian(numbers: "array[int]") -> bytes:
    """Four bytes for each."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows of cells as one text."""
    return "\n".join("\t".join(row) for row in rows)


def by_relevance(row: dict[str, Any]) -> tuple[int, str]:
    """The most populous first; the arrondissements of Paris, Lyon and Marseille after all whole communes."""
    whole = row["type"] == "commune-actuelle"
    return (-row.get("population", 0) if whole else 1, row["code"])


def by_population(row: dict[str, Any]) -> tuple[int, str]:
    """The most populous first."""
    return (-row["populationTotale"], row["code"])


def codes_of(row: dict[str, Any]) -> list[str]:
    """The code of a commune, then its postal codes."""
    return [row["code"], *row.get("codesPostaux", [])]


def former(current: Rows) -> list[tuple[str, str]]:
    """The codes of communes that became part of another, which has the code beside."""
    codes = {row["code"] for row in current}
    pairs = {old: row["code"] for row in current for old in row.get("anciensCodes", []) if old not in codes}
    return sorted(pairs.items())


def epci(row: dict[str, Any], populations: Mapping[str, int]) -> tuple[str, str, str]:
    """Code, name, départements: the one with most inhabitants first."""
    counts: dict[str, int] = {}
    for member in row["membres"]:
        department = department_of(member["code"])
        counts[department] = counts.get(department, 0) + populations.get(member["code"], 0)
    return row["code"], row["nom"], " ".join(sorted(counts, key=lambda code: (-counts[code], code)))


EPCI_KINDS = {"CC": "Communauté de communes", "CA": "Communauté d'agglomération", "CU": "Communauté urbaine"}


def said_epci(name: str) -> tuple[str, ...]:
    """The name with its kind of EPCI short, in full, and left out."""
    short, _, rest = name.partition(" ")
    if short not in EPCI_KINDS:
        return (name,)
    bare = rest
    for start in ("du ", "des ", "de la ", "de l'", "de ", "d'"):
        bare = bare.removeprefix(start) if bare == rest else bare
    return (name, rest, bare, f"{EPCI_KINDS[short]} {rest}")


def department_of(commune: str) -> str:
    """The département of a commune's code."""
    return commune[: 3 if commune.startswith(("97", "98")) else 2]


def countries() -> list[tuple[str, str, str]]:
    """ISO 3166 alpha-2 code, name in French, name in English."""
    french, english = Locale("fr").territories, Locale("en").territories
    codes = sorted(code for code in french if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES)
    return [(code, *PLAINER.get(code, (french[code], english[code]))) for code in codes]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "npm")
