"""My procedures: the list, and making a new one."""

from dataclasses import dataclass

import reflex as rx

from dsbuilder.actions import procedures
from dsbuilder.domain.procedure import ProcedureState
from dsbuilder.domain.texts import fold, number
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import short_day

_NEW = {"vide": "blank", "fichier": "file"}


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """One procedure in the list; `sought` is what a search looks into."""

    number: str
    title: str
    href: str
    organisation: str
    address: str
    state: str
    has_changes: bool
    dossiers: str
    waiting: str
    changed_on: str
    sought: str


class ProceduresState(SessionState):
    """The list of my procedures, by state and by words."""

    listed: list[ProcedureView] = []
    counts: dict[str, int] = {}
    shown_state: str = ""
    words: str = ""
    is_open: bool = False
    making: str = ""  # "blank", "file", or nothing

    @handler
    async def open_list(self) -> None:
        """Show my procedures."""
        await self._list()
        self.making = _NEW.get(self._query("nouvelle"), "")
        self.shown_state, self.words = "", ""

    async def _list(self) -> None:
        found = await self._act_signed_in(procedures.my_procedures)
        views = [self._view(one) for one in found]
        self.counts = {
            "": len(views),
            **{state.value: sum(v.state == state for v in views) for state in ProcedureState},
        }
        self.listed, self.is_open = views, True

    def _view(self, one: procedures.ListedProcedure) -> ProcedureView:
        is_draft = one.state is ProcedureState.DRAFT
        address = f"/commencer/{one.path}" if one.path else ""
        return ProcedureView(
            number=str(one.number),
            title=one.title,
            href=self._address(f"/admin/demarches/{one.number}"),
            organisation=one.organisation,
            address=address,
            state=one.state.value,
            has_changes=one.has_changes,
            dossiers="–" if is_draft else number(one.dossiers, self._language),
            waiting="–" if is_draft else number(one.waiting, self._language),
            changed_on=short_day(one.changed_at),
            sought=fold(f"{one.title} {one.organisation} {address} {one.number}"),
        )

    @handler
    async def make(self, how: str) -> None:
        """Ask what a new procedure is made from."""
        if self.making == "file" and not how:  # what was imported, while its list of what is left out was read
            await self._list()
        self.making = how if how in _NEW.values() else ""

    @handler
    async def show_state(self, state: str) -> None:
        """Show the procedures in one state, or all."""
        self.shown_state = state if state in self.counts else ""

    @handler
    async def find(self, words: str) -> None:
        """Show the procedures that hold the words."""
        self.words = fold(words[:200].strip())

    @handler
    async def create(self, form: dict[str, str]) -> object:
        """Make a procedure and open its editor."""
        made = await self._act_signed_in(procedures.create, str(form.get("title", "")))
        self.making = ""
        return rx.redirect(self._address(f"/admin/demarches/{made}/formulaire"))
