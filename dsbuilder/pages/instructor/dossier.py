"""One dossier on the desk: the answers on the left, what to do about them on the right."""

import reflex as rx

from dsbuilder.components.answers import answers
from dsbuilder.components.attributes import FOCUSABLE, only_if
from dsbuilder.components.badges import person, state_chip
from dsbuilder.components.frame import desk_page, notices
from dsbuilder.components.icons import icon
from dsbuilder.components.on_paper import pdf_link
from dsbuilder.components.shortcuts import KEY, shortcuts
from dsbuilder.components.threads import thread, write_message
from dsbuilder.components.words import t
from dsbuilder.domain.dossier import Event
from dsbuilder.domain.texts import Text
from dsbuilder.pages.instructor.deciding import decision
from dsbuilder.state.instructor.dossier import ANSWERS, HISTORY, THREAD, FollowerView, HistoryLine, InstructionState

S = InstructionState
DOSSIER = Text("Dossier", "Dossier")
DOSSIER_NUMBER = Text("Dossier nº", "Dossier no.")
DEPOSITED_ON = Text(", déposé le ", ", submitted on ")
PATH = Text("Fil d’Ariane", "Breadcrumb")
NEIGHBOURS = Text("Dossiers voisins", "Neighbouring dossiers")
PREVIOUS = Text("Précédent", "Previous")
NEXT = Text("Suivant", "Next")
PARTS = Text("Parties du dossier", "Parts of the dossier")
REQUEST = Text("Demande", "Request")
THREAD_LABEL = Text("Messagerie", "Messages")
HISTORY_LABEL = Text("Historique", "History")
NEW = Text("nouveau", "new")
INSTRUCTION = Text("Instruction", "Instruction")
DATES = Text("Dates", "Dates")
DEPOSITED = Text("Déposé le", "Submitted on")
STARTED = Text("En instruction depuis le", "Under instruction since")
DECIDED = Text("Décidé le", "Decided on")
REQUESTER = Text("Demandeur", "Requester")
NAME = Text("Nom", "Name")
ACCOUNT = Text("Compte", "Account")
FOLLOWED_BY = Text("Suivi par", "Followed by")
NOBODY = Text("Personne ne suit ce dossier.", "Nobody follows this dossier.")
FOLLOW = Text("Suivre", "Follow")
UNFOLLOW = Text("Ne plus suivre", "Stop following")
NO_ANSWERS = Text("Ce formulaire ne pose aucune question.", "This form asks no question.")
READING = Text("Lecture du dossier…", "Reading the dossier…")
BY = Text("par ", "by ")
MESSAGE_HINT = Text(
    "L’usager le lira dans son dossier et en sera prévenu par courriel.",
    "The applicant will read it in the dossier and be told by e-mail.",
)
KEYS = (
    ("j k", Text("Dossier suivant, précédent", "Next, previous dossier")),
    ("f", Text("Suivre ou ne plus suivre", "Follow or stop following")),
    ("u", Text("Revenir à la liste", "Back to the list")),
)
_EVENT_ICONS = {
    Event.SUBMIT: "inbox",
    Event.START_INSTRUCTION: "pencil-line",
    Event.GIVE_BACK: "undo-2",
    Event.ACCEPT: "check",
    Event.REFUSE: "x",
    Event.DISMISS: "circle-slash",
    Event.REOPEN: "rotate-cw",
}


def dossier() -> rx.Component:
    """The whole page."""
    parts = rx.match(S.part, (THREAD, _thread()), (HISTORY, _history()), _answers())
    main = rx.el.main(
        rx.el.div(rx.cond(S.is_open, _way()), _head(), rx.cond(S.is_open, _parts()), class_name="dossier-head"),
        rx.cond(
            S.is_open,
            rx.el.div(rx.el.div(notices(), parts, class_name="content"), _rail(), class_name="dossier"),
            rx.el.div(notices(), rx.el.p(t(READING), class_name="meta", role="status"), class_name="content"),
        ),
        id="contenu",
        custom_attrs=FOCUSABLE,
    )
    return desk_page(main, current="instruction", main=False)


# -- the head ------------------------------------------------------------------------------------------------------
def _way() -> rx.Component:
    back = rx.el.nav(
        rx.el.ol(rx.el.li(rx.el.a(S.dossier.procedure_title, href=S.ways.list, custom_attrs={KEY: "u"}))),
        class_name="crumbs",
        aria_label=t(PATH),
    )
    previous = rx.el.a(
        icon("chevron-left"),
        t(PREVIOUS),
        rx.el.kbd("k", custom_attrs={"aria-hidden": "true"}),
        href=S.ways.previous,
        rel="prev",
        class_name="button quiet",
        custom_attrs={KEY: "k"},
    )
    following = rx.el.a(
        t(NEXT),
        rx.el.kbd("j", custom_attrs={"aria-hidden": "true"}),
        icon("chevron-right"),
        href=S.ways.next,
        rel="next",
        class_name="button quiet",
        custom_attrs={KEY: "j"},
    )
    neighbours = rx.el.nav(
        rx.cond(S.ways.previous != "", previous, rx.fragment()),
        rx.cond(S.ways.next != "", following, rx.fragment()),
        class_name="row screen",
        aria_label=t(NEIGHBOURS),
    )
    tools = (pdf_link(S.ways.document, "button quiet"), neighbours, shortcuts(*KEYS))
    return rx.el.div(back, rx.el.div(*tools, class_name="row screen"), class_name="row between")


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.h1(rx.cond(S.dossier.title != "", S.dossier.title, t(DOSSIER))),
        state_chip(S.dossier.state),
        rx.cond(
            S.is_open,
            rx.el.span(
                t(DOSSIER_NUMBER) + "\xa0",
                rx.el.span(S.dossier.number, class_name="num"),
                t(DEPOSITED_ON),
                S.dossier.deposited,
                class_name="meta",
            ),
        ),
        class_name="row title",
    )


