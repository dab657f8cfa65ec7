"""Publishing: what forbids it, what is to complete, what would change, and doing it."""

from dataclasses import dataclass

import reflex as rx

from dsbuilder.actions import publishing
from dsbuilder.actions.publishing import Readiness
from dsbuilder.domain.differences import ChangeKind
from dsbuilder.domain.effects import QuestionEffect
from dsbuilder.domain.errors import Invalid, Refused
from dsbuilder.domain.procedure import ProcedureState
from dsbuilder.domain.texts import Text, plural
from dsbuilder.state.session import SessionState, handler
from dsbuilder.state.showing import short_day

SHOWN = 500  # characters of a text that changed

_QUESTIONS = (Text("{count} question", "{count} question"), Text("{count} questions", "{count} questions"))
_AGENTS = (Text("{count} personne", "{count} person"), Text("{count} personnes", "{count} people"))
_CHANGES = (Text("{count} changement", "{count} change"), Text("{count} changements", "{count} changes"))
_PROBLEMS = (
    Text("{count} point empêche de publier", "{count} point forbids publishing"),
    Text("{count} points empêchent de publier", "{count} points forbid publishing"),
)
_CONVERTED = (
    Text("{count} réponse convertie", "{count} answer converted"),
    Text("{count} réponses converties", "{count} answers converted"),
)
_TO_CORRECT = (
    Text("{count} à revoir", "{count} to look at again"),
    Text("{count} à revoir", "{count} to look at again"),
)
_SET_ASIDE = (Text("{count} mise de côté", "{count} set aside"), Text("{count} mises de côté", "{count} set aside"))
_UNNAMED = Text("Élément sans intitulé", "Item without a label")
_PUBLISHED = Text("La démarche est publiée.", "The procedure is published.")


@dataclass(frozen=True, slots=True)
class ObstacleView:
    """One thing that forbids publishing, and the card that it concerns."""

    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One change since the last publication."""

    kind: str
    section: str
    label: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EffectView:
    """What becomes of the answers to one question in the drafts."""

    label: str
    counts: str


class PublishingState(SessionState):
    """The page before publishing."""

    number: str = ""
    title: str = ""
    revision: int = 0
    last_published_on: str = ""
    is_open: bool = False
    is_published: bool = False
    is_closed: bool = False
    has_changes: bool = False
    path: str = ""
    path_error: str = ""
    questions: str = ""
    instructors: str = ""
    has_instructors: bool = False
    obstacles: list[ObstacleView] = []
    summary: str = ""
    to_complete: list[str] = []
    differences: list[DifferenceView] = []
    change_count: str = ""
    ongoing: list[str] = []
    effects: list[EffectView] = []

    @handler
    async def open_publishing(self) -> None:
        """Show what stands between the draft and the public."""
        self.reset()  # nothing of another procedure stays when this one is refused
        self._show(await self._act_signed_in(publishing.readiness, self._number_after("demarches")))

    def _show(self, found: Readiness) -> None:
        self.number, self.title, self.path = str(found.number), found.title, found.path
        self.revision, self.last_published_on = found.revision_number, short_day(found.last_published_at)
        self.is_published = found.state is ProcedureState.PUBLISHED
        self.is_closed = found.state is ProcedureState.CLOSED
        self.has_changes, self.is_open = found.has_changes or self.is_closed, True
        self.questions = self._words(plural(found.questions, *_QUESTIONS))
        self.instructors = self._words(plural(found.instructors, *_AGENTS))
        self.has_instructors = found.instructors > 0
        self.obstacles = [
            ObstacleView(str(one.field or ""), one.label or self._words(_UNNAMED), self._words(one.text))
            for one in found.obstacles
        ]
        self.summary = self._words(plural(len(found.obstacles), *_PROBLEMS)) if found.obstacles else ""
        self.to_complete = [self._words(text) for text in found.to_complete]
        self._show_differences(found)
        self.ongoing = [self._words(sentence) for sentence in found.effects.sentences] if found.effects else []
        self.effects = [
            EffectView(one.label or self._words(_UNNAMED), self._counts(one))
            for one in (found.effects.questions if found.effects else ())
        ]

    def _counts(self, effect: QuestionEffect) -> str:
        fates = ((effect.converted, _CONVERTED), (effect.to_correct, _TO_CORRECT), (effect.set_aside, _SET_ASIDE))
        return ", ".join(self._words(plural(count, *words)) for count, words in fates if count)

    def _show_differences(self, found: Readiness) -> None:
        self.change_count = self._words(plural(len(found.differences), *_CHANGES))
        self.differences = [
            DifferenceView(
                kind=one.kind.value,
                section=one.section,
                label=one.label,
                what=self._words(one.what) if one.kind is ChangeKind.CHANGED else "",
                before=self._words(one.before)[:SHOWN],
                after=self._words(one.after)[:SHOWN],
            )
            for one in found.differences
        ]

    @handler
    async def publish(self, form: dict[str, str]) -> object:
        """Freeze the draft and open the procedure with it."""
        number = self._number_after("demarches")
        path = str(form.get("path", ""))
        self.path_error = ""
        try:
            await self._act(publishing.publish, number, path)
        except (Invalid, Refused) as refusal:
            self._show(await self._act(publishing.readiness, number))
            self.path, self.path_error = path[:200], self._words(refusal.text)
            return None
        self._say(_PUBLISHED)
        return rx.redirect(self._address(f"/admin/demarches/{number}"))
