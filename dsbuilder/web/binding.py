"""Ties what the server keeps of a browser tab to the session cookie it came with.

The browser names its tab by a token that stands in the socket's address, so in logs and on screens. Reflex gives whoever
names it all that the tab showed, for an hour after it was left. With the cookie mixed into the name, someone else who
names it, or the same browser once signed out, finds an empty tab.
"""

import hashlib
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from dsbuilder.actions import sessions


class Bound:
    """Renames the tab of every socket that is opened."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap what answers sockets."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the handshake on under the bound name."""
        if scope["type"] in ("http", "websocket"):
            scope = {**scope, "query_string": bound(scope["query_string"], _cookie(scope))}
        await self.app(scope, receive, send)


def bound(query: bytes, cookie: str) -> bytes:
    """The query of a handshake with its token bound to the cookie."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return urlencode([(name, _name(value, cookie) if name == "token" else value) for name, value in pairs]).encode()


def _name(token: str, cookie: str) -> str:
    return hashlib.sha256(f"{token}\n{cookie}".encode()).hexdigest()


def _cookie(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                kept = SimpleCookie(value.decode("latin-1")).get(sessions.cookie_name())
            except CookieError:
                return ""
            return kept.value if kept else ""
    return ""
