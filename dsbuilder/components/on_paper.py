"""The link to a dossier as a PDF."""

from typing import Any

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.words import language, t
from dsbuilder.domain.texts import Text

PDF = Text("Télécharger en PDF", "Download as PDF")


def pdf_link(address: Any, class_name: str = "file-link") -> rx.Component:
    """Saves the PDF at `address`, in the language of the page."""
    return rx.el.a(
        icon("download"),
        t(PDF),
        href=address + f".pdf?langue={language()}",
        reload_document=True,
        class_name=class_name,
    )
