"""Choosing the CSV file of a table, sending it, and saying what is wrong with it."""

import reflex as rx

from dsbuilder.domain.fields.table import MAX_BYTES
from dsbuilder.domain.texts import Language, Text

_WORDS = {
    "choose": Text("Choisir un fichier CSV", "Choose a CSV file"),
    "replace": Text("Remplacer par un autre fichier CSV", "Replace with another CSV file"),
    "sending": Text("Lecture du fichier…", "Reading the file…"),
    "failed": Text(
        "Le fichier n’a pas pu être envoyé. Vérifiez votre connexion, puis recommencez.",
        "The file could not be sent. Check your connection, then try again.",
    ),
    "too_large": Text("Ce tableau dépasse 1 Mo.", "This table is over 1 MB."),
    "empty": Text("Ce fichier est vide.", "This file is empty."),
    "error": Text("Erreur : ", "Error: "),
}


class TableFile(rx.Component):
    """Posts a file to `action`, which answers how many rows it holds, or a problem document."""

    library = f"$/public{rx.asset('table_file.jsx', shared=True)}"
    tag = "TableFile"

    input_id: rx.Var[str]
    action: rx.Var[str]
    limit: rx.Var[int]
    has_table: rx.Var[bool]
    described_by: rx.Var[str]
    words: rx.Var[dict[str, str]]


def table_file(language: Language, **properties: rx.Var) -> rx.Component:
    """The whole of it, in `language`."""
    words = {name: text[language] for name, text in _WORDS.items()}
    return TableFile.create(limit=MAX_BYTES, words=words, **properties)
