"""Checking and hashing passwords: slow on purpose, so always outside a transaction."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proof:
    """What `check` found: whether the password typed is the one kept as `kept` for the address."""

    email: str
    kept: str
    is_right: bool


def hashed(password: str) -> str:
    """The password as it is kept."""
    return HASHER.hash(password)


def check(email: str, kept: str, password: str) -> Proof:
    """Compare a password with what is kept, empty when there is no such account: the work is the same."""
    return Proof(email, kept, _matches(kept or _of_nobody(), password) and bool(kept))


async def aside(slow: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `check` or `hashed` in threads of their own: however many sign in, those who work keep theirs."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, partial(slow, *args, **kwargs))


def _matches(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _of_nobody() -> str:
    return HASHER.hash(secrets.token_urlsafe())
