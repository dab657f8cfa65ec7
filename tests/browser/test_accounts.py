"""Accounts in a real browser, whose own headers a test client can only imitate; without JavaScript too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.people import ADMINISTRATOR, CITIZEN, database_of
from tests.builders import PASSWORD, mailed_token
from tests.running import Site

NEW_PASSWORD = "trois vélos dans un couloir"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Someone on a phone who comes for the first time."""
    with browser.new_context(
        base_url=site.url, java_script_enabled=request.param, viewport={"width": 390, "height": 800}
    ) as context:
        context.set_default_timeout(PATIENCE)
        yield context


def mailed(site: Site, email: str) -> str:
    with database_of(site) as database:
        return mailed_token(database, email)


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("Adresse électronique").first.fill(email)
    page.get_by_label("Mot de passe").first.fill(password)
    page.get_by_role("button", name="Se connecter").click()


def test_a_citizen_opens_an_account_forgets_the_password_and_comes_back(
    visitor: BrowserContext, site: Site, request: pytest.FixtureRequest
) -> None:
    email = f"camille{'1' if 'with scripts' in request.node.name else '2'}@example.fr"
    page = visitor.new_page()
    page.goto("/inscription?next=/personal")
    page.locator("#i-adresse").fill(email)
    page.locator("#i-mot-de-passe").fill("court")
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.locator("#i-mot-de-passe-erreur")).to_contain_text("au moins 12 caractères")
    expect(page.locator("#i-adresse")).to_have_value(email)
    page.locator("#i-mot-de-passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Consultez votre messagerie")

    page.goto(f"/confirmation?jeton={mailed(site, email)}")
    page.get_by_role("button", name="Confirmer mon adresse").click()
    page.wait_for_url("**/personal")
    assert any(cookie["name"] == "dsbuilder" and cookie["httpOnly"] for cookie in visitor.cookies())

    visitor.clear_cookies()
    page.goto("/mot-de-passe")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Consultez votre messagerie")
    page.goto(f"/mot-de-passe/nouveau?jeton={mailed(site, email)}")
    page.locator("#mot-de-passe").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("Votre mot de passe est enregistré")
    sign_in(page, email, PASSWORD)
    expect(page.locator("#c-mot-de-passe-erreur")).to_contain_text("inconnu")
    sign_in(page, email, NEW_PASSWORD)
    page.wait_for_url("**/dossiers**")


def test_a_password_is_shown_on_demand(page: Page) -> None:
    page.goto("/connexion")
    page.locator("#c-mot-de-passe").fill("secret")
    button = page.get_by_role("button", name="Afficher").first
    button.click()
    expect(page.locator("#c-mot-de-passe")).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(page.locator("#c-mot-de-passe")).to_have_attribute("type", "password")


def test_who_is_signed_in_finds_their_place_and_leaves(page: Page, site: Site) -> None:
    page.goto("/connexion")
    sign_in(page, ADMINISTRATOR, site.password)
    page.wait_for_url("**/admin**")
    page.goto("/mot-de-passe/changer")
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("status")).to_have_text("Vous êtes déconnecté.")
    page.goto("/mot-de-passe/changer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre compte")


def test_another_site_signs_nobody_in(someone: BrowserContext, site: Site) -> None:
    page = someone.new_page()  # whose console calls the refusal an error
    page.route(
        "http://evil.example/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"""<form method="post" action="{site.url}/connexion">
              <input name="email" value="{CITIZEN}"><input name="password" value="{site.password}">
              <button>go</button></form>""",
        ),
    )
    page.goto("http://evil.example/")
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce n’est pas possible")
    assert someone.cookies() == []


def test_in_the_demonstration_the_link_is_found_in_the_outbox(page: Page) -> None:
    page.goto("/inscription")
    page.locator("#i-adresse").fill("visiteur@example.fr")
    page.locator("#i-mot-de-passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    page.get_by_role("link", name="Voir les messages envoyés").click()
    page.get_by_role("link", name="Confirmer mon adresse").first.click()
    page.get_by_role("button", name="Confirmer mon adresse").click()
    page.wait_for_url("**/dossiers**")
