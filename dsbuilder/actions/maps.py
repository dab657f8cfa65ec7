"""What is drawn on the map of a question: read whole, kept whole, and never over what another tab drew meanwhile."""

from dataclasses import dataclass

from dsbuilder.actions.allowance import Allowance
from dsbuilder.actions.context import Context, Subject, reads, record
from dsbuilder.actions.filing import mine_to_fill
from dsbuilder.actions.filling import patch
from dsbuilder.actions.forms import answers_of, form_of
from dsbuilder.domain.answering import Asked, locate
from dsbuilder.domain.documents import entry_of
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.errors import Invalid, NotFound, Refused
from dsbuilder.domain.fields.area_map import AreaMapField, Drawing
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.texts import Text
from dsbuilder.storage import dossiers
from dsbuilder.storage.tables import DossierRow

read_for = Allowance(burst=60, per_second=1.0)  # drawings of one account that take a thread of the server
_TOO_FAST = Text(
    "Beaucoup de dessins viennent d’être envoyés. Attendez une minute, puis recommencez.",
    "Many drawings have just been sent. Wait a minute, then try again.",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawing of a question as it now stands; `version` changes with each drawing kept."""

    shapes: Drawing
    version: str
    is_kept: bool = True  # False: another tab drew since, and this is what it drew


@reads
def may_draw(ctx: Context) -> None:
    """Raises Forbidden for who is nobody, Refused after too many: reading a file takes the server's time."""
    require(ctx.actor.relations, Permission.DOSSIER_CREATE)
    if not read_for.allows(ctx.actor.account_id):
        raise Refused(_TOO_FAST)


@reads
def drawn(ctx: Context, number: int, path: str) -> Drawn:
    """What was drawn there, for everyone who may read the dossier."""
    row = dossiers.get(ctx.db, ctx.actor, number)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_READ)
    _, _, answers = _question(ctx, row, path)
    return _stands(answers, path)


@reads
def may_keep(ctx: Context, number: int, path: str) -> None:
    """Raises what `keep` would, and Refused after too many, before anything is received."""
    row = dossiers.get(ctx.db, ctx.actor, number)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_FILL)
    _question(ctx, row, path)
    may_draw(ctx)


def keep(ctx: Context, number: int, path: str, shapes: Drawing, seen: str) -> Drawn:
    """Keep a drawing made from version `seen`, unless a later one is there. Raises Invalid for what is not asked."""
    row = mine_to_fill(ctx, number)
    asked, type_, answers = _question(ctx, row, path)
    now = _stands(answers, path)
    if now.version != seen:
        return Drawn(now.shapes, now.version, is_kept=False)
    try:
        value = type_.checked(shapes, asked.field.options)
    except Invalid as invalid:
        raise Invalid(invalid.text, path) from None
    answer = Answer(value=value, at=ctx.now, by=ctx.actor.account_id)
    patch(ctx, row, {path: entry_of(asked.field, answer)})
    record(ctx, "map drawn", Subject("dossier", row.id))
    return Drawn(value or (), ctx.now.isoformat())


def _question(ctx: Context, row: DossierRow, path: str) -> tuple[Asked, AreaMapField, Answers]:
    form = form_of(ctx.db, row)
    answers = answers_of(row, form)
    asked = locate(form, answers, path)
    if not isinstance(asked.field.type, AreaMapField):
        raise NotFound
    return asked, asked.field.type, answers


def _stands(answers: Answers, path: str) -> Drawn:
    answer = answers.get(path)
    if answer is None:
        return Drawn((), "")
    return Drawn(answer.value or (), answer.at.isoformat() if answer.at else "")
