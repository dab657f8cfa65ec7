"""One's own account: name, language, and the browsers that are signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dsbuilder.actions import profile, sessions
from dsbuilder.actions.sessions import Shown
from dsbuilder.domain.texts import Text
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import when

_SAVED = Text("C’est enregistré.", "This is saved.")
_ENDED = Text("Cet appareil est déconnecté.", "This device is signed out.")
_OTHERS_ENDED = Text("Vos autres appareils sont déconnectés.", "Your other devices are signed out.")
_UNKNOWN = Text("Navigateur inconnu", "Unknown browser")
_ON = Text("{browser} sur {system}", "{browser} on {system}")
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser that is signed in."""

    key: str
    id: int
    browser: str
    address: str
    since: str
    seen: str
    is_this_one: bool


class ProfileState(SessionState):
    """The account page."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    mail_language: str = ""
    lines: list[SessionLine] = []
    has_others: bool = False
    is_open: bool = False

    @handler
    async def open_profile(self) -> None:
        """Read the account and its sessions."""
        self.reset()
        mine = await self._act_signed_in(profile.read)
        self.email, self.first_name, self.last_name = mine.email, mine.first_name, mine.last_name
        self.mail_language = mine.language
        await self._read_sessions()
        self.is_open = True

    @handler
    async def save(self, form_data: dict[str, str]) -> None:
        """Keep the name and the language."""
        language: Literal["fr", "en"] = "en" if form_data.get("language") == "en" else "fr"
        await self._act_signed_in(
            profile.change, form_data.get("first_name", ""), form_data.get("last_name", ""), language
        )
        mine = await self._act_signed_in(profile.read)
        self.first_name, self.last_name, self.mail_language = mine.first_name, mine.last_name, mine.language
        self._say(_SAVED)

    @handler
    async def revoke(self, session_id: int) -> None:
        """Sign one browser out."""
        await self._act_signed_in(sessions.revoke, session_id)
        await self._read_sessions()
        self._say(_ENDED)

    @handler
    async def revoke_others(self) -> None:
        """Sign every other browser out."""
        await self._act_signed_in(sessions.revoke_others)
        await self._read_sessions()
        self._say(_OTHERS_ENDED)

    async def _read_sessions(self) -> None:
        self._show(await self._act(sessions.mine))

    def _show(self, found: Sequence[Shown]) -> None:
        self.lines = [
            SessionLine(
                key=str(shown.id),
                id=shown.id,
                browser=self._browser(shown.browser),
                address=shown.address,
                since=when(shown.created_at, self._language),
                seen=when(shown.last_seen_at, self._language),
                is_this_one=shown.is_this_one,
            )
            for shown in found
        ]
        self.has_others = any(not shown.is_this_one for shown in found)

    def _browser(self, agent: str) -> str:
        """What a User-Agent header means to people."""
        browser = next((name for mark, name in _BROWSERS if mark in agent), "")
        system = next((name for mark, name in _SYSTEMS if mark in agent), "")
        if browser and system:
            return self._words(_ON.format(browser=browser, system=system))
        return browser or system or self._words(_UNKNOWN)
