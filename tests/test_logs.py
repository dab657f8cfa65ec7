"""Logs say what happened, and never what a person sent."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from starlette.testclient import TestClient

from dsbuilder import logs
from dsbuilder.web.access_log import loggable
from tests.in_process import SOCKET_HEADERS, socket_path

SECRETS = {
    "cookie": "TOPSECRETSESSION",
    "answer": "ma réponse intime",
    "token": "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d",
}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the server would have written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter("json"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.mark.parametrize(
    "name",
    ["nope.nope", "reflex___state____state.nope", "reflex___state____state.hydrate_and_load", ""],
)
def test_an_event_leaves_nothing_of_itself_in_the_log(client: TestClient, written: io.StringIO, name: str) -> None:
    event = {
        "name": name,
        "payload": {"value": SECRETS["answer"], "vars": 3},
        "router_data": {"pathname": "/", "headers": {"cookie": SECRETS["cookie"]}},
    }
    headers = SOCKET_HEADERS | {"cookie": f"sid={SECRETS['cookie']}"}
    with client.websocket_connect(socket_path(SECRETS["token"]), headers=headers) as socket:
        socket.receive_text()
        socket.send_text("40/_event,")
        socket.receive_text()
        for message in (json.dumps(["event", event]), json.dumps(["event", json.dumps(event)])):
            socket.send_text(f"42/_event,{message}")
        socket.send_text('42/_event,["ping"]')
        client.portal.call(drained) if client.portal else None
    assert written.getvalue() != ""
    assert_nothing_of(SECRETS, written.getvalue())


async def drained() -> None:
    """Give the server's loop the turns it needs to take the messages in."""
    for _ in range(50):
        await asyncio.sleep(0)


def assert_nothing_of(secrets: dict[str, str], text: str) -> None:
    assert [name for name, secret in secrets.items() if secret in text] == []


def test_an_exception_is_logged_by_type_and_place_without_its_message(written: io.StringIO) -> None:
    try:
        int(SECRETS["answer"])
    except ValueError as error:
        logging.getLogger("library").error("failed", exc_info=error)
    line = json.loads(written.getvalue())
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["at"][-1]
    assert_nothing_of(SECRETS, written.getvalue())


@pytest.mark.parametrize(
    "message",
    [
        "failed Event(token='x', payload={'v': 'ma réponse intime'})",
        "headers: cookie: TOPSECRETSESSION",
        "Cookie=TOPSECRETSESSION",
        "first line\nma réponse intime",
        "token=0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d",
        "client 0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d left",
        "x" * 5000,
    ],
)
def test_what_libraries_say_is_cut_where_a_value_may_begin(message: str) -> None:
    kept = logs.scrub(message)
    assert_nothing_of(SECRETS, kept)
    assert len(kept) <= logs.LONGEST


def test_what_libraries_say_keeps_its_plain_beginning() -> None:
    assert logs.scrub("Unexpected exit from worker-1") == "Unexpected exit from worker-1"


def test_our_own_events_are_written_whole(written: io.StringIO) -> None:
    logs_of = structlog.wrap_logger(
        logging.getLogger("dsbuilder.test"),
        processors=[*logs.SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    logs_of.error("published", actor=3, subject="procedure", id=12)
    line = json.loads(written.getvalue())
    assert (line["event"], line["actor"], line["subject"], line["id"]) == ("published", 3, "procedure", 12)


def test_a_request_is_logged_without_its_query_or_the_tokens_in_its_path() -> None:
    assert loggable("/auth/confirmation/abcdefghijklmnopqrstuvwxyz0123456789") == "/auth/confirmation/…"
    assert loggable("/dossiers/12") == "/dossiers/12"


def test_the_access_log_keeps_no_query_and_no_cookie(client: TestClient, written: io.StringIO) -> None:
    with structlog.testing.capture_logs() as lines:
        client.get(f"/sante?token={SECRETS['token']}", headers={"cookie": f"sid={SECRETS['cookie']}"})
    assert [line["path"] for line in lines] == ["/sante"]
    assert_nothing_of(SECRETS, str(lines))
