"""Sessions of browsers, links sent by mail, and how often something was tried; secrets only as hashes."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Select, bindparam, delete, func, literal_column, text, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from dsbuilder.settings import settings
from dsbuilder.storage.tables import Account, EmailToken, RateCount, RoleRow, UserSession
from dsbuilder.storage.tables.column_types import Instant


def hashed(secret: str) -> str:
    """What is kept of a random secret of 256 bits: no salt, for it cannot be guessed, but keyed by the site's own secret,
    so that a copied database opens no session anywhere else, and a new secret ends them all.
    """
    return hmac.new(settings().secret, secret.encode(), hashlib.sha256).hexdigest()


# -- sessions -----------------------------------------------------------------------------------------------------
def open_session(
    db: Session,
    *,
    token: str,
    account_id: int,
    now: datetime,
    expires_at: datetime,
    remembered: bool,
    browser: str,
    address: str,
) -> UserSession:
    """A new session of an account; `token` is what the browser's cookie will hold."""
    row = UserSession(
        token_hash=hashed(token),
        account_id=account_id,
        created_at=now,
        last_seen_at=now,
        expires_at=expires_at,
        remembered=remembered,
        browser=browser,
        address=address,
    )
    db.add(row)
    db.flush()
    return row


@dataclass(frozen=True, slots=True)
class Holder:
    """A session, and what of its account is needed each time it is used."""

    session_id: int
    last_seen_at: datetime
    expires_at: datetime
    remembered: bool
    account_id: int
    email: str
    first_name: str
    last_name: str
    language: str
    blocked_at: datetime | None
    roles: str  # between commas


def holder_of(db: Session, token: str) -> Holder | None:
    """Who holds the cookie with `token`; whether its session is still good is for the caller to say."""
    found = db.connection().execute(_HOLDER, {"token_hash": hashed(token)}).first()
    return None if found is None else Holder(*found)


def _prepared_holder() -> Select[Any]:
    """Asked at each event of each tab: made once, so that SQLAlchemy need not build and compare it every time."""
    held, account, role = (cast(Any, table).__table__ for table in (UserSession, Account, RoleRow))
    roles = select_columns(func.coalesce(func.aggregate_strings(role.c.role, cast(Any, literal_column("','"))), ""))
    return (
        select_columns(
            held.c.id,
            held.c.last_seen_at,
            held.c.expires_at,
            held.c.remembered,
            account.c.id,
            account.c.email,
            account.c.first_name,
            account.c.last_name,
            account.c.language,
            account.c.blocked_at,
            roles.where(role.c.account_id == account.c.id).scalar_subquery(),
        )
        .join_from(held, account, account.c.id == held.c.account_id)
        .where(held.c.token_hash == bindparam("token_hash"))
    )


_HOLDER = _prepared_holder()


def sessions_of(db: Session, account_id: int, now: datetime) -> Sequence[UserSession]:
    """The sessions of an account that have not ended, last seen first."""
    query = select(UserSession).where(col(UserSession.account_id) == account_id, col(UserSession.expires_at) > now)
    return db.exec(query.order_by(col(UserSession.last_seen_at).desc(), col(UserSession.id).desc())).all()


def see_session(db: Session, session_id: int, now: datetime) -> None:
    """Note that the session was used."""
    db.execute(update(UserSession).where(col(UserSession.id) == session_id).values(last_seen_at=now))


def end_session(db: Session, account_id: int, session_id: int) -> bool:
    """End one session of the account; whether there was such a one."""
    mine = (col(UserSession.id) == session_id) & (col(UserSession.account_id) == account_id)
    return bool(db.exec(delete(UserSession).where(mine).returning(col(UserSession.id))).all())


def end_sessions(db: Session, account_id: int, *, but: int | None = None) -> None:
    """End every session of the account, except `but`."""
    theirs = delete(UserSession).where(col(UserSession.account_id) == account_id)
    db.execute(theirs if but is None else theirs.where(col(UserSession.id) != but))


