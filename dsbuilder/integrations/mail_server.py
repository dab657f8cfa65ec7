"""Handing mails to a mail server."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT = 30  # seconds


class MailServer(Protocol):
    """Takes mails."""

    def send(self, message: EmailMessage) -> bool:
        """Hand over one mail; whether it is on its way. Raises OSError, as smtplib's errors are, when it cannot now."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The server at `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte."""

    url: str

    def send(self, message: EmailMessage) -> bool:
        """Hand over one mail, over TLS wherever the server offers it."""
        parts = urlsplit(self.url)
        with self._connected() as server:
            server.ehlo_or_helo_if_needed()
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
        return True

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host = parts.hostname or "localhost"
        if parts.scheme == "smtps":
            tls = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=tls)
        return smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT)


@dataclass(frozen=True, slots=True)
class NoServer:
    """In the demo, mails stay in the outbox, where a page shows them."""

    def send(self, message: EmailMessage) -> bool:
        """Leave it where it is."""
        return False
