"""Drawings over HTTP, as a large one is more than a socket takes: read, kept, and made of files and coordinates."""

import asyncio
import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dsbuilder.actions import maps
from dsbuilder.actions.maps import Drawn
from dsbuilder.domain import geojson
from dsbuilder.domain.coordinates import decimal
from dsbuilder.domain.errors import Invalid, Refusal
from dsbuilder.domain.geometry import Shape, ShapeKind, bounds, label
from dsbuilder.domain.map_files import MAX_BYTES, TOO_LARGE, read_file, typed
from dsbuilder.domain.map_words import WORDS
from dsbuilder.domain.texts import Language
from dsbuilder.settings import settings
from dsbuilder.web.files import guarded, perform_for, problem

TYPED_AT_MOST = 200  # positions of one shape that a page offers to be typed over
FEW_AT_A_TIME = asyncio.Semaphore(2)  # reading 5 MB takes memory and time
_PRIVATE = {"cache-control": "private, no-store"}


@guarded
async def read(request: Request) -> Response:
    """GET: what was drawn."""
    found = await perform_for(request, maps.drawn, *_asked(request))
    return JSONResponse(_told(found, _language(request)), headers=_PRIVATE)


@guarded
async def download(request: Request) -> Response:
    """GET: the same as a file for map programs."""
    found = await perform_for(request, maps.drawn, *_asked(request))
    name = f"carte-{request.path_params['number']}.geojson"
    headers = _PRIVATE | {"content-disposition": f'attachment; filename="{name}"'}
    body = json.dumps(geojson.written(found.shapes), ensure_ascii=False, indent=1)
    return Response(body, headers=headers, media_type="application/geo+json")


@guarded
async def keep(request: Request) -> Response:
    """PUT: the whole drawing, from the version in `If-Match`. 412, with what now stands, when another one came first."""
    number, path = _asked(request)
    await perform_for(request, maps.may_keep, number, path)  # before reading what a stranger sends
    content = await _received(request)
    if content is None:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE, _language(request))
    async with FEW_AT_A_TIME:
        shapes = await asyncio.to_thread(_drawing, content)
    seen = request.headers.get("if-match", "").strip('"')
    found = await perform_for(request, maps.keep, number, path, shapes, seen)
    status = HTTPStatus.OK if found.is_kept else HTTPStatus.PRECONDITION_FAILED
    return JSONResponse(_told(found, _language(request)), status, headers=_PRIVATE)


@guarded
async def make(request: Request) -> Response:
    """POST: the shapes of a file, or of typed coordinates when `forme` says which kind they make; nothing is kept."""
    await perform_for(request, maps.may_draw)
    content = await _received(request)
    if content is None:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE, _language(request))
    kind = request.query_params.get("forme", "")
    async with FEW_AT_A_TIME:
        shapes = await asyncio.to_thread(_typed, content, kind) if kind else await asyncio.to_thread(read_file, content)
    return JSONResponse(_told(Drawn(shapes, ""), _language(request)), headers=_PRIVATE)


async def base_map(request: Request) -> Response:
    """GET: what this site draws under a map, from its settings; empty for the outline alone."""
    url = settings().map_style_url or ""
    is_tiles = "{z}" in url
    told = {"style": "" if is_tiles else url, "tiles": url if is_tiles else "", "credit": settings().map_credit}
    return JSONResponse(told, headers={"cache-control": "no-cache"})


async def words(request: Request) -> Response:
    """GET: what the map says, in one language."""
    said = {name: text[_language(request)] for name, text in WORDS.items()}
    return JSONResponse(said, headers={"cache-control": "public, max-age=300"})


def _asked(request: Request) -> tuple[int, str]:
    """The dossier and the question of the address."""
    return request.path_params["number"], request.path_params["path"]


def _drawing(content: bytes) -> tuple[Shape, ...]:
    return read_file(content, may_be_empty=True)


def _typed(content: bytes, kind: str) -> tuple[Shape, ...]:
    try:
        return typed(ShapeKind(kind), content.decode("utf-8"))
    except ValueError:
        raise Invalid(geojson.NOT_GEOJSON) from None


def _told(found: Drawn, language: Language) -> dict[str, Any]:
    """A drawing for the page: GeoJSON, with what each shape is in words."""
    return {
        "version": found.version,
        "bounds": bounds(found.shapes),
        "shapes": [
            geojson.feature(shape) | {"label": label(shape, language), "typed": _as_typed(shape, language)}
            for shape in found.shapes
        ],
    }


def _as_typed(shape: Shape, language: Language) -> str:
    """The positions of a shape, one on each line; nothing for those of which there are too many."""
    ring: Sequence[tuple[float, float]] = shape.rings[0]
    if len(shape.rings) > 1 or len(ring) > TYPED_AT_MOST:
        return ""
    corners = ring[:-1] if shape.kind is ShapeKind.AREA else ring
    return "\n".join(decimal(position, language) for position in corners)


async def _received(request: Request) -> bytes | None:
    """The body, None when it is larger than a drawing may be."""
    pieces, size = [], 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size > MAX_BYTES:
                return None
            pieces.append(piece)
    except ClientDisconnect:
        raise Refusal(TOO_LARGE) from None
    return b"".join(pieces)


def _language(request: Request) -> Language:
    return "en" if request.query_params.get("langue") == "en" else "fr"


_DRAWING = "/cartes/{number:number}/{path}"
ROUTES = (
    Route("/cartes/fond", base_map, methods=["GET"]),
    Route("/cartes/mots", words, methods=["GET"]),
    Route("/cartes/lecture", make, methods=["POST"]),
    Route(_DRAWING + "/fichier.geojson", download, methods=["GET"]),
    Route(_DRAWING, read, methods=["GET"]),
    Route(_DRAWING, keep, methods=["PUT"]),
)
