"""The first page: what dsbuilder is, and where to sign in."""

import reflex as rx

from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text


def home() -> rx.Component:
    """What dsbuilder does, in one screen."""
    return rx.el.main(
        rx.el.h1(t(Text(fr="Vos démarches en ligne, en quelques minutes", en="Your procedures online, in minutes"))),
        rx.el.a(
            t(Text(fr="Se connecter", en="Sign in")),
            href=href("/connexion"),
            reload_document=True,
            class_name="button",
        ),
        id="contenu",
    )
