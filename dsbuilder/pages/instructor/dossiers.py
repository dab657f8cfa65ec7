"""The list that an agent works through: tabs, search, one row per dossier."""

import reflex as rx

from dsbuilder.components.attributes import FOCUSABLE, only_if
from dsbuilder.components.badges import state_chip
from dsbuilder.components.frame import desk_page, notices
from dsbuilder.components.given import given_input
from dsbuilder.components.icons import icon
from dsbuilder.components.shortcuts import KEY, ROW, shortcuts
from dsbuilder.components.tables import cell, pagination, table
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text
from dsbuilder.pages.instructor.narrowing import export_link, narrowing
from dsbuilder.state.instructor.dossiers import DossierLine, DossiersState, TabLink
from dsbuilder.state.instructor.procedures import ProcedureLine

DOSSIERS = Text("Dossiers", "Dossiers")
MY_PROCEDURES = Text("Mes démarches", "My procedures")
ALL_PROCEDURES = Text("Toutes mes démarches", "All my procedures")
BY_STATE = Text("Dossiers par état", "Dossiers by state")
SEARCH = Text("Rechercher un dossier", "Search for a dossier")
SEARCH_BY = Text("Numéro, nom ou adresse…", "Number, name or address…")
CLEAR = Text("Effacer la recherche", "Clear the search")
TO_FOLLOW = Text("à suivre", "to follow")
NUMBER = Text("Numéro", "Number")
REQUESTER = Text("Demandeur", "Requester")
EMAIL = Text("Adresse électronique", "E-mail address")
STATE = Text("État", "State")
DEPOSITED = Text("Déposé", "Submitted")
FOLLOWED_BY = Text("Suivi par", "Followed by")
NOBODY = Text("personne", "nobody")
READING = Text("Lecture des dossiers…", "Reading the dossiers…")

FILTER_LESS = Text(
    "Retirez un filtre pour en voir davantage, ou essayez un autre onglet.",
    "Remove a filter to see more, or try another tab.",
)
UNFILTERED = Text("Retirer tous les filtres", "Remove all filters")
EMPTY_SEARCH = Text("Aucun dossier ne correspond", "No dossier matches")
SEARCH_AGAIN = Text(
    "Cherchez par le numéro entier d’un dossier, ou par le début d’un nom ou d’une adresse électronique.",
    "Search by the whole number of a dossier, or by the beginning of a name or of an e-mail address.",
)
# What each tab says when nothing lies in it: what will appear there, and how.
EMPTY: dict[str, tuple[Text, Text]] = {
    "a-suivre": (
        Text("Rien à prendre en charge", "Nothing to take charge of"),
        Text(
            "Les dossiers déposés que personne ne suit apparaîtront ici.",
            "Submitted dossiers that nobody follows will appear here.",
        ),
    ),
    "suivis": (
        Text("Vous ne suivez aucun dossier", "You follow no dossier"),
        Text(
            "Ouvrez un dossier de l’onglet «\xa0À suivre\xa0» et choisissez «\xa0Suivre\xa0»\xa0: "
            "il sera ici et ses nouvelles vous parviendront par courriel.",
            "Open a dossier of the tab “To follow” and choose “Follow”: "
            "it will be here and its news will reach you by e-mail.",
        ),
    ),
    "traites": (
        Text("Aucun dossier traité", "No dossier decided"),
        Text(
            "Les dossiers acceptés, refusés ou classés sans suite apparaîtront ici.",
            "Dossiers that are accepted, refused or closed without action will appear here.",
        ),
    ),
    "tous": (
        Text("Aucun dossier déposé", "No dossier submitted"),
        Text(
            "Dès qu’un usager aura déposé un dossier, il apparaîtra ici.",
            "As soon as an applicant submits a dossier, it will appear here.",
        ),
    ),
}
COLUMNS = (
    (NUMBER, "number"),
    (REQUESTER, "grow"),
    (STATE, ""),
    (DEPOSITED, "number"),
    (FOLLOWED_BY, ""),
    (EMAIL, "wide-only"),
)
KEYS = (
    ("j k", Text("Dossier suivant, précédent", "Next, previous dossier")),
    ("Enter", Text("Ouvrir le dossier", "Open the dossier")),
    ("/", Text("Rechercher", "Search")),
)


def dossiers() -> rx.Component:
    """One tab of a procedure's dossiers."""
    main = rx.el.main(
        notices(),
        rx.el.div(
            rx.el.h1(rx.cond(DossiersState.title != "", DossiersState.title, t(DOSSIERS))),
            rx.el.div(_search(), rx.cond(DossiersState.export != "", export_link()), class_name="row finding"),
            class_name="row between head",
        ),
        _tabs(),
        rx.cond(DossiersState.is_open & (DossiersState.words == ""), narrowing()),
        rx.cond(
            DossiersState.is_open,
            rx.cond(DossiersState.lines.length() == 0, _empty(), _filled()),
            rx.el.p(t(READING), class_name="meta", role="status"),
        ),
        id="contenu",
        custom_attrs=FOCUSABLE,
    )
    return desk_page(rx.el.div(_side(), main, class_name="desk"), current="instruction", main=False)


