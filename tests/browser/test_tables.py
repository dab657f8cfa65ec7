"""A list from a CSV table: sent in the editor, shown, replaced, undone; then chosen from in the form."""

from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from dsbuilder.actions import drafting, procedures
from dsbuilder.actions.context import perform
from dsbuilder.domain.fields.table import TableRow
from dsbuilder.domain.procedure import Field
from dsbuilder.storage.database import Database
from tests.browser.drafts import Open, a_filling, opened
from tests.browser.people import ADMINISTRATOR, actor_of, sign_in
from tests.forms import a_field
from tests.running import Site

__all__ = ["opened"]
CSV = "Commune;Code postal;Région\nBrest;29200;Bretagne\nCaen;14000;Normandie\n"


@pytest.fixture
def editor(page: Page, someone: BrowserContext, site: Site, database: Database) -> Page:
    """The editor of a form with one list, selected."""
    ada = actor_of(database, ADMINISTRATOR)
    number = perform(database, procedures.create, "Villes", actor=ada)
    id = perform(database, drafting.add, number, "drop_down_list", None, None, 0, actor=ada).added
    perform(database, drafting.change, number, id, 0, label="Ville", actor=ada)
    sign_in(someone, site, ADMINISTRATOR)
    page.goto(f"/admin/demarches/{number}/formulaire?champ={id}")
    expect(page.locator("#reglages").get_by_text("Tableau des options")).to_be_visible()
    return page


def send(pane: Locator, content: str | bytes, name: str = "villes.csv") -> None:
    buffer = content if isinstance(content, bytes) else content.encode()
    pane.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": buffer})


def test_a_table_is_sent_shown_replaced_undone_and_taken_out(editor: Page) -> None:
    pane = editor.locator("#reglages")
    expect(editor.get_by_role("article", name="Ville")).to_be_visible()
    send(pane, CSV.encode("cp1252"))
    expect(pane.get_by_text("2 lignes, avec les colonnes « Commune », « Code postal », « Région ».")).to_be_visible()
    expect(pane.get_by_role("listitem")).to_have_text(["Brest 29200, Bretagne", "Caen 14000, Normandie"])
    send(pane, "Commune;Code\nNantes;44000\n")
    expect(pane.get_by_role("listitem")).to_have_text(["Nantes 44000"])
    editor.get_by_role("button", name="Annuler").first.click()
    expect(pane.get_by_role("listitem")).to_have_count(2)
    pane.get_by_role("button", name="Retirer le tableau").click()
    expect(pane.get_by_role("listitem")).to_have_count(0)
    expect(pane.get_by_text("Choisir un fichier CSV")).to_be_visible()


def test_what_cannot_be_used_is_said_and_the_next_file_is_taken(editor: Page) -> None:
    pane = editor.locator("#reglages")
    send(pane, "")
    expect(pane.get_by_role("alert")).to_contain_text("Ce fichier est vide.")
    send(pane, CSV)
    expect(pane.get_by_role("listitem")).to_have_count(2)
    expect(pane.get_by_role("alert")).to_have_count(0)


def test_the_editor_with_a_table_is_accessible(editor: Page) -> None:
    pane = editor.locator("#reglages")
    send(pane, CSV)
    expect(pane.get_by_role("listitem")).to_have_count(2)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = Axe().run(editor, context="#reglages", options={"runOnly": {"type": "tag", "values": tags}})
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in run.response["violations"]] == []


def a_form(first: int) -> Sequence[Field]:
    few = ("Commune,Code", "Brest,29200", "Caen,14000", "Nantes,44000")
    some = ("Commune,Code", *(f"Bourg {n},{n:05}" for n in range(12)))
    many = ("Commune,Code", *(f"Commune {n},{n:05}" for n in range(3000)))
    tables = (("Une ville", few), ("Un bourg", some), ("Une commune", many))
    return [
        a_field(first + place, "drop_down_list", label, drop_down_table=lines)
        for place, (label, lines) in enumerate(tables)
    ]


