"""A procedure given to its administrator as a file, and the schema of our document, which anybody may read."""

import asyncio
import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dsbuilder.actions import procedures
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.procedure_export import FileForm, exported
from dsbuilder.domain.procedure_schema import schema
from dsbuilder.web.files import guarded, perform_for


@guarded
async def export_file(request: Request) -> Response:
    """The draft of a procedure in one of the forms."""
    form, number = request.path_params["form"], request.path_params["number"]
    if form not in set(FileForm):
        raise NotFound
    found = await perform_for(request, procedures.export, number)
    file = await asyncio.to_thread(exported, found, FileForm(form))
    headers = {"cache-control": "private, no-store", "content-disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, headers=headers, media_type=file.content_type)


async def read_schema(request: Request) -> Response:
    """The JSON Schema of our document."""
    headers = {"cache-control": "public, max-age=3600", "access-control-allow-origin": "*"}
    body = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    return Response(body, headers=headers, media_type="application/schema+json")


ROUTES = (
    Route("/admin/exporter/{number:number}/{form}", export_file, methods=["GET"]),
    Route("/procedure.schema.json", read_schema, methods=["GET"]),
)
