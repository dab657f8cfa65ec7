"""A local stand-in for every outside register, for the demonstration and the tests: invented answers, faults on demand."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from dsbuilder.integrations import stand_in_answers
from dsbuilder.integrations.asking import LARGEST

Json = Any
Query = Mapping[str, str]


class Fault(StrEnum):
    """What may go wrong with a service."""

    SLOW = "slow"  # nothing comes
    DRIPPING = "dripping"  # a byte now and then
    MISSING = "missing"  # 404
    TOO_MANY = "too_many"  # 429
    BROKEN = "broken"  # 500
    CLOSED = "closed"  # the connection, before any answer
    GARBAGE = "garbage"  # what is no JSON
    OTHER_SHAPE = "other_shape"  # JSON of another shape
    HUGE = "huge"  # without end
    REDIRECT = "redirect"  # elsewhere


@dataclass(slots=True)
class StandIn:
    """The services at `url`: `url + "/companies"` and so on, by the names in `stand_in_answers.SERVICES`."""

    url: str
    faults: dict[str, Fault] = field(default_factory=dict)
    locks: dict[str, tuple[str, str]] = field(default_factory=dict)  # by service: the header, and what it must say
    asked: list[str] = field(default_factory=list)  # every path, with its query
    headers: list[Mapping[str, str]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def at(self, service: str) -> str:
        """The address of one service."""
        return f"{self.url}/{service}"

    def fail(self, fault: Fault | None) -> None:
        """Have every service fail in one way, or none when None."""
        self.faults.clear()
        if fault is not None:
            self.faults.update(dict.fromkeys(stand_in_answers.SERVICES, fault))


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A stand-in on a free port of this machine, for as long as the block runs."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    made = StandIn(f"http://127.0.0.1:{server.server_address[1]}")
    server.stand_in = made
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="stand-in", daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.ended.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    stand_in: StandIn

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer, or fail as told."""
        parts = urlsplit(self.path)
        service, _, rest = unquote(parts.path).lstrip("/").partition("/")
        made = self.server.stand_in
        made.asked.append(self.path)
        made.headers.append({name.lower(): value for name, value in self.headers.items()})
        fault = made.faults.get(service)
        if fault is not None:
            return _FAULTS[fault](self)
        header, wanted = made.locks.get(service, ("", None))
        if self.headers.get(header) != wanted:
            return self.give(401, b'{"error": "unauthorized"}')
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        answer = stand_in_answers.SERVICES.get(service, lambda rest, query: None)(rest, query)
        return self.give(404 if answer is None else 200, json.dumps(answer, ensure_ascii=False).encode())

    def give(self, status: int, body: bytes, **headers: str) -> None:
        """One whole answer."""
        self.send_response(status)
        self.send_header("content-type", "application/json; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def slow(self) -> None:
        """Say nothing until the end."""
        self.server.stand_in.ended.wait(30)
        self.close_connection = True

    def dripping(self) -> None:
        """Begin an answer that never ends."""
        self.send_response(200)
        self.send_header("content-length", "1000")
        self.end_headers()
        while not self.server.stand_in.ended.wait(0.2):
            self.wfile.write(b" ")
            self.wfile.flush()

    def closed(self) -> None:
        """Hang up."""
        self.close_connection = True
        self.connection.close()

    def huge(self) -> None:
        """More than anybody takes."""
        self.give(200, b'"' + b"x" * (LARGEST + 1) + b'"')

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what is asked may be private."""


_FAULTS: dict[Fault, Callable[[_Handler], None]] = {
    Fault.SLOW: _Handler.slow,
    Fault.DRIPPING: _Handler.dripping,
    Fault.MISSING: lambda handler: handler.give(404, b'{"error": "not found"}'),
    Fault.TOO_MANY: lambda handler: handler.give(429, b"{}", **{"retry-after": "60"}),
    Fault.BROKEN: lambda handler: handler.give(500, b"<h1>Internal error</h1>"),
    Fault.CLOSED: _Handler.closed,
    Fault.GARBAGE: lambda handler: handler.give(200, b"<!DOCTYPE html><h1>Maintenance</h1>"),
    Fault.OTHER_SHAPE: lambda handler: handler.give(
        200, b'{"results": [1, null, {"siege": [], "properties": 3}], "features": {"a": 1}, "identite": [[]], "id": {}}'
    ),
    Fault.HUGE: _Handler.huge,
    Fault.REDIRECT: lambda handler: handler.give(302, b"", location="http://127.0.0.1:9/private"),
}
