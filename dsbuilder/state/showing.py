"""Instants, numbers and messages as a page shows them: in the reader's language, by the territory's clocks."""

from collections.abc import Sequence
from datetime import datetime

from dsbuilder.actions.messages import Message
from dsbuilder.clock import local
from dsbuilder.domain.messages import Said, Side
from dsbuilder.domain.texts import Language, Text, moment

_YOU = Text("Vous", "You")
_AGENTS = Text("Le service", "The service")
_APPLICANT = Text("L’usager", "The applicant")
_PLATFORM = Text("Message automatique", "Automatic message")
_READ = Text("Lu le {when}", "Read on {when}")
_SPEAKERS = {Side.APPLICANT: _APPLICANT, Side.INSTRUCTOR: _AGENTS, Side.SYSTEM: _PLATFORM}


def short_day(instant: datetime | None) -> str:
    """A day in figures, for tables and rails; empty when there is none."""
    return f"{local(instant):%d/%m/%Y}" if instant else ""


def when(instant: datetime, language: Language) -> str:
    """A day and a time in words."""
    return moment(local(instant), language)


def initials(name: str) -> str:
    """The first letters of a name, for its round badge."""
    words = [word for word in name.partition("@")[0].replace(".", " ").split() if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def said(messages: Sequence[Message], reader: Side, language: Language) -> list[Said]:
    """A thread as one side reads it."""
    return [_said(message, reader, language) for message in messages]


def _said(message: Message, reader: Side, language: Language) -> Said:
    is_ours = message.side is reader
    return Said(
        key=str(message.id),
        author=_YOU[language] if message.is_mine else message.author or _SPEAKERS[message.side][language],
        body=message.body,
        at=message.at.isoformat(),
        when=when(message.at, language),
        read=_READ[language].format(when=when(message.read_at, language)) if is_ours and message.read_at else "",
        is_mine=is_ours,
        is_new=not is_ours and message.read_at is None,
    )
