"""Files sent in pieces that can be resumed, and read by those who may see their dossier."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dsbuilder.actions import context, files
from dsbuilder.actions.context import Action, P, T
from dsbuilder.domain.errors import Forbidden, NotFound, Refusal
from dsbuilder.domain.texts import Language, Text
from dsbuilder.web.origin import from_our_pages
from dsbuilder.web.visitor import who

PIECE = 1 << 18  # bytes written at once
_sending: set[str] = set()
_pictures = ThreadPoolExecutor(2, thread_name_prefix="pictures")

_ELSEWHERE = Text("Cette demande ne vient pas de nos pages.", "This request does not come from our pages.")
_MALFORMED = Text("Cette demande n’a pas la bonne forme.", "This request has the wrong form.")
_TOO_MUCH = Text(
    "Le fichier a changé pendant l’envoi. Choisissez-le à nouveau.",
    "The file changed while it was being sent. Choose it again.",
)

Endpoint = Callable[[Request], Awaitable[Response]]


class Announced(BaseModel):
    """What a page says of a file before sending it."""

    model_config = ConfigDict(strict=True, extra="forbid")
    dossier: int = Field(gt=0, lt=2**53)
    path: str = Field(max_length=60)
    name: str = Field(min_length=1, max_length=1000)
    size: int = Field(ge=0, lt=2**53)


def problem(status: HTTPStatus, text: Text, language: Language) -> Response:
    """An RFC 9457 problem document with the sentence for the person."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": text[language]}
    return JSONResponse(body, status.value, media_type="application/problem+json")


def guarded(endpoint: Endpoint) -> Endpoint:
    """Refuse what other sites send, and turn refusals into problem documents."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        asked = request.query_params.get("langue") or request.headers.get("accept-language", "")
        language: Language = "en" if asked.startswith("en") else "fr"
        if request.method not in ("GET", "HEAD") and not from_our_pages(request):
            return problem(HTTPStatus.FORBIDDEN, _ELSEWHERE, language)
        try:
            return await endpoint(request)
        except NotFound as refusal:
            return problem(HTTPStatus.NOT_FOUND, refusal.text, language)
        except Forbidden as refusal:
            return problem(HTTPStatus.FORBIDDEN, refusal.text, language)
        except Refusal as refusal:
            return problem(HTTPStatus.UNPROCESSABLE_ENTITY, refusal.text, language)
        except ValidationError:
            return problem(HTTPStatus.BAD_REQUEST, _MALFORMED, language)

    return answer


async def perform_for(request: Request, action: Action[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run an action as the holder of the request's session."""
    return await context.act(action, *args, actor=who(request), **kwargs)


@guarded
async def announce(request: Request) -> Response:
    """POST: a file is about to be sent."""
    said = Announced.model_validate_json(await _small_body(request))
    awaited = await perform_for(request, files.announce, said.dossier, said.path, said.name, said.size)
    return JSONResponse({"token": awaited.token}, HTTPStatus.CREATED)


async def _small_body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > 10_000:
            return b""
    return body


@guarded
async def send(request: Request) -> Response:
    """PATCH: the next bytes, from `Upload-Offset` on. 204 while some are missing, 200 when the file is accepted."""
    awaited = await perform_for(request, files.awaited, request.path_params["token"])
    offset = request.headers.get("upload-offset", "")
    arrived = await asyncio.to_thread(files.blobs().size, awaited.token)
    if awaited.token in _sending or offset != str(arrived):
        return Response(status_code=HTTPStatus.CONFLICT, headers=_at(arrived))
    _sending.add(awaited.token)
    try:
        arrived = await _receive(request, awaited, arrived)
    finally:
        _sending.discard(awaited.token)
    if arrived > awaited.size:
        await perform_for(request, files.give_up, awaited.token)
        raise Refusal(_TOO_MUCH)
    if arrived < awaited.size:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=_at(arrived))
    return await _accept(request, awaited, arrived)


async def _receive(request: Request, awaited: files.FileToSend, arrived: int) -> int:
    """Write what comes, a piece at a time; stops as soon as there is more than was announced."""
    held = bytearray()
    try:
        async for piece in request.stream():
            held += piece
            if arrived + len(held) > awaited.size:
                return arrived + len(held)
            if len(held) >= PIECE:
                await asyncio.to_thread(files.blobs().append, awaited.token, bytes(held))
                arrived += len(held)
                held.clear()
    except ClientDisconnect:
        pass
    if held:
        await asyncio.to_thread(files.blobs().append, awaited.token, bytes(held))
    return arrived + len(held)


async def _looked_into(awaited: files.FileToSend) -> tuple[str, bytes]:
    """In a thread; pictures that are decoded wait for each other, and not in the threads that all actions share."""
    if awaited.is_identity:
        return await asyncio.get_running_loop().run_in_executor(_pictures, files.look_into, awaited)
    return await asyncio.to_thread(files.look_into, awaited)


async def _accept(request: Request, awaited: files.FileToSend, arrived: int) -> Response:
    try:
        sha256, head = await _looked_into(awaited)
        await perform_for(request, files.finish, awaited.token, sha256, head)
    except Refusal:
        await perform_for(request, files.give_up, awaited.token)
        raise
    return JSONResponse({"done": True}, headers=_at(arrived))


@guarded
async def progress(request: Request) -> Response:
    """HEAD: how many bytes have arrived."""
    awaited = await perform_for(request, files.awaited, request.path_params["token"])
    return Response(headers=_at(await asyncio.to_thread(files.blobs().size, awaited.token)))


@guarded
async def take_away(request: Request) -> Response:
    """DELETE: stop sending it, or take it out of the answer."""
    await perform_for(request, files.give_up, request.path_params["token"])
    return Response(status_code=HTTPStatus.NO_CONTENT)


@guarded
async def read(request: Request) -> Response:
    """GET: the file, always to be saved and never shown in our pages, so that nothing in it can run there."""
    found = await perform_for(request, files.readable, request.path_params["token"])
    headers = {"cache-control": "private, no-store", "content-security-policy": "sandbox; default-src 'none'"}
    return FileResponse(found.path, headers=headers, media_type=found.content_type, filename=found.name)


def _at(offset: int) -> dict[str, str]:
    return {"upload-offset": str(offset), "cache-control": "no-store"}


ROUTES = [
    Route("/fichiers", announce, methods=["POST"]),
    Route("/fichiers/{token}", send, methods=["PATCH"]),
    Route("/fichiers/{token}", progress, methods=["HEAD"]),
    Route("/fichiers/{token}", take_away, methods=["DELETE"]),
    Route("/fichiers/{token}/{name:path}", read, methods=["GET"]),
]
