"""A mail that an administrator words: its subject, its text, the tags to put in."""

from typing import Any

import reflex as rx

from dsbuilder.components.words import t
from dsbuilder.domain.texts import Text
from dsbuilder.domain.wording import MAX_BODY, MAX_SUBJECT

_WORDS = {
    "subject": Text("Objet", "Subject"),
    "body": Text("Texte", "Text"),
    "tags": Text("Balises", "Tags"),
    "help": Text(
        "Une balise est remplacée par sa valeur dans chaque dossier. Choisissez-en une\u00a0: elle s’insère où se trouve "
        "votre curseur. Une réponse mise dans un courriel voyage sans protection\u00a0: n’y mettez que ce qui est utile. "
        "Les pièces jointes, les documents d’identité et ce que disent la CAF, les impôts, France Travail ou le "
        "fichier des étudiants ne s’y mettent pas.",
        "A tag is replaced by its value in each dossier. Choose one: it goes in where your caret stands. An answer in a "
        "mail travels unprotected: put in only what is useful. Attachments, identity documents and what the family, tax, "
        "employment and student registers say cannot be put in.",
    ),
    "search": Text("Chercher une balise", "Search for a tag"),
    "found": Text("Balises trouvées\u00a0: {count}. Entrée insère la première.", "Tags found: {count}. Enter puts in the first."),
    "none": Text("Aucune balise ne contient ces mots.", "No tag holds these words."),
    "ofDossier": Text("Du dossier", "Of the dossier"),
    "ofForm": Text("Du formulaire", "Of the form"),
    "inserted": Text("Balise insérée\u00a0:", "Tag put in:"),
    "tooLong": Text("Ce texte est trop long. Raccourcissez-le.", "This text is too long. Shorten it."),
    "error": Text("Erreur : ", "Error: "),
}  # fmt: skip


class MailWriting(rx.Component):
    """`on_draft` gets the subject and the text at each pause, `on_save` when they are to be kept, with what was `seen`.

    `answered` grows with each answer of the server, `stamp` when it gives another text.
    """

    library = f"$/public{rx.asset('mail_writing.jsx', shared=True)}"
    tag = "MailWriting"

    subject: rx.Var[str]
    body: rx.Var[str]
    seen: rx.Var[str]
    stamp: rx.Var[int]
    tags: rx.Var[list[Any]]
    limits: rx.Var[dict[str, int]]
    words: rx.Var[dict[str, str]]
    subject_error: rx.Var[str]
    body_error: rx.Var[str]
    answered: rx.Var[int]

    on_draft: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]
    on_save: rx.EventHandler[rx.event.passthrough_event_spec(str, str, str)]


def mail_writing(*buttons: rx.Component, **properties: Any) -> rx.Component:
    """The form of one mail; `buttons` hold the one that saves it."""
    return MailWriting.create(
        *buttons,
        limits={"subject": MAX_SUBJECT, "body": MAX_BODY},
        words={name: t(text) for name, text in _WORDS.items()},
        **properties,
    )
