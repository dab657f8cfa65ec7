"""The whole chain once: built, served, drawn, hydrated, under the strict policy."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.every_page import watch


@pytest.mark.parametrize(("path", "language"), [("/", "fr"), ("/en", "en")])
def test_the_first_page_speaks_the_language_of_its_address(page: Page, path: str, language: str) -> None:
    page.goto(path)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == language


def test_the_page_connects_to_the_server_it_came_from(page: Page) -> None:
    with page.expect_websocket() as socket:
        page.goto("/")
    assert socket.value.url.startswith(page.evaluate("location.origin.replace('http', 'ws')"))
    page.wait_for_function("() => performance.getEntriesByType('resource').length > 5")


def test_an_unknown_address_says_so_in_words(someone: BrowserContext) -> None:
    tab = someone.new_page()
    answer = tab.goto("/rien-ici")
    assert answer is not None and answer.status == 404
    expect(tab.locator("h1")).to_be_visible()


def test_the_first_page_reads_without_javascript(browser, site) -> None:  # type: ignore[no-untyped-def]
    with browser.new_context(base_url=site.url, java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto("/")
        expect(tab.locator("h1")).to_be_visible()


def test_a_script_that_is_not_ours_does_not_run(someone: BrowserContext) -> None:
    tab = someone.new_page()
    troubles = watch(tab)
    tab.goto("/")
    tab.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    assert tab.evaluate("window.ran") is None
    assert any("Content Security Policy" in trouble for trouble in troubles)
