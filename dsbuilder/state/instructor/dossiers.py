"""One tab of a procedure's dossiers, or what a search found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx

from dsbuilder.actions import desk
from dsbuilder.actions.context import Subject
from dsbuilder.actions.desk import SEARCHED, DeskList, Listed
from dsbuilder.domain.desk import TAB_LABELS, Tab
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.errors import Refusal
from dsbuilder.domain.texts import Text, number, plural
from dsbuilder.state import live
from dsbuilder.state.instructor.procedures import ProcedureLine, line
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import short_day

_ONE, _MANY = Text("{count} dossier", "{count} dossier"), Text("{count} dossiers", "{count} dossiers")
_FIRST_FOUND = Text("Les {count} premiers dossiers trouvés", "The first {count} dossiers found")
_PAGE = Text("page {page}", "page {page}")
_NEW_MESSAGE = Text("{count} nouveau message", "{count} new message")
_NEW_MESSAGES = Text("{count} nouveaux messages", "{count} new messages")


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One dossier in the table."""

    key: str
    number: str
    href: str
    requester: str
    email: str
    state: str
    deposited: str
    followers: str
    is_unread: bool
    unread_label: str


@dataclass(frozen=True, slots=True)
class TabLink:
    """One tab: its label, count and address."""

    key: str
    label: str
    count: str
    href: str
    is_current: bool


class DossiersState(SessionState):
    """The list that an agent works through."""

    title: str = ""
    sides: list[ProcedureLine] = []
    tabs: list[TabLink] = []
    lines: list[DossierLine] = []
    words: str = ""
    summary: str = ""
    following: str = ""
    preceding: str = ""
    procedure: str = ""
    current_tab: str = ""
    is_open: bool = False

    @handler
    async def open_list(self) -> None:
        """Read the tab, the page and the search that the address names."""
        self.reset()
        procedures = await self._act_signed_in(desk.my_procedures)
        self.sides = [line(procedure, self._language, self._address("")) for procedure in procedures]
        await self._read_again()
        subject = Subject("procedure", self._number_after("instruction"))
        live.watch(self._tab, subject, DossiersState)

    @handler
    async def find(self, form_data: dict[str, str]) -> rx.event.EventSpec | None:
        """Search for what was typed; nothing typed leads back to the tabs."""
        words = form_data.get("recherche", "").strip()[:200]
        return rx.redirect(self._list_address(recherche=words) if words else self._list_address())

    async def _wake(self) -> None:
        """Someone changed a dossier of the list: read it again, or show nothing more of it."""
        try:
            await self._read_again()
        except Refusal as refusal:
            live.forget(self._tab)
            self.reset()
            self._say(refusal.text, "danger")

    async def _read_again(self) -> None:
        procedure, tab = self._number_after("instruction"), self._asked_tab()
        self.words = self._query("recherche").strip()
        if self.words:
            found = await self._act(desk.search, procedure, self.words)
        else:
            found = await self._act(desk.tab, procedure, tab, self._query("place"))
        self._show(found, tab)

    def _show(self, found: DeskList, tab: Tab) -> None:
        self.procedure, self.title = str(found.procedure.number), found.procedure.title
        self.current_tab = "" if self.words else tab.value
        self.tabs = [self._tab_link(each, found.procedure.counts[each], tab) for each in Tab]
        self.lines = [self._line(listed, found.followers) for listed in found.dossiers]
        self.summary = self._summary(found, tab)
        page = self._page()
        self.following = self._page_address(tab, found.following, page + 1)
        self.preceding = self._page_address(tab, found.preceding, page - 1)
        self.is_open = True

    # -- addresses -------------------------------------------------------------------------------------------------
    def _asked_tab(self) -> Tab:
        asked = self._query("statut")
        return Tab(asked) if asked in set(Tab) else Tab.TO_FOLLOW

    def _page(self) -> int:
        asked = self._query("page")
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1

    def _list_address(self, **query: str) -> str:
        path = self._address(f"/instruction/{self._number_after('instruction')}")
        return f"{path}?{urlencode(query)}" if query else path

    def _page_address(self, tab: Tab, place: str, page: int) -> str:
        return self._list_address(statut=tab.value, place=place, page=str(max(page, 1))) if place else ""

    # -- lines -----------------------------------------------------------------------------------------------------
    def _tab_link(self, tab: Tab, count: int, current: Tab) -> TabLink:
        return TabLink(
            key=tab.value,
            label=self._words(TAB_LABELS[tab]),
            count=number(count, self._language),
            href=self._list_address(statut=tab.value),
            is_current=tab is current and not self.words,
        )

    def _line(self, listed: Listed, followers: Mapping[int, Sequence[str]]) -> DossierLine:
        came_from = {"recherche": self.words} if self.words else {"statut": self._asked_tab().value}
        return DossierLine(
            key=str(listed.number),
            number=number(listed.number, self._language),
            href=f"{self._list_address()}/dossiers/{listed.number}?{urlencode(came_from)}",
            requester=person_from_json(listed.requester).name or listed.email,
            email=listed.email,
            state=listed.state,
            deposited=short_day(listed.deposited_at),
            followers=", ".join(followers.get(listed.number, ())),
            is_unread=listed.unread > 0,
            unread_label=self._words(plural(listed.unread, _NEW_MESSAGE, _NEW_MESSAGES)),
        )

    def _summary(self, found: DeskList, tab: Tab) -> str:
        count = len(found.dossiers) if self.words else found.procedure.counts[tab]
        if self.words and count == SEARCHED:
            return self._words(_FIRST_FOUND.format(count=count))
        said = self._words(plural(count, _ONE, _MANY)).replace(str(count), number(count, self._language), 1)
        page = self._page()
        return f"{said}, {self._words(_PAGE.format(page=page))}" if page > 1 and not self.words else said
