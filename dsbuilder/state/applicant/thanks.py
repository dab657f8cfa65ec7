"""The receipt shown once a dossier is deposited."""

from typing import Any

import reflex as rx

from dsbuilder import clock
from dsbuilder.actions import my_dossiers
from dsbuilder.domain.texts import moment, number
from dsbuilder.state.session import SessionState, handler


class ThanksState(SessionState):
    """Number, date and what happens next."""

    title: str = ""
    dossier: str = ""
    number: str = ""
    deposited: str = ""
    person: str = ""
    organisation: str = ""
    is_ready: bool = False

    @handler
    async def open_page(self) -> Any:
        """Show the receipt; a draft has none yet."""
        self.reset()
        seen = await self._act_signed_in(my_dossiers.see, self._number_after("dossiers"))
        if seen.deposited_at is None:
            return rx.redirect(self._address(f"/dossiers/{seen.number}/formulaire"))
        self.title, self.dossier = seen.title, str(seen.number)
        self.organisation = ", ".join(
            filter(None, (seen.details.service, seen.details.organisation or seen.organisation))
        )
        self.number = number(seen.number, self._language)
        self.deposited = moment(clock.local(seen.deposited_at), self._language)
        self.person = seen.requester.name
        self.is_ready = True
        return None
