"""The guard that every event handler passes, tried without a server."""

import pytest

from dsbuilder.domain.errors import Forbidden
from dsbuilder.domain.texts import Text
from dsbuilder.state import pace
from dsbuilder.state.session import SessionState, handler


class Guarded(SessionState):
    """A state with one handler of each fate."""

    called_with: list[str] = []

    @handler
    async def take(self, path: str, checked: bool) -> None:
        """Note what came."""
        self.called_with.append(f"{path} {checked}")

    @handler
    async def refuse(self) -> None:
        """Refuse."""
        raise Forbidden(Text("Ce n’est pas à vous.", "This is not yours."))

    @handler
    async def fail(self) -> None:
        """Fail with something private in the message."""
        raise ValueError("secret answer zwölf")


@pytest.fixture
def state() -> Guarded:
    pace._buckets.clear()
    return Guarded(_reflex_internal_init=True)


def call(name: str):
    return Guarded.event_handlers[name].fn


async def test_arguments_of_the_right_types_pass(state):
    await call("take")(state, "12", True)
    assert list(state.called_with) == ["12 True"]
    assert state.notice == ""


@pytest.mark.parametrize(
    "arguments",
    [(), ("12",), ("12", True, "more"), (12, True), ("12", "true"), ("12", 1), ({"a": 1}, True), (None, None)],
    ids=str,
)
async def test_anything_else_is_refused_with_a_sentence_and_never_reaches_the_handler(state, arguments):
    await call("take")(state, *arguments)
    assert list(state.called_with) == []
    assert "rien n’a été changé" in state.notice


async def test_a_refusal_is_shown_in_words(state):
    await call("refuse")(state)
    assert state.notice == "Ce n’est pas à vous."
    assert state.notice_tone == "danger"


async def test_what_breaks_is_told_with_a_reference_and_without_its_message(state):
    await call("fail")(state)
    assert "référence" in state.notice
    assert "zwölf" not in state.notice


async def test_a_flood_is_stopped_and_says_so(state):
    for _ in range(pace.BURST + 20):
        await call("take")(state, "12", True)
    assert len(state.called_with) <= pace.BURST + 5
    assert "Trop de demandes" in state.notice


def test_every_handler_of_the_base_is_guarded():
    assert all(
        getattr(h.fn, "is_guarded", False)
        for h in SessionState.event_handlers.values()
        if h.fn.__module__.startswith("dsbuilder")
    )


def test_a_bucket_fills_again_with_time():
    key = "bucket of its own"
    while not pace.too_fast(key, now=100.0):
        pass
    assert pace.too_fast(key, now=100.0)
    assert not pace.too_fast(key, now=101.0)


def test_the_memory_of_buckets_is_bounded(monkeypatch):
    monkeypatch.setattr(pace, "REMEMBERED", 10)
    for n in range(50):
        pace.too_fast(f"browser {n}", now=5.0)
    assert len(pace._buckets) <= 10
