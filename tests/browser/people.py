"""People in front of a browser: signed in without the sign-in page, which has tests of its own."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext

from dsbuilder import clock
from dsbuilder.actions.demo import FIGURES
from dsbuilder.actions.sessions import COOKIE_NAMES, LONGEST
from dsbuilder.domain.dossier import AccountId
from dsbuilder.domain.people import Actor
from dsbuilder.storage import credentials, people
from dsbuilder.storage.database import Database, open_database
from tests.running import Site

ADMINISTRATOR, AGENT, CITIZEN = (figure.email for figure in FIGURES)


@contextmanager
def database_of(site: Site) -> Iterator[Database]:
    """The database of a running site, beside it."""
    database = open_database(f"sqlite:///{site.data_dir / 'dsbuilder.sqlite3'}")
    yield database
    database.dispose()


def actor_of(database: Database, email: str) -> Actor:
    """The account of that address, as who acts."""
    roles = next((figure.roles for figure in FIGURES if figure.email == email), frozenset())
    with database.reading() as db:
        account = people.account_of(db, email)
    assert account is not None and account.id is not None
    return Actor(account_id=AccountId(account.id), email=email, roles=roles)


def sign_in(context: BrowserContext, site: Site, email: str) -> None:
    """Give the browser a session of that account, which must exist."""
    token, now = secrets.token_urlsafe(32), clock.now()
    with database_of(site) as database:
        actor = actor_of(database, email)
        with database.transaction() as db:
            credentials.open_session(
                db,
                token=token,
                account_id=actor.account_id or 0,
                now=now,
                expires_at=now + LONGEST,
                remembered=False,
                browser="Chromium",
                address="127.0.0.1",
            )
    context.add_cookies([{"name": COOKIE_NAMES[1], "value": token, "url": site.url, "httpOnly": True}])
