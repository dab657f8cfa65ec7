"""Answering the questions of a dossier, one at a time; each answer is patched alone, so that two tabs lose nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dsbuilder import clock
from dsbuilder.actions.context import Context, Subject, changed, part, reads, short
from dsbuilder.actions.filing import mine_to_fill, require_editable
from dsbuilder.actions.forms import answers_of, day_of, form_of, rewrite_keys
from dsbuilder.actions.linking import looked_up
from dsbuilder.actions.looking_up import LookUp, begun, searched
from dsbuilder.actions.rebasing import bring_up_to_date
from dsbuilder.actions.reference_tokens import opened
from dsbuilder.domain.answering import (
    MAX_ROWS,
    Asked,
    enter,
    locate,
    new_row,
    problem_at,
    rows_of,
    split_path,
    with_linked,
    with_part,
    with_toggled,
)
from dsbuilder.domain.documents import Json, entry_of, person_from_json, set_aside_in
from dsbuilder.domain.dossier import AccountId, Answer, Answers, DossierState, Person, SetAside
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.fields.base import Raw
from dsbuilder.domain.fields.controls import Choice, Control
from dsbuilder.domain.fields.lookups import Ask, Registered
from dsbuilder.domain.filled_questions import still_filled
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.texts import Language, Text
from dsbuilder.storage import answering, dossiers, files
from dsbuilder.storage.answering import OpenDossier
from dsbuilder.storage.tables import DossierRow, ProcedureRow

MAX_DOCUMENT = 5_000_000  # characters of all answers of one dossier
FOUND = 20  # choices that a search gives

_FULL = Text(
    "Ce dossier est plein : raccourcissez une réponse, ou joignez un document.",
    "This dossier is full: shorten an answer, or attach a document.",
)
_TOO_MANY_ROWS = Text("200 lignes au plus. Joignez plutôt un document.", "200 rows at most. Attach a document instead.")


@dataclass(frozen=True, slots=True)
class Filled:
    """A dossier being filled: its form, its answers, and what to say about them."""

    number: int
    title: str
    state: DossierState
    is_test: bool
    path: str
    requester: Person
    form: Revision
    answers: Answers
    day: date  # that its conditions go by
    updated_at: datetime
    changed: Text | None = None
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one answer: what is wrong with it, if anything, and the answers as they now stand."""

    asked: Asked
    error: Text | None
    form: Revision
    answers: Answers
    day: date  # that the dossier's conditions go by
    at: datetime
    look_up: LookUp | None = None  # to be made now
    emptied: tuple[str, ...] = ()  # other answers, which said what was found of the one that changed


def open_dossier(ctx: Context, number: int) -> Filled:
    """The actor's dossier to fill; a draft is brought onto the newest published form first."""
    row = mine_to_fill(ctx, number)
    changed = bring_up_to_date(ctx, row)
    return _filled(ctx, row, changed)


@reads
def read_dossier(ctx: Context, number: int) -> Filled:
    """The same for who only reads, the agents included."""
    row = dossiers.get(ctx.db, ctx.actor, number)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_READ)
    return _filled(ctx, row, None)


def _filled(ctx: Context, row: DossierRow, changed: Text | None) -> Filled:
    procedure = ctx.db.get_one(ProcedureRow, row.procedure_id)
    form = form_of(ctx.db, row)
    return Filled(
        number=row.id or 0,
        title=form.title or procedure.title,
        state=DossierState(row.state),
        is_test=row.test,
        path=procedure.path or "",
        requester=person_from_json(row.requester),
        form=form,
        answers=answers_of(row, form),
        day=day_of(row.deposited_at, ctx.now),
        updated_at=row.updated_at,
        changed=changed,
        set_aside=set_aside_in(form, row.answers),
    )