def test_an_applicant_chooses_rows_and_finds_them_again(site: Site, database: Database, opened: Open) -> None:
    draft = a_filling(site, database, a_form)
    tab = opened(draft)
    tab.get_by_label("Caen").check()
    tab.get_by_label("Un bourg").select_option(label="Bourg 7")
    box = tab.get_by_role("combobox", name="Une commune")
    box.press_sequentially("commune 2987")
    tab.get_by_role("option", name="Commune 2987").click()
    expect(box).to_have_value("Commune 2987")
    expect(tab.get_by_text("Enregistré à").first).to_be_visible()
    tab = opened(draft)
    expect(tab.get_by_label("Caen")).to_be_checked()
    expect(tab.get_by_label("Un bourg")).to_have_value("Bourg 7")
    expect(tab.get_by_role("combobox", name="Une commune")).to_have_value("Commune 2987")
    rows = [answer.value for answer in draft.answers().values()]
    assert all(isinstance(row, TableRow) for row in rows)
    assert sorted(row.cell("Code") for row in rows) == ["00007", "02987", "14000"]


# -- reference data ------------------------------------------------------------------------------------------------
BOATS = ("Matricule,Nom,Port", "BR-0001,La Rose des vents,Belle-Rive", "BR-0002,L’Étoile,Port-Vieux")


def test_reference_data_may_come_from_a_table(
    page: Page, someone: BrowserContext, site: Site, database: Database
) -> None:
    ada = actor_of(database, ADMINISTRATOR)
    number = perform(database, procedures.create, "Bateaux", actor=ada)
    id = perform(database, drafting.add, number, "referentiel", None, None, 0, actor=ada).added
    perform(database, drafting.change, number, id, 0, label="Bateau", actor=ada)
    sign_in(someone, site, ADMINISTRATOR)
    page.goto(f"/admin/demarches/{number}/formulaire?champ={id}")
    pane = page.locator("#reglages")
    expect(pane.get_by_label("Adresse de l’API")).to_be_visible()
    pane.get_by_label("Un tableau CSV").check()
    expect(pane.get_by_label("Adresse de l’API")).to_have_count(0)
    expect(pane.get_by_text("Choisissez un fichier CSV dont la première colonne est l’identifiant.")).to_be_visible()
    send(pane, "\n".join(BOATS))
    expect(pane.get_by_role("listitem").first).to_have_text("BR-0001 La Rose des vents, Belle-Rive")
    expect(pane.get_by_text("Choisissez un fichier CSV dont la première colonne")).to_have_count(0)
    accessible(page, "#reglages")


def test_an_applicant_finds_a_line_of_reference_data(site: Site, database: Database, opened: Open) -> None:
    def a_form(first: int) -> Sequence[Field]:
        table = {"referentiel_source": "csv", "referentiel_table": BOATS}
        return [
            a_field(first, "referentiel", "Matricule", **table),
            a_field(first + 1, "referentiel", "Bateau", **table, referentiel_mode="autocomplete"),
        ]

    draft = a_filling(site, database, a_form)
    tab = opened(draft)
    told = tab.get_by_role("status")
    number = tab.get_by_label("Matricule", exact=True)
    number.fill("BR-0009")
    number.blur()
    expect(told.filter(has_text="Le référentiel ne connaît pas cet identifiant.")).to_be_visible()
    number.fill("br-0002")
    number.blur()
    expect(told.filter(has_text="Trouvé dans le référentiel.").filter(has_text="Port-Vieux")).to_be_visible()
    box = tab.get_by_role("combobox", name="Bateau")
    box.press_sequentially("rose")
    tab.get_by_role("option", name="La Rose des vents (BR-0001)").click()
    expect(told.filter(has_text="Belle-Rive")).to_be_visible()
    accessible(tab, "main")
    assert [answer.value.words[0] for answer in draft.answers().values()] == ["BR-0002", "BR-0001"]


def accessible(page: Page, context: str) -> None:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = Axe().run(page, context=context, options={"runOnly": {"type": "tag", "values": tags}})
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in run.response["violations"]] == []
