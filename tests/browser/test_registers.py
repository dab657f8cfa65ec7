"""Questions that outside registers answer, in Chromium: with every service up, every one down, every one talking nonsense."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from dsbuilder import clock
from dsbuilder.actions import filing
from dsbuilder.actions.context import perform
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import Field
from dsbuilder.integrations.stand_in import Fault, StandIn, stand_in
from dsbuilder.integrations.stand_in_answers import SERVICES
from dsbuilder.storage.database import Database, open_database
from tests.browser.drafts import Filling, Open, a_filling, opened, person
from tests.browser.test_accessibility import RULES, wider_than_the_window
from tests.builders import an_actor, an_instructor
from tests.forms import a_field, an_open_procedure
from tests.running import Site, running_site

__all__ = ["opened"]
SIRET, OTHER, UNKNOWN = "000 123 455 00016", "356 000 000 90002", "120 027 016 00563"


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


# -- every kind ----------------------------------------------------------------------------------------------------
API = "https://bateaux.exemple.gouv.fr/bateaux"
KINDS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("address", "Adresse du siège", {}),
    ("siret", "SIRET", {}),
    ("rna", "Association", {}),
    ("rnf", "Fondation", {}),
    ("annuaire_education", "École", {}),
    ("cnaf", "CAF", {}),
    ("dgfip", "Impôts", {}),
    ("pole_emploi", "France Travail", {}),
    ("mesri", "INE", {}),
    ("cojo", "Jeux", {}),
    (
        "referentiel",
        "Bateau",
        {
            "referentiel_url": f"{API}/{{id}}",
            "referentiel_mode": "autocomplete",
            "referentiel_search_url": f"{API}?q={{id}}",
            "referentiel_datasource": "$.bateaux",
            "referentiel_value": "$.id",
            "referentiel_label": "$.nom",
            "referentiel_mapping": ("Port = $.port.nom",),
        },
    ),
    ("address", "Adresse à l’étranger", {}),
)
ASKED = 10  # of them ask a register
# What is typed in each run: what was found once is remembered, so that another run asks about other things.
TYPED: dict[str, tuple[str, ...]] = {
    "up": (
        "7 Rue des Tilleuls 29200 Belle-Rive",
        "00012345500016",
        "W291000001",
        "029-FDD-00001-01",
        "0299003D",
        "BR-0001",
    ),
    "garbage": (
        "4 Rue du Moulin 29200 Belle-Rive",
        "00023456700022",
        "W291000002",
        "029-FDD-00009-01",
        "0299001B",
        "BR-0002",
    ),
    "down": (
        "1 Quai des Brumes 29200 Belle-Rive",
        "00034567800015",
        "W291000003",
        "029-FDD-00008-01",
        "0299002C",
        "BR-0003",
    ),
}
FAULTS = {"up": None, "garbage": Fault.GARBAGE, "down": Fault.CLOSED}


def a_dossier(outside: Site, database: Database, run: str) -> tuple[Filling, Actor, int]:
    """A draft with every kind, and an agent who will see it."""
    fields = [a_field(910_000 + place, kind, label, **options) for place, (kind, label, options) in enumerate(KINDS)]
    procedure = an_open_procedure(database, *fields, path=f"tous-{run}")
    applicant, agent = (
        an_actor(database, f"{run}@example.fr"),
        an_instructor(database, procedure, f"agent-{run}@example.fr"),
    )
    number = perform(database, filing.start, f"tous-{run}", actor=applicant, now=clock.now())
    perform(database, filing.identify, number, "Mme", "Camille", "Martin", actor=applicant, now=clock.now())
    return Filling(outside, database, f"tous-{run}", applicant, number), agent, procedure.id or 0


def typed(box: Locator, text: str) -> None:
    box.fill(text)
    box.blur()


def fill_all(tab: Page, run: str) -> None:
    address, siret, rna, rnf, school, boat = TYPED[run]
    for label, text in (
        ("Adresse du siège", address),
        ("SIRET", siret),
        ("Association", rna),
        ("Fondation", rnf),
        ("École", school),
        ("France Travail", "nour_lambert_29"),
        ("INE", "0290LAM0001"),
        ("Bateau", boat),
    ):
        typed(tab.get_by_label(label, exact=True), text)
    for label, texts in (
        ("CAF", ("1234567", "29200")),
        ("Impôts", ("2926000000001", "2926A00000001")),
        ("Jeux", ("123456", "1991-04-12")),
    ):
        for place, text in enumerate(texts):
            typed(tab.get_by_role("group", name=label).locator("input").nth(place), text)
    abroad = tab.locator(".field:not(.part)", has=tab.get_by_label("Adresse à l’étranger", exact=True))
    abroad.locator("summary").click()
    for place, text in ((3, "Belgique"), (0, "Rue Longue 4"), (1, "B-1000"), (2, "Bruxelles")):
        typed(abroad.locator(".parts input").nth(place), text)
    expect(tab.locator("#avancement")).to_have_text(f"{len(KINDS)} sur {len(KINDS)} réponses données")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("run", ["up", "garbage", "down"])
def test_a_form_of_every_kind_is_filled_and_deposited_whatever_the_registers_do(
    opened: Open, browser: Browser, outside: Site, local: StandIn, run: str
) -> None:
    database = open_database(f"sqlite:///{outside.data_dir / 'dsbuilder.sqlite3'}")
    draft, agent, procedure = a_dossier(outside, database, run)
    local.fail(FAULTS[run])
    tab = opened(draft)
    fill_all(tab, run)
    sentence = "Trouvé dans" if run == "up" else "Pas encore vérifié"
    print(run, tab.locator(".register").all_inner_texts())
    said = tab.locator(".register").filter(has_text=re.compile(r"\S"))
    expect(said).to_contain_text([*[sentence] * ASKED, "Saisi à la main"])
    print(run, tab.locator(".register").all_inner_texts())
    assert_sound(tab)
    tab.get_by_role("button", name="Vérifier mes réponses").click()
    tab.wait_for_url(re.compile(r"/verifier"))
    assert_sound(tab)
    tab.get_by_role("button", name="Déposer mon dossier").click()
    tab.wait_for_url(re.compile(r"/merci"))
    with person(browser, Filling(outside, database, draft.path, agent, draft.number)) as desk:
        read = desk.new_page()
        read.goto(f"/instruction/{procedure}/dossiers/{draft.number}")
        expect(read.locator("h1")).to_be_visible()
        told = "Trouvé dans" if run == "up" else "Non vérifié"
        expect(read.locator(".register").filter(has_text=told)).to_have_count(ASKED)
        expect(read.get_by_text("Rue Longue 4, B-1000 Bruxelles, Belgique")).to_be_visible()
        if run == "up":
            expect(read.get_by_text("24 310")).to_be_visible()  # the tax income, which only the agent sees
            assert_sound(read)
        else:
            local.fail(None)
            expect(read.locator(".register").filter(has_text="Trouvé dans").first).to_be_visible(timeout=90_000)
    database.dispose()


def assert_sound(tab: Page) -> None:
    found = Axe().run(tab, options=RULES).response
    assert [(rule["id"], node["html"][:200]) for rule in found["violations"] for node in rule["nodes"]] == []
    assert not wider_than_the_window(tab)


def test_a_choice_is_made_among_what_a_register_offers_with_the_keyboard(
    opened: Open, outside: Site, local: StandIn
) -> None:
    database = open_database(f"sqlite:///{outside.data_dir / 'dsbuilder.sqlite3'}")
    tab = opened(a_dossier(outside, database, "clavier")[0])
    for label, letters, chosen in (
        ("Adresse du siège", "12 avenue de la", "12 Avenue de la Gare 29200 Belle-Rive"),
        ("École", "collège", "Collège Jeanne Keller, Belle-Rive (0299002C)"),
        ("Bateau", "rose", "La Rose des vents (BR-0001)"),
    ):
        box = tab.get_by_label(label, exact=True)
        box.click()
        box.press_sequentially(letters, delay=20)
        expect(tab.get_by_role("option", name=chosen)).to_be_visible()
        box.press("ArrowDown")
        box.press("Enter")
        expect(box).to_have_value(chosen)
        expect(tab.locator(".field", has=box).get_by_text("Trouvé dans")).to_be_visible()
    database.dispose()


def test_an_address_is_found_again_after_it_was_described_by_hand(opened: Open, outside: Site) -> None:
    database = open_database(f"sqlite:///{outside.data_dir / 'dsbuilder.sqlite3'}")
    tab = opened(a_dossier(outside, database, "main")[0])
    field = tab.locator(".field:not(.part)", has=tab.get_by_label("Adresse du siège", exact=True))
    field.locator("summary").click()
    typed(field.locator(".parts input").nth(0), "7 rue Haute")
    expect(field.get_by_text("Saisi à la main")).to_be_visible()
    tab.reload()
    expect(field.locator(".parts input").nth(0)).to_have_value("7 rue Haute")  # unfolded again
    box = tab.get_by_label("Adresse du siège", exact=True)
    box.click()
    box.fill("")
    box.press_sequentially("4 rue des til", delay=20)
    tab.get_by_role("option").first.click()
    expect(field.get_by_text("Trouvé dans la Base Adresse Nationale")).to_be_visible()
    expect(field.locator(".parts input").nth(0)).to_have_value("")
    database.dispose()
