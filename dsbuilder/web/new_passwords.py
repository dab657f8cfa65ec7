"""Choosing a new password by mail."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from dsbuilder.actions import accounts, passwords
from dsbuilder.actions.context import act
from dsbuilder.domain.credentials import read_email, refuse_weak
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import Text
from dsbuilder.web.accounts import MAILED
from dsbuilder.web.answering import clear_session, go, in_language, message, refusing
from dsbuilder.web.rendering import page
from dsbuilder.web.visitor import address_of, form_of, language_of

RESET_BY_MAIL = Text(
    "Si un compte existe pour {email}, un lien pour choisir un nouveau mot de passe vient d’y être envoyé.",
    "If there is an account for {email}, a link to choose a new password has just been sent there.",
)
NO_MAIL = Text(
    "Rien n’arrive au bout de quelques minutes\xa0? Regardez parmi les messages indésirables, ou créez un compte.",
    "Nothing after a few minutes? Look among the unwanted messages, or create an account.",
)
BACK = Text("Retour à la connexion", "Back to sign-in")


@refusing
async def ask_page(request: Request) -> Response:
    """Where one asks for the link."""
    if request.method == "POST":
        return await ask(request)
    return await page(request, "ask_reset.html", email="", error=None)


async def ask(request: Request) -> Response:
    """Send the link, if there is an account; the answer never says so."""
    typed = (await form_of(request)).get("email", "")[:254]
    try:
        email = read_email(typed)
    except Invalid as refusal:
        return await page(request, "ask_reset.html", status=422, email=typed, error=refusal.text)
    await act(accounts.ask_reset, email, language=language_of(request), address=address_of(request))
    return await message(
        request, MAILED, RESET_BY_MAIL.format(email=email), NO_MAIL, link="/connexion", link_text=BACK, mailed=True
    )


@refusing
async def new_password_page(request: Request) -> Response:
    """Where the mailed link leads."""
    if request.method == "POST":
        return await set_new(request)
    token = request.query_params.get("jeton", "")
    email = await act(accounts.email_of_reset, token)
    return await page(request, "new_password.html", token=token, email=email, password="", error=None)


async def set_new(request: Request) -> Response:
    """Save the new password, or say what is wrong with it; the link is used up by a good one only."""
    form = await form_of(request)
    token, password = form.get("jeton", ""), form.get("password", "")[:1000]
    email = await act(accounts.email_of_reset, token)
    try:
        refuse_weak(password, email)
    except Invalid as refusal:
        return await page(
            request, "new_password.html", status=422, token=token, email=email, password=password, error=refusal.text
        )
    await act(accounts.reset, token, await asyncio.to_thread(passwords.hashed, password))
    response = go(in_language(request, "/connexion"), fait="mot-de-passe")
    clear_session(response)
    return response
