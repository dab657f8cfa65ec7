"""Accepting an invitation to work on a procedure."""

from starlette.requests import Request
from starlette.responses import Response

from dsbuilder.actions import passwords, sessions, team
from dsbuilder.actions.context import act
from dsbuilder.domain.credentials import refuse_weak
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.people import Role
from dsbuilder.domain.texts import Text
from dsbuilder.web.answering import go, in_language, refusing, set_session
from dsbuilder.web.rendering import page
from dsbuilder.web.visitor import address_of, browser_of, form_of, who

HEADINGS = {
    Role.INSTRUCTOR: Text("On vous invite à instruire des dossiers", "You are invited to process dossiers"),
    Role.ADMINISTRATOR: Text("On vous invite à administrer une démarche", "You are invited to administer a procedure"),
}


@refusing
async def invitation_page(request: Request) -> Response:
    """Where the mailed link leads."""
    if request.method == "POST":
        return await accept(request)
    token = request.query_params.get("jeton", "")
    return await _shown(request, token, await act(team.invitation_of, token))


async def accept(request: Request) -> Response:
    """Join the team, with a new account where there is none."""
    form = await form_of(request)
    token, password = form.get("jeton", ""), form.get("password", "")[:1000]
    invitation = await act(team.invitation_of, token)
    password_hash = ""
    if invitation.needs_account:
        try:
            refuse_weak(password, invitation.email)
        except Invalid as refusal:
            return await _shown(request, token, invitation, status=422, password=password, error=refusal.text)
        password_hash = await passwords.aside(passwords.hashed, password)
    joined = await act(team.accept, token, password_hash, browser=browser_of(request), address=address_of(request))
    path = f"/admin/demarches/{joined.procedure_id}" if joined.role is Role.ADMINISTRATOR else "/instruction"
    reader = await act(sessions.whoami, actor=who(request))
    if joined.outcome is None and reader.email != joined.email:
        return go(in_language(request, "/connexion"), fait="invitation", next=in_language(request, path))
    response = go(in_language(request, path))
    if joined.outcome is not None:
        set_session(response, joined.outcome)
    return response


async def _shown(
    request: Request,
    token: str,
    invitation: team.Invitation,
    *,
    status: int = 200,
    password: str = "",
    error: Text | None = None,
) -> Response:
    return await page(
        request,
        "invitation.html",
        status=status,
        token=token,
        invitation=invitation,
        heading=HEADINGS[invitation.role],
        password=password,
        error=error,
    )
