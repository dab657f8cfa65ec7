"""Before publishing: a checklist, what would change, the public address."""

from typing import Any

import reflex as rx

from dsbuilder.components.frame import desk_page
from dsbuilder.components.given import given_input
from dsbuilder.components.icons import icon
from dsbuilder.components.words import href, t
from dsbuilder.domain.differences import ChangeKind
from dsbuilder.domain.texts import Text
from dsbuilder.state.administrator.publishing import DifferenceView, EffectView, ObstacleView, PublishingState

CRUMBS = Text("Fil d’Ariane", "Breadcrumb")
MINE = Text("Mes démarches", "My procedures")
PUBLISH = Text("Publier", "Publish")
PUBLISH_REVISION = Text("Publier la révision ", "Publish revision ")
LAST = Text("Dernière publication le ", "Last published on ")
BEFORE = Text("Avant de publier", "Before publishing")
FORM = Text("Formulaire", "Form")
NO_OBSTACLE = Text(", aucun problème qui empêche de publier", ", nothing forbids publishing")
SEE = Text("Voir", "See")
FIX = Text("Corriger", "Fix")
COMPLETE = Text("Compléter", "Complete")
TO_COMPLETE = Text("À compléter", "To complete")
NOT_BLOCKING = Text("Non bloquant", "Not blocking")
BLOCKING = Text("Bloquant", "Blocking")
AGENTS = Text("Agents", "Agents")
EDIT = Text("Modifier", "Edit")
ADDRESS = Text("Adresse publique", "Public address")
ADDRESS_HINT = Text(
    "Des lettres sans accent, des chiffres et des tirets. Vos usagers la retiendront : choisissez-la pour durer.",
    "Unaccented letters, digits and hyphens. Applicants will know it: choose it to last.",
)
CHANGES = Text("Ce qui change", "What changes")
FIRST = Text(
    "C’est la première publication : la démarche sera ouverte à tous à cette adresse.",
    "This is the first publication: the procedure will be open to all at this address.",
)
NOTHING = Text("Rien n’a changé depuis la dernière publication.", "Nothing changed since the last publication.")
WHERE = Text("Où", "Where")
CHANGE = Text("Changement", "Change")
WHOLE = Text("Démarche", "Procedure")
ONGOING_TITLE = Text("Ce qui arrive aux dossiers en cours", "What happens to ongoing dossiers")
FIX_FIRST = Text("Corrigez d’abord ce qui empêche de publier.", "Fix what forbids publishing first.")
ERROR = Text("Erreur : ", "Error: ")
KINDS: dict[ChangeKind, tuple[str, str, Text]] = {
    ChangeKind.ADDED: ("chip success", "plus", Text("Ajouté", "Added")),
    ChangeKind.CHANGED: ("chip info", "pencil", Text("Modifié", "Changed")),
    ChangeKind.REMOVED: ("chip danger", "minus", Text("Retiré", "Removed")),
    ChangeKind.MOVED: ("chip", "move-vertical", Text("Déplacé", "Moved")),
}

S = PublishingState


def publishing() -> rx.Component:
    """The whole page."""
    last = rx.cond(S.last_published_on != "", rx.el.p(t(LAST), S.last_published_on, class_name="meta"))
    return desk_page(
        _crumbs(),
        rx.el.div(rx.el.h1(t(PUBLISH_REVISION), S.revision), last, class_name="row between page-head"),
        rx.cond(S.is_open, rx.el.div(_checks(), _changes(), class_name="two publishing")),
        current="admin",
        class_name="wrap page administration",
    )


def _crumbs() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(
            rx.el.li(rx.el.a(t(MINE), href=href("/admin"))),
            rx.el.li(rx.el.a(S.title, href=_here(""))),
            rx.el.li(rx.el.span(t(PUBLISH), custom_attrs={"aria-current": "page"})),
        ),
        class_name="crumbs",
        aria_label=t(CRUMBS),
    )


def _here(path: str) -> rx.Var[str]:
    return href("/admin/demarches/") + S.number + path


# -- the checklist ------------------------------------------------------------------------------------------------
def _checks() -> rx.Component:
    ready = _check(
        "", "circle-check", rx.el.strong(t(FORM)), S.questions + t(NO_OBSTACLE), _here("/formulaire"), t(SEE)
    )
    return rx.el.section(
        rx.el.div(rx.el.h2(t(BEFORE), id="prets"), rx.el.span(S.summary, class_name="meta"), class_name="section-head"),
        rx.el.ul(
            rx.cond(S.obstacles.length() == 0, ready),
            rx.foreach(S.obstacles, _obstacle),
            rx.cond(
                S.has_instructors,
                _check("", "circle-check", rx.el.strong(t(AGENTS)), S.instructors, _here(""), t(EDIT)),
            ),
            rx.foreach(S.to_complete, _missing),
            class_name="checklist",
        ),
        _form(),
        custom_attrs={"aria-labelledby": "prets"},
    )


def _check(look: str, sign: str, head: rx.Component, text: Any, link: Any, link_text: str) -> rx.Component:
    return rx.el.li(
        icon(sign),
        rx.el.div(head, rx.el.p(text, class_name="meta")),
        rx.el.a(link_text, href=link),
        class_name=look,
    )


