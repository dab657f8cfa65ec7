"""My dossiers: those in progress, those decided, the drafts."""

import reflex as rx

from dsbuilder.components.attributes import only_if
from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.state.applicant.dossiers import Line, MyDossiersState, TabView

TITLE = Text("Mes dossiers", "My dossiers")
TABS = Text("Mes dossiers par état", "My dossiers by state")
NONE = Text("Aucun dossier ici", "No dossier here")
HOW = Text(
    "Pour commencer une démarche, ouvrez le lien que l’administration vous a donné, ou choisissez-la dans la liste.",
    "To begin a procedure, open the link that the administration gave you, or choose it in the list.",
)
CHOOSE = Text("Voir les démarches ouvertes", "See the open procedures")
NUMBER = Text("N° ", "No. ")
CONTINUE = Text("Continuer", "Continue")
NEWER = Text("Plus récents", "Newer")
OLDER = Text("Plus anciens", "Older")
PAGES = Text("Pages de la liste", "Pages of the list")


def dossiers_page() -> rx.Component:
    """The tabs, and a card for each dossier."""
    return public_page(
        rx.el.h1(t(TITLE), class_name="page-head"),
        rx.cond(
            MyDossiersState.is_ready,
            rx.el.div(
                rx.el.nav(rx.el.ul(rx.foreach(MyDossiersState.tabs, _tab)), aria_label=t(TABS), class_name="tabs"),
                rx.cond(
                    MyDossiersState.lines.length() > 0,
                    rx.el.ul(rx.foreach(MyDossiersState.lines, _line), role="list", class_name="dossiers"),
                    _empty(),
                ),
                _pages(),
                class_name="stack-lg",
            ),
        ),
    )


def _tab(tab: rx.Var[TabView]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            tab.label,
            rx.el.span(tab.count, class_name="count"),
            href=href("/dossiers/") + "?onglet=" + tab.key,
            custom_attrs={"aria-current": only_if(tab.is_here, "page")},
        ),
        key=tab.key,
    )


def _line(line: rx.Var[Line]) -> rx.Component:
    place = href("/dossiers/") + line.key
    return rx.el.li(
        rx.el.div(
            rx.el.h2(
                rx.el.a(
                    line.title,
                    href=rx.cond(line.is_draft, place + "/formulaire", place),
                )
            ),
            rx.el.p(
                rx.el.span(t(NUMBER) + line.number, class_name="num"),
                rx.cond(line.person != "", ", " + line.person, ""),
                rx.el.br(),
                line.when,
                class_name="meta",
            ),
        ),
        rx.el.div(
            rx.cond(line.news != "", rx.el.span(icon("mail"), line.news, class_name="chip yours")),
            rx.el.span(line.state, class_name="chip " + line.tone),
            class_name="row",
        ),
        class_name="card dossier-line",
        key=line.key,
    )


def _empty() -> rx.Component:
    return rx.el.div(
        icon("folder"),
        rx.el.h2(t(NONE)),
        rx.el.p(t(HOW)),
        rx.el.a(t(CHOOSE), href=href("/"), class_name="button"),
        class_name="empty",
    )


def _pages() -> rx.Component:
    address = href("/dossiers/") + "?onglet=" + MyDossiersState.tab + "&page="
    newer = rx.el.li(rx.el.a(icon("chevron-left"), t(NEWER), href=address + MyDossiersState.preceding))
    older = rx.el.li(rx.el.a(t(OLDER), icon("chevron-right"), href=address + MyDossiersState.following))
    return rx.cond(
        (MyDossiersState.preceding != "") | (MyDossiersState.following != ""),
        rx.el.nav(
            rx.el.ul(rx.cond(MyDossiersState.preceding != "", newer), rx.cond(MyDossiersState.following != "", older)),
            aria_label=t(PAGES),
            class_name="pagination",
        ),
    )