def _filled() -> rx.Component:
    return rx.fragment(
        table(DossiersState.summary, COLUMNS, DossiersState.lines, _line),
        pagination(DossiersState.summary, DossiersState.preceding, DossiersState.following, shortcuts(*KEYS)),
    )


def _line(line: rx.Var[DossierLine]) -> rx.Component:
    is_unread = rx.fragment(
        " ",
        rx.el.span(class_name="dot", custom_attrs={"aria-hidden": "true"}),
        rx.el.span(line.unread_label, class_name="hidden"),
    )
    return rx.el.tr(
        cell(NUMBER, rx.el.a(line.number, href=line.href, custom_attrs={ROW: ""}), class_name="number"),
        rx.el.th(
            line.requester,
            rx.cond(line.is_unread, is_unread, rx.fragment()),
            scope="row",
            class_name="clip",
            title=line.requester,
        ),
        cell(STATE, state_chip(line.state), class_name="state"),
        cell(DEPOSITED, line.deposited, class_name="number"),
        cell(
            FOLLOWED_BY,
            rx.cond(line.followers != "", line.followers, rx.el.span(t(NOBODY), class_name="meta")),
            class_name="clip",
            title=line.followers,
        ),
        cell(EMAIL, line.email, class_name="clip wide-only", title=line.email),
        class_name=rx.cond(line.is_unread, "unread", ""),
        key=line.key,
    )


# -- around the table ----------------------------------------------------------------------------------------------
def _side() -> rx.Component:
    return rx.el.nav(
        rx.el.details(
            rx.el.summary(
                rx.el.span(rx.cond(DossiersState.title != "", DossiersState.title, t(MY_PROCEDURES))),
                icon("chevron-down"),
            ),
            rx.el.h2(t(MY_PROCEDURES)),
            rx.el.ul(rx.foreach(DossiersState.sides, _side_line)),
            rx.el.p(rx.el.a(t(ALL_PROCEDURES), href=href("/instruction")), class_name="all"),
            class_name="fold",
        ),
        class_name="side",
        aria_label=t(MY_PROCEDURES),
    )


def _side_line(line: rx.Var[ProcedureLine]) -> rx.Component:
    here = line.key == DossiersState.procedure
    count = rx.el.span(
        line.to_follow,
        rx.el.span(" " + t(TO_FOLLOW), class_name="hidden"),
        class_name=rx.cond(line.waits, "count yours", "count"),
    )
    return rx.el.li(
        rx.el.a(line.title, count, href=line.href, custom_attrs={"aria-current": only_if(here, "page")}),
        key=line.key,
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.label(t(SEARCH), html_for="recherche", class_name="hidden"),
        icon("search"),
        given_input(
            "recherche",
            DossiersState.words,
            name="recherche",
            type="search",
            placeholder=t(SEARCH_BY),
            max_length=200,
            class_name="input",
            custom_attrs={KEY: "/", "autoComplete": "off"},
        ),
        rx.el.kbd("/", custom_attrs={"aria-hidden": "true"}),
        on_submit=DossiersState.find,
        role="search",
        class_name="search",
    )


def _tabs() -> rx.Component:
    return rx.el.nav(rx.el.ul(rx.foreach(DossiersState.tabs, _tab)), class_name="tabs", aria_label=t(BY_STATE))


def _tab(tab: rx.Var[TabLink]) -> rx.Component:
    link = rx.el.a(
        tab.label,
        " ",
        rx.el.span(tab.count, class_name="count"),
        href=tab.href,
        custom_attrs={"aria-current": only_if(tab.is_current, "page")},
    )
    return rx.el.li(link, key=tab.key)


def _empty() -> rx.Component:
    tabs = [(tab, _nothing(title, text)) for tab, (title, text) in EMPTY.items()]
    unfiltered = rx.el.a(t(UNFILTERED), href=DossiersState.bare, class_name="button")
    cleared = rx.el.a(t(CLEAR), href=DossiersState.tabs[0].href, class_name="button")
    empty = rx.match(DossiersState.current_tab, *tabs, _nothing(EMPTY_SEARCH, SEARCH_AGAIN, cleared))
    return rx.cond(DossiersState.chips.length() > 0, _nothing(EMPTY_SEARCH, FILTER_LESS, unfiltered), empty)


def _nothing(title: Text, text: Text, *more: rx.Component) -> rx.Component:
    return rx.el.div(icon("inbox"), rx.el.h2(t(title)), rx.el.p(t(text)), *more, class_name="empty")
