"""What the stand-in registers know. Everyone and everything here is invented; the shapes are those of the real services."""

from collections.abc import Callable, Mapping
from typing import Any

Json = Any
Query = Mapping[str, str]


# -- companies -----------------------------------------------------------------------------------------------------
def _company(siret: str, name: str, trade: str, naf: str, legal: str, street: str, place: tuple[str, str, str]) -> Json:
    postal_code, city, insee = place
    establishment = {
        "siret": siret,
        "activite_principale": naf,
        "adresse": f"{street} {postal_code} {city.upper()}",
        "code_postal": postal_code,
        "commune": insee,
        "libelle_commune": city.upper(),
        "date_creation": "2014-03-01",
        "est_siege": siret.endswith(("0016", "0015")),
        "etat_administratif": "A",
        "liste_enseignes": [trade] if trade else None,
        "nom_commercial": None,
        "region": "53",
    }
    return {
        "siren": siret[:9],
        "nom_complet": name.upper(),
        "nom_raison_sociale": name.upper(),
        "nature_juridique": legal,
        "activite_principale": naf,
        "date_creation": "2014-03-01",
        "etat_administratif": "A",
        "siege": {**establishment},
        "matching_etablissements": [establishment],
    }


_TOWN = ("29200", "Belle-Rive", "29299")
COMPANIES: dict[str, Json] = {
    company["siege"]["siret"]: company
    for company in (
        _company("00012345500016", "Atelier Roussel", "Roussel Cycles", "95.29Z", "5499", "7 rue des Tilleuls", _TOWN),
        _company("00023456700022", "Boulangerie du Pont", "", "10.71C", "5710", "12 place du Marché", _TOWN),
        _company("00034567800015", "Garage Bertin", "", "45.20A", "5499", "3 quai des Brumes", _TOWN),
        _company("35600000090002", "La Poste", "Bureau de Belle-Rive", "53.10Z", "5510", "1 avenue de la Gare", _TOWN),
    )
}


def companies(path: str, query: Query) -> Json:
    """The open search of companies."""
    found = COMPANIES.get(query.get("q", ""))
    return {"results": [found] if found else [], "total_results": int(bool(found)), "page": 1, "per_page": 1}


SERVICES: dict[str, Callable[[str, Query], Json]] = {
    "companies": companies,
}
