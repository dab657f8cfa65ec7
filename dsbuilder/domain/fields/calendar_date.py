"""A day, such as a birth date or the date of an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from dsbuilder.domain.days import FIRST, LAST, NOT_PAST, read_day
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import TEXTS, AskedField, Column, ColumnType, FieldType, Group, Json, Samples, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.operators import DAYS
from dsbuilder.domain.fields.quantities import check_between, least_above_greatest
from dsbuilder.domain.fields.samples import days, of_dates
from dsbuilder.domain.fields.survey import TODAY, SurveyQuestion, day_bounds, days_between
from dsbuilder.domain.texts import Language, Text, day


class CalendarDateField(FieldType):
    kind = "date"
    api_name = "DateChampDescriptor"
    label = Text("Date", "Date")
    help = Text("Un jour : une naissance, un événement, une échéance.", "A day: a birth, an event, a deadline.")
    group = Group.DATE
    icon = "calendar"
    control = Control.DATE
    operators = DAYS
    prefill_example = "2026-03-27"
    may_become = ("datetime", *TEXTS)

    @dataclass(frozen=True)
    class Options:
        date_in_past: bool = option(Text("Seulement une date passée", "Only a past date"), Control.CHECKBOX, False)
        start_date: date | None = option(Text("À partir du", "From"), Control.DATE)
        end_date: date | None = option(Text("Jusqu’au", "Until"), Control.DATE)

    def parse(self, raw: Raw, options: Any) -> date | None:
        """27/03/1985, 1985-03-27, 1985/03/27 or 27 mars 1985."""
        text = clean(raw)
        if not text:
            return None
        value = read_day(text)
        check_between(value, options.start_date or FIRST, options.end_date or LAST)
        return value

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A day within the bounds."""
        last = today - timedelta(days=1) if asked.options.date_in_past else LAST
        least, greatest = asked.options.start_date or FIRST, min(asked.options.end_date or LAST, last)
        drawn = examples.a_day(random, least, greatest, today)
        return "" if drawn is None else drawn.isoformat()

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """A day that no month has, a short year, a month alone, the day after the last one."""
        after = [] if options.end_date in (None, date.max) else [(options.end_date + timedelta(days=1)).isoformat()]
        return ("31/02/2026", "27/03/85", "mars 2026", *after)

    def wrong_today(self, value: date | None, options: Any, today: date) -> Text | None:
        """A past date is before today."""
        return NOT_PAST if options.date_in_past and value is not None and value >= today else None

    def hand_over(self, value: date | None, options: Any) -> tuple[str, ...]:
        """In words, which dates read too."""
        return () if value is None else (self.display(value, options),)

    def take_over(self, words: Sequence[str]) -> Raw:
        """The day of a date and time."""
        return words[0].partition(" à ")[0]

    def to_json(self, value: date | None) -> Json:
        """As ISO 8601."""
        return None if value is None else value.isoformat()

    def from_json(self, json: Json) -> date | None:
        """Also reads the day of a date and time, kept when the field was one of those."""
        try:
            return date.fromisoformat(json[:10]) if isinstance(json, str) else None
        except ValueError:
            return None

    def as_typed(self, value: date | None) -> str:
        """As the browser's own date input wants it."""
        return "" if value is None else value.isoformat()

    def display(self, value: date | None, options: Any, language: Language = "fr") -> str:
        """In words."""
        return "" if value is None else day(value, language)

    def attributes(self, options: Any) -> Attributes:
        """The bounds."""
        return _attributes(options.start_date or FIRST, options.end_date or LAST)

    def columns(self, asked: AskedField) -> list[Column]:
        """One, of dates."""
        return [Column("value", asked.label, ColumnType.DATE, lambda value: value)]

    def problems(self, asked: AskedField) -> list[Text]:
        """A first date after the last one lets nothing pass."""
        return least_above_greatest(asked.options.start_date, asked.options.end_date)

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Days around each operand, each bound and today."""
        found = days(operands, options, today)
        return of_dates(self.entered(map(date.isoformat, found), options, today), options)

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A date within its bounds."""
        rules = days_between(options.start_date, options.end_date, options.date_in_past)
        return SurveyQuestion("date", rules=rules)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The inverse."""
        first, last = day_bounds(question.rules)
        return self.Options(TODAY in question.rules, first, last) if question.type == "date" else None


@lru_cache(maxsize=1024)  # most dates of a form have the same bounds
def _attributes(first: date, last: date) -> Attributes:
    return Attributes(input_type="date", minimum=first.isoformat(), maximum=last.isoformat(), width="w-sm")
