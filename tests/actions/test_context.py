"""An action runs in one transaction, tells what it did once it is kept, and tries again when it must."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import select
from structlog.testing import capture_logs

from dsbuilder.actions import context
from dsbuilder.actions.context import (
    PLATFORM,
    Context,
    Subject,
    act,
    by_platform,
    changed,
    listen,
    part,
    perform,
    reads,
    record,
    short,
    use,
)
from dsbuilder.domain.errors import Forbidden, Refused
from dsbuilder.domain.texts import Text
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import Organisation


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Subject]]:
    """What listeners are told."""
    monkeypatch.setattr(context, "_listeners", [])
    subjects: list[Subject] = []
    listen(subjects.append)
    return subjects


def found(ctx: Context, name: str) -> str:
    ctx.db.add(Organisation(name=name))
    record(ctx, "found", Subject("organisation", 1))
    return name


@reads
def names(ctx: Context) -> list[str]:
    return list(ctx.db.exec(select(Organisation.name)))


def test_an_action_is_committed_once_and_told(database: Database, told: list[Subject]) -> None:
    assert perform(database, found, "Mairie") == "Mairie"
    assert perform(database, names) == ["Mairie"]
    assert told == [Subject("organisation", 1)]


def test_a_change_that_happens_often_is_told_and_not_logged(database: Database, told: list[Subject]) -> None:
    with capture_logs() as lines:
        perform(database, lambda ctx: changed(ctx, Subject("dossier", 1)))
    assert told == [Subject("dossier", 1)]
    assert lines == []


def test_a_refused_action_changes_and_tells_nothing(database: Database, told: list[Subject]) -> None:
    def refused(ctx: Context) -> None:
        found(ctx, "Mairie")
        raise Refused(Text("Non.", "No."))

    with pytest.raises(Refused):
        perform(database, refused)
    assert perform(database, names) == []
    assert told == []


def test_a_reading_action_cannot_write(database: Database) -> None:
    @reads
    def sly(ctx: Context) -> None:
        found(ctx, "Mairie")
        ctx.db.flush()

    with pytest.raises(DBAPIError):
        perform(database, sly)


class Conflict(Exception):
    sqlstate = "40001"


def test_an_action_in_the_way_of_another_is_run_again_from_the_start(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context.time, "sleep", lambda seconds: None)
    calls: list[int] = []

    def unlucky(ctx: Context) -> None:
        calls.append(1)
        found(ctx, f"Mairie {len(calls)}")
        if len(calls) < 3:
            raise OperationalError("", {}, Conflict())

    perform(database, unlucky)
    assert perform(database, names) == ["Mairie 3"]


def test_an_action_that_never_gets_through_gives_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context.time, "sleep", lambda seconds: None)

    def hopeless(ctx: Context) -> None:
        raise OperationalError("", {}, Conflict())

    with pytest.raises(OperationalError):
        perform(database, hopeless)


def test_what_the_platform_does_no_person_may(database: Database, now: datetime) -> None:
    @by_platform
    def purge(ctx: Context) -> datetime:
        return ctx.now

    with pytest.raises(Forbidden):
        perform(database, purge)
    assert perform(database, purge, actor=PLATFORM, now=now) == now


def test_a_part_of_actions_never_runs_by_itself(database: Database) -> None:
    @part
    def half(ctx: Context) -> None:
        found(ctx, "Mairie")

    with pytest.raises(TypeError):
        perform(database, half)


async def test_acting_does_not_block_the_caller(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_database", "_together"):
        monkeypatch.setattr(context, name, [])
    use(database)
    assert await act(found, "Mairie") == "Mairie"
    assert await act(names) == ["Mairie"]


# -- short actions -------------------------------------------------------------------------------------------------
@short
def found_shortly(ctx: Context, name: str) -> str:
    if not name:
        raise Refused(Text("Non.", "No."))
    return found(ctx, name)


@pytest.fixture
def used(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    for name in ("_database", "_together"):
        monkeypatch.setattr(context, name, [])
    use(database)
    return database


async def test_short_actions_end_each_for_itself_and_are_told_once_kept(used: Database, told: list[Subject]) -> None:
    outcomes = await asyncio.gather(*(act(found_shortly, name) for name in ("A", "", "B")), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [str, Refused, str]
    assert sorted(await act(names)) == ["A", "B"]
    assert len(told) == 2


async def test_a_short_action_that_finds_someone_in_the_way_is_run_again(
    used: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_the_way(works: object) -> None:
        raise OperationalError("", {}, Conflict())

    monkeypatch.setattr(used, "together", in_the_way)
    assert await act(found_shortly, "Mairie") == "Mairie"
    assert await act(names) == ["Mairie"]
