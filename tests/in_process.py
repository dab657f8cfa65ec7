"""The whole application in the tests' own process: what a browser could send it, without a port or built pages."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dsbuilder import dsbuilder as composed
from dsbuilder.serving import migrate_database
from dsbuilder.settings import settings

EMPTY_PAGE = '<!DOCTYPE html><html lang="fr"><head></head><body><script>"here"</script></body></html>'


@contextmanager
def in_process(folder: Path) -> Iterator[TestClient]:
    """The whole application without a port, a browser or built pages: routes, socket, headers, database, worker.

    `client.websocket_connect(socket_path(), headers=SOCKET_HEADERS)` opens the socket that a page opens.
    """
    client = folder / "client"
    client.mkdir(parents=True)
    for name in ("404.html", "__spa-fallback.html", "index.html"):
        (client / name).write_text(EMPTY_PAGE)
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    migrate_database(settings())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("__REFLEX_SKIP_COMPILE", "true")
        patch.setattr(composed, "WEB", folder)
        with TestClient(composed.app(), base_url=settings().url) as opened:
            yield opened


SOCKET_HEADERS = {"upgrade": "websocket", "connection": "Upgrade"}


def socket_path(token: str = "") -> str:
    """Where a page opens its socket."""
    return f"/_event/?EIO=4&transport=websocket&token={token or uuid.uuid4()}"
