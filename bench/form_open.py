"""From opening a form to its first answer acknowledged, cold, with 1, 200 and 500 fields, beside plain HTML.

Limit: opening 200 fields costs at most 100 ms more than opening one.
"""

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from bench.prepared import Draft, a_database, a_draft, a_procedure, figure, mixed_fields, served
from dsbuilder.actions.sessions import COOKIE_NAMES
from tests.browser import chromium

SIZES = (1, 200, 500)
RUNS = 7
PATIENCE = 60_000  # milliseconds


def main() -> None:
    """Print the medians and what 200 and 500 fields cost more than one."""
    path = chromium.find()
    with a_database() as (data, database):
        drafts: dict[int, list[Draft]] = {}
        for size in SIZES:
            a_procedure(database, f"mesure-{size}", mixed_fields(size, first_id=1000 * size))
            drafts[size] = [a_draft(database, f"mesure-{size}") for _ in range(RUNS + 1)]
        (data / "plain").mkdir()
        (data / "plain" / "index.html").write_text(plain_html(200))
        with served(data) as site, sync_playwright() as playwright, plain_site(data / "plain") as plain:
            browser = chromium.launch(playwright, path)
            times: dict[int, list[float]] = {size: [] for size in SIZES}
            beside: list[float] = []
            for run in range(RUNS + 1):  # in turns, so that a slow moment of the machine meets all alike
                for size in SIZES:
                    taken = open_and_answer(browser, site.url, drafts[size][run])
                    times[size] += [taken] if run else []  # the first warms the server
                beside += [open_plain(browser, plain)] if run else []
            browser.close()
    report({size: median(taken) for size, taken in times.items()}, median(beside))


def report(times: dict[int, float], plain: float) -> None:
    """Say how long each takes."""
    one = times[1]
    figure("plain HTML, 200 fields, to the first answer handled", f"{plain * 1000:.0f} ms", "")
    for size, taken in times.items():
        more = (taken - one) * 1000
        limit = "" if size == 1 else f"+{more:.0f} ms over one field (limit at 200: +100 ms)"
        figure(
            f"form of {size} fields, to the first answer acknowledged", f"{taken * 1000:.0f} ms", limit, taken / plain
        )


def open_and_answer(browser: Browser, url: str, draft: Draft) -> float:
    """Seconds from navigation, with an empty cache, to "saved" after an answer to the first question."""
    with browser.new_context(locale="fr-FR") as context:
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": COOKIE_NAMES[1], "value": draft.token, "url": url}])
        page = context.new_page()
        started = time.perf_counter()
        page.goto(f"{url}/dossiers/{draft.number}/formulaire", wait_until="commit")
        answer_first(page, "main input.input")
        page.wait_for_function("() => document.querySelector('.saved')?.textContent.includes('Enregistré à')")
        return time.perf_counter() - started


def open_plain(browser: Browser, url: str) -> float:
    """The same for a page of plain HTML whose script handles the answer."""
    with browser.new_context() as context:
        page = context.new_page()
        started = time.perf_counter()
        page.goto(url, wait_until="commit")
        answer_first(page, "input")
        page.wait_for_function("() => document.getElementById('s').textContent === 'saved'")
        return time.perf_counter() - started


def answer_first(page: Page, selector: str) -> None:
    """Type into the first input as soon as it can be seen.

    Playwright's locators ask again after 20, 50, 100, 100, then 500 ms: a form a little later than one of these would
    cost half a second more. This waits frame by frame.
    """
    page.wait_for_function("selector => document.querySelector(selector)?.checkVisibility()", arg=selector)
    first = page.locator(selector).first
    first.fill("Bonjour")
    first.blur()


def plain_html(count: int) -> str:
    """A form of labels and inputs, and a script of one line."""
    rows = "".join(f"<p><label for=f{n}>Question {n}</label> <input id=f{n}></p>" for n in range(count))
    script = "addEventListener('focusout', e => document.getElementById('s').textContent = 'saved')"
    return f"<!doctype html><title>plain</title><p id=s></p><form>{rows}</form><script>{script}</script>"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def plain_site(folder: Path) -> Iterator[str]:
    """A bare web server on the folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


if __name__ == "__main__":
    main()
