"""The cards of the editor's canvas. Each is drawn again only when it, or whether it is selected, changes."""

from functools import cache
from typing import Any

import reflex as rx

from dsbuilder.components.dragging import DragHandle
from dsbuilder.components.icons import icon
from dsbuilder.components.in_place import edited_text
from dsbuilder.domain.arranging import Step
from dsbuilder.domain.texts import Language, Text
from dsbuilder.state.administrator.canvas import Card
from dsbuilder.state.administrator.editor import EditorState

LABEL = Text("Intitulé", "Label")
QUESTION = Text("Écrivez l’intitulé", "Write the label")
REQUIRED = Text("Obligatoire", "Required")
SETTINGS = Text("Réglages", "Settings")
INSERT_BEFORE = Text("Ajouter avant {label}", "Add before {label}")
DUPLICATE = Text("Dupliquer", "Duplicate")
REMOVE = Text("Retirer", "Remove")
STEPS: tuple[tuple[Step, str, Text, str], ...] = (
    (Step.UP, "arrow-up", Text("Monter", "Move up"), "Alt+ArrowUp"),
    (Step.DOWN, "arrow-down", Text("Descendre", "Move down"), "Alt+ArrowDown"),
    (Step.IN, "chevron-right", Text("Entrer dans le bloc voisin", "Into the block beside"), "Alt+ArrowRight"),
    (Step.OUT, "chevron-left", Text("Sortir du bloc", "Out of the block"), "Alt+ArrowLeft"),
)

C = rx.Var[Card]


def card(c: C, language: Language) -> rx.Component:
    """One card of a field."""
    return _card(language)(c=c, selected=EditorState.selected == c.id)


@cache
def _card(language: Language) -> Any:
    def draw(c: rx.Var[Card], selected: rx.Var[bool]) -> rx.Component:
        return rx.el.article(
            rx.el.button(
                icon("plus"),
                type="button",
                tab_index=-1,
                class_name="insert-before",
                aria_label=INSERT_BEFORE[language].replace("{label}", "") + c.label,
                on_click=EditorState.aim(c.parent, c.id, c.label).stop_propagation,
            ),
            handle(c),
            rx.el.div(_label(c, language), _facts(c), class_name="qmain"),
            _required(c, language),
            rx.cond(
                c.problem != "",
                rx.el.p(icon("circle-alert"), rx.el.span(c.problem), class_name="trouble", id="problem-" + c.id),
            ),
            rx.cond(selected, _tools(c, language)),
            aria_label=rx.cond(c.label != "", c.label, c.kind),
            class_name=rx.cond(selected, "qcard selected", "qcard") + rx.cond(c.problem != "", " problem", ""),
            on_click=EditorState.select(c.id),
        )

    draw.__name__ = f"editor_card_{language}"
    return rx.memo(draw)


def handle(c: C) -> rx.Component:
    """The button that a card is moved by."""
    return DragHandle.create(
        icon("grip-vertical"), item=c.id, name=c.label, nests=c.nests, title=c.is_title, class_name="handle"
    )


def _label(c: C, language: Language) -> rx.Component:
    return rx.fragment(
        rx.el.label(LABEL[language], html_for="label-" + c.id, class_name="hidden"),
        edited_text(
            language,
            "label-" + c.id,
            c.label,
            EditorState.set_label(c.id),
            id="label-" + c.id,
            placeholder=QUESTION[language],
            class_name="qlabel",
            on_focus=EditorState.select(c.id),
            custom_attrs={"data-name": "", "autoComplete": "off"},
        ),
    )


def _facts(c: C) -> rx.Component:
    return rx.el.div(
        rx.el.span(icon(c.icon), c.kind, class_name="kind"),
        rx.cond(c.facts != "", rx.el.span(c.facts)),
        rx.cond(c.condition != "", rx.el.span(icon("split"), c.condition, class_name="kind")),
        class_name="qmeta",
    )


def _required(c: C, language: Language) -> rx.Component:
    switch = rx.el.label(
        rx.el.input(
            type="checkbox",
            role="switch",
            class_name="switch",
            checked=c.required,
            on_change=EditorState.set_required(c.id),
        ),
        REQUIRED[language],
        rx.el.span(" : " + c.label, class_name="hidden"),
    )
    return rx.el.div(rx.cond(c.asks, switch), class_name="tools")


def _tools(c: C, language: Language) -> rx.Component:
    """What the keys and dragging do, as buttons, on the selected card."""
    fits = {Step.IN: c.nests & (c.parent == ""), Step.OUT: c.parent != ""}
    steps = [
        rx.cond(fits[step], _step(c, step, name, text[language], key))
        if step in fits
        else _step(c, step, name, text[language], key)
        for step, name, text, key in STEPS
    ]
    others = (
        _tool("copy", DUPLICATE[language], EditorState.duplicate(c.id), "Control+D"),
        _tool("trash-2", REMOVE[language], EditorState.remove(c.id), "Delete"),
        rx.el.button(
            icon("sliders-horizontal"),
            SETTINGS[language],
            type="button",
            class_name="button quiet narrow-only",
            on_click=EditorState.show_sheet("inspector").stop_propagation,
        ),
    )
    return rx.el.div(
        *steps,
        rx.el.span(*others, class_name="others"),
        class_name="qtools",
        role="group",
        aria_label=SETTINGS[language],
    )


def _step(c: C, step: Step, name: str, text: str, key: str) -> rx.Component:
    return rx.el.button(
        icon(name),
        type="button",
        id=f"{step.value}-" + c.id,
        class_name="button quiet icon-only",
        aria_label=text,
        title=text,
        on_click=EditorState.step(c.id, step.value).stop_propagation,
        custom_attrs={"aria-keyshortcuts": key},
    )


def _tool(name: str, text: str, event: Any, key: str) -> rx.Component:
    return rx.el.button(
        icon(name),
        type="button",
        class_name="button quiet icon-only",
        aria_label=text,
        title=text,
        on_click=event.stop_propagation,
        custom_attrs={"aria-keyshortcuts": key},
    )
