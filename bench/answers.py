"""Answers saved per second over the websocket, each committed to the database before it is acknowledged; memory a client.

Two references in the same run, for the machine may be busy: how many single-answer updates SQLite commits from one thread,
and what the smallest Reflex app does whose event writes one text to SQLite (`one_write.py`), driven by the same clients.
"""

import argparse
import asyncio
import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from statistics import fmean

import aiohttp
import psutil
import uvloop

from bench.prepared import (
    Draft,
    a_database,
    a_draft,
    a_procedure,
    figure,
    mixed_fields,
    one_write_site,
    quantile,
    served,
)
from dsbuilder.actions.sessions import COOKIE_NAMES
from dsbuilder.storage import dossiers
from dsbuilder.storage.database import Database
from tests.running import Site

CLIENTS = (100, 500)
FIELDS = 24  # the mean form of the reference
SECONDS = 5.0
ROUNDS = 2  # of each site, one after the other, so that what else the machine does falls on all
ROOT = "reflex___state____state"
FORM = f"{ROOT}.dsbuilder___state___session____session_state.dsbuilder___state___applicant___form____form_state"
ONE_WRITE = f"{ROOT}.bench___one_write____one_write"


def main(clients: Sequence[int] = CLIENTS, fields: int = FIELDS) -> None:
    """Print throughput, delays and memory for each number of clients."""
    with a_database() as (data, database):
        a_procedure(database, "mesure", mixed_fields(fields))
        drafts = [a_draft(database, "mesure") for _ in range(max(clients))]
        with served(data) as ours, one_write_site() as reference:
            for number in clients:
                uvloop.run(compare(ours, reference, drafts[:number], database))


def bare_writes(database: Database, number: int, seconds: float = 1.0) -> float:
    """Committed single-answer updates per second without server nor form."""
    ends, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < ends:
        with database.transaction() as db:
            dossiers.patch_answer(db, number, "2", {"v": str(done)}, datetime.now(UTC))
        done += 1
    return done / seconds


# -- one tab -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Page:
    """What a tab opens, and the event it sends."""

    site: Site
    event: str
    pathname: str = "/"
    path: str = "/"
    cookie: str = ""


def forms(site: Site, drafts: Sequence[Draft]) -> list[Page]:
    """The drafts, each in a tab of its own."""
    cookie, place = COOKIE_NAMES[1], "/dossiers/[number]/formulaire"
    return [
        Page(site, f"{FORM}.answer", place, f"/dossiers/{d.number}/formulaire", f"{cookie}={d.token}") for d in drafts
    ]


class Client:
    """One tab, speaking the protocol by hand."""

    def __init__(self, page: Page) -> None:
        self.page, self.numbers = page, count(1)

    def event(self, name: str, **payload: object) -> str:
        """An event as the page sends it."""
        page = self.page
        query = {"number": page.path.split("/")[2]} if "[" in page.pathname else {}
        router = {"pathname": page.pathname, "asPath": page.path, "query": query}
        return json.dumps({"name": name, "payload": payload, "router_data": router})

    async def connect(self, session: aiohttp.ClientSession) -> None:
        """Open the socket and the page."""
        url = self.page.site.url
        address = f"{url}/_event/?EIO=4&transport=websocket&token={uuid.uuid4()}"
        headers = {"Cookie": self.page.cookie, "Origin": url}
        self.socket = await session.ws_connect(address.replace("http", "ws", 1), headers=headers, max_msg_size=0)
        await self.socket.receive_str()
        await self.socket.send_str('40/_event,{"event":' + self.event(f"{ROOT}.hydrate_and_load") + "}")
        await self.until('"is_ready_rx_state_":true' if self.page.cookie else '"is_hydrated_rx_state_":true')

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
        text = f"réponse {next(self.numbers)} dans {self.page.path}"
        started = time.perf_counter()
        await self.socket.send_str('42/_event,["event",' + self.event(self.page.event, path="2", raw=text) + "]")
        received = await self.until("acknowledged")
        return time.perf_counter() - started, received