def _parts() -> rx.Component:
    unread = rx.el.span(S.dossier.message_count, " ", rx.el.span(t(NEW), class_name="hidden"), class_name="count yours")
    count = rx.cond(
        S.dossier.message_count != "",
        rx.cond(S.dossier.unread_count > 0, unread, rx.el.span(S.dossier.message_count, class_name="count")),
        rx.fragment(),
    )
    return rx.el.nav(
        rx.el.ul(
            _part(ANSWERS, REQUEST, S.ways.answers),
            _part(THREAD, THREAD_LABEL, S.ways.thread, count),
            _part(HISTORY, HISTORY_LABEL, S.ways.history),
        ),
        class_name="tabs",
        aria_label=t(PARTS),
    )


def _part(part: str, label: Text, href: rx.Var[str], *more: rx.Component) -> rx.Component:
    current = {"aria-current": only_if(S.part == part, "page")}
    return rx.el.li(rx.el.a(t(label), *more, href=href, custom_attrs=current))


# -- the parts -----------------------------------------------------------------------------------------------------
def _answers() -> rx.Component:
    return rx.cond(
        S.sections.length() == 0,
        rx.el.p(t(NO_ANSWERS), class_name="meta"),
        rx.el.div(answers(S.sections), class_name="stack-lg"),
    )


def _thread() -> rx.Component:
    return rx.el.section(
        thread(S.thread),
        write_message(MESSAGE_HINT, error=S.message_error, answered=S.sent, on_send=S.write),
        class_name="stack-lg",
        aria_label=t(THREAD_LABEL),
    )


def _history() -> rx.Component:
    return rx.el.section(
        rx.el.ol(rx.foreach(S.history, _happened), class_name="timeline", role="list"), aria_label=t(HISTORY_LABEL)
    )


def _happened(line: rx.Var[HistoryLine]) -> rx.Component:
    pictures = [(event.value, icon(name)) for event, name in _EVENT_ICONS.items()]
    return rx.el.li(
        rx.match(line.event, *pictures, icon("history")),
        rx.el.h3(line.label),
        rx.el.p(
            rx.el.time(line.when, date_time=line.at),
            rx.cond(line.who != "", rx.el.span(t(BY), line.who, class_name="meta")),
        ),
        rx.cond(line.reason != "", rx.el.blockquote(line.reason, class_name="reason"), rx.fragment()),
        key=line.key,
    )


# -- the rail ------------------------------------------------------------------------------------------------------
def _rail() -> rx.Component:
    return rx.el.aside(decision(), _dates(), _followers(), _requester(), class_name="rail", aria_label=t(INSTRUCTION))


def _dates() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t(DATES)),
        rx.el.dl(
            _fact(DEPOSITED, S.dossier.deposited),
            _fact(STARTED, S.dossier.started),
            _fact(DECIDED, S.dossier.decided),
            class_name="facts",
        ),
    )


def _fact(label: Text, value: rx.Var[str]) -> rx.Component:
    return rx.cond(value != "", rx.el.div(rx.el.dt(t(label)), rx.el.dd(value)), rx.fragment())


def _followers() -> rx.Component:
    follow = rx.el.button(
        icon("star"), t(FOLLOW), type="button", on_click=S.follow, class_name="button quiet", custom_attrs={KEY: "f"}
    )
    unfollow = rx.el.button(
        icon("star"),
        t(UNFOLLOW),
        type="button",
        on_click=S.unfollow,
        class_name="button quiet",
        custom_attrs={KEY: "f"},
    )
    return rx.el.section(
        rx.el.h2(t(FOLLOWED_BY)),
        rx.cond(
            S.followers.length() == 0,
            rx.el.p(t(NOBODY), class_name="meta"),
            rx.el.ul(rx.foreach(S.followers, _follower), role="list", class_name="people"),
        ),
        rx.el.div(rx.cond(S.dossier.is_followed, unfollow, follow), class_name="row"),
    )


def _follower(follower: rx.Var[FollowerView]) -> rx.Component:
    return rx.el.li(person(follower.initials), rx.el.span(follower.name), class_name="row", key=follower.key)


def _requester() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t(REQUESTER)),
        rx.el.dl(_fact(NAME, S.dossier.requester), _fact(ACCOUNT, S.dossier.email), class_name="facts"),
    )
