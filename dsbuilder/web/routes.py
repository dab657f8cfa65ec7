"""The HTTP routes: what is not a Reflex page."""

from starlette.routing import BaseRoute, Route

from dsbuilder.web import files
from dsbuilder.web.health import health

ROUTES: list[BaseRoute] = [
    Route("/sante", health),
    *files.ROUTES,
]
