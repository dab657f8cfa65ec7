"""How an action runs: as someone, at one instant, in one transaction that is committed once."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog

from dsbuilder import clock
from dsbuilder.domain.errors import Forbidden
from dsbuilder.domain.people import ANONYMOUS, PLATFORM, Actor
from dsbuilder.domain.texts import Text
from dsbuilder.storage.database import Database, Session, is_worth_retrying
from dsbuilder.storage.together import Together

__all__ = [
    "ANONYMOUS",
    "PLATFORM",
    "Action",
    "Actor",
    "Context",
    "Subject",
    "Who",
    "act",
    "by_platform",
    "changed",
    "durable",
    "listen",
    "part",
    "perform",
    "public",
    "reads",
    "record",
    "short",
    "use",
]

ATTEMPTS = 5
P = ParamSpec("P")
T = TypeVar("T")
Action = Callable[Concatenate["Context", P], T]
# Who acts: known already, or to be found in the same transaction, from a cookie for example.
Who = Actor | Callable[[Session, datetime], Actor]
log = structlog.get_logger("actions")


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that an action is about, such as `Subject("dossier", 12)`."""

    kind: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an action works with. What it `record`s is told to others once it is committed."""

    db: Session
    actor: Actor
    now: datetime
    recorded: list[tuple[str, Subject]] = field(default_factory=list)


# -- markers ------------------------------------------------------------------------------------------------------
def public(function: Callable[P, T]) -> Callable[P, T]:
    """Mark an action that needs no right: anybody on the network may do it."""
    return _marked(function, "is_public")


def reads(function: Callable[P, T]) -> Callable[P, T]:
    """Mark an action that changes nothing, so that it never waits for a writer; writing in it fails."""
    return _marked(function, "is_reading")


def durable(function: Callable[P, T]) -> Callable[P, T]:
    """Mark an action whose effect survives a power cut: deposits and decisions."""
    return _marked(function, "is_durable")


def short(function: Callable[P, T]) -> Callable[P, T]:
    """Mark an action so short that several which wait at the same time may share one transaction."""
    return _marked(function, "is_short")


def by_platform(function: Callable[P, T]) -> Callable[P, T]:
    """Mark an action that jobs and the command line run, and no person."""
    return _marked(function, "is_by_platform")


def part(function: Callable[P, T]) -> Callable[P, T]:
    """Mark what several actions do in their own transaction, after they checked the right; it never runs by itself."""
    return _marked(function, "is_part")


def _marked(function: Callable[P, T], mark: str) -> Callable[P, T]:
    setattr(function, mark, True)
    return function


# -- running ------------------------------------------------------------------------------------------------------
_database: list[Database] = []
_together: list[Together] = []  # where there is one writer, short actions wait for it here
_listeners: list[Callable[[Subject], None]] = []


def use(database: Database) -> None:
    """Make `database` the one that `act` works on; called once, where the program is put together."""
    _database[:] = [database]
    _together[:] = [Together(database)] if database.has_one_writer else []


def listen(listener: Callable[[Subject], None]) -> None:
    """Have `listener` called, in the acting thread, with each subject changed, once it is committed."""
    _listeners.append(listener)


async def act(
    function: Callable[..., T], *args: Any, actor: Who = ANONYMOUS, durable: bool = False, **kwargs: Any
) -> T:
    """`perform` on the installed database in a thread, for callers that must not block."""
    if _together and getattr(function, "is_short", False) and not durable:
        try:
            return await _act_together(function, args, kwargs, actor)
        except Exception as error:
            if not is_worth_retrying(error):
                raise
    return await asyncio.to_thread(
        lambda: perform(_database[0], function, *args, actor=actor, durable=durable, **kwargs)
    )


async def _act_together(function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], actor: Who) -> T:
    now = clock.now()

    def work(db: Session) -> tuple[Context, T]:
        ctx = Context(db, _found(actor, db, now), now)
        return ctx, function(ctx, *args, **kwargs)

    ctx, outcome = await _together[0].do(work)
    _tell(ctx)
    return outcome


def perform(
    database: Database,
    function: Callable[..., T],
    *args: Any,
    actor: Who = ANONYMOUS,
    now: datetime | None = None,
    durable: bool = False,
    **kwargs: Any,
) -> T:
    """Run an action in one transaction; again, from the start, when someone else was in the way."""
    if getattr(function, "is_part", False):
        raise TypeError(f"{function.__name__} is a part of actions")
    if getattr(function, "is_by_platform", False) and not (isinstance(actor, Actor) and actor.is_platform):
        raise Forbidden(Text(fr="Cette action est réservée à la plateforme.", en="Only the platform does this."))
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _once(database, function, args, kwargs, actor, now or clock.now(), durable)
        except Exception as error:
            if attempt == ATTEMPTS or not is_worth_retrying(error):
                raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))
    raise AssertionError("unreachable")


def _once(
    database: Database,
    function: Callable[..., T],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    actor: Who,
    now: datetime,
    durable: bool,
) -> T:
    if getattr(function, "is_reading", False):
        with database.reading() as db:
            return function(Context(db, _found(actor, db, now), now), *args, **kwargs)
    with database.transaction(durable=durable or getattr(function, "is_durable", False)) as db:
        ctx = Context(db, _found(actor, db, now), now)
        outcome = function(ctx, *args, **kwargs)
    _tell(ctx)
    return outcome


def _found(who: Who, db: Session, now: datetime) -> Actor:
    return who if isinstance(who, Actor) else who(db, now)


def record(ctx: Context, verb: str, subject: Subject) -> None:
    """Note what happened to what: one line of the log, never an answer, an address or a name."""
    ctx.recorded.append((verb, subject))


def changed(ctx: Context, subject: Subject) -> None:
    """Tell those who look at it, and nobody else: it happens too often for a line of the log each time."""
    ctx.recorded.append(("", subject))


def _tell(ctx: Context) -> None:
    for verb, subject in ctx.recorded:
        if verb:
            log.info(verb, actor=ctx.actor.account_id, subject=subject.kind, id=subject.id)
        for listener in _listeners:
            listener(subject)