def _obstacle(one: rx.Var[ObstacleView]) -> rx.Component:
    head = rx.el.span(
        rx.el.strong(rx.cond(one.field != "", one.label, t(WHOLE))),
        " ",
        rx.el.span(t(BLOCKING), class_name="chip danger"),
    )
    link = rx.cond(one.field != "", _here("/formulaire?champ=") + one.field, _here(""))
    return _check("blocking", "circle-alert", head, one.text, link, t(FIX))


def _missing(text: rx.Var[str]) -> rx.Component:
    head = rx.el.span(rx.el.strong(text), " ", rx.el.span(t(NOT_BLOCKING), class_name="chip yours"))
    return _check("todo", "triangle-alert", head, t(TO_COMPLETE), _here(""), t(COMPLETE))


def _form() -> rx.Component:
    error = rx.el.p(
        icon("circle-alert"),
        rx.el.span(rx.el.span(t(ERROR), class_name="hidden"), S.path_error),
        id="path-erreur",
        class_name="error",
        role="alert",
    )
    may = (S.obstacles.length() == 0) & S.has_changes
    return rx.el.form(
        rx.el.div(
            rx.el.label(t(ADDRESS), html_for="path"),
            rx.el.p(t(ADDRESS_HINT), id="path-aide", class_name="hint"),
            rx.cond(S.path_error != "", error),
            rx.el.div(
                rx.el.span("/commencer/"),
                given_input(
                    "path",
                    S.path,
                    name="path",
                    class_name="input",
                    max_length=200,
                    required=True,
                    custom_attrs={
                        "aria-describedby": "path-aide path-erreur",
                        "aria-invalid": rx.cond(S.path_error != "", "true", "false"),
                        "autoComplete": "off",
                        "spellCheck": "false",
                    },
                ),
                class_name="affix",
            ),
            class_name=rx.cond(S.path_error != "", "field invalid", "field"),
        ),
        rx.el.div(
            rx.el.button(
                icon("globe"),
                t(PUBLISH_REVISION),
                S.revision,
                type="submit",
                class_name="button primary",
                disabled=~may,
            ),
            rx.cond(S.obstacles.length() > 0, rx.el.span(t(FIX_FIRST), class_name="meta")),
            class_name="button-group",
        ),
        on_submit=S.publish,
        class_name="stack publish-form",
    )


# -- what changes -------------------------------------------------------------------------------------------------
def _changes() -> rx.Component:
    head = rx.el.div(
        rx.el.h2(t(CHANGES), id="diff"),
        rx.cond(S.last_published_on != "", rx.el.span(S.change_count, class_name="meta")),
        class_name="section-head",
    )
    listed = rx.el.div(
        rx.el.table(
            rx.el.caption(t(CHANGES), class_name="hidden"),
            rx.el.thead(rx.el.tr(rx.el.th(t(WHERE), scope="col"), rx.el.th(t(CHANGE), scope="col", col_span=2))),
            rx.el.tbody(rx.foreach(S.differences, _difference)),
            class_name="table open",
        ),
        class_name="table-box",
        role="region",
        aria_label=t(CHANGES),
        tab_index=0,
    )
    said = rx.cond(S.differences.length() > 0, listed, rx.el.p(t(NOTHING)))
    return rx.el.section(
        head,
        rx.cond(S.last_published_on == "", rx.el.p(t(FIRST)), rx.fragment(said, _ongoing())),
        class_name="stack",
        custom_attrs={"aria-labelledby": "diff"},
    )


def _ongoing() -> rx.Component:
    def one(effect: rx.Var[EffectView]) -> rx.Component:
        return rx.el.div(rx.el.dt(effect.label), rx.el.dd(effect.counts))

    return rx.cond(
        S.ongoing.length() > 0,
        rx.el.div(
            rx.el.h3(t(ONGOING_TITLE)),
            rx.el.ul(rx.foreach(S.ongoing, lambda sentence: rx.el.li(sentence)), class_name="stack"),
            rx.cond(S.effects.length() > 0, rx.el.dl(rx.foreach(S.effects, one), class_name="answers")),
            class_name="card stack",
        ),
    )


def _difference(one: rx.Var[DifferenceView]) -> rx.Component:
    chips = [
        (kind.value, rx.el.span(icon(sign), t(text), class_name=look)) for kind, (look, sign, text) in KINDS.items()
    ]
    texts = rx.fragment(
        rx.cond(one.before != "", rx.fragment(" : ", rx.el.del_(one.before), " ")),
        rx.cond(one.after != "", rx.fragment(rx.cond(one.before == "", " : ", ""), rx.el.ins(one.after))),
    )
    return rx.el.tr(
        rx.el.th(rx.cond(one.section != "", one.section, t(WHOLE)), scope="row"),
        rx.el.td(rx.match(one.kind, *chips, rx.fragment())),
        rx.el.td(rx.el.b(one.label), rx.cond(one.what != "", rx.fragment(" ", one.what)), texts),
    )
