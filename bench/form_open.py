"""From opening a form to its first answer acknowledged, cold, with 1, 200 and 500 fields, beside plain HTML.

Limit: opening 200 fields costs at most 100 ms more than opening one. `python -m bench.form_open --peers [FOLDER]` opens
Form.io and SurveyJS too, in the same run (`bench/peers.py`).
"""

import http.server
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from bench import peers
from bench.prepared import Draft, a_database, a_draft, a_procedure, figure, mixed_fields, served
from dsbuilder.actions.sessions import COOKIE_NAMES
from tests.browser import chromium

SIZES = (1, 200, 500)
RUNS = 7
PATIENCE = 60_000  # milliseconds
PEER_BENCH = Path(__file__).parents[2] / "shared" / "peer_bench"
PLAIN = "plain HTML"
PLAIN_DONE = "() => document.getElementById('s').textContent === 'saved'"


def main(peer_bench: Path | None = None) -> None:
    """Print the medians and what 200 and 500 fields cost more than one."""
    path = chromium.find()
    with a_database() as (data, database):
        drafts: dict[int, list[Draft]] = {}
        for size in SIZES:
            a_procedure(database, f"mesure-{size}", mixed_fields(size, first_id=1000 * size))
            drafts[size] = [a_draft(database, f"mesure-{size}") for _ in range(RUNS + 1)]
        others = pages_beside(data / "plain", peer_bench)
        with served(data) as site, sync_playwright() as playwright, plain_site(data / "plain") as plain:
            browser = chromium.launch(playwright, path)
            times: dict[int, list[float]] = {size: [] for size in SIZES}
            beside: dict[str, list[float]] = {name: [] for name in others}
            for run in range(RUNS + 1):  # in turns, so that a slow moment of the machine meets all alike
                for size in SIZES:
                    taken = open_and_answer(browser, site.url, drafts[size][run])
                    times[size] += [taken] if run else []  # the first warms the server
                for name, page in others.items():
                    taken = open_page(browser, plain + page.path, page.first, page.done)
                    beside[name] += [taken] if run else []
            browser.close()
    report(
        {size: median(taken) for size, taken in times.items()}, {name: median(each) for name, each in beside.items()}
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """A page to open in the same run: where, its first input, and whether the answer is taken."""

    path: str
    first: str
    done: str


def pages_beside(folder: Path, peer_bench: Path | None) -> dict[str, Beside]:
    """The page of plain HTML, and one for each peer when they are asked for and can be had."""
    folder.mkdir()
    (folder / "index.html").write_text(plain_html(200))
    pages = {PLAIN: Beside("", "input", PLAIN_DONE)}
    if peer_bench is None:
        return pages
    try:
        peers.build(peer_bench, folder)
    except peers.NoPeers as why:
        print(f"Without peers: {why}.")
        return pages
    return pages | {name: Beside(f"{file}.html", peers.FIRST, done) for file, (name, done) in peers.PEERS.items()}


def report(times: dict[int, float], beside: dict[str, float]) -> None:
    """Say how long each takes, and how many times longer than plain HTML."""
    one, plain = times[1], beside[PLAIN]
    for name, taken in beside.items():
        ratio = None if name == PLAIN else taken / plain
        figure(f"{name}, 200 fields, to the first answer handled", f"{taken * 1000:.0f} ms", "", ratio)
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


def open_page(browser: Browser, url: str, first: str, done: str) -> float:
    """The same for a page whose own script takes the answer."""
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        started = time.perf_counter()
        page.goto(url, wait_until="commit")
        answer_first(page, first)
        page.wait_for_function(done)
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


def asked_for(arguments: list[str]) -> Path | None:
    """The folder after `--peers`, by default beside this repository; None without it."""
    if "--peers" not in arguments:
        return None
    return Path(next(iter(arguments[arguments.index("--peers") + 1 :]), PEER_BENCH))


if __name__ == "__main__":
    main(asked_for(sys.argv[1:]))
