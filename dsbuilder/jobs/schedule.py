"""What runs regularly, and how often."""

from datetime import timedelta

SCHEDULE: dict[str, timedelta] = {
    "clear_expired": timedelta(hours=1),
    "clear_files": timedelta(hours=6),
}
