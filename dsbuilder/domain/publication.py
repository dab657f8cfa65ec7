"""What forbids publishing a form, said field by field; the address under which it stands."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dsbuilder.domain.checking_conditions import NEVER_SHOWN, cannot_compare_in, check
from dsbuilder.domain.details import PAST
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.filled_questions import faults
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.texts import Text

_PATH = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,198})[a-z0-9]")
_RESERVED = frozenset({"test", "nouveau", "new"})
SUGGESTED_LENGTH = 50
_SPELLED_OUT = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": " "})


# -- obstacles ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that forbids publishing; `field` is None when it concerns the whole procedure."""

    text: Text
    field: FieldId | None = None
    label: str = ""


def obstacles(
    revision: Revision, path: str | None, instructors: int, today: date, closes_on: date | None = None
) -> tuple[Obstacle, ...]:
    """Everything that forbids publishing `revision` now: the procedure's own, that of each field, what never shows."""
    past = [Obstacle(PAST)] if closes_on is not None and closes_on < today else []
    return (*_of_procedure(revision, path, instructors), *past, *of_form(revision), *_of_conditions(revision, today))


def _of_procedure(revision: Revision, path: str | None, instructors: int) -> list[Obstacle]:
    found = []
    if not revision.title.strip():
        found.append(Obstacle(Text("Donnez un titre à la démarche.", "Give the procedure a title.")))
    if path is None:
        found.append(Obstacle(Text("Choisissez l’adresse de la démarche.", "Choose the address of the procedure.")))
    if instructors < 1:
        text = Text("Invitez au moins un agent pour traiter les dossiers.", "Invite at least one agent.")
        found.append(Obstacle(text))
    if not any(field.type.asks for field in revision.walk()):
        found.append(Obstacle(Text("Ajoutez au moins une question.", "Add at least one question.")))
    return found


def of_form(revision: Revision) -> list[Obstacle]:
    """What forbids publishing in the fields themselves, in the form's order."""
    senseless, unfilled = cannot_compare_in(revision), faults(revision)
    return [
        Obstacle(text, field.id, to_text(field.label))
        for field in revision.walk_all()
        for text in (*of_field(field), *senseless.get(field.id, ()), *unfilled.get(field.id, ()))
    ]


def _of_conditions(revision: Revision, today: date) -> list[Obstacle]:
    """The fields that no answers can ever show."""
    labels = {field.id: to_text(field.label) for field in revision.walk_all()}
    found = check(revision, today).findings if revision.is_conditional else ()
    never = [finding for finding in found if finding.kind in NEVER_SHOWN]
    return [Obstacle(finding.text, finding.field, labels[finding.field]) for finding in never]


def of_field(field: Field) -> list[Text]:
    """What forbids publishing one field."""
    blank = Text("Donnez un intitulé à cet élément.", "Give this item a label.")
    return [*([] if field.label.strip() else [blank]), *field.type.problems(field)]


# -- the public address -------------------------------------------------------------------------------------------
def checked_path(text: str) -> str:
    """The path that an administrator chose, lower-cased. Raises Invalid with what a path may hold."""
    path = text.strip().lower()
    if not _PATH.fullmatch(path) or path in _RESERVED:
        raise Invalid(
            Text(
                "Choisissez de 3 à 200 lettres sans accent, chiffres ou tirets, par exemple inscription-cantine.",
                "Choose 3 to 200 unaccented letters, digits or hyphens, for example school-canteen.",
            )
        )
    return path


def suggested_paths(title: str) -> Iterator[str]:
    """Paths made from a title, the plainest first, then numbered ones without end."""
    plain = unicodedata.normalize("NFKD", title.translate(_SPELLED_OUT))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = "-".join(words)[:SUGGESTED_LENGTH].rstrip("-")
    if len("-".join(words)) > SUGGESTED_LENGTH and "-" in slug:
        slug = slug.rpartition("-")[0]
    stem = slug if _PATH.fullmatch(slug) and slug not in _RESERVED else f"demarche-{slug}".rstrip("-")
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
