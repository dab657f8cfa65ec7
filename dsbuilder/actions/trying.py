"""Trying the API that a question asks, before the public meets it: what it showed is kept, and publishing waits for it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dsbuilder.actions.allowance import Allowance
from dsbuilder.actions.context import Context, Subject, Who, act, changed, part, reads
from dsbuilder.actions.looking_up import examine
from dsbuilder.actions.reference_tokens import opened
from dsbuilder.domain import editing
from dsbuilder.domain.documents import revision_from_json
from dsbuilder.domain.errors import NotFound, Refused
from dsbuilder.domain.fields.lookups import Ask, Token, Unavailable, Why
from dsbuilder.domain.fields.reference_answers import (
    Outcome,
    Tried,
    away,
    tried_answer,
    tried_from_json,
    tried_search,
    tried_to_json,
)
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.texts import Text
from dsbuilder.storage import procedures, references
from dsbuilder.storage.tables import ReferenceToken

TELLING = 8  # characters of a token that are not a coincidence
allowed = Allowance(burst=20, per_second=0.2)  # tries of one account
_NOT_TRIED = Text(
    "Essayez l’API de cette question\u00a0: elle n’a pas encore répondu avec ces réglages.",
    "Try the API of this question: it has not answered with these settings yet.",
)
_TOO_OFTEN = Text("Trop d’essais. Attendez une minute.", "Too many tries. Wait a minute.")
_TO_COMPLETE = Text("Complétez d’abord les réglages\u00a0: {reason}", "Complete the settings first: {reason}")


@dataclass(frozen=True, slots=True)
class Trial:
    """A try to be made: what stands for the settings that are tried, and what is asked."""

    mark: str
    find: Ask
    search: Ask | None


@dataclass(frozen=True, slots=True)
class Tryable:
    """A question that asks an API of somebody's choice: its host, the header of its token, and its last try.

    `is_current` when the try was of the settings as they are now.
    """

    host: str
    header: str = ""
    tried: Tried | None = None
    tried_at: datetime | None = None
    is_current: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it may be published."""
        return self.is_current and self.tried is not None and self.tried.outcome is Outcome.WELL


async def try_out(number: int, id: FieldId, trial: Trial, actor: Who) -> None:
    """Ask the API of a question about its example, and keep what that showed."""
    try:
        tried = await _tried(trial)
    except RecursionError:  # lists within lists without end
        tried = away(Unavailable(Why.WRONG_ANSWER))
    await act(note, number, id, trial.mark, tried, actor=actor)


@reads
def prepare(ctx: Context, number: int, id: FieldId) -> Trial:
    """What to ask. Raises Refused while the settings cannot be asked, or when that was done too often."""
    row = procedures.get(ctx.db, ctx.actor, number)
    require(procedures.relations(ctx.db, ctx.actor, number), Permission.PROCEDURE_EDIT)
    field = editing.field_of(revision_from_json(row.draft), id)
    type_, options = field.type, field.options
    if not type_.tried(options):
        raise NotFound
    wrong = type_.problems(field)
    if wrong:
        raise Refused(_TO_COMPLETE.format(reason=wrong[0]))
    if not allowed.allows(ctx.actor.account_id):
        raise Refused(_TOO_OFTEN)
    search = type_.ask_for_choices(options, type_.example_to_try(options))
    find = type_.ask(type_.parse(type_.example_to_try(options), options), options)
    assert find is not None
    token = references.tokens(ctx.db, number).get(type_.host(options))
    return Trial(
        mark=_mark(field, token),
        find=opened(ctx, number, find),
        search=opened(ctx, number, search) if search is not None else None,
    )


def note(ctx: Context, number: int, id: FieldId, mark: str, tried: Tried) -> None:
    """Keep what a try of the settings that `mark` stands for showed, for all who edit the form."""
    procedures.get(ctx.db, ctx.actor, number, lock=True)
    require(procedures.relations(ctx.db, ctx.actor, number), Permission.PROCEDURE_EDIT)
    went_well = tried.outcome is Outcome.WELL
    references.keep_try(ctx.db, number, id, mark, tried_to_json(tried), ctx.now, went_well=went_well)
    changed(ctx, Subject("draft", number))


@part
def tryables(ctx: Context, number: int, revision: Revision) -> Mapping[FieldId, Tryable]:
    """The questions of a form that ask an API of somebody's choice, and how far each is."""
    fields = [field for field in revision.walk_all() if field.type.tried(field.options)]
    if not fields:
        return {}
    tokens, tries = references.tokens(ctx.db, number), references.tries(ctx.db, number, [field.id for field in fields])
    found = {}
    for field in fields:
        host = field.type.host(field.options)
        token, last = tokens.get(host), tries.get(field.id)
        found[field.id] = Tryable(
            host=host,
            header=token.header if token is not None else "",
            tried=tried_from_json(last.told) if last is not None else None,
            tried_at=last.tried_at if last is not None else None,
            is_current=last is not None and last.mark == _mark(field, token),
        )
    return found


def untried(tryables: Mapping[FieldId, Tryable]) -> dict[FieldId, Text]:
    """What is said of those that may not be published yet."""
    return {id: _NOT_TRIED for id, one in tryables.items() if not one.is_ready}


async def _tried(trial: Trial) -> Tried:
    offered: tuple[str, ...] = ()
    find = trial.find
    if trial.search is not None:
        said = await examine(trial.search)
        searched = away(said) if isinstance(said, Unavailable) else tried_search(said.answer, trial.search)
        if searched.outcome is not Outcome.WELL:
            return searched
        offered = searched.offered
        find = replace(find, words=(offered[0].rpartition(" (")[2].removesuffix(")"),))
    said = await examine(find)
    tried = away(said) if isinstance(said, Unavailable) else tried_answer(said.answer, offered)
    return tried if trial.find.token is None else _silent_about(trial.find.token, tried)


def _silent_about(token: Token, tried: Tried) -> Tried:
    """The same without what repeats the token, as some APIs do of all that they were sent; its beginning, for what was cut."""
    begins = token.value.split()[-1][:TELLING]
    return replace(tried, leaves=tuple(leaf for leaf in tried.leaves if begins not in leaf.example))


def _mark(field: Field, token: ReferenceToken | None) -> str:
    """What stands for the settings of a field and its token: another token must be tried again."""
    told = [*field.type.tried(field.options), token.header if token else "", token.sealed if token else ""]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
