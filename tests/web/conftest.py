"""A browser without JavaScript, and the site that it visits."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dsbuilder.actions import context
from dsbuilder.storage.database import Database
from dsbuilder.web.hardening import Hardened
from dsbuilder.web.routes import ROUTES

SITE = "http://localhost:8000"


class Visitor(TestClient):
    """Sends what a browser sends from one of our own pages, and reads what a person would."""

    def __init__(self, **headers: str) -> None:
        app = Hardened(Starlette(routes=ROUTES), [SITE])
        super().__init__(app, base_url=SITE, follow_redirects=False, headers={"origin": SITE, **headers})

    def words(self, path: str) -> str:
        """The text of a page, without its markup."""
        return words(self.get(path).text)


def words(html: str) -> str:
    """The text of a page, on one line."""
    body = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture
def site(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database behind the site."""
    monkeypatch.setattr(context, "_database", [database])
    yield database


@pytest.fixture
def visitor(site: Database) -> Visitor:
    """Someone who comes for the first time."""
    return Visitor()
