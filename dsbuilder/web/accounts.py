"""Signing in, signing up, confirming, signing out."""

import secrets
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dsbuilder.actions import accounts, passwords, sessions
from dsbuilder.actions.context import act
from dsbuilder.domain.credentials import likely_meant, read_email, refuse_weak
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import Text
from dsbuilder.web.answering import clear_session, go, in_language, message, place_of, refusing, set_session
from dsbuilder.web.rendering import page
from dsbuilder.web.visitor import (
    address_of,
    browser_of,
    form_of,
    language_of,
    own_path,
    who,
)

NOTICES = {
    "confirme": Text("Votre adresse est confirmée. Connectez-vous.", "Your address is confirmed. Sign in."),
    "mot-de-passe": Text("Votre mot de passe est enregistré. Connectez-vous.", "Your password is saved. Sign in."),
    "invitation": Text("L’invitation est acceptée. Connectez-vous.", "The invitation is accepted. Sign in."),
    "sortie": Text("Vous êtes déconnecté.", "You are signed out."),
}
MAILED = Text("Consultez votre messagerie", "Look into your mailbox")
CONFIRM_BY_MAIL = Text(
    "Nous avons écrit à {email}. Ouvrez le lien de ce message pour confirmer votre adresse et continuer.",
    "We have written to {email}. Open the link in that message to confirm your address and continue.",
)
NOTHING_CAME = Text(
    "Rien n’arrive au bout de quelques minutes\xa0? Regardez parmi les messages indésirables, "
    "puis vérifiez l’adresse ci-dessus.",
    "Nothing after a few minutes? Look among the unwanted messages, then check the address above.",
)
START_AGAIN = Text("Recommencer avec une autre adresse", "Start again with another address")
BROWSER_SECRET_LASTS = timedelta(days=2)


# -- signing in ---------------------------------------------------------------------------------------------------
@refusing
async def sign_in_page(request: Request) -> Response:
    """The page to sign in or to open an account; who is signed in goes on."""
    if request.method == "POST":
        return await sign_in(request)
    next = own_path(request.query_params.get("next", ""))
    reader = await act(sessions.whoami, actor=who(request))
    if reader.signed_in:
        return go(next or place_of(reader, language_of(request)))
    return await account_page(request, next=next, notice=NOTICES.get(request.query_params.get("fait", "")))


async def sign_in(request: Request) -> Response:
    """Let in, or say why not."""
    form = await form_of(request)
    email, next = form.get("email", "").strip().lower()[:254], own_path(form.get("next", ""))
    remember = form.get("remember") == "1"
    outcome = await _try_password(request, email, form.get("password", "")[:1000], remember)
    if outcome.refusal is not None:
        return await account_page(
            request, status=422, next=next, refusal=outcome.refusal, sign_in_email=email, remember=remember
        )
    response = go(next or place_of(outcome.actor, language_of(request)))
    set_session(response, outcome, remember=remember)
    return response


async def _try_password(request: Request, email: str, password: str, remember: bool) -> sessions.Outcome:
    wait = await act(sessions.too_many_tries, email, address_of(request))
    if wait is not None:
        return sessions.Outcome(refusal=wait)
    kept = await act(sessions.kept_password, email)
    proof = await passwords.aside(passwords.check, email, kept, password)
    return await act(
        sessions.sign_in,
        proof,
        remember=remember,
        browser=browser_of(request),
        address=address_of(request),
        actor=who(request),
    )


@refusing
async def sign_out(request: Request) -> Response:
    """End the session, here and in the database."""
    await form_of(request)
    await act(sessions.sign_out, actor=who(request))
    response = go(in_language(request, "/connexion"), fait="sortie")
    clear_session(response)
    response.headers["clear-site-data"] = '"storage"'
    return response


# -- opening an account -------------------------------------------------------------------------------------------
@refusing
async def sign_up_page(request: Request) -> Response:
    """The same page, made for who has no account yet."""
    if request.method == "POST":
        return await sign_up(request)
    return await account_page(request, next=own_path(request.query_params.get("next", "")), signing_up=True)


async def sign_up(request: Request) -> Response:
    """Send the link that opens the account; the answer never says whether there is one."""
    form = await form_of(request)
    typed, next = (form.get("meant") or form.get("email", ""))[:254], own_path(form.get("next", ""))
    password = form.get("password", "")[:1000]
    again = {"next": next, "signing_up": True, "sign_up_email": typed, "sign_up_password": password, "status": 422}
    try:
        email = read_email(typed)
        refuse_weak(password, email)
    except Invalid as refusal:
        return await account_page(
            request, errors={"email": None, "password": None, refusal.path: refusal.text}, **again
        )
    meant = likely_meant(email)
    if meant and not form.get("meant") and form.get("sure") != typed:
        return await account_page(request, meant=meant, **again)
    browser_secret = request.cookies.get(_browser_cookie()) or secrets.token_urlsafe(32)
    await act(
        accounts.sign_up,
        email,
        await passwords.aside(passwords.hashed, password),
        language=language_of(request),
        next=next,
        browser_secret=browser_secret,
        address=address_of(request),
    )
    response = await message(
        request, MAILED, CONFIRM_BY_MAIL.format(email=email), NOTHING_CAME, link="/inscription",
        link_text=START_AGAIN, mailed=True,
    )  # fmt: skip
    _keep_browser_secret(response, browser_secret)
    return response


@refusing
async def confirmation_page(request: Request) -> Response:
    """Where the mailed link leads; a button opens the account, for programs that read mails follow links too."""
    if request.method == "POST":
        return await confirm(request)
    token = request.query_params.get("jeton", "")
    return await page(request, "confirmation.html", token=token) if token else go(in_language(request, "/inscription"))


async def confirm(request: Request) -> Response:
    """Open the account; sign in where it was asked for."""
    form = await form_of(request)
    confirmed = await act(
        accounts.confirm,
        form.get("jeton", ""),
        browser_secret=request.cookies.get(_browser_cookie(), ""),
        browser=browser_of(request),
        address=address_of(request),
    )
    if confirmed.outcome is None:
        return go(in_language(request, "/connexion"), fait="confirme", next=confirmed.next)
    response = go(confirmed.next or place_of(confirmed.outcome.actor, language_of(request)))
    set_session(response, confirmed.outcome)
    response.delete_cookie(_browser_cookie(), path="/", secure=sessions.is_secure(), httponly=True, samesite="lax")
    return response


def _browser_cookie() -> str:
    return "__Host-dsbuilder-inscription" if sessions.is_secure() else "dsbuilder-inscription"


def _keep_browser_secret(response: Response, secret: str) -> None:
    """Know the browser again when the link is opened in it."""
    response.set_cookie(
        _browser_cookie(),
        secret,
        max_age=int(BROWSER_SECRET_LASTS.total_seconds()),
        path="/",
        secure=sessions.is_secure(),
        httponly=True,
        samesite="lax",
    )


async def account_page(request: Request, *, status: int = 200, next: str = "", **values: Any) -> Response:
    """The page with both forms, and what was typed."""
    defaults = {
        "notice": None,
        "refusal": None,
        "errors": {"email": None, "password": None},
        "meant": "",
        "sign_in_email": "",
        "sign_up_email": "",
        "sign_up_password": "",
        "remember": False,
        "signing_up": False,
    }
    aim = await act(accounts.aim_of, next) if next else ""
    return await page(request, "account.html", status=status, next=next, aim=aim, **(defaults | values))
