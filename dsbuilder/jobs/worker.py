"""The worker: takes jobs one by one, in the server's process or in one of its own."""

import asyncio
import os
import secrets
import socket
import threading
from collections.abc import Mapping

import structlog

from dsbuilder.actions import work
from dsbuilder.actions.context import PLATFORM, perform
from dsbuilder.jobs.names import JobFunction
from dsbuilder.jobs.schedule import SCHEDULE
from dsbuilder.storage.database import Database

LOOK_EVERY = 1.0  # seconds between looks when nothing was to do
PLAN_EVERY = 60  # looks between two plannings of the regular jobs
log = structlog.get_logger("jobs")


class Worker:
    """One taker of jobs. `run_due` is blocking; `run` and `run_until_stopped` call it for as long as they live."""

    def __init__(self, database: Database, jobs: Mapping[str, JobFunction]) -> None:
        self.database = database
        self.jobs = jobs
        self.name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._looks = 0

    def run_due(self) -> int:
        """Do all that is due now; how many jobs that was."""
        if self._looks % PLAN_EVERY == 0:
            perform(self.database, work.plan, SCHEDULE, actor=PLATFORM)
        self._looks += 1
        done = 0
        while perform(self.database, work.is_due, actor=PLATFORM) and self.run_one():
            done += 1
        return done

    def run_one(self) -> bool:
        """Do the next job, if one is due; one that fails is put back for later and stops nobody."""
        job = perform(self.database, work.claim, self.name, actor=PLATFORM)
        if job is None:
            return False
        try:
            self.jobs[job.name](**job.payload)
        except Exception as error:
            self._failed(job, error)
        else:
            perform(self.database, work.finish, job.id, self.name, actor=PLATFORM)
        return True

    def _failed(self, job: work.Claimed, error: Exception) -> None:
        # The text of an error may hold an address or an answer: only its kind is kept.
        kind = type(error).__name__
        again = perform(self.database, work.give_back, job.id, self.name, kind, actor=PLATFORM)
        log.warning("job failed", job=job.name, id=job.id, error=kind, attempts=job.attempts, again=again)

    async def run(self) -> None:
        """Work beside a server, until cancelled; what is being done then is finished first."""
        while True:
            await asyncio.shield(asyncio.ensure_future(asyncio.to_thread(self._run_due_safely)))
            await asyncio.sleep(LOOK_EVERY)

    def run_until_stopped(self, stopped: threading.Event) -> None:
        """Work in a process of its own."""
        while not stopped.is_set():
            self._run_due_safely()
            stopped.wait(LOOK_EVERY)

    def _run_due_safely(self) -> None:
        """A database that is away for a while must not end the worker."""
        try:
            self.run_due()
        except Exception as error:
            log.error("worker", exc_info=error)
