"""The whole way, in three browsers: import, change and drag, publish; fill and deposit; instruct, accept, write; read it."""

import gzip
import json
import os
import re
from collections.abc import Iterator
from importlib.resources import files as package_files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, watch
from tests.browser.filling import fill_form
from tests.browser.people import ADMINISTRATOR, CITIZEN, sign_in
from tests.running import Site

REAL = Path(os.environ.get("DSBUILDER_REAL_PROCEDURES", Path(__file__).parents[3] / "shared" / "data"))
REAL_FILE = REAL / "real_procedures.jsonl.gz"
REAL_NUMBERS = (40825, 42535, 30953, 5430, 57722, 20465)
REASON = "Votre demande remplit toutes les conditions."
MESSAGE = "Bonjour, votre dossier est complet. Bien cordialement."


def own_document() -> bytes:
    """The fixture that always runs."""
    return (package_files("dsbuilder.demo") / "atelier-velo.json").read_bytes()


def real_document(number: int) -> bytes:
    """One of the real procedures. Skips, and is counted as skipped, only where the data is absent."""
    if not REAL_FILE.is_file():
        pytest.skip("the real procedures are not here")
    with gzip.open(REAL_FILE, "rb") as lines:
        return next(line for line in lines if json.loads(line)["number"] == number)


@pytest.fixture
def tab_of(browser: Browser, site: Site) -> Iterator[object]:
    """A tab in a browser of their own for each person, in which nothing may go wrong."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_tab(email: str) -> Page:
        context = browser.new_context(base_url=site.url, locale="fr-FR", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        sign_in(context, site, email)
        page = context.new_page()
        opened.append((context, watch(page)))
        return page

    yield open_tab
    for context, troubles in opened:
        context.close()
        assert troubles == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("number", [0, *REAL_NUMBERS], ids=lambda number: str(number or "ours"))
def test_the_whole_way(tab_of, tmp_path: Path, number: int) -> None:
    document = real_document(number) if number else own_document()
    path = f"essai-{number or 'velo'}"
    desk = tab_of(ADMINISTRATOR)
    procedure = import_and_edit(desk, document, tmp_path)
    publish(desk, path)
    citizen = tab_of(CITIZEN)
    dossier = fill_and_deposit(citizen, path)
    agent = tab_of(ADMINISTRATOR)  # whoever makes a procedure is its first agent
    instruct(agent, procedure, dossier)
    read_the_decision(citizen, dossier)


def import_and_edit(page: Page, document: bytes, folder: Path) -> int:
    """Import the file, change a label in place, drag the first card down, see both kept after a reload."""
    page.goto("/admin/")
    page.get_by_role("button", name="Importer un formulaire").first.click()
    file = folder / "demarche.json"
    file.write_bytes(document)
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url(re.compile(r"/admin/demarches/\d+/formulaire"))
    cards = page.locator("article.qcard")
    expect(cards.nth(2)).to_be_visible()
    label = cards.nth(1).locator(".qlabel")
    label.fill("Intitulé changé dans l’éditeur")
    label.blur()
    expect(page.get_by_text("Enregistré", exact=True).first).to_be_visible()
    moved = cards.nth(0).locator(".qlabel").input_value()
    drag(page, 0, 1)
    expect(cards.nth(0).locator(".qlabel")).to_have_value("Intitulé changé dans l’éditeur")
    page.reload()
    expect(cards.nth(0).locator(".qlabel")).to_have_value("Intitulé changé dans l’éditeur")
    expect(cards.nth(1).locator(".qlabel")).to_have_value(moved)
    return int(page.url.split("/demarches/")[1].split("/")[0])


def drag(page: Page, start: int, end: int) -> None:
    """Carry a card by its handle, with the mouse, to below another."""
    handle = page.locator("article.qcard").nth(start).locator("button.handle")
    handle.scroll_into_view_if_needed()
    source, target = handle.bounding_box(), page.locator("article.qcard").nth(end).bounding_box()
    assert source is not None and target is not None
    page.mouse.move(source["x"] + 8, source["y"] + 8)
    page.mouse.down()
    page.mouse.move(source["x"] + 10, source["y"] + 30, steps=4)
    page.mouse.move(source["x"] + 10, target["y"] + target["height"] * 0.8, steps=12)
    page.mouse.up()


def publish(page: Page, path: str) -> None:
    """Publish under a chosen path."""
    page.get_by_role("link", name="Publier").first.click()
    page.wait_for_url(re.compile(r"/publier"))
    address = page.get_by_label("Adresse publique")
    address.fill(path)
    address.blur()
    page.get_by_role("button", name=re.compile("^Publier")).first.click()
    page.wait_for_url(re.compile(r"/admin/demarches/\d+/?$"))
    expect(page.get_by_text(path).first).to_be_visible()


def fill_and_deposit(page: Page, path: str) -> int:
    """From the landing page to the receipt; the number of the dossier."""
    page.goto(f"/commencer/{path}")
    page.get_by_role("button", name="Commencer ma demande").click()
    page.wait_for_url(re.compile(r"/identite"))
    page.get_by_label("Prénom").fill("Camille")
    page.get_by_label("Nom", exact=True).fill("Martin")
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(re.compile(r"/formulaire"))
    # The address changes before the page does: what is drawn until then are the fields of the page before.
    check = page.get_by_role("button", name="Vérifier mes réponses")
    expect(check).to_be_visible()
    assert fill_form(page) > 3
    check.click()
    checking = page.get_by_role("heading", name="Vérifiez vos réponses")
    expect(checking.or_(page.locator(".error-summary"))).to_be_visible()
    expect(page.locator(".error-summary li")).to_have_text([])  # else it says which question
    page.wait_for_url(re.compile(r"/verifier"))
    page.get_by_role("button", name="Déposer mon dossier").click()
    page.wait_for_url(re.compile(r"/merci"))
    found = re.search(r"/dossiers/(\d+)/", page.url)
    assert found is not None
    expect(page.get_by_text(found[1]).first).to_be_visible()
    return int(found[1])


def instruct(page: Page, procedure: int, dossier: int) -> None:
    """Find the dossier on the desk, treat it, write, accept it with a reason."""
    page.goto(f"/instruction/{procedure}")
    page.get_by_role("link", name=f"{dossier:,}".replace(",", "\u00a0"), exact=True).click()
    page.get_by_role("button", name="Commencer l’instruction").click()
    expect(page.get_by_text("En instruction").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Messagerie")).click()
    page.get_by_label("Votre message").fill(MESSAGE)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text(MESSAGE).first).to_be_visible()
    page.get_by_role("button", name="Accepter…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Raison").fill(REASON)
    dialog.get_by_role("button", name="Accepter le dossier").click()
    expect(page.get_by_text("Accepté").first).to_be_visible()


def read_the_decision(page: Page, dossier: int) -> None:
    """The citizen reads the decision, its reason and the message."""
    page.goto(f"/dossiers/{dossier}")
    expect(page.get_by_text("accepté").first).to_be_visible()
    expect(page.get_by_text(REASON).first).to_be_visible()
    expect(page.get_by_text(MESSAGE).first).to_be_visible()
