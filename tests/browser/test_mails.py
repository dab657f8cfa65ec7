"""An administrator words the mail of acceptance with the column of a table; a dossier accepted then tells its value."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from dsbuilder import clock
from dsbuilder.actions import depositing, filing, filling, instruction
from dsbuilder.actions.context import perform
from dsbuilder.storage import mails, procedures
from dsbuilder.storage.database import Database
from tests.browser.people import ADMINISTRATOR, CITIZEN, actor_of, sign_in
from tests.builders import in_one
from tests.forms import a_field, an_open_procedure
from tests.running import Site

VILLES = ("Commune,Code postal", "Brest,29200", "Caen,14000")


def test_an_administrator_words_the_mail_of_acceptance(
    page: Page, someone: BrowserContext, site: Site, database: Database
) -> None:
    ada, citizen = actor_of(database, ADMINISTRATOR), actor_of(database, CITIZEN)
    first = in_one(database, procedures.new_field_ids, 2)[0]
    field = a_field(first, "drop_down_list", "Ville", drop_down_table=VILLES)
    procedure = an_open_procedure(database, field, path=f"villes-{first}", administrator=ada)
    in_one(database, procedures.add_instructor, procedure.id, ada.account_id)
    sign_in(someone, site, ADMINISTRATOR)
    page.goto(f"/admin/demarches/{procedure.id}")
    page.get_by_role("link", name="Rédiger les courriels").click()
    page.get_by_role("link", name="Acceptation").click()
    text = page.get_by_label("Texte")
    expect(text).to_contain_text("est accepté")
    preview = page.get_by_role("article")

    text.fill("Rendez-vous au code .")
    text.press("ArrowLeft")
    search = page.get_by_label("Chercher une balise")
    search.fill("code post")
    search.press("Enter")
    expect(text).to_be_focused()
    expect(text).to_have_value("Rendez-vous au code --Ville – Code postal--.")
    expect(preview).to_contain_text(re.compile(r"Rendez-vous au code (29200|14000)\."))  # of a made-up dossier

    subject = page.get_by_label("Objet")
    subject.fill("Bravo --prenom--")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Vouliez-vous écrire --prénom--")).to_be_visible()
    expect(subject).to_be_focused()
    subject.fill("Bravo ")
    search.fill("")
    page.get_by_role("button", name="prénom", exact=True).click()
    expect(subject).to_have_value("Bravo --prénom--")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le courriel est enregistré.")).to_be_visible()

    number = perform(database, filing.start, procedure.path, actor=citizen, now=clock.now())
    perform(database, filing.identify, number, "Mme", "Nour", "Lambert", actor=citizen)
    perform(database, filling.answer, number, str(first), "Caen", actor=citizen)
    perform(database, depositing.submit, number, actor=citizen)
    for action in (instruction.start_instruction, instruction.accept):
        seen = perform(database, instruction.open_dossier, number, procedure.id, actor=ada).seen
        perform(database, action, number, seen, actor=ada)
    with database.reading() as db:
        sent = mails.latest(db, CITIZEN)[0]
    assert sent.subject == "Bravo Nour"
    assert sent.text.startswith("Rendez-vous au code 14000.\n\nVoir mon dossier\n")
