"""Serves the built pages: read once at start, so a request touches no path of the disk that it names."""

import gzip
import hashlib
import html
import mimetypes
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shell:
    """A page whose address varies: it is drawn in the browser, but its language and title are known before."""

    pattern: str  # `/dossiers/[number]`
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of the front end, plain and compressed, with what its response says."""

    body: bytes
    gzipped: bytes | None
    media_type: str
    etag: str
    cache: str
    scripts: tuple[str, ...] = ()

    def answer(self, request: Request) -> Response:
        """The file as a response: compressed when accepted, empty when the browser has it."""
        headers = {"etag": self.etag, "cache-control": self.cache, "vary": "accept-encoding"}
        # On a 304 too: browsers put its policy in place of the one that they keep.
        request.scope["inline_scripts"] = self.scripts
        if request.headers.get("if-none-match") == self.etag:
            return Response(status_code=304, headers=headers)
        body = self.body
        if self.gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            body = self.gzipped
            headers["content-encoding"] = "gzip"
        return Response(body, 200, headers, self.media_type)


class FrontEnd:
    """The built front end as an ASGI application."""

    def __init__(
        self, client: Path, shells: Iterable[Shell], missing: Callable[[Request], Awaitable[Response]]
    ) -> None:
        """`client` holds the built files; `missing` answers for an address that is none of them."""
        served = (file for file in client.rglob("*") if file.is_file() and file.suffix != ".gz")
        self.files = {f"/{file.relative_to(client).as_posix()}": _read(file, client) for file in served}
        empty = self.files.pop("/__spa-fallback.html").body.decode()
        del self.files["/404.html"]  # drawn by the browser; the server draws its own, which knows the reader
        self.missing = missing
        self.shells = [(_matcher(shell.pattern), _page(_drawn(shell, empty))) for shell in shells]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        answer = await self.answer(Request(scope))
        await answer(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """The page or file at this address, or the page that says there is none."""
        if request.method not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"allow": "GET, HEAD"})
        found = self.find(request.url.path)
        return found.answer(request) if found else await self.missing(request)

    def find(self, path: str) -> BuiltFile | None:
        """The built file for a path: itself, its prerendered page, or the shell of a page with a varying part."""
        bare = path.rstrip("/")
        if file := self.files.get(path) or self.files.get(f"{bare}/index.html"):
            return file
        return next((page for matcher, page in self.shells if matcher.fullmatch(bare)), None)


def _read(file: Path, client: Path) -> BuiltFile:
    body = file.read_bytes()
    if file.suffix == ".html":
        return _page(body.decode())
    compressed = file.with_name(file.name + ".gz")
    media_type = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
    return BuiltFile(
        body=body,
        gzipped=compressed.read_bytes() if compressed.exists() else None,
        media_type=media_type or "application/octet-stream",
        etag=_etag(body),
        # The bundler names these files after their content.
        cache=FOREVER if file.parent == client / "assets" else ASK_AGAIN,
    )


def _page(text: str) -> BuiltFile:
    body = text.encode()
    gzipped = gzip.compress(body, 9, mtime=0)
    return BuiltFile(body, gzipped, "text/html", _etag(body), ASK_AGAIN, inline_script_hashes(text))


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'


def _drawn(shell: Shell, empty: str) -> str:
    """The empty page with the language and the title of the page that will fill it."""
    title = f"<title>{html.escape(shell.title)}</title></head>"
    return _in_language(shell.language, empty).replace("</head>", title, 1)


def _in_language(language: str, page: str) -> str:
    return re.sub(r'<html lang="\w+"', f'<html lang="{language}"', page, count=1)


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """The sources that a content security policy must name to let this page's own inline scripts run."""
    hashes = {b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in INLINE_SCRIPT.findall(page)}
    return tuple(f"'sha256-{value}'" for value in sorted(hashes))


def _matcher(pattern: str) -> re.Pattern[str]:
    """`/dossiers/[number]` as an expression in which a part never holds a slash."""
    return re.compile(re.sub(r"\\\[\w+\\\]", "[^/]+", re.escape(pattern)))
