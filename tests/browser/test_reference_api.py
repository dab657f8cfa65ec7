"""An API of reference data, tried in the editor, and a question that its answer fills, in Chromium."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from dsbuilder import clock
from dsbuilder.actions import drafting, filing, procedures, publishing
from dsbuilder.actions.context import perform
from dsbuilder.storage.database import Database
from tests.browser.drafts import Filling, Open, opened
from tests.browser.people import ADMINISTRATOR, actor_of, sign_in
from tests.browser.slow_answers import Held
from tests.browser.test_accessibility import wrong_on
from tests.builders import an_actor
from tests.running import Site

__all__ = ["opened"]
ADDRESS = "https://bateaux.exemple.gouv.fr/bateaux/{id}"


@pytest.fixture
def number(database: Database) -> int:
    """A procedure that asks for a boat, then for its harbour."""
    ada = actor_of(database, ADMINISTRATOR)
    made = perform(database, procedures.create, "Place au port", actor=ada)
    for kind, label in (("referentiel", "Bateau"), ("text", "Port d’attache")):
        id = perform(database, drafting.add, made, kind, None, None, 0, actor=ada).added
        perform(database, drafting.change, made, id, 0, label=label, actor=ada)
    return made


def test_an_api_is_tried_then_fills_a_question(
    page: Page, someone: BrowserContext, site: Site, database: Database, number: int, opened: Open
) -> None:
    sign_in(someone, site, ADMINISTRATOR)
    page.goto(f"/admin/demarches/{number}/formulaire")
    page.locator("article[aria-label='Bateau']").click()
    panel = page.locator("#reglages")
    for label, text in (("Adresse de l’API", ADDRESS), ("Exemple pour l’essai", "BR-0001")):
        panel.get_by_label(label, exact=True).fill(text)
        panel.get_by_label(label, exact=True).press("Tab")
    panel.get_by_text("Jeton d’accès").click()
    panel.get_by_label("Jeton", exact=True).fill("Bearer s3cret")
    panel.get_by_role("button", name="Enregistrer le jeton").click()
    expect(panel.get_by_text("Un jeton est enregistré pour bateaux.exemple.gouv.fr")).to_be_visible()
    assert "s3cret" not in page.content()
    card = page.locator("article[aria-label='Bateau']")
    expect(card.get_by_text("Essayez l’API de cette question")).to_be_visible()
    panel.get_by_role("button", name="Essayer").click()
    expect(panel.get_by_role("status").filter(has_text="a répondu comme il faut")).to_be_visible()
    expect(card.get_by_text("Essayez l’API de cette question")).to_have_count(0)
    panel.get_by_label("Où va cette donnée : $.port.nom").select_option(label="Port d’attache")
    panel.get_by_label("Où va cette donnée : $.longueur").select_option(label="Montrer aux agents seulement")
    panel.get_by_label("Où va cette donnée : $.nom").select_option(label="Montrer à l’usager et aux agents")
    expect(panel.get_by_label("Ce qui est repris", exact=True)).to_have_value(
        "Longueur (decimal_number, agents) = $.longueur\nNom = $.nom"
    )
    assert wrong_on(page) == []

    perform(database, publishing.publish, number, "place-au-port", actor=actor_of(database, ADMINISTRATOR))
    tab = opened(a_dossier(site, database))
    boat, harbour = tab.get_by_label("Bateau"), tab.get_by_label("Port d’attache")
    typed(boat, "BR-0001")
    expect(harbour).to_have_value("Belle-Rive")
    expect(tab.get_by_role("status").filter(has_text="Trouvé dans")).to_contain_text("La Rose des vents")
    expect(tab.get_by_text("8,4")).to_have_count(0)
    typed(boat, "BR-9999")  # what filled it was said of another boat
    expect(harbour).to_have_value("")
    typed(harbour, "Port-Louis")
    typed(boat, "BR-0002")
    expect(tab.get_by_role("status").filter(has_text="Trouvé dans")).to_contain_text("Le Petit Rue")
    expect(harbour).to_have_value("Port-Louis")
    harbour.fill("")
    harbour.blur()
    held = Held(tab)
    tab.reload()
    expect(boat).to_have_value("BR-0002")
    held.hold()
    boat.fill("BR-0001")
    harbour.focus()
    harbour.press_sequentially("Port-Tud")
    held.release()
    expect(tab.get_by_role("status").filter(has_text="Trouvé dans")).to_contain_text("La Rose des vents")
    harbour.press_sequentially("y")  # what one is writing is not replaced
    expect(harbour).to_have_value("Port-Tudy")
    harbour.blur()
    expect(tab.locator("#avancement")).to_have_text("2 sur 2 réponses données")
    tab.reload()
    expect(harbour).to_have_value("Port-Tudy")


def a_dossier(site: Site, database: Database) -> Filling:
    """A draft of that procedure."""
    applicant = an_actor(database, "marin@example.fr")
    number = perform(database, filing.start, "place-au-port", actor=applicant, now=clock.now())
    perform(database, filing.identify, number, "Mme", "Camille", "Martin", actor=applicant, now=clock.now())
    return Filling(site, database, "place-au-port", applicant, number)


def typed(box: Locator, text: str) -> None:
    box.fill(text)
    box.blur()
