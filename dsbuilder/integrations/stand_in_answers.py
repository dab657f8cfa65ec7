"""What the stand-in registers know. Everyone and everything here is invented; the shapes are those of the real services."""

from collections.abc import Callable, Mapping
from typing import Any

from dsbuilder.domain.texts import searchable

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


# -- associations and foundations ----------------------------------------------------------------------------------
def _association(rna: str, name: str, purpose: str, number: str, way: str) -> Json:
    return {
        "identite": {
            "nom": name,
            "objet": purpose,
            "id_rna": rna,
            "id_siren": "000567891",
            "date_creat": "2009-05-12",
            "date_pub_jo": "2009-06-06",
            "date_modif_rna": "2021-11-30",
        },
        "coordonnees": {
            "adresse_siege": {
                "num_voie": number,
                "type_voie": "rue",
                "voie": way,
                "cp": "29200",
                "commune": "BELLE-RIVE",
                "code_insee": "29299",
            }
        },
    }


ASSOCIATIONS = {
    "W291000001": _association("W291000001", "LES AMIS DU LAC", "protéger les rives du lac", "4", "DES TILLEULS"),
    "W291000002": _association("W291000002", "FIL ROUGE", "apprendre la couture à tout âge", "18", "DU MOULIN"),
}


def associations(path: str, query: Query) -> Json:
    """API Associations."""
    return ASSOCIATIONS.get(path.rpartition("/")[2])


FOUNDATIONS = {
    "029-FDD-00001-01": {
        "id": 1,
        "rnfId": "029-FDD-00001-01",
        "type": "FDD",
        "department": "29",
        "title": "Fonds pour le lac de Belle-Rive",
        "createdAt": "2018-09-07T00:00:00.000Z",
        "dissolvedAt": None,
        "address": {
            "label": "2 place du Marché 29200 Belle-Rive",
            "postalCode": "29200",
            "cityName": "Belle-Rive",
            "cityCode": "29299",
            "departmentCode": "29",
            "departmentName": "Finistère",
            "regionCode": "53",
            "regionName": "Bretagne",
        },
    }
}


def foundations(path: str, query: Query) -> Json:
    """The register of foundations."""
    return FOUNDATIONS.get(path.rpartition("/")[2])


# -- schools -------------------------------------------------------------------------------------------------------
def _school(code: str, name: str, kind: str, street: str) -> Json:
    return {
        "identifiant_de_l_etablissement": code,
        "nom_etablissement": name,
        "type_etablissement": kind,
        "libelle_nature": kind.upper(),
        "statut_public_prive": "Public",
        "adresse_1": street,
        "code_postal": "29200",
        "nom_commune": "Belle-Rive",
        "code_commune": "29299",
        "code_departement": "029",
        "libelle_region": "Bretagne",
        "libelle_academie": "Rennes",
        "telephone": "02 61 91 00 00",
        "mail": "ecole@exemple.fr",
    }


SCHOOLS = (
    _school("0299001B", "École de la rue Haute", "Ecole", "1 rue Haute"),
    _school("0299002C", "Collège Jeanne Keller", "Collège", "15 avenue de la Gare"),
    _school("0299003D", "Lycée du Moulin", "Lycée", "30 chemin du Moulin"),
)


def schools(path: str, query: Query) -> Json:
    """The directory of schools: one by its code, or those that a search finds."""
    where = query.get("where", "")
    wanted = searchable(where.partition('"')[2].rpartition('"')[0])
    found = [one for one in SCHOOLS if all(f" {word}" in _said(one) for word in wanted.split())]
    return {"total_count": len(found), "results": found}


def _said(school: Json) -> str:
    return searchable(" ".join(school[key] for key in ("nom_etablissement", "nom_commune", CODE)))


CODE = "identifiant_de_l_etablissement"


# -- addresses -----------------------------------------------------------------------------------------------------
def _address(number: str, street: str, postal_code: str, city: str, insee: str, context: str) -> Json:
    name = f"{number} {street}".strip()
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [-4.4861, 48.3904]},
        "properties": {
            "label": f"{name} {postal_code} {city}",
            "score": 0.97,
            "type": "housenumber" if number else "street",
            "name": name,
            "housenumber": number,
            "street": street,
            "postcode": postal_code,
            "citycode": insee,
            "city": city,
            "context": context,
        },
    }


