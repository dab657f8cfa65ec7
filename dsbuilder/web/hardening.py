"""What every answer says to the browser: which scripts may run, who may frame it, what may be kept."""

from collections.abc import Iterable, Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FIXED_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()",
}


def content_security_policy(scripts: Iterable[str], sockets: Iterable[str], maps: Iterable[str] = ()) -> str:
    """Nothing but our own files; inline scripts only by their hash, and never `eval`. `maps` are a base map's origins."""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *scripts]),
        "style-src": "'self'",
        "img-src": " ".join(["'self' data: blob:", *maps]),
        "font-src": "'self'",
        "connect-src": " ".join(["'self'", *sockets, *maps]),
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Hardened:
    """Adds the security headers to every HTTP answer; what a route sets itself stays."""

    def __init__(self, app: ASGIApp, origins: Sequence[str], maps: Sequence[str] = ()) -> None:
        """`origins` are ours: `'self'` does not cover their sockets in every browser. `maps` are a base map's."""
        self.app = app
        self.maps = tuple(maps)
        self.sockets = tuple(origin.replace("http", "ws", 1) for origin in origins)
        self.is_secure = all(origin.startswith("https:") for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and complete the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.complete(MutableHeaders(scope=message), scope.get("inline_scripts", ()))
            await send(message)

        await self.app(scope, receive, completed)

    def complete(self, headers: MutableHeaders, scripts: tuple[str, ...]) -> None:
        """Add each header that is not there yet."""
        for name, value in FIXED_HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("content-security-policy", content_security_policy(scripts, self.sockets, self.maps))
        headers.setdefault("cache-control", "no-store")
        if self.is_secure:
            headers.setdefault("strict-transport-security", "max-age=31536000")
