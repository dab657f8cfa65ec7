"""What lies on an agent's desk: their procedures, and the dossiers of each, tab by tab."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dsbuilder.actions.context import Context, reads
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.messages import tidy
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.storage import lists, procedures
from dsbuilder.storage.lists import Listed
from dsbuilder.storage.paging import Cursor
from dsbuilder.storage.tables import ProcedureRow

SEARCHED = 50  # rows that a search shows at most

Counts = Mapping[Tab, int]


@dataclass(frozen=True, slots=True)
class DeskProcedure:
    """One procedure that the actor instructs, and how many dossiers each tab holds."""

    number: int
    title: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class DeskList:
    """One page of a tab, or what a search found; cursors are empty where there is nothing more."""

    procedure: DeskProcedure
    dossiers: Sequence[Listed]
    followers: Mapping[int, Sequence[str]]
    following: str = ""
    preceding: str = ""


@reads
def my_procedures(ctx: Context) -> Sequence[DeskProcedure]:
    """The procedures that the actor instructs, newest first."""
    require(ctx.actor.relations, Permission.DESK_READ)
    counts = lists.counts(ctx.db, ctx.actor)
    return [_read(row, counts) for row in procedures.instructed(ctx.db, ctx.actor)]


@reads
def tab(ctx: Context, procedure: int, tab: Tab, place: str = "") -> DeskList:
    """The page of a tab that begins at `place`, a cursor of an earlier page; the first when it means nothing."""
    row = _instructed(ctx, procedure)
    page = lists.of_instructor(ctx.db, ctx.actor, procedure, tab, Cursor.read(place))
    return DeskList(
        procedure=_read(row, lists.counts(ctx.db, ctx.actor)),
        dossiers=page.items,
        followers=_followers(ctx, page.items),
        following=str(page.following or ""),
        preceding=str(page.preceding or ""),
    )


@reads
def search(ctx: Context, procedure: int, words: str) -> DeskList:
    """The dossiers of a procedure by number, or by how an address or a name of the requester begins."""
    row = _instructed(ctx, procedure)
    found = lists.search(ctx.db, ctx.actor, procedure, tidy(words[:200]), SEARCHED)
    return DeskList(_read(row, lists.counts(ctx.db, ctx.actor)), found, _followers(ctx, found))


def _instructed(ctx: Context, procedure: int) -> ProcedureRow:
    row = procedures.get(ctx.db, ctx.actor, procedure)
    require(procedures.relations(ctx.db, ctx.actor, procedure), Permission.PROCEDURE_INSTRUCT)
    return row


def _followers(ctx: Context, listed: Sequence[Listed]) -> Mapping[int, Sequence[str]]:
    return lists.followers(ctx.db, [dossier.number for dossier in listed])


def _read(row: ProcedureRow, counts: Mapping[int, Counts]) -> DeskProcedure:
    number = row.id or 0
    return DeskProcedure(number, row.title, counts.get(number) or dict.fromkeys(Tab, 0))
