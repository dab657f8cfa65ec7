"""Dragging cards into order and new ones in from a palette, by mouse, touch and keyboard."""

from typing import Any

import reflex as rx

from dsbuilder.domain.texts import Language, Text

_WORDS = {
    "how": Text(
        "Espace pour saisir, flèches pour choisir la place, droite pour entrer dans un bloc, gauche pour en sortir, "
        "espace pour déposer, Échap pour annuler.",
        "Space to lift, arrows to choose the place, right to enter a block, left to leave it, space to drop, "
        "Escape to cancel.",
    ),
    "handle": Text("Déplacer {label}", "Move {label}"),
    "unnamed": Text("élément sans intitulé", "item without a label"),
    "lifted": Text(
        "{label} saisi. Flèches pour choisir la place, espace pour déposer, Échap pour annuler.",
        "{label} lifted. Arrows to choose the place, space to drop, Escape to cancel.",
    ),
    "before": Text("avant {label}", "before {label}"),
    "end_of": Text("à la fin du bloc {label}", "at the end of the block {label}"),
    "end": Text("à la fin du formulaire", "at the end of the form"),
    "here": Text("Placer ici :", "Place here:"),
    "dropped": Text("{label} placé {place}.", "{label} placed {place}."),
    "cancelled": Text("Déplacement annulé.", "Move cancelled."),
}

_LIBRARY = f"$/public{rx.asset('dragging.jsx', shared=True)}"
_NEEDS = ["@dnd-kit/core@6.3.1"]


class DragArea(rx.Component):
    """Around everything that is dragged: one element inside bears `data-canvas`, each place `data-slot`."""

    library = _LIBRARY
    lib_dependencies: list[str] = _NEEDS
    tag = "DragArea"

    words: rx.Var[dict[str, str]]

    on_move: rx.EventHandler[rx.event.passthrough_event_spec(str, str, str)]  # id, parent, before
    on_place: rx.EventHandler[rx.event.passthrough_event_spec(str, str, str)]  # kind, parent, before


class DragHandle(rx.Component):
    """The button by which a card is moved."""

    library = _LIBRARY
    lib_dependencies: list[str] = _NEEDS
    tag = "DragHandle"

    item: rx.Var[str]
    name: rx.Var[str]
    nests: rx.Var[bool]
    title: rx.Var[bool]


class DragSource(rx.Component):
    """A kind of card that is dragged into the canvas, or picked by a click."""

    library = _LIBRARY
    lib_dependencies: list[str] = _NEEDS
    tag = "DragSource"

    kind: rx.Var[str]
    name: rx.Var[str]
    nests: rx.Var[bool]
    title: rx.Var[bool]

    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def drag_area(language: Language, *children: rx.Component, **properties: Any) -> rx.Component:
    """Where things are dragged, announced in `language`."""
    return DragArea.create(*children, words={name: text[language] for name, text in _WORDS.items()}, **properties)
