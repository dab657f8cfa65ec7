"""The editor of a form: the canvas, the selected card, and what was typed and saved."""

from collections.abc import Callable
from typing import Any

from dsbuilder.actions import drafting
from dsbuilder.actions.context import Subject
from dsbuilder.actions.drafting import Draft
from dsbuilder.actions.looking_up import closed_kinds
from dsbuilder.domain.arranging import Step
from dsbuilder.domain.errors import Invalid, NotFound, Refusal, Refused
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.texts import Text
from dsbuilder.state import live
from dsbuilder.state.administrator import canvas
from dsbuilder.state.administrator.canvas import Found, Inspected
from dsbuilder.state.administrator.shown_draft import field_id
from dsbuilder.state.administrator.trying import TriedDraft
from dsbuilder.state.session import handler

_REMOVED = Text("Élément retiré. « Annuler » le remet en place.", "Item removed. “Undo” puts it back.")


class EditorState(TriedDraft):
    """What one does in the editor."""

    aim_parent: str = ""
    aim_before: str = ""
    is_aiming: bool = False
    aimed_label: str = ""
    palette_words: str = ""
    closed_kinds: list[str] = []  # not offered: their register cannot be asked here
    sheet: str = ""
    dialog: str = ""
    found: list[Found] = []
    attention: str = ""

    # -- opening ---------------------------------------------------------------------------------------------------
    @handler
    async def open_editor(self) -> None:
        """Show the draft from its beginning, and be woken when others change it."""
        self.number, self.title = 0, ""  # nothing of another procedure stays when this one is refused
        number = self._number_after("demarches")
        with live.watched(self._tab, Subject("draft", number), EditorState):
            draft = await self._act_signed_in(drafting.open_draft, number)
        self.selected, self.is_aiming, self.sheet, self.dialog, self.attention = "", False, "", "", ""
        self.closed_kinds = list(closed_kinds())
        self.palette_words, self.found, self.inspected = "", [], Inspected()
        self._show_all(draft)
        wanted = self._query("champ")
        if any(str(field.id) == wanted for field in draft.revision.walk()):
            self._reveal(draft.revision, wanted)

    async def _wake(self) -> None:
        """Somebody else edited the draft."""
        try:
            self._show(await self._act(drafting.draft_since, self.number, self.sequence))
        except Refusal as refusal:
            live.forget(self._tab)
            self._say(refusal.text, "danger")

    # -- editing ---------------------------------------------------------------------------------------------------
    async def _edit(self, action: Callable[..., Draft], *arguments: Any, **named: Any) -> Draft:
        self.stamp += 1
        self._keep("notice", "")
        number = self._number_after("demarches")
        since = self.sequence if number == self.number else 0
        draft = await self._act(action, number, *arguments, since=since, **named)
        self._show(draft)
        return draft

    async def _add(self, action: Callable[..., Draft], kind: str, *where: Any) -> None:
        draft = await self._edit(action, kind, *where)
        self.is_aiming, self.sheet = False, ""
        id = draft.added or FieldId(0)
        self._reveal(draft.revision, str(id))

    @handler
    async def pick(self, kind: str) -> None:
        """Add a card of that kind where one aims, else after the selected one, else at the end."""
        if self.is_aiming:
            await self._add(drafting.add, kind, _id_or_none(self.aim_parent), _id_or_none(self.aim_before))
        elif self.selected:
            await self._add(drafting.add_after, kind, field_id(self.selected))
        else:
            await self._add(drafting.add, kind, None, None)

    @handler
    async def place(self, kind: str, parent: str, before: str) -> None:
        """Add a card of that kind where it was dropped."""
        await self._add(drafting.add, kind, _id_or_none(parent), _id_or_none(before))

    @handler
    async def move(self, id: str, parent: str, before: str) -> None:
        """Put a card where it was dropped."""
        await self._edit(drafting.move, field_id(id), _id_or_none(parent), _id_or_none(before))

    @handler
    async def step(self, id: str, direction: str) -> None:
        """Move a card by one step, as its buttons ask."""
        await self._step(id, direction)
        self._attend(f"{direction}-{id}")

    async def _step(self, id: str, direction: str) -> None:
        if direction not in set(Step):
            raise NotFound()
        await self._edit(drafting.move_a_step, field_id(id), Step(direction))

    @handler
    async def duplicate(self, id: str) -> None:
        """Make a copy just after the card, and select it."""
        await self._duplicate(id)

    async def _duplicate(self, id: str) -> None:
        draft = await self._edit(drafting.duplicate, field_id(id))
        self._select(draft.revision, str(draft.added))
        self._attend(f"label-{draft.added}")

    @handler
    async def remove(self, id: str) -> None:
        """Take a card out; undoing brings it back, so nothing is asked."""
        await self._remove(id)

    async def _remove(self, id: str) -> None:
        after = self._neighbour(id)
        await self._edit(drafting.remove, field_id(id))
        self._say(_REMOVED)
        self._attend(after)

    @handler
    async def undo(self) -> None:
        """Take back my last edit."""
        await self._edit(drafting.undo)

    @handler
    async def redo(self) -> None:
        """Do again what I took back."""
        await self._edit(drafting.redo)

    @handler
    async def set_label(self, id: str, text: str) -> None:
        """Name a card."""
        await self._edit(drafting.change, field_id(id), label=text)

    @handler
    async def set_help(self, id: str, text: str) -> None:
        """Set the help under a question."""
        await self._edit(drafting.change, field_id(id), description=text)

    @handler
    async def set_required(self, id: str, required: bool) -> None:
        """Set whether an answer is required."""
        await self._edit(drafting.change, field_id(id), required=required)

    @handler
    async def set_kind(self, id: str, kind: str) -> None:
        """Change what kind of question it is."""
        await self._edit(drafting.change, field_id(id), kind=kind)

    @handler
    async def set_title(self, text: str) -> None:
        """Name the procedure."""
        await self._edit(drafting.describe, title=text)

    @handler
    async def set_description(self, text: str) -> None:
        """Set what the procedure's page says."""
        await self._edit(drafting.describe, description=text)

    # -- the settings of the selected card ---------------------------------------------------------------------------
    @handler
    async def set_text(self, path: str, text: str) -> None:
        """Set one setting to what was typed or chosen."""
        await self._set(path, text)

    @handler
    async def set_tick(self, path: str, checked: bool) -> None:
        """Set one setting to yes or no."""
        await self._set(path, checked)

    @handler
    async def set_one_of(self, path: str, choice: str, checked: bool) -> None:
        """Add or take out one of several."""
        question = next((one for one in self.inspected.settings if one.path == path), None)
        if question is None:
            raise NotFound()
        rest = [value for value in question.chosen if value != choice]
        await self._set(path, [*rest, choice] if checked else rest)

    async def _set(self, path: str, raw: Any) -> None:
        _, _, rest = path.partition(".")
        id, _, name = rest.partition(".")
        shown = next((one for one in self.inspected.settings if one.path == path), None)
        if shown is not None and isinstance(raw, str) and shown.value == raw:
            return
        self.stamp += 1
        try:
            draft = await self._act(
                drafting.set_option, self._number_after("demarches"), field_id(id), name, raw, since=self.sequence
            )
        except (Invalid, Refused) as refusal:
            self.setting_errors = {**self.setting_errors, path: self._words(refusal.text)}
            return
        if path in self.setting_errors:
            self.setting_errors = {key: text for key, text in self.setting_errors.items() if key != path}
        if self.selected == id:
            self._inspect(draft.revision, own=True)
        self._show(draft)

    @handler
    async def send_to(self, id: str, path: str, destination: str) -> None:
        """Say where something in the answer of an API goes."""
        await self._edit(drafting.send_to, field_id(id), path, destination)

    # -- looking -----------------------------------------------------------------------------------------------------
    @handler
    async def select(self, id: str) -> None:
        """Show the settings of a card."""
        if id != self.selected:
            draft = await self._act(drafting.open_draft, self._number_after("demarches"))
            self._select(draft.revision, id)

    @handler
    async def deselect(self) -> None:
        """Show what concerns the whole form."""
        self.selected, self.inspected, self.sheet = "", Inspected(), ""

    @handler
    async def go(self, id: str) -> None:
        """Show a card wherever it stands, and give it the focus."""
        draft = await self._act(drafting.open_draft, self._number_after("demarches"))
        self.dialog = ""
        self._reveal(draft.revision, id)

    def _reveal(self, revision: Revision, id: str) -> None:
        self._unfold(revision, canvas.section_of(revision, field_id(id)))
        self._select(revision, id)
        self._attend(f"label-{id}")

    @handler
    async def toggle_section(self, key: str) -> None:
        """Fold or unfold a section."""
        if key in self.open_sections:
            self.open_sections = [one for one in self.open_sections if one != key]
        else:
            draft = await self._act(drafting.open_draft, self._number_after("demarches"))
            self._unfold(draft.revision, key)

    @handler
    async def fold_all(self) -> None:
        """Fold every section, or unfold all when all are folded."""
        if self.open_sections:
            self.open_sections = []
            return
        draft = await self._act(drafting.open_draft, self._number_after("demarches"))
        self.open_sections = [section.key for section in self.sections]
        self._freshen(canvas.cards(draft.revision, self.open_sections, self._language, self._unready))

    @handler
    async def aim(self, parent: str, before: str, label: str) -> None:
        """Choose where the next card of the palette goes."""
        self.aim_parent, self.aim_before, self.aimed_label = parent, before, label[:200]
        self.is_aiming, self.sheet = True, "palette"
        self._attend("palette-search")

    @handler
    async def stop_aiming(self) -> None:
        """The next card goes after the selected one again."""
        self.is_aiming = False

    @handler
    async def show_sheet(self, name: str) -> None:
        """On a narrow screen: show one of the side panes, or none."""
        self.sheet = name if name in ("palette", "inspector") else ""

    @handler
    async def filter_palette(self, words: str) -> None:
        """Show the kinds whose name holds the words."""
        self.palette_words = words[:100].strip().casefold()

    @handler
    async def open_dialog(self, name: str) -> None:
        """Show the search of cards, or the list of problems."""
        self.dialog = name if name in ("go", "problems") else ""
        if self.dialog == "go":
            await self._search("")

    @handler
    async def search(self, words: str) -> None:
        """Find cards by their label."""
        await self._search(words[:200])

    async def _search(self, words: str) -> None:
        draft = await self._act(drafting.open_draft, self._number_after("demarches"))
        self.found = list(canvas.search(draft.revision, words, self._language))

    @handler
    async def press(self, name: str, id: str) -> None:
        """A key of the editor."""
        if name in ("undo", "redo"):
            await self._edit(drafting.undo if name == "undo" else drafting.redo)
        elif name == "go":
            self.dialog = "go"
            await self._search("")
        elif id and name == "duplicate":
            await self._duplicate(id)
        elif id and name == "remove":
            await self._remove(id)
        elif id and name in set(Step):
            await self._step(id, name)
            self._attend(id)

    # -- shared ------------------------------------------------------------------------------------------------------
    def _attend(self, element: str) -> None:
        self.attention = f"{element}#{self.stamp}.{self.sequence}"

    def _neighbour(self, id: str) -> str:
        """The card that takes the focus when this one goes."""
        shown = [
            one
            for section in self.sections
            if section.key in self.open_sections
            for slot in section.slots
            for one in (slot.id, *slot.children)
        ]
        if id not in shown:
            return "contenu"
        at = shown.index(id)
        others = [one for one in (*shown[at + 1 :], *reversed(shown[:at])) if one != id]
        return others[0] if others else "contenu"


def _id_or_none(text: str) -> FieldId | None:
    return field_id(text) if text else None
