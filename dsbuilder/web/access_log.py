"""One line per HTTP request: no query, no address of a person, no token that stands in a path."""

import re
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOKS_SECRET = re.compile(r"[A-Za-z0-9_\-]{24,}")
log = structlog.get_logger("dsbuilder.http")


def loggable(path: str) -> str:
    """A path without its long unguessable parts."""
    return LOOKS_SECRET.sub("…", path)


class AccessLog:
    """Logs method, path, status and duration of each request, but of the built files that were found."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Time the request and log it once answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            if not (scope["path"].startswith("/assets/") and status < 400):
                duration = round((time.perf_counter() - started) * 1000, 1)
                log.info("request", method=scope["method"], path=loggable(scope["path"]), status=status, ms=duration)
