"""The command line of dsbuilder: serve the site, and look after it."""

import logging
import secrets
import sys
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from dsbuilder import logs, serving
from dsbuilder import settings as configuration
from dsbuilder.actions import accounts, exports, procedures
from dsbuilder.actions.context import PLATFORM, perform
from dsbuilder.actions.export_files import ExportFile
from dsbuilder.actions.listing import Wanted
from dsbuilder.actions.passwords import hashed
from dsbuilder.building import BuildError, ensure_built, say
from dsbuilder.domain.credentials import read_email, refuse_weak
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.errors import Refusal
from dsbuilder.domain.procedure import FieldId
from dsbuilder.domain.procedure_export import FileForm, exported
from dsbuilder.domain.procedure_files import import_report, read_file
from dsbuilder.domain.texts import Language
from dsbuilder.settings import Settings
from dsbuilder.storage.database import Database, open_database

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, help=__doc__
)
GENERATED_LENGTH = 12  # bytes of chance


@cli.command()
def serve(
    demo: Annotated[bool, typer.Option("--demo", help="Try it: sample accounts, this machine only.")] = False,
    port: Annotated[int | None, typer.Option(help="Port to listen on (DSBUILDER_PORT, else 8000).")] = None,
) -> None:
    """Serve the site on one port, and take its jobs.

    Without --demo, DSBUILDER_URL, DSBUILDER_SECRET_KEY and DSBUILDER_SMTP_URL must be set.
    """
    chosen = {name: value for name, value in (("demo", demo or None), ("port", port)) if value is not None}
    settings = _settings(**chosen)
    configuration.refuse_to_serve_without(settings)
    serving.serve(settings)


@cli.command()
def worker() -> None:
    """Take the jobs in a process of its own.

    The server then needs DSBUILDER_WORKER_IN_PROCESS=false.
    """
    settings = _settings()
    configuration.refuse_to_serve_without(settings)
    logs.configure(settings.log_format)
    serving.work(settings)


@cli.command()
def migrate() -> None:
    """Bring the database to this version.

    `serve` does it too, before it starts.
    """
    serving.migrate_database(_settings())
    say("The database is up to date.")


@cli.command()
def demo() -> None:
    """Furnish the demonstration without serving it."""
    settings = _settings(demo=True)
    serving.migrate_database(settings)
    serving.open_demo(settings)


@cli.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A procedure, or one on each line; .gz too.", exists=True)],
    owner: Annotated[str, typer.Option("--for", help="E-mail of the administrator who will have them.")] = "",
) -> None:
    """Import procedures, or count what a file holds.

    With --for, they are imported for that administrator; without, nothing is changed.
    """
    if owner:
        next_id = count(1)  # the import gives each field its own
        imported = read_file(file.read_bytes(), lambda: FieldId(next(next_id)))
        numbers = perform(_database(), procedures.import_procedures, imported, actor=accounts.acting_as(owner))
        say(f"Imported {len(numbers)}: numbers {', '.join(map(str, numbers))}.")
    else:
        _print_report(file)


@cli.command("export")
def export_file(
    number: Annotated[int, typer.Argument(help="Number of the procedure.")],
    owner: Annotated[str, typer.Option("--for", help="E-mail of one of its administrators.")],
    form: Annotated[FileForm, typer.Option("--form", help="Which sort of file.")] = FileForm.DOCUMENT,
    to: Annotated[Path | None, typer.Option(help="File or folder to write; else printed.")] = None,
) -> None:
    """Write a procedure to a file.

    The same procedure gives the same bytes, so that the file can live in git.
    """
    file = exported(perform(_database(), procedures.export, number, actor=accounts.acting_as(owner)), form)
    if to is None:
        typer.echo(file.content, nl=False)
    else:
        path = to / file.name if to.is_dir() else to
        path.write_bytes(file.content)
        say(f"Written: {path}")


@cli.command()
def export_dossiers(
    number: Annotated[int, typer.Argument(help="Number of the procedure.")],
    owner: Annotated[str, typer.Option("--for", help="E-mail of one of its agents.")],
    tab: Annotated[Tab, typer.Option(help="Which of the agent's tabs.")] = Tab.ALL,
    english: Annotated[bool, typer.Option("--english", help="Commas and decimal points, for programs too.")] = False,
    to: Annotated[Path | None, typer.Option(help="File or folder to write; else printed.")] = None,
) -> None:
    """Write the dossiers of a procedure as CSV.

    A form with repeatable blocks gives a zip, with a CSV for each of them. Only what the agent may see is written.
    """
    language: Language = "en" if english else "fr"
    database, actor, wanted = _database(), accounts.acting_as(owner), Wanted(tab)
    file = ExportFile(perform(database, exports.begin, number, language, actor=actor), language)
    page = perform(database, exports.page, number, wanted, actor=actor)
    path = to / file.name if to is not None and to.is_dir() else to
    with path.open("wb") if path is not None else nullcontext(sys.stdout.buffer) as out:
        out.write(file.add(page.dossiers))
        while page.following:
            page = perform(database, exports.page, number, wanted, page.following, actor=actor)
            out.write(file.add(page.dossiers))
        out.writelines(file.end())
    if path is not None:
        say(f"Written: {path}")


@cli.command()
def create_admin(
    email: Annotated[str, typer.Argument(help="E-mail of the account.")],
    organisation: Annotated[str, typer.Option(help="Public body that the administrator works for.")],
    generate: Annotated[bool, typer.Option("--generate", help="Make up a password and print it.")] = False,
) -> None:
    """Make an administrator of a public body.

    The account is made when the address has none; an existing one keeps its password.
    """
    if generate:
        password = secrets.token_urlsafe(GENERATED_LENGTH)
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    refuse_weak(password, email)
    is_new = perform(
        _database(), accounts.create_admin, read_email(email), hashed(password), organisation, actor=PLATFORM
    )
    if not is_new:
        say(f"{email} had an account already: its password stays, and it is now an administrator.")
    else:
        say(f"{email} is an administrator." + (f" Password: {password}" if generate else ""))


@cli.command()
def build() -> None:
    """Build the pages when absent or changed.

    Only in a source checkout: an installed dsbuilder brings them.
    """
    if not ensure_built():
        say("The pages are up to date.")


def _settings(**chosen: object) -> Settings:
    settings = configuration.read(**chosen)
    configuration.use(settings)
    return settings


def _database() -> Database:
    settings = _settings()
    serving.migrate_database(settings)
    return open_database(settings.database)


def _print_report(file: Path) -> None:
    report = import_report(file)
    say(f"{report.imported} procedures can be imported, with {report.fields} fields.")
    say(f"{report.publishable} could be published as they are.")
    for name, times in report.placeholders.most_common():
        say(f"  not built yet: {name}, {times} times")
    for line, why in report.refused:
        say(f"  line {line}: {why.en}")


def main() -> None:
    """Run the command line; what is expected to go wrong is one sentence, not a traceback."""
    logs.configure(level=logging.WARNING)
    try:
        cli()
    except (configuration.SettingsError, BuildError, serving.CannotServe) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None
    except Refusal as refusal:
        typer.echo(refusal.text.en, err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
