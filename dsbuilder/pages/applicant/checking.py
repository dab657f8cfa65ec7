"""The answers read again, then the deposit."""

import reflex as rx

from dsbuilder.components.answers import answers
from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.applicant.checking import CheckingState

TITLE = Text("Vérifiez vos réponses", "Check your answers")
LEAD = Text(
    "Relisez-les, puis déposez votre dossier. Vous pourrez encore les modifier tant que son examen n’a pas commencé.",
    "Read them again, then submit your dossier. You can still change them until its examination starts.",
)
BACK = Text("Revenir au formulaire", "Back to the form")
CONCERNED = Text("Personne concernée", "Person concerned")
NAME = Text("Nom", "Name")
CHANGE = Text("Modifier", "Change")
CHANGE_PERSON = Text(" la personne concernée", " the person concerned")
SUBMIT = Text("Déposer mon dossier", "Submit my dossier")
RECEIPT = Text(
    "Un accusé de réception vous sera envoyé par courrier électronique.", "A receipt will be sent to you by e-mail."
)


def checking_page() -> rx.Component:
    """Every answer with a way back to it, and one button."""
    form = href("/dossiers/") + CheckingState.dossier + "/formulaire"
    return public_page(
        rx.cond(
            CheckingState.is_ready,
            rx.el.div(
                rx.el.div(
                    rx.el.p(rx.el.a(icon("arrow-left"), " ", t(BACK), href=form), class_name="screen"),
                    rx.el.p(CheckingState.title, class_name="meta"),
                    rx.el.h1(t(TITLE)),
                    rx.el.p(t(LEAD), class_name="lead"),
                    rx.cond(
                        CheckingState.changed != "",
                        rx.el.div(icon("history"), rx.el.p(CheckingState.changed), class_name="notice yours"),
                    ),
                    class_name="stack",
                ),
                rx.el.div(_person(), answers(CheckingState.sections, edit=form), _deposit(), class_name="sheet"),
                class_name="stack-lg narrow",
            ),
        ),
    )


def _person() -> rx.Component:
    change = rx.el.a(
        t(CHANGE),
        rx.el.span(t(CHANGE_PERSON), class_name="hidden"),
        href=href("/dossiers/") + CheckingState.dossier + "/identite",
    )
    return rx.el.section(
        rx.el.div(rx.el.h2(t(CONCERNED)), change, class_name="section-head"),
        rx.el.dl(rx.el.div(rx.el.dt(t(NAME)), rx.el.dd(CheckingState.person)), class_name="answers"),
    )


def _deposit() -> rx.Component:
    return rx.el.div(
        rx.el.button(
            icon("send"), t(SUBMIT), type="button", on_click=CheckingState.submit, class_name="button primary large"
        ),
        rx.el.p(t(RECEIPT), class_name="meta"),
        class_name="form-actions",
    )
