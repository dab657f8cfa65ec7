"""A real Chromium for every test of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from dsbuilder.storage.database import Database
from tests.browser import chromium
from tests.browser.every_page import watch
from tests.browser.people import database_of
from tests.running import Site

HERE = Path(__file__).parent
PATIENCE = 30_000  # milliseconds before a step of a page counts as failed: CI is several times slower

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run."""
    path = chromium.find()
    with sync_playwright() as playwright:
        yield chromium.launch(playwright, path)


@pytest.fixture
def database(site: Site) -> Iterator[Database]:
    """The database of the running site, beside it."""
    with database_of(site) as opened:
        yield opened


@pytest.fixture
def someone(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """One person's browser: own cookies, French, 1280 wide."""
    with browser.new_context(base_url=site.url, locale="fr-FR", viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        yield context


@pytest.fixture
def page(someone: BrowserContext) -> Iterator[Page]:
    """A tab in which nothing may go wrong: an error in the console fails the test at its end."""
    tab = someone.new_page()
    troubles = watch(tab)
    yield tab
    assert troubles == []
