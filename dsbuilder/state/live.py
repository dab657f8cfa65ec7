"""Waking the tabs that look at a subject when somebody else changes it; each then reads again as its own reader.

In memory, so for one process; several would pass subjects on through the database or Redis.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import reflex as rx
import structlog
from reflex.istate.manager.token import BaseStateToken

from dsbuilder.actions import context
from dsbuilder.actions.context import Subject

log = structlog.get_logger("live")
MOST_WATCHERS = 20_000  # tabs; beyond it the oldest are forgotten, and see changes when they read again

acting_tab: ContextVar[str] = ContextVar("acting_tab", default="")
_subject_of: dict[str, tuple[Subject, type[rx.State]]] = {}  # a tab looks at one page, so at one subject
_tabs_of: dict[Subject, set[str]] = {}
_waking: dict[tuple[str, Subject], asyncio.Task[None]] = {}
_server: list[tuple[Any, asyncio.AbstractEventLoop]] = []


def use(app: Any) -> None:
    """Let changes wake the tabs of `app`; called once, in its event loop."""
    if not _server:
        context.listen(_changed)
    _server[:] = [(app, asyncio.get_running_loop())]


def watch(tab: str, subject: Subject, state: type[rx.State]) -> None:
    """Have `state._wake()` called in this tab when the subject changes; instead of what it watched before."""
    forget(tab)
    _subject_of[tab] = (subject, state)
    _tabs_of.setdefault(subject, set()).add(tab)
    if len(_subject_of) > MOST_WATCHERS:
        forget(next(iter(_subject_of)))


@contextmanager
def watched(tab: str, subject: Subject, state: type[rx.State]) -> Iterator[None]:
    """Watch, then read: a change that came between the two the other way round would never be shown. Who may not read does
    not watch either."""
    watch(tab, subject, state)
    try:
        yield
    except BaseException:
        forget(tab)
        raise


def forget(tab: str) -> None:
    """Stop watching."""
    subject, _ = _subject_of.pop(tab, (None, None))
    if subject is not None:
        tabs = _tabs_of.get(subject, set())
        tabs.discard(tab)
        if not tabs:
            _tabs_of.pop(subject, None)


def watching(subject: Subject) -> int:
    """How many tabs look at it."""
    return len(_tabs_of.get(subject, ()))


def _changed(subject: Subject) -> None:
    """In the thread of the action: hand the news to the event loop, with the tab that made it."""
    if subject in _tabs_of and _server:
        _, loop = _server[0]
        loop.call_soon_threadsafe(_wake_all, subject, acting_tab.get())


def _wake_all(subject: Subject, but: str) -> None:
    for tab in _tabs_of.get(subject, set()) - {but}:
        if (tab, subject) not in _waking:  # one that has not read yet will read this too
            task = asyncio.create_task(_wake(tab, subject))
            _waking[tab, subject] = task
            task.add_done_callback(_finished(tab, subject))


def _finished(tab: str, subject: Subject) -> Callable[[Any], object]:
    return lambda _: _waking.pop((tab, subject), None)


async def change(tab: str, state: type[rx.State], show: Callable[[Any], object]) -> None:
    """Change what a tab shows, outside of its events; nothing when it is gone."""
    if not _server or tab not in _server[0][0].event_namespace.token_to_sid:
        return
    async with _server[0][0].modify_state(BaseStateToken(ident=tab, cls=state)) as root:
        show(await root.get_state(state))


async def _wake(tab: str, subject: Subject) -> None:
    app, _ = _server[0]
    _, state = _subject_of.get(tab, (None, None))
    if state is None:
        return
    if tab not in app.event_namespace.token_to_sid:
        forget(tab)
        return
    try:
        async with app.modify_state(BaseStateToken(ident=tab, cls=state)) as root:
            _waking.pop((tab, subject), None)
            page = await root.get_state(state)
            await page._wake()
    except Exception as error:
        forget(tab)
        log.error("unexpected", exc_info=error)
