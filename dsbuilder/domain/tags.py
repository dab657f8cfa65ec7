"""Tags (balises): `--label--` in a text that an administrator words, filled with a value of each dossier.

A text becomes a template, which keeps each tag by its id: renaming a question breaks nothing. Values are only ever put
between the parts of a template and never read again, so that no answer becomes a tag.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import IntEnum
from typing import Any
from unicodedata import normalize

from dsbuilder.domain.fields.entering import printable
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.texts import Language, Text, fold

MARK = "--"
LINK = "dossier_link"  # the tag that says an address of ours
_ALIKE = 0.6  # as difflib measures it: below, no other tag is proposed
_MISTYPED = 0.8  # above, words between dashes are a tag with a slip and not an aside


class Moment(IntEnum):
    """From when on a tag has a value."""

    SUBMITTED = 0
    INSTRUCTION_STARTED = 1
    DECIDED = 2


@dataclass(frozen=True, slots=True)
class Tag:
    """What a text may name: `id` is kept, `label` is read; `code` tells homonyms apart, empty for what is always there."""

    id: str
    label: Text
    since: Moment = Moment.SUBMITTED
    code: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A tag where a template holds it; `label` is what was read then, for when the tag is gone."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a filled template: the author's own words, or what stands for the tag `id`."""

    words: str
    id: str = ""

    @property
    def may_link(self) -> bool:
        """Whether an address in it is one to go to: an author's own, or that of the dossier; never one in an answer."""
        return self.id in ("", LINK)


Template = tuple[str | Use, ...]


class Vocabulary:
    """The tags that one text may hold, each under a name of its own in one language."""

    def __init__(self, tags: Sequence[Tag], language: Language) -> None:
        self.tags, self.language = {tag.id: tag for tag in tags}, language
        self.names = _told_apart([(tag.id, _name(tag.label[language]), tag.code) for tag in self.tags.values()])
        self._named = {name: id for id, name in self.names.items()}

    def parse(self, text: str) -> Template:
        """The template that a text means; between dashes that name no tag, it stays as it is."""
        parts: list[str | Use] = []
        start, at = 0, text.find(MARK)
        while at >= 0:
            id, end = self._tag_at(text, at)
            if id is None:
                at = text.find(MARK, at + 1)
                continue
            parts += [text[start:at], Use(id, self.tags[id].label[self.language])]
            start, at = end, text.find(MARK, end)
        return tuple(part for part in (*parts, text[start:]) if part)

    def _tag_at(self, text: str, at: int) -> tuple[str | None, int]:
        words, end = _between(text, at)
        return (self._named.get(_tidy(words)), end) if words else (None, end)

    def written(self, template: Template) -> str:
        """The text that means this template."""
        return "".join(part if isinstance(part, str) else self.tag(part.id, part.label) for part in template)

    def tag(self, id: str, label: str = "") -> str:
        """One tag as it is written."""
        return f"{MARK}{self.names.get(id) or _name(label)}{MARK}"

    def unknown(self, template: Template) -> Iterator[str]:
        """The words between dashes that must have been meant for a tag."""
        for part in template:
            at = part.find(MARK) if isinstance(part, str) else -1
            while isinstance(part, str) and at >= 0:
                words, end = _between(part, at)
                if words and self._is_meant(words):
                    yield _tidy(words)
                    at = part.find(MARK, end)
                else:
                    at = part.find(MARK, at + 1)

    def _is_meant(self, words: str) -> bool:
        """Whether the dashes hold the words tightly, as no aside does, or the words look much like a tag."""
        if words[0] == "-" or words[-1] == "-":
            return False  # a line of dashes
        return words == words.strip() or self.nearest(_tidy(words), _MISTYPED) != ""

    def nearest(self, words: str, likeness: float = _ALIKE) -> str:
        """The name that looks most like these words, empty when none does."""
        folded = {fold(name): name for name in self._named}
        found = get_close_matches(fold(words)[:200], folded, 1, likeness)
        return folded[found[0]] if found else ""


def _between(text: str, at: int) -> tuple[str, int]:
    """What stands on one line between the dashes at `at` and the next ones, empty when nothing, and where it ends."""
    end = text.find(MARK, at + len(MARK))
    words = text[at + len(MARK) : end] if end >= 0 else ""
    return ("", at + 1) if "\n" in words or not words.strip() else (words, end + len(MARK))


def _tidy(words: str) -> str:
    return " ".join(normalize("NFC", words).split())


def _name(label: str) -> str:
    """A label such that it can stand between dashes."""
    name = _tidy(printable(to_text(label))).replace(MARK, "__")
    if name.startswith("-"):
        name = "_" + name[1:]
    return name.removesuffix("-") + "_" if name.endswith("-") else name


def _told_apart(told: list[tuple[str, str, str]]) -> dict[str, str]:
    """A name for each id; where several would look the same, but for case and accents, those with a code say it."""
    names, codes = {id: name for id, name, _ in told}, {id: code for id, _, code in told if code}
    while codes:
        counts = Counter(map(fold, names.values()))
        alike = [id for id in codes if counts[fold(names[id])] > 1]
        if not alike:
            break
        for id in alike:
            names[id] += f" [{codes.pop(id)}]"
    return names


# -- filling and keeping -------------------------------------------------------------------------------------------
def ids_in(template: Template) -> set[str]:
    """The tags that it holds."""
    return {part.id for part in template if isinstance(part, Use)}


def filled(template: Template, values: Mapping[str, str]) -> tuple[Piece, ...]:
    """The template with what stands for each tag, nothing where there is nothing."""
    pieces = (Piece(part) if isinstance(part, str) else Piece(values.get(part.id, ""), part.id) for part in template)
    return tuple(piece for piece in pieces if piece.words)


def paragraphs(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces as paragraphs: a blank line parts them where the author left one, never one in a value."""
    made: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = [piece.words] if piece.id else _BLANK_LINES.split(piece.words)
        made[-1].append(replace(piece, words=first))
        made += [[Piece(words)] for words in others]
    return tuple(tuple(part) for part in made if any(piece.words.strip() for piece in part))


_BLANK_LINES = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")


def template_to_json(template: Template) -> list[Any]:
    """A template as it is kept."""
    return [part if isinstance(part, str) else {"tag": part.id, "label": part.label} for part in template]


def template_from_json(json: list[Any]) -> Template:
    """The inverse."""
    return tuple(part if isinstance(part, str) else Use(part["tag"], part["label"]) for part in json)
