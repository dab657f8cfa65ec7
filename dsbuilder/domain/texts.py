"""Sentences for people, in both languages side by side."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or word in French and in English; `{name}` marks what `format` fills in."""

    fr: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.fr

    def format(self, **values: object) -> "Text":
        """The same sentence with its marks filled; a `Text` among the values is spoken in each language."""
        return Text(fr=self.fr.format(**_spoken(values, "fr")), en=self.en.format(**_spoken(values, "en")))


def _spoken(values: dict[str, object], language: Language) -> dict[str, object]:
    return {name: value[language] if isinstance(value, Text) else value for name, value in values.items()}


def plural(count: int, one: Text, many: Text) -> Text:
    """`one` or `many` with `{count}` filled in. French counts zero as singular, English as plural."""
    fr = one.fr if abs(count) < 2 else many.fr
    en = one.en if abs(count) == 1 else many.en
    return Text(fr=fr.format(count=count), en=en.format(count=count))
