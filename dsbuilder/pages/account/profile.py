"""One's own account: name, language, password, and the browsers that are signed in."""

import reflex as rx

from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.profile import ProfileState, SessionLine

S = ProfileState
TITLE = Text("Mon compte", "My account")
ABOUT = Text("Qui vous êtes", "Who you are")
FIRST_NAME = Text("Prénom", "First name")
LAST_NAME = Text("Nom", "Last name")
NAME_HINT = Text(
    "Les agents et les usagers à qui vous écrivez le liront.",
    "The agents and applicants that you write to will read it.",
)
LANGUAGE = Text("Langue des courriels", "Language of e-mails")
SAVE = Text("Enregistrer", "Save")
PASSWORD = Text("Mot de passe", "Password")
PASSWORD_HINT = Text(
    "Un lien pour en choisir un nouveau vous sera envoyé par courriel.",
    "A link to choose a new one will be sent to you by e-mail.",
)
CHANGE_PASSWORD = Text("Changer de mot de passe", "Change password")
DEVICES = Text("Appareils connectés", "Signed-in devices")
DEVICES_HINT = Text(
    "Déconnectez un appareil que vous ne reconnaissez pas, puis changez de mot de passe.",
    "Sign out a device that you do not recognise, then change your password.",
)
THIS_ONE = Text("Cet appareil", "This device")
SEEN = Text("Vu le ", "Seen on ")
SINCE = Text("connecté depuis le ", "signed in since ")
SIGN_OUT = Text("Déconnecter", "Sign out")
SIGN_OUT_OTHERS = Text("Déconnecter tous les autres", "Sign out all others")
READING = Text("Lecture de votre compte…", "Reading your account…")


def profile() -> rx.Component:
    """The account page."""
    return public_page(
        rx.el.h1(t(TITLE)),
        rx.cond(
            S.is_open,
            rx.el.div(
                rx.el.p(S.email, class_name="lead"),
                _about(),
                _password(),
                _devices(),
                class_name="stack-lg narrow-page",
            ),
            rx.el.p(t(READING), class_name="meta", role="status"),
        ),
    )


def _section(title: Text, *children: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.div(rx.el.h2(t(title)), class_name="section-head"), *children)


def _about() -> rx.Component:
    languages = rx.el.div(
        rx.el.label(t(LANGUAGE), html_for="language"),
        rx.el.select(
            rx.el.option("Français", value="fr", lang="fr"),
            rx.el.option("English", value="en", lang="en"),
            id="language",
            name="language",
            default_value=S.mail_language,
            class_name="select w-sm",
        ),
        class_name="field",
    )
    form = rx.el.form(
        rx.el.p(t(NAME_HINT), class_name="hint"),
        rx.el.div(
            _text(FIRST_NAME, "first_name", S.first_name, "given-name"),
            _text(LAST_NAME, "last_name", S.last_name, "family-name"),
            class_name="fields",
        ),
        languages,
        rx.el.div(rx.el.button(t(SAVE), type="submit", class_name="button primary"), class_name="button-group spaced"),
        on_submit=S.save,
    )
    return _section(ABOUT, form)


def _text(label: Text, name: str, value: rx.Var[str], autocomplete: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(t(label), html_for=name),
        rx.el.input(
            id=name, name=name, default_value=value, auto_complete=autocomplete, max_length=100, class_name="input"
        ),
        class_name="field",
    )


def _password() -> rx.Component:
    change = rx.el.a(
        icon("lock"), t(CHANGE_PASSWORD), href=href("/mot-de-passe/changer"), reload_document=True, class_name="button"
    )
    return _section(PASSWORD, rx.el.p(t(PASSWORD_HINT), class_name="hint"), rx.el.p(change))


def _devices() -> rx.Component:
    others = rx.el.button(
        icon("log-out"), t(SIGN_OUT_OTHERS), type="button", on_click=S.revoke_others, class_name="button"
    )
    return _section(
        DEVICES,
        rx.el.p(t(DEVICES_HINT), class_name="hint"),
        rx.el.ul(rx.foreach(S.lines, _device), role="list", class_name="files"),
        rx.cond(S.has_others, rx.el.p(others), rx.fragment()),
    )


def _device(line: rx.Var[SessionLine]) -> rx.Component:
    end = rx.el.button(
        t(SIGN_OUT),
        rx.el.span(" ", line.browser, class_name="hidden"),
        type="button",
        on_click=S.revoke(line.id),
        class_name="button quiet",
    )
    return rx.el.li(
        icon("monitor"),
        rx.el.div(
            rx.el.span(line.browser, class_name="name"),
            rx.el.span(t(SEEN), line.seen, ", ", t(SINCE), line.since, ", ", line.address, class_name="meta"),
        ),
        rx.cond(line.is_this_one, rx.el.span(icon("check"), t(THIS_ONE), class_name="chip success"), end),
        class_name="file",
        key=line.key,
    )
