"""Each control, drawn once: a question with its label, hint, error and input."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import reflex as rx

from dsbuilder.components.attributes import FOCUSABLE
from dsbuilder.components.choosing import CHOOSE, Choosing, first_chosen
from dsbuilder.components.describing import E, Q, described, field_class, id_of, kept
from dsbuilder.components.icons import icon
from dsbuilder.components.in_parts import Parts
from dsbuilder.components.maps import map_question
from dsbuilder.components.registers import said_by_register
from dsbuilder.components.uploads import uploads
from dsbuilder.domain.fields.choice import OTHER
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.questionnaire import Extra, Question
from dsbuilder.domain.texts import Language, Text

_OPTIONAL = Text("(facultatif)", "(optional)")
_ERROR = Text("Erreur : ", "Error: ")
_OTHER = Text("Votre réponse", "Your answer")
_NOT_BUILT = Text("Cette question n’est pas encore disponible en ligne.", "This question is not available online yet.")


@dataclass(frozen=True)
class FormHandlers:
    """What a form calls: event handlers of one state, each taking the question's path first.

    A form without lists to search, second lists or files may leave those out.
    """

    owner: str  # names the drawn component; one per state
    answer: Any  # (path, text)
    tick: Any  # (path, checked)
    toggle: Any  # (path, choice, checked)
    link: Any = None  # (path, level, choice)
    search: Any = None  # (path, text)
    part: Any = None  # (path, place, text)
    attached: Any = None  # (path): the files or the drawing of the question changed
    table: Any = None  # (question, language): draws where the file of a table is sent


def question(
    q: Q,
    error: rx.Var[str],
    handlers: FormHandlers,
    language: Language,
    extra: Any = None,
    dossier: Any = "",
    hidden: Any = False,
) -> rx.Component:
    """One question of a form; drawn again only when it, its error or its extra changes. What is hidden stays typed."""
    drawn = _row(handlers, language)(
        q=q, error=error, extra=Extra() if extra is None else extra, dossier=dossier, hidden=hidden
    )
    return rx.fragment(drawn, key=q.path)


@cache
def _row(handlers: FormHandlers, language: Language) -> Any:
    draw = _Draw(handlers, language)

    def row(
        q: rx.Var[Question], error: rx.Var[str], extra: rx.Var[Extra], dossier: rx.Var[str], hidden: rx.Var[bool]
    ) -> rx.Component:
        return draw.question(q, error, extra, dossier, hidden)

    row.__name__ = f"question_{handlers.owner}_{language}"
    return rx.memo(row)


# What is chosen changes after it was drawn when a page comes back: it shows first what it showed last. An input keeps
# what it was drawn with, so that `key` has another one drawn.
class _Draw(Choosing, Parts):
    """How each control is drawn, in one language, for one form's handlers."""

    def __init__(self, handlers: FormHandlers, language: Language) -> None:
        self.on = handlers
        self.language = language

    def question(self, q: Q, error: rx.Var[str], extra: E, dossier: rx.Var[str], hidden: rx.Var[bool]) -> rx.Component:
        *drawn, otherwise = self.drawn(q, error, extra, dossier)
        for one in (otherwise, *(one for _, one in drawn)):
            one.hidden = hidden  # type: ignore[attr-defined]  # each is an HTML element
        return rx.match(q.control, *drawn, otherwise)

    def drawn(self, q: Q, error: rx.Var[str], extra: E, dossier: rx.Var[str]) -> tuple[Any, ...]:
        """Each control with what it draws; at the end, what stands for any other."""
        text = self.labelled(q, error, self.text(q, error), self.looked_up(q, extra))
        return (
            (Control.TEXT, text),
            (Control.NUMBER, text),
            (Control.DATE, text),
            (Control.DATETIME, text),
            (Control.LONG_TEXT, self.labelled(q, error, self.long_text(q, error))),
            (Control.LIST, self.labelled(q, error, self.list(q, error), self.other(q, extra))),
            (Control.RADIO, self.grouped(q, error, rx.foreach(q.choices, lambda c: self.radio(q, c)), extra)),
            (Control.MULTIPLE, self.grouped(q, error, rx.foreach(q.choices, lambda c: self.tick_one(q, c)))),
            (Control.CHECKBOX, self.checkbox(q, error)),
            (Control.SEARCH, self.searched(q, error, extra)),
            (Control.LINKED_LISTS, self.linked(q, error, extra)),
            (Control.PARTS, self.parts(q, error, extra)),
            (Control.FILES, self.files(q, error, extra, dossier)),
            (Control.TABLE, self.table(q)),
            (Control.MAP, self.map(q, error, dossier)),
            (Control.HEADING, rx.el.h3(q.label)),
            (Control.NOTE, self.note(q)),
            (Control.ROWS, self.rows(q, error)),
            self.placeholder(q),
        )

    # -- around an input -------------------------------------------------------------------------------------------
    def labelled(self, q: Q, error: rx.Var[str], *controls: rx.Component) -> rx.Component:
        return rx.el.div(
            rx.el.label(q.label, self.optional(q), html_for=id_of(q)),
            self.hint(q),
            self.error(q, error),
            *controls,
            class_name=field_class(error),
        )

    def grouped(self, q: Q, error: rx.Var[str], choices: rx.Component, extra: E | None = None) -> rx.Component:
        return rx.el.fieldset(
            rx.el.legend(q.label, self.optional(q)),
            self.hint(q),
            self.error(q, error),
            rx.el.div(choices, class_name=rx.cond(q.choices.length() == 2, "choices inline pair", "choices")),
            rx.fragment() if extra is None else self.other(q, extra),
            id=id_of(q),
            class_name=field_class(error),
            custom_attrs={"aria-describedby": described(q, error)["aria-describedby"]} | FOCUSABLE,
        )

    def optional(self, q: Q) -> rx.Component:
        return rx.cond(q.required, rx.fragment(), rx.el.span(" " + _OPTIONAL[self.language], class_name="optional"))

    def hint(self, q: Q) -> rx.Component:
        return rx.cond(q.hint != "", rx.el.div(rx.html(q.hint), id=id_of(q) + "-aide", class_name="hint"))

    def error(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.cond(
            error != "",
            rx.el.p(
                icon("circle-alert"),
                rx.el.span(rx.el.span(_ERROR[self.language], class_name="hidden"), error),
                id=id_of(q) + "-erreur",
                class_name="error",
            ),
        )

    def searched(self, q: Q, error: rx.Var[str], extra: E) -> rx.Component:
        by_hand = rx.cond(q.parts.length() > 0, self.by_hand(q, error, extra))
        return self.labelled(q, error, self.search(q, error, extra), self.looked_up(q, extra), by_hand)

    def looked_up(self, q: Q, extra: E) -> rx.Component:
        """What an outside register says of the answer; the place is there before it speaks, to be read out."""
        told = said_by_register(extra.lookup, extra.said, extra.facts, live=True)
        return rx.cond(q.looked_up, told, rx.fragment())

    # -- inputs ----------------------------------------------------------------------------------------------------
    def text(self, q: Q, error: rx.Var[str]) -> rx.Component:
        typed = rx.el.input(
            id=id_of(q),
            type=q.input_type,
            default_value=q.value,
            auto_complete=q.autocomplete,
            input_mode=q.inputmode,
            min=q.minimum,
            max=q.maximum,
            step=q.step,
            class_name="input " + q.width,
            on_blur=self.on.answer(q.path),
            custom_attrs=described(q, error) | kept(q),
        )
        return rx.cond(q.unit != "", rx.el.div(typed, rx.el.span(q.unit), class_name="affix"), typed)

    def long_text(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.el.textarea(
            id=id_of(q),
            default_value=q.value,
            class_name="textarea",
            on_blur=self.on.answer(q.path),
            custom_attrs=described(q, error) | kept(q),
        )

    def list(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.el.select(
            rx.el.option(CHOOSE[self.language], value=""),
            rx.foreach(q.choices, lambda c: rx.el.option(c.label, value=c.value, key=c.value)),
            id=id_of(q),
            default_value=first_chosen(q),
            class_name="select",
            on_change=self.on.answer(q.path),
            custom_attrs=described(q, error) | kept(q),
            key=first_chosen(q),
        )

    def radio(self, q: Q, c: rx.Var[Choice]) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="radio",
                name=q.path,
                value=c.value,
                default_checked=q.chosen.contains(c.value),
                on_change=self.on.answer(q.path),
                key=q.chosen.contains(c.value).to_string(),
            ),
            rx.el.span(c.label),
            class_name="choice",
            key=c.value,
        )

    def other(self, q: Q, extra: E) -> rx.Component:
        """Where an answer of one's own is written, once it is chosen."""
        if self.on.link is None:
            return rx.fragment()
        written = rx.el.div(
            rx.el.label(_OTHER[self.language], html_for=id_of(q) + "-autre"),
            rx.el.input(
                id=id_of(q) + "-autre",
                type="text",
                default_value=extra.value,
                class_name="input",
                on_blur=lambda text: self.on.link(q.path, 2, text),
            ),
            class_name="field nested",
        )
        return rx.cond(q.has_other & extra.chosen.contains(OTHER), written, rx.fragment())

    def tick_one(self, q: Q, c: rx.Var[Choice]) -> rx.Component:
        return rx.el.label(
            rx.el.input(
                type="checkbox",
                default_checked=q.chosen.contains(c.value),
                on_change=lambda checked: self.on.toggle(q.path, c.value, checked),
                key=q.chosen.contains(c.value).to_string(),
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
                    id=id_of(q),
                    type="checkbox",
                    default_checked=q.value == "true",
                    on_change=self.on.tick(q.path),
                    custom_attrs=described(q, error),
                    key=q.value,
                ),
                rx.el.span(q.label, self.optional(q)),
                class_name="choice alone",
            ),
            self.hint(q),
            class_name=field_class(error),
        )

    # -- files, rows, and what asks nothing ------------------------------------------------------------------------
    def files(self, q: Q, error: rx.Var[str], extra: E, dossier: rx.Var[str]) -> rx.Component:
        return rx.el.div(
            rx.el.p(q.label, self.optional(q), id=id_of(q) + "-titre", class_name="label"),
            self.hint(q),
            self.error(q, error),
            uploads(
                self.language,
                input_id=id_of(q),
                dossier=dossier,
                path=q.path,
                files=extra.files,
                accept=q.accept,
                max_files=q.max_files,
                described_by=described(q, error)["aria-describedby"],
                labelled_by=id_of(q) + "-titre",
                invalid=error != "",
                disabled=self.on.attached is None,
                on_changed=self.on.attached,
            )
            if self.on.attached
            else rx.fragment(),
            role="group",
            aria_labelledby=id_of(q) + "-titre",
            class_name=field_class(error),
        )

    def table(self, q: Q) -> rx.Component:
        """A table of options: what it holds, and a file to replace it with."""
        first = rx.el.ol(
            rx.foreach(q.choices, lambda c: rx.el.li(rx.el.b(c.value), " ", rx.el.span(c.label), key=c.value)),
            class_name="first-rows",
        )
        return rx.el.div(
            rx.el.p(q.label, class_name="label"),
            self.hint(q),
            rx.el.p(q.value, class_name="meta", role="status"),
            rx.cond(q.choices.length() > 0, first),
            self.on.table(q, self.language) if self.on.table else rx.fragment(),
            class_name="field",
        )

    def map(self, q: Q, error: rx.Var[str], dossier: rx.Var[str]) -> rx.Component:
        return rx.el.div(
            rx.el.p(q.label, self.optional(q), id=id_of(q) + "-titre", class_name="label"),
            self.hint(q),
            self.error(q, error),
            map_question(
                self.language,
                input_id=id_of(q),
                dossier=dossier,
                path=q.path,
                kinds=q.shapes,
                most=q.maximum,
                layers=q.layers,
                described_by=described(q, error)["aria-describedby"],
                labelled_by=id_of(q) + "-titre",
                invalid=error != "",
                **({"on_changed": self.on.attached} if self.on.attached else {}),
                on_drawn=self.on.answer,
            ),
            class_name=rx.cond(error != "", "field with-map invalid", "field with-map"),
        )

    def rows(self, q: Q, error: rx.Var[str]) -> rx.Component:
        return rx.el.div(
            rx.el.p(q.label, self.optional(q), class_name="label"),
            self.hint(q),
            self.error(q, error),
            id=id_of(q),
            custom_attrs=FOCUSABLE,
            class_name=field_class(error),
        )

    def note(self, q: Q) -> rx.Component:
        return rx.el.div(
            icon("info"),
            rx.el.div(rx.cond(q.label != "", rx.el.p(rx.el.strong(q.label))), rx.html(q.hint)),
            class_name="notice",
        )

    def placeholder(self, q: Q) -> rx.Component:
        return rx.el.div(
            rx.el.p(q.label, class_name="label"),
            self.hint(q),
            rx.el.p(_NOT_BUILT[self.language], class_name="meta"),
            class_name="field",
        )
