"""What leaves a procedure: its mails, its form as a file, and links that bring answers to it."""

from typing import Any

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.in_place import CopyButton
from dsbuilder.components.words import href, language, t
from dsbuilder.domain.procedure_export import FileForm
from dsbuilder.domain.texts import Text

TAKE_OUT = Text("Emporter le formulaire", "Take the form elsewhere")
TAKE_OUT_MEANS = Text(
    "Le brouillon tel qu’il est maintenant, à garder, à comparer ou à importer ailleurs.",
    "The draft as it stands now, to keep, to compare or to import elsewhere.",
)
FILES = (
    (FileForm.DOCUMENT, Text("Document JSON, complet", "JSON document, complete")),
    (FileForm.OPEN_DATA, Text("Données ouvertes (JSON)", "Open data (JSON)")),
    (FileForm.XLSFORM, Text("Tableur XLSForm (.xlsx)", "XLSForm spreadsheet (.xlsx)")),
)
MAILS = Text("Courriels aux usagers", "Mails to applicants")
MAILS_MEAN = Text(
    "Accusé de dépôt, passage en instruction, décision\xa0: avec vos mots et les réponses du dossier.",
    "Receipt, start of instruction, decision: in your words and with answers of the dossier.",
)
WORD_MAILS = Text("Rédiger les courriels", "Word the mails")
PREFILL = Text("Liens préremplis", "Links with answers")
PREFILL_MEANS = Text(
    "Un lien peut apporter des réponses, que l’usager relit et modifie. Ajoutez à l’adresse publique un paramètre par "
    "question, par exemple :",
    "A link may bring answers, which applicants read and may change. Add a parameter for each question to the public "
    "address, for example:",
)
COPY = Text("Copier un exemple complet", "Copy a whole example")
COPIED = Text("Lien copié", "Link copied")


def file_links(number: rx.Var[str]) -> rx.Component:
    """The form of a procedure in each form of file."""
    links = [rx.el.li(_link(number, form, text)) for form, text in FILES]
    return rx.el.section(
        rx.el.div(rx.el.h2(t(TAKE_OUT), id="take-out"), class_name="section-head"),
        rx.el.p(t(TAKE_OUT_MEANS), class_name="meta"),
        rx.el.ul(*links, class_name="files", role="list"),
        class_name="stack",
        custom_attrs={"aria-labelledby": "take-out"},
    )


def _link(number: rx.Var[str], form: FileForm, text: Text) -> rx.Component:
    address: Any = "/admin/exporter/" + number + f"/{form.value}?langue={language()}"
    words = rx.el.span(t(text))
    # Without `reload_document` the router takes the link for one of its pages.
    return rx.el.a(icon("download"), words, href=address, reload_document=True, class_name="file-link")


def mails_link(number: rx.Var[str]) -> rx.Component:
    """Where the mails to applicants are worded."""
    address = href("/admin/demarches/") + number + "/courriels"
    link = rx.el.a(icon("mail"), rx.el.span(t(WORD_MAILS)), href=address, class_name="file-link")
    return rx.el.section(
        rx.el.div(rx.el.h2(t(MAILS), id="mails"), class_name="section-head"),
        rx.el.p(t(MAILS_MEAN), class_name="meta"),
        rx.el.p(link),
        class_name="stack",
        custom_attrs={"aria-labelledby": "mails"},
    )


def prefill_links(link: rx.Var[str], listed: rx.Var[list[Any]]) -> rx.Component:
    """How a link answers each question, and one that answers many."""
    copy = CopyButton.create(icon("copy"), t(COPY), text=link, done=" : " + t(COPIED), class_name="button quiet")
    examples = rx.el.dl(
        rx.foreach(
            listed,
            lambda one: rx.el.div(
                rx.el.dt(one.label), rx.el.dd(rx.el.code(one.parameter + "=" + one.value, class_name="long"))
            ),
        ),
        class_name="facts",
    )
    whole = rx.el.details(
        rx.el.summary(rx.el.h2(t(PREFILL)), icon("chevron-down")),
        rx.el.div(
            rx.el.p(t(PREFILL_MEANS), class_name="meta"),
            rx.cond(link != "", copy),
            examples,
            class_name="stack",
        ),
        class_name="answers-fold",
    )
    return rx.cond(listed.length() > 0, whole)
