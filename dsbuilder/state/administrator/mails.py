"""The six mails of one procedure: which go out in our words, which in those of an administrator."""

from dataclasses import dataclass

from dsbuilder.actions import wording
from dsbuilder.actions.context import Subject
from dsbuilder.domain.errors import Refusal
from dsbuilder.domain.wording import MAIL_LABELS, SENT_WHEN
from dsbuilder.state import live
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import short_day


@dataclass(frozen=True, slots=True)
class MailLineView:
    """One mail, as the list shows it; `changed_on` is empty for one in our words."""

    event: str
    label: str
    when: str
    subject: str
    is_own: bool
    changed_on: str


class ProcedureMailsState(SessionState):
    """The list."""

    number: str = ""
    title: str = ""
    mails: list[MailLineView] = []
    is_open: bool = False

    @handler
    async def open_mails(self) -> None:
        """Show the six mails, and be woken when another administrator words one."""
        self.reset()  # nothing of another procedure stays when this one is refused
        asked = self._number_after("demarches")
        with live.watched(self._tab, Subject("procedure", asked), ProcedureMailsState):
            self._show(asked, await self._act_signed_in(wording.mails_of, asked, self._language))

    async def _wake(self) -> None:
        asked = int(self.number)  # the address may be that of the next page already
        try:
            self._show(asked, await self._act(wording.mails_of, asked, self._language))
        except Refusal as refusal:
            live.forget(self._tab)
            self._say(refusal.text, "danger")

    def _show(self, asked: int, found: wording.ProcedureMails) -> None:
        self.number, self.title, self.is_open = str(asked), found.title, True
        self.mails = [
            MailLineView(
                event=one.event.value,
                label=self._words(MAIL_LABELS[one.event]),
                when=self._words(SENT_WHEN[one.event]),
                subject=one.subject,
                is_own=one.is_own,
                changed_on=short_day(one.changed_at),
            )
            for one in found.mails
        ]
