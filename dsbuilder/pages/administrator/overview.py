"""One procedure: where it stands, its presentation, who works on it."""

from typing import Any

import reflex as rx

from dsbuilder.components.dialog import dialog
from dsbuilder.components.failure import connection_is_lost
from dsbuilder.components.frame import desk_page
from dsbuilder.components.given import given_input
from dsbuilder.components.icons import icon
from dsbuilder.components.in_place import CopyButton, edited_text, saved_state
from dsbuilder.components.outgoing import file_links, mails_link, prefill_links
from dsbuilder.components.procedure_state import procedure_state
from dsbuilder.components.words import href, language, t
from dsbuilder.domain.people import Role
from dsbuilder.domain.procedure import ProcedureState
from dsbuilder.domain.texts import Text
from dsbuilder.state.administrator.overview import MemberView, OverviewState

CRUMBS = Text("Fil d’Ariane", "Breadcrumb")
MINE = Text("Mes démarches", "My procedures")
FORM = Text("Formulaire", "Form")
EDIT_FORM = Text("Modifier le formulaire", "Edit the form")
PREVIEW = Text("Aperçu", "Preview")
PUBLISH = Text("Publier", "Publish")
PUBLISH_CHANGES = Text("Publier les modifications", "Publish the changes")
OPEN_AGAIN = Text("Publier à nouveau", "Publish again")
PRESENTATION = Text("Présentation", "Presentation")
TITLE = Text("Titre", "Title")
DESCRIPTION = Text("Ce que l’usager lit avant de commencer", "What applicants read before they start")
OPTIONAL = Text("(facultatif)", "(optional)")
ADDRESS = Text("Adresse publique", "Public address")
NO_ADDRESS = Text("Elle sera choisie au moment de publier.", "It is chosen when you publish.")
COPY = Text("Copier le lien", "Copy the link")
COPIED = Text("Lien copié", "Link copied")
DOSSIERS = Text("Dossiers", "Dossiers")
DEPOSITED = Text(" déposés, ", " deposited, ")
WAITING = Text(" à traiter", " to process")
SINCE = Text("Publiée le", "Published on")
CLOSED_ON = Text("Close le", "Closed on")
CLOSE = Text("Clore la démarche", "Close the procedure")
CLOSE_ASKED = Text("Clore cette démarche ?", "Close this procedure?")
CLOSE_MEANS = Text(
    "Plus personne ne pourra commencer ni déposer de dossier. Les dossiers déposés restent à instruire. "
    "Vous pourrez publier à nouveau.",
    "Nobody will be able to start or deposit a dossier. Those deposited remain to be processed. "
    "You will be able to publish again.",
)
CANCEL = Text("Annuler", "Cancel")
TO_COMPLETE = Text("À compléter", "To complete")
ADMINISTRATORS = Text("Administrateurs", "Administrators")
ADMINISTRATORS_DO = Text("Ils modifient le formulaire et publient.", "They edit the form and publish.")
INSTRUCTORS = Text("Agents", "Agents")
INSTRUCTORS_DO = Text("Ils lisent les dossiers et décident.", "They read the dossiers and decide.")
EMAIL = Text("Adresse électronique", "E-mail address")
INVITE = Text("Inviter", "Invite")
INVITED = Text("Invitation envoyée", "Invitation sent")
REMOVE = Text("Retirer", "Remove")
YOU = Text("vous", "you")
ERROR = Text("Erreur : ", "Error: ")

Detail = tuple[str, Text, Text | None, str, int]  # name, label, hint, type of the input, lines
DETAILS: tuple[tuple[Detail, ...], ...] = (  # those of one tuple stand on one line
    (("audience", Text("Qui est concerné", "Who is concerned"), None, "text", 3),),
    (
        ("service", Text("Service responsable", "Service in charge"), None, "text", 1),
        ("organisation", Text("Organisme", "Organisation"), None, "text", 1),
    ),
    (
        ("email", Text("Adresse électronique du service", "E-mail of the service"), None, "email", 1),
        ("phone", Text("Téléphone du service", "Phone of the service"), None, "tel", 1),
    ),
    (
        ("hours", Text("Horaires", "Opening hours"), None, "text", 1),
        ("site", Text("Site internet", "Web site"), None, "url", 1),
    ),
    (
        (
            "legal_basis",
            Text("Texte qui autorise à demander ces informations", "Text that allows asking for this"),
            Text("Un lien, ou par exemple une délibération.", "A link, or for example a deliberation."),
            "text",
            2,
        ),
    ),
    (
        ("usual_delay", Text("Délai habituel de réponse", "Usual delay of an answer"), None, "text", 1),
        (
            "closes_on",
            Text("Dernier jour pour déposer", "Last day to deposit"),
            Text("La démarche sera close à la fin de ce jour.", "The procedure closes at the end of that day."),
            "date",
            1,
        ),
    ),
    (
        (
            "months_kept",
            Text("Conservation des dossiers, en mois", "Dossiers kept, in months"),
            Text("De 1 à 36 mois après la décision.", "From 1 to 36 months after the decision."),
            "text",
            1,
        ),
    ),
)


