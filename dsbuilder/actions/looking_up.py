"""Looking answers up in outside registers: beside whoever fills the form, once at a time, and later again while one is away.

What a register says is noted only on the very answer that was asked about: one that changed meanwhile stays as it is.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from dsbuilder.actions.allowance import Allowance
from dsbuilder.actions.context import PLATFORM, Context, Subject, act, by_platform, changed, part
from dsbuilder.actions.forms import answers_of, form_of, rewrite_keys
from dsbuilder.actions.reference_tokens import opened
from dsbuilder.domain.answering import Asked, locate, walk
from dsbuilder.domain.documents import entry_of
from dsbuilder.domain.dossier import EDITABLE, Answer, Answers, DossierState
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import (
    Ask,
    Examined,
    Lookup,
    Outcome,
    Registered,
    Unavailable,
    Why,
    looking,
    settled,
)
from dsbuilder.domain.fields.registered import RegisteredField
from dsbuilder.domain.filled_questions import filled
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.procedure import Revision
from dsbuilder.integrations.registers import Registers
from dsbuilder.storage import dossiers, jobs
from dsbuilder.storage.answering import OpenDossier
from dsbuilder.storage.tables import DossierRow

GIVEN_UP = timedelta(seconds=20)  # a look-up that takes longer was cut off, with its process for example
AGAIN_AFTER = 10  # seconds until a register that was away is asked again, and then longer each time
JOB = "look_up_again"

looked_up = Allowance(burst=30, per_second=0.5)  # answers of one account
looked_up_in_private = Allowance(burst=20, per_second=20 / 3600)  # of people: nobody tries numbers until one fits
searched = Allowance(burst=60, per_second=1.0)  # searches of one account

_NEVER = datetime.min.replace(tzinfo=UTC)

_registers: list[Registers] = []


class StillAway(Exception):
    """A register that was asked again is still away."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """One look-up that is going on: of which answer, what is asked, and since when."""

    dossier: int
    path: str
    ask: Ask
    since: str


def use(registers: Registers) -> None:
    """Make these the registers that are asked; called once, where the program is put together."""
    _registers[:] = [registers]


def closed_kinds() -> tuple[str, ...]:
    """The kinds of questions whose register this installation cannot ask: they are not offered."""
    open_ = _registers[0].services if _registers else {}
    return tuple(type_.kind for type_ in CATALOGUE.values() if type_.needs is not None and type_.needs not in open_)


async def look_up(one: LookUp) -> None:
    """Ask, and note what the register says."""
    outcome: Outcome = Unavailable(Why.NO_TOKEN)
    if _registers:
        outcome = await asyncio.wrap_future(_registers[0].ask(one.ask))
    await act(note, one, outcome, actor=PLATFORM)


async def search(ask: Ask) -> tuple[Choice, ...] | Unavailable:
    """What of a register matches some words."""
    if not _registers:
        return Unavailable(Why.NO_TOKEN)
    return await asyncio.wrap_future(_registers[0].search(ask))


async def examine(ask: Ask) -> Examined | Unavailable:
    """The whole answer of a reference API."""
    if not _registers:
        return Unavailable(Why.NO_TOKEN)
    return await asyncio.wrap_future(_registers[0].examine(ask))


# -- beginning -----------------------------------------------------------------------------------------------------
@part
def begun(
    ctx: Context, row: OpenDossier, asked: Asked, new: Answer, known: Answer | None
) -> tuple[Answer, LookUp | None]:
    """A new answer with its look-up begun; the same words as before keep what is known or being asked about them."""
    value = new.value
    if not isinstance(value, Registered) or value.state is Lookup.BY_HAND:
        return new, None
    ask = asked.field.type.ask(value, asked.field.options)
    if ask is None:
        return new, None
    former = known.value if known is not None else None
    if isinstance(former, Registered) and former.words == value.words and not _is_free(former, ctx.now):
        return replace(new, value=former), None
    if row.state != DossierState.DRAFT:
        _again_later(ctx, row.id)  # should this process end before the register answers
    if not _allowed(asked, ctx.actor.account_id):
        return replace(new, value=settled(value, Unavailable(Why.TOO_MANY), ctx.now.isoformat())), None
    since = ctx.now.isoformat()
    ask = opened(ctx, row.procedure_id, ask)
    return replace(new, value=looking(value, since)), LookUp(row.id, asked.path, ask, since)


def resume(ctx: Context, number: int) -> tuple[LookUp, ...]:
    """Begin again what was cut off or met a register that was away, when the form is opened."""
    row = dossiers.get(ctx.db, ctx.actor, number, lock=True)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_FILL)
    return tuple(_taken(ctx, row))


@by_platform
def take(ctx: Context, number: int) -> tuple[LookUp, ...]:
    """The same for the job that asks again, some at a time; nothing for a dossier that was given up."""
    row = dossiers.for_platform(ctx.db, number)
    return () if row is None else tuple(_taken(ctx, row))


@by_platform
def is_unsettled(ctx: Context, number: int) -> bool:
    """Whether a register has still to be asked about the dossier, or is being asked by somebody else."""
    row = dossiers.for_platform(ctx.db, number)
    return row is not None and bool(_unsettled(row, form_of(ctx.db, row)))


def _allowed(asked: Asked, account: int | None) -> bool:
    """Whether a register may be asked about one more answer of an account."""
    type_ = asked.field.type
    is_private = isinstance(type_, RegisteredField) and type_.is_private
    return (not is_private or looked_up_in_private.allows(account)) and looked_up.allows(account)


def _taken(ctx: Context, row: DossierRow) -> Iterator[LookUp]:
    form = form_of(ctx.db, row)
    since = ctx.now.isoformat()
    for asked, answer in _unsettled(row, form):
        ask = asked.field.type.ask(answer.value, asked.field.options)
        if ask is None or not _is_free(answer.value, ctx.now):
            continue
        if not _allowed(asked, row.applicant_id):  # whoever asks: a job must not do what its applicant may not
            continue
        begun = replace(answer, value=looking(answer.value, since))
        dossiers.patch_answer(ctx.db, row.id or 0, asked.path, entry_of(asked.field, begun), row.updated_at)
        yield LookUp(row.id or 0, asked.path, opened(ctx, row.procedure_id, ask), since)


def _unsettled(row: DossierRow | OpenDossier, form: Revision) -> list[tuple[Asked, Answer]]:
    answers = answers_of(row, form)
    return [
        (asked, answers[asked.path])
        for asked in walk(form, answers)
        if asked.path in answers
        and isinstance(answers[asked.path].value, Registered)
        and answers[asked.path].value.is_unsettled
    ]


def _is_free(value: Registered, now: datetime) -> bool:
    """Whether nobody is asking about it, and nothing is known."""
    if value.state is Lookup.LOOKING:
        return _began(value) < now - GIVEN_UP
    return value.state in (Lookup.IDLE, Lookup.UNAVAILABLE)


def _began(value: Registered) -> datetime:
    try:
        began = datetime.fromisoformat(value.since)
    except ValueError:
        return _NEVER
    return began if began.tzinfo else _NEVER


# -- ending --------------------------------------------------------------------------------------------------------
@by_platform
def note(ctx: Context, one: LookUp, outcome: Outcome, *, again: bool = True) -> None:
    """Note what a register said, unless the answer changed since; `again` leaves a job when it said nothing: not for a job."""
    row = dossiers.for_platform(ctx.db, one.dossier)
    if row is None:
        return
    form = form_of(ctx.db, row)
    answers = answers_of(row, form)
    known = answers.get(one.path)
    value = known.value if known is not None else None
    if known is None or not isinstance(value, Registered):
        return
    if value.state is not Lookup.LOOKING or value.since != one.since:
        return
    try:
        asked = locate(form, answers, one.path)
    except NotFound:  # the form changed
        return
    settled_value = settled(value, outcome, ctx.now.isoformat())
    entry = entry_of(asked.field, replace(known, value=settled_value))
    dossiers.patch_answer(ctx.db, one.dossier, one.path, entry, row.updated_at)
    if row.state == DossierState.DRAFT or (again and row.state in EDITABLE):  # no job changes what was deposited
        _fill(ctx, row, form, asked, {**answers, one.path: replace(known, value=settled_value)})
    if row.state != DossierState.DRAFT:
        rewrite_keys(ctx.db, row, ctx.now)
    if isinstance(outcome, Unavailable) and again:
        _again_later(ctx, one.dossier)
    changed(ctx, Subject("looked_up", one.dossier))
    changed(ctx, Subject("dossier", one.dossier))


def _fill(ctx: Context, row: DossierRow, form: Revision, asked: Asked, answers: Answers) -> None:
    """Answer the questions that what was found fills, where they are blank."""
    for path, answer in filled(form, asked, answers).items():
        entry = entry_of(locate(form, answers, path).field, replace(answer, at=ctx.now))
        dossiers.patch_answer(ctx.db, row.id or 0, path, entry, row.updated_at)


@part
def look_up_later(ctx: Context, row: DossierRow, form: Revision) -> None:
    """Have what a register could not be asked about a dossier looked up after it was deposited."""
    if _unsettled(row, form):
        _again_later(ctx, row.id or 0)


def _again_later(ctx: Context, dossier: int) -> None:
    # One job for all that happens within these seconds: it begins once they are over.
    span = int(ctx.now.timestamp() // AGAIN_AFTER)
    later = ctx.now + timedelta(seconds=AGAIN_AFTER)
    jobs.enqueue(ctx.db, JOB, ctx.now, run_at=later, unique_key=f"{JOB}:{dossier}:{span}", number=dossier)
