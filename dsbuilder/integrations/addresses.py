"""French addresses: the national address base (Base Adresse Nationale), searched as one types."""

from typing import Any

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import Ask, Found, NothingFound, Outcome, Unavailable, record_of
from dsbuilder.domain.texts import searchable
from dsbuilder.integrations.asking import Away, Json, OneAddress, at, objects_at, text_at

LEAST, MOST = 3, 200  # characters that the service takes
FOUND = 10


class AddressBase(OneAddress):
    """The geocoding service."""

    async def find(self, ask: Ask) -> Outcome:
        """The address that is written so, as the base writes it; accents and capitals apart."""
        text = ask.words[0][:MOST]
        if len(text) < LEAST:
            return NothingFound()
        try:
            features = await self._features(text)
        except Away as away:
            return Unavailable(away.why)
        wanted = searchable(text)
        found = (feature for feature in features if searchable(text_at(feature, "properties", "label")) == wanted)
        feature = next(found, None)
        return NothingFound() if feature is None else Found(record_of(_facts(feature)))

    async def search(self, ask: Ask) -> tuple[Choice, ...] | Unavailable:
        """The addresses that begin so."""
        text = " ".join(ask.words)[:MOST].strip()
        if len(text) < LEAST:
            return ()
        try:
            features = await self._features(text)
        except Away as away:
            return Unavailable(away.why)
        labels = dict.fromkeys(text_at(feature, "properties", "label") for feature in features)
        return tuple(Choice(label, label) for label in labels if label)

    async def _features(self, text: str) -> list[dict[str, Json]]:
        answer = await self.asker.json("/search", {"q": text, "limit": str(FOUND), "autocomplete": "1"})
        return objects_at(answer, "features")


def _facts(feature: Any) -> dict[str, str]:
    properties = at(feature, "properties")
    code, department, region = ([part.strip() for part in text_at(properties, "context").split(",")] + ["", "", ""])[:3]
    longitude, latitude = (text_at(feature, "geometry", "coordinates", place) for place in (0, 1))
    return {
        "address": text_at(properties, "label"),
        "type": text_at(properties, "type"),
        "street_address": text_at(properties, "name"),
        "street_number": text_at(properties, "housenumber"),
        "street_name": text_at(properties, "street"),
        "postal_code": text_at(properties, "postcode"),
        "city_code": text_at(properties, "citycode"),
        "city_name": text_at(properties, "city"),
        "department_code": code,
        "department_name": department,
        "region_name": region,
        "country_code": "FR",
        "country_name": "France",
        "longitude": longitude,
        "latitude": latitude,
    }
