"""A browser tab driven by hand: any event, with any arguments, from any address, under any cookie."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import reflex as rx
from starlette.testclient import TestClient, WebSocketTestSession

from dsbuilder.settings import settings
from dsbuilder.state.session import SessionState
from tests.in_process import SOCKET_HEADERS, socket_path

ROOT = rx.State.get_full_name()
FENCE = f"{SessionState.get_full_name()}.open_page"
_fences = count(1)


def states(base: type[rx.State] = rx.State) -> Iterator[type[rx.State]]:
    """Every state of the app, Reflex's own among them."""
    yield base
    for state in sorted(base.get_substates(), key=lambda each: each.get_full_name()):
        yield from states(state)


def ours() -> list[type[rx.State]]:
    """The states that we wrote and that a site serves."""
    return [state for state in states() if state.__module__.startswith("dsbuilder.")]


class Tab:
    """One tab; `heard` is all that the server ever sent it."""

    def __init__(self, socket: WebSocketTestSession, path: str = "/", boot: dict[str, Any] | None = None) -> None:
        self.socket = socket
        self.heard: list[Any] = []
        socket.receive_text()  # the transport's own greeting
        hydrate = {"name": f"{ROOT}.hydrate_and_load", "payload": boot or {}, "router_data": router_data(path)}
        socket.send_text("40/_event," + json.dumps({"event": hydrate}))
        self.settle()

    def fire(self, name: str, payload: Any = None, path: str = "/") -> None:
        """Send an event, whatever it is."""
        event = {"name": name, "payload": {} if payload is None else payload, "router_data": router_data(path)}
        self.socket.send_text("42/_event," + json.dumps(["event", event]))

    def ask(self, name: str, payload: Any = None, path: str = "/") -> list[Any]:
        """What the server sends until it has dealt with the event."""
        before = len(self.heard)
        self.fire(name, payload, path)
        self.settle()
        return self.heard[before:]

    def settle(self) -> None:
        """Wait until everything sent so far is dealt with: events of one tab are taken in their order."""
        mark = f"/cloture-{next(_fences)}-"
        self.fire(FENCE, path=mark)
        while True:
            text = self.socket.receive_text()
            if text == "2":  # the transport asks whether we live
                self.socket.send_text("3")
            elif text.startswith("42/_event,"):
                self.heard.append(json.loads(text.removeprefix("42/_event,"))[1])
                if mark in text:
                    return

    @property
    def everything(self) -> str:
        """All that was heard, as one text."""
        return json.dumps(self.heard, ensure_ascii=False)


def router_data(path: str) -> dict[str, Any]:
    """What a page says of where it is."""
    return {"pathname": path, "asPath": path, "query": {}}


def notices(heard: list[Any]) -> list[str]:
    """The sentences that were said."""
    changes = [change for sent in heard for change in (sent.get("delta") or {}).values()]
    return [value for change in changes for name, value in change.items() if name.startswith("notice_rx") and value]


def opened(client: TestClient, cookie: str = "", *, token: str = "", origin: str | None = None) -> WebSocketTestSession:
    """A socket as a page opens it; to be used with `with`."""
    headers = {**SOCKET_HEADERS, "origin": origin or settings().url}
    if cookie:
        headers["cookie"] = f"dsbuilder={cookie}"
    return client.websocket_connect(socket_path(token), headers=headers)


def shown(tab: Tab, state: type[rx.State]) -> dict[str, Any]:
    """What the tab shows of a state after all that it was sent."""
    values: dict[str, Any] = {}
    for sent in tab.heard:
        for name, value in (sent.get("delta") or {}).get(state.get_full_name(), {}).items():
            values[name.removesuffix("_rx_state_")] = value
    return values


def call(tab: Tab, handler: Any, path: str, **payload: Any) -> list[Any]:
    """What the server sends until it has dealt with a handler of one of our states."""
    return tab.ask(f"{handler.state_full_name}.{handler.fn.__name__}", payload, path)
