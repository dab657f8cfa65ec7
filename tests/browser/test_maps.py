"""Drawing on the map of a question: by mouse, touch, keyboard, coordinates and files; kept, shown again, read by the agent."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from dsbuilder.domain.geometry import Shape
from dsbuilder.domain.procedure import Field
from dsbuilder.storage.database import open_database
from tests.browser.drafts import Filling, Open, a_filling, opened
from tests.forms import a_field
from tests.running import Site

__all__ = ["opened"]

SLOW_DRAWING = "GPU stall|swiftshader|SwiftShader"  # what this Chromium says without a graphics card


def the_fields(first: int) -> list[Field]:
    return [
        a_field(first + 1, "text", "Nom du chantier"),
        a_field(first + 2, "carte", "Emprise du chantier"),
    ]


@pytest.fixture
def draft(site: Site) -> Iterator[Filling]:
    database = open_database(f"sqlite:///{site.data_dir / 'dsbuilder.sqlite3'}")
    yield a_filling(site, database, the_fields)
    database.dispose()


def drawn(draft: Filling) -> tuple[Shape, ...]:
    """What is kept."""
    answers = draft.answers()
    return next((answer.value or () for path, answer in answers.items() if path.endswith("02")), ())


def the_map(tab: Page) -> Locator:
    """The map, once it is alive."""
    frame = tab.locator(".map-canvas")
    frame.scroll_into_view_if_needed()
    expect(tab.locator(".map-canvas[data-live=true]")).to_be_visible()
    return frame


def press(frame: Locator, x: float, y: float) -> None:
    """Press at a part of the map's width and height."""
    box = frame.bounding_box()
    assert box is not None
    frame.click(position={"x": box["width"] * x, "y": box["height"] * y})


def test_a_point_placed_by_the_mouse_is_kept_and_shown_again(opened: Open, draft: Filling) -> None:
    tab = opened(draft)
    frame = the_map(tab)
    tab.get_by_role("button", name="Point", exact=True).click()
    press(frame, 0.5, 0.5)
    expect(tab.locator(".shapes li")).to_have_count(1)
    expect(tab.get_by_text(re.compile("Un point situé à 4[67]°"))).to_be_visible()
    assert [shape.kind.value for shape in drawn(draft)] == ["Point"]
    tab.reload()
    the_map(tab)
    expect(tab.get_by_text(re.compile("Un point situé à 4[67]°"))).to_be_visible()
