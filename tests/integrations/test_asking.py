"""A question to an outside service ends within its time, whatever the service does, and a service that is down is left alone."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from dsbuilder.integrations import asking
from dsbuilder.integrations.asking import Asker, Away, Breaker, Remembered, objects_at, text_at
from dsbuilder.integrations.stand_in import Fault, StandIn, stand_in
from tests.in_a_thread import in_a_thread

PATIENCE = 10  # seconds
SIRET = {"q": "00012345500016"}


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setattr(asking, "SECONDS", 0.6)
    with stand_in() as made:
        yield made


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened() and time.monotonic() < end:
        time.sleep(0.02)


async def with_asker(local: StandIn, work: Callable[[Asker], Awaitable[Any]], **how: Any) -> Any:
    asker = Asker(local.at("companies"), **how)
    try:
        return await work(asker)
    finally:
        await asker.close()


def ask(local: StandIn, **how: Any) -> Any:
    return in_a_thread(with_asker(local, lambda asker: asker.json("/search", SIRET), **how))


def test_an_answer_is_read(local: StandIn) -> None:
    assert objects_at(ask(local), "results")[0]["siren"] == "000123455"


def test_what_a_service_does_not_know_is_none(local: StandIn) -> None:
    local.faults["companies"] = Fault.MISSING
    assert ask(local) is None


@pytest.mark.parametrize(
    ("fault", "why", "asked"),
    [
        (Fault.SLOW, "slow", 1),
        (Fault.DRIPPING, "slow", 1),
        (Fault.TOO_MANY, "refused", 3),
        (Fault.BROKEN, "broken", 3),
        (Fault.CLOSED, "closed", 3),
        (Fault.GARBAGE, "wrong_answer", 1),
        (Fault.HUGE, "too_large", 1),
        (Fault.REDIRECT, "wrong_answer", 1),
    ],
)
def test_a_fault_is_named_and_only_what_may_pass_is_asked_again(
    local: StandIn, monkeypatch: pytest.MonkeyPatch, fault: Fault, why: str, asked: int
) -> None:
    if asked > 1:
        monkeypatch.setattr(asking, "SECONDS", 30.0)  # its end must come from the attempts, not from the clock
    local.faults["companies"] = fault
    with pytest.raises(Away) as away:
        ask(local)
    wait_until(lambda: bool(local.asked))  # the question may reach the service after its time is over
    assert (away.value.why, len(local.asked)) == (why, asked)


def test_a_service_that_nobody_runs_is_closed(local: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS", 30.0)
    local.url = "http://127.0.0.1:9"
    with pytest.raises(Away) as away:
        ask(local)
    assert away.value.why == "closed"


def test_a_stumble_is_not_noticed(local: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS", 30.0)
    local.faults["companies"] = Fault.BROKEN
    slept: list[float] = []

    async def mend(seconds: float) -> None:
        slept.append(seconds)
        local.faults.clear()

    async def work(asker: Asker) -> Any:
        monkeypatch.setattr(asking.asyncio, "sleep", mend)
        return await asker.json("/search", SIRET)

    assert in_a_thread(with_asker(local, work))["total_results"] == 1
    assert len(slept) == 1


def test_the_same_question_at_the_same_time_is_sent_once(local: StandIn) -> None:
    async def work(asker: Asker) -> Any:
        return await asyncio.gather(*(asker.json("/search", SIRET) for _ in range(20)))

    answers = in_a_thread(with_asker(local, work))
    assert len(local.asked) == 1
    assert all(answer == answers[0] for answer in answers)


def twice(local: StandIn, **how: Any) -> int:
    async def work(asker: Asker) -> None:
        await asker.json("/search", SIRET)
        await asker.json("/search", SIRET)

    in_a_thread(with_asker(local, work, **how))
    return len(local.asked)


def test_an_answer_is_remembered_for_a_while(local: StandIn) -> None:
    assert twice(local) == 1


def test_a_private_answer_is_not_remembered(local: StandIn) -> None:
    assert twice(local, private=True) == 2


def test_answers_age_and_their_number_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(asking, "KEPT", 3)
    remembered = Remembered(lambda: now[0])
    for number in range(5):
        remembered.put(number, {"n": number})
    remembered.put("none", None)
    assert [remembered.get(key) for key in (0, 2, 4, "none")] == [None, None, ({"n": 4},), (None,)]
    now[0] = asking.FRESH
    assert remembered.get(4) is None


def test_what_is_remembered_is_bounded_in_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "HELD", 100)
    remembered = Remembered(lambda: 0.0)
    for number in range(5):
        remembered.put(number, {"n": number}, 40)
    assert [remembered.get(number) for number in range(5)] == [None, None, None, ({"n": 3},), ({"n": 4},)]
    remembered.put(4, {"n": "again"}, 60)
    assert remembered.get(3) is not None
    remembered.put(5, {"n": "huge"}, 101)
    assert [remembered.get(number) for number in (3, 4, 5)] == [None, None, None]


def test_the_size_that_counts_is_the_one_that_came(local: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "HELD", 10)
    assert twice(local) == 2


def test_a_service_that_fails_again_and_again_is_left_alone_then_tried_once() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(asking.FAILURES):
        breaker.refuse_while_resting()
        breaker.note(works=False)
    with pytest.raises(Away) as away:
        breaker.refuse_while_resting()
    assert away.value.why == "resting"
    now[0] = asking.REST
    breaker.refuse_while_resting()  # one tries
    with pytest.raises(Away):
        breaker.refuse_while_resting()  # the others wait for what it finds
    breaker.note(works=True)
    breaker.refuse_while_resting()


def test_a_service_that_is_down_is_not_asked(local: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FAILURES", 1)
    local.faults["companies"] = Fault.GARBAGE

    async def work(asker: Asker) -> list[str]:
        said = []
        for number in range(3):
            try:
                await asker.json("/search", {"q": str(number)})
            except Away as away:
                said.append(away.why)
        return said

    assert in_a_thread(with_asker(local, work)) == ["wrong_answer", "resting", "resting"]
    assert len(local.asked) == 1


def test_a_service_that_refuses_what_it_is_asked_is_not_down(local: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FAILURES", 2)
    local.locks["companies"] = ("x-key", "other")

    async def work(asker: Asker) -> list[str]:
        said = []
        for number in range(4):
            try:
                await asker.json("/search", {"q": str(number)})
            except Away as away:
                said.append(away.why)
        return said

    assert in_a_thread(with_asker(local, work)) == ["refused"] * 4


def test_what_was_asked_is_in_no_log(local: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx2", "httpcore2"):
        assert logging.getLogger(name).level == logging.WARNING
    ask(local, private=True)
    assert SIRET["q"] not in caplog.text


def test_a_token_goes_to_its_service_and_no_further(local: StandIn) -> None:
    ask(local, headers={"x-api-key": "secret"})
    assert local.headers[0]["x-api-key"] == "secret"
    local.faults["companies"] = Fault.REDIRECT
    with pytest.raises(Away):
        ask(local, headers={"x-api-key": "secret"})
    assert len(local.asked) == 2  # the redirection was not followed


@pytest.mark.parametrize("answer", [None, 1, "x", [], {"a": 1}, {"a": [1]}, {"a": {"b": []}}, {"a": [None]}])
def test_any_shape_is_read_or_refused(answer: Any) -> None:
    assert isinstance(text_at(answer, "a", "b", 0, "c"), str)
    with pytest.raises(Away):
        objects_at(answer, "a")
