"""The only place that asks the machine what time it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dsbuilder.settings import settings


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """An instant as the clocks of the territory show it."""
    return instant.astimezone(ZoneInfo(settings().time_zone))
