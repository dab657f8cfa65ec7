"""Reference data at an address that an administrator wrote. Whoever writes it must not reach what only this machine can.

Only hosts that the installation allows are asked, over https, at an address of the public internet that was looked up and
checked here and is then the very one connected to; a redirection is not followed.
"""

import asyncio
import ipaddress
import socket
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import quote, urlsplit

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import Ask, Found, NothingFound, Outcome, Token, Unavailable, Why
from dsbuilder.domain.fields.reference_answers import choices_in, facts_in
from dsbuilder.domain.fields.reference_api import PLACE_OF_ID, is_address
from dsbuilder.integrations.asking import Asker, Away, Json

MOST_ASKERS = 100  # kept with their connections and memories; the one that asked longest ago goes first
RESOLVING = 2.0  # seconds
Resolve = Callable[[str], Awaitable[Sequence[str]]]


class ReferenceApi:
    """Every reference API that fields name. `instead` is asked in the demonstration, whatever the host."""

    def __init__(self, allowed: Sequence[str], instead: str = "", resolve: Resolve | None = None) -> None:
        self.allowed = tuple(host.strip().lower() for host in allowed if host.strip())
        self.instead = instead
        self._resolve = resolve or _resolved
        self._askers: OrderedDict[tuple[str, Token | None], Asker] = OrderedDict()

    async def find(self, ask: Ask) -> Outcome:
        """What the API says of that identifier, as far as the field takes it over."""
        try:
            answer = await self._asked(ask)
        except Away as away:
            return Unavailable(away.why)
        return NothingFound() if answer is None else Found(facts_in(answer, ask))

    async def search(self, ask: Ask) -> tuple[Choice, ...] | Unavailable:
        """What the API offers."""
        try:
            answer = await self._asked(ask)
        except Away as away:
            return Unavailable(away.why)
        offered = () if answer is None else choices_in(answer, ask)
        return Unavailable(Why.WRONG_ANSWER) if offered is None else offered

    async def examine(self, ask: Ask) -> Json:
        """The whole answer as it is now, None when the API knows nothing there. Raises Away."""
        return await self._asked(ask, anew=True)

    async def close(self) -> None:
        """Close its connections."""
        for asker in self._askers.values():
            await asker.close()

    async def _asked(self, ask: Ask, anew: bool = False) -> Json:
        if not is_address(ask.address):
            raise Away(Why.NOT_ALLOWED)
        if ask.words[0] in (".", ".."):
            return None  # no identifier, but a step to another address of that host
        parts = urlsplit(ask.address.replace(PLACE_OF_ID, quote(ask.words[0], safe="")))
        where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        host = (parts.hostname or "").lower()
        if self.instead:
            return await (await self._asker(self.instead, ask.token)).json(where, anew=anew)
        if not self._allows(host):
            raise Away(Why.NOT_ALLOWED)
        address = f"https://{await self._public_address(host)}"
        asker = await self._asker(host, ask.token)
        asker.base_url = address
        return await asker.json(where, anew=anew, headers={"host": host}, extensions={"sni_hostname": host})

    def _allows(self, host: str) -> bool:
        return any(host == one or (one.startswith("*.") and host.endswith(one[1:])) for one in self.allowed)

    async def _asker(self, name: str, token: Token | None) -> Asker:
        """Who asks that host with that token: what it answers to one token is no business of another."""
        key = name, token
        if key not in self._askers:
            headers = {} if token is None else {token.header: token.value}
            self._askers[key] = Asker(name, headers=headers, private=token is not None, trust_env=False)
        self._askers.move_to_end(key)
        asker = self._askers[key]
        idle = [known for known, one in self._askers.items() if one.is_idle and known != key]
        for known in idle[: max(0, len(self._askers) - MOST_ASKERS)]:
            await self._askers.pop(known).close()
        return asker

    async def _public_address(self, host: str) -> str:
        """One address of the host, once all that it has are of the public internet."""
        try:
            async with asyncio.timeout(RESOLVING):
                found = await self._resolve(host)
        except (OSError, UnicodeError, TimeoutError):
            raise Away(Why.CLOSED) from None
        if not found or not all(map(is_public, found)):
            raise Away(Why.NOT_ALLOWED)
        return f"[{found[0]}]" if ":" in found[0] else found[0]


def is_public(address: str) -> bool:
    """Whether that is an address of the public internet, and not of this machine or its network."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(read, ipaddress.IPv6Address) and (read.is_site_local or any(read in one for one in _LEADS_ELSEWHERE)):
        return False
    return read.is_global and not read.is_multicast


# Addresses of IPv6 that hold one of IPv4, which may be anybody's: written out, translated, mapped and tunnelled ones.
_LEADS_ELSEWHERE = tuple(
    map(
        ipaddress.ip_network,
        ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"),
    )
)


async def _resolved(host: str) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]
