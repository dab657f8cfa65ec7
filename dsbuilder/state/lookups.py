"""Look-ups in outside registers beside the events of a tab: an event is answered at once, the page is woken afterwards."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from dsbuilder.actions import looking_up
from dsbuilder.actions.looking_up import LookUp
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import Ask, Unavailable
from dsbuilder.state import live

MOST = 200  # at once; what comes beyond is looked up when the page opens again, or once the dossier is deposited
log = structlog.get_logger("lookups")
_going: set[asyncio.Task[Any]] = set()
_searching: dict[str, "tuple[Ask, Show] | None"] = {}  # by tab: the newest that waits for the one that goes on


def start(one: LookUp | None) -> None:
    """Look one answer up, without waiting for it."""
    if one is not None:
        beside(looking_up.look_up(one))


Show = Callable[[tuple[Choice, ...] | Unavailable], Awaitable[None]]


def search(tab: str, ask: Ask, show: Show) -> None:
    """Search a register for a tab, without waiting: one search at a time, and then only the newest that came meanwhile."""
    if tab in _searching:
        _searching[tab] = ask, show
        return
    _searching[tab] = None
    if not beside(_search(tab, ask, show)):
        del _searching[tab]


async def _search(tab: str, ask: Ask, show: Show) -> None:
    try:
        await show(await looking_up.search(ask))
    finally:
        newest = _searching.pop(tab, None)
    if newest is not None:
        search(tab, *newest)


def beside(work: Coroutine[Any, Any, Any]) -> bool:
    """Do some work that no event waits for, as nobody's tab: the one that caused it is woken as well.

    False when too much is going on: nothing of it was done.
    """
    if len(_going) >= MOST:
        work.close()
        return False
    alone = contextvars.copy_context()
    alone.run(live.acting_tab.set, "")
    task = asyncio.get_running_loop().create_task(work, context=alone)
    _going.add(task)
    task.add_done_callback(_finished)
    return True


def _finished(task: asyncio.Task[Any]) -> None:
    _going.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("unexpected", exc_info=error)
