"""A citizen fills a form in Chromium: errors, files, keyboard, two tabs, a server that goes away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from dsbuilder import clock
from dsbuilder.actions import filing, filling
from dsbuilder.actions.context import perform
from dsbuilder.domain.dossier import DossierState, Event
from dsbuilder.domain.procedure import Field
from dsbuilder.storage import dossiers
from dsbuilder.storage.database import Database, open_database
from tests.browser.drafts import Filling, Open, a_filling, opened, person
from tests.browser.slow_answers import Held
from tests.builders import an_actor
from tests.forms import a_field
from tests.furnished import a_cookie
from tests.running import Site, free_port, running_site

__all__ = ["opened"]

COMMUNES = tuple(f"Commune {n:03d}" for n in range(150))
FIELDS = (
    (1, "header_section", "Vous", {}),
    (2, "text", "Nom", {}),
    (3, "integer_number", "Quotient familial", {}),
    (4, "drop_down_list", "Commune", {"drop_down_options": COMMUNES}),
    (5, "yes_no", "Première demande ?", {}),
    (6, "header_section", "Le reste", {}),
    (7, "textarea", "Observations", {"required": False}),
    (8, "piece_justificative", "Justificatif", {"required": False, "max_files": 2}),
    (9, "linked_drop_down_list", "École", {"drop_down_options": ("--Nord--", "A", "B", "--Sud--", "C"), "required": False}),
    (10, "drop_down_list", "Tarif", {"drop_down_options": tuple("ABCDEFG"), "required": False}),
    (11, "multiple_drop_down_list", "Jours", {"drop_down_options": ("Lundi", "Mardi"), "required": False}),
    (12, "checkbox", "Accord", {"required": False}),
)  # fmt: skip
PDF = {"name": "preuve.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n" + b"0" * 9_000_000}


def the_fields(first: int) -> list[Field]:
    """What the form of these tests asks."""
    fields = [a_field(first + id, kind, label, **options) for id, kind, label, options in FIELDS]
    block = a_field(first + 20, "repetition", "Enfant", a_field(first + 21, "text", "Prénom"), required=False)
    return [*fields, block]


@pytest.fixture
def draft(site: Site, database: Database) -> Filling:
    return a_filling(site, database, the_fields)


def is_saved(tab: Page) -> None:
    expect(tab.get_by_text("Enregistré à")).to_be_visible()


def leave(field: Locator) -> None:
    field.press("Tab")


def answered(draft: Filling, question: str) -> object:
    """The value kept for the question of that label."""
    filled = perform(draft.database, filling.read_dossier, draft.number, actor=draft.applicant)
    field = next(field for field in filled.form.walk() if field.label == question)
    found = filled.answers.get(str(field.id))
    return found.value if found else None


# -- the whole way -------------------------------------------------------------------------------------------------
def test_from_the_first_page_to_the_receipt(opened: Open, draft: Filling) -> None:
    tab = opened(draft, f"/commencer/{draft.path}")
    tab.get_by_role("link", name="Continuer mon dossier").click()
    tab.get_by_label("Nom", exact=True).fill("Martin")
    tab.get_by_label("Quotient familial").fill("741")
    tab.get_by_role("combobox", name="Commune").fill("042")
    tab.get_by_role("option", name="Commune 042").click()
    tab.get_by_label("Oui").check()
    tab.get_by_label("École").select_option("Nord")
    tab.get_by_label("Précisez").select_option("B")
    tab.get_by_role("button", name="Vérifier mes réponses").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    expect(tab.get_by_text("Nord / B")).to_be_visible()
    tab.get_by_role("button", name="Déposer mon dossier").dblclick()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Votre dossier est déposé")
    assert draft.state() == DossierState.SUBMITTED
    tab.get_by_role("link", name="Suivre mon dossier").click()
    expect(tab.get_by_text("Vous avez déposé votre dossier")).to_be_visible()


def test_a_name_is_asked_first(opened: Open, draft: Filling) -> None:
    another = perform(draft.database, filing.start, draft.path, again=True, actor=draft.applicant)
    tab = opened(draft, f"/dossiers/{another}/formulaire")
    expect(tab).to_have_url(re.compile("/identite"))
    tab.get_by_role("button", name="Continuer").click()
    expect(tab.get_by_role("alert")).to_be_focused()
    tab.get_by_role("alert").get_by_role("link").click()
    expect(tab.get_by_label("Prénom")).to_be_focused()
    tab.get_by_label("Prénom").fill("Noé")
    tab.get_by_label("Nom", exact=True).fill("Martin")
    tab.get_by_role("button", name="Continuer").click()
    expect(tab).to_have_url(re.compile("/formulaire"))


def test_what_was_chosen_stands_there_after_a_reload(opened: Open, draft: Filling) -> None:
    tab = opened(draft, "/profil/")
    held = Held(tab)
    tab.goto(draft.form)
    tab.get_by_label("Oui").check()
    tab.get_by_label("Tarif").select_option("C")
    tab.get_by_label("Mardi").check()
    tab.get_by_label("Accord").check()
    tab.get_by_label("École").select_option("Sud")
    tab.get_by_label("Nom", exact=True).fill("Martin")
    leave(tab.get_by_label("Nom", exact=True))
    tab.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('dsbuilder:typed'))")
    held.hold()
    tab.reload()
    tab.wait_for_timeout(1_000)
    held.release_slowly(150)  # the page is drawn as it was first, then as it is now
    expect(tab.get_by_label("Nom", exact=True)).to_have_value("Martin")
    expect(tab.get_by_label("Tarif")).to_have_value("C")
    expect(tab.get_by_label("École")).to_have_value("Sud")
    for label in ("Oui", "Mardi", "Accord"):
        expect(tab.get_by_label(label)).to_be_checked()


# -- errors --------------------------------------------------------------------------------------------------------
def test_a_wrong_answer_is_said_on_leaving_it_and_taken_back_once_right(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    field = tab.get_by_label("Quotient familial")
    field.fill("741 €/mois")
    leave(field)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(tab.get_by_text("Erreur :")).to_have_count(1)
    field.fill("741")
    leave(field)
    expect(tab.get_by_text("Erreur :")).to_have_count(0)
    is_saved(tab)


def test_the_summary_takes_the_focus_and_leads_to_each_question(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    tab.get_by_role("button", name="Vérifier mes réponses").click()
    summary = tab.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(4)
    summary.get_by_role("link").nth(1).click()
    expect(tab.get_by_label("Quotient familial")).to_be_focused()
    summary.get_by_role("link").nth(2).click()
    expect(tab.get_by_role("combobox", name="Commune")).to_be_focused()


def test_what_was_missing_is_no_longer_said_once_it_is_answered(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    tab.get_by_role("button", name="Vérifier mes réponses").click()
    field = tab.get_by_label("Quotient familial")
    expect(field).to_have_attribute("aria-invalid", "true")
    count = tab.get_by_text("Erreur :").count()
    field.fill("741")
    leave(field)
    is_saved(tab)
    expect(tab.get_by_text("Erreur :")).to_have_count(count - 1)
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_text_too_long_is_refused_in_the_page_and_kept(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    field, text = tab.get_by_label("Observations"), "mot " * 25_001
    field.focus()
    field.evaluate("(e, text) => { e.value = text; e.dispatchEvent(new Event('input', {bubbles: true})) }", text)
    leave(field)
    expect(tab.get_by_text("100 000 caractères au plus")).to_be_visible()
    assert field.input_value() == text
    tab.reload()
    expect(tab.get_by_text("100 000 caractères au plus")).to_be_visible()
    assert tab.get_by_label("Observations").input_value() == text
    assert answered(draft, "Observations") is None


# -- files ---------------------------------------------------------------------------------------------------------
def test_a_file_goes_on_where_it_stopped(opened: Open, draft: Filling) -> None:
    tab = opened(draft, allowed="ERR_FAILED|ERR_INTERNET|Failed to load")
    offsets: list[str] = []

    def second_piece_fails_once(route: Route) -> None:
        offset = route.request.headers.get("upload-offset", "") if route.request.method == "PATCH" else ""
        if offset and offset != "0" and offset not in offsets:
            offsets.append(offset)
            route.abort()
        else:
            route.continue_()

    tab.route("**/fichiers/*", second_piece_fails_once)
    tab.locator("input[type=file]").set_input_files(PDF)
    expect(tab.get_by_role("progressbar", name="Envoi")).to_be_visible()
    expect(tab.get_by_role("link", name="preuve.pdf")).to_be_visible(timeout=30_000)
    assert len(offsets) >= 1
    (file,) = answered(draft, "Justificatif")
    assert file["size"] == len(PDF["buffer"])
    tab.get_by_role("button", name="Retirer preuve.pdf").click()
    expect(tab.get_by_role("link", name="preuve.pdf")).to_have_count(0)
    assert answered(draft, "Justificatif") is None


def test_a_picture_called_pdf_gets_a_clear_sentence(opened: Open, draft: Filling) -> None:
    tab = opened(draft, allowed="422")
    fake = {"name": "photo.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 500}
    tab.locator("input[type=file]").set_input_files(fake)
    expect(tab.get_by_text("Ce fichier n’est pas un vrai PDF")).to_be_visible()
    assert answered(draft, "Justificatif") is None


# -- keyboard, rows, language --------------------------------------------------------------------------------------
def test_the_form_is_filled_without_a_mouse(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Aller au contenu")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()
    name = tab.get_by_label("Nom", exact=True)
    while not name.evaluate("e => e === document.activeElement"):
        tab.keyboard.press("Tab")
    tab.keyboard.type("Martin")
    tab.keyboard.press("Tab")
    tab.keyboard.type("741")
    tab.keyboard.press("Tab")
    tab.keyboard.type("commune 011")
    expect(tab.get_by_role("listbox").get_by_role("option")).to_have_text(["Commune 011"])
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    expect(tab.get_by_label("Oui")).to_be_checked()
    expect(tab.locator("#avancement", has_text="4 sur 4")).to_be_visible()
    assert answered(draft, "Commune") == "Commune 011"


def test_rows_are_added_and_removed(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    add = tab.get_by_role("button", name="Ajouter : Enfant")
    add.click()
    add.click()
    expect(tab.get_by_label("Prénom")).to_have_count(2)
    tab.get_by_label("Prénom").nth(0).fill("Noé")
    tab.get_by_label("Prénom").nth(1).fill("Zoé")
    leave(tab.get_by_label("Prénom").nth(1))
    tab.get_by_role("button", name="Retirer Enfant 1").click()
    expect(tab.get_by_label("Prénom")).to_have_count(1)
    expect(tab.get_by_label("Prénom")).to_have_value("Zoé")


def test_the_form_speaks_english(opened: Open, draft: Filling) -> None:
    tab = opened(draft, f"/en{draft.form}")
    field = tab.get_by_label("Quotient familial")
    field.fill("many")
    leave(field)
    expect(tab.get_by_text("Error:")).to_have_count(1)
    expect(tab.get_by_text("Saved at")).to_be_visible()
    expect(tab.get_by_role("button", name="Check my answers")).to_be_visible()


# -- nothing is lost -----------------------------------------------------------------------------------------------
def test_two_tabs_on_one_draft_keep_what_either_says(opened: Open, draft: Filling) -> None:
    first = opened(draft)
    second = opened(draft, context=first.context)
    second.get_by_label("Quotient familial").fill("741")
    leave(second.get_by_label("Quotient familial"))
    is_saved(second)
    first.get_by_label("Nom", exact=True).fill("Martin")
    leave(first.get_by_label("Nom", exact=True))
    is_saved(first)
    assert (answered(draft, "Nom"), answered(draft, "Quotient familial")) == ("Martin", 741)


def test_what_was_typed_in_a_tab_that_closed_is_there_again(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    tab.get_by_label("Observations").press_sequentially("Allergie à l’arachide")
    again = opened(draft, context=tab.context)
    tab.close()
    expect(again.get_by_label("Observations")).to_have_value("Allergie à l’arachide")
    is_saved(again)
    assert answered(draft, "Observations") == "Allergie à l’arachide"
    again.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('dsbuilder:typed'))")


def test_a_server_that_restarts_while_one_types_gets_it_all(
    browser: Browser, built: None, tmp_path: Path, opened: Open
) -> None:
    port = free_port()
    with running_site(tmp_path / "data", port=port) as site:
        database = open_database(f"sqlite:///{site.data_dir / 'dsbuilder.sqlite3'}")
        draft = a_filling(site, database, the_fields)
        tab = opened(draft, allowed="WebSocket|ERR_|Failed to load|Cannot connect|Connection")
    name, observations = tab.get_by_label("Nom", exact=True), tab.get_by_label("Observations")
    name.fill("Tapé sans serveur")
    leave(name)
    observations.press_sequentially("Et ceci aussi")
    with running_site(tmp_path / "data", port=port):
        expect(tab.get_by_text("Enregistré à")).to_be_visible(timeout=30_000)
        expect(observations).to_have_value("Et ceci aussi")
        expect(observations).to_be_focused()
        leave(observations)
        expect(tab.locator("#avancement", has_text="2 sur 5")).to_be_visible(timeout=30_000)
        tab.wait_for_function(
            "() => !Object.keys(localStorage).some(k => k.startsWith('dsbuilder:typed'))", timeout=30_000
        )
        assert answered(draft, "Nom") == "Tapé sans serveur"
        assert answered(draft, "Observations") == "Et ceci aussi"
    database.dispose()


def test_a_dossier_under_instruction_is_followed_and_no_longer_filled(opened: Open, draft: Filling) -> None:
    with draft.database.transaction() as db:
        row = dossiers.get(db, draft.applicant, draft.number, lock=True)
        now = clock.now()
        dossiers.change_state(
            db, row, Event.SUBMIT, DossierState.SUBMITTED, account_id=draft.applicant.account_id, now=now
        )
        dossiers.change_state(
            db, row, Event.START_INSTRUCTION, DossierState.UNDER_INSTRUCTION, account_id=None, now=now
        )
    tab = opened(draft)
    expect(tab).to_have_url(re.compile(rf"/dossiers/{draft.number}$"))
    expect(tab.get_by_text("Le service a commencé à examiner votre dossier")).to_be_visible()
    tab.get_by_label("Votre message").fill("Bonjour, où en est ma demande ?")
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.get_by_role("listitem").filter(has_text="où en est ma demande")).to_be_visible()


def test_someone_else_s_dossier_is_not_there(opened: Open, draft: Filling, someone: BrowserContext) -> None:
    stranger = an_actor(draft.database)
    someone.add_cookies([{"name": "dsbuilder", "value": a_cookie(draft.database, stranger), "url": draft.site.url}])
    tab = someone.new_page()
    for path in ("", "/formulaire", "/identite", "/verifier", "/merci"):
        tab.goto(f"/dossiers/{draft.number}{path}")
        expect(tab.get_by_text("Cette page n’existe pas ou ne vous est pas accessible.")).to_be_visible()
        expect(tab.get_by_text("Inscription à la cantine")).to_have_count(0)


def test_a_link_followed_before_its_question_is_drawn_leads_there(
    browser: Browser, opened: Open, site: Site, database: Database
) -> None:
    draft = a_filling(
        site, database, lambda first: [a_field(first + n, "text", f"Question {n}", required=n == 40) for n in range(41)]
    )
    with person(browser, draft) as context:
        context.add_init_script("window.requestIdleCallback = () => 0")  # a browser that never has a moment
        tab = opened(draft, context=context)
        tab.get_by_role("button", name="Vérifier mes réponses").click()
        expect(tab.get_by_label("Question 40")).to_have_count(0)
        tab.get_by_role("alert").get_by_role("link", name=re.compile("Question 40")).click()
        expect(tab.get_by_label("Question 40")).to_be_focused()
