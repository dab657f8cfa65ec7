"""The mails that the demonstration would have sent, with their links."""

import reflex as rx

from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.domain.texts import Text
from dsbuilder.state.outbox import MailView, OutboxState, TextPart

S = OutboxState
TITLE = Text("Boîte d’envoi", "Outbox")
WHAT = Text(
    "Cette démonstration n’envoie aucun courriel\xa0: voici ceux qui seraient partis, le dernier en premier.",
    "This demonstration sends no e-mail: here are those that would have gone out, the last one first.",
)
TO = Text("À ", "To ")
NONE = Text("Aucun courriel pour l’instant", "No e-mail yet")
NONE_YET = Text(
    "Créez un compte, déposez un dossier ou prenez une décision\xa0: les courriels apparaîtront ici.",
    "Open an account, submit a dossier or decide one: the e-mails will appear here.",
)
READING = Text("Lecture des courriels…", "Reading the e-mails…")


def outbox() -> rx.Component:
    """The newest mails."""
    none = rx.el.div(icon("mail"), rx.el.h2(t(NONE)), rx.el.p(t(NONE_YET)), class_name="empty")
    mails = rx.el.ol(rx.foreach(S.mails, _mail), role="list", class_name="stack mails")
    return public_page(
        rx.el.h1(t(TITLE)),
        rx.el.p(t(WHAT), class_name="lead"),
        rx.cond(
            S.is_open,
            rx.cond(S.mails.length() == 0, none, mails),
            rx.el.p(t(READING), class_name="meta", role="status"),
        ),
    )


def _mail(mail: rx.Var[MailView]) -> rx.Component:
    return rx.el.li(
        rx.el.article(
            rx.el.header(
                rx.el.h2(mail.subject),
                rx.el.p(t(TO), mail.recipient, ", ", rx.el.time(mail.when, date_time=mail.at), class_name="meta"),
            ),
            rx.foreach(mail.parts, _part),
            class_name="card stack",
        ),
        key=mail.key,
    )


def _part(part: rx.Var[TextPart]) -> rx.Component:
    return rx.cond(
        part.href != "",
        rx.el.p(rx.el.a(part.words, href=part.href, reload_document=True, class_name="button")),
        rx.el.p(part.words, class_name="said-body"),
    )