# -- answering -----------------------------------------------------------------------------------------------------
@short
def answer(ctx: Context, number: int, path: str, raw: Raw, age: timedelta | None = None) -> Saved:
    """Enter one answer. One typed `age` ago, in a tab that was cut off, does not replace a later one."""
    row, form, answers = _open(ctx, number)
    asked = locate(form, answers, path)
    known = answers.get(path)
    if age is not None and known is not None and known.at is not None and known.at > ctx.now - age:
        return saved_at(ctx, row, form, answers, asked)
    return _save(ctx, row, form, answers, asked, enter(asked, raw))


@short
def toggle(ctx: Context, number: int, path: str, choice: str, checked: bool) -> Saved:
    """Choose or give up one of several choices; the others stay, whoever chose them in another tab."""
    row, form, answers = _open(ctx, number)
    asked = locate(form, answers, path)
    return _save(ctx, row, form, answers, asked, enter(asked, with_toggled(asked, answers, choice, checked)))


@short
def link(ctx: Context, number: int, path: str, level: int, choice: str) -> Saved:
    """Choose in the first or in the second of two linked lists; another first choice empties the second."""
    row, form, answers = _open(ctx, number)
    asked = locate(form, answers, path)
    return _save(ctx, row, form, answers, asked, enter(asked, with_linked(asked, answers, level, choice)))


@short
def fill_part(ctx: Context, number: int, path: str, place: int, text: str) -> Saved:
    """Enter one of the inputs that make one answer together; the others stay."""
    row, form, answers = _open(ctx, number)
    asked = locate(form, answers, path)
    return _save(ctx, row, form, answers, asked, enter(asked, with_part(asked, answers, place, text)))


@reads
def look_again(ctx: Context, number: int, path: str) -> Saved:
    """One question as it now stands, after its files changed."""
    row = dossiers.get(ctx.db, ctx.actor, number)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_FILL)
    form = form_of(ctx.db, row)
    answers = answers_of(row, form)
    return saved_at(ctx, row, form, answers, locate(form, answers, path))


@reads
def search(ctx: Context, number: int, path: str, text: str, language: Language = "fr") -> tuple[Choice, ...] | Ask:
    """The choices of a long list that match `text`, or what to ask an outside register that has them.

    Of the second of two linked lists, those under the first choice.
    """
    row = dossiers.get(ctx.db, ctx.actor, number)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.DOSSIER_FILL)
    form = form_of(ctx.db, row)
    answers = answers_of(row, form)
    asked = locate(form, answers, path)
    ask = asked.field.type.ask_for_choices(asked.field.options, text[:200])
    if ask is not None:
        return opened(ctx, row.procedure_id, ask) if searched.allows(ctx.actor.account_id) else ()
    if asked.field.type.control is not Control.LINKED_LISTS:
        return asked.field.type.search_in(asked.field.options, text[:200], language, FOUND)
    known = answers.get(path)
    chosen = asked.field.type.chosen(known.value if known else None)
    return asked.field.type.search(asked.field.options, text[:200], within=chosen[0], limit=FOUND) if chosen else ()


def _open(ctx: Context, number: int) -> tuple[OpenDossier, Revision, Answers]:
    dossier = answering.open_dossier(ctx.db, ctx.actor, number)
    require(dossier.relations, Permission.DOSSIER_FILL)
    require_editable(dossier.state)
    form = form_of(ctx.db, dossier)
    return dossier, form, answers_of(dossier, form)


def _save(ctx: Context, row: OpenDossier, form: Revision, answers: Answers, asked: Asked, new: Answer) -> Saved:
    new, look_up = begun(ctx, row, asked, looked_up(ctx, asked.field, new), answers.get(asked.path))
    entered = _signed(ctx, new)
    entry = entry_of(asked.field, entered)
    _refuse_when_full(row, entry)
    answering.keep_answer(ctx.db, row.id, asked.path, entry, ctx.now)
    emptied = () if _same_words(answers.get(asked.path), entered) else still_filled(form, asked, answers)
    if emptied:  # what filled them was said of another answer
        dossiers.patch_answers(ctx.db, row.id, dict.fromkeys(emptied), ctx.now)
    _answered(ctx, row)
    left = {path: one for path, one in {**answers, asked.path: entered}.items() if path not in emptied}
    return replace(saved_at(ctx, row, form, left, asked), look_up=look_up, emptied=emptied)