def overview() -> rx.Component:
    """The whole page."""
    return desk_page(
        _crumbs(),
        rx.el.div(
            rx.el.div(
                rx.el.h1(OverviewState.title),
                procedure_state(OverviewState.state, OverviewState.has_changes),
                class_name="stack-tight",
            ),
            _main_actions(),
            class_name="row between page-head",
        ),
        rx.cond(
            OverviewState.is_open,
            rx.el.div(
                rx.el.div(_presentation(), class_name="stack-lg"),
                rx.el.div(_facts(), _team(), *_outgoing(), class_name="stack-lg"),
                class_name="overview",
            ),
        ),
        _closing(),
        current="admin",
        class_name="wrap page administration",
    )


def _crumbs() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            rx.el.li(rx.el.a(t(MINE), href=href("/admin"))),
            rx.el.li(rx.el.span(OverviewState.title, custom_attrs={"aria-current": "page"})),
        ),
        class_name="crumbs",
        aria_label=t(CRUMBS),
    )


def _here(path: str) -> rx.Var[str]:
    return href("/admin/demarches/") + OverviewState.number + path


def _main_actions() -> rx.Component:
    publish = rx.match(
        OverviewState.state,
        (ProcedureState.PUBLISHED.value, t(PUBLISH_CHANGES)),
        (ProcedureState.CLOSED.value, t(OPEN_AGAIN)),
        t(PUBLISH),
    )
    return rx.el.div(
        rx.el.a(icon("eye"), t(PREVIEW), href=_here("/apercu"), class_name="button quiet"),
        rx.el.a(icon("pencil"), t(EDIT_FORM), href=_here("/formulaire"), class_name="button"),
        rx.el.a(icon("globe"), publish, href=_here("/publier"), class_name="button primary"),
        class_name="button-group",
    )


# -- presentation -------------------------------------------------------------------------------------------------
def _presentation() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t(PRESENTATION), id="presentation"),
            saved_state(language(), stamp=OverviewState.stamp, lost=connection_is_lost, class_name="saved"),
            class_name="section-head",
        ),
        _field("title", TITLE, None, OverviewState.title, OverviewState.set_title, "text", 1, 2_000, False),
        _field(
            "description", DESCRIPTION, None, OverviewState.description, OverviewState.set_description,
            "text", 8, 20_000, True,
        ),
        *[_details(line) for line in DETAILS],
        custom_attrs={"aria-labelledby": "presentation"},
    )  # fmt: skip


def _details(line: tuple[Detail, ...]) -> rx.Component:
    drawn = [
        _field(name, label, hint, OverviewState.details[name], OverviewState.set_detail(name), kind, lines, 2_000, True)
        for name, label, hint, kind, lines in line
    ]
    return rx.el.div(*drawn, class_name="fields") if len(drawn) > 1 else drawn[0]


def _field(
    name: str, label: Text, hint: Text | None, value: Any, event: Any, kind: str, lines: int, limit: int, optional: bool
) -> rx.Component:
    error = OverviewState.errors.get(name, "").to(str)
    described = {"aria-describedby": f"{name}-erreur" + (f" {name}-aide" if hint else "")}
    mark = rx.el.span(" " + t(OPTIONAL), class_name="optional") if optional else rx.fragment()
    text = edited_text(
        language(), name, value, event, lines=lines, limit=limit, id=name, type=kind,
        class_name="textarea short" if lines > 1 else "input", custom_attrs=described,
    )  # fmt: skip
    return rx.el.div(
        rx.el.label(t(label), mark, html_for=name),
        rx.el.p(t(hint), id=f"{name}-aide", class_name="hint") if hint else rx.fragment(),
        _error(name, error),
        text,
        class_name=rx.cond(error != "", "field invalid", "field"),
    )


def _error(name: str, error: rx.Var[str]) -> rx.Component:
    said = rx.el.span(rx.el.span(t(ERROR), class_name="hidden"), error)
    return rx.el.div(rx.cond(error != "", rx.el.p(icon("circle-alert"), said, class_name="error")), id=f"{name}-erreur")


