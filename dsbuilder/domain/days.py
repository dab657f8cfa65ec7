"""Days and times of day read as people write them."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import MONTHS, Text, fold

# Old buildings and deeds have dates of centuries ago, and leases end in a hundred years; beyond, it is a slip of the
# keyboard (0026, 9999). A field's own range may go further.
FIRST = date(1000, 1, 1)
LAST = date(2199, 12, 31)
NOT_PAST = Text("Saisissez une date passée, par exemple 27/03/1985.", "Enter a past date, such as 27/03/1985.")

_ZONE = ZoneInfo("Europe/Paris")  # of the moments with an offset that links of the reference carry
_UNREADABLE = Text(
    "Saisissez une date en jour, mois et année, par exemple 27/03/1985.",
    "Enter a date as day, month and year, such as 27/03/1985.",
)
_NO_SUCH_DAY = Text(
    "Ce jour n’existe pas dans le calendrier. Vérifiez le jour et le mois, par exemple 27/03/1985.",
    "There is no such day in the calendar. Check the day and the month, for example 27/03/1985.",
)
_SHORT_YEAR = Text(
    "Saisissez l’année en quatre chiffres, par exemple 27/03/1985.",
    "Enter the year in four digits, such as 27/03/1985.",
)
_UNREADABLE_MOMENT = Text(
    "Saisissez une date et une heure, par exemple 27/03/2026 14:30.",
    "Enter a date and a time, such as 27/03/2026 14:30.",
)
_MONTH_NUMBERS = {fold(name): i % 12 + 1 for i, name in enumerate((*MONTHS["fr"], *MONTHS["en"]))}
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\s?[-/. ]\s?(?P<month>\d{1,2})\s?[-/. ]\s?(?P<year>\d{1,6})", re.ASCII)
_WORDS = re.compile(r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\s+(?P<year>\d{1,6})", re.ASCII)
_TIME = re.compile(
    r"(?P<day>.+?)(?:\s*t\s*|\s*,?\s+(?:a|at)\s+|\s*,?\s+)(?P<hour>\d{1,2})\s*[:h]\s*(?P<minute>\d{2})?"
    r"(?::\d{2}(?:[.,]\d+)?)?",
    re.ASCII,
)


def read_day(text: str) -> date:
    """The day that `text` writes: 27/03/1985, 1985-03-27, 27 mars 1985. Raises Invalid."""
    folded = fold(text.strip())
    match = _YEAR_FIRST.fullmatch(folded) or _DAY_FIRST.fullmatch(folded) or _WORDS.fullmatch(folded)
    if match is None:
        raise Invalid(_UNREADABLE)
    month = match["month"] if match["month"].isdigit() else _MONTH_NUMBERS.get(match["month"])
    if month is None:
        raise Invalid(_UNREADABLE)
    if len(match["year"]) != 4:
        raise Invalid(_SHORT_YEAR)
    try:
        return date(int(match["year"]), int(month), int(match["day"]))
    except ValueError:
        raise Invalid(_NO_SUCH_DAY) from None


def read_moment(text: str) -> datetime:
    """The day and time that `text` writes, to the minute, without a zone. Raises Invalid."""
    try:
        return _on_the_clock(datetime.fromisoformat(text)) if len(text) > 10 and text[10] in "T " else _in_words(text)
    except ValueError:
        return _in_words(text)


def _in_words(text: str) -> datetime:
    match = _TIME.fullmatch(fold(text.strip()))
    if match is None:
        raise Invalid(_UNREADABLE_MOMENT)
    on = read_day(match["day"])
    try:
        return datetime(on.year, on.month, on.day, int(match["hour"]), int(match["minute"] or 0))  # noqa: DTZ001
    except ValueError:
        raise Invalid(_UNREADABLE_MOMENT) from None


def _on_the_clock(read: datetime) -> datetime:
    try:
        there = read.astimezone(_ZONE) if read.tzinfo else read
    except OverflowError:
        raise ValueError(read) from None
    return there.replace(tzinfo=None, second=0, microsecond=0)
