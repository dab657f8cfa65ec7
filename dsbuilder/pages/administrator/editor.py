"""The editor of a form: palette, canvas, inspector."""

import reflex as rx

from dsbuilder.components.dragging import DragSource, drag_area
from dsbuilder.components.failure import connection_is_lost
from dsbuilder.components.frame import notices
from dsbuilder.components.icons import icon
from dsbuilder.components.in_place import Attention, Dialog, Shortcuts, saved_state
from dsbuilder.components.words import href, language, t
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.base import FieldType, Group
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.texts import Text
from dsbuilder.pages.administrator.canvas import canvas
from dsbuilder.pages.administrator.inspector import inspector
from dsbuilder.state.administrator.canvas import Found, ProblemView
from dsbuilder.state.administrator.editor import EditorState

SKIP = Text("Aller au formulaire", "Skip to the form")
BACK = Text("Démarche", "Procedure")
UNPUBLISHED = Text("Modifications non publiées", "Unpublished changes")
DRAFT = Text("Brouillon", "Draft")
UNDO = Text("Annuler", "Undo")
REDO = Text("Rétablir", "Redo")
NO_PROBLEM = Text("Aucun problème", "No problem")
PROBLEM = Text(" problème", " problem")
PROBLEMS = Text(" problèmes", " problems")
PREVIEW = Text("Aperçu", "Preview")
PUBLISH = Text("Publier", "Publish")
ADD = Text("Ajouter", "Add")
SETTINGS = Text("Réglages", "Settings")
ITEMS = Text("Éléments à ajouter", "Items to add")
SEARCH_KIND = Text("Chercher un type", "Search a kind")
PANES = Text("Volets", "Panes")
CLOSE = Text("Fermer", "Close")
AIMED = Text("Sera ajouté à l’endroit choisi", "Will be added at the chosen place")
AIMED_BEFORE = Text("Sera ajouté avant : ", "Will be added before: ")
FORGET_AIM = Text("Oublier cet endroit", "Forget this place")
GO_TO = Text("Aller à une question", "Go to a question")
SEARCH_CARD = Text("Chercher dans le formulaire", "Search the form")
TO_FIX = Text("À corriger avant de publier", "To fix before publishing")
NOTHING_FOUND = Text("Aucun élément ne correspond.", "No item matches.")

KEYS = {
    "undo": ["Mod+z"],
    "redo": ["Mod+Shift+z", "Mod+y"],
    "go": ["Mod+k"],
    "duplicate": ["Mod+d"],
    "remove": ["Delete"],
    "up": ["Alt+ArrowUp"],
    "down": ["Alt+ArrowDown"],
    "in": ["Alt+ArrowRight"],
    "out": ["Alt+ArrowLeft"],
}


def editor() -> rx.Component:
    """The whole page."""
    return rx.el.div(
        rx.el.a(t(SKIP), href="#contenu", class_name="skip"),
        drag_area(
            language(),
            rx.el.div(
                _bar(),
                _palette(),
                canvas(),
                inspector(),
                _dock(),
                class_name="editor",
                custom_attrs={"data-sheet": EditorState.sheet},
            ),
            on_move=EditorState.move,
            on_place=EditorState.place,
        ),
        rx.el.div(notices(), class_name="floating-notices"),
        Shortcuts.create(keys=KEYS, on_press=EditorState.press),
        Attention.create(target=EditorState.attention),
        _go_to(),
        _problem_list(),
        lang=language(),
        class_name="place",
        custom_attrs={"data-place": "desk"},
    )


# -- the bar ------------------------------------------------------------------------------------------------------
def _bar() -> rx.Component:
    number = EditorState.number.to_string()
    overview = href("/admin/demarches/") + number
    state = rx.cond(
        EditorState.is_published,
        rx.cond(EditorState.has_changes, rx.el.span(icon("circle-dot"), t(UNPUBLISHED), class_name="chip yours")),
        rx.el.span(icon("file-pen"), t(DRAFT), class_name="chip outline"),
    )
    return rx.el.header(
        rx.el.a(icon("arrow-left"), rx.el.span(t(BACK), class_name="wide"), href=overview, class_name="button quiet"),
        rx.el.h1(EditorState.title),
        rx.el.span(state, class_name="wide"),
        saved_state(language(), stamp=EditorState.stamp, lost=connection_is_lost, class_name="saved"),
        rx.el.div(
            _bar_button("undo-2", t(UNDO), EditorState.undo, ~EditorState.can_undo, "Control+Z"),
            _bar_button("redo-2", t(REDO), EditorState.redo, ~EditorState.can_redo, "Control+Shift+Z"),
            _problem_button(),
            rx.el.a(icon("eye"), t(PREVIEW), href=overview + "/apercu", class_name="button"),
            rx.el.a(t(PUBLISH), href=overview + "/publier", class_name="button primary"),
            class_name="end",
        ),
        class_name="editor-bar",
    )


def _bar_button(name: str, text: str, event: rx.EventHandler, disabled: rx.Var[bool], key: str) -> rx.Component:
    return rx.el.button(
        icon(name),
        type="button",
        class_name="button quiet icon-only",
        aria_label=text,
        title=f"{text} ({key.replace('Control', 'Ctrl')})",
        disabled=disabled,
        on_click=event,
        custom_attrs={"aria-keyshortcuts": key},
    )


