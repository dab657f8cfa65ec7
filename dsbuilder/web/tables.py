"""The table of a list's options, sent as a CSV file, read apart from the database, and put into the draft."""

import asyncio
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dsbuilder.actions import drafting
from dsbuilder.domain.fields.table import MAX_BYTES, TOO_LARGE, lines_from
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.texts import Language
from dsbuilder.web.files import guarded, perform_for, problem


@guarded
async def receive_table(request: Request) -> Response:
    """Read the file and set the option to it; how many rows it holds."""
    language: Language = "en" if request.query_params.get("langue") == "en" else "fr"
    number, field, name = (request.path_params[part] for part in ("number", "field", "name"))
    await perform_for(request, drafting.may_edit, number)
    try:
        content = await _received(request)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    if content is None:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE, language)
    lines = await asyncio.to_thread(lines_from, content)
    await perform_for(request, drafting.set_table, number, FieldId(field), name, lines, 0)
    return JSONResponse({"rows": len(lines) - 1}, HTTPStatus.CREATED)


async def _received(request: Request) -> bytes | None:
    """The body, None when it is larger than a table may be."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BYTES:
            return None
    return bytes(body)


ROUTES = (Route("/admin/tableau/{number:number}/{field:number}/{name}", receive_table, methods=["POST"]),)
