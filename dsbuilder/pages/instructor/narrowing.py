"""Above the table of dossiers: what the list is narrowed to, its order, and the dialogs that change them."""

import reflex as rx

from dsbuilder.components.dialog import dialog
from dsbuilder.components.icons import icon
from dsbuilder.components.words import t
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.texts import Text
from dsbuilder.state.instructor.dossiers import Chip, DossiersState
from dsbuilder.state.instructor.narrowing import FILTER, ORDER, NarrowingState

N = NarrowingState
FILTERS = Text("Filtres et tri", "Filters and order")
ADD = Text("Filtre", "Filter")
SORT = Text("Trier", "Sort")
SORTED = Text("Tri", "Sorted")
EXPORT = Text("Exporter", "Export")
EXPORT_HELP = Text(
    "Télécharger les dossiers affichés, avec leurs réponses, pour un tableur (CSV)",
    "Download the dossiers listed, with their answers, for a spreadsheet (CSV)",
)
TAKE_OUT = Text("Retirer le filtre", "Remove the filter")
UNSORT = Text("Retirer le tri", "Remove the sort")
NARROW = Text("Filtrer les dossiers", "Filter the dossiers")
ORDER_OF = Text("Trier les dossiers", "Sort the dossiers")
COLUMN = Text("Question ou information", "Question or fact")
CHOOSE = Text("Choisissez", "Choose")
FROM, TO = Text("De", "From"), Text("À", "To")
SINCE, UNTIL = Text("Du", "From"), Text("Au", "To")
EITHER = Text("Une seule des deux bornes suffit.", "One of the two ends is enough.")
HOW = Text("La réponse", "The answer")
WORD = Text("Mot ou début de mot", "Word, or how it begins")
ACCENTS = Text("Sans tenir compte des accents ni des majuscules.", "Accents and capitals do not matter.")
ANY_OF = Text("La réponse est l’une de celles-ci", "The answer is any of these")
WHICH_WAY = Text("Dans quel ordre", "In which order")
APPLY = Text("Appliquer", "Apply")
CANCEL = Text("Annuler", "Cancel")
ERROR = Text("Erreur : ", "Error: ")


def narrowing() -> rx.Component:
    """The chips and the buttons, in one row that wraps."""
    return rx.el.div(
        rx.foreach(DossiersState.chips, _chip),
        rx.cond(DossiersState.order.key != "", _order()),
        _opens(ADD, "plus", N.open_filter),
        _opens(SORT, "arrow-up-down", N.open_order),
        _dialog(FILTER, NARROW, _filter_form()),
        _dialog(ORDER, ORDER_OF, _order_form()),
        role="group",
        aria_label=t(FILTERS),
        class_name="toolbar narrowing",
    )


def export_link() -> rx.Component:
    """The listed dossiers as a file."""
    return rx.el.a(
        icon("download"),
        t(EXPORT),
        href=DossiersState.export,
        title=t(EXPORT_HELP),
        reload_document=True,
        class_name="button",
        custom_attrs={"download": ""},
    )


def _chip(chip: rx.Var[Chip]) -> rx.Component:
    return rx.el.span(
        rx.el.span(chip.label, " ", rx.el.span(chip.how, class_name="meta"), " ", rx.el.b(chip.value)),
        rx.el.a(icon("x"), href=chip.without, aria_label=t(TAKE_OUT) + " " + chip.label, title=t(TAKE_OUT)),
        class_name="filter",
        key=chip.key,
    )


def _order() -> rx.Component:
    order = DossiersState.order
    return rx.el.span(
        rx.el.span(rx.el.span(t(SORTED), class_name="meta"), " ", rx.el.b(order.label), " ", order.value),
        rx.el.a(icon("x"), href=order.without, aria_label=t(UNSORT), title=t(UNSORT)),
        class_name="filter",
    )


def _opens(label: Text, icon_name: str, event: rx.event.EventType) -> rx.Component:
    return rx.el.button(
        icon(icon_name),
        t(label),
        type="button",
        on_click=event,
        class_name="button quiet",
        custom_attrs={"aria-haspopup": "dialog"},
    )


