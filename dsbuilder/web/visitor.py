"""Who asks, from where, and what their form says."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from dsbuilder.actions import sessions
from dsbuilder.actions.context import Who
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.texts import Language, Text
from dsbuilder.settings import settings
from dsbuilder.web.origin import from_our_pages

LARGEST_FORM = 64 * 1024
MOST_INPUTS = 30
LONGEST_PATH = 6_000  # the answers that a link brings stay in it while one signs in

FOREIGN_FORM = Text(
    "Cette demande ne vient pas d’une page de ce site. Rechargez la page, puis recommencez.",
    "This request does not come from a page of this site. Reload the page, then try again.",
)
TOO_LARGE = Text("Ce formulaire est trop long.", "This form is too long.")


def language_of(request: Request) -> Language:
    """The language of the address."""
    path = request.url.path
    return "en" if path == "/en" or path.startswith("/en/") else "fr"


def session_token(request: Request) -> str:
    """What the session cookie holds; empty without one."""
    return request.cookies.get(sessions.cookie_name(), "")


def who(request: Request) -> Who:
    """The actor, found in the transaction of the action."""
    return sessions.holder_of(session_token(request))


def address_of(request: Request) -> str:
    """The address of the machine that asks, as seen by the outermost proxy that we trust."""
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    trusted = settings().trusted_proxies
    if trusted and len(hops) >= trusted:
        return hops[-trusted][:45]
    return request.client.host if request.client else ""


def browser_of(request: Request) -> str:
    """What the browser says it is."""
    return request.headers.get("user-agent", "")[:300]


async def form_of(request: Request) -> Mapping[str, str]:
    """The inputs of a form sent by one of our own pages. Raises Refused."""
    if not from_our_pages(request):
        raise Refused(FOREIGN_FORM)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise Refused(TOO_LARGE)
    try:
        inputs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_INPUTS)
    except ValueError:
        raise Refused(TOO_LARGE) from None
    return dict(inputs)


def own_path(text: str) -> str:
    """`text` when it is the address of one of our pages, otherwise empty: nobody is sent elsewhere from here."""
    is_path = text.startswith("/") and not text.startswith(("//", "/\\"))
    return (
        text
        if is_path and text.isprintable() and "\\" not in text and " " not in text and len(text) < LONGEST_PATH
        else ""
    )
