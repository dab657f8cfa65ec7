"""The settings of a formatted text and of an attachment: what means nothing is not shown, what is wrong is said."""

from playwright.sync_api import Page, expect

from dsbuilder.actions import drafting
from dsbuilder.actions.context import perform
from dsbuilder.storage.database import Database
from tests.browser.people import ADMINISTRATOR, actor_of
from tests.browser.test_accessibility import wrong_on
from tests.browser.test_editor import editor, number

__all__ = ["editor", "number"]


def options_of(database: Database, number: int, kind: str) -> object:
    """What is kept of the only field of that kind."""
    draft = perform(database, drafting.open_draft, number, actor=actor_of(database, ADMINISTRATOR))
    return next(field.options for field in draft.revision.walk() if field.kind == kind)


def fill(page: Page, label: str, text: str) -> None:
    page.locator("#reglages").get_by_label(label, exact=True).fill(text)
    page.locator("#reglages").get_by_label(label, exact=True).press("Tab")


def test_an_expression_is_set_with_its_example_and_its_mistakes_are_said(
    editor: Page, database: Database, number: int
) -> None:
    editor.get_by_role("button", name="Texte à format imposé", exact=True).click()
    panel = editor.locator("#reglages")
    expect(panel.get_by_label("Accepter les lettres")).to_be_visible()
    expect(panel.get_by_label("Expression régulière", exact=True)).to_have_count(0)
    panel.get_by_label("Avancé : expression régulière").check()
    expect(panel.get_by_label("Expression régulière", exact=True)).to_be_visible()
    expect(panel.get_by_label("Accepter les lettres")).to_have_count(0)
    expect(panel.get_by_text("L’expression régulière manque")).to_be_visible()
    fill(editor, "Expression régulière", "^(?=.*[0-9]).{8}$")
    expect(panel.get_by_text("regarde autour du texte")).to_be_visible()
    fill(editor, "Expression régulière", "^[A-Z]{2}-[0-9]{3}$")
    expect(panel.get_by_text("Donnez un exemple")).to_be_visible()
    fill(editor, "Exemple de réponse acceptée", "ab-123")
    expect(panel.get_by_text("n’est pas accepté par l’expression")).to_be_visible()
    fill(editor, "Exemple de réponse acceptée", "AB-123")
    expect(panel.get_by_text("n’est pas accepté par l’expression")).to_have_count(0)
    assert wrong_on(editor) == []
    kept = options_of(database, number, "formatted")
    assert (kept.expression_reguliere, kept.expression_reguliere_exemple_text) == ("^[A-Z]{2}-[0-9]{3}$", "AB-123")


def test_an_identity_document_leaves_nothing_to_set_of_its_formats(
    editor: Page, database: Database, number: int
) -> None:
    editor.get_by_role("button", name="Pièce à joindre", exact=True).click()
    panel = editor.locator("#reglages")
    expect(panel.get_by_text("Formats acceptés")).to_be_visible()
    panel.get_by_label("Titre d’identité", exact=True).check()
    expect(panel.get_by_text("Formats acceptés")).to_have_count(0)
    expect(panel.get_by_text("Supprimer les fichiers après la décision")).to_have_count(0)
    expect(panel.get_by_label("Nombre de fichiers")).to_be_visible()
    assert wrong_on(editor) == []
    assert options_of(database, number, "piece_justificative").nature == "TITRE_IDENTITE"
