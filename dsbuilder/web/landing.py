"""The page on which a procedure is presented, readable without JavaScript, and its one button."""

from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dsbuilder.actions import filing, sessions
from dsbuilder.actions.context import act
from dsbuilder.actions.public import PublicProcedure, prefill_at, procedure_at
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.markup import to_html, to_text
from dsbuilder.domain.prefill import Prefilled, ours
from dsbuilder.domain.texts import Text, day, plural
from dsbuilder.web.answering import go, in_language, message
from dsbuilder.web.rendering import page
from dsbuilder.web.visitor import form_of, language_of, who

_NO_SUCH = Text("Cette démarche n’existe pas", "There is no such procedure")
_CHECK = Text(
    "Vérifiez l’adresse : elle est peut-être incomplète, ou la démarche n’est plus en ligne.",
    "Check the address: it may be incomplete, or the procedure is no longer online.",
)
_HOME = Text("Voir les démarches ouvertes", "See the open procedures")
_BROUGHT = (
    Text(
        "Ce lien apporte {count} réponse. Vous pourrez la relire et la modifier avant de déposer.",
        "This link brings {count} answer. You will be able to read and change it before you submit.",
    ),
    Text(
        "Ce lien apporte {count} réponses. Vous pourrez les relire et les modifier avant de déposer.",
        "This link brings {count} answers. You will be able to read and change them before you submit.",
    ),
)
_BEGIN = "commencer"  # in the query once one has pressed the button and had to sign in first


async def landing_page(request: Request) -> Response:
    """What a procedure is for and what it asks; pressing its button begins a dossier."""
    try:
        if request.method == "POST":
            form = await form_of(request)
            return await _begin(request, again=form.get("again") == "1")
        reader = await act(sessions.whoami, actor=who(request))
        if _BEGIN in request.query_params and reader.signed_in and _is_own_step(request):
            return await _begin(request)
        return await _shown(request)
    except NotFound:
        return await message(request, _NO_SUCH, _CHECK, link="/", link_text=_HOME, status=404)
    except Refused as refused:
        return await _shown(request, refusal=refused.text)


async def _begin(request: Request, again: bool = False) -> Response:
    """Go to a draft, or to sign in first and come back here."""
    path, test = _address(request)
    reader = await act(sessions.whoami, actor=who(request))
    if not reader.signed_in:
        await act(procedure_at, path, test, actor=who(request))
        back = f"{request.url.path}?{_query(request, (_BEGIN, '1'))}"
        return go(in_language(request, "/connexion"), next=back)
    number = await act(filing.start, path, test, again, _parameters(request), actor=who(request))
    return RedirectResponse(in_language(request, f"/dossiers/{number}/identite"), 303)


async def _shown(request: Request, refusal: Text | None = None) -> Response:
    path, test = _address(request)
    found = await act(procedure_at, path, test, actor=who(request))
    parameters = _parameters(request)
    prefilled = await act(prefill_at, path, test, parameters, actor=who(request)) if parameters else Prefilled()
    return await page(
        request,
        "landing.html",
        status=200 if refusal is None else 422,
        refusal=refusal,
        prefilled=prefilled,
        brought=plural(prefilled.count, *_BROUGHT),
        **_values(request, found),
    )


def _values(request: Request, found: PublicProcedure) -> dict[str, Any]:
    details, language = found.details, language_of(request)
    summary = to_text(found.description)
    return {
        "procedure": found,
        "details": details,
        "description": Markup(to_html(found.description)),  # cleaned by to_html
        "summary": summary if len(summary) <= 160 else f"{summary[:157]}...",
        "closes": day(details.closes_on, language) if details.closes_on else "",
        "query": _query(request),
        "site": details.site if details.site.startswith(("https://", "http://")) else "",
        "legal_basis": details.legal_basis if details.legal_basis.startswith(("https://", "http://")) else "",
        "phone_link": quote("".join(c for c in details.phone if c in "+0123456789")),
    }


def _address(request: Request) -> tuple[str, bool]:
    return request.path_params["path"], "test" in request.query_params


def _parameters(request: Request) -> list[tuple[str, str]]:
    return ours(request.query_params.multi_items())


def _query(request: Request, *more: tuple[str, str]) -> str:
    """What of the query stays while one signs in: whether it is a test, and the answers that the link brings."""
    test = [("test", "1")] if "test" in request.query_params else []
    return urlencode([*more, *test, *_parameters(request)], safe="[]")


def _is_own_step(request: Request) -> bool:
    """Whether one comes from our sign-in or from a mail, and not from a page of another site that would begin for us."""
    return request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")
