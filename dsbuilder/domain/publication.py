"""What forbids publishing a form, said field by field; what it lacks besides; what changed since the last time."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.controls import Control
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


def obstacles(revision: Revision, path: str | None, instructors: int) -> tuple[Obstacle, ...]:
    """Everything that forbids publishing `revision` now, the procedure's own first, then in the form's order."""
    return (*_of_procedure(revision, path, instructors), *of_form(revision))


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
    return [Obstacle(text, field.id, to_text(field.label)) for field in revision.walk() for text in of_field(field)]


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


# -- what changed -------------------------------------------------------------------------------------------------
class ChangeKind(StrEnum):
    """What happened to a field between two revisions."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, named; `before` and `after` say a text that was replaced."""

    kind: ChangeKind
    label: str
    section: str
    what: Text
    before: str = ""
    after: str = ""


def differences(old: Revision, new: Revision) -> tuple[Difference, ...]:
    """What changed from one revision to the next: the title first, then in the new form's order, then what is gone."""
    before, after = {field.id: field for field in old.walk()}, {field.id: field for field in new.walk()}
    sections, former = _sections(new), _sections(old)
    moved = _moved(old, new)
    found = list(_of_texts(old, new))
    for id, field in after.items():
        if id not in before:
            found.append(_named(ChangeKind.ADDED, field, sections, field.type.label))
            continue
        found.extend(_of_attributes(before[id], field, sections))
        if id in moved:
            found.append(_named(ChangeKind.MOVED, field, sections, Text("déplacé", "moved")))
    gone = (field for id, field in before.items() if id not in after)
    return (*found, *(_named(ChangeKind.REMOVED, field, former, field.type.label) for field in gone))


def _of_texts(old: Revision, new: Revision) -> Iterator[Difference]:
    for name, what in (("title", Text("titre", "title")), ("description", Text("présentation", "presentation"))):
        was, is_ = getattr(old, name), getattr(new, name)
        if was != is_:
            yield Difference(ChangeKind.CHANGED, "", "", what, was, is_)


def _of_attributes(before: Field, after: Field, sections: dict[FieldId, str]) -> Iterator[Difference]:
    label, section = to_text(after.label), sections[after.id]

    def changed(what: Text, was: str = "", is_: str = "") -> Difference:
        return Difference(ChangeKind.CHANGED, label, section, what, was, is_)

    if before.label != after.label:
        yield changed(Text("intitulé", "label"), before.label, after.label)
    if before.kind != after.kind:
        yield changed(Text("type : {after}", "kind: {after}").format(after=after.type.label))
    if before.description != after.description:
        yield changed(Text("aide", "help"), before.description, after.description)
    if before.required != after.required:
        required, optional = Text("réponse obligatoire", "answer required"), Text("réponse facultative", "optional")
        yield changed(required if after.required else optional)
    if before.kind == after.kind and before.options != after.options:
        yield changed(Text("réglages", "settings"))


def _named(kind: ChangeKind, field: Field, sections: dict[FieldId, str], what: Text) -> Difference:
    return Difference(kind, to_text(field.label), sections[field.id], what)


def _sections(revision: Revision) -> dict[FieldId, str]:
    """The title under which each field stands."""
    titles, title = {}, ""
    for top in revision.fields:
        title = to_text(top.label) if top.type.control is Control.HEADING else title
        titles.update({field.id: title for field in (top, *top.children)})
    return titles


def _moved(old: Revision, new: Revision) -> set[FieldId]:
    """The fields that left their parent, or that stand otherwise among those that stayed: as few as explain it."""
    was, is_ = _parents(old), _parents(new)
    both = was.keys() & is_.keys()
    moved = {id for id in both if was[id] != is_[id]}
    rank = {id: number for number, id in enumerate(was)}
    for parent in set(is_.values()):
        stayed = [id for id in is_ if id in both and id not in moved and is_[id] == parent]
        moved |= set(stayed) - set(_longest_rising(stayed, rank))
    return moved


def _parents(revision: Revision) -> dict[FieldId, FieldId | None]:
    return {field.id: None if field is top else top.id for top in revision.fields for field in (top, *top.children)}


def _longest_rising(ids: list[FieldId], rank: dict[FieldId, int]) -> list[FieldId]:
    """The longest selection of `ids` that kept its order (patience sorting)."""
    from_rank = [rank[id] for id in ids]
    tails: list[int] = []
    previous: list[int | None] = []
    for position, value in enumerate(from_rank):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if from_rank[tails[middle]] < value else (low, middle)
        previous.append(tails[low - 1] if low else None)
        tails[low : low + 1] = [position]
    kept: list[FieldId] = []
    at = tails[-1] if tails else None
    while at is not None:
        kept.append(ids[at])
        at = previous[at]
    return kept[::-1]