# -- many tabs -----------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Load:
    """The open tabs of one site, and what was found when all wrote as fast as they could."""

    name: str
    clients: list[Client]
    memory: float
    rates: list[float]
    delays: list[float]
    sizes: list[int]
    processor: list[float]  # seconds of the server's processor for one answer

    @property
    def rate(self) -> float:
        """Answers a second."""
        return fmean(self.rates)

    async def saturate(self) -> None:
        """Every client answers again as soon as its answer is acknowledged."""
        server = Server(self.clients[0].page.site)
        before = server.processor()
        found = await many(self.clients, pause=0.0)
        self.processor.append((server.processor() - before) / len(found))
        self.rates.append(len(found) / SECONDS)
        self.delays += [seconds for seconds, _ in found]
        self.sizes += [size for _, size in found]


async def compare(ours: Site, reference: Site, drafts: Sequence[Draft], database: Database) -> None:
    """One line each: memory, paced delays, throughput, and its ratio to both references."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        number = len(drafts)
        form = await opened("answers", session, forms(ours, drafts))
        kept = await opened("Reflex, one write", session, [Page(reference, f"{ONE_WRITE}.keep")] * number)
        heard = Load("Reflex, no write", [Client(client.page) for client in kept.clients], 0, [], [], [], [])
        for client, of in zip(heard.clients, kept.clients, strict=True):
            client.page, client.socket = Page(reference, f"{ONE_WRITE}.hear"), of.socket
        paced = await many(form.clients, pause=1.0)
        bare: list[float] = []
        for _ in range(ROUNDS):
            bare.append(await asyncio.to_thread(bare_writes, database, drafts[0].number))
            for load in (form, kept, heard):
                await load.saturate()
        figure(f"{number} clients: memory each", f"{form.memory:.0f} kB", f"Reflex alone {kept.memory:.0f} kB")
        figure(f"{number} clients, one answer a second: p50 / p95", delays([taken for taken, _ in paced]), "")
        print_rates(form, kept, heard, fmean(bare))
        for client in (*form.clients, *kept.clients):
            await client.socket.close()


def print_rates(form: Load, kept: Load, heard: Load, bare: float) -> None:
    """The throughput of answers beside that of the references."""
    figure("bare single-answer commits, one thread", f"{bare:.0f}/s", "answers of it:", form.rate / bare)
    for load in (form, kept, heard):
        name = f"{len(load.clients)} clients, as fast as possible: {load.name}"
        figure(name, f"{load.rate:.0f}/s", "answers of it:", form.rate / load.rate)
        cost = f"processor {fmean(load.processor) * 1000:.2f} ms each, {quantile(load.sizes, 0.5):.0f} B down"
        figure("    p50 / p95", delays(load.delays), cost)


async def opened(name: str, session: aiohttp.ClientSession, pages: Sequence[Page]) -> Load:
    """The pages, open, and what each cost the server's memory."""
    server, gate = Server(pages[0].site), asyncio.Semaphore(10)
    before, clients = server.memory(), [Client(page) for page in pages]

    async def connect(client: Client) -> None:
        async with gate:
            await client.connect(session)

    await asyncio.gather(*(connect(client) for client in clients))
    return Load(name, clients, (server.memory() - before) / len(clients) / 1000, [], [], [], [])


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


def delays(taken: Sequence[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    return f"{quantile(taken, 0.5) * 1000:.1f} / {quantile(taken, 0.95) * 1000:.1f} ms"


class Server:
    """What a site's processes use together."""

    def __init__(self, site: Site) -> None:
        started = psutil.Process(site.process.pid)
        self.processes = (started, *started.children(recursive=True))

    def memory(self) -> float:
        """Bytes held."""
        return sum(process.memory_info().rss for process in self.processes)

    def processor(self) -> float:
        """Seconds of processor used so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self.processes)


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--clients", type=int, nargs="+", default=CLIENTS)
    wanted.add_argument("--fields", type=int, default=FIELDS)
    main(**vars(wanted.parse_args()))