@part
def saved_at(ctx: Context, row: DossierRow | OpenDossier, form: Revision, answers: Answers, asked: Asked) -> Saved:
    """One question and its answer as they now stand."""
    error = problem_at(asked, answers, complete=False, today=clock.local(ctx.now).date())
    return Saved(asked, error, form, answers, day_of(row.deposited_at, ctx.now), ctx.now)


def _same_words(known: Answer | None, new: Answer) -> bool:
    """Whether an answer that a register was asked about still says the same."""
    former = None if known is None else known.value
    return not isinstance(former, Registered) or former == new.value


def _signed(ctx: Context, new: Answer) -> Answer:
    by = None if ctx.actor.account_id is None else AccountId(ctx.actor.account_id)
    return replace(new, at=ctx.now, by=by)


@part
def patch(ctx: Context, row: DossierRow | OpenDossier, entries: Mapping[str, Json]) -> None:
    """Keep entries of the document, and the keys of lists with them once the dossier is deposited."""
    _refuse_when_full(row, *entries.values())
    dossiers.patch_answers(ctx.db, row.id or 0, entries, ctx.now)
    _answered(ctx, row)


def _refuse_when_full(row: DossierRow | OpenDossier, *entries: Json) -> None:
    if sum(len(str(entry)) for entry in entries) > 1000 and len(str(row.answers)) > MAX_DOCUMENT:
        raise Refused(_FULL)


def _answered(ctx: Context, row: DossierRow | OpenDossier) -> None:
    if row.state != DossierState.DRAFT:
        rewrite_keys(ctx.db, row if isinstance(row, DossierRow) else ctx.db.get_one(DossierRow, row.id), ctx.now)
    changed(ctx, Subject("dossier", row.id))


# -- rows of blocks ------------------------------------------------------------------------------------------------
def add_row(ctx: Context, number: int, block: str) -> Saved:
    """Add a row at the end of a block."""
    row, form, answers = _open(ctx, number)
    asked = _block(form, answers, block)
    if len(rows_of(answers, asked.field.id)) >= MAX_ROWS:
        raise Refused(_TOO_MANY_ROWS)
    path = new_row(asked.field.id, ctx.now, after=rows_of(answers, asked.field.id))
    patch(ctx, row, {path: True})
    return saved_at(ctx, row, form, {**answers, path: Answer(value=True)}, asked)


def remove_row(ctx: Context, number: int, block: str, row_id: str) -> Saved:
    """Take a row out with its answers; nothing when it is gone already. Its files are discarded."""
    row, form, answers = _open(ctx, number)
    asked = _block(form, answers, block)
    inside = {f"{child.id}:{row_id}" for child in asked.field.children} | {f"{asked.field.id}:{row_id}"}
    paths = [path for path in answers if path in inside]
    if paths:
        leave_out(ctx, row, paths)
    return saved_at(ctx, row, form, {path: answer for path, answer in answers.items() if path not in inside}, asked)


@part
def leave_out(ctx: Context, row: DossierRow | OpenDossier, paths: Sequence[str]) -> None:
    """Take answers out of the dossier; their files are discarded."""
    for file in (file for path in paths for file in files.of_dossier(ctx.db, row.id or 0, path)):
        files.discard(ctx.db, file, ctx.now)
    patch(ctx, row, dict.fromkeys(paths, None))


def _block(form: Revision, answers: Answers, path: str) -> Asked:
    id, row = split_path(path)
    asked = locate(form, answers, path)
    if row or asked.field.type.control is not Control.ROWS or asked.field.id != FieldId(id):
        raise NotFound
    return asked
