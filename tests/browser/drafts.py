"""An applicant with a draft of their own, opened in the browser."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dsbuilder import clock
from dsbuilder.actions import filing, filling
from dsbuilder.actions.context import perform
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import Field
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow
from tests.browser.conftest import PATIENCE, watch
from tests.builders import an_actor
from tests.forms import an_open_procedure
from tests.furnished import a_cookie
from tests.running import Site

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Filling:
    """An applicant with a named draft in a procedure of their own."""

    site: Site
    database: Database
    path: str
    applicant: Actor
    number: int

    @property
    def form(self) -> str:
        """The address of the form."""
        return f"/dossiers/{self.number}/formulaire"

    def answers(self) -> Answers:
        """What is kept."""
        return perform(self.database, filling.read_dossier, self.number, actor=self.applicant).answers

    def state(self) -> str:
        """Where the dossier stands."""
        with self.database.reading() as db:
            return db.get_one(DossierRow, self.number).state


def a_filling(site: Site, database: Database, make: Callable[[int], Sequence[Field]]) -> Filling:
    """A draft of a form of its own; `make` makes its fields, whose ids follow a first one."""
    place = next(_numbers)
    path = f"a-remplir-{place}"
    an_open_procedure(database, *make(900_000 + 100 * place), path=path)
    applicant = an_actor(database, f"usager{place}@example.fr")
    number = perform(database, filing.start, path, actor=applicant, now=clock.now())
    perform(database, filing.identify, number, "Mme", "Camille", "Martin", actor=applicant, now=clock.now())
    return Filling(site, database, path, applicant, number)


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens an address as the applicant; an error in a console fails the test, unless it is `allowed`."""
    troubles: list[tuple[list[str], str]] = []
    with ExitStack() as stack:

        def a_page(
            draft: Filling, path: str = "", *, context: BrowserContext | None = None, allowed: str = "-"
        ) -> Page:
            context = context or stack.enter_context(person(browser, draft))
            tab = context.new_page()
            troubles.append((watch(tab), allowed))
            tab.goto(path or draft.form)
            expect(tab.locator("h1")).to_be_visible()
            return tab

        yield a_page
    assert [said for each, allowed in troubles for said in each if not re.search(allowed, said)] == []


def person(browser: Browser, draft: Filling) -> BrowserContext:
    context = browser.new_context(base_url=draft.site.url, locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_cookies(
        [{"name": "dsbuilder", "value": a_cookie(draft.database, draft.applicant), "url": draft.site.url}]
    )
    return context
