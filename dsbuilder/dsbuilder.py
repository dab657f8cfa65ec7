"""The Reflex app: composition only."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx
import structlog
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from dsbuilder import logs
from dsbuilder.actions import context, looking_up
from dsbuilder.building import WEB
from dsbuilder.components.failure import failure_boundary, lost_connection
from dsbuilder.components.words import localised
from dsbuilder.domain import geography
from dsbuilder.domain.texts import LANGUAGES
from dsbuilder.integrations.registers import registers_for
from dsbuilder.pages.routes import PAGES, add_pages, page_title
from dsbuilder.serving import worker_for
from dsbuilder.settings import settings
from dsbuilder.state import live
from dsbuilder.storage.database import open_database
from dsbuilder.web.access_log import AccessLog
from dsbuilder.web.binding import Bound
from dsbuilder.web.front_end import FrontEnd, Shell
from dsbuilder.web.hardening import Hardened
from dsbuilder.web.missing import missing_page
from dsbuilder.web.routes import ROUTES

log = structlog.get_logger("dsbuilder")
SOCKET = "/_event"
# Seconds after which a thread that computes lets another go on. A thread that writes to the database waits that long after
# each statement while events arrive without pause; Python's own 5 ms make one answer wait for a dozen of them.
HAND_OVER = 0.0005


def on_unexpected(exception: Exception) -> None:
    """Log where it happened, never what was typed. The page hears of it from the handler's guard."""
    log.error("unexpected", exc_info=exception)


def on_browser_error(exception: Exception) -> None:
    """A page failed in someone's browser. Its text comes from outside, so only its kind is kept."""
    log.warning("browser_error", kind=logs.scrub(str(exception).partition(":")[0]))


def served(reflex_api: ASGIApp) -> ASGIApp:
    """The one ASGI application: the socket goes to Reflex, the rest to our routes and the built pages."""
    sockets = Bound(reflex_api)
    others = Starlette(routes=[*ROUTES, Mount("", FrontEnd(WEB / "client", shells(), missing_page))])

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        await (sockets if scope["path"].startswith(SOCKET) else others)(scope, receive, send)

    return Hardened(AccessLog(dispatch), settings().origins, settings().map_origins)


def shells() -> list[Shell]:
    """The pages whose address varies, in each language."""
    return [
        Shell(localised(page.path, spoken), spoken, page_title(page, spoken))
        for page in PAGES
        for spoken in LANGUAGES
        if "[" in page.path
    ]


@asynccontextmanager
async def while_open() -> AsyncIterator[None]:
    """What lives as long as the server: the database, the registers, and the worker unless it has a process of its own."""
    database = open_database(settings().database)
    context.use(database)
    live.use(app)
    with registers_for(settings()) as registers:
        looking_up.use(registers)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(asyncio.to_thread(geography.load))
            worker = worker_for(settings(), database, registers)
            working = tasks.create_task(worker.run()) if settings().worker_in_process else None
            yield
            if working:
                working.cancel()
    database.dispose()


def application() -> ASGIApp:
    """What the server runs."""
    logs.configure(settings().log_format)
    sys.setswitchinterval(HAND_OVER)
    return app()


app = rx.App(
    toaster=None,
    html_lang="fr",
    reset_style=False,
    stylesheets=["/tokens.css", "/base.css", "/administrator.css"],
    head_components=[rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml")],
    app_wraps={
        (55, "FailureBoundary"): lambda _: failure_boundary(),
        (5, "LostConnection"): lambda _: rx.fragment(lost_connection()),
    },
    backend_exception_handler=on_unexpected,
    frontend_exception_handler=on_browser_error,
    api_transformer=served,
)
app.register_lifespan_task(while_open)
add_pages(app)
