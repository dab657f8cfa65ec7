"""What changed from one form to the next: named changes, each with its sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dsbuilder.domain.condition_words import Fields, sentence
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import ANNOTATIONS, Field, FieldId, Revision
from dsbuilder.domain.texts import Text, in_figures, in_words, plural

NAMED = 12  # lines of a list that are named when they come or go

NOTHING = Text("", "")


class ChangeKind(StrEnum):
    """What happened to a field between two revisions."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, named. `field` is None for the form itself; `before` and `after` say what was replaced."""

    kind: ChangeKind
    field: FieldId | None
    label: str
    section: str
    what: Text
    before: Text = NOTHING
    after: Text = NOTHING

    @property
    def sentence(self) -> Text:
        """The change in one sentence."""
        whole = _SENTENCES[self.kind] if self.field is not None else _OF_THE_FORM
        named = Text(self.label, self.label) if self.label else _UNNAMED
        return whole.format(label=named, what=self.what, replaced=_replaced(self.before, self.after))


def _replaced(before: Text, after: Text) -> Text:
    if before == after == NOTHING:
        return NOTHING
    if before == NOTHING:
        return Text("\u00a0: «\u00a0{after}\u00a0»", ": “{after}”").format(after=after)
    if after == NOTHING:
        return Text("\u00a0: «\u00a0{before}\u00a0» retiré", ": “{before}” removed").format(before=before)
    both = Text("\u00a0: «\u00a0{after}\u00a0» au lieu de «\u00a0{before}\u00a0»", ": “{after}” instead of “{before}”")
    return both.format(before=before, after=after)


_SENTENCES = {
    ChangeKind.ADDED: Text("«\u00a0{label}\u00a0» est ajouté ({what}).", "“{label}” is added ({what})."),
    ChangeKind.REMOVED: Text("«\u00a0{label}\u00a0» est retiré ({what}).", "“{label}” is removed ({what})."),
    ChangeKind.MOVED: Text("«\u00a0{label}\u00a0» est déplacé.", "“{label}” is moved."),
    ChangeKind.CHANGED: Text("«\u00a0{label}\u00a0», {what}{replaced}.", "“{label}”, {what}{replaced}."),
}
_OF_THE_FORM = Text("Démarche, {what}{replaced}.", "Procedure, {what}{replaced}.")
_UNNAMED = Text("Élément sans intitulé", "Item without a label")


def differences(old: Revision, new: Revision) -> tuple[Difference, ...]:
    """What changed from one form to the next: the title first, then in the new form's order, then what is gone."""
    before, after = {field.id: field for field in old.walk_all()}, {field.id: field for field in new.walk_all()}
    sections, former = _sections(new), _sections(old)
    moved = _moved(old, new)
    found = list(_of_texts(old, new))
    for id, field in after.items():
        if id not in before:
            found.append(_named(ChangeKind.ADDED, field, sections, field.type.label))
            continue
        found.extend(_of_attributes(id, before, after, sections[id]))
        if id in moved:
            found.append(_named(ChangeKind.MOVED, field, sections, Text("déplacé", "moved")))
    gone = (field for id, field in before.items() if id not in after)
    return (*found, *(_named(ChangeKind.REMOVED, field, former, field.type.label) for field in gone))


def _named(kind: ChangeKind, field: Field, sections: dict[FieldId, str], what: Text) -> Difference:
    return Difference(kind, field.id, to_text(field.label), sections[field.id], what)


def _of_texts(old: Revision, new: Revision) -> Iterator[Difference]:
    for name, what in (("title", Text("titre", "title")), ("description", Text("présentation", "presentation"))):
        was, is_ = getattr(old, name), getattr(new, name)
        if was != is_:
            yield Difference(ChangeKind.CHANGED, None, "", "", what, _as_is(was), _as_is(is_))


# -- attributes ---------------------------------------------------------------------------------------------------
Change = tuple[Text, Text, Text]  # what, before, after


def _of_attributes(id: FieldId, was: Fields, is_: Fields, section: str) -> Iterator[Difference]:
    before, after = was[id], is_[id]
    label = to_text(after.label)
    changes = (*_own(before, after), *_of_condition(before, after, was, is_), *_options(before, after))
    for what, replaced, replacing in changes:
        yield Difference(ChangeKind.CHANGED, after.id, label, section, what, replaced, replacing)


