"""What stands at an address that does not exist: one page for both languages."""

import reflex as rx

from dsbuilder.components.failure import spoken
from dsbuilder.domain.texts import Text

TITLE = "Page introuvable - Page not found"
NOT_FOUND = Text(fr="Cette page n’existe pas", en="This page does not exist")
WHY = Text(
    fr="L’adresse est peut-être incomplète, ou la page a été retirée.",
    en="The address may be incomplete, or the page was taken away.",
)
HOME = Text(fr="Revenir à l’accueil", en="Back to the first page")


def not_found() -> rx.Component:
    """The sentence, and a way out."""
    return rx.el.main(
        rx.el.h1(spoken(NOT_FOUND)),
        rx.el.p(spoken(WHY)),
        rx.el.p(rx.el.a(spoken(HOME), href="/", reload_document=True)),
        id="contenu",
        class_name="wrap page",
    )
