"""The command line of dsbuilder."""

from typing import Annotated

import typer

from dsbuilder import logs, serving
from dsbuilder import settings as configuration
from dsbuilder.building import BuildError, ensure_built, say

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


@cli.command()
def serve(
    demo: Annotated[bool, typer.Option("--demo", help="Try it: sample accounts, this machine only.")] = False,
    port: Annotated[int | None, typer.Option(help="Port to listen on (DSBUILDER_PORT, else 8000).")] = None,
) -> None:
    """Serve the site on one port."""
    chosen = {name: value for name, value in (("demo", demo or None), ("port", port)) if value is not None}
    settings = configuration.read(**chosen)
    configuration.refuse_to_serve_without(settings)
    serving.serve(settings)


@cli.command()
def worker() -> None:
    """Take the jobs (mails, clean-ups) in a process of its own: serve then needs DSBUILDER_WORKER_IN_PROCESS=false."""
    settings = configuration.read()
    configuration.refuse_to_serve_without(settings)
    logs.configure(settings.log_format)
    serving.work(settings)


@cli.command()
def migrate() -> None:
    """Bring the database to what this version needs. `serve` does it too."""
    serving.migrate_database(configuration.read())
    say("The database is up to date.")


@cli.command()
def build() -> None:
    """Build the pages when they are absent or changed (from a source checkout)."""
    if not ensure_built():
        say("The pages are up to date.")


def main() -> None:
    """Run the command line; what is expected to go wrong is one sentence, not a traceback."""
    try:
        cli()
    except (configuration.SettingsError, BuildError) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
