"""What ties an input to its label, hint and error."""

from typing import Any

import reflex as rx

from dsbuilder.components.attributes import only_if
from dsbuilder.domain.questionnaire import Extra, Question

Q = rx.Var[Question]
E = rx.Var[Extra]


def id_of(q: Q) -> rx.Var[str]:
    """The id of a question's input; the summary of errors leads to it."""
    return rx.Var.create("q") + q.path


def kept(q: Q) -> dict[str, Any]:
    """What the keeper of unsaved typing looks for."""
    return {"data-path": q.path}


def field_class(error: rx.Var[str]) -> rx.Var[str]:
    """The class of what surrounds an input."""
    return rx.cond(error != "", "field invalid", "field")


def described(q: Q, error: rx.Var[str]) -> dict[str, Any]:
    """What assistive technology is told about an input."""
    hint, wrong = id_of(q) + "-aide", id_of(q) + "-erreur"
    with_hint = rx.cond(error != "", hint + " " + wrong, hint)
    return {
        "aria-describedby": rx.cond(q.hint != "", with_hint, only_if(error != "", wrong)),
        "aria-invalid": rx.cond(error != "", "true", "false"),
        "aria-required": rx.cond(q.required, "true", "false"),
    }
