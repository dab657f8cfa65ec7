"""Text edited in place and saved by itself, and what goes with it: is all saved, focus, keys, dialogs."""

from typing import Any

import reflex as rx

from dsbuilder.domain.texts import Language, Text

_LIBRARY = f"$/public{rx.asset('in_place.jsx', shared=True)}"
_SAVED = {
    "saved": Text("Enregistré", "Saved"),
    "saving": Text("Enregistrement…", "Saving…"),
    "offline": Text("Hors ligne", "Offline"),
}
TOO_LONG = Text("Ce texte est trop long. Raccourcissez-le.", "This text is too long. Shorten it.")


class EditedText(rx.Component):
    """An input, or a text area of several `lines`, that saves itself and shows what others changed."""

    library = _LIBRARY
    tag = "EditedText"

    name: rx.Var[str]
    value: rx.Var[str]
    lines: rx.Var[int]
    limit: rx.Var[int]
    too_long: rx.Var[str]
    placeholder: rx.Var[str]
    type: rx.Var[str]

    on_commit: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class SavedState(rx.Component):
    """Says whether all that was typed is saved."""

    library = _LIBRARY
    tag = "SavedState"

    stamp: rx.Var[int]
    lost: rx.Var[bool]
    words: rx.Var[dict[str, str]]


class Attention(rx.Component):
    """Moves the focus to the element that `target` names."""

    library = _LIBRARY
    tag = "Attention"

    target: rx.Var[str]


class Shortcuts(rx.Component):
    """Keys of the whole page; `on_press` gets the name of what was asked and the card that has the focus."""

    library = _LIBRARY
    tag = "Shortcuts"

    keys: rx.Var[dict[str, list[str]]]

    on_press: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]


class Dialog(rx.Component):
    """A native modal dialog; what is in it exists only while it is open."""

    library = _LIBRARY
    tag = "Dialog"

    open: rx.Var[bool]
    label: rx.Var[str]

    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class CopyButton(rx.Component):
    """Copies `text`; an address of ours is completed with the site's."""

    library = _LIBRARY
    tag = "CopyButton"

    text: rx.Var[str]
    done: rx.Var[str]


def edited_text(
    language: Language, name: Any, value: Any, on_commit: Any, *, lines: int = 1, limit: int = 2_000, **properties: Any
) -> rx.Component:
    """A text that saves itself, at most `limit` characters long."""
    return EditedText.create(
        name=name,
        value=value,
        lines=lines,
        limit=limit,
        too_long=TOO_LONG[language],
        on_commit=on_commit,
        **properties,
    )


def saved_state(language: Language, **properties: Any) -> rx.Component:
    """Whether all is saved, in words."""
    return SavedState.create(words={name: text[language] for name, text in _SAVED.items()}, **properties)
