"""What administrations know of one person: API Particulier, open to bodies that were given a token. Nothing is remembered."""

from collections.abc import Callable
from typing import Any

from dsbuilder.domain.fields.lookups import Ask, Found, NothingFound, Outcome, Register, Unavailable, Why, record_of
from dsbuilder.integrations.asking import Away, Json, OneAddress, at, text_at

# Where each is asked, and the names of its parameters.
_WHERE: dict[Register, tuple[str, tuple[str, ...]]] = {
    Register.FAMILY: ("/composition-familiale", ("numeroAllocataire", "codePostal")),
    Register.TAXES: ("/avis-imposition", ("numeroFiscal", "referenceAvis")),
    Register.EMPLOYMENT: ("/situations-pole-emploi", ("identifiant",)),
    Register.STUDENTS: ("/etudiants", ("ine",)),
}


class Individuals(OneAddress):
    """All four registers behind the one token."""

    async def find(self, ask: Ask) -> Outcome:
        """What the register of the question says of that person."""
        path, names = _WHERE[ask.register]
        try:
            answer = await self.asker.json(path, dict(zip(names, ask.words, strict=True)))
        except Away as away:
            return Unavailable(away.why)
        if answer is None:
            return NothingFound()
        facts = record_of(_READ[ask.register](answer))
        return Found(facts) if facts else Unavailable(Why.WRONG_ANSWER)


def _people(answer: Json, key: str, *names: str) -> str:
    found = at(answer, key)
    people = found if isinstance(found, list) else []
    return ", ".join(filter(None, (" ".join(text_at(one, name) for name in names).strip() for one in people)))


def _family(answer: Any) -> dict[str, str]:
    month, year = text_at(answer, "mois"), text_at(answer, "annee")
    return {
        "quotient": text_at(answer, "quotientFamilial"),
        "month": f"{month:0>2}/{year}" if month and year else "",
        "holders": _people(answer, "allocataires", "nomPrenom"),
        "children": _people(answer, "enfants", "nomPrenom"),
    }


def _taxes(answer: Any) -> dict[str, str]:
    people = (at(answer, key) for key in ("declarant1", "declarant2"))
    names = (" ".join(filter(None, (text_at(one, "prenoms"), text_at(one, "nom")))) for one in people)
    return {
        "declarants": ", ".join(filter(None, names)),
        "income": text_at(answer, "revenuFiscalReference"),
        "shares": text_at(answer, "nombreParts"),
        "dependants": text_at(answer, "nombrePersonnesCharge"),
        "year": text_at(answer, "anneeRevenus"),
    }


def _employment(answer: Any) -> dict[str, str]:
    return {
        "name": " ".join(filter(None, (text_at(answer, "prenom"), text_at(answer, "nom")))),
        "category": text_at(answer, "libelleCategorieInscription"),
        "since": text_at(answer, "dateInscription")[:10],
        "until": text_at(answer, "dateCessationInscription")[:10],
    }


def _students(answer: Any) -> dict[str, str]:
    latest = at(answer, "inscriptions", 0)
    return {
        "name": " ".join(filter(None, (text_at(answer, "prenom"), text_at(answer, "nom")))),
        "school": text_at(latest, "etablissement", "nom"),
        "status": text_at(latest, "statut"),
        "since": text_at(latest, "dateDebutInscription")[:10],
        "until": text_at(latest, "dateFinInscription")[:10],
    }


_READ: dict[Register, Callable[[Any], dict[str, str]]] = {
    Register.FAMILY: _family,
    Register.TAXES: _taxes,
    Register.EMPLOYMENT: _employment,
    Register.STUDENTS: _students,
}
