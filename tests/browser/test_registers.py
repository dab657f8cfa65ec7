"""Questions that outside registers answer, in Chromium: with every service up, every one down, every one talking nonsense."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dsbuilder.domain.procedure import Field
from dsbuilder.integrations.stand_in import Fault, StandIn, stand_in
from dsbuilder.integrations.stand_in_answers import SERVICES
from dsbuilder.storage.database import open_database
from tests.browser.drafts import Filling, Open, a_filling, opened
from tests.forms import a_field
from tests.running import Site, running_site

__all__ = ["opened"]
SIRET, OTHER, UNKNOWN = "000 123 455 00016", "000 234 567 00022", "120 027 016 00563"


@pytest.fixture(scope="module")
def local() -> Iterator[StandIn]:
    with stand_in() as made:
        yield made


@pytest.fixture(scope="module")
def outside(built: None, local: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, whose registers are those that the test can break."""
    addresses = {f"DSBUILDER_{service.upper()}_URL": local.at(service) for service in SERVICES}
    folder: Path = tmp_path_factory.mktemp("registers") / "data"
    with running_site(folder, env={**os.environ, **addresses}) as running:
        yield running


@pytest.fixture(autouse=True)
def sound(local: StandIn) -> Iterator[None]:
    yield
    local.fail(None)


def the_fields(first: int) -> list[Field]:
    return [
        a_field(first + 1, "header_section", "Votre entreprise"),
        a_field(first + 2, "siret", "SIRET de l’établissement"),
        a_field(first + 3, "text", "Votre nom"),
    ]


@pytest.fixture
def draft(outside: Site) -> Iterator[Filling]:
    database = open_database(f"sqlite:///{outside.data_dir / 'dsbuilder.sqlite3'}")
    yield a_filling(outside, database, the_fields)
    database.dispose()


def siret(tab: Page, number: str) -> None:
    box = tab.get_by_label("SIRET de l’établissement")
    box.fill(number)
    box.blur()


def test_a_number_is_looked_up_and_what_is_found_is_shown(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    siret(tab, SIRET)
    expect(tab.get_by_role("status").filter(has_text="Trouvé dans")).to_contain_text("ATELIER ROUSSEL")
    tab.reload()
    expect(tab.get_by_role("status").filter(has_text="Trouvé dans")).to_contain_text("7 rue des Tilleuls")
    siret(tab, UNKNOWN)
    expect(tab.get_by_role("status").filter(has_text="Aucun établissement")).to_be_visible()
    expect(tab.get_by_text("ATELIER ROUSSEL")).to_have_count(0)


def test_a_slow_register_delays_no_other_answer(opened: Open, draft: Filling, local: StandIn) -> None:
    local.fail(Fault.SLOW)
    tab = opened(draft)
    siret(tab, OTHER)  # what one has just found is remembered for a while
    expect(tab.get_by_role("status").filter(has_text="Vérification")).to_be_visible()
    tab.get_by_label("Votre nom").fill("Camille")
    tab.get_by_label("Votre nom").blur()
    expect(tab.locator("#avancement")).to_have_text("2 sur 2 réponses données")
    expect(tab.get_by_role("status").filter(has_text="Vérification")).to_be_visible()  # and it is still asking
    expect(tab.get_by_role("status").filter(has_text="Pas encore vérifié")).to_be_visible()
    local.fail(None)
    expect(tab.get_by_role("status").filter(has_text="Trouvé dans")).to_be_visible()  # the job asked again
