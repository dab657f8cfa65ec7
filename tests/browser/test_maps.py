"""Drawing on the map of a question: by mouse, touch, keyboard, coordinates and files; kept, shown again, read by the agent."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, expect

from dsbuilder.domain.dossier import DossierState
from dsbuilder.domain.geometry import Shape
from dsbuilder.domain.procedure import Field
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow
from tests.browser.conftest import PATIENCE
from tests.browser.drafts import Filling, Open, a_filling, opened, person
from tests.browser.test_accessibility import wider_than_the_window, wrong_on
from tests.builders import an_administrator, an_instructor
from tests.domain.test_map_files import GPX, KML
from tests.forms import a_field, an_open_procedure
from tests.furnished import a_cookie
from tests.pdf_reading import ReadPdf
from tests.running import Site

__all__ = ["opened"]

GEOJSON = json.dumps(
    {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2, 46]}, "properties": {"name": "Borne"}}
)
REFUSED = r"status of 4(12|22)"  # what the console says of an answer that is expected


@pytest.fixture
def draft(site: Site, database: Database) -> Filling:
    return a_filling(
        site, database, lambda first: [a_field(first + 1, "text", "Nom", required=False), a_map(first + 2)]
    )


def a_map(id: int, **options: Any) -> Field:
    return a_field(id, "carte", "Emprise du chantier", **options)


def drawn(draft: Filling) -> tuple[Shape, ...]:
    """What is kept."""
    answers = draft.answers()
    return next((answer.value or () for path, answer in answers.items() if path.endswith("02")), ())


def kinds(draft: Filling) -> list[str]:
    return [shape.kind.value for shape in drawn(draft)]


def the_map(tab: Page) -> Locator:
    """The map, once it is alive."""
    frame = tab.locator(".map-canvas")
    frame.scroll_into_view_if_needed()
    expect(tab.locator(".map-canvas[data-live=true]")).to_be_visible()
    return frame


def at(frame: Locator, x: float, y: float) -> tuple[float, float]:
    """A part of the map's width and height, in the window."""
    box = frame.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * x, box["y"] + box["height"] * y


def press(frame: Locator, x: float, y: float) -> None:
    frame.page.mouse.click(*at(frame, x, y))


