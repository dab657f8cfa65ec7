"""The settings of the selected card, or, when none is, of the whole form."""

import reflex as rx

from dsbuilder.components.controls import FormHandlers, question
from dsbuilder.components.describing import id_of
from dsbuilder.components.icons import icon
from dsbuilder.components.in_place import edited_text
from dsbuilder.components.table_file import table_file
from dsbuilder.components.words import language, t
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.base import FieldType, Group
from dsbuilder.domain.texts import Language, Text
from dsbuilder.pages.administrator.api_trial import api_trial
from dsbuilder.state.administrator.editor import EditorState

SETTINGS_OF = Text("Réglages", "Settings")
CLOSE = Text("Fermer", "Close")
QUESTION = Text("Question", "Question")
LABEL = Text("Intitulé", "Label")
HELP = Text("Aide", "Help")
OPTIONAL = Text("(facultatif)", "(optional)")
KIND = Text("Type", "Kind")
REQUIRED = Text("Réponse obligatoire", "Answer required")
DUPLICATE = Text("Dupliquer", "Duplicate")
REMOVE = Text("Retirer", "Remove")
BLOCK_KIND = Text(
    "Un bloc qui contient des questions ne change pas de type.", "A block that holds questions keeps its kind."
)
WHOLE = Text("Présentation de la démarche", "Presentation of the procedure")
TITLE = Text("Titre", "Title")
DESCRIPTION = Text("Ce que l’usager lit avant de commencer", "What applicants read before they start")
CHOOSE = Text(
    "Choisissez un élément du formulaire pour voir ses réglages.", "Choose an item of the form to see its settings."
)
TABLE_OUT = Text("Retirer le tableau", "Remove the table")
UNNAMED = Text("Sans intitulé", "No label")


def inspector() -> rx.Component:
    """The right pane."""
    return rx.el.aside(
        rx.cond(EditorState.inspected.id != "", _of_card(), _of_whole()),
        id="reglages",
        class_name="pane inspector",
        tab_index=0,
        aria_label=t(SETTINGS_OF),
    )


def _close() -> rx.Component:
    return rx.el.button(
        icon("x"),
        type="button",
        class_name="button quiet icon-only close-sheet",
        aria_label=t(CLOSE),
        on_click=EditorState.show_sheet(""),
    )


def _of_card() -> rx.Component:
    shown = EditorState.inspected
    return rx.fragment(
        rx.el.header(
            rx.el.h2(rx.cond(shown.label != "", shown.label, t(UNNAMED))),
            rx.el.span(
                _button("copy", t(DUPLICATE), EditorState.duplicate(shown.id)),
                _button("trash-2", t(REMOVE), EditorState.remove(shown.id)),
                _close(),
                class_name="row",
            ),
        ),
        rx.el.details(
            rx.el.summary(
                icon("chevron-right"), rx.el.span(shown.kind_label), rx.el.span(icon(shown.icon), class_name="meta")
            ),
            rx.el.div(_common(), class_name="body"),
            open=True,
        ),
        rx.cond(
            shown.settings.length() > 0,
            rx.el.details(
                rx.el.summary(icon("chevron-right"), t(SETTINGS_OF)),
                rx.el.div(rx.foreach(shown.settings, _setting), class_name="body"),
                open=True,
            ),
        ),
        rx.cond(shown.api.is_asked, api_trial()),
    )


