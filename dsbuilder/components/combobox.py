"""A text box with a list searched on the server, for lists too long to send."""

from typing import Any

import reflex as rx

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.texts import Language, Text

_WORDS = {
    "found": Text("{count} choix proposés.", "{count} choices offered."),
    "none": Text("Aucun choix ne correspond.", "No choice matches."),
    "list": Text("Choix proposés", "Choices offered"),
}


class Combobox(rx.Component):
    """`choices` answer the text `answered`; `on_choose` gets a choice's value, or the text as typed."""

    library = f"$/public{rx.asset('combobox.jsx', shared=True)}"
    tag = "Combobox"

    input_id: rx.Var[str]
    value: rx.Var[str]
    choices: rx.Var[list[Choice]]
    answered: rx.Var[str]
    described_by: rx.Var[str]
    invalid: rx.Var[bool]
    required: rx.Var[bool]
    clears: rx.Var[bool]
    words: rx.Var[dict[str, str]]

    on_search: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_choose: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def combobox(language: Language, **properties: Any) -> rx.Component:
    """A combobox that speaks `language`."""
    return Combobox.create(words={name: text[language] for name, text in _WORDS.items()}, **properties)
