"""A dossier as a PDF, for its owner and for the agents of its procedure."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dsbuilder.actions import dossier_documents
from dsbuilder.domain.texts import Language
from dsbuilder.web.files import guarded, perform_for

# Few at a time, and not in the threads that all actions share: each waits for a process.
_papers = ThreadPoolExecutor(2, thread_name_prefix="papers")
# One at a time for each account: sixty that take long would keep everybody else from theirs.
_turns: WeakValueDictionary[int | None, asyncio.Lock] = WeakValueDictionary()


@guarded
async def of_applicant(request: Request) -> Response:
    """GET: the dossier as its owner reads it."""
    language = _language(request)
    sheet = await perform_for(request, dossier_documents.for_applicant, request.path_params["number"], language)
    return await _sent(sheet)


@guarded
async def of_agent(request: Request) -> Response:
    """GET: the dossier as the agents of its procedure read it."""
    numbers = request.path_params["procedure"], request.path_params["number"]
    sheet = await perform_for(request, dossier_documents.for_agent, *numbers, _language(request))
    return await _sent(sheet)


async def _sent(sheet: dossier_documents.Sheet) -> Response:
    """The PDF, always to be saved: no browser opens it within our pages."""
    async with _turns.setdefault(sheet.asked_by, asyncio.Lock()):
        made = await asyncio.get_running_loop().run_in_executor(_papers, dossier_documents.rendered, sheet)
    headers = {
        "cache-control": "private, no-store",
        "content-disposition": f'attachment; filename="dossier-{sheet.number}.pdf"',
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
    }
    return Response(made, headers=headers, media_type="application/pdf")


def _language(request: Request) -> Language:
    return "en" if request.query_params.get("langue") == "en" else "fr"


ROUTES = (
    Route("/dossiers/{number:number}.pdf", of_applicant, methods=["GET"]),
    Route("/instruction/{procedure:number}/dossiers/{number:number}.pdf", of_agent, methods=["GET"]),
)
