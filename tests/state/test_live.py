"""Only the tabs that look at a subject are woken, each once, and never the one that changed it."""

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from dsbuilder.actions import context
from dsbuilder.actions.context import Subject
from dsbuilder.domain.errors import Forbidden
from dsbuilder.domain.texts import Text
from dsbuilder.state import live

DRAFT, OTHER = Subject("draft", 1), Subject("draft", 2)


class Woken:
    """Stands for a state and its app: notes the tabs that read again."""

    def __init__(self, *connected: str) -> None:
        self.event_namespace = SimpleNamespace(token_to_sid=dict.fromkeys(connected, "sid"))
        self.tabs: list[str] = []
        self.broken = False

    @asynccontextmanager
    async def modify_state(self, token):
        async def wake() -> None:
            if self.broken:
                raise ValueError
            self.tabs.append(token.ident)

        async def get_state(_):
            return SimpleNamespace(_wake=wake)

        yield SimpleNamespace(get_state=get_state)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[Woken]:
    monkeypatch.setattr(context, "_listeners", [])
    for name in ("_subject_of", "_tabs_of", "_waking"):
        monkeypatch.setattr(live, name, {})
    monkeypatch.setattr(live, "_server", [])
    yield Woken("a", "b", "c")


def tell(subject: Subject, by: str = "") -> None:
    live.acting_tab.set(by)
    for listener in context._listeners:
        listener(subject)


async def change(subject: Subject, by: str = "") -> None:
    """What an action in a thread does, and what comes of it."""
    await asyncio.to_thread(tell, subject, by)
    for _ in range(5):
        await asyncio.sleep(0)


async def test_those_who_watch_are_woken_but_the_one_who_acted(app):
    live.use(app)
    live.watch("a", DRAFT, Woken)
    live.watch("b", DRAFT, Woken)
    live.watch("c", OTHER, Woken)
    await change(DRAFT, by="a")
    assert app.tabs == ["b"]


async def test_a_tab_looks_at_one_thing_at_a_time(app):
    live.use(app)
    live.watch("a", DRAFT, Woken)
    live.watch("a", OTHER, Woken)
    await change(DRAFT)
    assert app.tabs == []
    assert (live.watching(DRAFT), live.watching(OTHER)) == (0, 1)


async def test_what_changes_while_a_page_reads_wakes_it(app):
    live.use(app)
    with live.watched("a", DRAFT, Woken):
        await change(DRAFT)
    assert app.tabs == ["a"]


async def test_who_may_not_read_does_not_watch(app):
    live.use(app)
    with pytest.raises(Forbidden), live.watched("a", DRAFT, Woken):
        raise Forbidden(Text("Non.", "No."))
    assert live.watching(DRAFT) == 0


def test_every_page_watches_before_it_reads() -> None:
    """Not with `watch`, which one may call too late."""
    folder = Path(live.__file__).parent
    late = [path.name for path in folder.rglob("*.py") if "live.watch(" in path.read_text("utf-8")]
    assert late == []


async def test_many_changes_at_once_wake_a_tab_once(app):
    live.use(app)
    live.watch("a", DRAFT, Woken)
    for _ in range(50):
        tell(DRAFT)
    for _ in range(5):
        await asyncio.sleep(0)
    assert app.tabs == ["a"]
    await change(DRAFT)
    assert app.tabs == ["a", "a"]


async def test_a_tab_that_left_is_forgotten(app):
    live.use(app)
    live.watch("gone", DRAFT, Woken)
    await change(DRAFT)
    assert app.tabs == []
    assert live.watching(DRAFT) == 0


async def test_a_tab_that_cannot_read_again_is_forgotten(app):
    live.use(app)
    app.broken = True
    live.watch("a", DRAFT, Woken)
    await change(DRAFT)
    assert live.watching(DRAFT) == 0


async def test_the_number_of_watchers_is_bounded(app, monkeypatch):
    monkeypatch.setattr(live, "MOST_WATCHERS", 3)
    for number in range(10):
        live.watch(f"tab {number}", DRAFT, Woken)
    assert live.watching(DRAFT) == 3
