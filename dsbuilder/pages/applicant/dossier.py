"""A dossier as its owner follows it: where it stands, what is expected of whom, answers, messages."""

import reflex as rx

from dsbuilder.components.answers import answers
from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.on_paper import pdf_link
from dsbuilder.components.threads import thread, write_message
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.applicant.dossier import DossierPageState as S
from dsbuilder.state.applicant.dossier import Step

TRAIL = Text("Fil d’Ariane", "Breadcrumb")
MY_DOSSIERS = Text("Mes dossiers", "My dossiers")
WHERE = Text("Où en est votre dossier", "Where your dossier stands")
DRAFT_TITLE = Text("Votre dossier n’est pas encore déposé", "Your dossier is not submitted yet")
DRAFT_LINE = Text(
    "Vos réponses sont enregistrées. Terminez de le remplir, puis déposez-le.",
    "Your answers are saved. Finish filling it, then submit it.",
)
CONTINUE = Text("Continuer à remplir", "Go on filling")
DELETE = Text("Supprimer ce brouillon", "Delete this draft")
REALLY_DELETE = Text("Supprimer définitivement", "Delete for good")
DELETE_LINE = Text("Toutes ses réponses et ses fichiers seront effacés.", "All its answers and files will be erased.")
REASON = Text("Motif du service", "The service’s reason")
ANSWERS = Text("Vos réponses", "Your answers")
CHANGE_ANSWERS = Text("Modifier mes réponses", "Change my answers")
STILL = Text(
    "Vous pouvez les modifier tant que l’examen n’a pas commencé.",
    "You can change them until the examination starts.",
)
MESSAGES = Text("Messages", "Messages")
WRITE = Text(
    "Les agents du service lisent vos messages et vous répondent ici.",
    "The service’s agents read your messages and answer you here.",
)
THIS = Text("Ce dossier", "This dossier")
HANDLED = Text("Traité par", "Handled by")
QUESTION = Text("Une question", "A question")
RECEIPT = Text("Récépissé à imprimer", "Receipt to print")
TEST = Text("Essai", "Test")


def dossier_page() -> rx.Component:
    """The timeline first, then answers and messages; contact and receipt beside."""
    return public_page(
        rx.cond(
            S.is_ready,
            rx.fragment(
                _trail(),
                _head(),
                rx.el.div(
                    rx.el.div(_expected(), _timeline(), _answers(), _messages(), class_name="stack-lg"),
                    _aside(),
                    class_name="dossier-page",
                ),
            ),
        ),
        wide=True,
    )


def _trail() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            rx.el.li(rx.el.a(t(MY_DOSSIERS), href=href("/dossiers/"))),
            rx.el.li(rx.el.span(S.headline, custom_attrs={"aria-current": "page"})),
        ),
        aria_label=t(TRAIL),
        class_name="crumbs",
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.h1(S.title),
        rx.el.div(
            rx.el.span(S.state_label, class_name="chip " + S.tone),
            rx.cond(S.is_test, rx.el.span(t(TEST), class_name="chip outline")),
            rx.el.span(S.headline, rx.cond(S.subtitle != "", ", " + S.subtitle, ""), class_name="meta"),
            class_name="row",
        ),
        class_name="stack page-head",
    )


def _expected() -> rx.Component:
    """What is expected of the reader now; nothing when the service has the dossier."""
    draft = rx.el.div(
        icon("pencil"),
        rx.el.h2(t(DRAFT_TITLE)),
        rx.el.p(t(DRAFT_LINE)),
        rx.el.div(
            rx.el.a(t(CONTINUE), href=href("/dossiers/") + S.dossier + "/formulaire", class_name="button primary"),
            class_name="button-group",
        ),
        class_name="notice yours",
    )
    decided = rx.el.div(
        icon("mail"),
        rx.el.h2(t(REASON)),
        rx.el.p(S.reason, class_name="said-body"),
        class_name="notice " + S.tone,
    )
    return rx.fragment(rx.cond(S.is_draft, draft), rx.cond(S.reason != "", decided))


