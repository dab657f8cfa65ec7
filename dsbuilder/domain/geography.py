"""The official geography of France and the countries of the world, read once per process.

A server calls `load` when it starts, beside everything else; elsewhere it is read when first asked for.

`geography.zip` beside this file is made by `make geography` (see `tools/make_geography.py` for its sources). Communes,
départements and régions bear the codes of INSEE, EPCI their SIREN, countries the two letters of ISO 3166.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dsbuilder.domain.geography_file import once, read_index, read_names, read_rows
from dsbuilder.domain.place_search import ENDS, PlaceIndex, line_of, wanted
from dsbuilder.domain.texts import Text, searchable

ABROAD = "99"  # the département of whoever lives abroad


def load() -> None:
    """Read everything now, so that nobody's first keystroke waits for it."""
    for read in (regions, departments, countries, epcis, _communes, _former_communes, *_INDICES):
        read()


# -- what there is -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Region:
    """A région, or an overseas collectivity that stands for one."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    """A département, an overseas collectivity, or abroad."""

    code: str
    name: str
    region: str  # its code, empty abroad

    @property
    def label(self) -> str:
        """01 – Ain."""
        return f"{self.code} – {self.name}"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune as it is now, or an arrondissement of Paris, Lyon or Marseille."""

    code: str
    name: str
    postal_codes: tuple[str, ...]  # none in uninhabited lands

    @property
    def department(self) -> str:
        """The code of its département."""
        return department_of(self.code)

    @property
    def region(self) -> str:
        """The code of its région."""
        return region_of(self.department)


@dataclass(frozen=True, slots=True)
class Epci:
    """A group of communes; `departments` has the one with most inhabitants first."""

    code: str
    name: str
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166; `also` has other names that people give it."""

    code: str
    name: Text
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies, as conditions compare it: the codes of its département and its région.

    Both are empty where nobody knows: such a place is neither in nor outside. What lies abroad is outside of every région.
    """

    department: str
    region: str

    def is_outside_department(self, code: str) -> bool:
        """Whether it is known to lie in another département."""
        return bool(self.department) and self.department != code

    def is_outside_region(self, code: str) -> bool:
        """Whether it is known to lie in another région, or abroad."""
        return (bool(self.region) or self.department == ABROAD) and self.region != code


def place_in(department: str) -> Place:
    """What lies in a département."""
    return Place(department, region_of(department))


def department_of(commune: str) -> str:
    """The code of the département of a commune's code: two characters, three overseas."""
    return commune[: 3 if commune.startswith(("97", "98")) else 2]


def region_of(department: str) -> str:
    """The code of a département's région, empty when there is none."""
    known = departments().get(department)
    return "" if known is None else known.region


# -- the small tables ----------------------------------------------------------------------------------------------
@once
def regions() -> Mapping[str, Region]:
    """By code: régions, then the overseas collectivities that belong to none."""
    return {code: Region(code, name) for code, name in read_rows("regions")}


@once
def departments() -> Mapping[str, Department]:
    """By code, in its order: metropolitan, overseas, and abroad at the end."""
    known = {code: Department(code, name, region) for code, name, region in sorted(read_rows("departments"))}
    return {**known, ABROAD: Department(ABROAD, "Étranger", "")}


@once
def countries() -> Mapping[str, Country]:
    """By code: France, then the others in the order of their French names."""
    rows = sorted(read_rows("countries"), key=lambda row: (row[0] != "FR", searchable(row[1])))
    return {code: Country(code, Text(fr, en), _ALSO.get(code, ())) for code, fr, en in rows}


@once
def _country_names() -> Mapping[str, Country]:
    return {
        searchable(name): one
        for one in countries().values()
        for name in (*one.also, one.code, one.name.en, one.name.fr)
    }


def country_named(name: str) -> Country | None:
    """The country of that name in either language, or of that code, whatever the case and the accents."""
    return _country_names().get(searchable(name))


_ALSO: Mapping[str, tuple[str, ...]] = {
    "AE": ("EAU", "UAE"),
    "BY": ("Bélarus",),
    "CD": ("République démocratique du Congo", "RDC", "DRC"),
    "CG": ("République du Congo",),
    "CI": ("Ivory Coast",),
    "CV": ("Cabo Verde",),
    "CZ": ("République tchèque", "Czech Republic"),
    "FR": ("République française",),
    "GB": ("UK", "Grande-Bretagne", "Great Britain"),
    "MM": ("Birmanie", "Myanmar", "Burma"),
    "NL": ("Hollande", "Holland"),
    "PS": ("Palestine",),
    "SZ": ("Swaziland",),
    "TL": ("Timor-Leste", "East Timor"),
    "TR": ("Turkey", "Türkiye"),
    "US": ("USA", "États-Unis d’Amérique", "United States of America"),
    "VA": ("Vatican", "Saint-Siège", "Holy See"),
}


