"""What an agent may do with a dossier now: start, accept, refuse, close, give back, reopen."""

import reflex as rx

from dsbuilder.components.dialog import dialog
from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.components.writing import writing
from dsbuilder.domain.dossier import NEEDS_REASON, Event
from dsbuilder.domain.texts import Text
from dsbuilder.state.instructor.dossier import InstructionState

S = InstructionState
DECISION = Text("Décision", "Decision")
START = Text("Commencer l’instruction", "Start the instruction")
START_HINT = Text(
    "Vous suivrez ce dossier\xa0; l’usager ne pourra plus le modifier.",
    "You will follow this dossier; the applicant can no longer change it.",
)
GIVE_BACK = Text("Rendre à l’usager", "Give back to the applicant")
REOPEN = Text("Reprendre l’instruction", "Start the instruction again")
REASON_GIVEN = Text("Raison donnée à l’usager", "Reason given to the applicant")
REASON = Text("Raison", "Reason")
REASON_HINT = Text("L’usager la lira dans son dossier.", "The applicant will read it in the dossier.")
NO_REASON = Text(
    "Écrivez la raison de cette décision\xa0: l’usager la lira.",
    "Write the reason for this decision: the applicant will read it.",
)
CANCEL = Text("Annuler", "Cancel")
# Each decision: its button in the rail, the title of its dialog, the button that carries it out, its icon and looks.
_WORDS: dict[Event, tuple[Text, Text, Text, str, str, str]] = {
    Event.ACCEPT: (
        Text("Accepter…", "Accept…"),
        Text("Accepter ce dossier", "Accept this dossier"),
        Text("Accepter le dossier", "Accept the dossier"),
        "circle-check",
        "button primary",
        "button primary",
    ),
    Event.REFUSE: (
        Text("Refuser…", "Refuse…"),
        Text("Refuser ce dossier", "Refuse this dossier"),
        Text("Refuser le dossier", "Refuse the dossier"),
        "circle-x",
        "button danger",
        "button danger primary",
    ),
    Event.DISMISS: (
        Text("Classer sans suite…", "Close without action…"),
        Text("Classer ce dossier sans suite", "Close this dossier without action"),
        Text("Classer sans suite", "Close without action"),
        "circle-slash",
        "button quiet",
        "button primary",
    ),
}


def decision() -> rx.Component:
    """The section of the rail, and the dialogs that it opens."""
    start = rx.fragment(_step(Event.START_INSTRUCTION, START, "pencil-line", "button primary"), _note(START_HINT))
    decide = rx.fragment(
        *(_open(event) for event in _WORDS), _step(Event.GIVE_BACK, GIVE_BACK, "undo-2", "button quiet")
    )
    return rx.el.section(
        rx.el.h2(t(DECISION)),
        rx.el.div(
            rx.cond(S.dossier.can_start, start, rx.fragment()),
            rx.cond(S.dossier.can_decide, decide, rx.fragment()),
            rx.cond(S.dossier.can_reopen, _decided(), rx.fragment()),
            class_name="choices-of-decision",
        ),
        *(_dialog(event) for event in _WORDS),
    )


def _decided() -> rx.Component:
    reason = rx.el.div(
        rx.el.p(t(REASON_GIVEN), class_name="meta"), rx.el.blockquote(S.dossier.reason, class_name="reason")
    )
    return rx.fragment(
        rx.cond(S.dossier.reason != "", reason, rx.fragment()), _step(Event.REOPEN, REOPEN, "rotate-cw", "button")
    )


def _note(text: Text) -> rx.Component:
    return rx.el.p(t(text), class_name="meta")


def _step(event: Event, label: Text, icon_name: str, look: str) -> rx.Component:
    act = S.step(event.value, S.dossier.seen)
    return rx.el.button(icon(icon_name), t(label), type="button", on_click=act, class_name=look)


def _open(event: Event) -> rx.Component:
    label, _, _, icon_name, look, _ = _WORDS[event]
    return rx.el.button(
        icon(icon_name),
        t(label),
        type="button",
        on_click=S.choose(event.value),
        class_name=look,
        custom_attrs={"aria-haspopup": "dialog"},
    )


def _dialog(event: Event) -> rx.Component:
    _, title, do, icon_name, _, look = _WORDS[event]
    title_id = f"decision-{event.value}"
    return dialog(
        rx.el.h2(t(title), id=title_id),
        writing(
            rx.el.button(t(CANCEL), type="button", on_click=S.put_off, class_name="button quiet"),
            rx.el.button(icon(icon_name), t(do), type="submit", class_name=look),
            input_id=f"raison-{event.value}",
            label=t(REASON),
            hint=t(REASON_HINT),
            required=event in NEEDS_REASON,
            empty=NO_REASON,
            error=S.decision_error,
            answered=S.decisions,
            on_send=lambda reason: S.decide(event.value, S.dossier.seen, reason),
        ),
        open=S.deciding == event.value,
        labelled_by=title_id,
        on_dismiss=S.put_off,
    )
