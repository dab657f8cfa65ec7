"""An agent narrows and sorts the list, with the mouse and with the keyboard, and takes it away as a file."""

import csv
import io
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dsbuilder.domain.texts import fold
from tests.browser.test_instruction import WCAG, AsSomeone, as_someone, desk, name, the_list
from tests.furnished import NAMES, Desk

__all__ = ["as_someone", "desk"]
COLUMN = "Question ou information"


def rows(tab: Page) -> list[str]:
    """Whom the lines are about, in order."""
    expect(tab.get_by_role("row").nth(1)).to_be_visible()
    return [text.splitlines()[0].strip() for text in tab.locator("tbody th").all_inner_texts()]


def narrow(tab: Page, column: str) -> None:
    tab.get_by_role("button", name="Filtre", exact=True).click()
    tab.get_by_label(COLUMN).select_option(label=column)


def apply(tab: Page) -> None:
    tab.get_by_role("button", name="Appliquer").click()
    expect(tab.get_by_role("dialog")).to_have_count(0)


def test_filters_add_up_stand_in_the_address_and_are_taken_away(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_list(desk, "tous"))
    expect(tab.get_by_role("row")).to_have_count(10)
    narrow(tab, "Enseigne")
    tab.get_by_label("Mot ou début de mot").fill("librairie MAR")
    apply(tab)
    expect(tab).to_have_url(re.compile(r"2\.value\.commence=librairie"))
    expect(tab.get_by_role("row")).to_have_count(2)
    assert rows(tab) == [name(3)]
    narrow(tab, "État")
    tab.get_by_label("Refusé").check()
    tab.get_by_label("Accepté").check()
    apply(tab)
    expect(tab.get_by_text("est Refusé ou Accepté").or_(tab.get_by_text("Accepté ou Refusé"))).to_be_visible()
    tab.get_by_role("link", name="Retirer le filtre Enseigne").click()
    expect(tab.get_by_role("row")).to_have_count(3)
    tab.go_back()
    expect(tab.get_by_role("row")).to_have_count(2)
    tab.reload()
    expect(tab.get_by_role("row")).to_have_count(2)
    expect(tab.get_by_role("link", name="Retirer le filtre Enseigne")).to_be_visible()


def test_numbers_days_and_yes_or_no(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_list(desk, "tous"))
    narrow(tab, "Effectif accueilli")
    tab.get_by_role("button", name="Appliquer").click()
    expect(tab.get_by_role("alert")).to_contain_text("Saisissez un nombre")
    tab.get_by_label("De", exact=True).fill("1 000")
    apply(tab)
    expect(tab.get_by_role("heading", name="Aucun dossier ne correspond")).to_be_visible()
    expect(tab.get_by_text("à partir de")).to_be_visible()
    tab.get_by_role("link", name="Retirer tous les filtres").click()
    expect(tab.get_by_role("row")).to_have_count(10)
    narrow(tab, "L’établissement a-t-il fait l’objet de travaux ?")
    tab.get_by_label("Non").check()
    apply(tab)
    expect(tab.get_by_role("heading", name="Aucun dossier ne correspond")).to_be_visible()
    tab.goto(the_list(desk, "tous"))
    narrow(tab, "Déposé le")
    tab.get_by_label("Au", exact=True).fill("2020-01-31")
    apply(tab)
    expect(tab.get_by_text("31/01/2020")).to_be_visible()


def test_sorting_and_the_way_through_the_sorted_list(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_list(desk, "tous"))
    tab.get_by_role("button", name="Trier").click()
    tab.get_by_label(COLUMN).select_option(label="Enseigne")
    tab.get_by_label("de Z à A").check()
    apply(tab)
    expect(tab).to_have_url(re.compile(r"tri=-2\.value"))
    expect(tab.get_by_text("de Z à A")).to_be_visible()
    order = rows(tab)
    by_sign = sorted(range(len(NAMES)), key=lambda place: fold(f"Librairie {NAMES[place][2]}"), reverse=True)
    assert order == [name(place) for place in by_sign]
    tab.get_by_role("row", name=order[0]).get_by_role("link").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(order[0])
    tab.get_by_role("link", name=re.compile("suivant", re.IGNORECASE)).first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(order[1])
    tab.get_by_role("navigation", name="Fil d’Ariane").get_by_role("link").click()
    expect(tab.get_by_text("de Z à A")).to_be_visible()


def test_a_filter_with_the_keyboard_alone(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_list(desk, "tous"))
    opener = tab.get_by_role("button", name="Filtre", exact=True)
    opener.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_label(COLUMN)).to_be_focused()
    tab.keyboard.press("Escape")
    expect(opener).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_label(COLUMN)).to_be_focused()
    tab.keyboard.type("Enseigne")
    tab.keyboard.press("Tab")
    word = tab.get_by_label("Mot ou début de mot")
    expect(word).to_be_visible()
    word.focus()
    tab.keyboard.type("librairie v")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("row")).to_have_count(2)
    assert rows(tab) == [name(4)]


def test_what_is_listed_is_downloaded(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_list(desk, "tous") + "&2.value.contient=mar")
    expect(tab.get_by_role("row")).to_have_count(2)
    with tab.expect_download() as waiting:
        tab.get_by_role("link", name="Exporter").click()
    assert waiting.value.suggested_filename.endswith(".csv")
    content = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    assert [line["Enseigne"] for line in lines] == ["Librairie Martin"]
    assert lines[0]["L’établissement a-t-il fait l’objet de travaux ?"] == "VRAI"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_accessible(as_someone: AsSomeone, desk: Desk, width: int, scheme: str) -> None:
    query = "&2.value.commence=librairie&tri=-6.value"
    tab = as_someone(desk.agent, the_list(desk, "tous") + query, width=width, scheme=scheme)
    expect(tab.get_by_role("link", name="Retirer le tri")).to_be_visible()
    assert axe(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button, column in (
        ("Filtre", "Effectif accueilli"),
        ("Filtre", "Enseigne"),
        ("Filtre", "État"),
        ("Trier", "Enseigne"),
    ):
        tab.get_by_role("button", name=button, exact=True).click()
        tab.get_by_label(COLUMN).select_option(label=column)
        expect(tab.locator("dialog .field")).not_to_have_count(1)
        assert axe(tab) == []
        tab.get_by_role("button", name="Annuler").click()


def axe(tab: Page) -> list[str]:
    run = Axe().run(tab, options={"runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]}})
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in run.response["violations"]]
