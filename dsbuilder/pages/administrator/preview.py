"""The form as applicants will see it, to try."""

import reflex as rx

from dsbuilder.components.controls import FormHandlers
from dsbuilder.components.form import BlockHandlers, FormVars, form
from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.administrator.preview import PreviewState

PREVIEW = Text("Ceci est un aperçu.", "This is a preview.")
NOTHING_KEPT = Text(
    "Ce que vous y saisissez n’est pas gardé et n’est transmis à personne. On n’y joint pas de fichier.",
    "What you enter is not kept and reaches nobody. Files cannot be attached here.",
)
FILL = Text("Remplir pour essayer", "Fill in to try it")
FILL_AGAIN = Text("Remplir autrement", "Fill in another way")
FILLED = Text("Le formulaire est rempli.", "The form is filled in.")
BACK = Text("Revenir à l’éditeur", "Back to the editor")
EMPTY_TITLE = Text("Ce formulaire est vide", "This form is empty")
EMPTY = Text("Ajoutez-y une question dans l’éditeur.", "Add a question in the editor.")
LOADING = Text("Chargement de l’aperçu…", "Loading the preview…")
ALL_REQUIRED = Text(
    "Toutes les réponses sont obligatoires, sauf celles marquées « facultatif ».",
    "All answers are required, except those marked “optional”.",
)

SHOWN = FormVars(
    sections=PreviewState.sections,
    rows=PreviewState.rows,
    errors=PreviewState.errors,
    fresh_errors=PreviewState.errors,
    extras=PreviewState.extras,
    hidden=PreviewState.hidden,
    fresh_hidden=PreviewState.hidden,
    marks=PreviewState.marks,
    numbers=PreviewState.numbers,
    dossier="",
)
ON = FormHandlers(
    owner="preview",
    answer=PreviewState.answer,
    tick=PreviewState.tick,
    toggle=PreviewState.toggle,
    link=PreviewState.link,
    search=PreviewState.search,
    part=PreviewState.part,
)
BLOCKS = BlockHandlers(add=PreviewState.add_row, remove=PreviewState.remove_row)


def preview() -> rx.Component:
    """The whole page."""
    return public_page(
        rx.el.div(
            icon("eye"),
            rx.el.div(
                rx.el.p(rx.el.strong(t(PREVIEW)), " ", t(NOTHING_KEPT)),
                rx.el.div(
                    rx.cond(PreviewState.is_ready & ~PreviewState.is_empty, _fill()),
                    rx.el.a(
                        icon("arrow-left"),
                        t(BACK),
                        href=href("/admin/demarches/") + PreviewState.number + "/formulaire",
                        class_name="button",
                    ),
                    class_name="button-group",
                ),
                class_name="row between",
            ),
            class_name="notice yours preview-notice",
        ),
        rx.cond(
            PreviewState.is_ready,
            rx.cond(PreviewState.is_empty, _empty(), _form()),
            rx.el.p(t(LOADING), class_name="meta", role="status"),
        ),
    )


def _fill() -> rx.Component:
    return rx.fragment(
        rx.el.button(
            icon("pencil-line"),
            rx.cond(PreviewState.filled > 0, t(FILL_AGAIN), t(FILL)),
            type="button",
            class_name="button",
            on_click=PreviewState.fill,
        ),
        rx.el.span(rx.cond(PreviewState.filled > 0, t(FILLED), ""), role="status", class_name="hidden"),
    )


def _form() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(PreviewState.title), rx.el.p(t(ALL_REQUIRED), class_name="meta"), class_name="form-head stack"
        ),
        rx.el.div(form(SHOWN, ON, BLOCKS), class_name="sheet", key="filled" + PreviewState.filled.to_string()),
        class_name="stack-lg preview",
    )


def _empty() -> rx.Component:
    return rx.el.div(icon("file-plus-2"), rx.el.h1(t(EMPTY_TITLE)), rx.el.p(t(EMPTY)), class_name="empty")
