"""What an applicant and the agents write to each other."""

from typing import Any

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.components.writing import writing
from dsbuilder.domain.messages import Said
from dsbuilder.domain.texts import Text

_NEW = Text("Nouveau", "New")
_YOUR_MESSAGE = Text("Votre message", "Your message")
_SEND = Text("Envoyer", "Send")
_NONE = Text("Aucun message pour l’instant.", "No message yet.")


def thread(messages: rx.Var[list[Said]]) -> rx.Component:
    """The messages, oldest first; one's own side stands on the right."""
    return rx.cond(
        messages.length() == 0,
        rx.el.p(t(_NONE), class_name="meta"),
        rx.el.ol(rx.foreach(messages, _message), class_name="thread", role="list"),
    )


def _message(said: rx.Var[Said]) -> rx.Component:
    return rx.el.li(
        rx.el.header(
            rx.el.strong(said.author),
            rx.el.span(
                rx.cond(said.is_new, rx.el.span(t(_NEW), class_name="chip yours"), rx.fragment()),
                " ",
                rx.el.time(said.when, date_time=said.at, class_name="meta"),
            ),
        ),
        rx.el.p(said.body, class_name="said-body"),
        rx.cond(said.read != "", rx.el.footer(icon("check-check"), said.read), rx.fragment()),
        class_name=rx.cond(said.is_mine, "message mine", "message"),
        key=said.key,
    )


def write_message(hint: Text, *, error: rx.Var[str], answered: rx.Var[int], on_send: Any) -> rx.Component:
    """Where one writes to the other side; `hint` says who will read it and when."""
    return writing(
        rx.el.button(icon("send"), t(_SEND), type="submit", class_name="button primary"),
        input_id="message",
        label=t(_YOUR_MESSAGE),
        hint=t(hint),
        required=True,
        error=error,
        answered=answered,
        on_send=on_send,
    )
