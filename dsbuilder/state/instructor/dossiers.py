"""One tab of a procedure's dossiers, or what a search found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import reflex as rx

from dsbuilder.actions import desk
from dsbuilder.actions.context import Subject
from dsbuilder.actions.desk import SEARCHED, DeskList, Listed
from dsbuilder.domain.desk import TAB_LABELS, Tab
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.errors import Refusal
from dsbuilder.domain.narrowing import Filter, Narrowing, words_of
from dsbuilder.domain.narrowing_words import said, said_order
from dsbuilder.domain.texts import Text, number, plural
from dsbuilder.state import live
from dsbuilder.state.instructor.procedures import ProcedureLine, line
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import short_day

_ONE, _MANY = Text("{count} dossier", "{count} dossier"), Text("{count} dossiers", "{count} dossiers")
_FIRST_FOUND = Text("Les {count} premiers dossiers trouvés", "The first {count} dossiers found")
_SOME = Text("Dossiers filtrés", "Filtered dossiers")
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
class Chip:
    """One thing that the list is narrowed to, or sorted by, and the address of the list without it."""

    key: str
    label: str
    how: str
    value: str
    without: str


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
    chips: list[Chip] = []
    order: Chip = Chip("", "", "", "", "")
    bare: str = ""  # the address of the tab without filters
    export: str = ""
    words: str = ""
    summary: str = ""
    following: str = ""
    preceding: str = ""
    procedure: str = ""
    current_tab: str = ""
    is_open: bool = False
    _narrowed: list[tuple[str, str]] = []  # the words of the address that narrow and sort

    @handler
    async def open_list(self) -> None:
        """Read the tab, the page and the search that the address names."""
        self.reset()
        with live.watched(self._tab, Subject("procedure", self._number_after("instruction")), DossiersState):
            procedures = await self._act_signed_in(desk.my_procedures)
            self.sides = [line(procedure, self._language, self._address("")) for procedure in procedures]
            await self._read_again()

    @handler
    async def find(self, form_data: dict[str, str]) -> rx.event.EventSpec | None:
        """Search for what was typed; nothing typed leads back to the tabs."""
        words = form_data.get("recherche", "").strip()[:200]
        return rx.redirect(self._list_address([("recherche", words)] if words else []))

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
            found = await self._act(desk.tab, procedure, tab, self._query("place"), self._pairs())
        self._show(found, tab)

    def _show(self, found: DeskList, tab: Tab) -> None:
        self.procedure, self.title = str(found.procedure.number), found.procedure.title
        self._narrowed = words_of(found.narrowing)
        self.current_tab = "" if self.words else tab.value
        self.tabs = [self._tab_link(each, found.procedure.counts[each], tab) for each in Tab]
        self.lines = [self._line(listed, found.followers) for listed in found.dossiers]
        self.summary = self._summary(found, tab)
        self._show_narrowing(found.narrowing)
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

    def _list_address(self, query: Sequence[tuple[str, str]] = ()) -> str:
        path = self._address(f"/instruction/{self._number_after('instruction')}")
        return f"{path}?{urlencode(query)}" if query else path

    def _page_address(self, tab: Tab, place: str, page: int) -> str:
        where = [("statut", tab.value), *self._narrowed, ("place", place), ("page", str(max(page, 1)))]
        return self._list_address(where) if place else ""

    def _show_narrowing(self, narrowing: Narrowing) -> None:
        self.chips = [
            Chip(one.column.key + one.how, self._words(one.column.label), *map(self._words, said(one)), "")
            for one in narrowing.filters
        ]
        self.chips = [
            replace(chip, without=self._without(narrowing, filter=one))
            for chip, one in zip(self.chips, narrowing.filters, strict=True)
        ]
        sort = narrowing.sort
        self.order = (
            Chip("", "", "", "", "")
            if sort is None
            else Chip(
                sort.column.key,
                self._words(sort.column.label),
                "",
                self._words(said_order(sort)),
                self._without(narrowing),
            )
        )
        asked = [("recherche", self.words)] if self.words else [("statut", narrowing.tab.value), *self._narrowed]
        self.bare = self._list_address([("statut", narrowing.tab.value)])
        number = self._number_after("instruction")
        self.export = f"/instruction/exporter/{number}?{urlencode([*asked, ('langue', self._language)])}"

    def _without(self, narrowing: Narrowing, filter: Filter | None = None) -> str:
        """The address of the list without a filter, or without its sort."""
        rest = tuple(one for one in narrowing.filters if one is not filter)
        left = replace(narrowing, filters=rest, sort=narrowing.sort if filter else None)
        return self._list_address([("statut", narrowing.tab.value), *words_of(left)])

    # -- lines -----------------------------------------------------------------------------------------------------
    def _tab_link(self, tab: Tab, count: int, current: Tab) -> TabLink:
        return TabLink(
            key=tab.value,
            label=self._words(TAB_LABELS[tab]),
            count=number(count, self._language),
            href=self._list_address([("statut", tab.value), *self._narrowed]),
            is_current=tab is current and not self.words,
        )

    def _line(self, listed: Listed, followers: Mapping[int, Sequence[str]]) -> DossierLine:
        came_from = [("recherche", self.words)] if self.words else [("statut", self.current_tab), *self._narrowed]
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
        count, page = found.count, self._page()
        if self.words and count == SEARCHED:
            return self._words(_FIRST_FOUND.format(count=count))
        if count is None and not found.following and not found.preceding:
            count = len(found.dossiers)
        if count is None:  # counting what a common filter means would take longer than the page
            told = self._words(_SOME)
        else:
            told = self._words(plural(count, _ONE, _MANY)).replace(str(count), number(count, self._language), 1)
        return f"{told}, {self._words(_PAGE.format(page=page))}" if page > 1 and not self.words else told
