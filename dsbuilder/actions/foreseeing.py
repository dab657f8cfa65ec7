"""What publishing the draft of a form would do to the dossiers being filled."""

from collections.abc import Iterator

from dsbuilder.actions.context import Context, part
from dsbuilder.actions.forms import published_form
from dsbuilder.domain.documents import answers_from_json
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.effects import Effects, effects
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.rebase import Rebase
from dsbuilder.storage import drafts

MAX_DRAFTS = 1_000  # looked at, so that the page opens at once however many there are
MAX_ANSWERS = 100_000


@part
def effects_of(ctx: Context, number: int, new: Revision) -> Effects:
    """Count them on the newest drafts; only those whose form asks something that changed are read."""
    counts = drafts.count_by_revision(ctx.db, number)
    forms = {id: published_form(ctx.db, id) for id in counts}
    ways = {id: Rebase(form, new) for id, form in forms.items()}
    touched = [id for id, way in ways.items() if way.touched]
    untouched = sum(counts[id] for id in counts if id not in touched)
    found = effects(
        forms.values(),
        new,
        _read(ctx, number, forms, {id: ways[id] for id in touched}),
        total=sum(counts.values()),
        deposited=drafts.count_deposited(ctx.db, number),
    )
    return found.with_untouched(untouched)


def _read(
    ctx: Context, number: int, forms: dict[int, Revision], ways: dict[int, Rebase]
) -> Iterator[tuple[Rebase, Answers]]:
    left = MAX_ANSWERS
    for revision_id, document in drafts.newest(ctx.db, number, tuple(ways), MAX_DRAFTS) if ways else ():
        way = ways[revision_id]
        left -= len(document)
        touched = {path: entry for path, entry in document.items() if int(path.partition(":")[0]) in way.touched}
        yield way, answers_from_json(forms[revision_id], touched)
        if left < 0:
            return
