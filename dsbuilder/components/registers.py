"""What outside registers say of answers, in the form and where answers are read."""

from typing import Any

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.domain.fields.lookups import Fact, Lookup


def said_by_register(lookup: Any, sentence: Any, facts: Any, live: bool = False) -> rx.Component:
    """The state of a look-up in words, and what was found; `live` has it read out as it changes."""
    told = rx.cond(
        sentence,  # nothing at all where nothing was answered yet
        rx.fragment(
            rx.el.p(_sign(lookup), rx.el.span(sentence), class_name="told"),
            rx.cond(facts.length() > 0, rx.el.dl(rx.foreach(facts, _fact), class_name="facts")),
        ),
    )
    return rx.el.div(told, role="status" if live else None, class_name=rx.Var.create("register ") + lookup)


def _sign(lookup: Any) -> rx.Component:
    return rx.match(
        lookup,
        (Lookup.LOOKING, icon("loader")),
        (Lookup.FOUND, icon("circle-check")),
        (Lookup.NOT_FOUND, icon("circle-help")),
        (Lookup.BY_HAND, icon("pencil")),
        icon("clock"),
    )


def _fact(fact: rx.Var[Fact]) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.words), key=fact.label)
