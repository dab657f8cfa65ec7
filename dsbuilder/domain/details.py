"""What surrounds the form of a procedure: who is responsible, for whom, on what ground, until when.

Kept as the document of the open-data file it may come from, so that what we do not know stays in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.texts import Text

Json = Any
MAX_LENGTH = 2_000
MAX_MONTHS = 36

# attribute -> where it stands in the document; the names are the official ones where there is one
CLOSES_ON = "dateFermeture"
_PLACES: dict[str, tuple[str, ...]] = {
    "service": ("service", "nom"),
    "organisation": ("service", "organisme"),
    "email": ("service", "email"),
    "phone": ("service", "telephone"),
    "hours": ("service", "horaires"),
    "audience": ("publicConcerne",),
    "legal_basis": ("cadreJuridiqueUrl",),
    "site": ("siteWebUrl",),
    "usual_delay": ("delaiHabituel",),
    "months_kept": ("dureeConservationDossiers",),
    "closes_on": (CLOSES_ON,),
}

_TOO_LONG = Text("Ce texte est trop long : 2 000 caractères au plus.", "This text is too long: 2,000 characters.")
_MONTHS = Text("Saisissez un nombre de mois, de 1 à 36.", "Enter a number of months, from 1 to 36.")
PAST = Text(
    "Le dernier jour pour déposer est passé. Choisissez un jour à venir, ou effacez cette date.",
    "The last day to deposit is past. Choose a day to come, or take this date away.",
)
_DATE = Text("Saisissez une date, par exemple 2026-09-30.", "Enter a date, such as 2026-09-30.")
_NO_SETTING = Text("Ce réglage n’existe pas.", "There is no such setting.")


@dataclass(frozen=True, slots=True)
class Details:
    """What a procedure's pages say beside its form; empty where nothing was said."""

    service: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    hours: str = ""
    audience: str = ""
    legal_basis: str = ""
    site: str = ""
    usual_delay: str = ""
    months_kept: int | None = None
    closes_on: date | None = None

    @property
    def contact(self) -> str:
        """How to reach the service, on one line."""
        return ", ".join(part for part in (self.email, self.phone) if part)


def details_from_json(document: Mapping[str, Json]) -> Details:
    """What the document tells; anything of another shape counts as absent."""
    return Details(**{f.name: _read(f.name, _at(document, _PLACES[f.name])) for f in fields(Details)})


def with_detail(document: Mapping[str, Json], name: str, entered: str) -> dict[str, Json]:
    """The document with one detail as an administrator entered it. Raises Refused."""
    if name not in _PLACES:
        raise Refused(_NO_SETTING)
    place, value = _PLACES[name], _entered(name, entered.strip())
    if len(place) == 1:
        return {**document, place[0]: value}
    within = document.get(place[0])
    return {**document, place[0]: {**(within if isinstance(within, Mapping) else {}), place[1]: value}}


def _at(document: Mapping[str, Json], place: tuple[str, ...]) -> Json:
    value: Json = document
    for key in place:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _read(name: str, value: Json) -> Any:
    if name == "months_kept":
        return value if type(value) is int and 1 <= value <= MAX_MONTHS else None
    if name == "closes_on":
        return _date(value)
    return value.strip() if isinstance(value, str) else ""


def _date(value: Json) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _entered(name: str, text: str) -> Json:
    if len(text) > MAX_LENGTH:
        raise Refused(_TOO_LONG, name)
    if name == "months_kept":
        if text and not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MAX_MONTHS):
            raise Refused(_MONTHS, name)
        return int(text) if text else None
    if name == "closes_on" and text and _date(text) is None:
        raise Refused(_DATE, name)
    return text or None


def to_complete(details: Details) -> tuple[Text, ...]:
    """What a procedure should still say; it does not forbid publishing."""
    wanted = (
        (details.service, Text("Le service responsable", "The service in charge")),
        (details.contact, Text("Comment joindre le service", "How to reach the service")),
        (details.legal_basis, Text("Le texte qui autorise à demander ces informations", "The legal basis")),
        (details.months_kept, Text("La durée de conservation des dossiers", "How long dossiers are kept")),
    )
    return tuple(text for value, text in wanted if not value)
