"""What surrounds every page: skip link, header, notices, footer."""

import reflex as rx

from dsbuilder.components.attributes import FOCUSABLE
from dsbuilder.components.icons import icon
from dsbuilder.components.leaving import Leaving
from dsbuilder.components.words import href, language, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.session import SessionState

SKIP = Text("Aller au contenu", "Skip to content")
SPACES = Text("Espaces", "Places")
ACCOUNT = Text("Compte et aide", "Account and help")
PROCEDURES = Text("Démarches", "Procedures")
DOSSIERS = Text("Dossiers", "Dossiers")
MY_DOSSIERS = Text("Mes dossiers", "My dossiers")
PROFILE = Text("Mon compte", "My account")
SIGN_IN = Text("Se connecter", "Sign in")
SIGN_OUT = Text("Se déconnecter", "Sign out")
OUTBOX = Text("Boîte d’envoi", "Outbox")
DISMISS = Text("Fermer ce message", "Close this message")
ONLINE = Text("Démarches en ligne", "Procedures online")
OTHER_LANGUAGE = Text("English", "Français")
OTHER_LANGUAGE_SHORT = Text("EN", "FR")
FOOTER = (
    (Text("Accessibilité", "Accessibility"), "/accessibilite"),
    (Text("Données personnelles", "Personal data"), "/donnees-personnelles"),
)


def public_page(*children: rx.Component, wide: bool = False) -> rx.Component:
    """A citizen's page: site header, one column, footer."""
    return rx.el.div(
        _skip_link(),
        Leaving.create(to=SessionState.leaving),
        rx.el.header(
            rx.el.div(_brand(True), _account_links(), class_name="wrap"),
            class_name="site-header",
        ),
        rx.el.main(
            notices(),
            *children,
            id="contenu",
            custom_attrs=FOCUSABLE,
            class_name="wrap page broad" if wide else "wrap page",
        ),
        footer(),
        lang=language(),
        custom_attrs={"data-place": "public"},
        class_name="place",
    )


def desk_page(*children: rx.Component, current: str, main: bool = True, class_name: str = "wrap page") -> rx.Component:
    """A page of the desk; `current` is "instruction" or "admin". Without `main`, the page brings its own,
    with `notices()` where they belong in it.
    """
    content = rx.el.main(notices(), *children, id="contenu", custom_attrs=FOCUSABLE, class_name=class_name)
    return rx.el.div(
        _skip_link(),
        Leaving.create(to=SessionState.leaving),
        desk_header(current),
        content if main else rx.fragment(*children),
        lang=language(),
        custom_attrs={"data-place": "desk"},
        class_name="place",
    )


def desk_header(current: str) -> rx.Component:
    """The bar at the top of the desk: the places one may go to, and the account."""
    return rx.el.header(
        _brand(False),
        rx.el.nav(
            rx.el.ul(
                rx.cond(
                    SessionState.is_instructor,
                    _place("/instruction", "inbox", DOSSIERS, current == "instruction"),
                    rx.fragment(),
                ),
                rx.cond(
                    SessionState.is_administrator,
                    _place("/admin", "files", PROCEDURES, current == "admin"),
                    rx.fragment(),
                ),
                _place("/dossiers", "folder", MY_DOSSIERS, current == "dossiers"),
                class_name="places",
            ),
            aria_label=t(SPACES),
        ),
        rx.el.div(_account_menu(), class_name="end"),
        class_name="app-header",
    )


def notices() -> rx.Component:
    """Where the page says what happened: read out politely, closed by a button."""
    return rx.el.div(
        rx.cond(
            SessionState.notice != "",
            rx.el.div(
                icon(rx.cond(SessionState.notice_tone == "danger", "circle-alert", "circle-check")),
                rx.el.p(SessionState.notice),
                rx.el.button(
                    icon("x"),
                    type="button",
                    on_click=SessionState.dismiss_notice,
                    aria_label=t(DISMISS),
                    class_name="button quiet icon-only",
                ),
                class_name="notice said " + SessionState.notice_tone,
            ),
        ),
        role="status",
        class_name="notices",
    )


def footer() -> rx.Component:
    """The foot of a public page."""
    links = [rx.el.li(rx.el.a(t(text), href=href(path))) for text, path in FOOTER]
    return rx.el.footer(rx.el.div(rx.el.ul(*links), class_name="wrap"), class_name="site-footer")


def _skip_link() -> rx.Component:
    # Without `reload_document` the router takes the link, and the focus stays where it was.
    return rx.el.a(t(SKIP), href="#contenu", reload_document=True, class_name="skip")


def _brand(with_line: bool) -> rx.Component:
    line = rx.el.span(t(ONLINE)) if with_line else rx.fragment()
    return rx.el.a(
        rx.el.img(src="/favicon.svg", alt="", class_name="brand-mark"),
        rx.el.span(rx.el.strong("dsbuilder"), line),
        href=href("/"),
        class_name="brand",
    )


def _place(path: str, icon_name: str, text: Text, here: bool) -> rx.Component:
    attributes = {"aria-current": "page"} if here else {}
    return rx.el.li(rx.el.a(icon(icon_name), t(text), href=href(path), custom_attrs=attributes))


def _account_links() -> rx.Component:
    signed_in = rx.fragment(
        rx.el.li(rx.el.a(icon("folder"), t(MY_DOSSIERS), href=href("/dossiers"))),
        rx.el.li(rx.el.a(icon("user"), rx.el.span(SessionState.reader_name), href=href("/profil")), class_name="who"),
        rx.el.li(_sign_out()),
    )
    sign_in = rx.el.a(icon("log-in"), t(SIGN_IN), href=href("/connexion"), reload_document=True)
    signed_out = rx.el.li(sign_in, class_name="sign-in")
    return rx.el.nav(
        rx.el.ul(rx.cond(SessionState.reader_email != "", signed_in, signed_out), rx.el.li(_language_switch())),
        class_name="nav",
        aria_label=t(ACCOUNT),
    )


def _account_menu() -> rx.Component:
    return rx.fragment(
        _language_switch("button quiet"),
        rx.el.a(
            icon("user"),
            rx.el.span(SessionState.reader_name, class_name="wide"),
            href=href("/profil"),
            class_name="button quiet",
            aria_label=t(PROFILE),
        ),
        _sign_out("button quiet"),
    )


def _sign_out(class_name: str = "button quiet") -> rx.Component:
    # A form, not an event: the cookie is the browser's, and the socket must start anew.
    return rx.el.form(
        rx.el.button(icon("log-out"), rx.el.span(t(SIGN_OUT), class_name="wide"), type="submit", class_name=class_name),
        action="/auth/sortie",
        method="post",
    )


def _language_switch(class_name: str = "") -> rx.Component:
    other = "en" if language() == "fr" else "fr"
    path = SessionState.router.url.path.to(str)
    there = rx.cond(path == "/", "/en", "/en" + path) if other == "en" else rx.cond(path == "/en", "/", path[3:])
    return rx.el.a(
        rx.el.span(t(OTHER_LANGUAGE), class_name="wide"),
        rx.el.span(t(OTHER_LANGUAGE_SHORT), class_name="in-short", custom_attrs={"aria-hidden": "true"}),
        href=there,
        lang=other,
        reload_document=True,
        class_name=class_name,
        custom_attrs={"hrefLang": other},
    )
