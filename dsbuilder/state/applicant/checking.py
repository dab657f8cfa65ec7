"""The answers of a dossier read again before depositing it."""

from typing import Any

import reflex as rx

from dsbuilder.actions import depositing, filling
from dsbuilder.domain.dossier import DossierState
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.reading import ReadSection, read
from dsbuilder.domain.texts import Text
from dsbuilder.state.session import SessionState, handler

CIVILITIES = {"Mme": Text("Madame", "Ms"), "M.": Text("Monsieur", "Mr")}


class CheckingState(SessionState):
    """The page to check: everything as it will be deposited."""

    title: str = ""
    dossier: str = ""
    person: str = ""
    sections: list[ReadSection] = []
    changed: str = ""
    is_ready: bool = False

    @handler
    async def open_page(self) -> Any:
        """Show the answers; a deposited dossier has its own page."""
        self.reset()
        number = self._number_after("dossiers")
        try:
            filled = await self._act_signed_in(filling.open_dossier, number)
        except Refused:  # it is being examined: its own page says so
            return rx.redirect(self._address(f"/dossiers/{number}"))
        if filled.state is not DossierState.DRAFT:
            return rx.redirect(self._address(f"/dossiers/{number}"))
        self.title, self.dossier = filled.title, str(number)
        civility = CIVILITIES.get(filled.requester.civility)
        self.person = " ".join(filter(None, (self._words(civility) if civility else "", filled.requester.name)))
        self.sections = list(read(filled.form, filled.answers, self._language, filled.day, dossier=filled.number))
        self.changed = self._words(filled.changed) if filled.changed else ""
        self.is_ready = True
        return None

    @handler
    async def submit(self) -> Any:
        """Deposit the dossier; when something is wrong, go back to where it is corrected."""
        number = self._number_after("dossiers")
        try:
            await self._act(depositing.submit, number)
        except Refused as refused:
            if refused.path == "identity":
                return rx.redirect(self._address(f"/dossiers/{number}/identite"))
            if refused.path:
                return rx.redirect(self._address(f"/dossiers/{number}/formulaire?corriger=1"))
            self._say(refused.text, "danger")
            return None
        return rx.redirect(self._address(f"/dossiers/{number}/merci"))
