"""What of a procedure is listed: a tab, narrowed and sorted as an address says, or what a search found; page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsbuilder.actions.context import Context, part
from dsbuilder.actions.forms import published_form
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.documents import revision_from_json
from dsbuilder.domain.messages import tidy
from dsbuilder.domain.narrowing import Narrowing, narrowing_in
from dsbuilder.domain.procedure import Revision
from dsbuilder.storage import lists, narrowed
from dsbuilder.storage.lists import Listed
from dsbuilder.storage.paging import PAGE, Cursor
from dsbuilder.storage.tables import ProcedureRow

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks to see: `words` of a search, or else a tab with the pairs of its address."""

    tab: Tab = Tab.ALL
    words: str = ""
    pairs: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page; places are empty where there is nothing more, `count` is None where nobody counted."""

    items: Sequence[Listed]
    narrowing: Narrowing
    following: str = ""
    preceding: str = ""
    count: int | None = None


@part
def narrowing_of(ctx: Context, row: ProcedureRow, wanted: Wanted) -> Narrowing:
    """What is wanted of a tab, by the columns of the form that is now filled."""
    return narrowing_in(present_form(ctx, row), wanted.tab, wanted.pairs)


@part
def present_form(ctx: Context, row: ProcedureRow) -> Revision:
    """The form that applicants fill; before it is published, its draft."""
    published = row.published_revision_id
    return published_form(ctx.db, published) if published is not None else revision_from_json(row.draft)


@part
def listed(
    ctx: Context, row: ProcedureRow, wanted: Wanted, place: str = "", held: int | None = None, size: int = PAGE
) -> ListedPage:
    """The page at `place`; `held` is how many dossiers the tab holds, when that is known."""
    if wanted.words:
        found = lists.search(ctx.db, ctx.actor, row.id or 0, tidy(wanted.words[:LONGEST_SEARCH]), PAGE)
        return ListedPage(found, Narrowing(wanted.tab), count=len(found))
    narrowing = narrowing_of(ctx, row, wanted)
    if not narrowing.filters and narrowing.sort is None:
        page = lists.of_instructor(ctx.db, ctx.actor, row.id or 0, wanted.tab, Cursor.read(place), size)
        return ListedPage(page.items, narrowing, str(page.following or ""), str(page.preceding or ""), held)
    some = narrowed.page(
        ctx.db,
        ctx.actor,
        row.id or 0,
        narrowing,
        narrowed.read_place(place, narrowing.sort),
        held=held,
        size=size,
    )
    return ListedPage(some.items, narrowing, str(some.following or ""), str(some.preceding or ""), some.count)
