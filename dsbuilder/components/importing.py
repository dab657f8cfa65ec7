"""Choosing a file of procedures, sending it with its progress, and choosing among what it holds."""

import reflex as rx

from dsbuilder.domain.procedure_files import MAX_BYTES
from dsbuilder.domain.texts import Language, Text

_WORDS = {
    "label": Text("Fichier de la démarche", "File of the procedure"),
    "hint": Text(
        "Un document de démarche, un export JSON en données ouvertes ou un XLSForm (.xlsx), 20 Mo au plus.",
        "The document of a procedure, an open-data JSON export or an XLSForm (.xlsx), at most 20 MB.",
    ),
    "sending": Text("Envoi : {done} sur {of} Mo", "Sending: {done} of {of} MB"),
    "reading": Text("Lecture du fichier…", "Reading the file…"),
    "stop": Text("Arrêter", "Stop"),
    "failed": Text(
        "Le fichier n’a pas pu être envoyé. Vérifiez votre connexion, puis recommencez.",
        "The file could not be sent. Check your connection, then try again.",
    ),
    "too_large": Text(
        "Ce fichier dépasse 20 Mo. Partagez-le en plusieurs fichiers.",
        "This file is over 20 MB. Split it into several files.",
    ),
    "empty": Text("Ce fichier est vide.", "This file is empty."),
    "which": Text(
        "Ce fichier contient {count} démarches. Lesquelles importer ? ({limit} au plus)",
        "This file holds {count} procedures. Which ones? (at most {limit})",
    ),
    "fields": Text("{count} éléments", "{count} items"),
    "import_some": Text("Importer ({count})", "Import ({count})"),
    "left_out": Text(
        "Le formulaire est importé. {count} éléments du fichier n’ont pas d’équivalent ici :",
        "The form is imported. {count} items of the file have no equivalent here:",
    ),
    "row": Text("ligne {row}", "row {row}"),
    "more": Text("Et {count} autres.", "And {count} more."),
    "open": Text("Ouvrir le formulaire", "Open the form"),
    "other": Text("Choisir un autre fichier", "Choose another file"),
}


class FileImport(rx.Component):
    """Posts a file to `action`, which answers where to go, what to choose from, or a problem document."""

    library = f"$/public{rx.asset('importing.jsx', shared=True)}"
    tag = "FileImport"

    action: rx.Var[str]
    limit: rx.Var[int]
    words: rx.Var[dict[str, str]]


def file_import(language: Language, action: str) -> rx.Component:
    """The whole of it, in `language`."""
    return FileImport.create(
        action=action,
        limit=MAX_BYTES,
        words={name: text[language] for name, text in _WORDS.items()},
        class_name="import",
    )
