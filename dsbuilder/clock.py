"""The only place that asks the machine what time it is."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dsbuilder.settings import settings


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """An instant as the clocks of the territory show it."""
    return instant.astimezone(ZoneInfo(settings().time_zone))


def midnight(day: date) -> datetime:
    """The instant at which a day of the territory begins."""
    return datetime.combine(day, time.min, ZoneInfo(settings().time_zone))
