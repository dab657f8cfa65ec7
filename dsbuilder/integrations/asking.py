"""Asking an outside service over HTTP: within four seconds in all, again when it stumbles, and not at all while it is down."""

import asyncio
import json
import logging
import random
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx2

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import Ask, Outcome, Unavailable, Why

SECONDS = 4.0  # for one question, attempts and waits included
ATTEMPTS = 3
LARGEST = 1_000_000  # bytes of an answer
AGAIN = frozenset({408, 429, 500, 502, 503})
KEPT = 1000  # answers remembered, each for
FRESH = 600.0  # seconds
HELD = 4_000_000  # bytes of all of them, as they came: a service of huge answers must not fill the memory
FAILURES = 5  # in a row, after which a service is left alone for
REST = 30.0  # seconds
AT_ONCE = 8  # questions to one service

Json = Any
Parameters = Mapping[str, str]

for _name in ("httpx2", "httpcore2", "httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # they print addresses, which hold what people typed


class Service(Protocol):
    """An outside register."""

    async def find(self, ask: Ask) -> Outcome:
        """What it says of something; never raises for what the network or the service does."""

    async def close(self) -> None:
        """Close its connections."""


class Searched(Service, Protocol):
    """One that can be searched by words."""

    async def search(self, ask: Ask) -> tuple[Choice, ...] | Unavailable:
        """What matches, best first."""


class Away(Exception):
    """The service gave no answer."""

    def __init__(self, why: Why, again: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.again = again


@dataclass(slots=True)
class Breaker:
    """Leaves a service alone after several failures in a row; then lets one question through to try."""

    clock: Callable[[], float] = time.monotonic
    failures: int = 0
    closed_until: float = 0.0

    def refuse_while_resting(self) -> None:
        """Raise Away when the service is being left alone."""
        if self.failures < FAILURES:
            return
        if self.clock() < self.closed_until:
            raise Away(Why.RESTING)
        self.closed_until = self.clock() + REST  # others wait for what the one that tries finds

    def note(self, works: bool) -> None:
        """Count a question that was answered, or was not."""
        self.failures = 0 if works else self.failures + 1
        if self.failures >= FAILURES:
            self.closed_until = self.clock() + REST


@dataclass(slots=True)
class Remembered:
    """The newest answers, bounded in number, in size and in age."""

    clock: Callable[[], float] = time.monotonic
    _answers: OrderedDict[Any, tuple[float, Json, int]] = field(default_factory=OrderedDict)
    _held: int = 0

    def get(self, key: Any) -> tuple[Json] | None:
        """The answer, in a tuple of its own because it may be None."""
        until, answer, _ = self._answers.get(key, (0.0, None, 0))
        return (answer,) if key in self._answers and self.clock() < until else None

    def put(self, key: Any, answer: Json, size: int = 0) -> None:
        """Remember one answer, which came in `size` bytes."""
        self._held += size - self._answers.pop(key, (0.0, None, 0))[2]
        self._answers[key] = self.clock() + FRESH, answer, size
        while len(self._answers) > KEPT or self._held > HELD:
            self._held -= self._answers.popitem(last=False)[1][2]


class Asker:
    """One service at one address. What it answers in private is neither remembered nor logged."""

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        private: bool = False,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx2.AsyncBaseTransport | None = None,
        trust_env: bool = True,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.private = private
        self.breaker = Breaker(clock)
        self._headers = {"accept": "application/json", "accept-encoding": "identity", **(headers or {})}
        self._remembered = Remembered(clock)
        self._asking: dict[Any, asyncio.Task[tuple[Json, int]]] = {}
        self._transport, self._trust_env = transport, trust_env
        self._client: httpx2.AsyncClient | None = None
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def json(self, path: str, parameters: Parameters | None = None, *, anew: bool = False, **how: Any) -> Json:
        """What the service answers, None when it knows nothing there; `anew` for what it answers now. Raises Away.

        The same question asked twice at the same time is sent once.
        """
        key = path, tuple(sorted((parameters or {}).items()))
        if not anew and (known := self._remembered.get(key)) is not None:
            return known[0]
        task = self._asking.get(key)
        if task is None:
            task = asyncio.create_task(self._in_time(path, parameters or {}, how))
            self._asking[key] = task
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        answer, size = await asyncio.shield(task)
        if not self.private:
            self._remembered.put(key, answer, size)
        return answer

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being asked."""
        return not self._asking

    async def close(self) -> None:
        """Close its connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _in_time(self, path: str, parameters: Parameters, how: Mapping[str, Any]) -> tuple[Json, int]:
        self.breaker.refuse_while_resting()
        try:
            async with asyncio.timeout(SECONDS), self._slots:
                answer = await self._with_patience(path, parameters, how)
        except TimeoutError:
            self.breaker.note(works=False)
            raise Away(Why.SLOW) from None
        except Away as away:
            self.breaker.note(works=away.why is Why.REFUSED and not away.again)  # refusing is an answer
            raise
        self.breaker.note(works=True)
        return answer

    async def _with_patience(self, path: str, parameters: Parameters, how: Mapping[str, Any]) -> tuple[Json, int]:
        for attempt in range(ATTEMPTS):
            try:
                return await self._once(path, parameters, how)
            except Away as away:
                if not away.again or attempt == ATTEMPTS - 1:
                    raise
            await asyncio.sleep(random.uniform(0.05, 0.2 * 2**attempt))
        raise AssertionError("unreachable")

    async def _once(self, path: str, parameters: Parameters, how: Mapping[str, Any]) -> tuple[Json, int]:
        if self._client is None:
            self._client = httpx2.AsyncClient(
                headers=self._headers,
                timeout=SECONDS,
                follow_redirects=False,
                transport=self._transport,
                trust_env=self._trust_env,
            )
        address = self.base_url + path
        try:
            async with self._client.stream("GET", address, params=dict(parameters) or None, **how) as response:
                _check(response)
                if response.status_code == 404:
                    return None, 0
                body = await _body(response)
                return _read(body), len(body)
        except (httpx2.TransportError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise Away(Why.CLOSED, again=isinstance(error, httpx2.NetworkError | httpx2.RemoteProtocolError)) from None


class OneAddress:
    """A service that one asker asks."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    async def close(self) -> None:
        """Close its connections."""
        await self.asker.close()


def _check(response: httpx2.Response) -> None:
    status = response.status_code
    if status in (200, 404):
        return
    if status in AGAIN:
        raise Away(Why.REFUSED if status == 429 else Why.BROKEN, again=True)
    raise Away(Why.BROKEN if status >= 500 else Why.WRONG_ANSWER if status < 400 else Why.REFUSED)


async def _body(response: httpx2.Response) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Away(Why.WRONG_ANSWER)  # unpacked, it might be of any size
    found = bytearray()
    async for piece in response.aiter_raw():
        found += piece
        if len(found) > LARGEST:
            raise Away(Why.TOO_LARGE)
    return bytes(found)


def _read(body: bytes) -> Json:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Away(Why.WRONG_ANSWER) from None


# -- reading what came ---------------------------------------------------------------------------------------------
def at(answer: Json, *keys: str | int) -> Json:
    """What stands there, None where the answer has another shape."""
    for key in keys:
        if isinstance(answer, dict) and isinstance(key, str):
            answer = answer.get(key)
        elif isinstance(answer, list) and isinstance(key, int) and key < len(answer):
            answer = answer[key]
        else:
            return None
    return answer


def text_at(answer: Json, *keys: str | int) -> str:
    """The text that stands there, empty for anything else; numbers count as text."""
    found = at(answer, *keys)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return str(found)
    return found if isinstance(found, str) else ""


def objects_at(answer: Json, *keys: str | int) -> list[dict[str, Json]]:
    """The objects of the list that stands there. Raises Away when there is no list of objects."""
    found = at(answer, *keys)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Away(Why.WRONG_ANSWER)
    return found
