"""What lies on an agent's desk: their procedures, and the dossiers of each, tab by tab."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dsbuilder.actions.context import Context, reads
from dsbuilder.actions.listing import Wanted, listed, present_form
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.narrowing import Narrowing, SoughtColumn, sought_columns
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.storage import lists, procedures
from dsbuilder.storage.lists import Listed
from dsbuilder.storage.paging import PAGE
from dsbuilder.storage.tables import ProcedureRow

SEARCHED = PAGE  # rows that a search shows at most

Counts = Mapping[Tab, int]


@dataclass(frozen=True, slots=True)
class DeskProcedure:
    """One procedure that the actor instructs, and how many dossiers each tab holds."""

    number: int
    title: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class DeskList:
    """One page of a tab, or what a search found; places are empty where there is nothing more."""

    procedure: DeskProcedure
    dossiers: Sequence[Listed]
    followers: Mapping[int, Sequence[str]]
    following: str
    preceding: str
    count: int | None  # of all that is listed so, when that was counted
    narrowing: Narrowing


@reads
def my_procedures(ctx: Context) -> Sequence[DeskProcedure]:
    """The procedures that the actor instructs, newest first."""
    require(ctx.actor.relations, Permission.DESK_READ)
    counts = lists.counts(ctx.db, ctx.actor)
    return [_read(row, counts) for row in procedures.instructed(ctx.db, ctx.actor)]


@reads
def tab(ctx: Context, procedure: int, tab: Tab, place: str = "", pairs: Sequence[tuple[str, str]] = ()) -> DeskList:
    """The page of a tab that begins at `place`, narrowed and sorted as the pairs of an address say."""
    return _list(ctx, procedure, Wanted(tab, pairs=pairs), place)


@reads
def search(ctx: Context, procedure: int, words: str) -> DeskList:
    """The dossiers of a procedure by number, or by how an address or a name of the requester begins."""
    return _list(ctx, procedure, Wanted(words=words), "")


@reads
def columns(ctx: Context, procedure: int) -> Mapping[str, SoughtColumn]:
    """What the lists of a procedure may be narrowed and sorted by."""
    return sought_columns(present_form(ctx, _instructed(ctx, procedure)))


def _list(ctx: Context, procedure: int, wanted: Wanted, place: str) -> DeskList:
    row = _instructed(ctx, procedure)
    described = _read(row, lists.counts(ctx.db, ctx.actor))
    page = listed(ctx, row, wanted, place, described.counts[wanted.tab])
    return DeskList(
        procedure=described,
        dossiers=page.items,
        followers=_followers(ctx, page.items),
        following=page.following,
        preceding=page.preceding,
        count=page.count,
        narrowing=page.narrowing,
    )


def _instructed(ctx: Context, procedure: int) -> ProcedureRow:
    row = procedures.get(ctx.db, ctx.actor, procedure)
    require(procedures.relations(ctx.db, ctx.actor, procedure), Permission.PROCEDURE_INSTRUCT)
    return row


def _followers(ctx: Context, listed: Sequence[Listed]) -> Mapping[int, Sequence[str]]:
    return lists.followers(ctx.db, [dossier.number for dossier in listed])


def _read(row: ProcedureRow, counts: Mapping[int, Counts]) -> DeskProcedure:
    number = row.id or 0
    return DeskProcedure(number, row.title, counts.get(number) or dict.fromkeys(Tab, 0))
