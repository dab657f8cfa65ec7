"""Starts the server: one process, one port, the built pages, no Node.js."""

import os
import resource
import signal
import socket
import threading
from pathlib import Path

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from dsbuilder.actions import demo
from dsbuilder.actions.context import PLATFORM, perform
from dsbuilder.actions.passwords import hashed
from dsbuilder.building import WEB, ensure_built, say
from dsbuilder.integrations.mail_server import NoServer, SmtpServer
from dsbuilder.integrations.registers import Registers, registers_for
from dsbuilder.jobs.names import all_jobs
from dsbuilder.jobs.worker import Worker
from dsbuilder.settings import PREFIX, Settings
from dsbuilder.storage.database import Database, migrate, open_database

TARGET = "dsbuilder.dsbuilder:application"
MOST_CONNECTIONS = 10_000


class CannotServe(Exception):
    """The server cannot start; the text says why."""


def serve(settings: Settings) -> None:
    """Build what must be built, then serve until interrupted."""
    address = "127.0.0.1" if settings.demo else settings.host
    refuse_taken(address, settings.port)
    ensure_built()
    migrate_database(settings)
    if settings.demo:
        say("Preparing the demonstration.")
        open_demo(settings)
    pass_on(settings)
    allow_many_files()
    say(f"dsbuilder answers at {settings.url} (stop it with Ctrl+C).")
    server = Server(
        TARGET,
        factory=True,
        address=address,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.auto,
        workers=1,
        log_level=LogLevels.warning,
        log_access=False,
        backpressure=MOST_CONNECTIONS,  # each open page is one connection, for as long as it is open
        workers_kill_timeout=5,
    )
    server.serve()


def refuse_taken(address: str, port: int) -> None:
    """Raise CannotServe when something listens there already: better now than after building."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            reason = f"Cannot listen on {address}:{port} ({error.strerror}). Choose another with --port."
            raise CannotServe(reason) from None


def allow_many_files() -> None:
    """Let this process hold as many connections as the machine allows it; the usual soft limit is 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def migrate_database(settings: Settings) -> None:
    """Bring the database's tables to what this version needs; nothing happens when they are."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = open_database(settings.database)
    migrate(database.engine)
    database.dispose()


def open_demo(settings: Settings) -> None:
    """Make the demonstration's accounts and say how to sign in."""
    database = open_database(settings.database)
    perform(database, demo.welcome, hashed(settings.demo_password), actor=PLATFORM)
    perform(database, demo.furnish, actor=PLATFORM)
    database.dispose()
    say(f"This is a demonstration. Its accounts, all with the password {settings.demo_password}")
    for figure in demo.FIGURES:
        say(f"  {figure.what.en:<14} {figure.email}")


def worker_for(settings: Settings, database: Database, registers: Registers) -> Worker:
    """A taker of this site's jobs."""
    mail_server = SmtpServer(settings.smtp_url) if settings.smtp_url else NoServer()
    return Worker(database, all_jobs(database, mail_server, registers))


def work(settings: Settings) -> None:
    """Take jobs in this process until it is told to stop; what is being done then is finished first."""
    migrate_database(settings)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with registers_for(settings) as registers:
        worker_for(settings, open_database(settings.database), registers).run_until_stopped(stopped)


def pass_on(settings: Settings) -> None:
    """Give the server's process our settings and Reflex its own: nobody sets a REFLEX_ variable by hand."""
    os.environ |= {
        f"{PREFIX}DATA_DIR": str(settings.data_dir),
        f"{PREFIX}PORT": str(settings.port),
        f"{PREFIX}URL": settings.url,
        f"{PREFIX}DEMO": str(settings.demo).lower(),
        "REFLEX_WEB_WORKDIR": str(WEB),
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_BACKEND_ONLY": "true",  # else shared assets are linked into the installed package
        "__REFLEX_SKIP_COMPILE": "true",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH")])),
    }
    os.chdir(WEB)  # Reflex reads rxconfig.py from the current folder, and nowhere else
