"""Small signs: the state of a dossier, a count, a person's initials."""

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.domain.dossier import STATE_LABELS, DossierState

# Blue has arrived, ochre is being worked on, green and red are decided; a word always goes with it.
_LOOKS: dict[DossierState, tuple[str, str]] = {
    DossierState.DRAFT: ("chip outline", "pencil-line"),
    DossierState.SUBMITTED: ("chip info", "inbox"),
    DossierState.UNDER_INSTRUCTION: ("chip yours", "pencil-line"),
    DossierState.ACCEPTED: ("chip success", "circle-check"),
    DossierState.REFUSED: ("chip danger", "circle-x"),
    DossierState.DISMISSED: ("chip", "circle-slash"),
}


def state_chip(state: rx.Var[str]) -> rx.Component:
    """The state of a dossier as a word with its icon. Not inside an `@rx.memo` component."""
    return rx.match(state, *((each.value, _chip(each)) for each in DossierState), rx.fragment())


def _chip(state: DossierState) -> rx.Component:
    look, icon_name = _LOOKS[state]
    return rx.el.span(icon(icon_name), t(STATE_LABELS[state]), class_name=look)


def person(initials: rx.Var[str]) -> rx.Component:
    """Someone's initials; the name stands beside it."""
    return rx.el.span(initials, class_name="person", custom_attrs={"aria-hidden": "true"})
