"""The language of the page being compiled: each page is compiled once in French and once in English."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dsbuilder.domain.texts import Language, Text

_language: ContextVar[Language] = ContextVar("language", default="fr")


def language() -> Language:
    """The language of the page being compiled."""
    return _language.get()


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Compile in this language."""
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


def t(text: Text) -> str:
    """The sentence in the language of the page. Not inside an `@rx.memo` component: those are compiled once."""
    return text[language()]


def href(path: str, to: Language | None = None) -> str:
    """The address of one of our pages in the language of this page (or in another)."""
    return localised(path, to or language())


def localised(path: str, chosen: Language) -> str:
    """`/x` in French, `/en/x` in English."""
    if chosen == "fr":
        return path
    return f"/en{path}" if path != "/" else "/en"
