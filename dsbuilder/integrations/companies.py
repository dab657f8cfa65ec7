"""Companies and public bodies by SIRET: the State's open search of companies (Recherche d'entreprises)."""

from typing import Any

from dsbuilder.domain.fields.lookups import Ask, Found, NothingFound, Outcome, Unavailable, record_of
from dsbuilder.domain.geography import department_of
from dsbuilder.integrations.asking import Away, Json, OneAddress, objects_at, text_at

STATUS = {"A": "open", "F": "closed"}


class CompanySearch(OneAddress):
    """The open search: it leaves out those who asked not to be published."""

    async def find(self, ask: Ask) -> Outcome:
        """The establishment of that SIRET."""
        (siret,) = ask.words
        try:
            answer = await self.asker.json("/search", {"q": siret, "page": "1", "per_page": "1"})
            return _read(answer, siret)
        except Away as away:
            return Unavailable(away.why)


def _read(answer: Json, siret: str) -> Outcome:
    for company in objects_at(answer, "results"):
        found = objects_at(company, "matching_etablissements")
        for place in found if not company.get("siege") else [*found, company["siege"]]:
            if text_at(place, "siret") == siret:
                return Found(record_of(_facts(company, place)))
    return NothingFound()


def _facts(company: dict[str, Any], place: Any) -> dict[str, str]:
    postal_code, insee = text_at(place, "code_postal"), text_at(place, "commune")
    return {
        "name": text_at(company, "nom_raison_sociale") or text_at(company, "nom_complet"),
        "trade_name": text_at(place, "nom_commercial") or text_at(place, "liste_enseignes", 0),
        "siren": text_at(company, "siren"),
        "legal_form": text_at(company, "nature_juridique"),
        "naf": text_at(place, "activite_principale") or text_at(company, "activite_principale"),
        "created_on": text_at(place, "date_creation") or text_at(company, "date_creation"),
        "status": STATUS.get(text_at(place, "etat_administratif"), ""),
        "head_office": str(place.get("est_siege")).lower(),
        "address": text_at(place, "adresse"),
        "postal_code": postal_code,
        "city_name": text_at(place, "libelle_commune"),
        "city_code": insee,
        "department_code": text_at(place, "departement") or department_of(insee),
        "region_code": text_at(place, "region"),
    }
