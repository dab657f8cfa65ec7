"""Secrets that must be read again, such as the token of an API: encrypted under a key made from the site's own."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dsbuilder.settings import settings

_PURPOSE = b"dsbuilder sealed secrets 1"  # another use of the same site key must not open them


def seal(secret: str) -> str:
    """The secret, encrypted and authenticated; each time other words."""
    return _fernet().encrypt(secret.encode()).decode()


def opened(sealed: str) -> str | None:
    """The secret; None when it was sealed under another key, so that it has to be entered again."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _fernet() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(settings().secret)
    return Fernet(base64.urlsafe_b64encode(key))