def _problem_button() -> rx.Component:
    count = EditorState.problems.length()
    text = rx.cond(count > 1, count.to_string() + t(PROBLEMS), count.to_string() + t(PROBLEM))
    return rx.cond(
        count > 0,
        rx.el.button(
            icon("circle-alert"), text, type="button", class_name="button quiet",
            on_click=EditorState.open_dialog("problems"),
        ),
        rx.el.span(icon("circle-check"), t(NO_PROBLEM), class_name="saved wide"),
    )  # fmt: skip


# -- the palette --------------------------------------------------------------------------------------------------
def _palette() -> rx.Component:
    return rx.el.aside(
        rx.el.div(
            rx.el.h2(t(ADD)),
            rx.el.button(
                icon("x"), type="button", class_name="button quiet icon-only close-sheet", aria_label=t(CLOSE),
                on_click=EditorState.show_sheet(""),
            ),
            class_name="row between",
        ),
        rx.cond(EditorState.is_aiming, _aimed()),
        rx.el.div(
            rx.el.label(t(SEARCH_KIND), html_for="palette-search", class_name="hidden"),
            icon("search"),
            rx.el.input(
                id="palette-search", type="search", class_name="input", placeholder=t(SEARCH_KIND),
                on_change=EditorState.filter_palette.debounce(120),
            ),
            class_name="search",
        ),
        *[_palette_group(group) for group in Group],
        id="palette",
        class_name="pane palette",
        tab_index=0,
        aria_label=t(ITEMS),
    )  # fmt: skip


def _aimed() -> rx.Component:
    return rx.el.p(
        rx.el.span(
            rx.cond(EditorState.aimed_label != "", t(AIMED_BEFORE) + EditorState.aimed_label, t(AIMED)),
        ),
        rx.el.button(
            icon("x"), type="button", class_name="button quiet icon-only", aria_label=t(FORGET_AIM),
            on_click=EditorState.stop_aiming,
        ),
        class_name="aimed",
        role="status",
    )  # fmt: skip


def _palette_group(group: Group) -> rx.Component:
    kinds = [type_ for type_ in CATALOGUE.values() if type_.group is group and type_.offered]
    if not kinds:
        return rx.fragment()
    names = " ".join(_sought(type_) for type_ in kinds)
    return rx.cond(
        rx.Var.create(names).contains(EditorState.palette_words),
        rx.fragment(
            rx.el.h3(t(group.value)), rx.el.ul(*[_palette_item(type_) for type_ in kinds], class_name="palette-items")
        ),
    )


def _palette_item(type_: FieldType) -> rx.Component:
    source = DragSource.create(
        icon(type_.icon),
        rx.el.span(type_.label[language()]),
        icon("grip-vertical"),
        kind=type_.kind,
        name=type_.label[language()],
        nests=type_.may_stand_in_rows,
        title=type_.control is Control.HEADING,
        on_pick=EditorState.pick,
        class_name="palette-item",
    )
    item = rx.el.li(source, title=type_.help[language()])
    wanted = rx.Var.create(_sought(type_)).contains(EditorState.palette_words)
    if type_.needs is not None:
        wanted = wanted & ~EditorState.closed_kinds.contains(type_.kind)
    return rx.cond(wanted, item)


def _sought(type_: FieldType) -> str:
    return f"{type_.label[language()]} {type_.help[language()]}".casefold()


def _dock() -> rx.Component:
    return rx.el.nav(
        rx.el.button(
            icon("plus"), t(ADD), type="button", class_name="button", on_click=EditorState.show_sheet("palette")
        ),
        rx.el.button(
            icon("sliders-horizontal"), t(SETTINGS), type="button", class_name="button",
            on_click=EditorState.show_sheet("inspector"),
        ),
        class_name="dock",
        aria_label=t(PANES),
    )  # fmt: skip


# -- dialogs ------------------------------------------------------------------------------------------------------
def _go_to() -> rx.Component:
    return Dialog.create(
        rx.el.div(
            rx.el.label(t(SEARCH_CARD), html_for="go-search", class_name="label"),
            rx.el.div(
                icon("search"),
                rx.el.input(
                    id="go-search", type="search", class_name="input", auto_focus=True,
                    on_change=EditorState.search.debounce(120), custom_attrs={"autoComplete": "off"},
                ),
                class_name="search",
            ),
            rx.cond(
                EditorState.found.length() > 0,
                rx.el.ul(rx.foreach(EditorState.found, _found), class_name="menu"),
                rx.el.p(t(NOTHING_FOUND), class_name="meta"),
            ),
        ),
        open=EditorState.dialog == "go",
        label=t(GO_TO),
        on_close=EditorState.open_dialog(""),
        class_name="palette-dialog",
    )  # fmt: skip


def _found(one: rx.Var[Found]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            icon(one.icon),
            rx.el.span(one.label),
            rx.el.span(one.where, class_name="meta"),
            type="button",
            on_click=EditorState.go(one.id),
        ),
        key=one.id,
    )


def _problem_list() -> rx.Component:
    return Dialog.create(
        rx.el.h2(t(TO_FIX)),
        rx.el.ul(rx.foreach(EditorState.problems, _problem), class_name="menu"),
        open=EditorState.dialog == "problems",
        label=t(TO_FIX),
        on_close=EditorState.open_dialog(""),
        class_name="palette-dialog",
    )


def _problem(one: rx.Var[ProblemView]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            icon("circle-alert"),
            rx.el.span(rx.el.strong(one.label), rx.el.br(), one.text),
            type="button",
            on_click=EditorState.go(one.id),
        )
    )
