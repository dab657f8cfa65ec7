"""Every page of the site with someone who may see it, for the checks that concern all."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from dsbuilder import clock
from dsbuilder.actions import filing, my_dossiers
from dsbuilder.actions import procedures as procedure_actions
from dsbuilder.actions.context import perform
from dsbuilder.components.words import localised
from dsbuilder.pages.routes import PAGES, Audience
from tests.browser.people import ADMINISTRATOR, AGENT, CITIZEN, actor_of, database_of, sign_in
from tests.running import Site

WHO = {
    Audience.EVERYONE: "",
    Audience.ACCOUNT: CITIZEN,
    Audience.APPLICANT: CITIZEN,
    Audience.INSTRUCTOR: AGENT,
    Audience.ADMINISTRATOR: ADMINISTRATOR,
}
MISSING = "/nulle-part"
# Drawn by the server as plain HTML.
SERVED = ("/commencer/atelier-velo", "/connexion", "/inscription", "/mot-de-passe", MISSING)


@dataclass(frozen=True, slots=True)
class Visit:
    """One page to look at: its address, who looks (nobody when empty), and a name for its picture."""

    path: str
    email: str

    @property
    def name(self) -> str:
        """A file's name."""
        return self.path.strip("/").replace("/", "-") or "accueil"


def visits(site: Site) -> list[Visit]:
    """Every page, with numbers of the demonstration in its address."""
    numbers = _numbers(site)
    drawn = [Visit(_filled(page.path, numbers), WHO[page.audience]) for page in PAGES]
    in_english = [Visit(localised(visit.path, "en"), visit.email) for visit in drawn if visit.path.count("/") > 2]
    return [*drawn, *in_english, *(Visit(path, "") for path in SERVED)]


def watch(tab: Page, troubles: list[str] | None = None) -> list[str]:
    """What goes wrong in a tab from now on: uncaught errors, and what the console calls an error."""
    troubles = [] if troubles is None else troubles
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    return troubles


@contextmanager
def opened(browser: Browser, site: Site, look: Mapping[str, Any]) -> Iterator[Iterator[tuple[Visit, Page, list[str]]]]:
    """Every page in turn, drawn, with its data, and what went wrong meanwhile.

    Each person keeps one browser, so that scripts are fetched once.
    """
    with ExitStack() as stack:
        contexts: dict[str, BrowserContext] = {}

        def pages() -> Iterator[tuple[Visit, Page, list[str]]]:
            for visit in visits(site):
                if visit.email not in contexts:
                    contexts[visit.email] = stack.enter_context(browser.new_context(locale="fr-FR", **look))
                    if visit.email:
                        sign_in(contexts[visit.email], site, visit.email)
                page = contexts[visit.email].new_page()
                troubles = watch(page)
                page.goto(site.url + visit.path)
                page.locator("h1").first.wait_for(state="attached")  # the editor hides it on a phone
                page.wait_for_load_state("networkidle")
                yield visit, page, troubles
                page.close()

        yield pages()


def _filled(path: str, numbers: dict[str, int]) -> str:
    if path.startswith("/dossiers"):
        step = path.rpartition("/")[2]
        number = numbers["draft"] if step in ("identite", "formulaire", "verifier") else numbers["deposited"]
        return path.replace("[number]", str(number))
    return (
        path.replace("[number]", str(numbers["procedure"]))
        .replace("[dossier]", str(numbers["deposited"]))
        .replace("[mail]", "accepte")
    )


def _numbers(site: Site) -> dict[str, int]:
    """The first procedure and deposited dossier of the demonstration, and a draft of the same citizen."""
    with database_of(site) as database:
        citizen, administrator = (actor_of(database, email) for email in (CITIZEN, ADMINISTRATOR))
        draft = perform(database, filing.start, "atelier-velo", actor=citizen, now=clock.now())
        perform(database, filing.identify, draft, "Mme", "Nour", "Lambert", actor=citizen, now=clock.now())
        deposited = perform(database, my_dossiers.mine, my_dossiers.MyTab.IN_PROGRESS, actor=citizen).items
        found = perform(database, procedure_actions.my_procedures, actor=administrator)
        workshop = next(row.number for row in found if "vélos" in row.title)
    return {"draft": draft, "deposited": min(row.number for row in deposited), "procedure": workshop}
