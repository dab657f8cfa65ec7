"""The form being made, as applicants will see it; the answers tried in it stay in this tab."""

import asyncio
from dataclasses import replace
from random import Random
from typing import Any

from dsbuilder import clock
from dsbuilder.actions import drafting
from dsbuilder.domain import answering
from dsbuilder.domain.answering import (
    Asked,
    enter,
    hidden,
    locate,
    problems,
    rows_of,
    with_linked,
    with_part,
    with_toggled,
)
from dsbuilder.domain.documents import answers_from_json, answers_to_json, entry_of
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.fields.base import Raw
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.making_answers import made_answers
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.questionnaire import (
    Extra,
    GroupKind,
    QuestionGroup,
    Section,
    extra,
    extras,
    section_numbers,
    sections,
)
from dsbuilder.domain.texts import Text
from dsbuilder.state.session import SessionState, handler

MAX_TRIED = 300_000  # characters of all answers tried in one tab
FOUND = 20

_FULL = Text(
    "Cet aperçu garde peu de réponses. Rechargez la page pour recommencer.",
    "This preview keeps few answers. Reload the page to start again.",
)


class PreviewState(SessionState):
    """What one tab shows of a form, and the answers tried in it."""

    number: str = ""
    title: str = ""
    is_ready: bool = False
    is_empty: bool = False
    sections: list[Section] = []
    rows: dict[str, list[QuestionGroup]] = {}
    errors: dict[str, str] = {}
    extras: dict[str, Extra] = {}
    hidden: dict[str, bool] = {}
    marks: dict[str, str] = {}
    numbers: dict[str, str] = {}
    filled: int = 0  # how many times: the page draws its inputs anew when it changes
    _tried: dict[str, Any] = {}

    @handler
    async def open_preview(self) -> None:
        """Show the draft without any answer."""
        self.reset()  # nothing of another procedure stays when this one is refused
        number = self._number_after("demarches")
        form = (await self._act_signed_in(drafting.open_draft, number)).revision
        self.number, self.title, self._tried = str(number), form.title, {}
        self.is_empty, self.is_ready = not form.fields, True
        self._show(form, {})

    def _show(self, form: Revision, answers: Answers) -> None:
        whole = sections(form, answers, self._language)
        self.sections = [
            replace(one, groups=tuple(g for g in one.groups if g.kind is not GroupKind.ROW)) for one in whole
        ]
        self._show_rows(form, answers, whole)
        self._show_conditions(form, answers)

    def _show_rows(self, form: Revision, answers: Answers, whole: Any) -> None:
        groups = [group for section in whole for group in section.groups]
        blocks: dict[str, list[QuestionGroup]] = {g.block: [] for g in groups if g.kind is GroupKind.ADD}
        for group in groups:
            if group.kind is GroupKind.ROW:
                blocks[group.block].append(group)
        self.rows = blocks
        self.extras = extras(form, answers, self._language)

    @handler
    async def fill(self) -> None:
        """Answer everything that shows with made answers, others each time; files and maps aside, for none lies anywhere."""
        form, _ = await self._read()
        today = clock.local(clock.now()).date()
        made = await asyncio.to_thread(made_answers, form, Random(self.filled + 1), today, optional=1)
        files = {str(field.id) for field in form.walk() if field.type.control in (Control.FILES, Control.MAP)}
        typed = {path: answer for path, answer in made.items() if path.partition(":")[0] not in files}
        self._keep(answers_to_json(form, typed))
        self.filled += 1
        self._show(form, typed)
        self._show_errors(form, typed)

    # -- answering ---------------------------------------------------------------------------------------------------
    @handler
    async def answer(self, path: str, raw: str) -> None:
        """Try what was typed or chosen."""
        await self._enter(path, lambda asked, answers: raw)

    @handler
    async def tick(self, path: str, checked: bool) -> None:
        """Try a box ticked or not."""
        await self._enter(path, lambda asked, answers: checked)

    @handler
    async def toggle(self, path: str, choice: str, checked: bool) -> None:
        """Try one of several choices."""
        await self._enter(path, lambda asked, answers: with_toggled(asked, answers, choice, checked))

    @handler
    async def link(self, path: str, level: int, choice: str) -> None:
        """Try a choice in one of two linked lists."""
        await self._enter(path, lambda asked, answers: with_linked(asked, answers, level, choice))

    @handler
    async def part(self, path: str, place: int, text: str) -> None:
        """Try one of the inputs that make one answer together."""
        await self._enter(path, lambda asked, answers: with_part(asked, answers, place, text))

    @handler
    async def search(self, path: str, text: str) -> None:
        """Offer what matches in a long list."""
        form, answers = await self._read()
        asked = locate(form, answers, path)
        type_, options = asked.field.type, asked.field.options
        if type_.control is Control.LINKED_LISTS:
            chosen = answering.chosen_at(asked, answers)
            found = type_.search(options, text[:200], within=chosen[0] if chosen else "", limit=FOUND)
        else:
            found = type_.search_in(options, text[:200], self._language, FOUND)
        self.extras = self.extras | {path: replace(self.extras.get(path, Extra()), found=found, found_for=text)}

    @handler
    async def add_row(self, block: str) -> None:
        """Add a row to a block."""
        form, answers = await self._read()
        asked = locate(form, answers, block)
        if asked.field.type.control is not Control.ROWS or len(rows_of(answers, asked.field.id)) >= 20:
            raise NotFound()
        rows = rows_of(answers, asked.field.id)
        path = answering.new_row(asked.field.id, clock.now(), rows)
        self._keep({**self._tried, path: True})
        self._show_again(form)

    @handler
    async def remove_row(self, block: str, row: str) -> None:
        """Take a row out of a block."""
        form, answers = await self._read()
        children = locate(form, answers, block).field.children
        gone = {f"{block}:{row}", *(answering.join_path(FieldId(child.id), row) for child in children)}
        self._keep({path: entry for path, entry in self._tried.items() if path not in gone})
        self._show_again(form)

    # -- shared ------------------------------------------------------------------------------------------------------
    async def _read(self) -> tuple[Revision, Answers]:
        form = (await self._act(drafting.open_draft, self._number_after("demarches"))).revision
        return form, answers_from_json(form, dict(self._tried))

    async def _enter(self, path: str, raw: Any) -> None:
        form, answers = await self._read()
        asked = locate(form, answers, path)
        entered: Answer = enter(asked, _raw(raw, asked, answers))
        self._keep({**self._tried, path: entry_of(asked.field, entered)})
        answers = {**answers, path: entered}
        changing = extra(asked, answers, self._language)
        if changing is not None and changing != self.extras.get(path):
            self.extras = self.extras | {path: changing}
        self._show_errors(form, answers)

    def _keep(self, tried: dict[str, Any]) -> None:
        if sum(len(str(entry)) for entry in tried.values()) > MAX_TRIED:
            raise Refused(_FULL)
        self._tried = tried

    def _show_again(self, form: Revision) -> None:
        answers = answers_from_json(form, dict(self._tried))
        self._show_rows(form, answers, sections(form, answers, self._language))
        self._show_errors(form, answers)

    def _show_conditions(self, form: Revision, answers: Answers) -> None:
        away = hidden(form, answers, clock.local(clock.now()).date())
        shown, numbers = dict.fromkeys(sorted(away), True), section_numbers(form, away)
        if shown != self.hidden:
            self.hidden = shown
        if numbers != self.numbers:
            self.numbers = numbers

    def _show_errors(self, form: Revision, answers: Answers) -> None:
        self._show_conditions(form, answers)
        found = problems(form, answers, False, clock.local(clock.now()).date())
        errors = {problem.path: self._words(problem.text) for problem in found}
        if errors != self.errors:
            self.errors = errors


def _raw(make: Any, asked: Asked, answers: Answers) -> Raw:
    raw: Raw = make(asked, answers)
    return raw
