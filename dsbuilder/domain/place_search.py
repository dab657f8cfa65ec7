"""Places found by any beginning of their name, by any word of it, by a postal code or an official code.

All places stand in one text, the most relevant first, one a line: each way to begin the name, marked, then the codes:
"<la rochelle><rochelle> 17300 17000 ". Two lists say where in the text a name begins, and where a word or code does,
in the order of what stands there, so that all that begin alike stand together.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from dsbuilder.domain.texts import searchable

BEGINS, ENDS = "<", ">"
MANY = 1_000  # matches from which the first are found sooner by reading the text than by sorting the matches
_ARTICLE = re.compile(r"(?:le|la|les|l|los|las) (?=\w)")
_SHORTENED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_MOST_WORDS = 8


# -- making --------------------------------------------------------------------------------------------------------
def line_of(names: Iterable[str], codes: Iterable[str]) -> str:
    """What is searched of one place that is called by any of `names`."""
    said = dict.fromkeys(one for name in names for one in _beginnings(_words(name)))
    return "".join(f"{BEGINS}{one}{ENDS}" for one in said) + " " + "".join(f"{code.lower()} " for code in codes)


def _words(text: str) -> str:
    return " ".join(_SHORTENED.get(word, word) for word in searchable(text).split())


def _beginnings(words: str) -> Iterator[str]:
    """The name, the name without its article, and with the article of "l'Île" joined to it."""
    yield words
    article = _ARTICLE.match(words)
    if article is not None:
        yield words[article.end() :]
        if article[0] == "l ":
            yield f"l{words[2:]}"


def places_of(pattern: str, text: str) -> "array[int]":
    """Where `pattern` matches, in the order of what stands there to the end of its line."""
    places = [match.start() for match in re.finditer(pattern, text)]
    return array("I", sorted(places, key=lambda at: text[at : text.index("\n", at)]))


BEGINNINGS, WORDS = f"(?<={BEGINS})", r"(?<= )\w"  # what stands in the two lists


# -- what is typed -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed: words of a name in the ways they may be meant, and the beginnings of codes."""

    names: tuple[str, ...]
    codes: tuple[str, ...]

    def among(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of `codes` that were typed."""
        return tuple(code for code in codes if code.lower().startswith(self.codes)) if self.codes else ()


def wanted(text: str) -> Wanted:
    """What `text` asks for."""
    words = searchable(text).split()
    codes = tuple(word for word in words if word[0].isdigit())[:_MOST_WORDS]
    named = [word for word in words if not word[0].isdigit()][:_MOST_WORDS]  # a code may follow a longer name
    if not named:
        return Wanted((), codes)
    *first, last = named
    meant = [_SHORTENED.get(word, word) for word in first]
    # "st" at the end may begin "Strasbourg" as well as stand for "saint".
    lasts = dict.fromkeys((last, _SHORTENED.get(last, last)))
    return Wanted(tuple(" ".join([*meant, one]) for one in lasts), codes)


# -- finding -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Found:
    """One place by its line; `whole` when what was typed is its whole name."""

    line: int
    whole: bool = False


class PlaceIndex:
    """Lines made by `line_of`, the most relevant first, each ended by a line feed."""

    def __init__(self, text: str, beginnings: "array[int] | None" = None, words: "array[int] | None" = None) -> None:
        self.text = text
        self.lines = text.split("\n")[:-1]
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.beginnings = places_of(BEGINNINGS, text) if beginnings is None else beginnings
        self.words = places_of(WORDS, text) if words is None else words

    def search(self, text: str, limit: int) -> list[Found]:
        """The places that `text` may mean: by their whole name, by its beginning, by its words, the most relevant first.

        Codes narrow what names find. When nothing is typed, the most relevant.
        """
        sought = wanted(text)
        if not sought.names and not sought.codes:
            return [Found(line) for line in range(min(limit, len(self.lines)))]
        found: dict[int, bool] = {}
        for line, whole in self._named_and_coded(sought) if sought.codes else self._named(sought.names):
            found.setdefault(line, whole)
            if len(found) == limit:
                break
        return list(map(Found, found, found.values()))

    def with_name(self, name: str) -> Iterator[int]:
        """The lines of which that is a whole name."""
        return self._sorted(_words(name) + ENDS, self.beginnings)

    def with_code(self, code: str) -> Iterator[int]:
        """The lines that have that code."""
        return self._sorted(f"{code} ", self.words)

    def with_code_beginning(self, beginning: str) -> Iterator[int]:
        """The lines that have a code which begins so."""
        return self._sorted(beginning, self.words)

    def _named(self, names: tuple[str, ...]) -> Iterator[tuple[int, bool]]:
        for name in names:
            yield from ((line, True) for line in self._beginning(name + ENDS, self.beginnings, BEGINS))
        for name in names:
            yield from ((line, False) for line in self._beginning(name, self.beginnings, BEGINS))
        for name in names:
            yield from ((line, False) for line in self._beginning(name, self.words, " "))
        yield from ((line, False) for line in self._scattered(names[0].split()))

    def _named_and_coded(self, sought: Wanted) -> Iterator[tuple[int, bool]]:
        """The same among the lines that have every code; without a name, those of which one is the whole code first."""
        first, *others = sought.codes
        if sought.names and self._count(first) >= MANY:  # "Brest 2" so far: the name says more than the code
            named = self._named(sought.names)
            yield from (one for one in named if all(f" {code}" in self.lines[one[0]] for code in sought.codes))
            return
        whole = [] if sought.names else list(self._sorted(first + " ", self.words))
        coded = dict.fromkeys([*whole, *self._sorted(first, self.words)])
        lines = [line for line in coded if all(f" {code}" in self.lines[line] for code in others)]
        if not sought.names:
            yield from ((line, False) for line in lines)
        for pattern in (BEGINS + "{}" + ENDS, BEGINS + "{}", " {}"):
            needles = [pattern.format(name) for name in sought.names]
            ends = pattern.endswith(ENDS)
            yield from ((line, ends) for line in lines if any(needle in self.lines[line] for needle in needles))
        if sought.names:
            yield from ((line, False) for line in lines if self._has_words(line, sought.names[0].split()))

    def _has_words(self, line: int, words: Iterable[str]) -> bool:
        text = self.lines[line]
        return all(f" {word}" in text or f"{BEGINS}{word}" in text for word in words)

    def _beginning(self, needle: str, places: Sequence[int], before: str) -> Iterable[int]:
        """The lines in which `needle` stands at one of `places`."""
        low, high = self._range(needle, places)
        return self._reading(before + needle) if high - low >= MANY else self._sorted(needle, places)

    def _sorted(self, needle: str, places: Sequence[int]) -> Iterator[int]:
        low, high = self._range(needle, places)
        return (bisect_right(self.starts, at) - 1 for at in sorted(places[low:high]))

    def _range(self, needle: str, places: Sequence[int]) -> tuple[int, int]:
        text, length = self.text, len(needle)

        def there(at: int) -> str:
            return text[at : at + length]

        low = bisect_left(places, needle, key=there)
        return low, bisect_right(places, needle, lo=low, key=there)

    def _reading(self, needle: str) -> Iterator[int]:
        at = self.text.find(needle)
        while at >= 0:
            line = bisect_right(self.starts, at) - 1
            yield line
            at = self.text.find(needle, self.starts[line + 1])

    def _scattered(self, words: list[str]) -> Iterator[int]:
        """The lines in which each of several words begins some word, in any order."""
        if len(words) < 2:
            return
        rarest = min(words, key=self._count)  # "saint" begins a word of 4,000 names: look for what comes with it
        for places, before in ((self.beginnings, BEGINS), (self.words, " ")):
            yield from (line for line in self._beginning(rarest, places, before) if self._has_words(line, words))

    def _count(self, beginning: str) -> int:
        ranges = (self._range(beginning, places) for places in (self.beginnings, self.words))
        return sum(high - low for low, high in ranges)
