"""Coroutines for tests that are none themselves."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def in_a_thread(work: Coroutine[Any, Any, Result]) -> Result:
    """What the coroutine gives, run in a thread of its own: Playwright keeps a loop running in the main one."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, work).result()
