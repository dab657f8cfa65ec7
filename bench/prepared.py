"""A site made ready for a benchmark: published forms, people with sessions and drafts, all through the actions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from dsbuilder import clock
from dsbuilder import settings as configuration
from dsbuilder.actions import filing
from dsbuilder.actions.context import perform
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import Field
from dsbuilder.storage import credentials
from dsbuilder.storage.database import Database, migrate, open_database
from tests.builders import an_actor
from tests.forms import a_field, an_open_procedure
from tests.running import Site, running_site


@dataclass(frozen=True, slots=True)
class Draft:
    """Someone's draft, and the cookie with which they fill it."""

    number: int
    token: str


@contextmanager
def a_database() -> Iterator[tuple[Path, Database]]:
    """A data folder with an empty, migrated database; it goes away at the end."""
    with TemporaryDirectory(prefix="dsbuilder-bench-") as folder:
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


def figure(subject: str, value: str, limit: str, ratio: float | None = None) -> None:
    """Print one line: what was measured, its figure, the limit beside it."""
    shown = "" if ratio is None else f"  ratio {ratio:.2f}"
    print(f"{subject:58} {value:>16}   {limit}{shown}", flush=True)


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
