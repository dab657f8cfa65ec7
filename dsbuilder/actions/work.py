"""Jobs as the worker takes them: each step is a transaction of its own, none is open while a job runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dsbuilder.actions.context import Context, by_platform, reads
from dsbuilder.storage import jobs


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is this worker's now."""

    id: int
    name: str
    payload: Mapping[str, Any]
    attempts: int


@by_platform
@reads
def is_due(ctx: Context) -> bool:
    """Whether a job waits."""
    return jobs.is_due(ctx.db, ctx.now)


@by_platform
def claim(ctx: Context, worker: str) -> Claimed | None:
    """The next job that is due."""
    row = jobs.claim(ctx.db, worker, ctx.now)
    return None if row is None else Claimed(row.id or 0, row.name, row.payload, row.attempts)


@by_platform
def finish(ctx: Context, id: int, worker: str) -> None:
    """The job is done."""
    jobs.done(ctx.db, id, worker, ctx.now)


@by_platform
def give_back(ctx: Context, id: int, worker: str, error: str) -> bool:
    """The job failed; whether it will be tried again."""
    return jobs.failed(ctx.db, id, worker, error, ctx.now)


@by_platform
def plan(ctx: Context, schedule: Mapping[str, timedelta]) -> None:
    """Have each regular job run once in each of its periods, whoever asks and however often."""
    for name, every in schedule.items():
        period = int(ctx.now.timestamp() // every.total_seconds())
        jobs.enqueue(ctx.db, name, ctx.now, unique_key=f"{name}:{period}")
