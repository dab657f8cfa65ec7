"""The editor in a real browser: adding, dragging by mouse and by keyboard, editing in place, undoing, publishing."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from dsbuilder.actions import drafting, procedures
from dsbuilder.actions.context import perform
from dsbuilder.domain.procedure import FieldId
from dsbuilder.storage.database import Database
from tests.browser.conftest import PATIENCE, watch
from tests.browser.people import ADMINISTRATOR, actor_of, database_of, sign_in
from tests.running import Site

FORM = (
    ("header_section", "L’élève"),
    ("text", "Nom"),
    ("text", "Prénom"),
    ("repetition", "Personnes à contacter"),
    ("phone", "Téléphone"),
    ("header_section", "La cantine"),
    ("yes_no", "Demi-pensionnaire"),
)


@pytest.fixture
def number(database: Database) -> int:
    """A procedure with two sections and an empty block."""
    ada = actor_of(database, ADMINISTRATOR)
    made = perform(database, procedures.create, "Inscription à la cantine", actor=ada)
    for kind, label in FORM:
        id = perform(database, drafting.add, made, kind, None, None, 0, actor=ada).added
        perform(database, drafting.change, made, id, 0, label=label, actor=ada)
    return made


@pytest.fixture
def editor(page: Page, someone: BrowserContext, site: Site, number: int) -> Page:
    """The editor of that procedure, open."""
    sign_in(someone, site, ADMINISTRATOR)
    return opened(page, number)


def opened(page: Page, number: int) -> Page:
    page.goto(f"/admin/demarches/{number}/formulaire")
    expect(label(page, "Demi-pensionnaire")).to_be_visible()
    return page


def label(page: Page, text: str) -> Locator:
    return page.locator(f"article[aria-label='{text}'] input.qlabel")


def handle(page: Page, text: str) -> Locator:
    return page.get_by_role("button", name=f"Déplacer {text}", exact=True)


def stored(database: Database, number: int) -> list[str]:
    """The labels as they are kept, those inside a block after a dash."""
    draft = perform(database, drafting.open_draft, number, actor=actor_of(database, ADMINISTRATOR))
    return [
        line for top in draft.revision.fields for line in (top.label, *(f"- {child.label}" for child in top.children))
    ]


def saved(page: Page) -> None:
    expect(page.locator(".editor-bar .saved[data-state]")).to_have_attribute("data-state", "saved")


def drag(page: Page, text: str, over: str, down: float, place: str) -> None:
    """Take a card by its handle and drop it over another, that many pixels below its upper edge, at the place said."""
    start, end = handle(page, text).bounding_box(), page.locator(f"article[aria-label='{over}']").bounding_box()
    assert start is not None and end is not None
    page.mouse.move(start["x"] + 8, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 16, start["y"] + 16, steps=3)
    page.mouse.move(end["x"] + 40, end["y"] + down, steps=8)
    expect(page.locator(".landing-line")).to_contain_text(place)
    page.mouse.up()


def drag_by_finger(page: Page, text: str, over: str, down: float, place: str) -> None:
    """The same with a finger, as Chromium hears it from a touch screen."""
    start, end = handle(page, text).bounding_box(), page.locator(f"article[aria-label='{over}']").bounding_box()
    assert start is not None and end is not None
    finger = page.context.new_cdp_session(page)
    points = [(start["x"] + 8, start["y"] + 10), (start["x"] + 16, start["y"] + 16), (end["x"] + 40, end["y"] + down)]
    for number, (x, y) in enumerate(points):
        kind = "touchMove" if number else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    expect(page.locator(".landing-line")).to_contain_text(place)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def eventually(database: Database, number: int, expected: list[str], page: Page) -> None:
    """The draft becomes this; the page says that it is saved."""
    for _ in range(PATIENCE // 50):
        if stored(database, number) == expected:
            break
        page.wait_for_timeout(50)
    assert stored(database, number) == expected
    saved(page)


BEGINNING = [text for _, text in FORM]


# -- adding and editing -------------------------------------------------------------------------------------------
def test_a_kind_is_added_by_a_click_and_named_in_place(editor: Page, database: Database, number: int) -> None:
    label(editor, "Nom").click()
    editor.get_by_role("button", name="Date", exact=True).click()
    expect(editor.locator("input.qlabel:focus")).to_be_visible()
    editor.keyboard.type("Né le", delay=15)
    editor.keyboard.press("Enter")
    eventually(database, number, [*BEGINNING[:2], "Né le", *BEGINNING[2:]], editor)
    editor.reload()
    expect(label(editor, "Né le")).to_be_visible()


def test_typing_is_saved_by_itself_without_losing_a_letter(editor: Page, database: Database, number: int) -> None:
    label(editor, "Nom").fill("")
    label(editor, "Nom").press_sequentially("Nom du responsable légal", delay=20)
    eventually(database, number, [BEGINNING[0], "Nom du responsable légal", *BEGINNING[2:]], editor)


def test_a_kind_is_added_where_one_aims(editor: Page, database: Database, number: int) -> None:
    editor.get_by_role("button", name="Ajouter dans le bloc").click()
    expect(editor.get_by_label("Chercher un type")).to_be_focused()
    editor.keyboard.type("court")
    editor.get_by_role("button", name="Texte court", exact=True).click()
    expect(editor.locator("input.qlabel:focus")).to_have_value("")
    editor.keyboard.type("Lien de parenté")
    editor.keyboard.press("Enter")
    eventually(database, number, [*BEGINNING[:4], "- Lien de parenté", *BEGINNING[4:]], editor)


def test_a_kind_is_dragged_from_the_palette(editor: Page, database: Database, number: int) -> None:
    start = editor.get_by_role("button", name="Texte long", exact=True).bounding_box()
    end = editor.locator("article[aria-label='Prénom']").bounding_box()
    assert start is not None and end is not None
    editor.mouse.move(start["x"] + 20, start["y"] + 10)
    editor.mouse.down()
    editor.mouse.move(start["x"] + 40, start["y"] + 12, steps=3)
    editor.mouse.move(end["x"] + 60, end["y"] + 2, steps=8)
    expect(editor.locator(".landing-line")).to_contain_text("avant Prénom")
    editor.mouse.up()
    eventually(database, number, [*BEGINNING[:2], "", *BEGINNING[2:]], editor)


def test_the_inspector_sets_what_the_type_allows(editor: Page, database: Database, number: int) -> None:
    label(editor, "Nom").click()
    inspector = editor.get_by_role("complementary", name="Réglages")
    inspector.get_by_label("Type").select_option("drop_down_list")
    expect(editor.get_by_role("button", name="2 problèmes")).to_be_visible()
    inspector.get_by_label("Options, une par ligne").fill("Lundi\nMardi")
    inspector.get_by_label("Aide").click()
    expect(editor.locator("article[aria-label='Nom']")).to_contain_text("2 réponses")
    editor.get_by_role("button", name="1 problème").click()
    expect(editor.get_by_role("dialog")).to_contain_text("Personnes à contacter")


def test_the_help_of_a_question_is_written_in_the_inspector(editor: Page, database: Database, number: int) -> None:
    label(editor, "Nom").click()
    inspector = editor.get_by_role("complementary", name="Réglages")
    inspector.get_by_label("Intitulé").fill("Nom de famille")
    inspector.get_by_label("Aide").fill("Comme sur le livret de famille.")
    inspector.get_by_label("Réponse obligatoire").click()
    expect(label(editor, "Nom de famille")).to_have_value("Nom de famille")
    eventually(database, number, ["L’élève", "Nom de famille", *BEGINNING[2:]], editor)
    draft = perform(database, drafting.open_draft, number, actor=actor_of(database, ADMINISTRATOR))
    assert draft.revision.fields[1].description == "Comme sur le livret de famille."
    expect(inspector.get_by_label("Réponse obligatoire")).not_to_be_checked()


def test_what_is_typed_offline_is_saved_when_the_connection_is_back(
    someone: BrowserContext, site: Site, database: Database, number: int
) -> None:
    sign_in(someone, site, ADMINISTRATOR)
    tab = opened(someone.new_page(), number)
    someone.set_offline(True)
    expect(tab.locator(".editor-bar .saved[data-state]")).to_have_text("Hors ligne")
    label(tab, "Nom").fill("Nom tapé hors ligne")
    tab.keyboard.press("Enter")
    someone.set_offline(False)
    eventually(database, number, ["L’élève", "Nom tapé hors ligne", *BEGINNING[2:]], tab)


# -- moving -------------------------------------------------------------------------------------------------------
def test_a_card_is_dragged_above_another_by_mouse(editor: Page, database: Database, number: int) -> None:
    drag(editor, "Prénom", "Nom", 2, "avant Nom")
    eventually(database, number, ["L’élève", "Prénom", "Nom", *BEGINNING[3:]], editor)
    expect(handle(editor, "Prénom")).to_be_focused()


def test_a_card_is_dragged_into_a_block_by_mouse(editor: Page, database: Database, number: int) -> None:
    drag(editor, "Téléphone", "Personnes à contacter", 110, "à la fin du bloc Personnes à contacter")
    eventually(database, number, [*BEGINNING[:4], "- Téléphone", *BEGINNING[5:]], editor)


@pytest.mark.parametrize("width", [390, 820])
def test_cards_are_dragged_by_finger(browser: Browser, site: Site, database: Database, number: int, width: int) -> None:
    with browser.new_context(
        base_url=site.url, locale="fr-FR", viewport={"width": width, "height": 1100}, has_touch=True, is_mobile=True
    ) as touched:
        touched.set_default_timeout(PATIENCE)
        sign_in(touched, site, ADMINISTRATOR)
        tab = touched.new_page()
        troubles = watch(tab)
        opened(tab, number)
        drag_by_finger(tab, "Prénom", "Nom", 2, "avant Nom")
        moved = ["L’élève", "Prénom", "Nom", *BEGINNING[3:]]
        eventually(database, number, moved, tab)
        drag_by_finger(tab, "Téléphone", "Personnes à contacter", 110, "à la fin du bloc Personnes à contacter")
        eventually(database, number, [*moved[:4], "- Téléphone", *moved[5:]], tab)
        assert troubles == []


def test_a_section_is_dragged_with_all_that_it_holds(editor: Page, database: Database, number: int) -> None:
    start = handle(editor, "La cantine").bounding_box()
    end = editor.locator("header[data-label='L’élève']").bounding_box()
    assert start is not None and end is not None
    editor.mouse.move(start["x"] + 8, start["y"] + 10)
    editor.mouse.down()
    editor.mouse.move(start["x"] + 16, start["y"] - 10, steps=3)
    editor.mouse.move(end["x"] + 40, end["y"] + 2, steps=8)
    expect(editor.locator(".landing-line")).to_be_visible()
    editor.mouse.up()
    eventually(database, number, ["La cantine", "Demi-pensionnaire", *BEGINNING[:5]], editor)


def test_a_card_is_moved_by_the_keyboard_and_every_place_is_said(editor: Page, database: Database, number: int) -> None:
    said = editor.locator("[data-said]")
    handle(editor, "Téléphone").focus()
    editor.keyboard.press("Space")
    expect(said).to_contain_text("Téléphone saisi")
    editor.keyboard.press("ArrowLeft")
    editor.keyboard.press("ArrowRight")
    expect(said).to_have_text("à la fin du bloc Personnes à contacter")
    editor.keyboard.press("Space")
    expect(said).to_have_text("Téléphone placé à la fin du bloc Personnes à contacter.")
    eventually(database, number, [*BEGINNING[:4], "- Téléphone", *BEGINNING[5:]], editor)
    expect(handle(editor, "Téléphone")).to_be_focused()


def test_escape_leaves_everything_where_it_was(editor: Page, database: Database, number: int) -> None:
    said = editor.locator("[data-said]")
    handle(editor, "Nom").focus()
    editor.keyboard.press("Space")
    expect(said).to_contain_text("Nom saisi")
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("Escape")
    expect(said).to_have_text("Déplacement annulé.")
    assert stored(database, number) == BEGINNING


def test_buttons_and_keys_do_what_dragging_does(editor: Page, database: Database, number: int) -> None:
    label(editor, "Téléphone").click()
    editor.get_by_role("button", name="Entrer dans le bloc voisin").click()
    eventually(database, number, [*BEGINNING[:4], "- Téléphone", *BEGINNING[5:]], editor)
    editor.get_by_role("button", name="Sortir du bloc").click()
    eventually(database, number, BEGINNING, editor)
    handle(editor, "Nom").focus()
    editor.keyboard.press("Alt+ArrowDown")
    eventually(database, number, ["L’élève", "Prénom", "Nom", *BEGINNING[3:]], editor)
    expect(handle(editor, "Nom")).to_be_focused()


# -- taking back --------------------------------------------------------------------------------------------------
def test_what_is_removed_comes_back_by_undo(editor: Page, database: Database, number: int) -> None:
    label(editor, "Prénom").click()
    editor.locator("article.selected").get_by_role("button", name="Retirer").click()
    eventually(database, number, [*BEGINNING[:2], *BEGINNING[3:]], editor)
    editor.keyboard.press("Control+z")
    eventually(database, number, BEGINNING, editor)
    editor.keyboard.press("Control+Shift+z")
    eventually(database, number, [*BEGINNING[:2], *BEGINNING[3:]], editor)
    editor.get_by_role("button", name="Annuler").click()
    eventually(database, number, BEGINNING, editor)


def test_undo_gives_the_former_label_back_to_its_input(editor: Page, database: Database, number: int) -> None:
    label(editor, "Nom").fill("Autre chose")
    editor.keyboard.press("Enter")
    eventually(database, number, ["L’élève", "Autre chose", *BEGINNING[2:]], editor)
    editor.get_by_role("button", name="Annuler").click()
    expect(label(editor, "Nom")).to_have_value("Nom")


# -- finding and looking ------------------------------------------------------------------------------------------
def test_one_goes_to_a_card_by_its_words(editor: Page) -> None:
    editor.get_by_role("button", name="Tout replier").click()
    expect(label(editor, "Prénom")).to_have_count(0)
    editor.keyboard.press("Control+k")
    editor.get_by_label("Chercher dans le formulaire").fill("prén")
    editor.get_by_role("dialog").get_by_role("button", name="Prénom").click()
    expect(label(editor, "Prénom")).to_be_focused()


def test_two_administrators_see_each_other_s_edits(editor: Page, someone: BrowserContext, number: int) -> None:
    other = someone.new_page()
    troubles = watch(other)
    opened(other, number)
    label(other, "Nom").fill("Nom de famille")
    other.keyboard.press("Enter")
    expect(label(editor, "Nom de famille")).to_have_value("Nom de famille")
    label(editor, "Prénom").click()
    editor.locator("article.selected").get_by_role("button", name="Monter").click()
    expect(other.locator("article").nth(1)).to_have_attribute("aria-label", "Nom de famille")
    assert troubles == []


def test_on_a_phone_the_panes_are_sheets(editor: Page, database: Database, number: int) -> None:
    editor.set_viewport_size({"width": 390, "height": 800})
    expect(editor.get_by_label("Chercher un type")).to_be_hidden()
    editor.get_by_role("navigation", name="Volets").get_by_role("button", name="Ajouter").click()
    editor.get_by_role("button", name="Oui ou non", exact=True).click()
    expect(editor.locator("input.qlabel:focus")).to_have_value("")
    expect(editor.get_by_label("Chercher un type")).to_be_hidden()
    editor.keyboard.type("Végétarien")
    editor.keyboard.press("Enter")
    eventually(database, number, [*BEGINNING, "Végétarien"], editor)


def test_the_preview_draws_the_form_and_keeps_nothing(editor: Page, database: Database, number: int) -> None:
    ada = actor_of(database, ADMINISTRATOR)
    block = perform(database, drafting.open_draft, number, actor=ada).revision.fields[3].id
    perform(database, drafting.add, number, "text", block, None, 0, actor=ada)
    editor.get_by_role("link", name="Aperçu").click()
    expect(editor.get_by_text("Ceci est un aperçu.")).to_be_visible()
    editor.get_by_role("textbox", name="Nom", exact=True).fill("Lambertine")
    editor.get_by_role("button", name="Ajouter : Personnes à contacter").click()
    expect(editor.get_by_role("group", name="Personnes à contacter 1")).to_be_visible()
    editor.get_by_role("button", name="Remplir pour essayer").click()
    expect(editor.get_by_role("textbox", name="Nom", exact=True)).not_to_have_value("Lambertine")
    expect(editor.get_by_role("radio", name=re.compile("Oui|Non"), checked=True)).to_have_count(1)
    expect(editor.get_by_role("button", name="Remplir autrement")).to_be_focused()
    editor.reload()
    expect(editor.get_by_role("textbox", name="Nom", exact=True)).to_have_value("")


# -- publishing ---------------------------------------------------------------------------------------------------
def test_what_forbids_publishing_is_said_then_it_is_published(editor: Page, database: Database, number: int) -> None:
    editor.get_by_role("link", name="Publier").click()
    publish = editor.get_by_role("button", name="Publier la révision 1")
    expect(publish).to_be_disabled()
    editor.get_by_role("link", name="Corriger").click()
    label(editor, "Personnes à contacter").click()
    editor.locator("article.selected").get_by_role("button", name="Retirer").click()
    eventually(database, number, [text for text in BEGINNING if not text.startswith("Personnes")], editor)
    editor.get_by_role("link", name="Publier").click()
    editor.get_by_label("Adresse publique").fill(f"cantine-{number}")
    publish.click()
    expect(editor.get_by_text("Publiée", exact=True)).to_be_visible()
    expect(editor.get_by_text(f"/commencer/cantine-{number}")).to_be_visible()
    found = perform(database, procedures.overview, number, actor=actor_of(database, ADMINISTRATOR))
    assert found.path == f"cantine-{number}"


def test_a_field_named_in_the_address_is_shown(page: Page, someone: BrowserContext, site: Site, number: int) -> None:
    sign_in(someone, site, ADMINISTRATOR)
    with database_of(site) as database:
        draft = perform(database, drafting.open_draft, number, actor=actor_of(database, ADMINISTRATOR))
    id: FieldId = draft.revision.fields[-1].id
    page.goto(f"/admin/demarches/{number}/formulaire?champ={id}")
    expect(page.locator(f"#label-{id}")).to_be_focused()
