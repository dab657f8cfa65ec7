"""Fills any form in the browser as a person would: what is asked is read from the page alone."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SAVED = re.compile(r"Enregistré à|Saved at")


def fill_form(page: Page) -> int:
    """Answer every question of the form; how many there were."""
    fields = page.locator("main .field:not(.field .field)")
    expect(fields.first).to_be_visible()
    expect(page.locator("html[data-drawing]")).to_have_count(0)  # a long form is drawn in steps
    position = answered = 0
    while position < fields.count():  # an answer may bring more to ask
        answered += answer(page, fields.nth(position))
        position += 1
    expect(page.get_by_text(SAVED).first).to_be_visible()
    return answered


def answer(page: Page, field: Locator) -> bool:
    """Answer one question with whatever its control takes; False when there is nothing to answer."""
    if not field.is_visible():  # a condition hides it
        return False
    if field.locator(".map-question").count():
        type_coordinates(field)
    elif field.locator("input[type=file]").count():
        field.locator("input[type=file]").first.set_input_files(
            {"name": "justificatif.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        expect(field.locator("li.file a.name").first).to_be_visible()
    elif field.locator("[role=combobox]").count():
        choose_in_combobox(page, field)
    elif field.locator(".parts").count():
        fill_parts(field)
    elif field.locator(".register").count():
        write_number(field)
    elif field.locator("select").count():
        choose_in_lists(page, field)
    elif field.locator("input[type=radio], input[type=checkbox]").count():
        field.locator("label.choice").first.click()
    elif field.locator("input, textarea").count():
        write(field.locator("input, textarea").first)
    else:
        return False
    return True


def type_coordinates(field: Locator) -> None:
    """Three positions, which make points, a line or an area."""
    field.locator("details.typing summary").click()
    field.locator("details.typing textarea").fill("46 ; 2\n46 ; 3\n47 ; 3")
    field.locator("details.typing button").click()
    expect(field.locator(".shapes > li").first).to_be_visible()
    expect(field.locator(".map-question [aria-busy=false]")).to_be_visible()


def choose_in_lists(page: Page, field: Locator) -> None:
    """The first choice of a list; then, of linked ones, the first of the second list, however it is drawn."""
    first = field.locator("select").first
    first.select_option(index=1)
    second = field.locator("select").nth(1)
    settle(page)  # a second list appears only when the first choice has some
    if second.count():
        expect(second.locator("option").nth(1)).to_be_attached()
        second.select_option(index=1)
    elif field.locator("[role=combobox]").count():
        choose_in_combobox(page, field)


def settle(page: Page) -> None:
    """Wait until the server has answered all that was sent, and the page shows it.

    It answers in order, and what is typed stays in the browser's storage until its answer is drawn.
    """
    box = page.locator("main input[data-path], main textarea[data-path]").first
    box.fill(box.input_value() or "12")
    box.blur()
    page.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('dsbuilder:typed'))")


def choose_in_combobox(page: Page, field: Locator) -> None:
    """The first choice that the server offers for a letter."""
    box = field.locator("[role=combobox]").first
    box.click()
    outside = field.locator(".register").count()  # a register offers something from three letters on
    box.press_sequentially("rue" if outside else "e", delay=20)
    expect(field.locator("[role=option]").first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")


NUMBERS = ("00012345500016", "W291000001", "029-FDD-00001-01", "0290LAM0001", "nour_lambert_29")  # that registers know
PARTS = {
    "Numéro d’allocataire": "1234567",
    "Code postal": "29200",
    "Numéro fiscal": "2926000000001",
    "Référence de l’avis": "2926A00000001",
    "Numéro d’accréditation": "123456",
    "Date de naissance": "1991-04-12",
}


def write_number(field: Locator) -> None:
    """The first of some numbers that the question takes."""
    for number in NUMBERS:
        field.locator("input").first.fill(number)
        field.locator("input").first.blur()
        settle(field.page)
        if not field.locator(".error").count():
            return
    raise AssertionError(f"no number fits: {field.inner_text()}")


def fill_parts(field: Locator) -> None:
    """Each input of an answer in several, by its label."""
    for part in field.locator(".part").all():
        part.locator("input").fill(PARTS[part.locator("label").inner_text()])
        part.locator("input").blur()


def write(box: Locator) -> None:
    """A fitting text."""
    kind, mode = box.get_attribute("type") or "", box.get_attribute("inputmode") or ""
    texts = {
        "date": "2004-05-14",
        "datetime-local": "2027-03-09T14:30",
        "email": "camille.martin@example.org",
        "tel": "06 39 98 12 47",
    }
    box.fill(texts.get(kind, "12" if mode in ("numeric", "decimal") or kind == "number" else "Réponse écrite"))
    box.blur()


def fixture_file(folder: Path, document: bytes, name: str = "demarche.json") -> Path:
    """The document as a file to import."""
    file = folder / name
    file.write_bytes(document)
    return file
