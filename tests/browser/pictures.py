"""Takes a picture of every page at 1280 and 390 pixels, light and dark, into `pictures/`: `make pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dsbuilder.building import ensure_built
from tests.browser import chromium
from tests.browser.every_page import open_page, visits
from tests.running import Site, running_site

FOLDER = Path(__file__).parents[2] / "pictures"
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")


def main() -> None:
    """Start a demonstration and look at all of it."""
    ensure_built()
    path = chromium.find()
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="dsbuilder-pictures-") as folder,
        running_site(Path(folder) / "data") as site,
        sync_playwright() as playwright,
    ):
        browser = chromium.launch(playwright, path)
        take_all(browser, site)
        browser.close()


def take_all(browser: Browser, site: Site) -> None:
    """One file for each page, width and scheme."""
    for visit in visits(site):
        for width in WIDTHS:
            for scheme in SCHEMES:
                look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
                with browser.new_context(locale="fr-FR", **look) as context:  # type: ignore[arg-type]
                    page = open_page(context, site, visit)
                    page.screenshot(path=FOLDER / f"{visit.name}-{width}-{scheme}.png", full_page=True)
        print(visit.path, flush=True)


if __name__ == "__main__":
    main()
