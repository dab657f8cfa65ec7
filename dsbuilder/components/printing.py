"""A button that prints the page."""

import reflex as rx

from dsbuilder.components.icons import icon


class PrintButton(rx.Component):
    """Opens the browser's own printing."""

    library = f"$/public{rx.asset('printing.jsx', shared=True)}"
    tag = "PrintButton"


def print_button(label: str) -> rx.Component:
    """A button with its icon and `label`."""
    return PrintButton.create(icon("printer"), label, class_name="button")
