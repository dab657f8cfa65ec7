"""Lists that are searched on the server, and lists that depend on each other."""

from typing import Any

import reflex as rx

from dsbuilder.components.combobox import combobox
from dsbuilder.components.describing import E, Q, described, id_of
from dsbuilder.components.icons import icon
from dsbuilder.domain.texts import Language, Text

CHOOSE = Text("Choisissez", "Choose")
_SECOND = Text("Précisez", "More precisely")
_CHOSEN = Text("Choix retenus", "Chosen")
_TAKE_OUT = Text("Retirer", "Remove")


def first_chosen(q: Q) -> rx.Var[str]:
    """The first of what is chosen, empty when nothing is."""
    return rx.cond(q.chosen.length() > 0, q.chosen[0], "")


class Choosing:
    """How long and linked lists are drawn; a form's drawing inherits it."""

    on: Any  # FormHandlers
    language: Language

    def search(self, q: Q, error: rx.Var[str], extra: E) -> rx.Component:
        if self.on.search is None:
            return self.text(q, error)
        several = rx.fragment(
            self.chosen(q, extra),
            self.combobox(
                q, error, extra, id_of(q), "", lambda value: self.on.toggle(q.path, value, True), clears=True
            ),
        )
        one = self.combobox(q, error, extra, id_of(q), extra.value, self.on.answer(q.path))
        return rx.cond(q.many, several, one)

    def combobox(
        self, q: Q, error: rx.Var[str], extra: E, id: Any, value: Any, on_choose: Any, clears: bool = False
    ) -> rx.Component:
        return combobox(
            self.language,
            input_id=id,
            value=value,
            choices=extra.found,
            answered=extra.found_for,
            described_by=described(q, error)["aria-describedby"],
            invalid=error != "",
            required=q.required,
            clears=clears,
            on_search=self.on.search(q.path),
            on_choose=on_choose,
        )

    def chosen(self, q: Q, extra: E) -> rx.Component:
        """What was chosen in a list that takes several, each with a button to take it out."""
        return rx.cond(
            extra.chosen.length() > 0,
            rx.el.ul(
                rx.foreach(
                    extra.chosen,
                    lambda value: rx.el.li(
                        rx.el.span(value),
                        rx.el.button(
                            icon("x"),
                            type="button",
                            on_click=self.on.toggle(q.path, value, False),
                            aria_label=_TAKE_OUT[self.language] + " " + value,
                        ),
                        class_name="tag",
                        key=value,
                    ),
                ),
                role="list",
                class_name="chosen",
                aria_label=_CHOSEN[self.language],
            ),
        )

    def linked(self, q: Q, error: rx.Var[str], extra: E) -> rx.Component:
        if self.on.link is None:
            return self.labelled(q, error, self.list(q, error))
        first = rx.el.select(
            rx.el.option(CHOOSE[self.language], value=""),
            rx.foreach(q.choices, lambda c: rx.el.option(c.label, value=c.value, key=c.value)),
            id=id_of(q),
            default_value=first_chosen(q),
            class_name="select",
            on_change=lambda value: self.on.link(q.path, 1, value),
            custom_attrs=described(q, error),
            key=first_chosen(q),
        )
        # Another first choice draws the second list anew, so that it shows nothing chosen.
        return self.labelled(q, error, first, rx.fragment(self.second(q, error, extra), key=extra.chosen[0]))

    def second(self, q: Q, error: rx.Var[str], extra: E) -> rx.Component:
        id = id_of(q) + "-suite"
        given = rx.cond(extra.chosen.length() > 1, extra.chosen[1], "")
        few = rx.el.select(
            rx.el.option(CHOOSE[self.language], value=""),
            rx.foreach(extra.more_choices, lambda c: rx.el.option(c.label, value=c.value, key=c.value)),
            id=id,
            default_value=given,
            class_name="select",
            on_change=lambda value: self.on.link(q.path, 2, value),
        )
        many = (
            self.combobox(q, error, extra, id, given, lambda value: self.on.link(q.path, 2, value))
            if self.on.search
            else rx.fragment()
        )
        label = rx.el.label(rx.cond(q.more_label != "", q.more_label, _SECOND[self.language]), html_for=id)
        return rx.cond(
            extra.more_searched,
            rx.el.div(label, many, class_name="field nested"),
            rx.cond(extra.more_choices.length() > 0, rx.el.div(label, few, class_name="field nested")),
        )
