"""Takes a picture of every page at 1280 and 390 pixels, light and dark, into `pictures/`: `make pictures`.

`make pictures ARGS=readme` makes those of the README instead, into `docs/pictures/`.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dsbuilder.building import ensure_built
from tests.browser import chromium
from tests.browser.every_page import opened
from tests.running import Site, running_site

FOLDER = Path(__file__).parents[2] / "pictures"
OF_README = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 256  # enough for flat pages, and half the bytes
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
        (take_for_readme if "readme" in sys.argv else take_all)(browser, site)
        browser.close()


def take_all(browser: Browser, site: Site) -> None:
    """One file for each page, width and scheme."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            with opened(browser, site, {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}) as pages:
                for visit, page, _ in pages:
                    page.screenshot(path=FOLDER / f"{visit.name}-{width}-{scheme}.png", full_page=True)
            print(f"{width} {scheme}", flush=True)


def take_for_readme(browser: Browser, site: Site) -> None:
    """The editor, the form and the desk, as someone sees them at work."""
    OF_README.mkdir(exist_ok=True)
    with opened(browser, site, {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}) as pages:
        for visit, page, _ in pages:
            if visit.path.endswith("/formulaire") and visit.path.startswith("/admin"):
                page.locator("article[aria-label='Date de naissance']").first.click()
                _keep(page, "editor")
            elif visit.path.endswith("/formulaire") and visit.path.startswith("/dossiers"):
                page.get_by_label("Nom de famille", exact=True).fill("Lambert")
                page.get_by_label("Prénom", exact=True).fill("Nour")
                page.get_by_label("Prénom", exact=True).blur()
                _keep(page, "form")
            elif "/instruction/" in visit.path and "/dossiers/" in visit.path and not visit.path.startswith("/en"):
                _keep(page, "desk")


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)  # what was done is saved, and said
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(OF_README / f"{name}.png", optimize=True)
    print(name, flush=True)


if __name__ == "__main__":
    main()
