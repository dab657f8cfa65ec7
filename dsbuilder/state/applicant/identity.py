"""Whom the dossier of this tab concerns."""

from typing import Any

import reflex as rx

from dsbuilder.actions import filing, filling
from dsbuilder.domain.errors import Refused
from dsbuilder.state.session import SessionState, handler


class IdentityState(SessionState):
    """The step before the form: civility and names."""

    procedure: str = ""
    civility: str = ""
    first_name: str = ""
    last_name: str = ""
    wrong_path: str = ""
    wrong_text: str = ""
    tries: int = 0
    is_ready: bool = False

    @handler
    async def open_page(self) -> Any:
        """Show what is known of the person; the account's own name to begin with."""
        self.reset()
        number = self._number_after("dossiers")
        try:
            filled = await self._act_signed_in(filling.open_dossier, number)
        except Refused:  # it is being examined: its own page says so
            return rx.redirect(self._address(f"/dossiers/{number}"))
        person, (first, _, last) = filled.requester, self.reader_name.partition(" ")
        if "@" in first:
            first = last = ""
        self.procedure, self.civility = filled.title, person.civility
        self.first_name, self.last_name = person.first_name or first, person.last_name or last
        self.wrong_path = self.wrong_text = ""
        self.tries, self.is_ready = 0, True
        return None

    @handler
    async def choose(self, civility: str) -> None:
        """Note the civility that is chosen."""
        self.civility = civility[:10]

    @handler
    async def save(self, entered: dict[str, Any]) -> Any:
        """Keep the names and go on to the form."""
        number = self._number_after("dossiers")
        first, last = (str(entered.get(name) or "")[:1000] for name in ("first_name", "last_name"))
        try:
            await self._act(filing.identify, number, self.civility, first, last)
        except Refused as refused:
            if not refused.path:
                raise
            self.wrong_path, self.wrong_text = refused.path, self._words(refused.text)
            self.tries += 1
            return None
        return rx.redirect(self._address(f"/dossiers/{number}/formulaire"))
