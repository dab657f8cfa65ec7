"""An agent works through the list with mouse and keyboard, decides, and writes; the page shows what others do."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dsbuilder.actions import instruction, messages
from dsbuilder.actions.context import perform
from dsbuilder.domain.messages import MAX_LENGTH, Side
from dsbuilder.domain.people import Actor
from dsbuilder.storage.database import open_database
from tests.browser.conftest import PATIENCE, watch
from tests.browser.slow_answers import Held
from tests.furnished import NAMES, Desk, a_cookie, a_desk, step
from tests.running import Site

AsSomeone = Callable[..., Page]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_numbers = count(1)


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    """A furnished desk of its own on the running site."""
    database = open_database(f"sqlite:///{site.data_dir / 'dsbuilder.sqlite3'}")
    yield a_desk(database, path=f"bureau-{next(_numbers)}")
    database.dispose()


@pytest.fixture
def as_someone(browser: Browser, site: Site, desk: Desk) -> Iterator[AsSomeone]:
    """A tab of someone who is signed in; an error in its console fails the test."""
    troubles: list[list[str]] = []
    with ExitStack() as stack:

        def opened(actor: Actor, path: str, width: int = 1280, scheme: str = "light") -> Page:
            context = stack.enter_context(
                browser.new_context(
                    base_url=site.url,
                    locale="fr-FR",
                    viewport={"width": width, "height": 900},
                    color_scheme=scheme,  # type: ignore[arg-type]
                )
            )
            context.set_default_timeout(PATIENCE)
            context.add_cookies([{"name": "dsbuilder", "value": a_cookie(desk.database, actor), "url": site.url}])
            tab = context.new_page()
            troubles.append(watch(tab))
            tab.goto(path)
            return tab

        yield opened
        assert [trouble for each in troubles for trouble in each] == []


def the_list(desk: Desk, tab: str = "a-suivre") -> str:
    return f"/instruction/{desk.procedure.id}?statut={tab}"


def the_dossier(desk: Desk, place: int, more: str = "") -> str:
    return f"/instruction/{desk.procedure.id}/dossiers/{desk.dossiers[place]}?statut=tous{more}"


def name(place: int) -> str:
    return f"{NAMES[place][1]} {NAMES[place][2]}"


# -- the list -----------------------------------------------------------------------------------------------------
def test_from_my_procedures_to_a_dossier(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, "/instruction")
    tab.get_by_role("link", name=desk.procedure.title, exact=True).click()
    expect(tab.get_by_role("link", name="À suivre 4")).to_have_attribute("aria-current", "page")
    tab.get_by_role("link", name="Traités 3").click()
    expect(tab).to_have_url(re.compile("statut=traites"))
    expect(tab.get_by_role("row")).to_have_count(4)
    tab.get_by_role("row", name=name(3)).get_by_role("link").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(name(3))
    expect(tab.get_by_text("Librairie Martin")).to_be_visible()
    tab.get_by_role("navigation", name="Fil d’Ariane").get_by_role("link").click()
    expect(tab.get_by_role("link", name="Traités 3")).to_have_attribute("aria-current", "page")


def test_search_by_number_name_and_address(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_list(desk))
    box = tab.get_by_role("searchbox", name="Rechercher un dossier")
    rows = tab.get_by_role("row")
    for words, found, first in (
        (str(desk.dossiers[2]), 1, name(2)),
        ("le goff", 1, "Le Goff"),
        (desk.citizen.email, 9, name(8)),
    ):
        box.fill(words)
        box.press("Enter")
        expect(tab).to_have_url(re.compile(re.escape(urlencode({"recherche": words}))))
        expect(rows.nth(1)).to_contain_text(first)
        expect(rows).to_have_count(found + 1)
    box.fill("personne de ce nom")
    box.press("Enter")
    expect(tab.get_by_role("heading", name="Aucun dossier ne correspond")).to_be_visible()
    tab.get_by_role("link", name="Effacer la recherche").click()
    expect(rows).to_have_count(5)
    expect(box).to_have_value("")


def test_what_is_typed_while_a_search_runs_stays_and_keeps_the_focus(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, "/instruction")
    answers = Held(tab)
    tab.goto(the_list(desk))
    expect(tab.get_by_role("row")).to_have_count(5)
    box = tab.get_by_role("searchbox", name="Rechercher un dossier")
    answers.hold()
    box.fill("le goff")
    box.press("Enter")
    box.press_sequentially(" (Quimper)")
    answers.release()
    expect(tab).to_have_url(re.compile(re.escape("recherche=le+goff")))
    expect(tab.get_by_role("row")).to_have_count(2)
    expect(box).to_have_value("le goff (Quimper)")
    expect(box).to_be_focused()
    tab.go_back()
    expect(tab.get_by_role("row")).to_have_count(5)
    expect(box).to_have_value("le goff (Quimper)")
    box.fill("le goff")
    box.press("Enter")
    expect(tab.get_by_role("row")).to_have_count(2)
    tab.go_back()
    expect(tab.get_by_role("row")).to_have_count(5)
    expect(box).to_have_value("")


def test_the_list_by_keyboard(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_list(desk))
    expect(tab.get_by_role("row")).to_have_count(5)
    links = tab.locator("[data-row]")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    tab.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    tab.keyboard.press("/")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    listed = tab.get_by_role("dialog", name="Touches du clavier")
    expect(listed).to_be_visible()
    listed.get_by_role("checkbox").uncheck()
    listed.get_by_role("button", name="Fermer").click()
    tab.keyboard.press("j")
    expect(links.nth(0)).not_to_be_focused()
    tab.get_by_role("button", name="Touches").click()
    tab.get_by_role("dialog").get_by_role("checkbox").check()
    tab.keyboard.press("Escape")
    tab.get_by_role("heading", level=1).click()
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text(name(8))
    tab.keyboard.press("j")
    expect(tab.get_by_role("heading", level=1)).to_have_text(name(7))


def test_a_list_is_read_again_when_a_colleague_acts(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_list(desk))
    expect(tab.get_by_role("link", name="À suivre 4")).to_be_visible()
    colleague = as_someone(desk.colleague, the_dossier(desk, 8))
    colleague.get_by_role("button", name="Suivre", exact=True).click()
    expect(tab.get_by_role("link", name="À suivre 3")).to_be_visible()
    expect(tab.get_by_role("row")).to_have_count(4)


def test_the_procedure_of_others_shows_nothing(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.citizen, the_list(desk, "tous"))
    expect(tab.get_by_role("status").filter(has_text="n’existe pas ou ne vous est pas accessible")).to_be_visible()
    assert tab.get_by_role("row").count() == 0
    tab.goto(the_dossier(desk, 0))
    expect(tab.get_by_role("status").filter(has_text="Seuls les agents")).to_be_visible()
    assert "Librairie" not in tab.content()


# -- deciding -----------------------------------------------------------------------------------------------------
def test_an_agent_starts_accepts_and_takes_it_back(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_dossier(desk, 0))
    tab.get_by_role("button", name="Commencer l’instruction").dblclick()
    expect(tab.locator(".title .chip")).to_have_text("En instruction")
    expect(tab.get_by_text("Inès Belkacem (vous)")).to_be_visible()
    tab.get_by_role("button", name="Accepter…").click()
    dialog = tab.get_by_role("dialog", name="Accepter ce dossier")
    dialog.get_by_label("Raison").fill("Tout est conforme.\nBravo")
    dialog.get_by_role("button", name="Accepter le dossier").dblclick()
    expect(tab.locator(".title .chip")).to_have_text("Accepté")
    expect(tab.get_by_role("status").filter(has_text="prévenu par courriel")).to_be_visible()
    expect(tab.locator("aside .reason")).to_contain_text("Bravo")
    tab.get_by_role("link", name="Historique").click()
    expect(tab.get_by_role("list").locator("h3")).to_have_text(
        ["Dossier accepté", "Instruction commencée", "Dossier déposé"]
    )
    tab.get_by_role("button", name="Reprendre l’instruction").click()
    expect(tab.locator(".title .chip")).to_have_text("En instruction")


def test_a_refusal_needs_a_reason_and_may_be_put_off(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_dossier(desk, 1))
    refuse = tab.get_by_role("button", name="Refuser…")
    refuse.click()
    dialog = tab.get_by_role("dialog", name="Refuser ce dossier")
    dialog.get_by_role("button", name="Refuser le dossier").click()
    expect(dialog.get_by_text("Écrivez la raison de cette décision")).to_be_visible()
    expect(dialog.get_by_label("Raison")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(refuse).to_be_focused()
    refuse.press("Enter")
    dialog.get_by_label("Raison").fill("Hors délai.")
    dialog.get_by_role("button", name="Refuser le dossier").click()
    expect(tab.locator(".title .chip")).to_have_text("Refusé")


def test_a_colleague_s_decision_is_seen_at_once(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_dossier(desk, 1))
    expect(tab.get_by_role("button", name="Accepter…")).to_be_visible()
    other = as_someone(desk.colleague, the_dossier(desk, 1))
    other.get_by_role("button", name="Accepter…").click()
    other.get_by_role("dialog").get_by_role("button", name="Accepter le dossier").click()
    expect(tab.locator(".title .chip")).to_have_text("Accepté")
    expect(tab.get_by_role("button", name="Accepter…")).to_be_hidden()


def test_whoever_decides_second_reads_who_was_first(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_dossier(desk, 1))
    tab.get_by_role("button", name="Accepter…").click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    step(desk, desk.dossiers[1], "r", desk.colleague)  # outside the server, so that nothing wakes the tab
    tab.get_by_role("dialog").get_by_role("button", name="Accepter le dossier").click()
    expect(tab.get_by_role("status").filter(has_text="Marc Oliveira vient de changer ce dossier")).to_be_visible()
    expect(tab.locator(".title .chip")).to_have_text("Refusé")


def test_following_by_key(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_dossier(desk, 6))
    expect(tab.get_by_text("Personne ne suit ce dossier.")).to_be_visible()
    tab.keyboard.press("f")
    expect(tab.get_by_text("Inès Belkacem (vous)")).to_be_visible()
    tab.keyboard.press("f")
    expect(tab.get_by_text("Personne ne suit ce dossier.")).to_be_visible()
    tab.keyboard.press("u")
    expect(tab.get_by_role("link", name="Tous 9")).to_have_attribute("aria-current", "page")


# -- writing ------------------------------------------------------------------------------------------------------
def test_both_sides_write_and_read(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_dossier(desk, 0, "&onglet=messagerie"))
    expect(tab.get_by_text("la rampe est-elle fixe")).to_be_visible()
    box = tab.get_by_label("Votre message")
    box.fill("Bonjour,\noui, elle est fixe.")
    tab.get_by_role("button", name="Envoyer").dblclick()
    expect(tab.get_by_text("oui, elle est fixe.")).to_have_count(1)
    expect(box).to_have_value("")
    written = perform(desk.database, messages.thread, desk.dossiers[0], Side.APPLICANT, actor=desk.citizen)
    assert [message.body for message in written][1:] == ["Bonjour,\noui, elle est fixe."]
    assert written[0].read_at is not None


def test_the_citizen_reads_the_decision_and_the_message(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_dossier(desk, 1, "&onglet=messagerie"))
    tab.get_by_label("Votre message").fill("Votre rampe est conforme.")
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.get_by_text("Votre rampe est conforme.")).to_be_visible()
    tab.get_by_role("button", name="Accepter…").click()
    tab.get_by_role("dialog").get_by_label("Raison").fill("Dossier complet et conforme.")
    tab.get_by_role("dialog").get_by_role("button", name="Accepter le dossier").click()
    expect(tab.locator(".title .chip")).to_have_text("Accepté")
    citizen = as_someone(desk.citizen, f"/dossiers/{desk.dossiers[1]}", 390)
    expect(citizen.get_by_text("Dossier complet et conforme.").first).to_be_visible()
    expect(citizen.get_by_text("Votre rampe est conforme.")).to_be_visible()
    assert desk.agent.email not in citizen.content()


def test_a_message_too_long_is_refused_before_it_is_sent_and_kept(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, the_dossier(desk, 0, "&onglet=messagerie"))
    box = tab.get_by_label("Votre message")
    box.evaluate("(box, length) => { box.value = 'mot '.repeat(length / 4 + 1) }", MAX_LENGTH + 1)
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.get_by_text("Ce texte est trop long")).to_be_visible()
    assert len(box.input_value()) > MAX_LENGTH
    box.fill("Court.")
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.locator(".said-body").last).to_have_text("Court.")


# -- the account --------------------------------------------------------------------------------------------------
def test_one_s_name_and_devices(as_someone: AsSomeone, desk: Desk) -> None:
    elsewhere = as_someone(desk.colleague, "/profil")
    tab = as_someone(desk.colleague, "/profil")
    tab.get_by_label("Prénom").fill("Marco")
    tab.get_by_role("button", name="Enregistrer").click()
    expect(tab.get_by_role("status").filter(has_text="enregistré")).to_be_visible()
    tab.get_by_role("button", name="Déconnecter tous les autres").click()
    expect(tab.get_by_role("button", name="Déconnecter Chrome")).to_have_count(0)
    elsewhere.reload()
    expect(elsewhere).to_have_url(re.compile("/connexion"))
    opened = perform(desk.database, instruction.open_dossier, desk.dossiers[5], desk.procedure.id, actor=desk.agent)
    assert [follower.name for follower in opened.followers] == ["Marco Oliveira"]


def test_the_demonstration_shows_its_mails(as_someone: AsSomeone, desk: Desk) -> None:
    tab = as_someone(desk.agent, "/boite-d-envoi")
    expect(tab.get_by_role("article").first).to_contain_text(f"{desk.dossiers[1]}")
    expect(tab.get_by_role("article").first.get_by_role("link")).to_have_attribute("href", re.compile("^http"))


# -- for everybody ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing(as_someone: AsSomeone, desk: Desk, width: int, scheme: str) -> None:
    found: dict[str, list[str]] = {}
    tab = as_someone(desk.agent, "/instruction", width, scheme)
    for path in (
        "/instruction",
        the_list(desk, "tous"),
        f"/instruction/{desk.procedure.id}?recherche=rien",
        the_dossier(desk, 1),
        the_dossier(desk, 1, "&onglet=messagerie"),
        the_dossier(desk, 3, "&onglet=historique"),
        "/profil",
        "/boite-d-envoi",
        f"/en/instruction/{desk.procedure.id}",
    ):
        tab.goto(path)
        expect(tab.get_by_role("heading", level=1)).to_be_visible()
        expect(tab.get_by_text(re.compile("^(Lecture|Reading)"))).to_have_count(0)
        found |= _violations(tab, path)
    tab.goto(the_dossier(desk, 1))
    tab.get_by_role("button", name="Refuser…").click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    found |= _violations(tab, "the dialog")
    assert found == {}


def _violations(tab: Page, where: str) -> dict[str, list[str]]:
    results = Axe().run(tab, options={"runOnly": WCAG}).response["violations"]
    return {where: [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in results]} if results else {}


@pytest.mark.parametrize("path", ["list", "dossier"])
def test_a_phone_never_scrolls_sideways(as_someone: AsSomeone, desk: Desk, path: str) -> None:
    tab = as_someone(desk.agent, the_list(desk, "tous") if path == "list" else the_dossier(desk, 1), 320)
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    expect(tab.get_by_text(re.compile("^Lecture"))).to_have_count(0)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
