"""Drawing on a map: the wrapped component. What it says is in `domain/map_words.py`, fetched with the map."""

from typing import Any

import reflex as rx

from dsbuilder.domain.texts import Language, Text

_LOADING = Text("Chargement de la carte…", "Loading the map…")
_FAILED = Text(
    "La carte n’a pas pu être chargée. Vérifiez votre connexion, puis rechargez la page.",
    "The map could not be loaded. Check your connection, then reload the page.",
)

_LIBRARY = f"$/public{rx.asset('drawing.jsx', shared=True)}"
for _part in ("map_question.jsx", "map_canvas.jsx", "map.css"):
    rx.asset(_part, shared=True)


class MapQuestion(rx.Component):
    """The wrapped component. `on_changed` gets the path of a question whose drawing was kept; without a dossier,
    `on_drawn` gets the path and the drawing."""

    library = _LIBRARY
    lib_dependencies: list[str] = ["maplibre-gl@6.17.0"]
    tag = "MapQuestion"

    input_id: rx.Var[str]
    dossier: rx.Var[str]
    path: rx.Var[str]
    kinds: rx.Var[str]
    most: rx.Var[str]
    layers: rx.Var[str]
    described_by: rx.Var[str]
    labelled_by: rx.Var[str]
    invalid: rx.Var[bool]
    language: rx.Var[str]
    loading: rx.Var[str]
    failed: rx.Var[str]

    on_changed: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_drawn: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]


def map_question(language: Language, **properties: Any) -> rx.Component:
    """The map of a question, in `language`."""
    return MapQuestion.create(loading=_LOADING[language], failed=_FAILED[language], language=language, **properties)
