"""One mail: its words, the tags to put in, and beside them how it would go out."""

import reflex as rx

from dsbuilder.components.dialog import dialog
from dsbuilder.components.frame import desk_page
from dsbuilder.components.given import given_input
from dsbuilder.components.icons import icon
from dsbuilder.components.mail_writing import mail_writing
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.administrator.mail import ParagraphView, PieceView, ProcedureMailState

CRUMBS = Text("Fil d’Ariane", "Breadcrumb")
MINE = Text("Mes démarches", "My procedures")
MAILS = Text("Courriels", "Mails")
MAIL = Text("Courriel", "Mail")
OWN = Text("Vos mots", "Your words")
STANDARD = Text("Texte d’origine", "Standard text")
SAVE = Text("Enregistrer", "Save")
RESTORE = Text("Rétablir le texte d’origine", "Restore the standard text")
RESTORE_ASKED = Text("Rétablir le texte d’origine\xa0?", "Restore the standard text?")
RESTORE_MEANS = Text(
    "Vos mots pour ce courriel seront perdus. Ceux qui sont déjà partis ne changent pas.",
    "Your words for this mail will be lost. Mails that have gone out do not change.",
)
CANCEL = Text("Annuler", "Cancel")
PREVIEW = Text("Aperçu", "Preview")
MADE_UP = Text(
    "Avec un dossier inventé. Ce qui remplace une balise est souligné.",
    "With a made-up dossier. What stands for a tag is underlined.",
)
OF_DOSSIER = Text(
    "Avec les réponses du dossier choisi. Ce qui remplace une balise est souligné.",
    "With the answers of the dossier chosen. What stands for a tag is underlined.",
)
BUTTON = Text("Voir mon dossier", "See my dossier")
NUMBER = Text("Numéro d’un dossier que vous instruisez", "Number of a dossier that you process")
NUMBER_HINT = Text("Laissez vide pour un dossier inventé.", "Leave empty for a made-up dossier.")
LOOK = Text("Regarder", "Look")
ERROR = Text("Erreur : ", "Error: ")

S = ProcedureMailState


def mail() -> rx.Component:
    """The whole page."""
    state = rx.cond(
        S.is_own,
        rx.el.span(icon("pencil"), t(OWN), class_name="chip yours"),
        rx.el.span(t(STANDARD), class_name="chip"),
    )
    return desk_page(
        _crumbs(),
        rx.el.div(
            rx.el.div(rx.el.h1(rx.cond(S.label != "", S.label, t(MAIL))), rx.cond(S.is_open, state), class_name="row"),
            rx.el.p(S.when, class_name="meta"),
            class_name="page-head",
        ),
        rx.cond(S.is_open, rx.el.div(_writing(), _preview(), class_name="overview mail-page")),
        _restoring(),
        current="admin",
        class_name="wrap page administration",
    )


def _crumbs() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            rx.el.li(rx.el.a(t(MINE), href=href("/admin"))),
            rx.el.li(rx.el.a(S.title, href=_here(""))),
            rx.el.li(rx.el.a(t(MAILS), href=_here("/courriels"))),
            rx.el.li(rx.el.span(S.label, custom_attrs={"aria-current": "page"})),
        ),
        class_name="crumbs",
        aria_label=t(CRUMBS),
    )


def _here(path: str) -> rx.Var[str]:
    return href("/admin/demarches/") + S.number + path


def _writing() -> rx.Component:
    restore = rx.el.button(
        icon("undo-2"), t(RESTORE), type="button", class_name="button quiet", on_click=S.ask_to_restore(True)
    )
    return mail_writing(
        rx.el.button(icon("check"), t(SAVE), type="submit", class_name="button primary"),
        rx.cond(S.is_own, restore),
        subject=S.subject,
        body=S.body,
        seen=S.seen,
        stamp=S.stamp,
        tags=S.tags,
        subject_error=S.subject_error,
        body_error=S.body_error,
        answered=S.answered,
        on_draft=S.draft,
        on_save=S.save,
    )


# -- how it would go out -------------------------------------------------------------------------------------------
def _preview() -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(t(PREVIEW), id="apercu"), class_name="section-head"),
        rx.el.p(rx.cond(S.is_made_up, t(MADE_UP), t(OF_DOSSIER)), class_name="meta"),
        rx.el.article(
            rx.el.h3(rx.foreach(S.shown_subject, _piece)),
            rx.foreach(S.shown_body, _paragraph),
            rx.el.p(rx.el.span(t(BUTTON), class_name="button primary shown")),
            class_name="card roomy stack sent-mail",
        ),
        rx.cond(S.is_instructor, _choosing()),
        class_name="stack",
        custom_attrs={"aria-labelledby": "apercu"},
    )


def _paragraph(paragraph: rx.Var[ParagraphView]) -> rx.Component:
    return rx.el.p(rx.foreach(paragraph.pieces, _piece), class_name="said-body")


def _piece(piece: rx.Var[PieceView]) -> rx.Component:
    return rx.cond(piece.is_tag, rx.el.span(piece.words, class_name="from-tag"), rx.el.span(piece.words))


def _choosing() -> rx.Component:
    error = rx.el.p(
        icon("circle-alert"),
        rx.el.span(rx.el.span(t(ERROR), class_name="hidden"), S.dossier_error),
        class_name="error",
    )
    return rx.el.form(
        rx.el.div(
            rx.el.label(t(NUMBER), html_for="courriel-dossier"),
            rx.el.p(t(NUMBER_HINT), id="courriel-dossier-aide", class_name="hint"),
            rx.el.div(rx.cond(S.dossier_error != "", error), id="courriel-dossier-erreur", role="alert"),
            rx.el.div(
                given_input(
                    "courriel-dossier",
                    S.dossier,
                    name="dossier",
                    type="text",
                    class_name="input w-sm",
                    custom_attrs={
                        "inputMode": "numeric",
                        "autoComplete": "off",
                        "aria-describedby": "courriel-dossier-aide courriel-dossier-erreur",
                    },
                ),
                rx.el.button(icon("eye"), t(LOOK), type="submit", class_name="button"),
                class_name="with-button",
            ),
            class_name=rx.cond(S.dossier_error != "", "field invalid", "field"),
        ),
        on_submit=S.look_with,
    )


def _restoring() -> rx.Component:
    return dialog(
        rx.el.h2(t(RESTORE_ASKED), id="restoring"),
        rx.el.p(t(RESTORE_MEANS)),
        rx.el.div(
            rx.el.button(t(CANCEL), type="button", class_name="button", on_click=S.ask_to_restore(False)),
            rx.el.button(t(RESTORE), type="button", class_name="button danger primary", on_click=S.restore),
            class_name="button-group",
        ),
        open=S.is_restoring,
        labelled_by="restoring",
        on_dismiss=S.ask_to_restore(False),
    )
