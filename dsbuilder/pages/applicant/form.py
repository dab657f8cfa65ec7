"""The form of a dossier: its questions, what is done, and the way to the check."""

import reflex as rx

from dsbuilder.components.controls import FormHandlers
from dsbuilder.components.form import BlockHandlers, FormVars, contents, error_summary, form
from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.keeper import keeper
from dsbuilder.components.words import href, t
from dsbuilder.domain.answering import MAX_TEXT
from dsbuilder.domain.texts import Text
from dsbuilder.state.applicant.form import AsideView, FormState

ALL_REQUIRED = Text(
    "Toutes les réponses sont obligatoires, sauf celles marquées « facultatif ».",
    "All answers are required, except those marked “optional”.",
)
CHECK = Text("Vérifier mes réponses", "Check my answers")
NOTHING_SENT = Text(
    "Rien n’est encore envoyé. Vos réponses sont enregistrées : vous pouvez vous arrêter et reprendre plus tard.",
    "Nothing is sent yet. Your answers are saved: you can stop and go on later.",
)
ALREADY_SENT = Text(
    "Ce dossier est déposé : chaque réponse que vous modifiez est transmise au service aussitôt.",
    "This dossier is submitted: each answer that you change reaches the service at once.",
)
BACK_TO_DOSSIER = Text("Revenir à mon dossier", "Back to my dossier")
NOT_SENT_YET = Text(
    "Votre dossier n’est pas encore déposé. Vos autres réponses sont enregistrées.",
    "Your dossier is not submitted yet. Your other answers are saved.",
)
TEST = Text(
    "Essai : cette démarche n’est pas publiée. Ce dossier ne compte pas.",
    "Test: this procedure is not published. This dossier does not count.",
)
SET_ASIDE = Text("Vos réponses aux questions retirées", "Your answers to questions that were removed")
SET_ASIDE_HINT = Text(
    "Ces questions ne sont plus posées. Vos réponses ne seront pas transmises ; vous pouvez les reprendre ailleurs.",
    "These questions are no longer asked. Your answers will not be sent; you can use them elsewhere.",
)
LOADING = Text("Chargement du formulaire", "Loading the form")

SHOWN = FormVars(
    sections=FormState.sections,
    rows=FormState.rows,
    errors=FormState.errors,
    fresh_errors=FormState.fresh_errors,
    extras=FormState.extras,
    hidden=FormState.hidden,
    fresh_hidden=FormState.fresh_hidden,
    marks=FormState.marks,
    numbers=FormState.numbers,
    dossier=FormState.dossier,
    filled=FormState.filled,
)
ON = FormHandlers(
    owner="applicant",
    answer=FormState.answer,
    tick=FormState.tick,
    toggle=FormState.toggle,
    link=FormState.link,
    search=FormState.search,
    part=FormState.part,
    attached=FormState.attached,
)
BLOCKS = BlockHandlers(add=FormState.add_row, remove=FormState.remove_row)


def form_page() -> rx.Component:
    """The whole form on one page."""
    return public_page(
        rx.cond(
            FormState.is_ready,
            rx.el.div(
                _head(),
                contents(SHOWN, FormState.given, FormState.answered, FormState.asked),
                rx.el.div(
                    error_summary(FormState.wrong, FormState.wrong_heading, t(NOT_SENT_YET), FormState.checked),
                    rx.el.div(form(SHOWN, ON, BLOCKS), _actions(), class_name="sheet"),
                    class_name="stack-lg",
                ),
                class_name="form-page",
            ),
            rx.cond(FormState.notice == "", rx.el.p(t(LOADING), class_name="meta")),
        ),
        keeper(
            reader=FormState.keeper,
            ready=FormState.is_ready,
            acknowledged=FormState.acknowledged,
            limit=MAX_TEXT,
            on_restore=FormState.restore,
            on_too_long=FormState.refuse_too_long,
        ),
        wide=True,
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.h1(FormState.title),
        rx.cond(FormState.is_test, _said("info", t(TEST))),
        rx.cond(FormState.is_deposited, _said("info", t(ALREADY_SENT))),
        rx.cond(FormState.changed != "", _said("history", FormState.changed)),
        rx.cond(~FormState.is_deposited & (FormState.set_aside.length() > 0), _set_aside()),
        rx.el.div(
            rx.el.p(t(ALL_REQUIRED), class_name="meta"),
            rx.el.p(
                rx.cond(FormState.saved != "", rx.fragment(icon("cloud-check"), FormState.saved)),
                role="status",
                class_name="saved",
            ),
            class_name="row between",
        ),
        class_name="form-head stack",
    )


def _set_aside() -> rx.Component:
    def one(aside: rx.Var[AsideView]) -> rx.Component:
        return rx.el.div(rx.el.dt(aside.label), rx.el.dd(aside.words))

    return rx.el.details(
        rx.el.summary(rx.el.span(t(SET_ASIDE)), icon("chevron-down")),
        rx.el.div(
            rx.el.p(t(SET_ASIDE_HINT), class_name="meta"),
            rx.el.dl(rx.foreach(FormState.set_aside, one), class_name="answers"),
            class_name="stack",
        ),
        class_name="answers-fold",
    )


def _said(icon_name: str, sentence: str | rx.Var[str]) -> rx.Component:
    return rx.el.div(icon(icon_name), rx.el.p(sentence), class_name="notice yours")


def _actions() -> rx.Component:
    back = rx.el.a(t(BACK_TO_DOSSIER), href=href("/dossiers/") + FormState.dossier, class_name="button primary large")
    check = rx.el.button(t(CHECK), type="button", on_click=FormState.check, class_name="button primary large")
    return rx.cond(
        FormState.is_deposited,
        rx.el.div(back, class_name="form-actions"),
        rx.el.div(check, rx.el.p(t(NOTHING_SENT), class_name="meta"), class_name="form-actions"),
    )
