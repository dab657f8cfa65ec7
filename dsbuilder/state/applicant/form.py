"""The form that a citizen fills in this tab."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import reflex as rx

from dsbuilder import clock
from dsbuilder.actions import depositing, filling, looking_up
from dsbuilder.actions.context import Subject
from dsbuilder.actions.filling import Filled, Saved
from dsbuilder.domain.answering import Problem, hidden, is_unsettled, locate, problems
from dsbuilder.domain.dossier import Answers, DossierState
from dsbuilder.domain.errors import Refusal, Refused
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.entering import TOO_LONG
from dsbuilder.domain.fields.lookups import Ask, Lookup, Unavailable
from dsbuilder.domain.filled_questions import filled_since
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.progress import progress, sections_of
from dsbuilder.domain.questionnaire import (
    Extra,
    QuestionGroup,
    Section,
    extra,
    extras,
    question,
    section_numbers,
    sections,
)
from dsbuilder.domain.texts import Text, plural
from dsbuilder.state import live, lookups
from dsbuilder.state.applicant.form_views import (
    AsideView,
    Redrawn,
    WrongAnswer,
    as_searched,
    rows_in,
    without_rows,
)
from dsbuilder.state.applicant.showing import emptied_when_refused
from dsbuilder.state.session import SessionState, handler

MOST_FRESH = 20  # errors, or questions shown and hidden, that changed one by one before all are sent again
SAVED_AT = Text("Enregistré à {time}", "Saved at {time}")
AWAY = Text(
    "La liste ne répond pas pour l’instant. Continuez\u00a0: écrivez votre réponse en entier.",
    "The list does not answer just now. Go on: write your answer in full.",
)
GIVEN = Text("{answered} sur {asked} réponses données", "{answered} of {asked} answers given")
WRONG_ONE = Text("1 réponse est à corriger", "1 answer must be corrected")
WRONG_MANY = Text("{count} réponses sont à corriger", "{count} answers must be corrected")


class FormState(SessionState):
    """A dossier being filled. Every handler finds the dossier in the address again: the server may have restarted."""

    title: str = ""
    dossier: str = ""
    keeper: str = ""
    is_ready: bool = False
    is_deposited: bool = False
    is_test: bool = False
    changed: str = ""
    set_aside: list[AsideView] = []
    sections: list[Section] = []
    rows: dict[str, list[QuestionGroup]] = {}
    errors: dict[str, str] = {}
    fresh_errors: dict[str, str] = {}
    extras: dict[str, Extra] = {}
    hidden: dict[str, bool] = {}
    fresh_hidden: dict[str, bool] = {}
    marks: dict[str, str] = {}
    numbers: dict[str, str] = {}
    given: str = ""
    answered: int = 0
    asked: int = 0
    saved: str = ""
    acknowledged: str = ""
    wrong: list[WrongAnswer] = []
    wrong_heading: str = ""
    checked: int = 0
    filled: dict[str, Redrawn] = {}
    _filled_since: dict[str, str] = {}

    # -- opening ---------------------------------------------------------------------------------------------------
    @handler
    async def open_page(self) -> Any:
        """Show the form with what was answered; first ask whom it concerns when that is not said yet."""
        if self.dossier != str(self._number()):
            self.reset()
        watched = live.watched(self._tab, Subject("looked_up", self._number()), FormState)
        try:
            with emptied_when_refused(self), watched:
                filled = await self._act_signed_in(filling.open_dossier, self._number())
        except Refused:  # it is being examined: its own page says so
            return rx.redirect(self._address(f"/dossiers/{self._number()}"))
        if not filled.requester.complete:
            return rx.redirect(self._address(f"/dossiers/{filled.number}/identite"))
        for one in await self._act(looking_up.resume, filled.number) if is_unsettled(filled.answers) else ():
            lookups.start(one)
        self._show(filled)
        if self._query("corriger"):
            await self._show_problems(filled.number)
        return None

    def _show(self, filled: Filled) -> None:
        self.title, self.dossier = filled.title, str(filled.number)
        self.keeper = f"{_mark(self.reader_email)}:{filled.number}"
        self.is_deposited, self.is_test = filled.state is not DossierState.DRAFT, filled.is_test
        self.changed = self._words(filled.changed) if filled.changed else ""
        self.set_aside = [AsideView(one.label, one.words) for one in filled.set_aside]
        self.wrong, self.checked, self.saved = [], 0, ""
        self._show_questions(filled.form, filled.answers)
        self._put("filled", {})
        self._filled_since = filled_since(filled.form, filled.answers)
        self._show_errors(self._errors(problems(filled.form, filled.answers, False, filled.day)))
        self.extras = extras(filled.form, filled.answers, self._language)
        self._show_progress(filled.form, filled.answers, filled.day)
        self.is_ready = True

    async def _wake(self) -> None:
        """A register answered: show what it said, and nothing else, for somebody is typing here."""
        try:
            filled = await self._act(filling.read_dossier, int(self.dossier or 0))
        except Refusal:
            return live.forget(self._tab)
        found = extras(filled.form, filled.answers, self._language)
        told = {p: as_searched(e, self.extras.get(p)) for p, e in found.items() if e.lookup}
        self._put("extras", self.extras | told)
        since = filled_since(filled.form, filled.answers)
        fresh = {path: at for path, at in since.items() if self._filled_since.get(path) != at}
        self._filled_since = since
        self._draw_again(filled.form, filled.answers, fresh)
        self._show_progress(filled.form, filled.answers, filled.day)  # where an address lies may show or hide

    def _draw_again(self, form: Revision, answers: Answers, since: Mapping[str, str]) -> None:
        """Show the answers of questions that a register filled, or no longer does."""
        if since:
            drawn = {p: question(locate(form, answers, p), answers, self._language) for p in since}
            self.filled = self.filled | {path: Redrawn(one, since[path]) for path, one in drawn.items()}

    def _show_questions(self, form: Revision, answers: Answers) -> None:
        whole = sections(form, answers, self._language)
        self.rows = rows_in(whole)
        self.sections = [without_rows(section) for section in whole]

    # -- answering -------------------------------------------------------------------------------------------------
    @handler
    async def answer(self, path: str, raw: str) -> None:
        """Keep what was typed or chosen."""
        self._acknowledge(await self._act(filling.answer, self._number(), path, raw), raw)

    @handler
    async def tick(self, path: str, checked: bool) -> None:
        """Keep a box that was ticked or no longer is."""
        self._acknowledge(await self._act(filling.answer, self._number(), path, checked))

    @handler
    async def toggle(self, path: str, choice: str, checked: bool) -> None:
        """Keep one of several choices."""
        self._acknowledge(await self._act(filling.toggle, self._number(), path, choice, checked))

    @handler
    async def link(self, path: str, level: int, choice: str) -> None:
        """Keep a choice in the first or second of two linked lists, or an answer beside the choices."""
        self._acknowledge(await self._act(filling.link, self._number(), path, level, choice))

    @handler
    async def part(self, path: str, place: int, text: str) -> None:
        """Keep one of the inputs that make one answer together."""
        self._acknowledge(await self._act(filling.fill_part, self._number(), path, place, text))

    @handler
    async def restore(self, path: str, raw: str, seconds_ago: int) -> None:
        """Keep what was typed while nothing could be saved, unless it was answered again since."""
        age = timedelta(seconds=max(0, min(seconds_ago, 86_400)))
        self._acknowledge(await self._act(filling.answer, self._number(), path, raw, age), raw)

    @handler
    async def refuse_too_long(self, path: str) -> None:
        """Say that a text is too long to be sent; the page keeps it."""
        if len(path) < 50:
            self._set_error(path, self._words(TOO_LONG))

    @handler
    async def search(self, path: str, text: str) -> None:
        """Offer what matches in a long list."""
        found = await self._act(filling.search, self._number(), path, text, self._language)
        if not isinstance(found, Ask):
            return self._offer(path, text, found)
        tab, number = self._tab, self.dossier

        async def show(said: tuple[Choice, ...] | Unavailable) -> None:
            await live.change(tab, FormState, lambda page: page.dossier == number and page._offer(path, text, said))

        lookups.search(tab, found, show)

    def _offer(self, path: str, text: str, found: tuple[Choice, ...] | Unavailable) -> None:
        if isinstance(found, Unavailable):
            known = self.extras.get(path, Extra())
            if not known.lookup:  # else more is said already, of the answer itself
                said = replace(known, lookup=Lookup.UNAVAILABLE, said=self._words(AWAY))
                self.extras = self.extras | {path: said}
            return
        others = {p: replace(e, found=(), found_for="") if e.found_for else e for p, e in self.extras.items()}
        self.extras = others | {path: replace(others.get(path, Extra()), found=found, found_for=text)}

    # -- files and rows --------------------------------------------------------------------------------------------
    @handler
    async def attached(self, path: str) -> None:
        """Show the files of a question, which have just changed."""
        self._acknowledge(await self._act(filling.look_again, self._number(), path))

    @handler
    async def add_row(self, block: str) -> None:
        """Add a row to a block."""
        self._show_rows(await self._act(filling.add_row, self._number(), block))

    @handler
    async def remove_row(self, block: str, row: str) -> None:
        """Take a row out of a block."""
        saved = await self._act(filling.remove_row, self._number(), block, row)
        self._show_errors({path: said for path, said in self._wrong().items() if not path.endswith(f":{row}")})
        self._show_rows(saved)

    def _show_rows(self, saved: Saved) -> None:
        self.rows = rows_in(sections(saved.form, saved.answers, self._language))
        self.extras = extras(saved.form, saved.answers, self._language)
        self._acknowledge(saved)

    # -- checking --------------------------------------------------------------------------------------------------
    @handler
    async def check(self) -> Any:
        """Go on to read the answers again, or show what must be corrected first."""
        number = self._number()
        if await self._show_problems(number):
            return None
        return rx.redirect(self._address(f"/dossiers/{number}/verifier"))

    async def _show_problems(self, number: int) -> bool:
        """Show everything that keeps the dossier from being deposited; whether there is anything."""
        found = await self._act(depositing.check, number)
        if not found:
            return False
        self._show_errors(self._errors(found))
        self.wrong = [WrongAnswer(problem.path, self._line(problem)) for problem in found]
        self.wrong_heading = self._words(plural(len(found), WRONG_ONE, WRONG_MANY))
        self.checked += 1
        filled = await self._act(filling.read_dossier, number)
        self._show_progress(filled.form, filled.answers, filled.day)
        return True

    # -- showing ---------------------------------------------------------------------------------------------------
    def _number(self) -> int:
        return self._number_after("dossiers")

    def _acknowledge(self, saved: Saved, raw: str = "") -> None:
        path, language = saved.asked.path, self._language
        lookups.start(saved.look_up)
        self._set_error(path, saved.error[language] if saved.error else "")
        changing = extra(saved.asked, saved.answers, language)
        if changing is not None and changing != self.extras.get(path):
            self.extras = self.extras | {path: changing}
        self._draw_again(saved.form, saved.answers, dict.fromkeys(saved.emptied, saved.at.isoformat()))
        self._show_progress(saved.form, saved.answers, saved.day)
        self._put("saved", SAVED_AT[language].format(time=f"{clock.local(saved.at):%H:%M}"))
        count = int(self.acknowledged.rpartition("|")[2] or 0) + 1
        self.acknowledged = f"{path}|{len(raw.encode('utf-16-le', 'surrogatepass')) // 2}|{count}"

    def _set_error(self, path: str, sentence: str) -> None:
        """Change what is said of one question: all that is said of a long form is not sent again for it."""
        shown = self.errors.get(path, "")
        if self.fresh_errors.get(path, shown) == sentence:
            return
        others = {known: said for known, said in self.fresh_errors.items() if known != path}
        self.fresh_errors = others if sentence == shown else others | {path: sentence}
        if len(self.fresh_errors) > MOST_FRESH:
            self._show_errors(self._wrong())

    def _show_errors(self, found: dict[str, str]) -> None:
        self._put("errors", found)
        self._put("fresh_errors", {})

    def _wrong(self) -> dict[str, str]:
        return {path: said for path, said in {**self.errors, **self.fresh_errors}.items() if said}

    def _show_progress(self, form: Revision, answers: Answers, day: date) -> None:
        away = hidden(form, answers, day)
        self._show_hidden(away)
        self._put("numbers", section_numbers(form, away))
        found = progress(form, answers, away)
        wrong = sections_of(form, self._wrong().keys() - away)
        self._put("marks", {one.key: "wrong" if one.key in wrong else "done" if one.done else "" for one in found})
        answered, asked = sum(one.answered for one in found), sum(one.asked for one in found)
        self._put("answered", answered)
        self._put("asked", asked)
        self._put("given", self._words(GIVEN).format(answered=answered, asked=asked))

    def _show_hidden(self, away: frozenset[str]) -> None:
        """Say what hides now: what one answer changes is sent alone, not with all that a long form hides."""
        changed = {path: path in away for path in sorted(away ^ self.hidden.keys())}
        if not self.is_ready or len(changed) > MOST_FRESH:
            changed = {}
            self._put("hidden", dict.fromkeys(sorted(away), True))
        self._put("fresh_hidden", changed)

    def _put(self, name: str, value: Any) -> None:
        # An assignment alone makes Reflex send the value again, changed or not.
        if getattr(self, name) != value:
            setattr(self, name, value)

    def _errors(self, found: Sequence[Problem]) -> dict[str, str]:
        return {problem.path: self._words(problem.text) for problem in found}

    def _line(self, problem: Problem) -> str:
        said = self._words(problem.text)
        return said if problem.label in said else f"{problem.label} : {said}"


def _mark(email: str) -> str:
    """What names an account in its browser's storage, where its address does not belong."""
    return hashlib.sha256(email.encode()).hexdigest()[:12]
