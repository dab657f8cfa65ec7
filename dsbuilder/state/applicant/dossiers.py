"""The citizen's list of dossiers."""

from dataclasses import dataclass

from dsbuilder import clock
from dsbuilder.actions import my_dossiers
from dsbuilder.actions.my_dossiers import Listed, Mine, MyTab
from dsbuilder.domain.documents import person_from_json
from dsbuilder.domain.dossier import STATE_LABELS, DossierState
from dsbuilder.domain.texts import Language, Text, day, number, plural
from dsbuilder.state.applicant.showing import TONES, emptied_when_refused
from dsbuilder.state.session import SessionState, handler

TAB_LABELS: dict[MyTab, Text] = {
    MyTab.IN_PROGRESS: Text("En cours", "In progress"),
    MyTab.DECIDED: Text("Traités", "Decided"),
    MyTab.DRAFTS: Text("Brouillons", "Drafts"),
}
DEPOSITED_ON = Text("Déposé le {day}", "Submitted on {day}")
CHANGED_ON = Text("Modifié le {day}", "Changed on {day}")
NEW_ONE = Text("1 nouveau message", "1 new message")
NEW_MANY = Text("{count} nouveaux messages", "{count} new messages")


@dataclass(frozen=True, slots=True)
class TabView:
    """One tab with its count."""

    key: str
    label: str
    count: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier of the list."""

    key: str
    number: str
    title: str
    state: str
    tone: str
    person: str
    when: str
    news: str
    is_draft: bool


class MyDossiersState(SessionState):
    """One tab of the list, page by page."""

    is_ready: bool = False
    tabs: list[TabView] = []
    lines: list[Line] = []
    tab: str = ""
    following: str = ""
    preceding: str = ""

    @handler
    async def open_page(self) -> None:
        """Show the tab and page that the address names."""
        with emptied_when_refused(self):
            found = await self._act_signed_in(my_dossiers.mine, self._query("onglet"), self._query("page"))
        self._show(found)
        self.is_ready = True

    def _show(self, found: Mine) -> None:
        language = self._language
        self.tabs = [
            TabView(tab, TAB_LABELS[tab][language], number(found.counts[tab], language), tab is found.tab)
            for tab in MyTab
        ]
        self.lines = [_line(item, language) for item in found.items]
        self.tab, self.following, self.preceding = found.tab, found.following, found.preceding


def _line(item: Listed, language: Language) -> Line:
    state = DossierState(item.state)
    said, at = (DEPOSITED_ON, item.deposited_at) if item.deposited_at else (CHANGED_ON, item.updated_at)
    return Line(
        key=str(item.number),
        number=number(item.number, language),
        title=item.procedure_title,
        state=STATE_LABELS[state][language],
        tone=TONES[state],
        person=person_from_json(item.requester).name,
        when=said[language].format(day=day(clock.local(at).date(), language)),
        news=plural(item.unread, NEW_ONE, NEW_MANY)[language] if item.unread else "",
        is_draft=state is DossierState.DRAFT,
    )
