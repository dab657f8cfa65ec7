"""What stands at an address that does not exist."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dsbuilder.domain.texts import Text
from dsbuilder.web.rendering import page

HEADING = Text("Cette page n’existe pas", "This page does not exist")


async def missing_page(request: Request) -> Response:
    """A page for people, with the ways on from here; a word for what asks for a file."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("404", 404)
    return await page(request, "missing.html", status=404, heading=HEADING)
