"""One mail of a procedure being worded, and how it would go out."""

from collections.abc import Iterable
from dataclasses import dataclass

from dsbuilder.actions import wording
from dsbuilder.actions.context import Subject
from dsbuilder.domain.dossier import Event
from dsbuilder.domain.errors import Invalid, NotFound, Refusal, Refused
from dsbuilder.domain.tags import Piece
from dsbuilder.domain.texts import Text
from dsbuilder.domain.wording import MAIL_LABELS, SENT_WHEN, WORDED
from dsbuilder.state import live
from dsbuilder.state.session import SessionState, handler

_SAVED = Text(
    "Le courriel est enregistré. Il partira avec vos mots.", "The mail is saved. It will go out in your words."
)
_RESTORED = Text("Le texte d’origine est rétabli.", "The standard text is back.")
_NUMBER = Text("Saisissez le numéro d’un dossier, en chiffres.", "Enter the number of a dossier, in digits.")
_FIELDS = ("subject", "body")


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag to put in, as it is written."""

    written: str
    of_form: bool


@dataclass(frozen=True, slots=True)
class PieceView:
    """A stretch of the mail as it would go out; `is_tag` for what stands in place of a tag."""

    words: str
    is_tag: bool


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of it."""

    pieces: tuple[PieceView, ...]


class ProcedureMailState(SessionState):
    """The mail that one tab edits; what is typed and not saved stays in the page."""

    number: str = ""
    title: str = ""
    label: str = ""
    when: str = ""
    subject: str = ""
    body: str = ""
    seen: str = ""
    is_own: bool = False
    tags: list[TagView] = []
    stamp: int = 0
    answered: int = 0
    subject_error: str = ""
    body_error: str = ""
    shown_subject: list[PieceView] = []
    shown_body: list[ParagraphView] = []
    is_made_up: bool = True
    dossier: str = ""
    dossier_error: str = ""
    is_restoring: bool = False
    is_open: bool = False
    _typed: tuple[str, str] = ("", "")
    _opened: tuple[int, str] = (0, "")

    @handler
    async def open_mail(self) -> None:
        """Show the mail, and be woken when another administrator changes it or the form."""
        self.reset()  # nothing of another procedure stays when this one is refused
        asked = self._asked()
        with live.watched(self._tab, Subject("procedure", asked[0]), ProcedureMailState):
            self._show(asked, await self._act_signed_in(wording.open_mail, *asked, self._language))
        self._opened = asked
        await self._look(asked)
        self.is_open = True

    def _asked(self) -> tuple[int, Event]:
        event = self._path.rstrip("/").rpartition("/")[2]
        if event not in set(WORDED):
            raise NotFound
        return self._number_after("demarches"), Event(event)

    async def _wake(self) -> None:
        asked = int(self._opened[0]), Event(self._opened[1])  # the address may be that of the next page already
        try:
            found = await self._act(wording.open_mail, *asked, self._language)
        except Refusal as refusal:
            live.forget(self._tab)
            self._say(refusal.text, "danger")
            return
        if self._typed == (self.subject, self.body):
            self._show(asked, found)
        else:  # saving will say that somebody else did
            self._show_tags(found)
        await self._look(asked)

    def _show(self, asked: tuple[int, Event], found: wording.OpenedMail) -> None:
        number, event = asked
        self.number, self.title = str(number), found.title
        self.label, self.when = self._words(MAIL_LABELS[event]), self._words(SENT_WHEN[event])
        self.subject, self.body, self.is_own, self.seen = found.subject, found.body, found.is_own, found.seen
        self._typed = found.subject, found.body
        self.stamp += 1
        self._show_tags(found)

    def _show_tags(self, found: wording.OpenedMail) -> None:
        self.tags = [TagView(one.written, one.of_form) for one in found.tags]

    # -- saving ------------------------------------------------------------------------------------------------------
    @handler
    async def save(self, subject: str, body: str, seen: str) -> None:
        """Have the mail go out in these words."""
        self.answered += 1
        self.subject_error = self.body_error = ""
        try:
            await self._act(wording.save, *self._asked(), subject, body, self._language, seen)
        except (Invalid, Refused) as refusal:
            if refusal.path not in _FIELDS:
                raise
            setattr(self, f"{refusal.path}_error", self._words(refusal.text))
            return
        await self._open_again()
        self._say(_SAVED)

    @handler
    async def ask_to_restore(self, asked: bool) -> None:
        """Ask whether to give one's own words up, or no longer."""
        self.is_restoring = asked

    @handler
    async def restore(self) -> None:
        """Have the standard mail go out again."""
        self.is_restoring = False
        self.answered += 1
        await self._act(wording.restore, *self._asked(), self.seen)
        self.subject_error = self.body_error = ""
        await self._open_again()
        self._say(_RESTORED)

    async def _open_again(self) -> None:
        asked = self._asked()
        self._show(asked, await self._act(wording.open_mail, *asked, self._language))
        await self._look(asked)

    # -- looking -----------------------------------------------------------------------------------------------------
    @handler
    async def draft(self, subject: str, body: str) -> None:
        """Show how what is being typed would go out."""
        self._typed = subject, body
        await self._look(self._asked())

    @handler
    async def look_with(self, form: dict[str, str]) -> None:
        """Show it with the values of a dossier, or with made-up ones when no number is given."""
        entered = str(form.get("dossier", "")).strip()[:20]
        self.dossier_error = ""
        if entered and not (entered.isascii() and entered.isdigit() and len(entered) < 16):
            self.dossier_error = self._words(_NUMBER)
            return
        self.dossier = entered
        await self._look(self._asked())

    async def _look(self, asked: tuple[int, Event]) -> None:
        number = int(self.dossier) if self.dossier else None
        try:
            found = await self._act(wording.look, *asked, *self._typed, self._language, number)
        except Refused as refusal:
            self.dossier, self.dossier_error = "", self._words(refusal.text)
            return
        self.shown_subject, self.is_made_up = list(_views(found.subject)), found.is_made_up
        self.shown_body = [ParagraphView(tuple(_views(pieces))) for pieces in found.paragraphs]


def _views(pieces: Iterable[Piece]) -> Iterable[PieceView]:
    return (PieceView(piece.words, piece.id != "") for piece in pieces)
