"""What a mail is, and how it becomes plain text and simple HTML."""

import re
from dataclasses import dataclass
from html import escape

from dsbuilder.domain.tags import Piece
from dsbuilder.domain.texts import Language, Text

GREETING = Text("Bonjour,", "Hello,")
AUTOMATIC = Text(
    "Ce message est envoyé automatiquement : les réponses ne sont pas lues.",
    "This message is sent automatically: replies are not read.",
)
COPY_THE_LINK = Text(
    "Si le bouton ne répond pas, copiez cette adresse dans votre navigateur :",
    "If the button does not work, copy this address into your browser:",
)


@dataclass(frozen=True, slots=True)
class Worded:
    """A paragraph that an administrator worded, in one language, with values of a dossier between their own words."""

    pieces: tuple[Piece, ...]

    def __getitem__(self, language: Language) -> str:
        return "".join(piece.words for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail before its language is chosen: a subject, paragraphs, and at most one thing to do."""

    subject: Text
    paragraphs: tuple[Text | Worded, ...]
    button: Text | None = None
    link: str = ""
    after: tuple[Text, ...] = ()
    greets: bool = True  # otherwise its author has said good day, or has not


def subject(letter: Letter, language: Language) -> str:
    """The subject on one line, whatever the words put into it."""
    return " ".join(letter.subject[language].split())[:200]


def as_text(letter: Letter, language: Language) -> str:
    """The plain text."""
    action = [f"{letter.button[language]}\n{letter.link}"] if letter.button else []
    paragraphs = [
        *([GREETING[language]] if letter.greets else []),
        *(paragraph[language] for paragraph in letter.paragraphs),
        *action,
        *(paragraph[language] for paragraph in letter.after),
        f"--\n{AUTOMATIC[language]}",
    ]
    return "\n\n".join(paragraphs) + "\n"


def as_html(letter: Letter, language: Language) -> str:
    """The same as HTML that every mail program shows: one column, no picture, nothing fetched."""
    body = [
        *([_paragraph(GREETING, language)] if letter.greets else []),
        *(_paragraph(paragraph, language) for paragraph in letter.paragraphs),
        *(_button(letter, language) if letter.button else ()),
        *(_paragraph(paragraph, language) for paragraph in letter.after),
        f'<p style="color:#5b606e;font-size:14px;border-top:1px solid #dcd8ce;padding-top:16px">'
        f"{escape(AUTOMATIC[language])}</p>",
    ]
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(subject(letter, language))}</title></head>"
        '<body style="margin:0;background:#f4f2ed">'
        '<div style="max-width:600px;margin:0 auto;padding:24px;background:#ffffff;color:#14171f;'
        'font:17px/1.5 system-ui,Segoe UI,Roboto,sans-serif">' + "".join(body) + "</div></body></html>"
    )


def _paragraph(paragraph: Text | Worded, language: Language) -> str:
    if isinstance(paragraph, Worded):
        html = "".join(_linked(piece.words) if piece.may_link else escape(piece.words) for piece in paragraph.pieces)
    else:
        html = escape(paragraph[language])
    return f'<p style="margin:0 0 16px">{html.replace(chr(10), "<br>")}</p>'


_ADDRESS = re.compile(r"(https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:!?)\]])")


def _linked(words: str) -> str:
    """Words of ours or of an administrator, with their addresses to click on; an answer's are only read."""
    parts = _ADDRESS.split(words)  # what stands between addresses, and each address after it
    return "".join(
        f'<a href="{escape(part)}" style="color:#1d3a78">{escape(part)}</a>' if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def _button(letter: Letter, language: Language) -> tuple[str, ...]:
    assert letter.button is not None
    link = escape(letter.link)
    return (
        f'<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 20px;background:#1d3a78;'
        f'color:#ffffff;border-radius:4px;text-decoration:none;font-weight:600">{escape(letter.button[language])}</a></p>',
        f'<p style="margin:0 0 16px;color:#434855;font-size:15px">{escape(COPY_THE_LINK[language])}<br>'
        f'<a href="{link}" style="color:#1d3a78;word-break:break-all">{link}</a></p>',
    )
