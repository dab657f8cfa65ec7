"""Transactions: what is kept, what is refused, and what an error prints."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import select

from dsbuilder.storage.database import Database, is_worth_retrying, open_database
from dsbuilder.storage.tables import Account, RoleRow


def an_account(email: str, created_at: datetime) -> Account:
    return Account(email=email, password_hash="-", created_at=created_at)


def test_instants_come_back_aware_and_in_utc(database: Database) -> None:
    paris = timezone(timedelta(hours=1))
    with database.transaction() as db:
        db.add(an_account("a@example.fr", datetime(2026, 11, 19, 10, 30, 0, 5, tzinfo=paris)))
    with database.reading() as db:
        kept = db.exec(select(Account)).one()
    assert kept.created_at == datetime(2026, 11, 19, 9, 30, 0, 5, tzinfo=UTC)
    assert kept.created_at.utcoffset() == timedelta(0)


def test_a_naive_instant_is_refused(database: Database) -> None:
    with pytest.raises((StatementError, ValueError)), database.transaction() as db:
        db.add(an_account("a@example.fr", datetime(2026, 11, 19, 10, 30)))  # noqa: DTZ001
        db.flush()


def test_an_exception_leaves_nothing_behind(database: Database, now: datetime) -> None:
    with pytest.raises(KeyError), database.transaction() as db:
        db.add(an_account("a@example.fr", now))
        db.flush()
        raise KeyError
    with database.reading() as db:
        assert db.exec(select(Account)).all() == []


def test_a_reading_session_cannot_write(database: Database, now: datetime) -> None:
    with pytest.raises(DBAPIError), database.reading() as db:
        db.add(an_account("a@example.fr", now))
        db.flush()
    with database.transaction() as db:
        db.add(an_account("a@example.fr", now))


def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as db:
        db.add(RoleRow(account_id=404, role="instructeur"))
        db.flush()


def test_an_error_does_not_print_what_people_typed(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError) as caught, database.transaction() as db:
        db.add(an_account("secret@example.fr", now))
        db.add(an_account("secret@example.fr", now))
        db.flush()
    assert "hidden" in str(caught.value)


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_sqlite_waits_for_the_disk_when_it_must(sqlite_database: Database, durable: bool, level: int) -> None:
    with sqlite_database.transaction(durable=durable) as db:
        assert db.execute(text("PRAGMA synchronous")).scalar_one() == level
        assert db.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def test_a_second_sqlite_writer_is_worth_retrying(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsbuilder.storage.database.BUSY_MILLISECONDS", 0)
    other = open_database(str(sqlite_database.engine.url))
    with sqlite_database.transaction(), pytest.raises(DBAPIError) as caught, other.transaction():
        pass
    other.dispose()
    assert is_worth_retrying(caught.value)
    assert not is_worth_retrying(DBAPIError("", {}, Exception()))
