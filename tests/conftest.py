"""Fixtures for every test."""

import importlib
import inspect
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from dsbuilder.actions import forms, passwords
from dsbuilder.building import ensure_built
from dsbuilder.storage.database import Database, open_database
from tests.databases import empty, migrated_file, postgres_database, postgres_server
from tests.in_a_thread import in_a_thread
from tests.running import Site, running_site

settings.register_profile(  # the same examples each time: what is new to find is left to the soak
    "quick", max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("mutants", max_examples=12, deadline=None, derandomize=True, database=None)
settings.register_profile("soak", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])

__all__ = ["migrated_file", "postgres_database", "postgres_server"]


@pytest.fixture(scope="session")
def built() -> None:
    """The front end, built when its sources changed."""
    ensure_built()


@pytest.fixture(scope="session")
def site(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running demonstration with its accounts (`site.url`, `site.password`), shared by the whole run."""
    with running_site(tmp_path_factory.mktemp("site") / "data") as running:
        yield running


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an `async def` test."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    in_a_thread(pyfuncitem.obj(**arguments))
    return True


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole application in this process, without a port or built pages: see `tests/in_process.py`."""
    # Imported when asked for: Reflex takes two seconds, and most tests do without.
    in_process = importlib.import_module("tests.in_process").in_process
    with in_process(tmp_path_factory.mktemp("web")) as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    """A Thursday morning."""
    return datetime(2026, 11, 19, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as in earnest, only not slowly."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty, migrated database; each test that asks for it runs once on either engine."""
    name = "sqlite_database" if request.param == "sqlite" else "emptied_postgres"
    yield request.getfixturevalue(name)


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated SQLite file, for tests where the engine does not matter."""
    path = tmp_path / "test.sqlite"
    shutil.copyfile(migrated_file, path)
    opened = open_database(f"sqlite:///{path}")
    yield opened
    opened.dispose()


@pytest.fixture
def emptied_postgres(postgres_database: Database) -> Database:
    """The shared PostgreSQL database without a row."""
    empty(postgres_database)
    forms.forget()
    return postgres_database
