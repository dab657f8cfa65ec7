"""The canvas of the editor: the form as sections of cards."""

from typing import Any

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.words import language, t
from dsbuilder.domain.texts import Text
from dsbuilder.pages.administrator.cards import card, handle
from dsbuilder.state.administrator.canvas import Card, SectionView, Slot
from dsbuilder.state.administrator.editor import EditorState

FORM = Text("Formulaire", "Form")
FOLD_ALL = Text("Tout replier", "Fold all")
UNFOLD_ALL = Text("Tout déplier", "Unfold all")
GO_TO = Text("Aller à", "Go to")
FOLD = Text("Replier ou déplier la section", "Fold or unfold the section")
ADD_HERE = Text("Ajouter ici", "Add here")
ADD_INSIDE = Text("Ajouter dans le bloc", "Add inside the block")
SECTION_SETTINGS = Text("Réglages de la section", "Settings of the section")
ADD_SECTION = Text("Ajouter une section", "Add a section")
ADD_QUESTION = Text("Ajouter une question", "Add a question")
EMPTY_TITLE = Text("Votre formulaire est vide", "Your form is empty")
EMPTY = Text(
    "Faites glisser une question depuis la liste, ou choisissez-en une : elle s’ajoute ici.",
    "Drag a question from the list, or choose one: it is added here.",
)


def canvas() -> rx.Component:
    """The form being made."""
    inner = rx.el.div(
        _above(),
        rx.cond(EditorState.is_empty, _empty(), rx.foreach(EditorState.sections, _section)),
        _below(),
        class_name="canvas-inner",
    )
    return rx.el.main(
        rx.cond(EditorState.number > 0, inner),
        id="contenu",
        class_name="canvas",
        tab_index=0,
        aria_label=t(FORM),
        custom_attrs={"data-canvas": ""},
    )


def _above() -> rx.Component:
    return rx.el.div(
        rx.el.p(EditorState.measure, class_name="meta"),
        rx.el.div(
            rx.el.button(
                icon("chevrons-down-up"),
                rx.cond(EditorState.open_sections.length() > 0, t(FOLD_ALL), t(UNFOLD_ALL)),
                type="button",
                class_name="button quiet",
                on_click=EditorState.fold_all,
            ),
            rx.el.button(
                icon("search"),
                t(GO_TO),
                rx.el.kbd("Ctrl K"),
                type="button",
                class_name="button quiet",
                on_click=EditorState.open_dialog("go"),
                custom_attrs={"aria-keyshortcuts": "Control+K"},
            ),
            class_name="row",
        ),
        class_name="row between",
    )


def _below() -> rx.Component:
    return rx.el.div(
        rx.el.button(
            icon("plus"), t(ADD_QUESTION), type="button", class_name="button", on_click=EditorState.aim("", "", "")
        ),
        rx.el.button(
            icon("heading"),
            t(ADD_SECTION),
            type="button",
            class_name="button quiet",
            on_click=EditorState.place("header_section", "", ""),
        ),
        class_name="button-group canvas-end",
    )


def _empty() -> rx.Component:
    return rx.el.div(icon("file-plus-2"), rx.el.h2(t(EMPTY_TITLE)), rx.el.p(t(EMPTY)), class_name="empty")


def _section(section: rx.Var[SectionView]) -> rx.Component:
    is_open = EditorState.open_sections.contains(section.key)
    body = rx.el.ol(rx.foreach(section.slots, _top), _insert("", section.end, t(ADD_HERE)), class_name="cards")
    return rx.el.section(
        rx.cond(section.id != "", _section_head(section, is_open)),
        rx.cond(is_open, rx.el.div(body, id="body-" + section.key)),
        class_name=rx.cond(is_open, "qsection level-", "qsection folded level-") + section.level.to_string(),
        key=section.key,
    )


def _section_head(section: rx.Var[SectionView], is_open: rx.Var[bool]) -> rx.Component:
    title = _known(section.id)
    selected = EditorState.selected == section.id
    return rx.el.header(
        handle(title),
        rx.el.button(
            icon(rx.cond(is_open, "chevron-down", "chevron-right")),
            type="button",
            class_name="handle fold-toggle",
            aria_label=t(FOLD) + " " + section.title,
            on_click=EditorState.toggle_section(section.key),
            custom_attrs={"aria-expanded": rx.cond(is_open, "true", "false")},
        ),
        rx.el.h2(
            rx.cond(section.number != "", rx.el.span(section.number, class_name="n")),
            rx.el.button(
                section.title, type="button", class_name="title-button", on_click=EditorState.select(section.id)
            ),
        ),
        rx.cond(section.problems != "", rx.el.span(icon("circle-alert"), section.problems, class_name="chip danger")),
        rx.cond(
            ~selected & (title.condition != ""), rx.el.span(icon("split"), title.condition, class_name="meta condition")
        ),
        rx.el.span(section.count, class_name="meta"),
        rx.el.button(
            icon("sliders-horizontal"),
            type="button",
            id="settings-" + section.id,
            class_name="button quiet icon-only",
            aria_label=t(SECTION_SETTINGS) + " " + section.title,
            on_click=[EditorState.select(section.id), EditorState.show_sheet("inspector")],
        ),
        rx.cond(selected, card(title, language())),
        class_name=rx.cond(selected, "selected", ""),
        custom_attrs={"data-slot": section.id, "data-title": "true", "data-label": section.title},
    )


def _top(slot: rx.Var[Slot]) -> rx.Component:
    c = _known(slot.id)
    inside = rx.el.ol(
        rx.foreach(slot.children, lambda id: _inner(id, slot.id)),
        _insert(slot.id, "", t(ADD_INSIDE)),
        class_name="cards",
    )
    return rx.el.li(
        card(c, language()),
        rx.cond(slot.holds, inside),
        class_name=rx.cond(slot.holds, "qblock", "qslot"),
        key=slot.id,
        custom_attrs={"data-slot": slot.id, "data-holds": rx.cond(slot.holds, "true", "")},
    )


def _inner(id: rx.Var[str], parent: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        card(_known(id), language()),
        class_name="qslot",
        key=id,
        custom_attrs={"data-slot": id, "data-parent": parent},
    )


def _insert(parent: Any, before: Any, text: str) -> rx.Component:
    button = rx.el.button(
        icon("plus"), text, type="button", class_name="insert", on_click=EditorState.aim(parent, before, "")
    )
    return rx.el.li(button)


def _known(id: rx.Var[str]) -> rx.Var[Card]:
    """The latest of a card: those sent alone win over those sent together."""
    return rx.cond(EditorState.fresh.contains(id), EditorState.fresh[id], EditorState.cards[id]).to(Card)