def _timeline() -> rx.Component:
    coming = rx.el.li(
        icon("hourglass"),
        rx.el.h3(S.next_title),
        rx.el.span(S.next_line, class_name="when"),
        class_name="next",
    )
    return rx.cond(
        S.steps.length() > 0,
        rx.el.section(
            rx.el.div(rx.el.h2(t(WHERE), id="ou"), class_name="section-head"),
            rx.el.ol(rx.foreach(S.steps, _step), rx.cond(S.next_title != "", coming), class_name="timeline"),
            aria_labelledby="ou",
        ),
    )


def _step(step: rx.Var[Step]) -> rx.Component:
    return rx.el.li(
        icon(step.icon),
        rx.el.h3(step.title),
        rx.el.time(step.when, date_time=step.at),
        rx.cond(step.reason != "", rx.el.p(step.reason, class_name="said-body")),
        key=step.key,
    )


def _answers() -> rx.Component:
    change = rx.el.div(
        rx.el.a(
            icon("pencil"),
            t(CHANGE_ANSWERS),
            href=href("/dossiers/") + S.dossier + "/formulaire",
            class_name="button",
        ),
        rx.el.p(t(STILL), class_name="meta"),
        class_name="row screen",
    )
    return rx.el.section(
        rx.el.details(
            rx.el.summary(rx.el.h2(t(ANSWERS)), icon("chevron-down")),
            rx.el.div(
                rx.cond(S.is_editable, change),
                answers(S.sections, heading=rx.el.h3),
                class_name="stack-lg",
            ),
            class_name="answers-fold",
            open=S.is_draft,
        ),
    )


def _messages() -> rx.Component:
    return rx.cond(
        S.is_draft,
        rx.fragment(),
        rx.el.section(
            rx.el.div(
                rx.el.h2(t(MESSAGES), id="messages"),
                rx.cond(S.unread != "", rx.el.span(S.unread, class_name="meta")),
                class_name="section-head",
            ),
            rx.el.div(
                thread(S.thread),
                write_message(WRITE, error=S.message_error, answered=S.message_answered, on_send=S.send),
                class_name="stack-lg",
            ),
            aria_labelledby="messages",
        ),
    )


def _aside() -> rx.Component:
    by = rx.el.div(
        rx.el.dt(t(HANDLED)),
        rx.el.dd(
            rx.cond(S.service != "", S.service, S.organisation),
            rx.cond(S.service != "", rx.el.p(S.organisation, class_name="meta")),
        ),
    )
    contact = rx.el.div(
        rx.el.dt(t(QUESTION)),
        rx.el.dd(
            rx.cond(S.phone != "", rx.el.p(rx.el.a(S.phone, href="tel:" + S.phone))),
            rx.cond(S.email != "", rx.el.p(rx.el.a(S.email, href="mailto:" + S.email))),
            rx.cond(S.hours != "", rx.el.p(S.hours, class_name="meta")),
        ),
    )
    address = href("/dossiers/") + S.dossier + "/merci"
    receipt = rx.el.a(icon("printer"), t(RECEIPT), href=address, class_name="file-link")
    return rx.el.aside(
        rx.el.div(
            rx.el.h2(t(THIS)),
            rx.el.dl(by, rx.cond((S.phone != "") | (S.email != ""), contact), class_name="facts"),
            class_name="card stack",
        ),
        rx.el.div(pdf_link("/dossiers/" + S.dossier), rx.cond(S.is_draft, rx.fragment(), receipt), class_name="stack"),
        rx.cond(
            S.is_draft,
            rx.el.details(
                rx.el.summary(icon("trash-2"), t(DELETE)),
                rx.el.div(
                    rx.el.p(t(DELETE_LINE)),
                    rx.el.button(t(REALLY_DELETE), type="button", on_click=S.delete, class_name="button danger"),
                    class_name="stack",
                ),
                class_name="delete",
            ),
        ),
        aria_label=t(THIS),
        class_name="stack-lg",
    )