# -- links sent by mail -------------------------------------------------------------------------------------------
def add_token(
    db: Session,
    *,
    token: str,
    purpose: str,
    email: str,
    account_id: int | None,
    now: datetime,
    lasts: timedelta,
    procedure_id: int | None = None,
    payload: dict[str, Any] | None = None,
) -> EmailToken:
    """A new link for one purpose, good once and until it expires."""
    row = EmailToken(
        token_hash=hashed(token),
        purpose=purpose,
        email=email,
        account_id=account_id,
        procedure_id=procedure_id,
        payload=payload or {},
        created_at=now,
        expires_at=now + lasts,
    )
    db.add(row)
    db.flush()
    return row


def good_token(db: Session, token: str, purpose: str, now: datetime) -> EmailToken | None:
    """The link, if it may still be used; it is not used up."""
    return db.exec(select(EmailToken).where(*_good(token, purpose, now))).first()


def use_token(db: Session, token: str, purpose: str, now: datetime) -> EmailToken | None:
    """The link, used up by this very statement, so that of two who come at once only one gets it."""
    used = update(EmailToken).where(*_good(token, purpose, now)).values(used_at=now).returning(EmailToken)
    return db.scalars(used).first()


def void_tokens(db: Session, email: str, purpose: str, now: datetime) -> None:
    """Make older links of that purpose useless."""
    theirs = (col(EmailToken.email) == email, col(EmailToken.purpose) == purpose, col(EmailToken.used_at).is_(None))
    db.execute(update(EmailToken).where(*theirs).values(used_at=now))


def open_tokens(db: Session, procedure_id: int, purpose: str, now: datetime) -> Sequence[EmailToken]:
    """The links about a procedure that may still be used, the oldest first."""
    query = select(EmailToken).where(
        col(EmailToken.procedure_id) == procedure_id,
        col(EmailToken.purpose) == purpose,
        col(EmailToken.used_at).is_(None),
        col(EmailToken.expires_at) > now,
    )
    return db.exec(query.order_by(col(EmailToken.created_at), col(EmailToken.email))).all()


def _good(token: str, purpose: str, now: datetime) -> tuple[Any, ...]:
    return (
        col(EmailToken.token_hash) == hashed(token),
        col(EmailToken.purpose) == purpose,
        col(EmailToken.used_at).is_(None),
        col(EmailToken.expires_at) > now,
    )


# -- counting tries -----------------------------------------------------------------------------------------------
def count_try(db: Session, what: str, who: str, now: datetime, window: timedelta) -> int:
    """How often `who` has tried `what` in the present window, this time included."""
    return db.execute(
        text(
            "INSERT INTO rate_count (key, number, ends_at) VALUES (:key, 1, :ends_at) "
            "ON CONFLICT (key) DO UPDATE SET "
            "number = CASE WHEN rate_count.ends_at <= :now THEN 1 ELSE rate_count.number + 1 END, "
            "ends_at = CASE WHEN rate_count.ends_at <= :now THEN excluded.ends_at ELSE rate_count.ends_at END "
            "RETURNING number"
        ).bindparams(*_instants(now=now, ends_at=now + window)),
        {"key": hashed(f"{what}|{who}")},
    ).scalar_one()


def tries(db: Session, what: str, who: str, now: datetime) -> int:
    """How often `who` has tried `what` in the present window."""
    query = select(RateCount.number).where(col(RateCount.key) == hashed(f"{what}|{who}"), col(RateCount.ends_at) > now)
    return db.exec(query).first() or 0


def forget_tries(db: Session, what: str, who: str) -> None:
    """Begin counting anew."""
    db.execute(delete(RateCount).where(col(RateCount.key) == hashed(f"{what}|{who}")))


def _instants(**values: datetime) -> list[Any]:
    return [bindparam(name, value, Instant()) for name, value in values.items()]


# -- the end of all that ------------------------------------------------------------------------------------------
def purge(db: Session, now: datetime) -> None:
    """Remove what has ended: sessions, links a month after their end, counts."""
    db.execute(delete(UserSession).where(col(UserSession.expires_at) <= now))
    month_ago = now - timedelta(days=30)
    db.execute(
        delete(EmailToken).where(or_(col(EmailToken.expires_at) <= month_ago, col(EmailToken.used_at) <= month_ago))
    )
    db.execute(delete(RateCount).where(col(RateCount.ends_at) <= now))