def _common() -> rx.Component:
    shown = EditorState.inspected
    name = "inspected-" + shown.id
    return rx.fragment(
        rx.el.p(shown.help, class_name="hint"),
        rx.foreach(shown.problems, lambda text: rx.el.p(icon("circle-alert"), rx.el.span(text), class_name="error")),
        rx.el.div(
            rx.el.label(t(LABEL), html_for="inspected-label"),
            edited_text(
                language(), name + "-label", shown.label, EditorState.set_label(shown.id), lines=2,
                id="inspected-label", class_name="textarea short", key="label" + shown.id,
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.label(t(HELP), " ", rx.el.span(t(OPTIONAL), class_name="optional"), html_for="inspected-help"),
            edited_text(
                language(), name + "-help", shown.description, EditorState.set_help(shown.id), lines=3, limit=20_000,
                id="inspected-help", class_name="textarea short", key="help" + shown.id,
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.label(t(KIND), html_for="inspected-kind"),
            rx.cond(shown.may_change_kind, rx.fragment(), rx.el.p(t(BLOCK_KIND), class_name="hint")),
            _kinds(),
            class_name="field",
        ),
        rx.cond(
            shown.asks,
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    role="switch",
                    class_name="switch",
                    checked=shown.required,
                    on_change=EditorState.set_required(shown.id),
                ),
                rx.el.span(t(REQUIRED)),
                class_name="check",
            ),
        ),
    )  # fmt: skip


def _kinds() -> rx.Component:
    groups = [
        rx.el.optgroup(*[_kind(type_) for type_ in kinds], label=t(group.value))
        for group in Group
        if (kinds := [type_ for type_ in CATALOGUE.values() if type_.group is group and type_.offered])
    ]
    offered = rx.Var.create([type_.kind for type_ in CATALOGUE.values() if type_.offered])
    shown = EditorState.inspected
    return rx.el.select(
        rx.cond(offered.contains(shown.kind), rx.fragment(), rx.el.option(shown.kind_label, value=shown.kind)),
        *groups,
        id="inspected-kind",
        class_name="select",
        value=shown.kind,
        disabled=~shown.may_change_kind,
        on_change=EditorState.set_kind(shown.id),
    )


def _kind(type_: FieldType) -> rx.Component:
    offered = rx.el.option(type_.label[language()], value=type_.kind)
    if type_.needs is None:
        return offered
    return rx.cond(EditorState.closed_kinds.contains(type_.kind), rx.fragment(), offered)


def _setting(setting: rx.Var) -> rx.Component:
    handlers = FormHandlers(
        owner="setting",
        answer=EditorState.set_text,
        tick=EditorState.set_tick,
        toggle=EditorState.set_one_of,
        link=None,
        table=_table,
    )
    return question(setting, EditorState.setting_errors.get(setting.path, "").to(str), handlers, language())


def _table(q: rx.Var, language: Language) -> rx.Component:
    """Where the file of a table is sent, and how the table is taken out again."""
    option = q.path.split(".")[2]
    action = rx.Var.create("/admin/tableau/") + EditorState.number.to_string() + "/" + EditorState.inspected.id
    return rx.fragment(
        table_file(
            language,
            input_id="setting-table-" + option,
            action=action + "/" + option + f"?langue={language}",
            has_table=q.value != "",
            described_by=id_of(q) + "-aide",
        ),
        rx.cond(
            q.value != "",
            rx.el.button(
                icon("x"),
                TABLE_OUT[language],
                type="button",
                class_name="button quiet",
                on_click=EditorState.set_text(q.path, ""),
            ),
        ),
    )


def _of_whole() -> rx.Component:
    return rx.fragment(
        rx.el.header(rx.el.h2(t(WHOLE)), _close()),
        rx.el.div(
            rx.el.div(
                rx.el.label(t(TITLE), html_for="whole-title"),
                edited_text(
                    language(), "whole-title", EditorState.title, EditorState.set_title, lines=2,
                    id="whole-title", class_name="textarea short",
                ),
                class_name="field",
            ),
            rx.el.div(
                rx.el.label(t(DESCRIPTION), html_for="whole-description"),
                edited_text(
                    language(), "whole-description", EditorState.description, EditorState.set_description, lines=10,
                    limit=20_000, id="whole-description", class_name="textarea",
                ),
                class_name="field",
            ),
            rx.el.p(icon("info"), " ", t(CHOOSE), class_name="meta"),
            class_name="body whole",
        ),
    )  # fmt: skip


def _button(name: str, text: str, event: rx.event.EventSpec) -> rx.Component:
    return rx.el.button(
        icon(name), type="button", class_name="button quiet icon-only", aria_label=text, title=text, on_click=event
    )
