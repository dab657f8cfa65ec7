"""The administrator's list and overview in a real browser: making, importing, describing, inviting, closing."""

import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import BrowserContext, Page, expect

from dsbuilder import demo
from tests.browser.people import ADMINISTRATOR, sign_in
from tests.running import Site

TERRACE = json.loads((Path(demo.__file__).parent / "terrasse.json").read_text())


@pytest.fixture
def admin(page: Page, someone: BrowserContext, site: Site) -> Page:
    """The list of an administrator's procedures."""
    sign_in(someone, site, ADMINISTRATOR)
    page.goto("/admin/")
    expect(page.get_by_role("table", name="Mes démarches")).to_be_visible()
    return page


@pytest.fixture
def overview(admin: Page) -> Page:
    """A procedure just made, with a question."""
    admin.get_by_role("button", name="Créer une démarche").first.click()
    admin.get_by_label("Titre de la démarche").fill("Inscription au conservatoire")
    admin.keyboard.press("Enter")
    admin.wait_for_url("**/formulaire")
    admin.get_by_role("button", name="Oui ou non", exact=True).click()
    expect(admin.locator("input.qlabel:focus")).to_have_value("")
    admin.keyboard.type("Débutant")
    admin.keyboard.press("Enter")
    admin.get_by_role("link", name="Démarche", exact=True).click()
    expect(admin.get_by_label("Service responsable")).to_be_visible()
    return admin


def a_file(*procedures: dict, name: str = "demarches.jsonl") -> dict:
    lines = "\n".join(json.dumps(one) for one in procedures)
    return {"name": name, "mimeType": "application/json", "buffer": lines.encode()}


def test_a_file_is_imported_and_its_editor_opens(admin: Page) -> None:
    admin.get_by_role("button", name="Importer un formulaire").click()
    admin.locator("input[type=file]").set_input_files(a_file(TERRACE))
    admin.wait_for_url("**/formulaire")
    expect(admin.locator("article[aria-label='Enseigne']")).to_be_visible()


def test_one_chooses_among_the_procedures_of_a_file(admin: Page) -> None:
    admin.get_by_role("button", name="Importer un formulaire").click()
    admin.locator("input[type=file]").set_input_files(a_file(TERRACE, {**TERRACE, "title": "Kermesse"}))
    admin.get_by_role("checkbox", name=TERRACE["title"]).uncheck()
    admin.get_by_role("button", name="Importer (1)").click()
    admin.wait_for_url("**/formulaire")
    expect(admin.get_by_role("heading", level=1)).to_have_text("Kermesse")


def test_what_a_workbook_leaves_out_is_listed_and_its_form_is_in_the_list(admin: Page) -> None:
    workbook = Workbook()
    survey = workbook.active
    survey.title = "survey"
    for row in (["type", "name", "label"], ["text", "nom", "Nom"], ["barcode", "code", "Code de la carte"]):
        survey.append(row)
    written = io.BytesIO()
    workbook.save(written)
    admin.get_by_role("button", name="Importer un formulaire").click()
    admin.locator("input[type=file]").set_input_files(
        {"name": "enquete.xlsx", "mimeType": "application/octet-stream", "buffer": written.getvalue()}
    )
    expect(admin.locator(".left-out li")).to_have_text(re.compile("barcode code.*ligne 3"))
    expect(admin.get_by_role("link", name="Ouvrir le formulaire")).to_be_visible()
    admin.get_by_role("region", name="Importer un formulaire").get_by_role("button", name="Fermer").click()
    expect(admin.get_by_role("link", name="Démarche importée", exact=True).first).to_be_visible()


def test_a_file_that_is_no_procedure_gets_a_sentence(someone: BrowserContext, site: Site, tmp_path: Path) -> None:
    sign_in(someone, site, ADMINISTRATOR)
    tab = someone.new_page()
    tab.goto("/admin/?nouvelle=fichier")
    picture = {"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG\xff\xfe"}
    tab.locator("input[type=file]").set_input_files(picture)
    expect(tab.get_by_role("alert")).to_contain_text("n’est ni du texte")
    large = tmp_path / "large.json"
    large.write_bytes(b"x" * 20_000_001)
    tab.locator("input[type=file]").set_input_files(large)
    expect(tab.get_by_role("alert")).to_contain_text("20 Mo")


def test_the_list_is_searched_and_filtered(overview: Page) -> None:
    overview.goto("/admin/")
    overview.get_by_label("Chercher dans mes démarches").fill("CONSERVATOIRE")
    rows = overview.get_by_role("rowheader")
    expect(rows.first).to_contain_text("Inscription au conservatoire")
    overview.get_by_role("button", name="Publiées").click()
    expect(rows).to_have_count(0)


def test_the_presentation_saves_itself_and_says_what_is_wrong(overview: Page) -> None:
    overview.get_by_label("Service responsable").fill("Direction de la culture")
    months = overview.get_by_label("Conservation des dossiers, en mois")
    months.fill("99")
    months.press("Enter")
    expect(overview.get_by_text("nombre de mois, de 1 à 36")).to_be_visible()
    months.fill("12")
    months.press("Enter")
    expect(overview.get_by_text("nombre de mois, de 1 à 36")).to_be_hidden()
    expect(overview.locator(".saved[data-state]")).to_have_attribute("data-state", "saved")
    overview.reload()
    expect(overview.get_by_label("Service responsable")).to_have_value("Direction de la culture")
    expect(months).to_have_value("12")


def test_an_agent_is_invited_and_the_last_administrator_stays(overview: Page) -> None:
    agents = overview.get_by_role("region", name="Agents")
    agents.get_by_label("Adresse électronique").fill("nouvelle.agente@example.org")
    agents.get_by_role("button", name="Inviter").click()
    expect(agents.get_by_role("list")).to_contain_text("nouvelle.agente@example.org")
    expect(agents.get_by_role("list")).to_contain_text("Invitation envoyée")
    administrators = overview.get_by_role("region", name="Administrateurs")
    expect(agents.get_by_label("Adresse électronique")).to_have_value("")
    administrators.get_by_role("button", name="Retirer").click()
    expect(overview.get_by_text("dernier administrateur")).to_be_visible()


def test_a_published_procedure_is_closed_after_a_question(overview: Page) -> None:
    overview.get_by_role("link", name="Publier").click()
    overview.get_by_role("button", name="Publier la révision 1").click()
    expect(overview.get_by_text("Publiée", exact=True)).to_be_visible()
    overview.get_by_role("button", name="Clore la démarche").click()
    dialog = overview.get_by_role("dialog")
    dialog.get_by_role("button", name="Annuler").click()
    expect(dialog).to_be_hidden()
    expect(overview.get_by_text("Publiée", exact=True)).to_be_visible()
    overview.get_by_role("button", name="Clore la démarche").click()
    dialog.get_by_role("button", name="Clore la démarche").click()
    expect(overview.get_by_text("Close", exact=True)).to_be_visible()
