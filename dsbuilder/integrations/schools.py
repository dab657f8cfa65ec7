"""Schools by their code or name: the directory of the Ministry of Education, as open data."""

import re

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import Ask, Found, NothingFound, Outcome, Unavailable, record_of
from dsbuilder.integrations.asking import Away, Json, OneAddress, objects_at, text_at

RECORDS = "/catalog/datasets/fr-en-annuaire-education/records"
LEAST = 3  # characters that a search begins with
FOUND = 20
_NOT_WORDS = re.compile(r"[^\w ]+")


class SchoolDirectory(OneAddress):
    """The open-data portal's query language; what people typed goes into it as plain words only."""

    async def find(self, ask: Ask) -> Outcome:
        """The school of that code."""
        code = ask.words[0]
        try:
            answer = await self._asked(f'identifiant_de_l_etablissement="{code}"', 1)
            found = [school for school in objects_at(answer, "results") if _code(school) == code]
        except Away as away:
            return Unavailable(away.why)
        return Found(record_of(_facts(found[0]))) if found else NothingFound()

    async def search(self, ask: Ask) -> tuple[Choice, ...] | Unavailable:
        """The schools whose name, town or code match."""
        words = " ".join(_NOT_WORDS.sub(" ", " ".join(ask.words)).split())
        if len(words) < LEAST:
            return ()
        try:
            found = objects_at(await self._asked(f'search("{words}")', FOUND), "results")
        except Away as away:
            return Unavailable(away.why)
        labels = dict.fromkeys(label(school) for school in found if _code(school))
        return tuple(Choice(each, each) for each in labels)

    async def _asked(self, where: str, limit: int) -> Json:
        return await self.asker.json(RECORDS, {"where": where, "limit": str(limit)})


def label(school: Json) -> str:
    """A school as a list offers it: its code stands in it."""
    named = ", ".join(filter(None, (text_at(school, "nom_etablissement"), text_at(school, "nom_commune"))))
    return f"{named} ({_code(school)})"


def _code(school: Json) -> str:
    return text_at(school, "identifiant_de_l_etablissement")


def _facts(school: Json) -> dict[str, str]:
    postal_code, city = text_at(school, "code_postal"), text_at(school, "nom_commune")
    return {
        "name": text_at(school, "nom_etablissement"),
        "nature": text_at(school, "libelle_nature") or text_at(school, "type_etablissement"),
        "sector": text_at(school, "statut_public_prive"),
        "academy": text_at(school, "libelle_academie"),
        "phone": text_at(school, "telephone"),
        "email": text_at(school, "mail"),
        "address": ", ".join(filter(None, (text_at(school, "adresse_1"), f"{postal_code} {city}".strip()))),
        "postal_code": postal_code,
        "city_name": city,
        "city_code": text_at(school, "code_commune"),
        "department_code": text_at(school, "code_departement").removeprefix("0"),
        "region_name": text_at(school, "libelle_region"),
    }
