"""Sentences for people, in both languages side by side."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from unicodedata import combining, normalize

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


# -- numbers and dates as people read them -------------------------------------------------------------------------
MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
}  # fmt: skip


def number(value: int | Decimal, language: Language = "fr") -> str:
    """`value` with its thousands apart: 1 234,5 in French, 1,234.5 in English."""
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return written if language == "en" else written.replace(",", "\u00a0").replace(".", ",")


def in_figures(value: int | Decimal) -> Text:
    """`value` as `number` writes it, in both languages."""
    return Text(fr=number(value, "fr"), en=number(value, "en"))


_SIZES: dict[Language, tuple[str, ...]] = {"fr": ("o", "ko", "Mo", "Go"), "en": ("B", "kB", "MB", "GB")}


def file_size(size: int, language: Language = "fr") -> str:
    """A number of bytes as people read it: 412 ko, 2,9 Mo."""
    amount, unit = Decimal(size), 0
    while amount >= 1000 and unit < 3:
        amount, unit = amount / 1000, unit + 1
    shown = amount.quantize(Decimal("0.1")) if amount < 10 and unit > 1 else Decimal(round(amount))
    return f"{number(shown, language)}\u00a0{_SIZES[language][unit]}"


def day(value: date, language: Language = "fr") -> str:
    """A date in words: 1er juin 2020, 20 June 2020."""
    first = "1er" if value.day == 1 and language == "fr" else str(value.day)
    return f"{first} {MONTHS[language][value.month - 1]} {value.year}"


def in_words(value: date) -> Text:
    """A date as `day` writes it, in both languages."""
    return Text(fr=day(value, "fr"), en=day(value, "en"))


def moment(value: datetime, language: Language = "fr") -> str:
    """A date and a time of day: 20 juin 2020 à 14:30."""
    return f"{day(value, language)} {'at' if language == 'en' else 'à'} {value:%H:%M}"


# -- texts compared and searched -----------------------------------------------------------------------------------
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'"})
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` in lower case and without accents, for comparing."""
    if text.isascii():
        return text.lower()
    decomposed = normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(c for c in decomposed if not combining(c))


def searchable(text: str) -> str:
    """The words of `text` folded, a blank before each, so that " " + word finds where a word begins."""
    return f" {_NOT_WORD.sub(' ', fold(text)).strip()}"
