"""The mails that applicants get: which ones go out in our words, which in those of the administrators."""

import reflex as rx

from dsbuilder.components.frame import desk_page
from dsbuilder.components.icons import icon
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.administrator.mails import MailLineView, ProcedureMailsState

CRUMBS = Text("Fil d’Ariane", "Breadcrumb")
MINE = Text("Mes démarches", "My procedures")
MAILS = Text("Courriels", "Mails")
WHAT = Text(
    "Six courriels partent aux usagers quand leur dossier avance. Chacun garde toujours un bouton vers le dossier\xa0; le "
    "reste peut être dit avec vos mots.",
    "Six mails go out to applicants as their dossier moves on. Each always keeps a button to the dossier; the rest may "
    "be said in your words.",
)
OWN = Text("Vos mots", "Your words")
STANDARD = Text("Texte d’origine", "Standard text")
CHANGED = Text("modifié le ", "changed on ")
SUBJECT = Text("Objet\xa0: ", "Subject: ")

S = ProcedureMailsState


def mails() -> rx.Component:
    """The whole page."""
    return desk_page(
        _crumbs(),
        rx.el.div(rx.el.h1(t(MAILS)), class_name="page-head"),
        rx.el.p(t(WHAT), class_name="lead"),
        rx.cond(S.is_open, rx.el.ul(rx.foreach(S.mails, _mail), class_name="members mail-list", role="list")),
        current="admin",
        class_name="wrap page administration",
    )


def _crumbs() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            rx.el.li(rx.el.a(t(MINE), href=href("/admin"))),
            rx.el.li(rx.el.a(S.title, href=href("/admin/demarches/") + S.number)),
            rx.el.li(rx.el.span(t(MAILS), custom_attrs={"aria-current": "page"})),
        ),
        class_name="crumbs",
        aria_label=t(CRUMBS),
    )


def _mail(mail: rx.Var[MailLineView]) -> rx.Component:
    own = rx.el.span(icon("pencil"), t(OWN), class_name="chip yours")
    return rx.el.li(
        rx.el.div(
            rx.el.h2(
                rx.el.a(mail.label, href=href("/admin/demarches/") + S.number + "/courriels/" + mail.event),
            ),
            rx.el.p(mail.when, class_name="meta"),
            rx.el.p(t(SUBJECT), mail.subject),
            class_name="stack-tight",
        ),
        rx.el.p(
            rx.cond(mail.is_own, own, rx.el.span(t(STANDARD), class_name="chip")),
            rx.cond(mail.is_own, rx.el.span(t(CHANGED), mail.changed_on, class_name="meta")),
            class_name="row",
        ),
        key=mail.event,
    )
