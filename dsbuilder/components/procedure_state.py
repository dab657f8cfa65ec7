"""The state of a procedure as a word with its icon."""

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.domain.procedure import ProcedureState
from dsbuilder.domain.texts import Text

STATES: dict[ProcedureState, tuple[str, str, Text]] = {
    ProcedureState.DRAFT: ("chip outline", "file-pen", Text("Brouillon", "Draft")),
    ProcedureState.PUBLISHED: ("chip success", "globe", Text("Publiée", "Published")),
    ProcedureState.CLOSED: ("chip", "lock", Text("Close", "Closed")),
    ProcedureState.UNPUBLISHED: ("chip", "circle-slash", Text("Dépubliée", "Unpublished")),
}
CHANGED = Text("Modifications non publiées", "Unpublished changes")


def procedure_state(state: rx.Var[str], has_changes: rx.Var[bool]) -> rx.Component:
    """Where the procedure stands, and whether its draft differs from what is published."""
    chips = [
        (each.value, rx.el.span(icon(sign), t(text), class_name=look)) for each, (look, sign, text) in STATES.items()
    ]
    changed = rx.el.span(icon("circle-dot"), t(CHANGED), class_name="chip yours")
    return rx.el.span(
        rx.match(state, *chips, rx.fragment()),
        rx.cond(has_changes & (state != ProcedureState.DRAFT.value), changed),
        class_name="row",
    )
