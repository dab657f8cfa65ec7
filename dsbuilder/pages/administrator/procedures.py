"""My procedures, and the way to a new one."""

import reflex as rx

from dsbuilder.components.frame import desk_page
from dsbuilder.components.icons import icon
from dsbuilder.components.importing import file_import
from dsbuilder.components.procedure_state import procedure_state
from dsbuilder.components.tables import cell, table
from dsbuilder.components.words import language, t
from dsbuilder.domain.procedure import ProcedureState
from dsbuilder.domain.texts import Text
from dsbuilder.state.administrator.procedures import ProceduresState, ProcedureView

TITLE = Text("Mes démarches", "My procedures")
CREATE = Text("Créer une démarche", "Create a procedure")
IMPORT = Text("Importer un formulaire", "Import a form")
BY_STATE = Text("État des démarches", "State of the procedures")
TABS = (
    ("", Text("Toutes", "All")),
    (ProcedureState.DRAFT.value, Text("Brouillons", "Drafts")),
    (ProcedureState.PUBLISHED.value, Text("Publiées", "Published")),
    (ProcedureState.CLOSED.value, Text("Closes", "Closed")),
)
SEARCH = Text("Chercher dans mes démarches", "Search my procedures")
PROCEDURE = Text("Démarche", "Procedure")
STATE = Text("État", "State")
DOSSIERS = Text("Dossiers", "Dossiers")
WAITING = Text("À traiter", "To process")
CHANGED = Text("Changée le", "Changed on")
ACTIONS = Text("Actions", "Actions")
EDIT = Text("Modifier", "Edit")
READING = Text("Lecture de vos démarches…", "Reading your procedures…")
EMPTY_TITLE = Text("Vos démarches apparaîtront ici", "Your procedures will appear here")
EMPTY = Text(
    "Importez un formulaire existant, ou commencez une page blanche. "
    "Rien n’est public tant que vous n’avez pas publié.",
    "Import an existing form, or start from a blank page. Nothing is public until you publish.",
)
NEW_TITLE = Text("Titre de la démarche", "Title of the procedure")
TITLE_HINT = Text(
    "Ce que les usagers cherchent, par exemple « Inscription à la cantine ». Vous pourrez le changer.",
    "What applicants look for, such as “School canteen registration”. You can change it later.",
)
START = Text("Créer et ouvrir l’éditeur", "Create and open the editor")
CLOSE = Text("Fermer", "Close")  # the file may be imported by then: there is nothing to cancel
CANCEL = Text("Annuler", "Cancel")
COLUMNS = ((PROCEDURE, "grow"), (STATE, ""), (DOSSIERS, "number"), (WAITING, "number"), (CHANGED, "number"))


def procedures() -> rx.Component:
    """The whole page."""
    whole = rx.fragment(_toolbar(), table(t(TITLE), (*COLUMNS, (ACTIONS, "")), ProceduresState.listed, _line))
    return desk_page(
        rx.el.div(rx.el.h1(t(TITLE)), _buttons(), class_name="row between"),
        rx.match(ProceduresState.making, ("blank", _blank()), ("file", _file()), rx.fragment()),
        rx.cond(
            ProceduresState.is_open,
            rx.cond(ProceduresState.listed.length() == 0, _empty(), whole),
            rx.el.p(t(READING), class_name="meta", role="status"),
        ),
        current="admin",
        class_name="wrap page administration",
    )


def _buttons() -> rx.Component:
    return rx.el.div(
        rx.el.button(
            icon("import"), t(IMPORT), type="button", class_name="button", on_click=ProceduresState.make("file")
        ),
        rx.el.button(
            icon("plus"), t(CREATE), type="button", class_name="button primary", on_click=ProceduresState.make("blank")
        ),
        class_name="button-group",
    )


def _blank() -> rx.Component:
    form = rx.el.form(
        rx.el.div(
            rx.el.label(t(NEW_TITLE), html_for="new-title"),
            rx.el.p(t(TITLE_HINT), id="new-title-aide", class_name="hint"),
            rx.el.input(
                id="new-title", name="title", class_name="input", required=True, auto_focus=True, max_length=2_000,
                custom_attrs={"aria-describedby": "new-title-aide", "autoComplete": "off"},
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.button(t(START), type="submit", class_name="button primary"), _back(CANCEL), class_name="button-group"
        ),
        on_submit=ProceduresState.create,
        class_name="stack",
    )  # fmt: skip
    return rx.el.section(rx.el.h2(t(CREATE)), form, class_name="card roomy making", aria_label=t(CREATE))


def _file() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t(IMPORT)),
        file_import(language(), f"/admin/importer?langue={language()}"),
        rx.el.div(_back(CLOSE), class_name="button-group"),
        class_name="card roomy making stack",
        aria_label=t(IMPORT),
    )


def _back(words: Text) -> rx.Component:
    return rx.el.button(t(words), type="button", class_name="button quiet", on_click=ProceduresState.make(""))


def _toolbar() -> rx.Component:
    tabs = [
        rx.el.button(
            t(text),
            rx.el.span(ProceduresState.counts[state], class_name="count"),
            type="button",
            on_click=ProceduresState.show_state(state),
            custom_attrs={"aria-pressed": rx.cond(ProceduresState.shown_state == state, "true", "false")},
        )
        for state, text in TABS
    ]
    search = rx.el.div(
        rx.el.label(t(SEARCH), html_for="find", class_name="hidden"),
        icon("search"),
        rx.el.input(
            id="find", type="search", class_name="input", placeholder=t(SEARCH),
            on_change=ProceduresState.find.debounce(150),
        ),
        class_name="search push",
    )  # fmt: skip
    group = rx.el.div(*tabs, class_name="segmented", role="group", aria_label=t(BY_STATE))
    return rx.el.div(group, search, class_name="toolbar")


def _line(one: rx.Var[ProcedureView]) -> rx.Component:
    of_state = (ProceduresState.shown_state == "") | (one.state == ProceduresState.shown_state)
    line = rx.el.tr(
        rx.el.th(
            rx.el.a(one.title, href=one.href),
            rx.el.span(one.organisation, class_name="meta"),
            rx.cond(one.address != "", rx.el.code(one.address, class_name="meta")),
            scope="row",
            class_name="grow stacked",
        ),
        cell(STATE, procedure_state(one.state, one.has_changes)),
        cell(DOSSIERS, one.dossiers, class_name="number"),
        cell(WAITING, one.waiting, class_name="number"),
        cell(CHANGED, one.changed_on, class_name="number"),
        rx.el.td(
            rx.el.a(
                icon("pencil"),
                t(EDIT),
                rx.el.span(" " + one.title, class_name="hidden"),
                href=one.href + "/formulaire",
                class_name="button quiet",
            )
        ),
        key=one.number,
    )
    return rx.cond(of_state & one.sought.contains(ProceduresState.words), line)


def _empty() -> rx.Component:
    return rx.el.div(icon("file-plus-2"), rx.el.h2(t(EMPTY_TITLE)), rx.el.p(t(EMPTY)), _buttons(), class_name="empty")
