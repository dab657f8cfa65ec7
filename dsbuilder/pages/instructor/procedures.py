"""The first page of the desk: the agent's procedures, and what waits in each."""

import reflex as rx

from dsbuilder.components.frame import desk_page
from dsbuilder.components.icons import icon
from dsbuilder.components.tables import cell, table
from dsbuilder.components.words import t
from dsbuilder.domain.desk import TAB_LABELS, Tab
from dsbuilder.domain.texts import Text
from dsbuilder.state.instructor.procedures import MyProceduresState, ProcedureLine

TITLE = Text("Démarches à instruire", "Procedures to examine")
PROCEDURE = Text("Démarche", "Procedure")
NUMBER = Text("Numéro", "Number")
EMPTY_TITLE = Text("Aucune démarche pour l’instant", "No procedure yet")
EMPTY = Text(
    "Les démarches que vous instruisez apparaîtront ici. Demandez à l’administrateur d’une démarche "
    "de vous inviter\xa0: vous recevrez un lien par courriel.",
    "The procedures whose dossiers you examine will appear here. Ask the administrator of a procedure to invite you: "
    "you will receive a link by e-mail.",
)
READING = Text("Lecture de vos démarches…", "Reading your procedures…")

COLUMNS = (
    (PROCEDURE, "grow"),
    (NUMBER, "number"),
    (TAB_LABELS[Tab.TO_FOLLOW], "number"),
    (TAB_LABELS[Tab.FOLLOWED], "number"),
    (TAB_LABELS[Tab.DECIDED], "number"),
    (TAB_LABELS[Tab.ALL], "number"),
)


def procedures() -> rx.Component:
    """My procedures with their counts."""
    filled = table(t(TITLE), COLUMNS, MyProceduresState.lines, _line)
    return desk_page(
        rx.el.h1(t(TITLE)),
        rx.cond(
            MyProceduresState.is_open,
            rx.cond(MyProceduresState.lines.length() == 0, _empty(), filled),
            rx.el.p(t(READING), class_name="meta", role="status"),
        ),
        current="instruction",
        class_name="wrap page stack",
    )


def _line(line: rx.Var[ProcedureLine]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(rx.el.a(line.title, href=line.href), scope="row", class_name="grow"),
        cell(NUMBER, line.key, class_name="number"),
        _count(Tab.TO_FOLLOW, line.to_follow, line, rx.cond(line.waits, "count yours", "count")),
        _count(Tab.FOLLOWED, line.followed, line, "count"),
        _count(Tab.DECIDED, line.decided, line, "count"),
        _count(Tab.ALL, line.all, line, "count"),
        key=line.key,
    )


def _count(tab: Tab, count: rx.Var[str], line: rx.Var[ProcedureLine], look: str | rx.Var[str]) -> rx.Component:
    link = rx.el.a(
        rx.el.span(count, class_name=look),
        rx.el.span(" " + t(TAB_LABELS[tab]) + ", ", line.title, class_name="hidden"),
        href=line.href + f"?statut={tab.value}",
        class_name="counted",
    )
    return cell(TAB_LABELS[tab], link, class_name="number")


def _empty() -> rx.Component:
    return rx.el.div(icon("inbox"), rx.el.h2(t(EMPTY_TITLE)), rx.el.p(t(EMPTY)), class_name="empty")
