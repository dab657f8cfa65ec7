"""The dialogs in which an agent says what a list is narrowed to, and in which order it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dsbuilder.actions import desk
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.fields.base import ColumnType
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.narrowing import (
    HOW_LABELS,
    SORT,
    How,
    Sort,
    SoughtColumn,
    filter_of,
    only_narrowing,
    shown_choice,
    words_of_filter,
)
from dsbuilder.domain.narrowing_words import orders
from dsbuilder.domain.texts import Text
from dsbuilder.state.session import SessionState, handler

FILTER, ORDER = "filter", "order"
TICKED = "choix:"  # before the value of a box, in what its form sends
_TELL: dict[ColumnType, Text] = {
    ColumnType.NUMBER: Text("Saisissez un nombre, par exemple 12,5.", "Enter a number, such as 12.5."),
    ColumnType.DATE: Text("Choisissez un jour.", "Choose a day."),
    ColumnType.DATETIME: Text("Choisissez un jour.", "Choose a day."),
}
_TICK = Text("Cochez au moins une réponse.", "Tick at least one answer.")
_TYPE = Text("Saisissez le mot à chercher.", "Enter the word to look for.")


@dataclass(frozen=True, slots=True)
class Picked:
    """The column that a filter is being made for: what to draw."""

    key: str = ""
    shape: str = ""  # range, choices or words
    input_type: str = "text"
    inputmode: str = ""
    choices: tuple[Choice, ...] = ()
    hows: tuple[Choice, ...] = ()
    orders: tuple[str, ...] = ()


class NarrowingState(SessionState):
    """One dialog at a time, over the list of the address."""

    dialog: str = ""
    columns: list[Choice] = []
    picked: Picked = Picked()
    wrong: str = ""

    @handler
    async def open_filter(self) -> None:
        """Offer every column."""
        await self._open(FILTER, lambda column: True)

    @handler
    async def open_order(self) -> None:
        """Offer the columns of which a dossier holds one value at most."""
        await self._open(ORDER, lambda column: column.sorts)

    async def _open(self, dialog: str, fits: object) -> None:
        assert callable(fits)
        columns = await self._columns()
        self.columns = [Choice(key, self._words(one.label)) for key, one in columns.items() if fits(one)]
        self.dialog, self.picked, self.wrong = dialog, Picked(), ""

    async def _columns(self) -> Mapping[str, SoughtColumn]:
        return await self._act_signed_in(desk.columns, self._number_after("instruction"))

    @handler
    async def close(self) -> None:
        """Leave the list as it is."""
        self.dialog, self.wrong = "", ""

    @handler
    async def pick(self, key: str) -> None:
        """Draw what a column is compared with."""
        self.wrong = ""
        self.picked = Picked() if not key else self._picked(_column(await self._columns(), key))

    def _picked(self, column: SoughtColumn) -> Picked:
        first = column.hows[0]
        is_number = column.type is ColumnType.NUMBER
        return Picked(
            key=column.key,
            shape={How.BETWEEN: "range", How.IS: "choices"}.get(first, "words"),
            input_type="date" if first is How.BETWEEN and not is_number else "text",
            inputmode="decimal" if is_number else "",
            choices=tuple(Choice(TICKED + value, self._words(shown_choice(column, value))) for value in column.offered),
            hows=tuple(Choice(how.value, self._words(HOW_LABELS[how])) for how in column.hows),
            orders=tuple(map(self._words, orders(column.type))),
        )

    @handler
    async def add(self, form_data: dict[str, Any]) -> rx.event.EventSpec | None:
        """Narrow the list by what the form says, instead of what was said of that column before."""
        column = _column(await self._columns(), _text(form_data, "colonne"))
        how = _text(form_data, "comment") or column.hows[0].value
        made = filter_of(column, How(how), _values(column, form_data)) if how in set(How) else None
        if made is None:
            words = _TICK if How.IS in column.hows else _TELL.get(column.type, _TYPE)
            self.wrong = self._words(words)
            return None
        new = words_of_filter(made)
        kept = [pair for pair in only_narrowing(self._pairs()) if pair[0] != new[0][0]]
        self.dialog = ""
        return self._go([*kept, *new])

    @handler
    async def sort(self, form_data: dict[str, Any]) -> rx.event.EventSpec | None:
        """Sort the list by what the form says."""
        column = _column(await self._columns(), _text(form_data, "colonne"))
        if not column.sorts:
            raise NotFound
        order = Sort(column, descending=_text(form_data, "ordre") == "-")
        kept = [pair for pair in only_narrowing(self._pairs()) if pair[0] != SORT]
        self.dialog = ""
        return self._go([*kept, (SORT, f"{'-' if order.descending else ''}{column.key}")])

    def _go(self, pairs: list[tuple[str, str]]) -> rx.event.EventSpec:
        """To the first page of the tab's list with these words."""
        path = self._address(f"/instruction/{self._number_after('instruction')}")
        tab = self._query("statut")
        return rx.redirect(f"{path}?{urlencode([('statut', tab or 'a-suivre'), *pairs])}")


def _column(columns: Mapping[str, SoughtColumn], key: str) -> SoughtColumn:
    if key not in columns:
        raise NotFound
    return columns[key]


def _values(column: SoughtColumn, form_data: Mapping[str, Any]) -> list[str]:
    if How.BETWEEN in column.hows:
        return [f"{_text(form_data, 'de')}..{_text(form_data, 'a')}"]
    if How.IS in column.hows:
        return [name.removeprefix(TICKED) for name, ticked in form_data.items() if name.startswith(TICKED) and ticked]
    return [_text(form_data, "mot")]


def _text(form_data: Mapping[str, Any], name: str) -> str:
    """What an input of the form says; Reflex sends null for one that is not there."""
    value = form_data.get(name)
    return value if isinstance(value, str) else ""
