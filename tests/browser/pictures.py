"""Takes a picture of every page at 1280 and 390 pixels, light and dark, into `pictures/`: `make pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dsbuilder.building import ensure_built
from tests.browser import chromium
from tests.browser.every_page import opened
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
    for width in WIDTHS:
        for scheme in SCHEMES:
            with opened(browser, site, {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}) as pages:
                for visit, page, _ in pages:
                    page.screenshot(path=FOLDER / f"{visit.name}-{width}-{scheme}.png", full_page=True)
            print(f"{width} {scheme}", flush=True)


if __name__ == "__main__":
    main()
