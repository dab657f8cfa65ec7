"""What a page shows when it fails to draw, and while the server does not answer.

Compiled once for the whole site, so both languages are there and the style sheet shows the page's own.
"""

import reflex as rx
from reflex_base.vars.function import ArgsFunctionOperation
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_connection_errors as connection_is_lost

from dsbuilder.domain.texts import LANGUAGES, Text

UNREACHABLE = Text(
    fr="La connexion est interrompue. Elle reprendra d’elle-même ; ce que vous avez saisi sera alors enregistré.",
    en="The connection is lost. It will come back by itself, and what you typed will then be saved.",
)
FAILED = Text(fr="Cette page n’a pas pu s’afficher.", en="This page could not be shown.")
RELOAD = Text(fr="Recharger la page", en="Reload the page")


def spoken(text: Text) -> rx.Component:
    """The sentence in each language, of which the style sheet shows one."""
    return rx.fragment(*(rx.el.span(text[each], lang=each, class_name=f"said-{each}") for each in LANGUAGES))


@rx.memo
def lost_connection() -> rx.Component:
    """A line at the foot of the page while the server does not answer."""
    line = rx.cond(connection_is_lost, rx.el.p(spoken(UNREACHABLE)))
    return rx.el.div(line, class_name="lost-connection", role="status")


def failure_boundary() -> rx.Component:
    """Catches what breaks while drawing, and offers to reload."""
    sorry = rx.el.main(
        rx.el.h1(spoken(FAILED)),
        rx.el.a(spoken(RELOAD), href="", reload_document=True, class_name="button"),
        class_name="wrap",
    )
    return ErrorBoundary.create(fallback_render=ArgsFunctionOperation.create(("failure",), rx.Var.create(sorry)))
