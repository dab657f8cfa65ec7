"""Checking and hashing passwords: slow on purpose, so always outside a transaction."""

import secrets
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()


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


def _matches(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _of_nobody() -> str:
    return HASHER.hash(secrets.token_urlsafe())
