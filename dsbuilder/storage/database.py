"""The engine, transactions and migrations, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, cast

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

__all__ = [
    "Database",
    "Engine",
    "Outcome",
    "Session",
    "is_worth_retrying",
    "migrate",
    "note_statistics",
    "open_database",
]

READS, WRITES, DURABLE, MIGRATES = "reads", "writes", "durable", "migrates"
BUSY_MILLISECONDS = 5000
MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x64736275  # any number, the same in every process


def open_database(url: str) -> "Database":
    """The database at `url`: `sqlite:///path`, or `postgresql://...`, which always means the psycopg driver."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    # Errors of the engine would print the parameters, hence people's answers.
    engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return Database(engine)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a work gave, or what it raised."""

    value: Any = None
    error: BaseException | None = None


class Database:
    """Where everything is kept; one `transaction` is one session, committed once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # SQLite lets one write at a time, and whoever waits sleeps and asks again: threads of this process queue instead.
        self.has_one_writer = engine.dialect.name == "sqlite"
        self._turn = RLock() if self.has_one_writer else nullcontext()

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[Session]:
        """A session that may write. A `durable` one survives a power cut, the others a killed process."""
        with self._turn, self._session(DURABLE if durable else WRITES) as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that may only read: it never waits for a writer."""
        with self._session(READS) as db:
            yield db

    @contextmanager
    def _session(self, purpose: str) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as db:
            db.connection(execution_options={"purpose": purpose})
            yield db
            db.commit()

    def together(self, works: Sequence[Callable[[Session], Any]]) -> "list[Outcome]":
        """What came of each of several short works, done in one transaction; one that fails is undone alone.

        Raises when the transaction itself fails: then none of them was done.
        """
        with self._turn, self.engine.connect() as connection:
            connection = connection.execution_options(purpose=WRITES)
            with connection.begin():
                return [_within(connection, work) for work in works]

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _within(connection: Connection, work: Callable[[Session], Any]) -> Outcome:
    plainly = cast(Any, connection.connection.driver_connection).execute  # a tenth of the time
    plainly("SAVEPOINT work")
    try:
        with Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only") as db:
            outcome = Outcome(work(db))
            db.flush()
    except Exception as error:
        plainly("ROLLBACK TO work")
        outcome = Outcome(error=error)
    plainly("RELEASE work")
    return outcome


def _prepare_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late; see _begin_sqlite
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "foreign_keys=ON",
        "cache_size=-32768",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: a reader that turns into a writer could only fail."""
    purpose = connection.get_execution_options().get("purpose", WRITES)
    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if purpose == DURABLE else 'NORMAL'}")
    connection.exec_driver_sql(f"PRAGMA query_only={int(purpose == READS)}")
    if purpose == MIGRATES:
        # Altering a table copies and drops it: its rows must not take those of other tables with them.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN" if purpose == READS else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("purpose") == READS:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def is_worth_retrying(error: Exception) -> bool:
    """Whether the same transaction, run again, may succeed: someone else was in the way."""
    if not isinstance(error, DBAPIError):
        return False
    original = error.orig
    if getattr(original, "sqlstate", None) in ("40001", "40P01", "55P03"):
        return True
    return getattr(original, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to `revision`; several processes may ask at once."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(purpose=MIGRATES) as connection, connection.begin():
        connection.detach()  # its settings are for this alone
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def note_statistics(db: Session) -> None:
    """Have SQLite look at how its tables have grown, so that it chooses indexes well; PostgreSQL does it by itself."""
    if db.get_bind().dialect.name == "sqlite":
        db.connection().exec_driver_sql("PRAGMA analysis_limit=1000")
        db.connection().exec_driver_sql("PRAGMA optimize")
