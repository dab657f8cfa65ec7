"""What the routes of the account pages share: refusals as a page, redirections, the session cookie."""

from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dsbuilder.actions import sessions
from dsbuilder.actions.sessions import Outcome
from dsbuilder.domain.errors import Refusal
from dsbuilder.domain.people import Actor, Role
from dsbuilder.domain.texts import Language, Text
from dsbuilder.web.rendering import page
from dsbuilder.web.visitor import FOREIGN_FORM, language_of

Endpoint = Callable[[Request], Awaitable[Response]]
NOT_POSSIBLE = Text("Ce n’est pas possible", "This is not possible")
BACK = Text("Aller à la page de connexion", "Go to the sign-in page")


def refusing(endpoint: Endpoint) -> Endpoint:
    """Make a page of what the action refuses and the form has no place for."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return await message(
                request,
                NOT_POSSIBLE,
                refusal.text,
                link="/connexion",
                link_text=BACK,
                status=403 if refusal.text is FOREIGN_FORM else 422,
            )

    return answered


async def message(
    request: Request,
    heading: Text,
    *paragraphs: Text,
    link: str = "",
    link_text: Text = BACK,
    mailed: bool = False,
    status: int = 200,
) -> Response:
    """A page that says one thing."""
    return await page(
        request,
        "message.html",
        status=status,
        heading=heading,
        paragraphs=paragraphs,
        link=link,
        link_text=link_text,
        quiet=mailed,
        mailed=mailed,
    )


def go(path: str, **query: str) -> RedirectResponse:
    """Send the browser on, with GET, after a form; what is empty in the query is left out."""
    given = urlencode({name: value for name, value in query.items() if value})
    return RedirectResponse(f"{path}?{given}" if given else path, 303)


def in_language(request: Request, path: str) -> str:
    """One of our pages in the language of the present one."""
    return path if language_of(request) == "fr" else f"/en{path}".rstrip("/")


def place_of(actor: Actor, language: Language) -> str:
    """Where an actor works."""
    prefix = "" if language == "fr" else "/en"
    if Role.ADMINISTRATOR in actor.roles:
        return f"{prefix}/admin"
    return f"{prefix}/instruction" if Role.INSTRUCTOR in actor.roles else f"{prefix}/dossiers"


def set_session(response: Response, outcome: Outcome, *, remember: bool = False) -> None:
    """Give the browser its session: out of reach of scripts, not sent by other sites, over https where there is."""
    response.set_cookie(
        sessions.cookie_name(),
        outcome.token,
        max_age=int(sessions.LONGEST.total_seconds()) if remember else None,
        path="/",
        secure=sessions.is_secure(),
        httponly=True,
        samesite="lax",
    )


def clear_session(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(sessions.cookie_name(), path="/", secure=sessions.is_secure(), httponly=True, samesite="lax")
