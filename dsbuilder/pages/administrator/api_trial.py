"""The API of the selected question: the token that opens it, a try, and where what it answers goes."""

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.domain.fields.reference_mapping import TO_AGENTS, TO_ALL, TO_NOBODY
from dsbuilder.domain.texts import Text
from dsbuilder.state.administrator.editor import EditorState

TRIAL = Text("Essai de l’API", "Try of the API")
TRY = Text("Essayer", "Try")
TRYING = Text("Essai en cours…", "Trying…")
FOUND = Text("Propositions reçues", "Choices received")
HELD = Text("Ce que contient la réponse", "What the answer holds")
GOES = Text("Où va cette donnée\u00a0: {path}", "Where this goes: {path}")
HELD_HINT = Text(
    "Dites pour chaque donnée qui la lit, ou quelle question elle préremplit.",
    "Say for each who reads it, or which question it fills.",
)
NOBODY = Text("Ne pas reprendre", "Leave out")
ALL = Text("Montrer à l’usager et aux agents", "Show to the applicant and to agents")
AGENTS = Text("Montrer aux agents seulement", "Show to agents only")
FILL = Text("Préremplir une question", "Fill a question")
TOKEN = Text("Jeton d’accès", "Access token")
TOKEN_HINT = Text(
    "Si l’API en demande un. Il est conservé chiffré, n’est plus jamais affiché, et n’est envoyé qu’à {host}.",
    "If the API asks for one. It is kept encrypted, is never shown again, and is sent to {host} alone.",
)
HEADER = Text("En-tête", "Header")
VALUE = Text("Jeton", "Token")
KEEP = Text("Enregistrer le jeton", "Keep the token")
KEPT = Text(
    "Un jeton est enregistré pour {host}, dans l’en-tête {header}.",
    "A token is kept for {host}, in the header {header}.",
)
REMOVE = Text("Retirer le jeton", "Remove the token")
ERROR = Text("Erreur : ", "Error: ")

_api = EditorState.inspected.api
_id = EditorState.inspected.id


def api_trial() -> rx.Component:
    """Drawn under the settings of a question that asks an API."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), t(TRIAL)),
        rx.el.div(rx.cond(_api.host != "", _token()), _try(), class_name="body"),
        open=True,
        class_name="api-trial",
    )


# -- the token -----------------------------------------------------------------------------------------------------
def _token() -> rx.Component:
    kept = rx.el.div(
        rx.el.p(icon("lock"), " ", rx.el.span(_said(KEPT, host=_api.host, header=_api.header))),
        rx.el.button(t(REMOVE), type="button", class_name="button quiet", on_click=EditorState.remove_token(_id)),
        class_name="field",
    )
    return rx.cond(_api.header != "", kept, _token_form())


def _token_form() -> rx.Component:
    return rx.el.form(
        rx.el.details(
            rx.el.summary(icon("chevron-right"), t(TOKEN)),
            rx.el.p(_said(TOKEN_HINT, host=_api.host), id="api-token-aide", class_name="hint"),
            _entry("header", t(HEADER), EditorState.wrong_header, type="text", default_value="Authorization"),
            _entry("token", t(VALUE), EditorState.wrong_token, type="password", default_value=""),
            rx.el.button(t(KEEP), type="submit", class_name="button"),
            class_name="token-entry",
        ),
        on_submit=EditorState.set_token(_id),
        no_validate=True,
        key=_id + "-" + EditorState.tokens_kept.to_string(),
    )


def _entry(name: str, label: str, wrong: rx.Var[str], **attributes: str) -> rx.Component:
    id = f"api-{name}"
    error = rx.el.p(
        icon("circle-alert"),
        rx.el.span(rx.el.span(t(ERROR), class_name="hidden"), wrong),
        id=f"{id}-erreur",
        class_name="error",
        role="alert",
    )
    return rx.el.div(
        rx.el.label(label, html_for=id),
        rx.cond(wrong != "", error),
        rx.el.input(
            id=id,
            name=name,
            class_name="input",
            auto_complete="off",
            spell_check=False,
            custom_attrs={
                "aria-describedby": rx.cond(wrong != "", f"{id}-erreur api-token-aide", "api-token-aide"),
                "aria-invalid": rx.cond(wrong != "", "true", "false"),
            },
            **attributes,
        ),
        class_name=rx.cond(wrong != "", "field invalid", "field"),
    )


# -- trying --------------------------------------------------------------------------------------------------------
def _try() -> rx.Component:
    going = EditorState.trying == _id
    return rx.fragment(
        rx.el.p(
            rx.el.button(
                icon("rotate-cw"),
                t(TRY),
                type="button",
                class_name="button",
                on_click=EditorState.try_out(_id),
                aria_disabled=going,
            )
        ),
        rx.el.p(
            rx.cond(
                going,
                t(TRYING),
                rx.fragment(
                    rx.match(
                        _api.tone,
                        ("success", icon("circle-check")),
                        ("danger", icon("circle-alert")),
                        icon("info"),
                    ),
                    rx.el.span(_api.sentence, " ", rx.el.span(_api.when, class_name="meta")),
                ),
            ),
            role="status",
            class_name="try-result " + _api.tone,
        ),
        rx.cond(_api.offered.length() > 0, _offered()),
        rx.cond(_api.leaves.length() > 0, _leaves()),
    )


def _offered() -> rx.Component:
    return rx.fragment(
        rx.el.h3(t(FOUND)),
        rx.el.ul(rx.foreach(_api.offered, lambda one: rx.el.li(one, key=one)), class_name="offered"),
    )


def _leaves() -> rx.Component:
    return rx.fragment(
        rx.el.h3(t(HELD)),
        rx.el.p(t(HELD_HINT), class_name="hint"),
        rx.el.ul(rx.foreach(_api.leaves, _leaf), class_name="leaves"),
    )


def _leaf(leaf: rx.Var) -> rx.Component:
    to_questions = rx.el.optgroup(
        rx.foreach(_api.targets, lambda one: rx.el.option(one.label, value=one.value, key=one.value)), label=t(FILL)
    )
    return rx.el.li(
        rx.el.span(leaf.example, class_name="example"),
        rx.el.code(leaf.path),
        rx.el.select(
            rx.el.option(t(NOBODY), value=TO_NOBODY),
            rx.el.option(t(ALL), value=TO_ALL),
            rx.el.option(t(AGENTS), value=TO_AGENTS),
            rx.cond(_api.targets.length() > 0, to_questions, rx.fragment()),
            value=leaf.goes,
            on_change=lambda goes: EditorState.send_to(_id, leaf.path, goes),
            class_name="select",
            aria_label=_said(GOES, path=leaf.path),
        ),
        key=leaf.path,
    )


def _said(text: Text, **values: rx.Var[str]) -> rx.Var[str]:
    """A sentence with what only the browser knows put into it."""
    said = rx.Var.create(t(text)).to(str)
    for name, value in values.items():
        said = said.replace("{" + name + "}", value)
    return said
