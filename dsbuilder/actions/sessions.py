"""Signed-in browsers: from the cookie to the actor."""

import hashlib
from datetime import datetime, timedelta

from sqlmodel import select

from dsbuilder.actions.context import Context, public, reads
from dsbuilder.domain.dossier import AccountId
from dsbuilder.domain.people import ANONYMOUS, Actor, Role
from dsbuilder.storage.database import Session
from dsbuilder.storage.tables import Account, RoleRow, UserSession

# With https the name itself tells the browser to refuse the cookie from anywhere but our own host.
COOKIE_NAMES = ("__Host-dsbuilder", "dsbuilder")
IDLE = timedelta(hours=12)


def hashed(token: str) -> str:
    """What is kept of a secret token: it cannot be turned back. Tokens are long and random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_of(db: Session, token: str, now: datetime) -> Actor:
    """Who holds the session of that token; ANONYMOUS when it is unknown, ended, idle for too long, or blocked."""
    if not token:
        return ANONYMOUS
    found = db.exec(
        select(UserSession, Account)
        .where(UserSession.account_id == Account.id, UserSession.token_hash == hashed(token))
        .where(UserSession.expires_at > now, UserSession.last_seen_at > now - IDLE)
    ).first()
    if found is None or found[1].blocked_at is not None:
        return ANONYMOUS
    session, account = found
    roles = db.exec(select(RoleRow.role).where(RoleRow.account_id == account.id)).all()
    return Actor(
        account_id=AccountId(account.id or 0),
        email=account.email,
        name=f"{account.first_name} {account.last_name}".strip(),
        roles=frozenset(Role(role) for role in roles),
        session_id=session.id,
        language="en" if account.language == "en" else "fr",
    )


@public
@reads
def whoami(ctx: Context) -> Actor:
    """The actor itself, for a page to show who is signed in."""
    return ctx.actor