def _own(before: Field, after: Field) -> Iterator[Change]:
    if before.label != after.label:
        yield Text("intitulé", "label"), _as_is(before.label), _as_is(after.label)
    if before.kind != after.kind:
        yield Text("type", "kind"), before.type.label, after.type.label
    if before.description != after.description:
        yield Text("aide", "help"), _as_is(before.description), _as_is(after.description)
    if before.required != after.required:
        required, optional = Text("réponse obligatoire", "answer required"), Text("réponse facultative", "optional")
        yield required if after.required else optional, NOTHING, NOTHING


def _of_condition(before: Field, after: Field, was: Fields, is_: Fields) -> Iterator[Change]:
    """Each in the words of its own form."""
    if before.condition == after.condition:
        return
    what = _CONDITIONS[before.condition is None, after.condition is None]
    said = [
        NOTHING if field.condition is None else sentence(field.condition, fields)
        for field, fields in ((before, was), (after, is_))
    ]
    yield what, said[0], said[1]


_CONDITIONS = {
    (True, False): Text("condition d’affichage ajoutée", "display condition added"),
    (False, True): Text("condition d’affichage retirée", "display condition removed"),
    (False, False): Text("condition d’affichage modifiée", "display condition changed"),
}


def _options(before: Field, after: Field) -> Iterator[Change]:
    """Each option of the kind that the field has now; those of a former kind went with it."""
    for option in fields(after.options):
        was, is_ = getattr(before.options, option.name, option.default), getattr(after.options, option.name)
        if was != is_:
            yield from _option(option.metadata["label"], dict(option.metadata["choices"]), was, is_)


def _option(label: Text, choices: dict[Any, Text], was: Any, is_: Any) -> Iterator[Change]:
    named = _lower(label)
    if isinstance(is_, bool):
        yield (
            Text("{label}\u00a0: {value}", "{label}: {value}").format(label=named, value=_YES_NO[is_]),
            NOTHING,
            NOTHING,
        )
    elif isinstance(is_, tuple) and isinstance(was, tuple):
        yield from _lines(named, [_said(one, choices) for one in was], [_said(one, choices) for one in is_])
    else:
        yield named, _said(was, choices), _said(is_, choices)


_YES_NO = {True: Text("oui", "yes"), False: Text("non", "no")}


def _lines(label: Text, was: list[Text], is_: list[Text]) -> Iterator[Change]:
    before, after = set(was), set(is_)
    added, gone = [line for line in is_ if line not in before], [line for line in was if line not in after]
    if added:
        yield Text("{label}, ajouté", "{label}, added").format(label=label), NOTHING, _listed(added)
    if gone:
        yield Text("{label}, retiré", "{label}, removed").format(label=label), _listed(gone), NOTHING
    if not added and not gone:
        yield Text("{label}, ordre changé", "{label}, order changed").format(label=label), NOTHING, NOTHING


def _listed(lines: list[Text]) -> Text:
    named, more = lines[:NAMED], len(lines) - NAMED
    fr, en = ", ".join(line.fr for line in named), ", ".join(line.en for line in named)
    if more <= 0:
        return Text(fr, en)
    others = plural(more, Text("{count} autre", "{count} other"), Text("{count} autres", "{count} others"))
    return Text(f"{fr} et {others.fr}", f"{en} and {others.en}")


def _said(value: Any, choices: dict[Any, Text]) -> Text:
    if isinstance(value, str | int | None) and value in choices:
        return choices[value]
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, int | Decimal):
        return in_figures(value)
    return NOTHING if value is None else _as_is(str(value))


def _as_is(text: str) -> Text:
    """What an author wrote, in the language that they wrote it in."""
    return Text(text, text)


def _lower(label: Text) -> Text:
    return Text(label.fr[:1].lower() + label.fr[1:], label.en[:1].lower() + label.en[1:])


# -- places -------------------------------------------------------------------------------------------------------
def _sections(revision: Revision) -> dict[FieldId, str]:
    """The title under which each field stands."""
    titles = {}
    for tops in (revision.fields, revision.annotations):
        title = ""
        for top in tops:
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
    return {
        field.id: parent if field is top else top.id
        for parent, tops in ((None, revision.fields), (ANNOTATIONS, revision.annotations))
        for top in tops
        for field in (top, *top.children)
    }


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
