"""Tables come from migrations alone, and say the same as the models."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

from dsbuilder.storage.database import Database, migrate, open_database
from tests.databases import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a table."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'blank.sqlite'}")
        yield opened
        opened.dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    opened = server.create("blank")
    yield opened
    opened.dispose()
    server.drop("blank")


def test_migrating_from_nothing_gives_the_tables_of_the_models(blank: Database) -> None:
    migrate(blank.engine)
    with blank.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(blank: Database) -> None:
    migrate(blank.engine)
    migrate(blank.engine)
    assert set(inspect(blank.engine).get_table_names()) == {*SQLModel.metadata.tables, "alembic_version"}
