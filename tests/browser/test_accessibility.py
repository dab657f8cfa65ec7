"""Every page, by the automatic rules of WCAG 2.2 A and AA: on a phone in light and on a desktop in dark, all four in soak."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.every_page import MISSING, opened
from tests.running import Site

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
LOOKS = [(390, "light"), (1280, "dark")]
OTHER_LOOKS = [pytest.param(390, "dark", marks=pytest.mark.soak), pytest.param(1280, "light", marks=pytest.mark.soak)]


def wrong_on(page: Page) -> list[str]:
    """What the rules find: the rule, and the element's HTML."""
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]


def wider_than_the_window(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("width", "scheme"), [*LOOKS, *OTHER_LOOKS])
def test_no_page_breaks_a_rule(browser: Browser, site: Site, width: int, scheme: Any) -> None:
    found: dict[str, list[str]] = {}
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with opened(browser, site, look) as pages:
        for visit, page, troubles in pages:
            wrong = wrong_on(page) + (["it scrolls sideways"] if wider_than_the_window(page) else [])
            # A script, style or font that the policy refuses, a file that is missing, an error that nobody caught.
            wrong += [trouble for trouble in troubles if not (visit.path == MISSING and "404" in trouble)]
            if wrong:
                found[visit.path] = wrong
    assert found == {}
