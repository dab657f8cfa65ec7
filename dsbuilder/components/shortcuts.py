"""The keys of a desk page, listed in a dialog and turned off there by whoever wants none."""

import reflex as rx

from dsbuilder.components.words import t
from dsbuilder.domain.texts import Text

_WORDS = {
    "open": Text("Touches", "Keys"),
    "title": Text("Touches du clavier", "Keyboard"),
    "on": Text("Utiliser ces touches", "Use these keys"),
    "close": Text("Fermer", "Close"),
}
KEY = "data-key"  # on a link, button or input: the key that stands for it
ROW = "data-row"  # on the link of each row that j and k walk along


class Shortcuts(rx.Component):
    """Listens to the page's keys."""

    library = f"$/public{rx.asset('shortcuts.jsx', shared=True)}"
    tag = "Shortcuts"

    words: rx.Var[dict[str, str]]
    keys: rx.Var[list[list[str]]]


def shortcuts(*keys: tuple[str, Text]) -> rx.Component:
    """A button that lists the keys; each is the keys pressed, apart, and what they do."""
    return Shortcuts.create(
        words={name: t(text) for name, text in _WORDS.items()},
        keys=[[pressed, t(does)] for pressed, does in (*keys, ("?", Text("Cette liste", "This list")))],
    )
