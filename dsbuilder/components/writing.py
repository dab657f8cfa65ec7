"""A text that is written, then sent once: a message, or the reason of a decision."""

from typing import Any

import reflex as rx

from dsbuilder.components.words import t
from dsbuilder.domain.messages import EMPTY, MAX_LENGTH, TOO_LONG
from dsbuilder.domain.texts import Text

_OPTIONAL = Text("(facultatif)", "(optional)")
_ERROR = Text("Erreur : ", "Error: ")


class Writing(rx.Component):
    """`on_send` gets the text; `answered` changes with each answer of the server, and `error` says what was wrong."""

    library = f"$/public{rx.asset('writing.jsx', shared=True)}"
    tag = "Writing"

    input_id: rx.Var[str]
    label: rx.Var[str]
    hint: rx.Var[str]
    limit: rx.Var[int]
    words: rx.Var[dict[str, str]]
    required: rx.Var[bool]
    error: rx.Var[str]
    answered: rx.Var[int]

    on_send: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def writing(*buttons: rx.Component, empty: Text = EMPTY, **properties: Any) -> rx.Component:
    """A form with one text; `buttons` hold the one that sends it."""
    words = {"tooLong": TOO_LONG, "empty": empty, "optional": _OPTIONAL, "error": _ERROR}
    return Writing.create(
        *buttons, limit=MAX_LENGTH, words={name: t(text) for name, text in words.items()}, **properties
    )
