"""The tokens that open reference APIs: entered once by an administrator, never shown again, sent to their host alone."""

import re
from dataclasses import replace

from dsbuilder.actions.context import Context, Subject, part, record
from dsbuilder.domain import editing
from dsbuilder.domain.documents import revision_from_json
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.lookups import Ask, Token
from dsbuilder.domain.fields.reference_api import host_of
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.procedure import Field, FieldId
from dsbuilder.domain.texts import Text
from dsbuilder.storage import procedures, references
from dsbuilder.storage.tables import ProcedureRow

LONGEST = 4_000  # characters of a token
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OURS = {"host", "connection", "te", "trailer", "upgrade", "cookie", "expect", "range", "forwarded", "via"}
_OURS_BEGIN = ("content-", "transfer-", "accept", "proxy-", "if-", "x-forwarded-")
_NO_HOST = Text(
    "Saisissez d’abord l’adresse de l’API\u00a0: le jeton n’est envoyé qu’à son hôte.",
    "Enter the address of the API first: the token is sent to its host alone.",
)
_BAD_HEADER = Text(
    "Saisissez le nom d’un en-tête, par exemple Authorization ou X-API-Key.",
    "Enter the name of a header, such as Authorization or X-API-Key.",
)
_BAD_TOKEN = Text(
    "Saisissez le jeton tel que l’API l’attend, sur une ligne, par exemple Bearer suivi du jeton.",
    "Enter the token as the API expects it, on one line, such as Bearer followed by the token.",
)


def set_token(ctx: Context, number: int, id: FieldId, header: str, value: str) -> None:
    """Keep the token of the host that a field asks; it opens that host to all fields of the procedure."""
    field = _field(ctx, number, id)
    host = field.type.host(field.options)
    header, value = header.strip(), value.strip()
    if not host:
        raise Refused(_NO_HOST, "header")
    if not _HEADER.fullmatch(header) or header.lower() in _OURS or header.lower().startswith(_OURS_BEGIN):
        raise Refused(_BAD_HEADER, "header")
    if not value or len(value) > LONGEST or not (value.isascii() and value.isprintable()):
        raise Refused(_BAD_TOKEN, "token")
    references.keep_token(ctx.db, number, host, Token(header, value), ctx.now)
    record(ctx, "token_set", Subject("draft", number))


def remove_token(ctx: Context, number: int, id: FieldId) -> None:
    """Forget the token of the host that a field asks; nothing when there is none."""
    field = _field(ctx, number, id)
    references.drop_token(ctx.db, number, field.type.host(field.options))
    record(ctx, "token_removed", Subject("draft", number))


@part
def opened(ctx: Context, procedure_id: int, ask: Ask) -> Ask:
    """The question with the token of the host that it goes to, when the procedure has one."""
    host = host_of(ask.address)
    token = references.token_for(ctx.db, procedure_id, host) if host else None
    return ask if token is None else replace(ask, token=token)


def _field(ctx: Context, number: int, id: FieldId) -> Field:
    row: ProcedureRow = procedures.get(ctx.db, ctx.actor, number, lock=True)
    require(procedures.relations(ctx.db, ctx.actor, number), Permission.PROCEDURE_EDIT)
    return editing.field_of(revision_from_json(row.draft), id)
