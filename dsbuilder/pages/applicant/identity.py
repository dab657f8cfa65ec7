"""Whom a dossier concerns, asked before its form."""

from typing import Any

import reflex as rx

from dsbuilder.components.focusing import FocusOn
from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.domain.dossier import Civility
from dsbuilder.domain.texts import Text
from dsbuilder.state.applicant.identity import IdentityState

TITLE = Text("Qui est concerné par ce dossier", "Whom this dossier concerns")
LEAD = Text(
    "Indiquez la personne pour qui vous faites cette demande : vous, ou quelqu’un d’autre.",
    "Name the person for whom you make this request: you, or someone else.",
)
CIVILITY = Text("Civilité", "Title")
OPTIONAL = Text("(facultatif)", "(optional)")
CIVILITIES = ((Civility.MRS, Text("Madame", "Ms")), (Civility.MR, Text("Monsieur", "Mr")))
FIRST_NAME = Text("Prénom", "First name")
LAST_NAME = Text("Nom", "Last name")
CONTINUE = Text("Continuer", "Continue")
TO_CORRECT = Text("Une réponse est à corriger", "One answer must be corrected")
ERROR = Text("Erreur : ", "Error: ")


def identity_page() -> rx.Component:
    """Civility, first and last name, and on."""
    return public_page(
        rx.cond(IdentityState.is_ready, rx.fragment(_summary(), _form()), rx.fragment()),
    )


def _summary() -> rx.Component:
    box = FocusOn.create(
        rx.el.h2(icon("circle-alert"), t(TO_CORRECT), id="a-corriger"),
        rx.el.ol(
            rx.el.li(rx.el.a(IdentityState.wrong_text, href="#" + IdentityState.wrong_path, reload_document=True))
        ),
        signal=IdentityState.tries,
        labelled_by="a-corriger",
        class_name="error-summary",
    )
    return rx.cond(IdentityState.wrong_path != "", box)


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.p(IdentityState.procedure, class_name="meta"),
            rx.el.h1(t(TITLE)),
            rx.el.p(t(LEAD), class_name="lead"),
            class_name="stack",
        ),
        rx.el.div(
            rx.el.fieldset(
                rx.el.legend(t(CIVILITY), rx.el.span(" " + t(OPTIONAL), class_name="optional")),
                rx.el.div(
                    *(_civility(value, t(label)) for value, label in CIVILITIES), class_name="choices inline pair"
                ),
                class_name="field",
            ),
            rx.el.div(
                _name("first_name", t(FIRST_NAME), IdentityState.first_name, "given-name"),
                _name("last_name", t(LAST_NAME), IdentityState.last_name, "family-name"),
                class_name="fields",
            ),
            rx.el.div(
                rx.el.button(t(CONTINUE), type="submit", class_name="button primary large"), class_name="form-actions"
            ),
            class_name="sheet stack-lg",
        ),
        on_submit=IdentityState.save,
        no_validate=True,
        class_name="stack-lg narrow",
    )


def _civility(value: str, label: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="civility",
            value=value,
            checked=IdentityState.civility == value,
            on_change=IdentityState.choose,
        ),
        rx.el.span(label),
        class_name="choice",
    )


def _name(name: str, label: str, value: rx.Var[str], autocomplete: str) -> rx.Component:
    is_wrong = IdentityState.wrong_path == name
    described: dict[str, Any] = {
        "aria-describedby": rx.cond(is_wrong, f"{name}-erreur", ""),
        "aria-invalid": rx.cond(is_wrong, "true", "false"),
        "aria-required": "true",
    }
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.cond(
            is_wrong,
            rx.el.p(
                icon("circle-alert"),
                rx.el.span(rx.el.span(t(ERROR), class_name="hidden"), IdentityState.wrong_text),
                id=f"{name}-erreur",
                class_name="error",
            ),
        ),
        rx.el.input(
            id=name,
            name=name,
            type="text",
            default_value=value,
            auto_complete=autocomplete,
            class_name="input",
            custom_attrs=described,
        ),
        class_name=rx.cond(is_wrong, "field invalid", "field"),
    )
