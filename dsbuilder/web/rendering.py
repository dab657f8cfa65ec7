"""Pages that are drawn by the server: real HTML, which works without JavaScript."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dsbuilder.actions import context, sessions
from dsbuilder.domain.texts import Text
from dsbuilder.settings import settings
from dsbuilder.web.visitor import language_of, who

TEMPLATES = Environment(
    loader=PackageLoader("dsbuilder.web"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def icon(name: str) -> Markup:
    """The same icon as `components/icons.py` draws; a word stands beside it."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="/icons.svg#i-{}"/></svg>').format(name)


TEMPLATES.globals["icon"] = icon


async def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page as an answer, in the language of its address; who is signed in is its `reader`."""
    language = language_of(request)
    path = request.url.path
    query = f"?{request.url.query}" if request.method == "GET" and request.url.query else ""
    prefix = "" if language == "fr" else "/en"
    there = (f"/en{path}".rstrip("/") if language == "fr" else path.removeprefix("/en") or "/") + query

    def t(fr: str | Text, en: str = "") -> str:
        return fr[language] if isinstance(fr, Text) else {"fr": fr, "en": en}[language]

    html = TEMPLATES.get_template(template).render(
        reader=await context.act(sessions.whoami, actor=who(request)),
        language=language,
        other_language="en" if language == "fr" else "fr",
        other_address=there,
        href=lambda path: prefix + path if path != "/" else prefix or "/",
        is_demo=settings().demo,
        t=t,
        **values,
    )
    return HTMLResponse(html, status, {"cache-control": "no-store", "vary": "cookie"})
