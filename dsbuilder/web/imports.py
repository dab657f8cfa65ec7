"""A file of procedures, sent whole, read apart from the database, and made into drafts."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from itertools import count

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dsbuilder.actions import procedures
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.left_out import LeftOut
from dsbuilder.domain.open_data import ImportedProcedure
from dsbuilder.domain.procedure import FieldId
from dsbuilder.domain.procedure_files import MAX_BYTES, read_file
from dsbuilder.domain.texts import Language, Text
from dsbuilder.web.files import guarded, perform_for, problem

LISTED = 200
ONE_AT_A_TIME = asyncio.Semaphore(1)  # reading 20 MB of JSON takes memory

_TOO_LARGE = Text(
    "Ce fichier dépasse 20 Mo. Partagez-le en plusieurs fichiers.",
    "This file is over 20 MB. Split it into several files.",
)
_NO_SUCH_LINE = Text("Ce fichier n’a pas ces lignes.", "This file has no such lines.")


@guarded
async def import_file(request: Request) -> Response:
    """Make drafts of the file, or tell what it holds when one must choose."""
    language: Language = "en" if request.query_params.get("langue") == "en" else "fr"
    await perform_for(request, procedures.may_create)
    try:
        content = await _received(request)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    if content is None:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE, language)
    async with ONE_AT_A_TIME:
        found = await asyncio.to_thread(_read, content)
    chosen = _chosen(found, request.query_params.get("lignes", ""))
    if chosen is None:
        return JSONResponse({"procedures": _told(found), "limit": procedures.IMPORTED_AT_ONCE})
    numbers = await perform_for(request, procedures.import_procedures, chosen)
    home = "/en/admin" if language == "en" else "/admin"
    to = f"{home}/demarches/{numbers[0]}/formulaire" if len(numbers) == 1 else f"{home}/"
    left_out = [one for procedure in chosen for one in procedure.left_out]
    return JSONResponse({"to": to, **_listed(left_out, language)}, HTTPStatus.CREATED)


async def _received(request: Request) -> bytes | None:
    """The body, None when it is larger than a file may be."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > MAX_BYTES:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def _read(content: bytes) -> tuple[ImportedProcedure, ...]:
    numbers = count(1)
    return read_file(content, lambda: FieldId(next(numbers)))


def _chosen(found: Sequence[ImportedProcedure], lines: str) -> Sequence[ImportedProcedure] | None:
    if not lines:
        return found if len(found) == 1 else None
    wanted = [int(line) for line in lines.split(",")[:1000] if line.isascii() and line.isdigit() and len(line) < 6]
    if not wanted or max(wanted) >= len(found):
        raise Refused(_NO_SUCH_LINE)
    return [found[line] for line in dict.fromkeys(wanted)]


def _told(found: Sequence[ImportedProcedure]) -> list[dict[str, object]]:
    return [
        {"line": line, "title": one.title[:200], "fields": sum(1 for _ in one.revision.walk())}
        for line, one in enumerate(found)
    ]


def _listed(left_out: Sequence[LeftOut], language: Language) -> dict[str, object]:
    """What the form has no place for, when there is any; the first lines are enough to see what it is about."""
    if not left_out:
        return {}
    told = [
        {"sheet": one.sheet, "row": one.row, "what": one.what, "why": _sentence(one.why[language])}
        for one in left_out[:LISTED]
    ]
    return {"left_out": told, "left_out_count": len(left_out)}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


ROUTES = (Route("/admin/importer", import_file, methods=["POST"]),)
