"""The bytes of the files that people send: one file of the disk each, under its token, outside any public folder."""

import hashlib
from pathlib import Path

HEAD = 8192  # bytes: enough to tell what a file is


class Blobs:
    """Files under a folder that only this program reads. Every method blocks: call it from a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, token: str) -> Path:
        """Where the bytes of a token lie; the token is ours, made of letters, digits, hyphens and underscores."""
        if not token or not all(c.isascii() and (c.isalnum() or c in "-_") for c in token):
            raise ValueError("not a token")
        return self.folder / token[:2] / token

    def size(self, token: str) -> int:
        """How many bytes have arrived."""
        path = self.path(token)
        return path.stat().st_size if path.exists() else 0

    def append(self, token: str, piece: bytes) -> None:
        """Add bytes at the end."""
        path = self.path(token)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("ab") as file:
            file.write(piece)

    def read(self, token: str) -> tuple[str, bytes]:
        """The SHA-256 of the whole, in hexadecimal, and its first bytes."""
        digest = hashlib.sha256()
        with self.path(token).open("rb") as file:
            head = file.read(HEAD)
            digest.update(head)
            while piece := file.read(1 << 20):
                digest.update(piece)
        return digest.hexdigest(), head

    def remove(self, token: str) -> None:
        """Forget the bytes; nothing happens when there are none."""
        self.path(token).unlink(missing_ok=True)
        self.beside(token).unlink(missing_ok=True)

    def beside(self, token: str) -> Path:
        """Where another form of the bytes of a token is made, before it takes their place."""
        return self.path(token).with_name(f"{token}.new")

    def replace(self, token: str) -> None:
        """Put that other form in the place of the bytes, which are gone."""
        self.beside(token).replace(self.path(token))
