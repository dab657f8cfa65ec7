"""A draft as one tab shows it. Cards are kept apart from where they stand, so that an edit sends one card."""

from collections.abc import Mapping
from typing import Any

from dsbuilder.actions.drafting import Draft
from dsbuilder.actions.trying import Tryable, untried
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.filled_questions import faults
from dsbuilder.domain.procedure import FieldId, ProcedureState, Revision
from dsbuilder.state.administrator import canvas
from dsbuilder.state.administrator.api_view import api_view
from dsbuilder.state.administrator.canvas import Card, Inspected, ProblemView, SectionView
from dsbuilder.state.session import SessionState

ALL_OPEN = 120  # fields; a longer form opens with its sections folded
FRESH = 40  # cards sent one by one before all are sent again


class ShownDraft(SessionState):
    """The canvas and the selected card; `EditorState` holds what one does with them."""

    number: int = 0
    title: str = ""
    description: str = ""
    is_published: bool = False
    has_changes: bool = False
    sequence: int = 0
    stamp: int = 0
    can_undo: bool = False
    can_redo: bool = False

    sections: list[SectionView] = []
    open_sections: list[str] = []
    cards: dict[str, Card] = {}
    fresh: dict[str, Card] = {}
    problems: list[ProblemView] = []
    measure: str = ""
    is_empty: bool = False

    selected: str = ""
    inspected: Inspected = Inspected()
    setting_errors: dict[str, str] = {}
    _version: int = 0
    _tryables: Mapping[FieldId, Tryable] = {}
    _unready: canvas.Unready = {}

    def _take_unready(self, draft: Draft) -> None:
        """Know what forbids publishing beside what each question says of itself."""
        self._tryables = draft.tryables
        unfilled, waiting = faults(draft.revision), untried(draft.tryables)
        self._unready = {
            id: (*unfilled.get(id, ()), *([waiting[id]] if id in waiting else [])) for id in {*unfilled, *waiting}
        }

    def _show_all(self, draft: Draft) -> None:
        self._take_unready(draft)
        count = sum(1 for _ in draft.revision.walk())
        self.sections = list(canvas.sections(draft.revision, self._language, self._unready))
        keys = [section.key for section in self.sections]
        self.open_sections = keys if count <= ALL_OPEN else keys[:1]
        self.cards, self.fresh = canvas.cards(draft.revision, self.open_sections, self._language, self._unready), {}
        self._show_around(draft)

    def _show(self, draft: Draft) -> None:
        touched = draft.touched
        if touched is None:
            return self._show_all(draft)
        titles = {section.id for section in self.sections}
        before = self._unready
        self._take_unready(draft)
        ids = {str(id) for id in {*touched.fields, *(before.keys() ^ self._unready.keys())}}
        self._keep("sections", list(canvas.sections(draft.revision, self._language, self._unready)))
        if touched.structure or ids & titles:
            self._freshen(canvas.cards(draft.revision, self.open_sections, self._language, self._unready))
        else:
            self._freshen(self._cards_of(draft.revision, ids))
        self._show_around(draft)

    def _cards_of(self, revision: Revision, ids: set[str]) -> dict[str, Card]:
        fields = canvas.fields_of(revision)
        found = ((top, field) for top in revision.fields for field in (top, *top.children) if str(field.id) in ids)
        return {
            str(field.id): canvas.card(
                field, "" if field is top else str(top.id), self._language, fields, self._unready
            )
            for top, field in found
        }

    def _freshen(self, cards: dict[str, Card]) -> None:
        known = {**self.cards, **self.fresh}
        changed = {id: card for id, card in cards.items() if known.get(id) != card}
        if len(self.fresh) + len(changed) > FRESH:
            self.cards, self.fresh = {**known, **changed}, {}
        elif changed:
            self.fresh = {**self.fresh, **changed}

    def _show_around(self, draft: Draft) -> None:
        revision = draft.revision
        self.number, self.sequence = draft.number, draft.sequence
        self._keep("title", revision.title)
        self._keep("description", revision.description)
        self._keep("is_published", draft.state is not ProcedureState.DRAFT)
        self._keep("has_changes", draft.has_changes)
        self._keep("can_undo", draft.can_undo)
        self._keep("can_redo", draft.can_redo)
        self._keep("problems", list(canvas.problems(revision, self._language, self._unready)))
        self._keep("is_empty", not revision.fields)
        self._keep("measure", canvas.measure(revision, self._language))
        self._inspect(revision)

    def _keep(self, name: str, value: Any) -> None:
        """Set a variable when it differs: setting it would send it."""
        if getattr(self, name) != value:
            setattr(self, name, value)

    def _inspect(self, revision: Revision, own: bool = False) -> None:
        field = next((field for field in revision.walk() if str(field.id) == self.selected), None)
        if field is None:
            self.selected = ""
            self._keep("inspected", Inspected())
            return
        api = api_view(revision, field, self._tryables.get(field.id), self._language)
        shown = canvas.inspected(field, self._version, self._language, api, self._unready)
        if shown.settings != self.inspected.settings and not own:
            self._version += 1
            shown = canvas.inspected(field, self._version, self._language, api, self._unready)
        self._keep("inspected", shown)

    def _unfold(self, revision: Revision, key: str) -> None:
        if key not in self.open_sections:
            self.open_sections = [*self.open_sections, key]
            self._freshen(canvas.cards(revision, [key], self._language, self._unready))

    def _select(self, revision: Revision, id: str) -> None:
        self.selected, self.setting_errors, self.is_aiming = id, {}, False
        self._inspect(revision)


def field_id(text: str) -> FieldId:
    """The id that a page names. Raises NotFound for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise NotFound()
    return FieldId(int(text))
