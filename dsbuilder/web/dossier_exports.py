"""The dossiers of a list as a file, sent while it is read."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from dsbuilder.actions import exports
from dsbuilder.actions.export_files import ExportFile
from dsbuilder.actions.exports import ExportedPage
from dsbuilder.actions.listing import Wanted
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.texts import Language
from dsbuilder.web.files import guarded, perform_for

FEW_AT_A_TIME = asyncio.Semaphore(2)  # so that long files leave the processors to the pages
MOST_PAIRS = 600  # of an address


@guarded
async def export_dossiers(request: Request) -> Response:
    """What the address lists: a tab with its filters and order, or a search."""
    language: Language = "en" if request.query_params.get("langue") == "en" else "fr"
    number, wanted = request.path_params["number"], _wanted(request)
    export = await perform_for(request, exports.begin, number, language)
    first = await perform_for(request, exports.page, number, wanted)
    file = ExportFile(export, language)
    headers = {"cache-control": "private, no-store", "content-disposition": f'attachment; filename="{file.name}"'}
    return StreamingResponse(_sent(request, number, wanted, file, first), headers=headers, media_type=file.content_type)


def _wanted(request: Request) -> Wanted:
    pairs = request.query_params.multi_items()[:MOST_PAIRS]
    asked = request.query_params.get("statut", "")
    words = request.query_params.get("recherche", "").strip()[:200]
    return Wanted(Tab(asked) if asked in set(Tab) else Tab.ALL, words, pairs)


async def _sent(
    request: Request, number: int, wanted: Wanted, file: ExportFile, page: ExportedPage
) -> AsyncIterator[bytes]:
    """The file, piece by piece. What goes wrong now breaks it off, so that nobody takes a part for the whole."""
    try:
        while True:
            async with FEW_AT_A_TIME:
                piece = await asyncio.to_thread(file.add, page.dossiers)
            yield piece
            if not page.following:
                break
            async with FEW_AT_A_TIME:
                page = await perform_for(request, exports.page, number, wanted, page.following)
        rest = file.end()
        while (last := await asyncio.to_thread(next, rest, None)) is not None:
            yield last
    finally:
        file.close()


ROUTES = (Route("/instruction/exporter/{number:number}", export_dossiers, methods=["GET"]),)
