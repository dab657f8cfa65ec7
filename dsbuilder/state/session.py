"""Who is acting in this tab and in which language; the guard that every event handler passes; notices."""

import functools
import itertools
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from typing import Any, ParamSpec, TypeVar
from urllib.parse import parse_qsl

import reflex as rx
import structlog
from pydantic import ConfigDict, ValidationError, validate_call
from reflex_base.registry import RegistrationContext

from dsbuilder import clock
from dsbuilder.actions import context, sessions
from dsbuilder.actions.context import Action
from dsbuilder.domain.errors import NotFound, Refusal
from dsbuilder.domain.people import Role
from dsbuilder.domain.texts import Language, Text
from dsbuilder.state import live
from dsbuilder.state.pace import too_fast

P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger("state")
LOOK_EVERY = timedelta(minutes=5)
MOST_PAIRS = 600  # parameters that are read of an address

_WRONG_ARGUMENTS = Text(
    "Cette demande n’a pas la bonne forme : rien n’a été changé. Rechargez la page.",
    "This request has the wrong form: nothing was changed. Reload the page.",
)
_TOO_FAST = Text(
    "Trop de demandes en peu de temps. Attendez quelques secondes, puis recommencez.",
    "Too many requests in a short time. Wait a few seconds, then try again.",
)
_UNEXPECTED = Text(
    "Une erreur est survenue, rien n’a été changé. Réessayez ; si elle revient, donnez cette référence : {reference}.",
    "Something went wrong, nothing was changed. Try again; if it comes back, give this reference: {reference}.",
)


def handler(function: Callable[..., Awaitable[Any]]) -> Any:
    """Make a method of a state an event: arguments strictly checked, pace limited, refusals shown as a notice.

    Every public method of a state can be called by anyone on the network with any arguments: none may go without this.
    """
    checked = validate_call(config=ConfigDict(strict=True, arbitrary_types_allowed=True))(function)

    @functools.wraps(function)
    async def guarded(self: "SessionState", *args: Any, **kwargs: Any) -> Any:
        if too_fast(self._pace_key()):
            return self._say(_TOO_FAST, "danger")
        try:
            await self._note_use()
            return await checked(self, *args, **kwargs)
        except SignInNeeded:
            self.leaving = self._sign_in_address()  # the server draws that page, outside of the app
            return None
        except ValidationError:
            return self._say(_WRONG_ARGUMENTS, "danger")
        except Refusal as refusal:
            return self._say(refusal.text, "danger")
        except Exception as error:
            return self._unexpected(error)

    guarded.is_guarded = True  # type: ignore[attr-defined]
    return rx.event(guarded)


@lru_cache(maxsize=4096)
def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


class SignInNeeded(Exception):
    """The page needs an account and nobody is signed in."""


class SessionState(rx.State):
    """The base of every state: what any page may need to know about its reader."""

    notice: str = ""
    notice_tone: str = ""
    leaving: str = ""  # the address of a page outside of the app to which the reader is taken
    reader_name: str = ""
    reader_email: str = ""
    is_administrator: bool = False
    is_instructor: bool = False
    _use_noted: float = 0.0  # seconds, when this tab last looked whether its session must be kept from going idle

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Take from every state Reflex's event that calls any of its methods whose name begins with `set_`."""
        super().__init_subclass__(**kwargs)
        _forbid_setting(cls)

    # -- acting ----------------------------------------------------------------------------------------------------
    async def _act(self, action: Action[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action as the reader, in a thread, in one transaction. Raises what the action refuses."""
        live.acting_tab.set(self._tab)  # this tab knows what it did: only others are woken
        return await context.act(action, *args, actor=sessions.holder_of(self._token()), **kwargs)

    async def _act_signed_in(self, action: Action[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for a page that only makes sense with an account: sends to sign-in otherwise."""
        await self._greet()
        if not self.reader_email:
            raise SignInNeeded
        return await self._act(action, *args, **kwargs)

    async def _greet(self) -> None:
        """Show who is signed in; asked at each opening of a page, because a session may have ended."""
        actor = await self._act(sessions.whoami)
        self.reader_name, self.reader_email = actor.name or actor.email, actor.email
        self.is_administrator = Role.ADMINISTRATOR in actor.roles
        self.is_instructor = Role.INSTRUCTOR in actor.roles
        self.notice = self.leaving = ""

    async def _note_use(self) -> None:
        """Keep the session from going idle while someone works in this tab, without a write at each event."""
        now = clock.now()
        if now.timestamp() - self._use_noted > LOOK_EVERY.total_seconds() and self._token():
            self._use_noted = now.timestamp()
            if sessions.is_long_unseen(await self._act(sessions.whoami), now):
                await self._act(sessions.note_seen)

    def _token(self) -> str:
        """The session cookie of the handshake; the browser's scripts cannot read it."""
        return _cookie(self.rx_router_headers.raw_headers.get("cookie", ""), sessions.cookie_name())

    # `self.router` puts all five of its parts together each time it is read, which took a tenth of each event.
    @property
    def _tab(self) -> str:
        return str(self.rx_router_session.client_token)

    @property
    def _path(self) -> str:
        return str(self.rx_router_url.path)

    def _pace_key(self) -> str:
        session = self.rx_router_session
        return f"{session.client_ip}/{session.client_token}"

    # -- where one is ----------------------------------------------------------------------------------------------
    @property
    def _language(self) -> Language:
        path = self._path
        return "en" if path == "/en" or path.startswith("/en/") else "fr"

    def _words(self, text: Text) -> str:
        return text[self._language]

    def _number_after(self, word: str) -> int:
        """The number that follows `word` in the address. Raises NotFound."""
        parts = self._path.strip("/").split("/")
        for before, after in itertools.pairwise(parts):
            if before == word and after.isascii() and after.isdigit() and len(after) < 16:
                return int(after)
        raise NotFound()

    def _query(self, name: str) -> str:
        """A parameter of the address, empty when absent."""
        return self.router.url.query_parameters.get(name, "")[:500]

    def _pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address in their order, those that come several times too."""
        return parse_qsl(self.rx_router_url.query)[:MOST_PAIRS]

    def _address(self, path: str) -> str:
        """One of our pages in the reader's language."""
        return path if self._language == "fr" else f"/en{path}"

    def _sign_in_address(self) -> str:
        from_path = self._path
        return f"{self._address('/connexion')}?next={from_path}"

    # -- saying ----------------------------------------------------------------------------------------------------
    def _say(self, text: Text, tone: str = "success") -> None:
        self.notice, self.notice_tone = self._words(text), tone

    def _unexpected(self, error: Exception) -> None:
        reference = secrets.token_hex(4)
        log.error("unexpected", reference=reference, exc_info=error)
        self._say(_UNEXPECTED.format(reference=reference), "danger")

    @handler
    async def dismiss_notice(self) -> None:
        """Take the notice away."""
        self.notice = ""

    @handler
    async def open_page(self) -> None:
        """What a page without a state of its own does when it opens."""
        await self._greet()


def _forbid_setting(state: type[rx.State]) -> None:
    state.event_handlers.pop("setvar", None)
    RegistrationContext.ensure_context().event_handlers.pop(f"{state.get_full_name()}.setvar", None)


_forbid_setting(SessionState)
