"""Answers as people read them, section by section: to check, to follow, to instruct, to print."""

from typing import Any

import reflex as rx

from dsbuilder.components.icons import icon
from dsbuilder.components.registers import said_by_register
from dsbuilder.components.tables import cell, table
from dsbuilder.components.words import t
from dsbuilder.domain.map_drawing import ShapeRow
from dsbuilder.domain.questionnaire import FileView
from dsbuilder.domain.reading import ReadAnswer, ReadSection
from dsbuilder.domain.texts import Text

EDIT = Text("Modifier", "Change")
SECTION = Text(" la rubrique {title}", " the section {title}")
OPEN_DOSSIER = Text(" (ouvrir ce dossier)", " (open this dossier)")
NUMBER, KIND, MEASURE = Text("N°", "No."), Text("Tracé", "Shape"), Text("Mesure", "Measure")
WHERE = Text("Latitude ; longitude", "Latitude, longitude")
COLUMNS = ((NUMBER, ""), (KIND, ""), (MEASURE, ""), (WHERE, ""))
FILE = Text("Télécharger en GeoJSON", "Download as GeoJSON")
NONE = Text("Sans réponse", "No answer")


def answers(sections: Any, edit: Any = None, heading: Any = rx.el.h2) -> rx.Component:
    """Each section (a list of `ReadSection`) with its answers; `edit` is the form's address, to change a section."""
    return rx.foreach(sections, lambda section: _section(section, edit, heading))


def _section(section: rx.Var[ReadSection], edit: Any, heading: Any) -> rx.Component:
    before, _, after = t(SECTION).partition("{title}")
    change = (
        rx.el.a(
            t(EDIT),
            rx.el.span(before + section.title + after, class_name="hidden"),
            href=edit + "#" + section.key,
            reload_document=True,
        )
        if edit is not None
        else rx.fragment()
    )
    titled = rx.el.div(
        heading(rx.cond(section.number != "", rx.el.span(section.number, class_name="n")), section.title),
        change,
        class_name="section-head",
    )
    untitled = rx.el.div(rx.el.span(), change, class_name="section-head bare") if edit is not None else rx.fragment()
    return rx.el.section(
        rx.cond(section.title != "", titled, untitled),
        rx.el.dl(rx.foreach(section.answers, _answer), class_name="answers"),
        id=section.key,
        key=section.key,
    )


def _answer(answer: rx.Var[ReadAnswer]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(
            rx.cond(answer.row_legend != "", rx.el.strong(answer.row_legend, class_name="row-legend")), answer.label
        ),
        rx.cond(
            answer.picture != "",
            _drawing(answer),
            rx.cond(
                answer.files.length() > 0,
                rx.el.dd(rx.el.ul(rx.foreach(answer.files, _file), role="list")),
                rx.el.dd(
                    rx.cond(
                        answer.link != "",
                        rx.el.a(answer.text, rx.el.span(t(OPEN_DOSSIER), class_name="hidden"), href=answer.link),
                        rx.cond(answer.text != "", answer.text, rx.el.span(t(NONE), class_name="none")),
                    ),
                    rx.cond(answer.said != "", said_by_register(answer.lookup, answer.said, answer.facts)),
                ),
            ),
        ),
        class_name=rx.cond(answer.picture != "", "whole", ""),
        key=answer.path,
    )


def _drawing(answer: rx.Var[ReadAnswer]) -> rx.Component:
    """What was drawn on a map: a picture without any script, the same as a table, and the file."""
    file: Any = rx.el.a(icon("download"), t(FILE), href=answer.address, reload_document=True, class_name="file-link")
    return rx.el.dd(
        rx.html(answer.picture),
        table(answer.label, COLUMNS, answer.shapes, _shape),
        rx.cond(answer.more_shapes != "", rx.el.p(answer.more_shapes, class_name="meta")),
        rx.cond(answer.address != "", rx.el.p(file)),
        class_name="stack",
    )


def _shape(shape: rx.Var[ShapeRow]) -> rx.Component:
    return rx.el.tr(
        cell(NUMBER, shape.key),
        cell(KIND, rx.cond(shape.description != "", shape.kind + " – " + shape.description, shape.kind)),
        cell(MEASURE, rx.cond(shape.measure != "", shape.measure, "–"), class_name="num"),
        cell(
            WHERE,
            shape.positions,
            rx.cond(shape.more != "", rx.el.span("\n" + shape.more, class_name="meta")),
            class_name="positions",
        ),
        key=shape.key,
    )


def _file(file: rx.Var[FileView]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            file.address != "",
            rx.el.a(file.name, href=file.address, download=True, reload_document=True),
            rx.el.span(file.name),
        ),
        " ",
        rx.el.span(file.note, class_name="meta"),
        key=file.token,
    )
