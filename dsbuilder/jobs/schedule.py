"""What runs regularly, and how often."""

from datetime import timedelta

SCHEDULE: dict[str, timedelta] = {
    "clear_expired": timedelta(hours=1),
}
