"""Foundations and endowment funds by RNF number: the Ministry of the Interior's register."""

from dsbuilder.domain.fields.lookups import Ask, Found, NothingFound, Outcome, Unavailable, Why, record_of
from dsbuilder.integrations.asking import Away, Json, OneAddress, at, text_at


class FoundationsApi(OneAddress):
    """The open service."""

    async def find(self, ask: Ask) -> Outcome:
        """The foundation of that number."""
        (rnf,) = ask.words
        try:
            answer = await self.asker.json(f"/foundations/{rnf}")
        except Away as away:
            return Unavailable(away.why)
        return NothingFound() if answer is None else _read(answer, rnf)


def _read(answer: Json, rnf: str) -> Outcome:
    if text_at(answer, "rnfId") != rnf:
        return Unavailable(Why.WRONG_ANSWER)
    place = at(answer, "address")
    facts = {
        "name": text_at(answer, "title"),
        "created_on": text_at(answer, "createdAt")[:10],
        "address": text_at(place, "label"),
        "postal_code": text_at(place, "postalCode"),
        "city_name": text_at(place, "cityName"),
        "city_code": text_at(place, "cityCode"),
        "department_code": text_at(place, "departmentCode"),
        "region_name": text_at(place, "regionName"),
    }
    return Found(record_of(facts))