# -- where it stands ----------------------------------------------------------------------------------------------
def _facts() -> rx.Component:
    address = rx.el.div(
        rx.el.code("/commencer/" + OverviewState.path),
        CopyButton.create(
            icon("copy"), t(COPY), text="/commencer/" + OverviewState.path, done=" : " + t(COPIED),
            class_name="button quiet",
        ),
        class_name="row between",
    )  # fmt: skip
    missing = rx.el.div(
        rx.el.dt(t(TO_COMPLETE)),
        rx.el.dd(rx.el.ul(rx.foreach(OverviewState.to_complete, rx.el.li))),
    )
    close = rx.el.button(
        icon("lock"), t(CLOSE), type="button", class_name="button danger", on_click=OverviewState.ask_to_close(True)
    )
    return rx.el.section(
        rx.el.dl(
            _fact(FORM, OverviewState.questions),
            _fact(DOSSIERS, OverviewState.dossiers + t(DEPOSITED) + OverviewState.waiting + t(WAITING)),
            rx.cond(OverviewState.published_on != "", _fact(SINCE, OverviewState.published_on)),
            rx.cond(OverviewState.closed_on != "", _fact(CLOSED_ON, OverviewState.closed_on)),
            rx.el.div(
                rx.el.dt(t(ADDRESS)),
                rx.el.dd(rx.cond(OverviewState.path != "", address, rx.el.span(t(NO_ADDRESS), class_name="meta"))),
            ),
            rx.cond(OverviewState.to_complete.length() > 0, missing),
            class_name="facts",
        ),
        rx.cond(OverviewState.state == ProcedureState.PUBLISHED.value, close),
        class_name="card roomy stack",
        aria_label=t(FORM),
    )


def _outgoing() -> tuple[rx.Component, ...]:
    number = OverviewState.number
    return mails_link(number), file_links(number), prefill_links(OverviewState.prefill_link, OverviewState.prefill)


def _fact(name: Text, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(t(name)), rx.el.dd(value))


def _closing() -> rx.Component:
    return dialog(
        rx.el.h2(t(CLOSE_ASKED), id="closing"),
        rx.el.p(t(CLOSE_MEANS)),
        rx.el.div(
            rx.el.button(t(CANCEL), type="button", class_name="button", on_click=OverviewState.ask_to_close(False)),
            rx.el.button(
                t(CLOSE), type="button", class_name="button danger primary", on_click=OverviewState.close_procedure
            ),
            class_name="button-group",
        ),
        open=OverviewState.is_closing,
        labelled_by="closing",
        on_dismiss=OverviewState.ask_to_close(False),
    )


# -- the team -----------------------------------------------------------------------------------------------------
def _team() -> rx.Component:
    return rx.fragment(
        _group(INSTRUCTORS, INSTRUCTORS_DO, OverviewState.instructors, Role.INSTRUCTOR),
        _group(ADMINISTRATORS, ADMINISTRATORS_DO, OverviewState.administrators, Role.ADMINISTRATOR),
    )


def _group(title: Text, does: Text, members: Any, role: Role) -> rx.Component:
    error = OverviewState.errors.get(role.value, "").to(str)
    form = rx.el.form(
        rx.el.div(
            rx.el.label(t(EMAIL), html_for=f"invite-{role.value}"),
            _error(role.value, error),
            rx.el.div(
                given_input(
                    f"invite-{role.value}",
                    answered=members.length(),  # emptied once the person is in the list, kept when refused
                    name="email", type="email", class_name="input", required=True,
                    custom_attrs={"autoComplete": "off", "aria-describedby": f"{role.value}-erreur"},
                ),
                rx.el.button(icon("mail-plus"), t(INVITE), type="submit", class_name="button"),
                class_name="with-button",
            ),
            class_name=rx.cond(error != "", "field invalid", "field"),
        ),
        on_submit=OverviewState.invite(role.value),
    )  # fmt: skip
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t(title), id=role.value),
            rx.el.span(members.length(), class_name="count"),
            class_name="section-head",
        ),
        rx.el.p(t(does), class_name="meta"),
        rx.el.ul(rx.foreach(members, lambda member: _member(member, role)), class_name="members", role="list"),
        form,
        class_name="stack",
        custom_attrs={"aria-labelledby": role.value},
    )


def _member(member: rx.Var[MemberView], role: Role) -> rx.Component:
    waiting = rx.el.span(icon("hourglass"), t(INVITED), class_name="chip yours")
    return rx.el.li(
        rx.el.div(
            rx.cond(member.name != "", rx.el.strong(member.name)),
            rx.el.span(member.email, class_name="meta"),
            rx.cond(member.is_me, rx.el.span(t(YOU), class_name="chip")),
            rx.cond(member.id == "", waiting),
        ),
        rx.el.button(
            icon("x"),
            type="button",
            class_name="button quiet icon-only",
            aria_label=t(REMOVE) + " " + member.email,
            on_click=OverviewState.remove_member(member.id, member.email, role.value),
        ),
        key=member.email,
    )
