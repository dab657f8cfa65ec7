"""Jobs run once, in order, again when they fail, and never twice at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from dsbuilder import clock
from dsbuilder.jobs.worker import Worker
from dsbuilder.storage import jobs
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import Job
from tests.builders import NOW, in_one


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock."""

    def set_clock(instant: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    set_clock(NOW)
    return set_clock


def enqueue(database: Database, name: str, **kwargs: Any) -> None:
    in_one(database, jobs.enqueue, name, NOW, **kwargs)


def rows(database: Database) -> list[Job]:
    with database.reading() as db:
        return list(db.exec(select(Job).order_by(Job.id)).all())  # type: ignore[arg-type]


def test_jobs_run_in_the_order_in_which_they_are_due(database: Database, at: Callable[[datetime], None]) -> None:
    done: list[str] = []
    worker = Worker(database, {"note": lambda word: done.append(word)})
    enqueue(database, "note", word="second", run_at=NOW)
    enqueue(database, "note", word="first", run_at=NOW - timedelta(hours=1))
    enqueue(database, "note", word="later", run_at=NOW + timedelta(hours=1))
    while worker.run_one():
        pass
    assert done == ["first", "second"]
    at(NOW + timedelta(hours=1))
    assert worker.run_one()
    assert not worker.run_one()
    assert done == ["first", "second", "later"]


def test_a_job_of_one_key_is_kept_once(database: Database) -> None:
    for word in ("a", "b"):
        enqueue(database, "note", unique_key="only", word=word)
    enqueue(database, "note", word="c")
    enqueue(database, "note", word="d")
    assert [row.payload["word"] for row in rows(database)] == ["a", "c", "d"]


def test_a_job_is_not_kept_when_its_cause_is_not(database: Database) -> None:
    with pytest.raises(KeyError), database.transaction() as db:
        jobs.enqueue(db, "note", NOW)
        raise KeyError
    assert rows(database) == []


def test_a_failing_job_is_tried_again_after_growing_waits_then_left(
    database: Database, at: Callable[[datetime], None]
) -> None:
    def fail() -> None:
        raise OSError("someone@example.fr is unknown")

    worker = Worker(database, {"fail": fail})
    enqueue(database, "fail")
    instant = NOW
    waits: list[float] = []
    while True:
        at(instant)
        assert worker.run_one()
        row = rows(database)[0]
        if row.failed_at:
            break
        assert not worker.run_one()
        waits.append((row.run_at - instant).total_seconds())
        instant = row.run_at
    assert waits == list(jobs.WAITS)
    assert row.error == "OSError"  # never the text: it may name someone


def test_an_unknown_job_fails_alone(database: Database, at: Callable[[datetime], None]) -> None:
    done: list[str] = []
    worker = Worker(database, {"note": lambda: done.append("done")})
    enqueue(database, "gone")
    enqueue(database, "note")
    while worker.run_one():
        pass
    assert done == ["done"]
    assert rows(database)[0].error == "KeyError"


def test_a_job_whose_worker_was_killed_is_given_to_another(database: Database, at: Callable[[datetime], None]) -> None:
    enqueue(database, "note")
    assert in_one(database, jobs.claim, "killed", NOW)
    assert in_one(database, jobs.claim, "other", NOW + jobs.STUCK_AFTER) is None
    late = NOW + jobs.STUCK_AFTER + timedelta(seconds=1)
    assert in_one(database, jobs.claim, "other", late).attempts == 2
    in_one(database, jobs.done, 1, "killed", late)  # it was not dead after all: too late, the job is no longer its own
    assert rows(database)[0].done_at is None


def test_two_workers_never_do_the_same_job(database: Database, at: Callable[[datetime], None]) -> None:
    done: list[int] = []
    for n in range(40):
        enqueue(database, "note", n=n)

    def work(_: int) -> None:
        worker = Worker(database, {"note": lambda n: done.append(n)})
        while worker.run_one():
            pass

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    assert sorted(done) == list(range(40))


def test_regular_jobs_run_once_in_each_period(database: Database, at: Callable[[datetime], None]) -> None:
    done: list[int] = []
    for minutes in (0, 1, 59, 61):
        at(NOW + timedelta(minutes=minutes))
        for _ in range(2):
            Worker(database, {"clear_expired": lambda: done.append(1)}).run_due()
    assert len(done) == 2  # 9:30 and 9:31 are of one hour, 10:29 and 10:31 of the next


def test_a_worker_survives_a_database_that_is_away(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, at: Callable[[datetime], None]
) -> None:
    worker = Worker(sqlite_database, {"clear_expired": lambda: None})
    monkeypatch.setattr(worker, "run_due", lambda: 1 / 0)
    worker._run_due_safely()
