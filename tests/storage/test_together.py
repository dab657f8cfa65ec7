"""Short works that wait share one transaction; each is undone alone when it fails, and told once it is kept."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from dsbuilder.storage.database import Database, Session
from dsbuilder.storage.tables import Organisation
from dsbuilder.storage.together import Together


def adding(name: str) -> Callable[[Session], str]:
    def work(db: Session) -> str:
        db.add(Organisation(name=name))
        return name

    return work


def failing(name: str) -> Callable[[Session], str]:
    def work(db: Session) -> str:
        db.add(Organisation(name=name))
        db.flush()
        raise KeyError(name)

    return work


def names(database: Database) -> list[str]:
    with database.reading() as db:
        return sorted(db.exec(select(Organisation.name)))


@pytest.fixture
def begun(database: Database) -> Iterator[list[str]]:
    """A mark for each transaction begun."""
    found: list[str] = []

    def note(_: object) -> None:
        found.append("begun")

    event.listen(database.engine, "begin", note)
    yield found
    event.remove(database.engine, "begin", note)


async def test_those_who_wait_share_one_transaction(database: Database, begun: list[str]) -> None:
    together, wanted = Together(database), [f"Mairie {n}" for n in range(9)]
    given = await asyncio.gather(*(together.do(adding(name)) for name in wanted))
    assert given == wanted
    assert len(begun) == 2  # the first did not wait, the others waited for it
    assert names(database) == wanted


async def test_one_that_fails_is_undone_alone(database: Database) -> None:
    together = Together(database)
    works = (adding("A"), failing("B"), adding("C"), failing("D"), adding("E"))
    given = await asyncio.gather(*map(together.do, works), return_exceptions=True)
    assert [type(one) for one in given] == [str, KeyError, str, KeyError, str]
    assert names(database) == ["A", "C", "E"]


async def test_what_is_told_is_kept(database: Database) -> None:
    assert await Together(database).do(adding("A")) == "A"
    assert names(database) == ["A"]


async def test_when_the_transaction_fails_each_is_told_and_none_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: object) -> None:
        raise OperationalError("", {}, Exception())

    together = Together(database)
    event.listen(database.engine, "commit", full)
    given = await asyncio.gather(*(together.do(adding(name)) for name in "ABC"), return_exceptions=True)
    event.remove(database.engine, "commit", full)
    assert [type(one) for one in given] == [OperationalError] * 3
    assert names(database) == []
    assert await together.do(adding("D")) == "D"


async def test_one_who_left_does_not_disturb_the_others(database: Database) -> None:
    together = Together(database)
    leaving, staying = (asyncio.ensure_future(together.do(adding(name))) for name in "AB")
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == "B"
    assert await together.do(adding("C")) == "C"
