"""Choosing a new password: by mail, or by who knows the old one."""

from starlette.requests import Request
from starlette.responses import Response

from dsbuilder.actions import accounts, passwords, sessions
from dsbuilder.actions.context import act
from dsbuilder.domain.credentials import read_email, refuse_weak
from dsbuilder.domain.errors import Invalid, Refused
from dsbuilder.domain.texts import Text
from dsbuilder.web.accounts import MAILED
from dsbuilder.web.answering import clear_session, go, in_language, message, refusing
from dsbuilder.web.rendering import page
from dsbuilder.web.visitor import address_of, form_of, language_of, who

RESET_BY_MAIL = Text(
    "Si un compte existe pour {email}, un lien pour choisir un nouveau mot de passe vient d’y être envoyé.",
    "If there is an account for {email}, a link to choose a new password has just been sent there.",
)
NO_MAIL = Text(
    "Rien n’arrive au bout de quelques minutes\xa0? Regardez parmi les messages indésirables, ou créez un compte.",
    "Nothing after a few minutes? Look among the unwanted messages, or create an account.",
)
SAVED = Text("Votre mot de passe est enregistré", "Your password is saved")
OTHERS_SIGNED_OUT = Text("Vos autres appareils sont déconnectés.", "Your other devices are signed out.")
TO_PROFILE = Text("Retour à mon compte", "Back to my account")
NO_ERRORS: dict[str, Text | None] = {"current": None, "password": None}
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
    await act(accounts.reset, token, await passwords.aside(passwords.hashed, password))
    response = go(in_language(request, "/connexion"), fait="mot-de-passe")
    clear_session(response)
    return response


# -- by who knows the old one --------------------------------------------------------------------------------------
@refusing
async def change_page(request: Request) -> Response:
    """Where someone signed in changes their password."""
    reader = await act(sessions.whoami, actor=who(request))
    if not reader.signed_in:
        return go(in_language(request, "/connexion"), next=request.url.path)
    if request.method == "POST":
        return await change(request, reader.email)
    return await page(request, "change_password.html", email=reader.email, password="", errors=NO_ERRORS)


async def change(request: Request, email: str) -> Response:
    """Check the old password, save the new one."""
    form = await form_of(request)
    current, password = form.get("current", "")[:1000], form.get("password", "")[:1000]
    try:
        refuse_weak(password, email)
        kept = await act(sessions.kept_password, email)
        proof = await passwords.aside(passwords.check, email, kept, current)
        new = await passwords.aside(passwords.hashed, password)
        refusal = await act(accounts.change_password, proof, new, actor=who(request))
        if refusal is not None:
            raise Refused(refusal, path="current")
    except (Invalid, Refused) as refused:
        errors = {**NO_ERRORS, refused.path: refused.text}
        return await page(request, "change_password.html", status=422, email=email, password=password, errors=errors)
    return await message(request, SAVED, OTHERS_SIGNED_OUT, link="/profil", link_text=TO_PROFILE)