ADDRESSES = tuple(
    _address(str(number), street, *place)
    for street in ("Rue des Tilleuls", "Rue du Moulin", "Avenue de la Gare", "Quai des Brumes")
    for number in (1, 4, 7, 12)
    for place in (
        ("29200", "Belle-Rive", "29299", "29, Finistère, Bretagne"),
        ("67000", "Montclair", "67999", "67, Bas-Rhin, Grand Est"),
    )
)


def addresses(path: str, query: Query) -> Json:
    """The national address base: what holds all the words, as one types them."""
    words = searchable(query.get("q", "")).split()
    found = [one for one in ADDRESSES if all(f" {word}" in searchable(one["properties"]["label"]) for word in words)]
    return {"type": "FeatureCollection", "version": "draft", "features": found[: int(query.get("limit", "5"))]}


# -- individuals ---------------------------------------------------------------------------------------------------
INDIVIDUALS: dict[tuple[str, ...], Json] = {
    ("composition-familiale", "1234567", "29200"): {
        "quotientFamilial": 741,
        "mois": 9,
        "annee": 2026,
        "allocataires": [{"nomPrenom": "NOUR LAMBERT", "dateDeNaissance": "12041991", "sexe": "F"}],
        "enfants": [{"nomPrenom": "NOE LAMBERT", "dateDeNaissance": "03052017", "sexe": "M"}],
    },
    ("avis-imposition", "2926000000001", "2926A00000001"): {
        "declarant1": {"nom": "LAMBERT", "nomNaissance": "LAMBERT", "prenoms": "Nour", "dateNaissance": "12/04/1991"},
        "declarant2": {"nom": "", "nomNaissance": "", "prenoms": "", "dateNaissance": ""},
        "nombreParts": 1.5,
        "nombrePersonnesCharge": 1,
        "revenuFiscalReference": 24310,
        "anneeImpots": "2026",
        "anneeRevenus": "2025",
    },
    ("situations-pole-emploi", "nour_lambert_29"): {
        "identifiant": "nour_lambert_29",
        "nom": "LAMBERT",
        "prenom": "NOUR",
        "libelleCategorieInscription": "PERSONNE SANS EMPLOI DISPONIBLE",
        "dateInscription": "2026-01-15T00:00:00",
        "dateCessationInscription": None,
    },
    ("etudiants", "0290LAM0001"): {
        "ine": "0290LAM0001",
        "nom": "LAMBERT",
        "prenom": "NOUR",
        "inscriptions": [
            {
                "statut": "inscrit",
                "regime": "formation initiale",
                "dateDebutInscription": "2026-09-01T00:00:00+00:00",
                "dateFinInscription": "2027-08-31T00:00:00+00:00",
                "etablissement": {"uai": "0299009F", "nom": "Université de Belle-Rive"},
            }
        ],
    },
}


def individuals(path: str, query: Query) -> Json:
    """API Particulier."""
    return INDIVIDUALS.get((path, *query.values()))


# -- reference data of anybody -------------------------------------------------------------------------------------
BOATS = (
    {
        "id": "BR-0001",
        "nom": "La Rose des vents",
        "port": {"nom": "Belle-Rive"},
        "longueur": 8.4,
        "mise_a_l_eau": "1998-06-01",
    },
    {
        "id": "BR-0002",
        "nom": "Le Petit Rue",
        "port": {"nom": "Belle-Rive"},
        "longueur": 5.1,
        "mise_a_l_eau": "2011-04-20",
    },
)


def reference(path: str, query: Query) -> Json:
    """An API of reference data: boats of an invented harbour, one by its number or those that a search finds."""
    if "q" in query:
        wanted = searchable(query["q"]).strip()
        return {"bateaux": [boat for boat in BOATS if wanted in searchable(str(boat["nom"]))]}
    return next((boat for boat in BOATS if boat["id"] == path.rpartition("/")[2]), None)


SERVICES: dict[str, Callable[[str, Query], Json]] = {
    "addresses": addresses,
    "companies": companies,
    "associations": associations,
    "foundations": foundations,
    "schools": schools,
    "individuals": individuals,
    "reference": reference,
}
