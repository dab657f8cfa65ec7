"""A form to fill: its sections and blocks, the contents beside it, the summary of what is wrong."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from dsbuilder.components.attributes import FOCUSABLE
from dsbuilder.components.controls import FormHandlers, question
from dsbuilder.components.describing import id_of
from dsbuilder.components.filled import Filled
from dsbuilder.components.focusing import FocusOn
from dsbuilder.components.icons import icon
from dsbuilder.components.soon import Soon
from dsbuilder.components.words import language, t
from dsbuilder.domain.questionnaire import GroupKind, Question, QuestionGroup, Section
from dsbuilder.domain.texts import Text

ADD = Text("Ajouter : {legend}", "Add: {legend}")
REMOVE = Text("Retirer", "Remove")
CONTENTS = Text("Rubriques du formulaire", "Sections of the form")
ADVANCE = Text("Avancement", "Progress")
ADVANCE_SUMMARY = Text("Rubriques et avancement", "Sections and progress")
DONE = Text("terminée", "done")
WRONG = Text("à corriger", "to correct")
FINISHED = Text("Terminé", "Done")
TO_CORRECT = Text("À corriger", "To correct")
FIRST_QUESTIONS = 12  # of the first section: what fills a first screen, drawn before the rest


@dataclass(frozen=True)
class FormVars:
    """What a form shows of its state; each changes alone, so that an answer sends little."""

    sections: Any  # list[Section], without the rows of blocks
    rows: Any  # dict[block, list[QuestionGroup]]
    errors: Any  # dict[path, str]
    fresh_errors: Any  # dict[path, str]: what is said instead since, empty where nothing is wrong any more
    extras: Any  # dict[path, Extra]
    hidden: Any  # dict[path, True]
    fresh_hidden: Any  # dict[path, bool]: what hides or shows otherwise since
    marks: Any  # dict[section key, "done" | "wrong" | ""]
    numbers: Any  # dict[section key, "1.2"]
    dossier: Any  # str
    filled: Any = None  # dict[path, Redrawn]: questions that were answered otherwise than by who fills the form

    def hides(self, path: Any) -> rx.Var[bool]:
        """Whether conditions hide what stands at `path`."""
        return _newest(self.fresh_hidden, self.hidden, path, False).to(bool)

    def error(self, path: Any) -> rx.Var[str]:
        """What is wrong with the answer at `path`, empty when nothing is."""
        return _newest(self.fresh_errors, self.errors, path, "").to(str)


def _newest(fresh: Any, whole: Any, path: Any, otherwise: Any) -> Any:
    # Not `fresh.get(path, ...)`: Reflex takes the default for whatever is false or empty there.
    return rx.cond(fresh.contains(path), fresh[path], whole.get(path, otherwise))


@dataclass(frozen=True)
class BlockHandlers:
    """What the buttons of a block call."""

    add: Any  # (block)
    remove: Any  # (block, row)


def form(shown: FormVars, on: FormHandlers, blocks: BlockHandlers) -> rx.Component:
    """Every section with its questions."""
    draw = _Draw(shown, on, blocks)
    return rx.foreach(shown.sections, lambda section, place: draw.section(section, place))


class _Draw:
    def __init__(self, shown: FormVars, on: FormHandlers, blocks: BlockHandlers) -> None:
        self.shown, self.on, self.blocks = shown, on, blocks

    def section(self, section: rx.Var[Section], place: rx.Var[int]) -> rx.Component:
        mark, number = self.shown.marks[section.key], self.shown.numbers[section.key]
        head = rx.el.div(
            rx.el.h2(rx.cond(number, rx.el.span(number, class_name="n")), section.title),
            rx.match(
                mark,
                ("done", rx.el.span(icon("check"), t(FINISHED), class_name="chip success")),
                ("wrong", rx.el.span(icon("circle-alert"), t(TO_CORRECT), class_name="chip danger")),
                rx.fragment(),
            ),
            class_name="section-head",
        )
        return rx.el.section(
            rx.cond(section.title != "", head),
            rx.foreach(section.groups, lambda group: self.group(group, place == 0)),
            id=section.key,
            hidden=self.shown.hides(section.path),
            custom_attrs=FOCUSABLE,
            key=section.key,
        )

    def group(self, group: rx.Var[QuestionGroup], begins: rx.Var[bool]) -> rx.Component:
        questions = rx.foreach(
            group.questions, lambda q, place: self.question(q, begins & (place < FIRST_QUESTIONS).to(bool))
        )
        return rx.fragment(rx.cond(group.kind == GroupKind.ADD, self.rows(group), questions), key=group.key)

    def question(self, q: rx.Var[Question], first: rx.Var[bool] | bool = False) -> rx.Component:
        error, hidden = self.shown.error(q.path), self.shown.hides(q.path)
        extra = self.shown.extras[q.path]
        since: Any = ""
        if self.shown.filled is not None:
            again = self.shown.filled.contains(q.path)
            since = rx.cond(again, self.shown.filled[q.path].since, "")
            q = rx.cond(again, self.shown.filled[q.path].question, q).to(Question)
        drawn = question(q, error, self.on, language(), extra, self.shown.dossier, hidden)
        if self.shown.filled is not None:
            drawn = Filled.create(drawn, since=since, place=id_of(q))
        return Soon.create(drawn, first=first, key=q.path)

    def rows(self, group: rx.Var[QuestionGroup]) -> rx.Component:
        add = ADD[language()].partition("{legend}")
        return rx.el.div(
            rx.foreach(self.shown.rows[group.block], lambda row: self.row(row)),
            rx.el.p(
                rx.el.button(
                    icon("plus"),
                    rx.el.span(add[0] + group.legend),
                    type="button",
                    on_click=self.blocks.add(group.block),
                    class_name="button",
                )
            ),
            hidden=self.shown.hides(group.block),
            class_name="block",
        )

    def row(self, row: rx.Var[QuestionGroup]) -> rx.Component:
        return rx.el.fieldset(
            rx.el.legend(row.legend, class_name="hidden"),
            rx.el.div(
                rx.el.h4(row.legend, aria_hidden="true"),
                rx.el.button(
                    icon("trash-2"),
                    t(REMOVE),
                    rx.el.span(" " + row.legend, class_name="hidden"),
                    type="button",
                    on_click=self.blocks.remove(row.block, row.row),
                    class_name="button quiet",
                ),
                class_name="row between",
            ),
            rx.foreach(row.questions, lambda q: self.question(q)),
            id=row.key,
            custom_attrs=FOCUSABLE,
            class_name="block-row",
            key=row.key,
        )


def contents(shown: FormVars, given: rx.Var[str], answered: rx.Var[int], asked: rx.Var[int]) -> rx.Component:
    """The list of sections with what is done: beside the form, or folded on a phone."""

    def line(section: rx.Var[Section]) -> rx.Component:
        mark = shown.marks[section.key]
        return rx.cond(
            (section.title != "") & (section.level == 1) & ~shown.hides(section.path),
            rx.el.li(
                rx.el.a(
                    rx.el.span(shown.numbers[section.key], class_name="n"),
                    rx.el.span(section.title),
                    rx.el.span(
                        rx.match(
                            mark,
                            ("done", rx.fragment(icon("check"), rx.el.span(t(DONE), class_name="hidden"))),
                            (
                                "wrong",
                                rx.el.span(
                                    icon("circle-alert"), rx.el.span(t(WRONG), class_name="hidden"), class_name="wrong"
                                ),
                            ),
                            rx.fragment(),
                        )
                    ),
                    href="#" + section.key,
                    reload_document=True,
                ),
                key=section.key,
            ),
        )

    return rx.el.aside(
        rx.el.details(
            rx.el.summary(rx.el.span(given), icon("chevron-down")),
            rx.el.nav(rx.el.ol(rx.foreach(shown.sections, line)), aria_label=t(CONTENTS)),
            rx.el.div(
                rx.el.div(
                    rx.el.p(given, id="avancement", class_name="small"),
                    rx.el.progress(value=answered, max=asked, aria_labelledby="avancement"),
                ),
                class_name="foot",
            ),
            class_name="contents fold",
        ),
        aria_label=t(ADVANCE),
    )


def error_summary(problems: Any, heading: rx.Var[str], line: rx.Var[str], signal: rx.Var[int]) -> rx.Component:
    """What is wrong, in the page's order, each a link to its question; it takes the focus when it comes."""

    def one(problem: Any) -> rx.Component:
        return rx.el.li(rx.el.a(problem.text, href="#q" + problem.path, reload_document=True), key=problem.path)

    box = FocusOn.create(
        rx.el.h2(icon("circle-alert"), heading, id="a-corriger"),
        rx.el.p(line),
        rx.el.ol(rx.foreach(problems, one)),
        signal=signal,
        labelled_by="a-corriger",
        class_name="error-summary",
    )
    return rx.cond(problems.length() > 0, box)
