"""Expressions of XLSForm, a part of XPath: read into a small tree. What we do not know is Unread, with the reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dsbuilder.domain.texts import Text

MAX_LENGTH = 20_000
MAX_DEPTH = 30


class Unread(Exception):
    """An expression, or a part of one, that we cannot carry over."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Answer:
    """`${name}`, or "." for the question itself, whose name is empty."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number."""

    value: str | Decimal


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator such as "and", "=", "<" or "+", and what it is given."""

    name: str
    given: tuple["Expression", ...]


Expression = Answer | Literal | Call

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<answer>\$\{\s*[^\s${}]{1,300}\s*\})
    | (?P<text>'[^']*'|"[^"]*"|‘[^’]*’|’[^’]*’|“[^”]*”)
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<self>\.)(?![0-9.])
    | (?P<word>[A-Za-z_][A-Za-z0-9_.:-]*)
    | (?P<sign><=|>=|!=|[=<>()+*,-])
    )""",
    re.VERBOSE,
)
# from the loosest to the tightest
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"))
_NOT_READ = Text(
    "cette expression n’est pas de celles que nous savons lire", "this expression is not one of those that we can read"
)
_TOO_LONG = Text("cette expression est trop longue ou trop imbriquée", "this expression is too long or nested too deep")


def read(text: str) -> Expression:
    """The tree of an expression. Raises Unread."""
    if len(text) > MAX_LENGTH:
        raise Unread(_TOO_LONG)
    reader = _Reader(list(_tokens(text)))
    expression = reader.level(0, MAX_DEPTH)
    if reader.left:
        raise Unread(_NOT_READ)
    return expression


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, text = 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Unread(_NOT_READ)
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


class _Reader:
    """Tokens read from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens[::-1]

    @property
    def left(self) -> bool:
        return bool(self.tokens)

    def next_is(self, *texts: str) -> bool:
        return bool(self.tokens) and self.tokens[-1][0] in ("sign", "word") and self.tokens[-1][1] in texts

    def take(self, *texts: str) -> str:
        if not self.tokens or (texts and not self.next_is(*texts)):
            raise Unread(_NOT_READ)
        return self.tokens.pop()[1]

    def level(self, at: int, deep: int) -> Expression:
        if deep < 1:
            raise Unread(_TOO_LONG)
        if at == len(_LEVELS):
            return self.single(deep)
        found = [self.level(at + 1, deep)]
        first = self.tokens[-1][1] if self.next_is(*_LEVELS[at]) else ""
        while self.next_is(*_LEVELS[at]):
            name = self.take()
            found.append(self.level(at + 1, deep))
            if name not in ("and", "or"):
                found = [Call(name, tuple(found))]
        return Call(first, tuple(found)) if len(found) > 1 else found[0]

    def single(self, deep: int) -> Expression:
        if self.next_is("("):
            self.take("(")
            inner = self.level(0, deep - 1)
            self.take(")")
            return inner
        if self.next_is("-"):
            self.take("-")
            return self.negative(self.single(deep - 1) if deep > 1 else None)
        kind = self.tokens[-1][0] if self.tokens else ""
        text = self.take()
        if kind == "answer":
            return Answer(text[2:-1].strip())
        if kind == "text":
            return Literal(text[1:-1])
        if kind == "self":
            return Answer("")
        if kind == "number":
            return Literal(Decimal(text))
        return self.call(text, deep) if kind == "word" and self.next_is("(") else self.unknown()

    def call(self, name: str, deep: int) -> Expression:
        self.take("(")
        given: list[Expression] = []
        while not self.next_is(")"):
            given.append(self.level(0, deep - 1))
            if not self.next_is(")"):
                self.take(",")
        self.take(")")
        return Call(name, tuple(given))

    def negative(self, inner: Expression | None) -> Expression:
        if isinstance(inner, Literal) and isinstance(inner.value, Decimal):
            return Literal(-inner.value)
        return self.unknown()

    def unknown(self) -> Expression:
        raise Unread(_NOT_READ)


# -- writing -------------------------------------------------------------------------------------------------------
def quoted(text: str) -> str:
    """`text` as a literal. Raises Unread for what holds both sorts of quotes: XPath has no way to write it."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    raise Unread(Text("ce texte contient ' et \"", "this text holds ' and \""))


def number(value: Decimal | int) -> str:
    """A number as a literal, without needless zeros."""
    text = f"{Decimal(value):f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if plain in ("-0", "") else plain


def written(expression: Expression) -> str:
    """An expression as text, the same for the same tree."""
    if isinstance(expression, Answer):
        return f"${{{expression.name}}}" if expression.name else "."
    if isinstance(expression, Literal):
        return quoted(expression.value) if isinstance(expression.value, str) else number(expression.value)
    given = [written(one) for one in expression.given]
    if not any(expression.name in level for level in _LEVELS):
        return f"{expression.name}({', '.join(given)})"
    bracketed = [f"({text})" if _is_joined(one) else text for one, text in zip(expression.given, given, strict=True)]
    return f" {expression.name} ".join(bracketed)


def _is_joined(expression: Expression) -> bool:
    return isinstance(expression, Call) and any(expression.name in level for level in _LEVELS[:2])