@once
def epcis() -> Mapping[str, Epci]:
    """By SIREN, the most populous first."""
    return {code: Epci(code, name, tuple(within.split())) for code, name, within in read_rows("epci")}


def epcis_in(department: str) -> Iterator[Epci]:
    """Those that reach into a département, the most populous first."""
    return (epci for epci in epcis().values() if department in epci.departments)


# -- communes ------------------------------------------------------------------------------------------------------
class _Communes:
    """The communes by their place in the file, the most populous first; each is made when it is asked for."""

    def __init__(self) -> None:
        self.names, self.index = read_names("communes"), read_index("communes")

    def at(self, line: int) -> Commune:
        code, *postal_codes = self.index.lines[line].rpartition(ENDS)[2].split()
        return Commune(code.upper(), self.names[line], tuple(postal_codes))

    def with_code(self, code: str) -> Iterator[Commune]:
        """Those that have an INSEE code or a postal code."""
        return map(self.at, dict.fromkeys(self.index.with_code(code.lower())))


@once
def _communes() -> _Communes:
    return _Communes()


@once
def _former_communes() -> Mapping[str, str]:
    return dict(read_rows("former_communes"))


def communes() -> Iterator[Commune]:
    """All of them, the most populous first."""
    known = _communes()
    return map(known.at, range(len(known.names)))


def commune(code: str) -> Commune | None:
    """The commune of an INSEE code; of a former code, the commune that it became part of."""
    now = _former_communes().get(code.upper(), code.upper())
    return next((one for one in _communes().with_code(now) if one.code == now), None) if now else None


def communes_at(postal_code: str) -> tuple[Commune, ...]:
    """The communes of a postal code, the most populous first."""
    return tuple(one for one in _communes().with_code(postal_code) if postal_code in one.postal_codes)


def communes_named(name: str) -> tuple[Commune, ...]:
    """The communes of exactly that name, accents and hyphens apart, the most populous first."""
    known = _communes()
    return tuple(known.at(line) for line in dict.fromkeys(known.index.with_name(name)))


def largest_commune(department: str) -> Commune | None:
    """The most populous commune of a département."""
    known = _communes()
    places = known.index.with_code_beginning(department.lower())
    return next((one for one in map(known.at, places) if one.department == department), None)


@dataclass(frozen=True, slots=True)
class CommuneFound:
    """A commune that a search found, with one of its postal codes, empty where it has none."""

    commune: Commune
    postal_code: str


def search_communes(text: str, limit: int = 20) -> tuple[CommuneFound, ...]:
    """The communes that `text` may mean: a beginning of the name, words of it, a postal code, an INSEE code.

    A commune of several postal codes stands once for each where they fit or are asked for, otherwise with its first.
    """
    known, sought = _communes(), wanted(text)
    found = [(one, known.at(one.line)) for one in known.index.search(text, limit)]
    codes = [sought.among(commune.postal_codes) or commune.postal_codes or ("",) for _, commune in found]
    all_fit = sum(map(len, codes)) <= limit
    told = (
        CommuneFound(commune, code)
        for (one, commune), its in zip(found, codes, strict=True)
        for code in (its if all_fit or one.whole else its[:1])
    )
    return tuple(told)[: max(limit, len(codes[0]) if codes else 0)]


# -- searching the others ------------------------------------------------------------------------------------------
@once
def _epci_index() -> PlaceIndex:
    return read_index("epci")


def search_epcis(text: str, limit: int = 20) -> tuple[tuple[Epci, str], ...]:
    """The EPCI that `text` may mean by name, département or SIREN, each with the département asked for, or its main one."""
    known, sought = tuple(epcis().values()), wanted(text)
    found = (known[one.line] for one in _epci_index().search(text, limit))
    return tuple((one, (*sought.among(one.departments), *one.departments)[0]) for one in found)


def epcis_named(name: str) -> tuple[Epci, ...]:
    """The EPCI of exactly that name, accents and hyphens apart, with or without its kind."""
    known = tuple(epcis().values())
    return tuple(known[line] for line in dict.fromkeys(_epci_index().with_name(name)))


@once
def _country_index() -> PlaceIndex:
    return _indexed(line_of((one.name.fr, one.name.en, *one.also), (one.code,)) for one in countries().values())


def search_countries(text: str, limit: int = 20) -> tuple[Country, ...]:
    """The countries that `text` may mean, by their name in either language."""
    known = tuple(countries().values())
    return tuple(known[one.line] for one in _country_index().search(text, limit))


@once
def _department_index() -> PlaceIndex:
    return _indexed(line_of((one.name,), (one.code,)) for one in departments().values())


def search_departments(text: str, limit: int = 20) -> tuple[Department, ...]:
    """The départements that `text` may mean, by name or code."""
    known = tuple(departments().values())
    return tuple(known[one.line] for one in _department_index().search(text, limit))


def _indexed(lines: Iterable[str]) -> PlaceIndex:
    return PlaceIndex("".join(f"{line}\n" for line in lines))


_INDICES = (_epci_index, _country_index, _department_index)
