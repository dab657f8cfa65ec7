"""Short works that wait at the same time share one transaction and one commit, each undone alone when it fails.

SQLite lets one write at a time and threads of Python run one at a time: a transaction each, in threads that fight for
both, costs several times what the work itself does.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from dsbuilder.storage.database import Database, Outcome, Session

MOST = 64  # works in one transaction, so that who waits for another write waits for milliseconds
T = TypeVar("T")
Waiting = tuple[Callable[[Session], Any], "asyncio.Future[Any]"]


class Together:
    """A queue of works and the one thread that does them; used from one event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="together")
        self._waiting: deque[Waiting] = deque()
        self._is_working = False

    async def do(self, work: Callable[[Session], T]) -> T:
        """What `work` gives, once it is committed; raises what it raises."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if not self._is_working:
            self._begin()
        return await future

    def _begin(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        self._is_working = True
        works = [work for work, _ in batch]
        done = asyncio.get_running_loop().run_in_executor(self._thread, self._database.together, works)
        done.add_done_callback(partial(self._end, batch))

    def _end(self, batch: list[Waiting], done: "asyncio.Future[list[Outcome]]") -> None:
        self._is_working = False
        if self._waiting:
            self._begin()  # first, so that the thread works while these are told
        failure = done.exception()
        outcomes = [Outcome(error=failure)] * len(batch) if failure else done.result()
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if future.cancelled():
                continue
            if outcome.error is not None:
                future.set_exception(outcome.error)
            else:
                future.set_result(outcome.value)