def _dialog(name: str, title: Text, form: rx.Component) -> rx.Component:
    return dialog(
        rx.el.h2(t(title), id=f"dialogue-{name}"),
        form,
        open=N.dialog == name,
        labelled_by=f"dialogue-{name}",
        on_dismiss=N.close,
    )


# -- the forms ----------------------------------------------------------------------------------------------------
def _filter_form() -> rx.Component:
    return rx.el.form(
        _column(FILTER),
        rx.match(N.picked.shape, ("range", _range()), ("choices", _choices()), ("words", _words()), rx.fragment()),
        _buttons(),
        on_submit=N.add,
    )


def _order_form() -> rx.Component:
    way = rx.el.fieldset(
        rx.el.legend(t(WHICH_WAY)),
        rx.el.div(_way("", 0, default=True), _way("-", 1), class_name="choices"),
        class_name="field",
    )
    return rx.el.form(
        _column(ORDER), rx.cond(N.picked.key != "", rx.fragment(way, key=N.picked.key)), _buttons(), on_submit=N.sort
    )


def _way(value: str, place: int, default: bool = False) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="ordre", value=value, default_checked=default),
        rx.el.span(N.picked.orders[place]),
        class_name="choice",
    )


def _column(name: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(t(COLUMN), html_for=f"colonne-{name}"),
        rx.el.select(
            rx.el.option(t(CHOOSE), value=""),
            rx.foreach(N.columns, lambda one: rx.el.option(one.label, value=one.value, key=one.value)),
            id=f"colonne-{name}",
            name="colonne",
            default_value="",
            required=True,
            on_change=N.pick,
            class_name="select",
        ),
        class_name="field",
    )


def _range() -> rx.Component:
    is_day = N.picked.input_type == "date"
    ends = (("de", rx.cond(is_day, t(SINCE), t(FROM))), ("a", rx.cond(is_day, t(UNTIL), t(TO))))
    return rx.fragment(
        rx.el.div(*(_end(name, label) for name, label in ends), class_name="fields"),
        rx.el.p(t(EITHER), class_name="hint", id="filtre-aide"),
        _wrong(),
        key=N.picked.key,
    )


def _end(name: str, label: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=f"filtre-{name}"),
        rx.el.input(
            id=f"filtre-{name}",
            name=name,
            type=N.picked.input_type,
            input_mode=N.picked.inputmode,
            class_name="input",
            custom_attrs=_told(),
        ),
        class_name="field",
    )


def _words() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.label(t(HOW), html_for="filtre-comment"),
            rx.el.select(
                rx.foreach(N.picked.hows, lambda how: rx.el.option(how.label, value=how.value, key=how.value)),
                id="filtre-comment",
                name="comment",
                class_name="select",
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.label(t(WORD), html_for="filtre-mot"),
            rx.el.p(t(ACCENTS), class_name="hint", id="filtre-aide"),
            _wrong(),
            rx.el.input(
                id="filtre-mot", name="mot", type="text", max_length=200, class_name="input", custom_attrs=_told()
            ),
            class_name="field",
        ),
        key=N.picked.key,
    )


def _choices() -> rx.Component:
    return rx.fragment(
        rx.el.fieldset(
            rx.el.legend(t(ANY_OF)),
            _wrong(),
            rx.el.div(rx.foreach(N.picked.choices, _choice), class_name="choices scrolling"),
            class_name="field",
        ),
        key=N.picked.key,
    )


def _choice(choice: rx.Var[Choice]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=choice.value), rx.el.span(choice.label), class_name="choice", key=choice.value
    )


def _wrong() -> rx.Component:
    return rx.el.div(
        rx.cond(
            N.wrong != "",
            rx.el.p(
                icon("circle-alert"),
                rx.el.span(rx.el.span(t(ERROR), class_name="hidden"), N.wrong),
                id="filtre-erreur",
                class_name="error",
            ),
        ),
        role="alert",
    )


def _told() -> dict[str, rx.Var[str]]:
    return {"aria-describedby": rx.cond(N.wrong != "", "filtre-aide filtre-erreur", "filtre-aide")}


def _buttons() -> rx.Component:
    return rx.el.div(
        rx.el.button(t(CANCEL), type="button", on_click=N.close, class_name="button quiet"),
        rx.el.button(t(APPLY), type="submit", class_name="button primary"),
        class_name="button-group",
    )
