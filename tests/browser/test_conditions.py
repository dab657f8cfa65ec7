"""Questions that come and go with the answers, in Chromium."""

import pytest
from playwright.sync_api import Page, expect

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import Field, FieldId
from dsbuilder.storage.database import Database
from tests.browser.drafts import Filling, Open, a_filling, opened
from tests.domain.conditioned import conditioned
from tests.forms import a_field
from tests.running import Site

__all__ = ["opened"]


def the_fields(first: int) -> list[Field]:
    """A section and a block that show for one answer, a question that shows for another, a title after them."""
    married = Comparison(FieldId(first + 2), Operator.EQ, True)
    many = Comparison(FieldId(first + 7), Operator.GREATER, 2)
    return [
        a_field(first + 1, "header_section", "Vous"),
        a_field(first + 2, "yes_no", "Un conjoint ?"),
        conditioned(a_field(first + 3, "header_section", "Votre conjoint"), married),
        a_field(first + 4, "text", "Son nom"),
        a_field(first + 5, "repetition", "Son enfant", a_field(first + 6, "text", "Prénom")),
        a_field(first + 10, "header_section", "Logement"),
        a_field(first + 7, "integer_number", "Combien de pièces ?"),
        conditioned(a_field(first + 8, "text", "À quoi servent-elles ?", required=False), many),
    ]


@pytest.fixture
def draft(site: Site, database: Database) -> Filling:
    return a_filling(site, database, the_fields)


def married(tab: Page, answer: str) -> None:
    tab.get_by_role("group", name="Un conjoint").get_by_label(answer).check()


def test_a_section_shows_with_an_answer_and_its_typing_is_kept_while_hidden(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    expect(tab.get_by_label("Combien de pièces")).to_be_visible()
    expect(tab.get_by_role("heading", name="Votre conjoint")).to_be_hidden()
    expect(tab.get_by_role("heading", name="2 Logement")).to_be_visible()
    married(tab, "Oui")
    expect(tab.get_by_role("heading", name="2 Votre conjoint")).to_be_visible()
    expect(tab.get_by_role("heading", name="3 Logement")).to_be_visible()
    expect(tab.get_by_role("navigation", name="Rubriques").get_by_role("link")).to_have_count(3)
    tab.get_by_label("Son nom").fill("Sacha")
    tab.get_by_label("Prénom").fill("Noé")
    married(tab, "Non")
    expect(tab.get_by_label("Son nom")).to_be_hidden()
    expect(tab.get_by_label("Prénom")).to_be_hidden()
    expect(tab.get_by_role("navigation", name="Rubriques").get_by_role("link")).to_have_count(2)
    married(tab, "Oui")
    expect(tab.get_by_label("Son nom")).to_have_value("Sacha")
    expect(tab.get_by_label("Prénom")).to_have_value("Noé")


def test_what_is_hidden_is_neither_waited_for_nor_read(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    married(tab, "Oui")
    tab.get_by_label("Son nom").fill("Sacha")
    married(tab, "Non")
    tab.get_by_label("Combien de pièces").fill("3")
    tab.get_by_label("Combien de pièces").blur()
    expect(tab.get_by_label("À quoi servent")).to_be_visible()
    expect(tab.locator("#avancement", has_text="2 sur 2")).to_be_visible()
    tab.get_by_role("button", name="Vérifier mes réponses").click()
    expect(tab.get_by_role("button", name="Déposer")).to_be_visible()
    expect(tab.get_by_text("Combien de pièces")).to_be_visible()
    expect(tab.get_by_text("Son nom")).to_have_count(0)
