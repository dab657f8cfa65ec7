"""Tables of the desk: a sticky head, and rows that become cards on a phone."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.domain.texts import Text

_PAGES = Text("Pages", "Pages")
_PREVIOUS = Text("Précédente", "Previous")
_NEXT = Text("Suivante", "Next")


def table(
    caption: Any, columns: tuple[tuple[Text, str], ...], rows: rx.Var[list[Any]], draw: Callable[[Any], rx.Component]
) -> rx.Component:
    """A table with one row per item of `rows`; a column is its title and its class."""
    heads = [rx.el.th(t(title), scope="col", class_name=look) for title, look in columns]
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="hidden"),
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(rx.foreach(rows, draw)),
            class_name="table as-cards",
        ),
        class_name="table-box",
        role="region",
        aria_label=caption,
        custom_attrs={"tabIndex": 0},  # a box that scrolls must be reached by keyboard
    )


def cell(title: Text, /, *children: Any, class_name: str = "", **attributes: Any) -> rx.Component:
    """One cell; its column's title stands before it where rows are cards."""
    return rx.el.td(*children, class_name=class_name, custom_attrs={"data-label": t(title), **attributes})


def pagination(said: rx.Var[str], preceding: rx.Var[str], following: rx.Var[str], *more: rx.Component) -> rx.Component:
    """How much there is, and the pages before and after."""
    links = rx.el.ul(
        rx.cond(preceding != "", rx.el.li(rx.el.a(icon("chevron-left"), t(_PREVIOUS), href=preceding, rel="prev"))),
        rx.cond(following != "", rx.el.li(rx.el.a(t(_NEXT), icon("chevron-right"), href=following, rel="next"))),
    )
    return rx.el.nav(
        rx.el.div(rx.el.p(said, class_name="meta"), *more, class_name="row"),
        links,
        aria_label=t(_PAGES),
        class_name="pagination",
    )
