"""Answers given in several short inputs, alone or beside a search that did not find them."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from dsbuilder.components.attributes import FOCUSABLE
from dsbuilder.components.describing import E, Q, described, field_class, id_of
from dsbuilder.components.icons import icon
from dsbuilder.domain.fields.controls import PartInput
from dsbuilder.domain.texts import Language, Text

_BY_HAND = Text("Je ne trouve pas l’adresse : la saisir moi-même", "I cannot find the address: enter it myself")


class Parts:
    """How such answers are drawn; a form's drawing inherits it."""

    on: Any  # FormHandlers
    language: Language

    def parts(self, q: Q, error: rx.Var[str], extra: E) -> rx.Component:
        """The inputs side by side, under the question."""
        return rx.el.fieldset(
            rx.el.legend(q.label, self.optional(q)),  # type: ignore[attr-defined]
            self.hint(q),  # type: ignore[attr-defined]
            self.error(q, error),  # type: ignore[attr-defined]
            self.inputs(q, error, lambda part, place: part.value),
            self.looked_up(q, extra),  # type: ignore[attr-defined]
            id=id_of(q),
            class_name=field_class(error),
            custom_attrs={"aria-describedby": described(q, error)["aria-describedby"]} | FOCUSABLE,
        )

    def by_hand(self, q: Q, error: rx.Var[str], extra: E) -> rx.Component:
        """The inputs folded under a search; another choice in the search empties them."""
        folded = rx.el.details(
            rx.el.summary(icon("pencil"), rx.el.span(_BY_HAND[self.language])),
            self.inputs(q, error, lambda part, place: rx.cond(extra.chosen.length() > 1, extra.chosen[place + 1], "")),
            open=extra.chosen.length() > 1,
            class_name="by-hand",
        )
        return rx.fragment(folded, key=rx.cond(extra.chosen.length() > 0, extra.chosen[0], ""))

    def inputs(self, q: Q, error: rx.Var[str], given: Callable[[Any, Any], Any]) -> rx.Component:
        if self.on.part is None:
            return rx.fragment()
        return rx.el.div(
            rx.foreach(q.parts, lambda part, place: self.one(q, error, part, place, given(part, place))),
            class_name="parts",
        )

    def one(self, q: Q, error: rx.Var[str], part: rx.Var[PartInput], place: rx.Var[int], given: Any) -> rx.Component:
        id = id_of(q) + "-" + place.to_string()
        return rx.el.div(
            rx.el.label(part.label, html_for=id),
            rx.el.input(
                id=id,
                type=part.input_type,
                default_value=given,
                auto_complete=part.autocomplete,
                input_mode=part.inputmode,
                class_name="input " + part.width,
                on_blur=lambda text: self.on.part(q.path, place, text),
                custom_attrs={"aria-invalid": rx.cond(error != "", "true", "false")},
            ),
            class_name="field part",
            key=part.label,
        )
