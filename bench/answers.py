"""Answers saved per second over the websocket, each committed to the database before it is acknowledged; memory a client.

Limit: Reflex alone about 2,200 events/s on two cores, about 1,300/s with one SQLite write each. In the same run, the bare
write: how many single-answer updates this machine's SQLite commits from one thread.
"""

import asyncio
import json
import time
import uuid
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import aiohttp
import psutil

from bench.prepared import Draft, a_database, a_draft, a_procedure, figure, mixed_fields, quantile, served
from dsbuilder.actions.sessions import COOKIE_NAMES
from dsbuilder.storage import dossiers
from dsbuilder.storage.database import Database
from tests.running import Site

CLIENTS = (100, 500)
SECONDS = 6.0
STATE = "reflex___state____state"
FORM = f"{STATE}.dsbuilder___state___session____session_state.dsbuilder___state___applicant___form____form_state"
FIELDS = 24  # the mean form of the reference


def main() -> None:
    """Print throughput, delays and memory for each number of clients."""
    with a_database() as (data, database):
        a_procedure(database, "mesure", mixed_fields(FIELDS))
        drafts = [a_draft(database, "mesure") for _ in range(max(CLIENTS))]
        bare = bare_writes(database, drafts[0].number)
        figure("bare single-answer commits, one thread", f"{bare:.0f}/s", "")
        with served(data) as site:
            for clients in CLIENTS:
                asyncio.run(measure(site, drafts[:clients], bare, data))


def bare_writes(database: Database, number: int) -> float:
    """Committed single-answer updates per second without server nor form."""
    ends, done = time.perf_counter() + 2, 0
    while time.perf_counter() < ends:
        with database.transaction() as db:
            dossiers.patch_answer(db, number, "2", {"v": str(done)}, datetime.now(UTC))
        done += 1
    return done / 2


class Client:
    """One tab on its own draft, speaking the protocol by hand."""

    def __init__(self, site: Site, draft: Draft) -> None:
        self.site, self.draft = site, draft
        self.numbers = count(1)

    def event(self, name: str, **payload: object) -> str:
        """An event as the page sends it."""
        path = f"/dossiers/{self.draft.number}/formulaire"
        router = {
            "pathname": "/dossiers/[number]/formulaire",
            "asPath": path,
            "query": {"number": str(self.draft.number)},
        }
        return json.dumps({"name": name, "payload": payload, "router_data": router})

    async def connect(self, session: aiohttp.ClientSession) -> None:
        """Open the socket and the form."""
        address = f"{self.site.url}/_event/?EIO=4&transport=websocket&token={uuid.uuid4()}"
        headers = {"Cookie": f"{COOKIE_NAMES[1]}={self.draft.token}", "Origin": self.site.url}
        self.socket = await session.ws_connect(address.replace("http", "ws", 1), headers=headers, max_msg_size=0)
        await self.socket.receive_str()
        hydrate = self.event(f"{STATE}.hydrate_and_load")
        await self.socket.send_str('40/_event,{"event":' + hydrate + "}")
        await self.until('"is_ready_rx_state_":true')

    async def until(self, wanted: str) -> int:
        """Read until a message holds `wanted`; the characters received."""
        received = 0
        while True:
            message = await self.socket.receive_str()
            received += len(message)
            if message == "2":
                await self.socket.send_str("3")
            elif wanted in message:
                return received

    async def answer(self) -> tuple[float, int]:
        """Give one answer; seconds until it is acknowledged, and characters received."""
        text = f"réponse {next(self.numbers)} de {self.draft.number}"
        started = time.perf_counter()
        await self.socket.send_str('42/_event,["event",' + self.event(f"{FORM}.answer", path="2", raw=text) + "]")
        received = await self.until("acknowledged")
        return time.perf_counter() - started, received


async def measure(site: Site, drafts: list[Draft], bare: float, data: Path) -> None:
    """One line each: memory, paced delays, saturated throughput."""
    server = psutil.Process(site.process.pid)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        before = memory(server)
        clients = [Client(site, draft) for draft in drafts]
        gate = asyncio.Semaphore(10)

        async def connect(client: Client) -> None:
            async with gate:
                await client.connect(session)

        await asyncio.gather(*(connect(client) for client in clients))
        each = (memory(server) - before) / len(clients) / 1000
        figure(f"{len(clients)} clients: memory each", f"{each:.0f} kB", "")
        paced = await many(clients, pause=1.0)
        figure(f"{len(clients)} clients, one answer a second: p50 / p95", delays(paced), "")
        saturated = await many(clients, pause=0.0)
        rate = len(saturated) / SECONDS
        figure(f"{len(clients)} clients, as fast as possible", f"{rate:.0f}/s", "of bare commits:", rate / bare)
        figure(f"{len(clients)} clients, as fast as possible: p50 / p95", delays(saturated), "")
        size = quantile([received for _, received in saturated], 0.5)
        figure("bytes received for one answer", f"{size:.0f} B", "")
        for client in clients:
            await client.socket.close()


async def many(clients: list[Client], pause: float) -> list[tuple[float, int]]:
    """Answers of all clients for `SECONDS`, each waiting for its own acknowledgement."""
    found: list[tuple[float, int]] = []
    ends = time.perf_counter() + SECONDS

    async def one(client: Client, position: int) -> None:
        await asyncio.sleep(pause * position / len(clients))
        while time.perf_counter() < ends:
            taken = await client.answer()
            found.append(taken)
            await asyncio.sleep(max(0.0, pause - taken[0]))

    await asyncio.gather(*(one(client, position) for position, client in enumerate(clients)))
    return found


def delays(found: list[tuple[float, int]]) -> str:
    """Median and 95th percentile in milliseconds."""
    taken = [seconds for seconds, _ in found]
    return f"{quantile(taken, 0.5) * 1000:.1f} / {quantile(taken, 0.95) * 1000:.1f} ms"


def memory(server: psutil.Process) -> float:
    """Bytes held by the server and its workers."""
    return sum(process.memory_info().rss for process in (server, *server.children(recursive=True)))


if __name__ == "__main__":
    main()
