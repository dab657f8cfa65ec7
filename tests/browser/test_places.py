"""Questions about places, with the keyboard alone: what is offered, chosen, refused, kept, and read by an agent."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import Field
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, ProcedureRow
from tests.browser.drafts import Filling, Open, a_filling, opened, person
from tests.browser.slow_answers import Held
from tests.browser.test_accessibility import wider_than_the_window, wrong_on
from tests.builders import an_instructor
from tests.forms import a_field
from tests.furnished import a_cookie
from tests.running import Site

__all__ = ["opened"]

ASKED = (
    ("pays", "Pays de naissance"),
    ("regions", "Région d’activité"),
    ("departements", "Département de naissance"),
    ("communes", "Commune de résidence"),
    ("epci", "Intercommunalité"),
    ("address", "Adresse du domicile"),
)
# What is typed, which of the offered ones is taken by how many arrows down, and what then stands in the box.
SEARCHED = (
    ("Pays de naissance", "cote d", 1, "Côte d’Ivoire"),
    ("Département de naissance", "2a", 1, "2A – Corse-du-Sud"),
    ("Commune de résidence", "st-denis", 4, "Saint-Denis (93200)"),
    ("Intercommunalité", "brest m", 1, "Brest Métropole (29)"),
    ("Adresse du domicile", "12 avenue de la", 1, "12 Avenue de la Gare 29200 Belle-Rive"),
)
WRONG = (
    ("Pays de naissance", "Francie", "par exemple Belgique"),
    ("Département de naissance", "20", "En Corse : 2A ou 2B"),
    ("Commune de résidence", "Saint-Denis", "choisissez dans la liste"),
    ("Commune de résidence", "Brest Cedex", "Un CEDEX est une boîte postale"),
    ("Intercommunalité", "Brest Métropol", "Brest Métropole (29)"),
)
BY_HAND = ("1 rue Haute", "97200", "Fort-de-France")


def the_fields(first: int) -> list[Field]:
    return [a_field(first + place, kind, label) for place, (kind, label) in enumerate(ASKED, 1)]


@pytest.fixture
def draft(site: Site, database: Database) -> Filling:
    return a_filling(site, database, the_fields)


def box(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def field(page: Page, label: str) -> Locator:
    return page.locator(".field:not(.part)", has=box(page, label))


def reach(page: Page, wanted: Locator) -> None:
    """Go there by the tabulator."""
    for _ in range(80):
        if wanted.evaluate("box => box === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the tabulator does not lead there")


def search(page: Page, label: str, text: str) -> Locator:
    """Type in the box one is led to; the options that are then offered."""
    reach(page, box(page, label))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text, delay=15)
    offered = field(page, label).get_by_role("option")
    expect(offered.first).to_be_visible()
    return offered


def choose_all(page: Page) -> None:
    """Answer every question from the keyboard, in the order of the page."""
    for label, text, down, chosen in SEARCHED[:1]:
        choose(page, label, text, down, chosen)
    reach(page, box(page, "Région d’activité"))
    page.keyboard.type("Bret")  # as in every list of the system
    page.keyboard.press("Tab")
    for label, text, down, chosen in SEARCHED[1:]:
        choose(page, label, text, down, chosen)
    expect(page.locator("#avancement")).to_have_text("6 sur 6 réponses données")


def choose(page: Page, label: str, text: str, down: int, chosen: str) -> None:
    offered = search(page, label, text)
    expect(offered.filter(has_text=chosen).first).to_be_visible()
    for _ in range(down):
        page.keyboard.press("ArrowDown")
    active = page.locator(f"#{box(page, label).get_attribute('aria-activedescendant')}")
    expect(active).to_have_text(chosen)
    expect(active).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(box(page, label)).to_have_value(chosen)
    expect(offered).to_have_count(0)


def test_every_place_is_chosen_with_the_keyboard_and_stands_there_again(draft: Filling, opened: Open) -> None:
    page = opened(draft)
    choose_all(page)
    assert wrong_on(page) == []
    page.reload()
    for label, _, _, chosen in SEARCHED:
        expect(box(page, label)).to_have_value(chosen)
    expect(box(page, "Région d’activité").locator("option:checked")).to_have_text("Bretagne")


def test_what_one_types_next_is_not_replaced_by_what_was_chosen_before(draft: Filling, opened: Open) -> None:
    page = opened(draft)
    held = Held(page)
    page.reload()
    search(page, "Intercommunalité", "brest m")
    held.hold()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("ren")
    held.release()
    expect(page.locator("#avancement")).to_have_text("1 sur 6 réponses données")  # the choice is acknowledged
    page.keyboard.type("nes")
    expect(box(page, "Intercommunalité")).to_have_value("rennes")
    expect(field(page, "Intercommunalité").get_by_role("option").first).to_contain_text("Rennes")
    page.keyboard.press("Escape")
    expect(box(page, "Intercommunalité")).to_have_value("Brest Métropole (29)")


def test_homonyms_are_told_apart_and_leaving_the_list_changes_nothing(draft: Filling, opened: Open) -> None:
    page = opened(draft)
    offered = search(page, "Commune de résidence", "saint-denis")
    expect(offered.filter(has_text=re.compile(r"^Saint-Denis \(97400\)$"))).to_have_count(1)
    expect(offered.filter(has_text=re.compile(r"^Saint-Denis \(93200\)$"))).to_have_count(1)
    assert wrong_on(page) == []
    names = offered.all_inner_texts()
    assert len(names) == len(set(names))
    expect(search(page, "Commune de résidence", "saint denis 93").first).to_have_text("Saint-Denis (93200)")
    page.keyboard.press("ArrowUp")  # from the end
    page.keyboard.press("Escape")
    expect(field(page, "Commune de résidence").get_by_role("option")).to_have_count(0)
    expect(box(page, "Commune de résidence")).to_have_value("")
    page.keyboard.press("Tab")
    expect(field(page, "Commune de résidence").locator(".error")).to_have_count(0)
    choose(page, "Intercommunalité", "brest m", 1, "Brest Métropole (29)")
    search(page, "Intercommunalité", "rennes")
    page.keyboard.press("Escape")
    expect(box(page, "Intercommunalité")).to_have_value("Brest Métropole (29)")


@pytest.mark.parametrize(("width", "scheme", "home"), [(390, "dark", "/en"), (1280, "light", "")])
def test_what_is_no_place_gets_a_clear_sentence(
    browser: Browser, draft: Filling, opened: Open, width: int, scheme: Any, home: str
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with browser.new_context(base_url=draft.site.url, locale="fr-FR", **look) as context:
        cookie = a_cookie(draft.database, draft.applicant)
        context.add_cookies([{"name": "dsbuilder", "value": cookie, "url": draft.site.url}])
        page = opened(draft, f"{home}{draft.form}", context=context)
        for label, wrong, said in WRONG:
            box(page, label).fill(wrong)
            box(page, label).blur()
            error = field(page, label).locator(".error")
            expect(error).to_be_visible()
            if not home:
                expect(error).to_contain_text(said.replace("Corse :", "Corse\u00a0:"))
            expect(box(page, label)).to_have_value(wrong)
        assert wrong_on(page) == [] and not wider_than_the_window(page)
        search(page, "Commune de résidence", "saint")
        # What the open list half covers is too small a target, until it closes.
        assert [wrong for wrong in wrong_on(page) if "target-size" not in wrong] == [] and not wider_than_the_window(
            page
        )


def test_what_was_chosen_is_deposited_and_read_by_an_agent(
    browser: Browser, database: Database, draft: Filling, opened: Open
) -> None:
    page = opened(draft)
    choose_all(page)
    by_hand = field(page, "Adresse du domicile")
    reach(page, by_hand.locator("summary"))
    page.keyboard.press("Enter")
    for place, text in enumerate(BY_HAND):
        reach(page, by_hand.locator(".parts input").nth(place))
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    expect(by_hand.get_by_text("Saisi à la main")).to_be_visible()
    reach(page, page.get_by_role("button", name="Vérifier mes réponses"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/verifier"))
    reach(page, page.get_by_role("button", name="Déposer mon dossier"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/merci"))
    with database.reading() as db:
        procedure = db.get_one(ProcedureRow, db.get_one(DossierRow, draft.number).procedure_id)
    agent: Actor = an_instructor(database, procedure, f"agent{draft.number}@example.fr")
    with person(browser, Filling(draft.site, database, draft.path, agent, draft.number)) as desk:
        read = desk.new_page()
        read.goto(f"/instruction/{procedure.id}/dossiers/{draft.number}")
        for _, _, _, chosen in SEARCHED[:-1]:
            expect(read.get_by_text(chosen, exact=True)).to_be_visible()
        expect(read.get_by_text("1 rue Haute, 97200 Fort-de-France")).to_be_visible()
        expect(read.get_by_text("Bretagne", exact=True)).to_be_visible()
        assert wrong_on(read) == []
