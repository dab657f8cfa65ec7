"""A site made ready for a benchmark: published forms, people with sessions and drafts, all through the actions."""

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory

from dsbuilder import clock, logs
from dsbuilder import settings as configuration
from dsbuilder.actions import filing
from dsbuilder.actions.context import perform
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import Field
from dsbuilder.storage import credentials
from dsbuilder.storage.database import Database, migrate, open_database
from tests.builders import an_actor
from tests.forms import a_field, an_open_procedure
from tests.running import STOP_SECONDS, Site, free_port, running_site, wait_until_up

ONE_WRITE_CONFIG = """import reflex as rx
config = rx.Config(app_name="bench", state_manager_mode="memory", telemetry_enabled=False, plugins=[])
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """Someone's draft, and the cookie with which they fill it."""

    number: int
    token: str


@contextmanager
def a_database() -> Iterator[tuple[Path, Database]]:
    """A data folder with an empty, migrated database; it goes away at the end."""
    with TemporaryDirectory(prefix="dsbuilder-bench-") as folder:
        logs.configure(level=logging.WARNING)
        data = Path(folder) / "data"
        data.mkdir()
        configuration.use(configuration.read(demo=True, data_dir=data))  # its secret is that of the site served from it
        database = open_database(f"sqlite:///{data / 'dsbuilder.sqlite3'}")
        migrate(database.engine)
        yield data, database
        database.dispose()


def mixed_fields(count: int, first_id: int = 1) -> list[Field]:
    """Fields as forms have them, a title before each twenty."""
    kinds = (
        ("text", {}),
        ("drop_down_list", {"drop_down_options": ("Lundi", "Mardi", "Jeudi")}),
        ("integer_number", {}),
        ("textarea", {}),
        ("yes_no", {}),
        ("date", {}),
        ("drop_down_list", {"drop_down_options": tuple(f"Choix {n}" for n in range(12))}),
        ("checkbox", {}),
        ("email", {}),
        ("multiple_drop_down_list", {"drop_down_options": ("Matin", "Midi", "Soir")}),
    )
    fields: list[Field] = []
    for position in range(count):
        if position % 20 == 0 and count > 1:
            fields.append(a_field(first_id + len(fields), "header_section", f"Partie {position // 20 + 1}"))
        kind, options = kinds[position % len(kinds)]
        fields.append(a_field(first_id + len(fields), kind, f"Question {position + 1}", required=False, **options))
    return fields


def a_procedure(database: Database, path: str, fields: Sequence[Field]) -> None:
    """A published procedure."""
    an_open_procedure(database, *fields, path=path)


def a_draft(database: Database, path: str, applicant: Actor | None = None) -> Draft:
    """A new person with a named draft and a session."""
    now = clock.now()
    applicant = applicant or an_actor(database, now=now)
    number = perform(database, filing.start, path, actor=applicant, now=now)
    perform(database, filing.identify, number, "Mme", "Camille", "Martin", actor=applicant, now=now)
    token = f"jeton-de-mesure-{number}"
    with database.transaction() as db:
        credentials.open_session(
            db,
            token=token,
            account_id=applicant.account_id or 0,
            now=now,
            expires_at=now.replace(year=now.year + 1),
            remembered=False,
            browser="mesure",
            address="127.0.0.1",
        )
    return Draft(number, token)


@contextmanager
def served(data: Path) -> Iterator[Site]:
    """The site on that data folder."""
    with running_site(data) as site:
        yield site


@contextmanager
def one_write_site() -> Iterator[Site]:
    """The reference `one_write.py` in a process of its own, in a folder that goes away."""
    with TemporaryDirectory(prefix="one-write-") as name:
        folder, port = Path(name), free_port()
        (folder / "rxconfig.py").write_text(ONE_WRITE_CONFIG)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "REFLEX_WEB_WORKDIR": str(folder / "web"),
            "REFLEX_ENV_MODE": "prod",
            "REFLEX_BACKEND_ONLY": "true",
            "__REFLEX_SKIP_COMPILE": "true",
            "REFLEX_TELEMETRY_ENABLED": "false",
        }
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--backpressure", "10000"]
        command += ["--port", str(port), "bench.one_write:application"]
        with (folder / "log").open("ab") as log:
            process = Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            site = Site(f"http://localhost:{port}", folder, folder / "log", process)
            wait_until_up(site, "/ping")
            yield site
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def figure(subject: str, value: str, limit: str, ratio: float | None = None) -> None:
    """Print one line: what was measured, its figure, the limit beside it."""
    shown = "" if ratio is None else f"  ratio {ratio:.2f}"
    print(f"{subject:58} {value:>16}   {limit}{shown}", flush=True)


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
