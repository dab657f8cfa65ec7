"""The receipt of a deposit: number, what happens next; made to be printed."""

import reflex as rx

from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.on_paper import pdf_link
from dsbuilder.components.printing import print_button
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.applicant.thanks import ThanksState

TITLE = Text("Votre dossier est déposé", "Your dossier is submitted")
RECEIPT = Text("Accusé de réception", "Receipt")
PROCEDURE = Text("Démarche", "Procedure")
NUMBER = Text("Numéro du dossier", "Dossier number")
DEPOSITED = Text("Déposé le", "Submitted on")
PERSON = Text("Personne concernée", "Person concerned")
BY = Text("Adressé à", "Addressed to")
KEEP = Text(
    "Gardez ce numéro : il vous sera demandé si vous écrivez au service. Il vous a aussi été envoyé par courrier "
    "électronique.",
    "Keep this number: you will be asked for it if you write to the service. It was also sent to you by e-mail.",
)
NEXT = Text("Ce qui se passe maintenant", "What happens now")
STEPS = (
    (
        Text("Le service examine votre dossier.", "The service examines your dossier."),
        Text(
            "Il vous écrit s’il manque quelque chose ; un courrier électronique vous prévient.",
            "It writes to you if something is missing; an e-mail tells you.",
        ),
    ),
    (
        Text("Vous pouvez encore modifier vos réponses", "You can still change your answers"),
        Text("tant que l’examen n’a pas commencé.", "until the examination starts."),
    ),
    (
        Text("Vous recevez la réponse", "You receive the answer"),
        Text("par courrier électronique et sur la page du dossier.", "by e-mail and on the dossier’s page."),
    ),
)
FOLLOW = Text("Suivre mon dossier", "Follow my dossier")
PRINT = Text("Imprimer ce récépissé", "Print this receipt")


def thanks_page() -> rx.Component:
    """One sheet that says it is done, and what comes next."""
    return public_page(rx.cond(ThanksState.is_ready, rx.el.div(_done(), _next(), class_name="stack-lg narrow")))


def _done() -> rx.Component:
    facts = (
        (PROCEDURE, ThanksState.title),
        (PERSON, ThanksState.person),
        (DEPOSITED, ThanksState.deposited),
        (BY, ThanksState.organisation),
    )
    return rx.fragment(
        rx.el.div(
            rx.el.h1(icon("circle-check"), t(TITLE), class_name="with-icon success"),
            class_name="stack",
        ),
        rx.el.section(
            rx.el.h2(t(RECEIPT), id="recepisse", class_name="folder-tab"),
            rx.el.p(t(NUMBER), class_name="meta"),
            rx.el.p(ThanksState.number, class_name="big-number"),
            rx.el.dl(
                *(rx.el.div(rx.el.dt(t(name)), rx.el.dd(value)) for name, value in facts),
                class_name="facts two-columns",
            ),
            rx.el.p(t(KEEP), class_name="meta"),
            aria_labelledby="recepisse",
            class_name="folder stack",
        ),
    )


def _next() -> rx.Component:
    steps = (rx.el.li(rx.el.div(rx.el.strong(t(first)), " ", t(second))) for first, second in STEPS)
    return rx.fragment(
        rx.el.section(
            rx.el.h2(t(NEXT), id="suite"),
            rx.el.ol(*steps, class_name="steps"),
            aria_labelledby="suite",
            class_name="stack",
        ),
        rx.el.div(
            rx.el.a(t(FOLLOW), href=href("/dossiers/") + ThanksState.dossier, class_name="button primary large"),
            pdf_link("/dossiers/" + ThanksState.dossier, "button"),
            print_button(t(PRINT)),
            class_name="button-group screen",
        ),
    )
