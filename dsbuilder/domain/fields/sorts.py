"""Sorts of characters that an answer may hold: letters, digits, and all others."""

import re
from dataclasses import dataclass
from unicodedata import category

from dsbuilder.domain.texts import Text, in_figures

# The expression of each set of sorts, as XLSForm and RE2 read it.
_LETTERS, _DIGITS = r"\p{L}\p{M}", r"\p{Nd}"
_CLASSES: dict[tuple[bool, bool, bool], str] = {
    (True, True, True): ".",
    (True, True, False): f"[{_LETTERS}{_DIGITS}]",
    (True, False, True): f"[^{_DIGITS}]",
    (True, False, False): f"[{_LETTERS}]",
    (False, True, True): f"[^{_LETTERS}]",
    (False, True, False): f"[{_DIGITS}]",
    (False, False, True): f"[^{_LETTERS}{_DIGITS}]",
    (False, False, False): "[^\\s\\S]",
}
_EXAMPLES = {
    (True, True, True): "AB-123-CD",
    (True, True, False): "AB123CD",
    (True, False, True): "AB-CD",
    (True, False, False): "ABCD",
    (False, True, True): "12-345",
    (False, True, False): "12345",
    (False, False, True): "+/-",
    (False, False, False): "",
}
_WRITTEN = re.compile(r"\^(?P<class>\.|\[.*\])(?:\*|\{(?P<least>[0-9]+),(?P<most>[0-9]*)\})\$", re.DOTALL)
_WORDS = (Text("lettres", "letters"), Text("chiffres", "digits"), Text("signes", "signs"))
_AND = Text(" ou ", " or ")


@dataclass(frozen=True, slots=True)
class Sorts:
    """Which sorts are accepted."""

    letters: bool
    digits: bool
    others: bool

    @property
    def any(self) -> bool:
        """Whether anything is accepted."""
        return self.letters or self.digits or self.others

    @property
    def all(self) -> bool:
        """Whether everything is accepted."""
        return self.letters and self.digits and self.others

    def take(self, text: str) -> bool:
        """Whether `text` holds accepted sorts only."""
        return self.all or all(map(self._takes, text))

    def _takes(self, character: str) -> bool:
        sort = category(character)
        return self.letters if sort[0] in "LM" else self.digits if sort == "Nd" else self.others

    @property
    def in_words(self) -> Text:
        """What is accepted: letters, letters or digits..."""
        accepted = zip((self.letters, self.digits, self.others), _WORDS, strict=True)
        words = [word for is_accepted, word in accepted if is_accepted]
        return Text(_AND.fr.join(word.fr for word in words), _AND.en.join(word.en for word in words))

    def example(self, least: int | None, most: int | None) -> str:
        """A text of these sorts, of that length; empty when there is none."""
        one = _EXAMPLES[self._key]
        while one and least is not None and len(one) < least:
            one += _EXAMPLES[self._key]
        length = min(len(one), most if most is not None else len(one))
        if least is not None and len(_EXAMPLES[self._key]) < least:
            length = min(length, least)
        return one[:length]

    def expression(self, least: int | None, most: int | None) -> str:
        """The same as a regular expression over a whole answer."""
        length = "*" if least is None and most is None else f"{{{least or 0},{'' if most is None else most}}}"
        return f"^{_CLASSES[self._key]}{length}$"

    @classmethod
    def read(cls, expression: str) -> "tuple[Sorts, int | None, int | None] | None":
        """The inverse of `expression`: the sorts, the least and the greatest length; None for any other expression."""
        match = _WRITTEN.fullmatch(expression)
        key = next((key for key, one in _CLASSES.items() if match and one == match["class"]), None)
        if match is None or key is None or len(match["least"] or "") > 5 or len(match["most"] or "") > 5:
            return None
        return cls(*key), int(match["least"] or 0) or None, int(match["most"]) if match["most"] else None

    @property
    def _key(self) -> tuple[bool, bool, bool]:
        return self.letters, self.digits, self.others


def form_in_words(sorts: Sorts, least: int | None, most: int | None) -> Text | None:
    """Sorts and length as a page says them, None when anything is accepted."""
    if least is not None and most is not None:
        length: Text | None = counted(most, *(_EXACTLY if least == most else _BETWEEN), least=in_figures(least))
    elif least is not None or most is not None:
        length = counted(least or most or 0, *(_AT_LEAST if least is not None else _AT_MOST))
    else:
        length = None
    if sorts.all and length is None:
        return None
    parts = [part for part in (None if sorts.all else sorts.in_words, length) if part is not None]
    fr, en = ", ".join(part.fr for part in parts), ", ".join(part.en for part in parts)
    return Text(f"{fr[:1].upper()}{fr[1:]}.", f"{en[:1].upper()}{en[1:]}.")


def counted(count: int, one: Text, many: Text, **values: object) -> Text:
    """`one` or `many` with `{count}` in figures."""
    return (one if count == 1 else many).format(count=in_figures(count), **values)


_EXACTLY = (Text("{count} caractère", "{count} character"), Text("{count} caractères", "{count} characters"))
_BETWEEN = (
    Text("de {least} à {count} caractère", "{least} to {count} character"),
    Text("de {least} à {count} caractères", "{least} to {count} characters"),
)
_AT_LEAST = (
    Text("au moins {count} caractère", "at least {count} character"),
    Text("au moins {count} caractères", "at least {count} characters"),
)
_AT_MOST = (
    Text("au plus {count} caractère", "at most {count} character"),
    Text("au plus {count} caractères", "at most {count} characters"),
)
