"""What surrounds the form of one procedure: its presentation, its team, its state."""

from dataclasses import dataclass, fields

from dsbuilder.actions import drafting, procedures, publishing, team
from dsbuilder.actions.context import Subject
from dsbuilder.domain.details import Details
from dsbuilder.domain.errors import Invalid, NotFound, Refusal, Refused
from dsbuilder.domain.people import Role
from dsbuilder.domain.prefill import ADVISED_LENGTH, query_of
from dsbuilder.domain.texts import Text, number, plural
from dsbuilder.state import live
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import short_day

LISTED = 300  # questions of which the page shows how a link answers them
_QUESTIONS = (Text("{count} question", "{count} question"), Text("{count} questions", "{count} questions"))
_JOINED = Text("{email} peut maintenant travailler sur la démarche.", "{email} may now work on the procedure.")
_INVITED = Text("Une invitation est partie à {email}.", "An invitation was sent to {email}.")
_CLOSED = Text(
    "La démarche est close : elle ne reçoit plus de dossier. Ceux déposés restent à vos agents.",
    "The procedure is closed: it takes no new dossiers. Those deposited stay with your agents.",
)


@dataclass(frozen=True, slots=True)
class MemberView:
    """Someone on the team; `id` is empty for who was invited and has not answered."""

    id: str
    email: str
    name: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class PrefillView:
    """How a link answers one question."""

    label: str
    parameter: str
    value: str


class OverviewState(SessionState):
    """One procedure as its administrators have it."""

    number: str = ""
    title: str = ""
    description: str = ""
    organisation: str = ""
    state: str = ""
    path: str = ""
    has_changes: bool = False
    published_on: str = ""
    closed_on: str = ""
    details: dict[str, str] = {}
    errors: dict[str, str] = {}
    to_complete: list[str] = []
    questions: str = ""
    dossiers: str = ""
    waiting: str = ""
    prefill: list[PrefillView] = []
    prefill_link: str = ""
    administrators: list[MemberView] = []
    instructors: list[MemberView] = []
    sequence: int = 0
    stamp: int = 0
    is_closing: bool = False
    is_open: bool = False

    @handler
    async def open_overview(self) -> None:
        """Show the procedure, and be woken when others change it."""
        self.reset()  # nothing of another procedure stays when this one is refused
        asked = self._number_after("demarches")
        with live.watched(self._tab, Subject("procedure", asked), OverviewState):
            self._show(await self._act_signed_in(procedures.overview, asked))
            self._show_team(await self._act(team.team, asked))
        self.is_open = True

    async def _wake(self) -> None:
        try:
            await self._read_again()
        except Refusal as refusal:
            live.forget(self._tab)
            self._say(refusal.text, "danger")

    async def _read_again(self) -> None:
        asked = self._number_after("demarches")
        self._show(await self._act(procedures.overview, asked))
        self._show_team(await self._act(team.team, asked))

    def _show(self, found: procedures.Overview) -> None:
        self.number, self.title, self.description = str(found.number), found.title, found.description
        self.organisation, self.state, self.path = found.organisation, found.state.value, found.path or ""
        self.has_changes = found.has_changes
        self.published_on, self.closed_on = short_day(found.published_at), short_day(found.closed_at)
        self.details = {f.name: _written(getattr(found.details, f.name)) for f in fields(Details)}
        self.to_complete = [self._words(text) for text in found.to_complete]
        self.questions = self._words(plural(found.questions, *_QUESTIONS))
        self.dossiers, self.waiting = number(found.dossiers, self._language), number(found.waiting, self._language)

        self.prefill = [PrefillView(one.label, one.parameter, one.value) for one in found.prefill[:LISTED]]
        self.prefill_link = f"/commencer/{found.path}?{_shortened(found)}" if found.path and found.prefill else ""

    def _show_team(self, found: team.Team) -> None:
        self.administrators = self._members(found.administrators, found.invited_administrators)
        self.instructors = self._members(found.instructors, found.invited_instructors)

    def _members(self, members: tuple[team.Member, ...], invited: tuple[str, ...]) -> list[MemberView]:
        joined = [MemberView(str(m.account_id), m.email, m.name, m.email == self.reader_email) for m in members]
        return [*joined, *(MemberView("", email, "", False) for email in invited)]

    # -- presentation ------------------------------------------------------------------------------------------------
    @handler
    async def set_title(self, text: str) -> None:
        """Name the procedure."""
        await self._describe(title=text)

    @handler
    async def set_description(self, text: str) -> None:
        """Set what the procedure's page says."""
        await self._describe(description=text)

    async def _describe(self, **what: str) -> None:
        self.stamp += 1
        await self._act(drafting.describe, self._number_after("demarches"), 0, **what)
        await self._read_again()

    @handler
    async def set_detail(self, name: str, text: str) -> None:
        """Set one of the facts that surround the form."""
        self.stamp += 1
        asked = self._number_after("demarches")
        try:
            await self._act(procedures.set_detail, asked, name, text)
        except (Invalid, Refused) as refusal:
            self.errors = {**self.errors, name: self._words(refusal.text)}
            return
        self.errors = {key: said for key, said in self.errors.items() if key != name}
        self._show(await self._act(procedures.overview, asked))

    # -- the team ----------------------------------------------------------------------------------------------------
    @handler
    async def invite(self, role: str, form: dict[str, str]) -> None:
        """Invite someone by e-mail."""
        email = str(form.get("email", "")).strip()
        try:
            joined = await self._act(team.invite, self._number_after("demarches"), email, _role(role), self._language)
        except (Invalid, Refused) as refusal:
            self.errors = {**self.errors, role: self._words(refusal.text)}
            return
        self.errors = {key: said for key, said in self.errors.items() if key != role}
        self._show_team(await self._act(team.team, self._number_after("demarches")))
        self._say((_JOINED if joined else _INVITED).format(email=email))

    @handler
    async def remove_member(self, account: str, email: str, role: str) -> None:
        """Take someone out of the team, or an invitation back."""
        asked = self._number_after("demarches")
        if account:
            if not (account.isascii() and account.isdigit() and len(account) < 16):
                raise NotFound()
            await self._act(team.remove, asked, int(account), _role(role))
        else:
            await self._act(team.withdraw, asked, email, _role(role))
        await self._read_again()

    # -- closing -----------------------------------------------------------------------------------------------------
    @handler
    async def ask_to_close(self, asked: bool) -> None:
        """Ask whether to close for good, or no longer."""
        self.is_closing = asked

    @handler
    async def close_procedure(self) -> None:
        """Take no new dossiers."""
        await self._act(publishing.close, self._number_after("demarches"))
        self.is_closing = False
        await self._read_again()
        self._say(_CLOSED)


def _shortened(found: procedures.Overview) -> str:
    """An example of a link, no longer than programs take whole."""
    shown = found.prefill
    while len(query_of(shown)) > ADVISED_LENGTH and len(shown) > 1:
        shown = shown[: len(shown) // 2]
    return query_of(shown)


def _role(text: str) -> Role:
    if text not in set(Role):
        raise NotFound()
    return Role(text)


def _written(value: object) -> str:
    return "" if value is None else str(value)
