"""The mails of the demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsbuilder.actions import outbox
from dsbuilder.actions.outbox import Posted
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import when


@dataclass(frozen=True, slots=True)
class TextPart:
    """A run of words, or a link."""

    key: str
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class MailView:
    """One mail as the demonstration shows it."""

    key: str
    recipient: str
    subject: str
    at: str
    when: str
    parts: tuple[TextPart, ...]


class OutboxState(SessionState):
    """The newest mails."""

    mails: list[MailView] = []
    is_open: bool = False

    @handler
    async def open_outbox(self) -> None:
        """Read the newest mails; by anybody, for the link that opens an account is among them."""
        self.reset()
        await self._greet()
        self._show(await self._act(outbox.latest))

    def _show(self, posted: Sequence[Posted]) -> None:
        self.mails = [
            MailView(
                key=str(mail.id),
                recipient=mail.recipient,
                subject=mail.subject,
                at=mail.created_at.isoformat(),
                when=when(mail.created_at, self._language),
                parts=tuple(_part(place, line) for place, line in enumerate(mail.text.split("\n\n")) if line.strip()),
            )
            for mail in posted
        ]
        self.is_open = True


def _part(place: int, paragraph: str) -> TextPart:
    """A paragraph; the one that holds the mail's link shows its button's words, and leads there."""
    words, _, link = paragraph.rpartition("\n")
    if link.startswith(("http://", "https://")) and words:
        return TextPart(str(place), words, link)
    return TextPart(str(place), paragraph)
