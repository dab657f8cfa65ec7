"""What runs regularly, and how often."""

from datetime import timedelta

SCHEDULE: dict[str, timedelta] = {
    "close_overdue": timedelta(minutes=1),
    "clear_dossiers": timedelta(hours=6),
    "clear_expired": timedelta(hours=1),
    "clear_files": timedelta(hours=6),
}
