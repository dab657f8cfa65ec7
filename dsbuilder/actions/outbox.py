"""Mails: written in the transaction that causes them, handed to the mail server by a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from dsbuilder.actions.context import Context, Subject, by_platform, part, public, reads, record
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.texts import Language
from dsbuilder.mails.letters import Letter, as_html, as_text, subject
from dsbuilder.settings import settings
from dsbuilder.storage import mails
from dsbuilder.storage.tables import Mail


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail as the demo's page shows it."""

    id: int
    recipient: str
    subject: str
    text: str
    created_at: datetime
    is_sent: bool


@part
def post(ctx: Context, letter: Letter, recipient: str, language: Language) -> None:
    """Have the letter go out, once, if and only if this transaction is committed."""
    mails.post(
        ctx.db,
        recipient=recipient,
        subject=subject(letter, language),
        text=as_text(letter, language),
        html=as_html(letter, language),
        host=urlsplit(settings().url).hostname or "localhost",
        now=ctx.now,
    )


def link(path: str, language: Language = "fr") -> str:
    """One of our pages as an absolute address, in the reader's language."""
    return settings().url + ("" if language == "fr" else "/en") + path


@public
@reads
def latest(ctx: Context) -> Sequence[Posted]:
    """The newest mails, for anybody, in the demo on this machine alone. Raises NotFound elsewhere."""
    if not settings().demo:
        raise NotFound
    return [
        Posted(row.id or 0, row.recipient, row.subject, row.text, row.created_at, row.sent_at is not None)
        for row in mails.latest(ctx.db)
    ]


@by_platform
@reads
def message_of(ctx: Context, mail_id: int) -> EmailMessage | None:
    """The mail as it goes over the wire; None when it has been sent."""
    row = mails.to_send(ctx.db, mail_id)
    return None if row is None else _message(row)


@by_platform
def note_sent(ctx: Context, mail_id: int) -> None:
    """The mail server has taken the mail."""
    mails.sent(ctx.db, mail_id, ctx.now)
    record(ctx, "mail sent", Subject("mail", mail_id))


def _message(row: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings().mail_from
    message["To"] = row.recipient
    message["Subject"] = row.subject
    message["Message-ID"] = row.message_id
    message["Date"] = format_datetime(row.created_at)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row.text)
    message.add_alternative(row.html, subtype="html")
    return message
