"""What people write to each other: messages, and the reason of a decision."""

from dataclasses import dataclass
from enum import StrEnum

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.texts import Text

MAX_LENGTH = 100_000  # characters: what a page may send without its socket being closed

EMPTY = Text("Écrivez votre message avant de l’envoyer.", "Write your message before sending it.")
TOO_LONG = Text(
    "Ce texte est trop long\xa0: 100\xa0000 caractères au plus. Raccourcissez-le.",
    "This text is too long: 100,000 characters at most. Shorten it.",
)


class Side(StrEnum):
    """Who speaks in the thread of a dossier."""

    APPLICANT = "applicant"
    INSTRUCTOR = "instructor"
    SYSTEM = "system"


def tidy(text: str, path: str = "") -> str:
    """`text` as it is kept: printable, lines ended alike, no blank around it. Raises Refused when it is too long."""
    if len(text) > MAX_LENGTH:
        raise Refused(TOO_LONG, path)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c.isprintable() or c in "\n\t").strip()


def body(text: str) -> str:
    """`text` as the body of a message. Raises Refused when nothing is written or too much."""
    written = tidy(text, "body")
    if not written:
        raise Refused(EMPTY, "body")
    return written


@dataclass(frozen=True, slots=True)
class Said:
    """One message as its reader sees it, in the reader's language."""

    key: str
    author: str
    body: str
    at: str  # for machines
    when: str
    read: str = ""  # when the other side has read it
    is_mine: bool = False  # of the reader's side
    is_new: bool = False
