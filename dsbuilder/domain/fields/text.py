"""A short text on one line, such as a name or a title."""

from typing import Any

from dsbuilder.domain.fields.base import FieldType, Group
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import Raw, one_line
from dsbuilder.domain.texts import Text


class TextField(FieldType):
    kind = "text"
    api_name = "TextChampDescriptor"
    label = Text("Texte court", "Short text")
    help = Text(
        "Une réponse sur une ligne : un nom, un objet, une référence.", "An answer on one line: a name, a reference."
    )
    group = Group.TEXT
    icon = "type"
    control = Control.TEXT
    prefill_example = "Mairie de Brest"
    may_become = ("textarea", "formatted", "email", "phone", "decimal_number", "integer_number")

    def parse(self, raw: Raw, options: Any) -> str | None:
        """The text on one line."""
        return one_line(raw) or None
