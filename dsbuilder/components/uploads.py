"""Attaching files to a question: sent in pieces that can be resumed, listed, taken away."""

from typing import Any

import reflex as rx

from dsbuilder.domain.questionnaire import FileView
from dsbuilder.domain.texts import Language, Text

_WORDS = {
    "drop": Text("Déposez un fichier ici, ou choisissez-le :", "Drop a file here, or choose it:"),
    "sending": Text("Envoi : {sent} sur {size}", "Sending: {sent} of {size}"),
    "paused": Text(
        "Envoi interrompu à {sent} sur {size} : il reprendra où il en était.",
        "Stopped at {sent} of {size}: it will go on from there.",
    ),
    "kept": Text("{size}, reçu", "{size}, received"),
    "received": Text("{name} est reçu.", "{name} was received."),
    "removed": Text("{name} est retiré.", "{name} was removed."),
    "lost": Text(
        "Le fichier n’a pas pu être envoyé. Vérifiez votre connexion, puis recommencez.",
        "The file could not be sent. Check your connection, then try again.",
    ),
    "full": Text(
        "Le nombre de fichiers permis est atteint. Retirez-en un pour en envoyer un autre.",
        "The permitted number of files is reached. Remove one to send another.",
    ),
    "cancel": Text("Annuler", "Cancel"),
    "dismiss": Text("Fermer", "Close"),
    "remove": Text("Retirer", "Remove"),
    "resume": Text("Reprendre", "Resume"),
}


class Uploads(rx.Component):
    """The wrapped component; `on_changed` gets the question's path when its files changed on the server."""

    library = f"$/public{rx.asset('uploads.jsx', shared=True)}"
    tag = "Uploads"

    input_id: rx.Var[str]
    dossier: rx.Var[str]
    path: rx.Var[str]
    files: rx.Var[list[FileView]]
    accept: rx.Var[str]
    max_files: rx.Var[int]
    described_by: rx.Var[str]
    labelled_by: rx.Var[str]
    invalid: rx.Var[bool]
    disabled: rx.Var[bool]
    language: rx.Var[str]
    words: rx.Var[dict[str, str]]

    on_changed: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def uploads(language: Language, **properties: Any) -> rx.Component:
    """The files of a question, in `language`."""
    words = {name: text[language] for name, text in _WORDS.items()}
    return Uploads.create(words=words, language=language, **properties)
