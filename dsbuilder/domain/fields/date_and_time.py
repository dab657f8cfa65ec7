"""A day and a time of day, such as an appointment.

The value is the time on the clocks of the place, as the applicant writes it, without a zone: no hour is missing or
doubled in it. The API adds the installation's zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from dsbuilder.domain.days import FIRST, LAST, NOT_PAST, read_moment
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import TEXTS, AskedField, Column, ColumnType, FieldType, Group, Json, Samples, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, clean
from dsbuilder.domain.fields.operators import MOMENTS
from dsbuilder.domain.fields.quantities import check_between, least_above_greatest
from dsbuilder.domain.fields.samples import moments, of_dates
from dsbuilder.domain.fields.survey import TODAY, SurveyQuestion, day_bounds, days_between
from dsbuilder.domain.texts import Language, Text, moment


class DateAndTimeField(FieldType):
    kind = "datetime"
    api_name = "DatetimeChampDescriptor"
    label = Text("Date et heure", "Date and time")
    help = Text("Un jour et une heure : un rendez-vous, un fait.", "A day and a time: an appointment, an event.")
    group = Group.DATE
    icon = "calendar-clock"
    control = Control.DATETIME
    operators = MOMENTS
    prefill_example = "2026-03-27T14:30"
    may_become = ("date", *TEXTS)

    @dataclass(frozen=True)
    class Options:
        date_in_past: bool = option(Text("Seulement une date passée", "Only a past date"), Control.CHECKBOX, False)
        start_date: date | None = option(Text("À partir du", "From"), Control.DATE)
        end_date: date | None = option(Text("Jusqu’au", "Until"), Control.DATE)

    def parse(self, raw: Raw, options: Any) -> datetime | None:
        """2026-03-27T14:30, 27/03/2026 14:30 or 27 mars 2026 à 14 h 30; bounds are those of the day."""
        text = clean(raw)
        if not text:
            return None
        value = read_moment(text)
        check_between(value.date(), options.start_date or FIRST, options.end_date or LAST)
        return value

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """A day within the bounds, at a quarter of an hour of the working day."""
        last = today - timedelta(days=1) if asked.options.date_in_past else LAST
        least, greatest = asked.options.start_date or FIRST, min(asked.options.end_date or LAST, last)
        drawn = examples.a_day(random, least, greatest, today)
        return "" if drawn is None else f"{drawn}T{random.randint(8, 17):02}:{random.choice((0, 15, 30, 45)):02}"

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """A day without its time, a twenty-fifth hour, a day that no month has."""
        return ("27/03/2026", "27/03/2026 25:00", "31/02/2026 10:00")

    def wrong_today(self, value: datetime | None, options: Any, today: date) -> Text | None:
        """A past date is before today."""
        return NOT_PAST if options.date_in_past and value is not None and value.date() >= today else None

    def hand_over(self, value: datetime | None, options: Any) -> tuple[str, ...]:
        """In words, which dates read too."""
        return () if value is None else (self.display(value, options),)

    def take_over(self, words: Sequence[str]) -> Raw:
        """Midnight, for a day."""
        return words[0] if " à " in words[0] else f"{words[0]} à 00:00"

    def to_json(self, value: datetime | None) -> Json:
        """As ISO 8601, without a zone."""
        return None if value is None else value.isoformat(timespec="minutes")

    def from_json(self, json: Json) -> datetime | None:
        """Also reads a day, kept when the field was a date."""
        try:
            return datetime.fromisoformat(json).replace(tzinfo=None) if isinstance(json, str) else None
        except ValueError:
            return None

    def as_typed(self, value: datetime | None) -> str:
        """As the browser's own input wants it."""
        return "" if value is None else value.isoformat(timespec="minutes")

    def display(self, value: datetime | None, options: Any, language: Language = "fr") -> str:
        """In words."""
        return "" if value is None else moment(value, language)

    def attributes(self, options: Any) -> Attributes:
        """The bounds."""
        return Attributes(
            input_type="datetime-local",
            minimum=f"{options.start_date or FIRST}T00:00",
            maximum=f"{options.end_date or LAST}T23:59",
            width="w-md",
        )

    def columns(self, asked: AskedField) -> list[Column]:
        """One, of dates and times."""
        return [Column("value", asked.label, ColumnType.DATETIME, lambda value: value)]

    def problems(self, asked: AskedField) -> list[Text]:
        """A first date after the last one lets nothing pass."""
        return least_above_greatest(asked.options.start_date, asked.options.end_date)

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """Minutes around each operand, and on the days of each bound and today."""
        found = moments(operands, options, today)
        return of_dates(self.entered((at.isoformat(timespec="minutes") for at in found), options, today), options)

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A date and a time within its bounds."""
        rules = days_between(options.start_date, options.end_date, options.date_in_past, with_time=True)
        return SurveyQuestion("dateTime", rules=rules)

    def from_survey(self, question: SurveyQuestion) -> Any:
        """The inverse."""
        first, last = day_bounds(question.rules)
        return self.Options(TODAY in question.rules, first, last) if question.type == "dateTime" else None
