"""What runs at each answer: two statements made once, without the entities that rarer changes work with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, Text, Update, bindparam, func, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB

from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.people import Actor
from dsbuilder.domain.permissions import Relation
from dsbuilder.storage.database import Session
from dsbuilder.storage.dossiers import PATH, instructed_by_account, owned_by_account
from dsbuilder.storage.tables import DossierRow


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """What must be known of a dossier to answer one of its questions, and what the actor is to it."""

    id: int
    procedure_id: int
    revision_id: int | None
    state: str
    deposited_at: datetime | None
    answers: dict[str, Any]
    relations: frozenset[Relation]


def open_dossier(db: Session, actor: Actor, number: int) -> OpenDossier:
    """The dossier of that number, held until the transaction ends. Raises NotFound unless the actor may see it."""
    found = db.connection().execute(_OPEN, {"number": number, "account_id": actor.account_id}).first()
    if found is None:
        raise NotFound
    id, procedure_id, revision_id, state, deposited_at, answers, is_owner, is_instructor = found
    roles = {Relation.OWNER: is_owner, Relation.INSTRUCTOR: is_instructor}
    relations = actor.relations - {Relation.ADMINISTRATOR} | {relation for relation, holds in roles.items() if holds}
    return OpenDossier(id, procedure_id, revision_id, state, deposited_at, answers, relations)


def keep_answer(db: Session, number: int, path: str, entry: Mapping[str, Any], now: datetime) -> None:
    """Set one entry of the answers; all others stay as anybody left them."""
    if not PATH.fullmatch(path):
        raise ValueError("not a path of an answer")
    if db.get_bind().dialect.name == "sqlite":
        patch = {"place": f'$."{path}"', "entry": json.dumps(entry, ensure_ascii=False)}
        db.connection().execute(_KEEP_SQLITE, {"number": number, "now": now, **patch})
    else:
        patch = {"entries": json.dumps({path: entry}, ensure_ascii=False)}
        db.connection().execute(_KEEP_POSTGRESQL, {"number": number, "now": now, **patch})


_dossier = cast(Any, DossierRow).__table__


def _prepared_open() -> Select[Any]:
    owned = owned_by_account(bindparam("account_id"))
    instructed = instructed_by_account(bindparam("account_id"))
    kept = ("id", "procedure_id", "revision_id", "state", "deposited_at", "answers")
    columns = [_dossier.c[name] for name in kept]
    return (
        select(*columns, owned, instructed)
        .where(_dossier.c.id == bindparam("number"), owned | instructed)
        .with_for_update()
    )


def _prepared_keep(patched: Any) -> Update:
    values = {"answers": patched, "updated_at": bindparam("now")}
    return cast(Update, _dossier.update().where(_dossier.c.id == bindparam("number")).values(values))


_OPEN = _prepared_open()
_KEEP_SQLITE = _prepared_keep(func.json_set(_dossier.c.answers, bindparam("place"), func.json(bindparam("entry"))))
_KEEP_POSTGRESQL = _prepared_keep(_dossier.c.answers.op("||")(sql_cast(bindparam("entries", type_=Text), JSONB)))