def tool(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()
    tab.locator(".map-canvas").scroll_into_view_if_needed()


def listed(tab: Page) -> Locator:
    return tab.locator(".shapes > li")


def has_drawn(tab: Page, count: int) -> None:
    """That many shapes are there, measured by the server."""
    expect(listed(tab)).to_have_count(count)
    expect(tab.get_by_text("Mesure en cours")).to_have_count(0)
    expect(tab.locator(".map-question [aria-busy=false]")).to_be_visible()


def tap(session: CDPSession, x: float, y: float) -> None:
    """A finger, down and up."""
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


# -- drawing -------------------------------------------------------------------------------------------------------
def test_a_point_a_line_and_an_area_by_mouse_are_kept_and_shown_again(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    frame = the_map(tab)
    tool(tab, "Point")
    press(frame, 0.5, 0.5)
    has_drawn(tab, 1)
    tool(tab, "Ligne")
    for x, y in ((0.3, 0.4), (0.5, 0.3), (0.7, 0.4), (0.7, 0.4)):
        press(frame, x, y)
    has_drawn(tab, 2)
    tab.keyboard.press("Escape")
    tool(tab, "Zone")
    for x, y in ((0.4, 0.7), (0.6, 0.7), (0.6, 0.8), (0.4, 0.7)):
        press(frame, x, y)
    has_drawn(tab, 3)
    assert kinds(draft) == ["Point", "LineString", "Polygon"]
    tab.reload()
    the_map(tab)
    has_drawn(tab, 3)
    expect(listed(tab).nth(0)).to_contain_text(re.compile(r"Un point situé à 4[67]°\d+′[\d,]+″N 2°"))
    expect(listed(tab).nth(1)).to_contain_text(re.compile(r"Une ligne longue de [\d\s,]+m"))
    expect(listed(tab).nth(2)).to_contain_text(re.compile(r"Une zone de [\d\s,]+m²"))
    expect(tab.get_by_role("progressbar", name="1 sur 1 réponses données")).to_be_visible()


def test_a_finger_draws_an_area(browser: Browser, draft: Filling) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    with browser.new_context(base_url=draft.site.url, locale="fr-FR", **phone) as context:
        context.set_default_timeout(PATIENCE)
        context.add_cookies(
            [{"name": "dsbuilder", "value": a_cookie(draft.database, draft.applicant), "url": draft.site.url}]
        )
        tab = context.new_page()
        tab.goto(draft.form)
        the_map(tab)
        tool(tab, "Zone")
        frame, session = the_map(tab), context.new_cdp_session(tab)
        for x, y in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
            tap(session, *at(frame, x, y))
            tab.wait_for_timeout(350)  # two touches sooner than that are a double one
        tab.get_by_role("button", name="Terminer").click()
        has_drawn(tab, 1)
        assert kinds(draft) == ["Polygon"]
        assert len(drawn(draft)[0].rings[0]) == 4


def test_the_keyboard_alone_draws_moves_a_corner_and_removes(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    the_map(tab)
    tab.get_by_role("button", name="Zone", exact=True).focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".map-canvas canvas")).to_be_focused()
    for keys in (
        ["Enter"],
        ["ArrowRight", "ArrowRight", "Enter"],
        ["ArrowDown", "Enter"],
        ["ArrowDown", "Enter", "Delete"],
    ):
        for key in keys:
            tab.keyboard.press(key)
    expect(tab.get_by_role("status").filter(has_text="Dernier point retiré.")).to_be_attached()
    tab.keyboard.press("Escape")
    has_drawn(tab, 1)
    assert len(drawn(draft)[0].rings[0]) == 4
    before = drawn(draft)[0].rings
    tab.get_by_role("button", name=re.compile("^Point 1 sur 3")).focus()
    for _ in range(3):
        tab.keyboard.press("ArrowUp")
    expect(tab.get_by_role("status").filter(has_text="Tracé modifié.")).to_be_attached()
    has_drawn(tab, 1)
    assert drawn(draft)[0].rings != before and drawn(draft)[0].rings[0][0][1] > before[0][0][1]
    expect(tab.get_by_role("button", name=re.compile("^Point 1 sur 3"))).to_be_focused()
    tab.get_by_role("button", name="Retirer", exact=True).focus()
    tab.keyboard.press("Enter")
    has_drawn(tab, 0)
    expect(tab.get_by_role("button", name="Annuler la dernière action")).to_be_focused()
    tab.keyboard.press("Enter")
    has_drawn(tab, 1)
    assert kinds(draft) == ["Polygon"]


def test_corners_are_dragged_added_and_deleted(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    the_map(tab)
    type_coordinates(tab, "Ligne", "46 ; 2\n46 ; 3\n47 ; 3")
    has_drawn(tab, 1)
    tab.get_by_role("button", name="Modifier").click()
    frame = the_map(tab)
    drag(tab, frame, tab.get_by_role("button", name="Ajouter un point après le point 1"), 0, -60)
    expect(tab.get_by_role("button", name=re.compile(r"^Point \d sur 4"))).to_have_count(4)
    has_drawn(tab, 1)
    assert len(drawn(draft)[0].rings[0]) == 4
    last = tab.get_by_role("button", name=re.compile("^Point 4 sur 4"))
    coordinates = tab.locator(".shape-form").get_by_label("Coordonnées")
    before = coordinates.input_value()
    drag(tab, frame, last, 400, 0)  # beside the map
    expect(coordinates).not_to_have_value(before)
    has_drawn(tab, 1)
    tab.get_by_role("button", name=re.compile("^Point 1 sur 4")).press("Delete")
    expect(tab.get_by_role("button", name=re.compile(r"^Point \d sur 3"))).to_have_count(3)
    expect(tab.get_by_role("button", name=re.compile("^Point 1 sur 3"))).to_be_focused()
    has_drawn(tab, 1)
    (line,) = drawn(draft)
    assert len(line.rings[0]) == 3 and line.rings[0][-1][0] > 3


def drag(tab: Page, frame: Locator, handle: Locator, x: float, y: float) -> None:
    tab.wait_for_timeout(500)  # the map comes to rest
    box = handle.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(*middle)
    tab.mouse.down()
    tab.mouse.move(middle[0] + x / 2, middle[1] + y / 2, steps=4)
    tab.mouse.move(middle[0] + x, middle[1] + y, steps=4)
    tab.mouse.up()


# -- without the map -----------------------------------------------------------------------------------------------
def type_coordinates(tab: Page, kind: str, text: str) -> None:
    details = tab.locator("details.typing")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_label("Ce que vous ajoutez").select_option(label=kind)
    details.get_by_label("Coordonnées").fill(text)
    details.get_by_role("button", name="Ajouter").click()


def test_coordinates_are_typed_corrected_and_described(opened: Open, draft: Filling) -> None:
    tab = opened(draft, allowed=REFUSED)
    type_coordinates(tab, "Point", "quelque part")
    expect(tab.get_by_role("alert")).to_contain_text("n’est pas une position")
    expect(tab.locator("details.typing").get_by_label("Coordonnées")).to_have_attribute("aria-invalid", "true")
    type_coordinates(tab, "Point", "46°32′17″N 2°25′42″E")
    has_drawn(tab, 1)
    type_coordinates(tab, "Zone", "46 ; 2\n47 ; 3\n47 ; 2\n46 ; 3")
    expect(tab.get_by_text(re.compile("se croise")).first).to_be_visible()
    type_coordinates(tab, "Zone", "46 ; 2\n46 ; 3\n47 ; 3")
    has_drawn(tab, 2)
    tab.get_by_role("button", name="Modifier").nth(1).click()
    tab.get_by_label("Description (facultatif)").fill("Le pré")
    tab.get_by_label("Description (facultatif)").press("Tab")
    expect(listed(tab).nth(1)).to_contain_text("Le pré")
    corners = tab.locator(".shape-form").get_by_label("Coordonnées")
    corners.fill("46 ; 2\n46 ; 4\n47 ; 4")
    tab.get_by_role("button", name="Appliquer").click()
    expect(corners).to_have_value("46\u00a0; 2\n46\u00a0; 4\n47\u00a0; 4")
    has_drawn(tab, 2)
    assert [(shape.kind.value, shape.description) for shape in drawn(draft)] == [("Point", ""), ("Polygon", "Le pré")]


def test_without_a_map_everything_but_the_map_works(browser: Browser, draft: Filling) -> None:
    with person(browser, draft) as context:
        context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        tab = context.new_page()
        tab.goto(draft.form)
        tab.locator(".map-question").scroll_into_view_if_needed()
        expect(tab.get_by_text("La carte ne peut pas s’afficher")).to_be_visible()
        type_coordinates(tab, "Ligne", "46 ; 2\n47 ; 3")
        has_drawn(tab, 1)
        assert kinds(draft) == ["LineString"]


@pytest.mark.parametrize(
    ("name", "content", "count", "first"),
    [
        ("trace.gpx", GPX, 4, "Entrée du port"),
        ("lieux.kml", KML, 5, "Point haut"),
        ("borne.geojson", GEOJSON, 1, "Borne"),
    ],
)
def test_a_file_of_each_kind_is_imported(
    opened: Open, draft: Filling, name: str, content: str, count: int, first: str
) -> None:
    tab = opened(draft)
    tab.get_by_label("Importer un fichier").set_input_files({"name": name, "mimeType": "", "buffer": content.encode()})
    has_drawn(tab, count)
    assert len(drawn(draft)) == count and drawn(draft)[0].description == first
    tab.get_by_role("button", name="Annuler la dernière action").click()
    has_drawn(tab, 0)
    assert drawn(draft) == ()


def test_a_file_that_cannot_be_read_is_said_and_changes_nothing(opened: Open, draft: Filling) -> None:
    tab = opened(draft, allowed=REFUSED)
    for name, content, said in (
        ("a.gpx", GPX[:200].encode(), "incomplet ou abîmé"),
        ("b.txt", b"bonjour", "ni du GPX, ni du KML"),
        ("c.json", b" " * 5_000_001, "dépasse 5 Mo"),
    ):
        tab.get_by_label("Importer un fichier").set_input_files({"name": name, "mimeType": "", "buffer": content})
        expect(tab.get_by_role("alert")).to_contain_text(said)
    assert drawn(draft) == ()


# -- two tabs, limits, the whole way -------------------------------------------------------------------------------
def test_two_tabs_draw_on_one_map_and_nothing_is_lost(browser: Browser, opened: Open, draft: Filling) -> None:
    with person(browser, draft) as context:
        one = opened(draft, context=context, allowed=REFUSED)
        other = opened(draft, context=context, allowed=REFUSED)
        type_coordinates(one, "Point", "46 ; 2")
        has_drawn(one, 1)
        other.get_by_label("Nom (facultatif)").fill("Port")
        other.get_by_label("Nom (facultatif)").press("Tab")
        type_coordinates(other, "Point", "47 ; 3")
        has_drawn(other, 2)
        type_coordinates(one, "Point", "48 ; 4")
        has_drawn(one, 3)
    assert [shape.rings[0][0] for shape in drawn(draft)] == [(2, 46), (3, 47), (4, 48)]
    assert [shape.number for shape in drawn(draft)] == [1, 2, 3]
    assert any(answer.value == "Port" for answer in draft.answers().values())


def test_only_what_may_be_drawn_is_offered(opened: Open, site: Site, database: Database) -> None:
    draft = a_filling(site, database, lambda first: [a_map(first + 2, shapes=("Point",), max_shapes=1)])
    tab = opened(draft)
    frame = the_map(tab)
    expect(tab.locator(".map-tools").get_by_role("button")).to_have_text(["Point", "Annuler la dernière action"])
    tool(tab, "Point")
    press(frame, 0.5, 0.5)
    has_drawn(tab, 1)
    expect(tab.get_by_role("button", name="Point", exact=True)).to_be_disabled()


def test_from_the_drawing_to_the_agent(browser: Browser, opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    tab.get_by_role("button", name="Vérifier mes réponses").click()
    tab.get_by_role("alert").get_by_role("link", name=re.compile("Placez au moins un point")).click()
    expect(tab.get_by_role("group", name="Emprise du chantier")).to_be_focused()
    type_coordinates(tab, "Zone", "48,38 ; -4,49\n48,383 ; -4,47\n48,395 ; -4,472")
    has_drawn(tab, 1)
    tab.get_by_role("button", name="Vérifier mes réponses").click()
    expect(tab.get_by_role("img", name="Dessin de 1 tracé")).to_be_visible()
    expect(tab.get_by_role("row", name=re.compile("1 Zone"))).to_contain_text("48,38\u00a0; -4,49")
    tab.get_by_role("button", name="Déposer mon dossier").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Votre dossier est déposé")
    assert draft.state() == DossierState.SUBMITTED
    assert "Déposé le" in pdf_saved_by(tab)
    with draft.database.reading() as db:
        procedure = db.get_one(DossierRow, draft.number).procedure_id
    desk = agent_of(browser, draft, procedure)
    tab = desk.new_page()
    tab.goto(f"/instruction/{procedure}/dossiers/{draft.number}")
    expect(tab.get_by_role("img", name="Dessin de 1 tracé")).to_be_visible()
    with tab.expect_download() as file:
        tab.get_by_role("link", name="Télécharger en GeoJSON").click()
    document = json.loads(file.value.path().read_text())
    assert document["features"][0]["geometry"]["type"] == "Polygon"
    assert "Une zone de" in pdf_saved_by(tab)
    desk.close()


def pdf_saved_by(tab: Page) -> str:
    """The words of the PDF that the page's link saves, with what its pictures show."""
    with tab.expect_download() as file:
        tab.get_by_role("link", name="Télécharger en PDF").click()
    assert file.value.suggested_filename.endswith(".pdf")
    pdf = ReadPdf(file.value.path().read_bytes())
    return " ".join([pdf.words, *(str(figure["/Alt"]) for figure in pdf.tagged("/Figure"))])


def agent_of(browser: Browser, draft: Filling, procedure: int) -> BrowserContext:
    agent = an_instructor(draft.database, _Numbered(procedure), f"agent{draft.number}@example.fr")  # type: ignore[arg-type]
    context = browser.new_context(base_url=draft.site.url, locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "dsbuilder", "value": a_cookie(draft.database, agent), "url": draft.site.url}])
    return context


class _Numbered:
    def __init__(self, id: int) -> None:
        self.id = id


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_no_rule_of_accessibility_is_broken(browser: Browser, draft: Filling, width: int, scheme: Any) -> None:
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with browser.new_context(base_url=draft.site.url, locale="fr-FR", **look) as context:
        context.set_default_timeout(PATIENCE)
        context.add_cookies(
            [{"name": "dsbuilder", "value": a_cookie(draft.database, draft.applicant), "url": draft.site.url}]
        )
        tab = context.new_page()
        tab.goto(draft.form)
        the_map(tab)
        type_coordinates(tab, "Zone", "46 ; 2\n46 ; 3\n47 ; 3")
        has_drawn(tab, 1)
        tab.get_by_role("button", name="Modifier").click()
        expect(tab.get_by_role("button", name=re.compile("^Point 1 sur 3"))).to_be_visible()
        assert wrong_on(tab) == [] and not wider_than_the_window(tab)
        tool(tab, "Ligne")
        assert wrong_on(tab) == [] and not wider_than_the_window(tab)
        tab.goto(f"/dossiers/{draft.number}/verifier")
        expect(tab.get_by_role("img", name="Dessin de 1 tracé")).to_be_visible()
        assert wrong_on(tab) == [] and not wider_than_the_window(tab)


def test_a_preview_draws_in_its_tab_alone(browser: Browser, site: Site, database: Database) -> None:
    administrator = an_administrator(database, "cartographe@example.fr")
    procedure = an_open_procedure(database, a_map(990_001), path="carte-apercu", administrator=administrator)
    with browser.new_context(base_url=site.url, locale="fr-FR") as context:
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "dsbuilder", "value": a_cookie(database, administrator), "url": site.url}])
        tab = context.new_page()
        tab.goto(f"/admin/demarches/{procedure.id}/apercu")
        type_coordinates(tab, "Ligne", "46 ; 2\n47 ; 3")
        has_drawn(tab, 1)
        tab.get_by_role("button", name="Retirer", exact=True).click()
        has_drawn(tab, 0)
        tab.get_by_role("button", name="Annuler la dernière action").click()
        has_drawn(tab, 1)


# -- what it weighs ------------------------------------------------------------------------------------------------
def test_a_form_without_a_map_loads_nothing_of_it(opened: Open, site: Site, database: Database) -> None:
    draft = a_filling(site, database, lambda first: [a_field(first + 1, "text", "Nom")])
    tab = opened(draft)
    tab.wait_for_load_state("networkidle")
    assert loaded(tab, "map") == []


def test_the_library_is_fetched_only_once_the_map_is_near(opened: Open, site: Site, database: Database) -> None:
    texts = 14
    draft = a_filling(
        site,
        database,
        lambda first: [*(a_field(first + 10 + n, "textarea", f"Texte {n}") for n in range(texts)), a_map(first + 2)],
    )
    tab = opened(draft)
    expect(tab.locator(".map-question")).to_be_attached()
    tab.wait_for_load_state("networkidle")
    assert loaded(tab, "maplibre") == []
    the_map(tab)
    assert loaded(tab, "maplibre-gl-[^w]")


def loaded(tab: Page, pattern: str) -> list[str]:
    names = tab.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return [name for name in names if re.search(pattern, name.rpartition("/")[2])]
