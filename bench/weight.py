"""What a citizen's pages weigh: gzipped JavaScript and style sheets that each loads with an empty cache.

Limit: Reflex's own floor for a page of plain elements, 156 kB of JavaScript.
"""

from playwright.sync_api import Browser, Response, sync_playwright

from bench.prepared import Draft, a_database, a_draft, a_procedure, figure, mixed_fields, served
from dsbuilder.actions.sessions import COOKIE_NAMES
from tests.browser import chromium

FLOOR = 156_000  # bytes
PAGES = ("/commencer/mesure", "/", "/dossiers", "/dossiers/{number}/formulaire", "/dossiers/{number}/verifier")


def main() -> None:
    """Print the weight of each page beside the floor."""
    path = chromium.find()
    with a_database() as (data, database):
        a_procedure(database, "mesure", mixed_fields(20))
        draft = a_draft(database, "mesure")
        with served(data) as site, sync_playwright() as playwright:
            browser = chromium.launch(playwright, path)
            for page in PAGES:
                scripts, styles = weigh(browser, site.url, page.format(number=draft.number), draft)
                ratio = scripts / FLOOR
                figure(f"JavaScript of {page}", f"{scripts / 1000:.0f} kB", f"CSS {styles / 1000:.1f} kB", ratio)
            browser.close()


def weigh(browser: Browser, url: str, path: str, draft: Draft) -> tuple[int, int]:
    """Bytes of JavaScript and of style sheets as they come over the wire."""
    found: list[Response] = []
    with browser.new_context() as context:
        context.add_cookies([{"name": COOKIE_NAMES[1], "value": draft.token, "url": url}])
        page = context.new_page()
        page.on("response", lambda response: found.append(response))
        page.goto(url + path)
        page.wait_for_load_state("networkidle")
        scripts = sum(_size(response) for response in found if response.request.resource_type == "script")
        styles = sum(_size(response) for response in found if response.request.resource_type == "stylesheet")
    return scripts, styles


def _size(response: Response) -> int:
    return int(response.request.sizes()["responseBodySize"])


if __name__ == "__main__":
    main()
