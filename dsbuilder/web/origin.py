"""Whether a request that changes something comes from our own pages."""

from starlette.requests import Request

from dsbuilder.settings import settings


def from_our_pages(request: Request) -> bool:
    """True when the browser says so: every browser that sends our cookie names the origin of such a request."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    return origin in settings().origins if origin is not None else site == "same-origin"
