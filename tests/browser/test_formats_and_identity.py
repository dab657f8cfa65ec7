"""Formatted texts, account numbers, linked dossiers and identity documents, from the form to the agent's decision."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dsbuilder import clock
from dsbuilder.actions import files
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import Field
from dsbuilder.storage import procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, ProcedureRow
from tests.browser.conftest import PATIENCE
from tests.browser.drafts import Filling, Open, a_filling, opened
from tests.browser.test_accessibility import wider_than_the_window, wrong_on
from tests.builders import a_dossier_row, an_instructor
from tests.forms import a_field
from tests.furnished import a_cookie
from tests.pictures_to_send import a_bomb, a_photograph
from tests.running import Site

__all__ = ["opened"]

PLATE = {
    "formatted_mode": "advanced",
    "expression_reguliere": "^[A-Z]{2}-[0-9]{3}-[A-Z]{2}$",
    "expression_reguliere_exemple_text": "AB-123-CD",
    "expression_reguliere_indications": "Elle figure sur la carte grise.",
}
CODE = {
    "letters_accepted": False,
    "special_characters_accepted": False,
    "min_character_length": 5,
    "max_character_length": 5,
}
CARD = {"name": "carte.jpg", "mimeType": "image/jpeg", "buffer": a_photograph()}
RIB = {"name": "rib.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n" + b"0" * 500}


def the_fields(first: int) -> list[Field]:
    """What the form asks."""
    asked: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("formatted", "Code de la carte", CODE),
        ("formatted", "Plaque", PLATE),
        ("iban", "Compte", {}),
        ("dossier_link", "Votre premier dossier", {}),
        ("titre_identite", "Pièce d’identité", {}),
        (
            "piece_justificative",
            "Relevé d’identité bancaire",
            {"nature": "RIB", "pj_auto_purge": True, "required": False},
        ),
    )
    return [a_field(first + place, kind, label, **options) for place, (kind, label, options) in enumerate(asked, 1)]


@pytest.fixture
def draft(site: Site, database: Database) -> Filling:
    return a_filling(site, database, the_fields)


@pytest.fixture
def agent(database: Database, draft: Filling) -> Actor:
    return an_instructor(database, procedure_of(database, draft.number), f"agent{draft.number}@example.fr")


@pytest.fixture
def linked(site: Site, database: Database, agent: Actor) -> int:
    """A deposited dossier of somebody else, in another procedure of the same agent."""
    other = a_filling(site, database, lambda first: [a_field(first + 1, "text", "Nom")])
    procedure = procedure_of(database, other.number)
    with database.transaction() as db:
        procedures.add_instructor(db, procedure.id or 0, agent.account_id or 0)
    return a_dossier_row(database, procedure, deposited_at=clock.now()).id or 0


def procedure_of(database: Database, number: int) -> ProcedureRow:
    with database.reading() as db:
        return db.get_one(ProcedureRow, db.get_one(DossierRow, number).procedure_id)


def desk(browser: Browser, draft: Filling, agent: Actor) -> BrowserContext:
    context = browser.new_context(base_url=draft.site.url, locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "dsbuilder", "value": a_cookie(draft.database, agent), "url": draft.site.url}])
    return context


def say(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).press("Tab")


def attach(page: Page, label: str, file: Any) -> None:
    page.get_by_role("group", name=label).locator("input[type=file]").set_input_files(file)


def wrong_at(page: Page, label: str) -> Any:
    return page.locator(".field", has=page.get_by_text(label, exact=True)).locator(".error")


def test_each_answer_is_checked_as_it_is_given_and_said_what_to_do(draft: Filling, opened: Open, linked: int) -> None:
    page = opened(draft, allowed="422")
    expect(page.get_by_text("Chiffres, 5 caractères.")).to_be_visible()
    expect(page.get_by_text("Elle figure sur la carte grise.")).to_be_visible()
    for label, wrong, said, right in (
        ("Code de la carte", "12A45", "seulement des chiffres", "12345"),
        ("Plaque", "ab123cd", "comme dans cet exemple", "AB-123-CD"),
        (
            "Compte",
            "FR76 3000 6000 0112 3456 7809 189",
            "sa clé ne correspond pas",
            "FR76 3000 6000 0112 3456 7890 189",
        ),
        ("Votre premier dossier", "987654321", "Aucun dossier déposé", str(linked)),
    ):
        say(page, label, wrong)
        expect(wrong_at(page, label)).to_contain_text(said)
        say(page, label, right)
        expect(wrong_at(page, label)).to_have_count(0)
    attach(page, "Pièce d’identité", {"name": "grande.png", "mimeType": "image/png", "buffer": a_bomb()})
    expect(page.get_by_text("trop de points")).to_be_visible()
    assert wrong_on(page) == []
    page.reload()
    expect(page.get_by_label("Compte", exact=True)).to_have_value("FR76 3000 6000 0112 3456 7890 189")


@pytest.mark.parametrize(("width", "scheme", "home"), [(390, "light", "/en"), (1280, "dark", "")])
def test_the_form_breaks_no_rule_of_accessibility(
    browser: Browser, draft: Filling, opened: Open, width: int, scheme: Any, home: str
) -> None:
    context = browser.new_context(
        base_url=draft.site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR"
    )
    context.add_cookies(
        [{"name": "dsbuilder", "value": a_cookie(draft.database, draft.applicant), "url": draft.site.url}]
    )
    page = opened(draft, f"{home}{draft.form}", context=context)
    say(page, "Compte", "FR76")
    expect(wrong_at(page, "Compte")).to_be_visible()
    attach(page, "Pièce d’identité", CARD)
    expect(page.get_by_role("button", name=re.compile("carte.jpg"))).to_be_visible()
    assert wrong_on(page) == [] and not wider_than_the_window(page)
    context.close()


def test_an_agent_opens_the_linked_dossier_reads_the_marked_card_and_sees_it_go(
    browser: Browser, draft: Filling, opened: Open, agent: Actor, linked: int, tmp_path: Path
) -> None:
    page = opened(draft)
    for label, text in (
        ("Code de la carte", "12345"),
        ("Plaque", "AB-123-CD"),
        ("Compte", "fr7630006000011234567890189"),
        ("Votre premier dossier", str(linked)),
    ):
        say(page, label, text)
    attach(page, "Pièce d’identité", CARD)
    expect(page.get_by_text("un filigrane y est apposé").first).to_be_visible()
    attach(page, "Relevé d’identité bancaire", RIB)
    expect(page.get_by_role("link", name="rib.pdf")).to_be_visible()
    page.get_by_role("button", name="Vérifier mes réponses").click()
    page.wait_for_url(re.compile("/verifier"))
    page.get_by_role("button", name="Déposer mon dossier").click()
    page.wait_for_url(re.compile("/merci"))

    with desk(browser, draft, agent) as context:
        tab = context.new_page()
        procedure = procedure_of(draft.database, draft.number).id
        tab.goto(f"/instruction/{procedure}/dossiers/{draft.number}")
        expect(tab.get_by_text("FR76 3000 6000 0112 3456 7890 189")).to_be_visible()
        expect(tab.get_by_role("link", name="carte.jpg")).to_be_visible()  # as soon as its watermark is on it
        with tab.expect_download() as downloading:
            tab.get_by_role("link", name="carte.jpg").click()
        downloading.value.save_as(tmp_path / "carte.jpg")
        got = (tmp_path / "carte.jpg").read_bytes()
        assert got != CARD["buffer"] and got[:3] == b"\xff\xd8\xff" and b"Telephone" not in got
        assert wrong_on(tab) == []
        tab.get_by_role("button", name="Commencer l’instruction").click()
        tab.get_by_role("button", name="Accepter…").click()
        tab.get_by_role("dialog").get_by_label("Raison").fill("Tout y est.")
        tab.get_by_role("dialog").get_by_role("button", name="Accepter le dossier").click()
        expect(tab.get_by_text("supprimé après la décision")).to_have_count(2)
        expect(tab.get_by_role("link", name="carte.jpg")).to_have_count(0)
        assert wrong_on(tab) == []
        tab.get_by_role("link", name=re.compile(rf"^{linked}")).click()
        tab.wait_for_url(re.compile(rf"/dossiers/{linked}$"))
        expect(tab.locator("h1")).to_be_visible()
    page.goto(f"/dossiers/{draft.number}")
    page.get_by_text("Vos réponses").click()
    expect(page.get_by_text("supprimé après la décision").first).to_be_visible()
    store = files.Blobs(draft.site.data_dir / "files")
    with draft.database.reading() as db:
        kept = db.get_one(DossierRow, draft.number).answers
    tokens = [file["token"] for entry in kept.values() for file in (entry["v"] if isinstance(entry["v"], list) else ())]
    assert len(tokens) == 2 and not any(store.size(token) for token in tokens)
