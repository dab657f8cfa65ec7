"""What the server says with every answer, and what it refuses, without a port or a browser."""

import json

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dsbuilder.settings import settings
from tests.in_process import SOCKET_HEADERS, socket_path

HYDRATE = {"name": "reflex___state____state.hydrate_and_load", "payload": {}, "router_data": {"pathname": "/"}}


def test_it_says_that_it_is_up(client: TestClient) -> None:
    assert client.get("/sante").text == "ok"


@pytest.mark.parametrize("path", ["/sante", "/", "/nothing-here"])
def test_every_answer_forbids_foreign_scripts_and_frames(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert "unsafe" not in headers["content-security-policy"]
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["default-src"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_a_page_lets_its_own_inline_scripts_run_by_hash(client: TestClient) -> None:
    assert "'sha256-" in client.get("/").headers["content-security-policy"]
    assert "'sha256-" not in client.get("/sante").headers["content-security-policy"]


def test_answers_of_routes_are_not_kept_by_caches(client: TestClient) -> None:
    assert client.get("/sante").headers["cache-control"] == "no-store"


def test_reflex_s_own_routes_are_not_there(client: TestClient) -> None:
    assert client.get("/ping").status_code == 404
    assert client.get("/_upload").status_code == 404
    assert client.post("/_upload").status_code == 405


def open_socket(client: TestClient, origin: str | None) -> str:
    headers = SOCKET_HEADERS | ({"origin": origin} if origin else {})
    with client.websocket_connect(socket_path(), headers=headers) as socket:
        socket.receive_text()
        socket.send_text("40/_event," + json.dumps({"event": HYDRATE}))
        return socket.receive_text()


def test_our_own_pages_may_open_a_socket(client: TestClient) -> None:
    assert open_socket(client, settings().url).startswith("40/_event")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", "http://localhost.evil.example"]
)
def test_pages_of_others_may_not_open_a_socket(client: TestClient, origin: str) -> None:
    with pytest.raises(WebSocketDisconnect):
        open_socket(client, origin)
