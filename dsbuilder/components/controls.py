"""Each control, drawn once: a question with its label, hint, error and input."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.questionnaire import Question
from dsbuilder.domain.texts import Language, Text

_OPTIONAL = Text("(facultatif)", "(optional)")
_ERROR = Text("Erreur : ", "Error: ")
_CHOOSE = Text("Choisissez", "Choose")

Q = rx.Var[Question]


@dataclass(frozen=True)
class FormHandlers:
    """What a form calls: event handlers of one state, each taking the question's path first."""

    owner: str  # names the drawn component; one per state
    answer: Any  # (path, text)
    tick: Any  # (path, checked)
    toggle: Any  # (path, choice, checked)
    link: Any  # (path, level, choice)


def question(q: Q, error: rx.Var[str], handlers: FormHandlers, language: Language) -> rx.Component:
    """One question of a form; drawn again only when it or its error changes."""
    return _row(handlers, language)(q=q, error=error, key=q.path)


@cache
def _row(handlers: FormHandlers, language: Language) -> Any:
    draw = _Draw(handlers, language)

    def row(q: rx.Var[Question], error: rx.Var[str]) -> rx.Component:
        return draw.question(q, error)

    row.__name__ = f"question_{handlers.owner}_{language}"
    return rx.memo(row)


class _Draw:
    """How each control is drawn, in one language, for one form's handlers."""

    def __init__(self, handlers: FormHandlers, language: Language) -> None:
        self.on = handlers
        self.language = language

    def question(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.match(
            q.control,
            (Control.TEXT, self.labelled(q, error, self.text(q, error))),
            (Control.NUMBER, self.labelled(q, error, self.text(q, error))),
            (Control.DATE, self.labelled(q, error, self.text(q, error))),
            (Control.DATETIME, self.labelled(q, error, self.text(q, error))),
            (Control.LONG_TEXT, self.labelled(q, error, self.long_text(q, error))),
            (Control.LIST, self.labelled(q, error, self.list(q, error))),
            (Control.RADIO, self.grouped(q, error, rx.foreach(q.choices, lambda c: self.radio(q, c)))),
            (Control.MULTIPLE, self.grouped(q, error, rx.foreach(q.choices, lambda c: self.tick_one(q, c)))),
            (Control.CHECKBOX, self.checkbox(q, error)),
            (Control.HEADING, rx.el.h3(q.label)),
            (Control.NOTE, self.note(q)),
            (Control.ROWS, rx.el.div(rx.el.p(q.label, class_name="label"), self.hint(q), self.error(q, error))),
            rx.el.p(q.label),
        )

    # -- around an input -------------------------------------------------------------------------------------------
    def labelled(self, q: Q, error: rx.Var[str], control: rx.Component) -> rx.Component:
        return rx.el.div(
            rx.el.label(q.label, self.optional(q), html_for=_id(q)),
            self.hint(q),
            self.error(q, error),
            control,
            class_name=_field_class(error),
        )

    def grouped(self, q: Q, error: rx.Var[str], choices: rx.Component) -> rx.Component:
        return rx.el.fieldset(
            rx.el.legend(q.label, self.optional(q)),
            self.hint(q),
            self.error(q, error),
            rx.el.div(choices, class_name=rx.cond(q.choices.length() == 2, "choices inline pair", "choices")),
            id=_id(q),
            tab_index=-1,
            class_name=_field_class(error),
            custom_attrs=_described(q, error),
        )

    def optional(self, q: Q) -> rx.Component:
        return rx.cond(q.required, rx.fragment(), rx.el.span(" " + _OPTIONAL[self.language], class_name="optional"))

    def hint(self, q: Q) -> rx.Component:
        return rx.cond(q.hint != "", rx.el.div(rx.html(q.hint), id=_id(q) + "-aide", class_name="hint"))

    def error(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.cond(
            error != "",
            rx.el.p(
                icon("circle-alert"),
                rx.el.span(rx.el.span(_ERROR[self.language], class_name="hidden"), error),
                id=_id(q) + "-erreur",
                class_name="error",
            ),
        )

    # -- inputs ----------------------------------------------------------------------------------------------------
    def text(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.el.input(
            id=_id(q),
            type=q.input_type,
            default_value=q.value,
            auto_complete=q.autocomplete,
            input_mode=q.inputmode,
            min=q.minimum,
            max=q.maximum,
            step=q.step,
            class_name="input " + q.width,
            on_blur=self.on.answer(q.path),
            custom_attrs=_described(q, error),
        )

    def long_text(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.el.textarea(
            id=_id(q),
            default_value=q.value,
            class_name="textarea",
            on_blur=self.on.answer(q.path),
            custom_attrs=_described(q, error),
        )

    def list(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.el.select(
            rx.el.option(_CHOOSE[self.language], value=""),
            rx.foreach(q.choices, lambda c: rx.el.option(c.label, value=c.value, key=c.value)),
            id=_id(q),
            default_value=q.value,
            class_name="select",
            on_change=self.on.answer(q.path),
            custom_attrs=_described(q, error),
        )

    def radio(self, q: Q, c: rx.Var[Choice]) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name=q.path,
                value=c.value,
                default_checked=q.chosen.contains(c.value),
                on_change=self.on.answer(q.path),
            ),
            rx.el.span(c.label),
            class_name="choice",
            key=c.value,
        )

    def tick_one(self, q: Q, c: rx.Var[Choice]) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="checkbox",
                default_checked=q.chosen.contains(c.value),
                on_change=lambda checked: self.on.toggle(q.path, c.value, checked),
            ),
            rx.el.span(c.label),
            class_name="choice",
            key=c.value,
        )

    def checkbox(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.el.div(
            self.error(q, error),
            rx.el.label(
                rx.el.input(
                    id=_id(q),
                    type="checkbox",
                    default_checked=q.value == "true",
                    on_change=self.on.tick(q.path),
                    custom_attrs=_described(q, error),
                ),
                rx.el.span(q.label, self.optional(q)),
                class_name="choice alone",
            ),
            self.hint(q),
            class_name=_field_class(error),
        )

    def note(self, q: Q) -> rx.Component:
        return rx.el.div(
            icon("info"),
            rx.el.div(rx.cond(q.label != "", rx.el.p(rx.el.strong(q.label))), rx.html(q.hint)),
            class_name="notice",
        )


def _id(q: Q) -> rx.Var[str]:
    return rx.Var.create("q") + q.path


def _field_class(error: rx.Var[str]) -> rx.Var[str]:
    return rx.cond(error != "", "field invalid", "field")


def _described(q: Q, error: rx.Var[str]) -> dict[str, Any]:
    hint = rx.cond(q.hint != "", _id(q) + "-aide", "")
    return {
        "aria-describedby": rx.cond(error != "", hint + " " + _id(q) + "-erreur", hint),
        "aria-invalid": rx.cond(error != "", "true", "false"),
        "aria-required": rx.cond(q.required, "true", "false"),
    }
