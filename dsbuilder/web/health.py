"""Says that the server is up."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse


async def health(request: Request) -> PlainTextResponse:
    """The word that a monitor looks for."""
    return PlainTextResponse("ok")
