"""Associations by RNA number: API Associations, which unites the register of associations and that of companies."""

from dsbuilder.domain.fields.lookups import Ask, Found, NothingFound, Outcome, Unavailable, Why, record_of
from dsbuilder.domain.geography import department_of
from dsbuilder.integrations.asking import Away, Json, OneAddress, at, text_at


class AssociationsApi(OneAddress):
    """The open part of the service."""

    async def find(self, ask: Ask) -> Outcome:
        """The association of that number."""
        (rna,) = ask.words
        try:
            answer = await self.asker.json(f"/api/structure/{rna}")
        except Away as away:
            return Unavailable(away.why)
        return NothingFound() if answer is None else _read(answer, rna)


def _read(answer: Json, rna: str) -> Outcome:
    identity, seat = at(answer, "identite"), at(answer, "coordonnees", "adresse_siege")
    if text_at(identity, "id_rna").upper() != rna:
        return Unavailable(Why.WRONG_ANSWER)
    street = " ".join(filter(None, (text_at(seat, name) for name in ("num_voie", "type_voie", "voie"))))
    postal_code, city, insee = (text_at(seat, name) for name in ("cp", "commune", "code_insee"))
    facts = {
        "name": text_at(identity, "nom"),
        "purpose": text_at(identity, "objet"),
        "siren": text_at(identity, "id_siren"),
        "created_on": text_at(identity, "date_creat"),
        "declared_on": text_at(identity, "date_modif_rna"),
        "published_on": text_at(identity, "date_pub_jo"),
        "address": ", ".join(filter(None, (street, f"{postal_code} {city}".strip()))),
        "postal_code": postal_code,
        "city_name": city,
        "city_code": insee,
        "department_code": department_of(insee),
    }
    return Found(record_of(facts))
