"""Messages between an applicant and the agents, on a deposited dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dsbuilder.actions import outbox
from dsbuilder.actions.context import Context, Subject, reads, record
from dsbuilder.domain.dossier import DEPOSITED, DossierState
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.messages import Side, body
from dsbuilder.domain.permissions import Permission, Relation, require
from dsbuilder.domain.texts import Language, Text
from dsbuilder.mails.dossier import new_message
from dsbuilder.storage import dossiers, messages, people, procedures
from dsbuilder.storage.tables import Account, DossierRow, MessageRow

SAME_CLICK = timedelta(minutes=1)
_NOT_YET = Text(
    "Vous pourrez écrire au service quand le dossier sera déposé.",
    "You can write to the service once the dossier is submitted.",
)
_NOT_FOR_AGENTS = Text(
    "Seuls les agents de cette démarche peuvent le faire.", "Only agents of this procedure may do this."
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message as its reader may see it; `author` is empty when the reader need not know the name."""

    id: int
    side: Side
    author: str
    body: str
    at: datetime
    read_at: datetime | None
    is_mine: bool


@reads
def thread(ctx: Context, number: int, side: Side) -> Sequence[Message]:
    """The messages of a dossier as one side reads them, oldest first."""
    row = _found(ctx, number, side, Permission.DOSSIER_READ)
    return [_read(ctx, side, message, author) for message, author in messages.of_dossier(ctx.db, row.id or 0)]


def write(ctx: Context, number: int, side: Side, text: str) -> None:
    """Write to the other side and tell it by mail. The same text again within a minute is the same click."""
    row = _found(ctx, number, side, Permission.MESSAGE_WRITE, lock=True)
    if DossierState(row.state) not in DEPOSITED:
        raise Refused(_NOT_YET, "body")
    written = body(text)
    if _is_repeated(ctx, row, written):
        return
    messages.write(ctx.db, number, author_id=ctx.actor.account_id, side=side.value, body=written, now=ctx.now)
    _tell(ctx, row, side)
    record(ctx, "message written", Subject("dossier", number))


def mark_read(ctx: Context, number: int, side: Side) -> int:
    """Note that one side has read what the other wrote; how many messages were new."""
    row = _found(ctx, number, side, Permission.DOSSIER_READ)
    count = messages.mark_read(ctx.db, row.id or 0, by=side.value, now=ctx.now)
    if count:
        record(ctx, "messages read", Subject("dossier", number))
    return count


def _found(ctx: Context, number: int, side: Side, permission: Permission, *, lock: bool = False) -> DossierRow:
    row = dossiers.get(ctx.db, ctx.actor, number, lock=lock)
    speaks_for = {Side.APPLICANT: Relation.OWNER, Side.INSTRUCTOR: Relation.INSTRUCTOR}.get(side)
    require(dossiers.relations(ctx.db, ctx.actor, row) & {speaks_for}, permission)
    return row


def _is_repeated(ctx: Context, row: DossierRow, written: str) -> bool:
    last = messages.last_of(ctx.db, row.id or 0)
    return (
        last is not None
        and last.author_id == ctx.actor.account_id
        and last.body == written
        and last.at > ctx.now - SAME_CLICK
    )


def _tell(ctx: Context, row: DossierRow, side: Side) -> None:
    title = procedures.title_of(ctx.db, row.procedure_id)
    to_agent = side is Side.APPLICANT
    readers = dossiers.following_agents(ctx.db, row) if to_agent else [people.account(ctx.db, row.applicant_id)]
    path = f"/instruction/{row.procedure_id}/dossiers/{row.id}" if to_agent else f"/dossiers/{row.id}"
    for reader in readers:
        language: Language = "en" if reader.language == "en" else "fr"
        letter = new_message(outbox.link(path, language), number=row.id or 0, procedure=title, to_agent=to_agent)
        outbox.post(ctx, letter, reader.email, language)


def _read(ctx: Context, reader: Side, message: MessageRow, author: Account | None) -> Message:
    side = Side(message.side)
    # An applicant reads the name that an agent has given, never their address.
    own_words = side is reader or reader is Side.INSTRUCTOR
    name = f"{author.first_name} {author.last_name}".strip() if author else ""
    return Message(
        id=message.id or 0,
        side=side,
        author=name or (author.email if author and own_words else ""),
        body=message.body,
        at=message.at,
        read_at=message.read_at,
        is_mine=author is not None and author.id == ctx.actor.account_id,
    )
