"""Trying the API of the selected question, and its token."""

from collections.abc import Coroutine
from typing import Any

from dsbuilder.actions import drafting, reference_tokens, sessions, trying
from dsbuilder.domain.errors import Refusal, Refused
from dsbuilder.domain.texts import Text
from dsbuilder.state import live, lookups
from dsbuilder.state.administrator.shown_draft import ShownDraft, field_id
from dsbuilder.state.session import handler

_BUSY = Text("Trop d’essais en même temps. Réessayez dans un instant.", "Too many tries at once. Try again shortly.")
_BROKEN = Text("L’essai n’a pas abouti. Réessayez.", "The try came to nothing. Try again.")


class TriedDraft(ShownDraft):
    """What one does about the API of a question; a token only passes through."""

    trying: str = ""  # the question whose API is being asked
    wrong_token: str = ""
    wrong_header: str = ""
    tokens_kept: int = 0  # so that the inputs are emptied once one is kept

    @handler
    async def try_out(self, id: str) -> None:
        """Ask the API about the example; the page is woken with what it showed."""
        number, field, tab = self._number_after("demarches"), field_id(id), self._tab
        trial = await self._act(trying.prepare, number, field)
        who = sessions.holder_of(self._token())
        self.trying = id
        if not lookups.beside(_try_out(tab, trying.try_out(number, field, trial, who))):
            self.trying = ""
            raise Refused(_BUSY)

    @handler
    async def set_token(self, id: str, entered: dict[str, Any]) -> None:
        """Keep the token that was entered."""
        self.wrong_header = self.wrong_token = ""
        number, header, value = self._number_after("demarches"), entered.get("header"), entered.get("token")
        try:
            await self._act(reference_tokens.set_token, number, field_id(id), str(header or ""), str(value or ""))
        except Refused as refused:
            if refused.path == "token":
                self.wrong_token = self._words(refused.text)
            else:
                self.wrong_header = self._words(refused.text)
            return
        self.tokens_kept += 1
        await self._show_tokens(number)

    @handler
    async def remove_token(self, id: str) -> None:
        """Forget the token."""
        number = self._number_after("demarches")
        await self._act(reference_tokens.remove_token, number, field_id(id))
        await self._show_tokens(number)

    async def _show_tokens(self, number: int) -> None:
        self._show(await self._act(drafting.draft_since, number, self.sequence))

    def _tried(self, said: Text | None) -> None:
        self.trying = ""
        if said is not None:
            self._say(said, "danger")


async def _try_out(tab: str, work: Coroutine[Any, Any, None]) -> None:
    said = _BROKEN
    try:
        await work
        said = None
    except Refusal as refusal:
        said = refusal.text
    finally:
        await live.change(tab, TriedDraft, lambda page: page._tried(said))
