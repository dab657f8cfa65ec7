"""Files that people attach to an answer: announced, sent in pieces, checked by what they hold, read, taken away."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import filetype

from dsbuilder.actions.context import Context, Subject, by_platform, reads, record
from dsbuilder.actions.filing import mine_to_fill
from dsbuilder.actions.filling import patch
from dsbuilder.actions.forms import answers_of, form_of
from dsbuilder.documents import watermark
from dsbuilder.domain.answering import Asked, locate
from dsbuilder.domain.documents import entry_of
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.errors import Invalid, NotFound, Refused
from dsbuilder.domain.fields.attachment import AttachedFile, AttachmentField, FileState
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.file_formats import content_type_of, honest_mark
from dsbuilder.domain.permissions import Permission, require
from dsbuilder.domain.texts import Text
from dsbuilder.settings import settings
from dsbuilder.storage import dossiers, files, jobs
from dsbuilder.storage.blobs import Blobs
from dsbuilder.storage.files import Treatment
from dsbuilder.storage.tables import DossierRow, StoredFile

MAX_NAME = 200
MAX_OF_DOSSIER = 2_000_000_000  # bytes of all the files of one dossier, so that nobody fills the disk alone
UNFINISHED_FOR = timedelta(days=1)
DISCARDED_FOR = timedelta(days=14)
PICTURES = ("image/jpeg", "image/png")
_SEPARATORS = re.compile(r"[\\/\x00-\x1f]+")

_TOO_MUCH = Text(
    "Ce dossier contient déjà 2 Go de fichiers. Retirez-en avant d’en ajouter.",
    "This dossier already holds 2 GB of files. Remove some before adding more.",
)
_ANOTHER_QUESTION = Text(
    "La question a changé pendant l’envoi. Choisissez le fichier à nouveau.",
    "The question changed while the file was being sent. Choose it again.",
)
_WHY_NOT = {
    Treatment.TO_MARK.value: Text(
        "Un filigrane est apposé sur ce fichier avant qu’on puisse le lire. Réessayez dans un instant.",
        "A watermark is being put on this file before it can be read. Try again in a moment.",
    ),
    Treatment.PURGED.value: Text(
        "Ce fichier a été supprimé après la décision.", "This file was removed after the decision."
    ),
}
_TOO_LARGE = Text("Ce fichier dépasse {limit} Mo. Réduisez-le.", "This file is over {limit} MB. Make it smaller.")


@dataclass(frozen=True, slots=True)
class FileToSend:
    """A file whose bytes are awaited."""

    token: str
    size: int
    is_identity: bool = False


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A whole file that the actor may read."""

    path: Path
    name: str
    content_type: str


@cache
def blobs() -> Blobs:
    """Where the bytes are."""
    return Blobs(settings().data_dir / "files")


# -- sending ------------------------------------------------------------------------------------------------------
def announce(ctx: Context, number: int, path: str, name: str, size: int) -> FileToSend:
    """Say that a file is about to be sent as an answer. Raises Refused or Invalid when it would not be accepted."""
    row = mine_to_fill(ctx, number)
    require(dossiers.relations(ctx.db, ctx.actor, row), Permission.FILE_ATTACH)
    asked, type_, present = _question(ctx, row, path)
    safe = safe_name(name)
    if size > settings().max_file_mb * 1_000_000:
        raise Refused(_TOO_LARGE.format(limit=settings().max_file_mb), path)
    if files.bytes_of_dossier(ctx.db, number) + size > MAX_OF_DOSSIER:
        raise Refused(_TOO_MUCH, path)
    _check_announced(type_, asked, len(present), safe, size)
    token = secrets.token_urlsafe(24)
    is_identity = type_.is_identity(asked.field.options)
    files.announce(
        ctx.db,
        token=token,
        dossier_id=number,
        owner_id=ctx.actor.account_id or 0,
        name=safe,
        size=size,
        now=ctx.now,
        path=path,
        treatment=Treatment.TO_MARK if is_identity else None,
    )
    record(ctx, "file announced", Subject("dossier", number))
    return FileToSend(token, size, is_identity)


@reads
def awaited(ctx: Context, token: str) -> FileToSend:
    """The file of that token, when the actor is the one who sends it. Raises NotFound."""
    row = _mine(ctx, token)
    return FileToSend(row.token, row.size, row.treatment == Treatment.TO_MARK)


def look_into(awaited: FileToSend) -> tuple[str, bytes]:
    """The SHA-256 and the first bytes of what has arrived: for a thread, outside any transaction.

    Raises Invalid for the picture of an identity document that cannot be read.
    """
    sha256, head = blobs().read(awaited.token)
    if awaited.is_identity and told_by(head) in PICTURES:
        watermark.check(blobs().path(awaited.token))
    return sha256, head


def finish(ctx: Context, token: str, sha256: str, head: bytes) -> None:
    """Accept a file that has arrived whole, by what its first bytes tell; it becomes part of the answer.

    That of an identity document waits for its watermark. Raises Invalid, with what to do, when it is not what its name
    says.
    """
    stored = _mine(ctx, token)
    row = mine_to_fill(ctx, stored.dossier_id)
    asked, type_, present = _question(ctx, row, stored.path or "")
    type_.check(len(present), stored.name, stored.size, told_by(head), asked.field.options)
    if type_.is_identity(asked.field.options) and stored.treatment != Treatment.TO_MARK:
        raise Refused(_ANOTHER_QUESTION, asked.path)  # the form became another while it was being sent
    content_type = content_type_of(stored.name)
    files.complete(ctx.db, stored, sha256=sha256, content_type=content_type, now=ctx.now)
    new = AttachedFile(token=token, name=stored.name, size=stored.size, content_type=content_type)
    if stored.treatment == Treatment.TO_MARK:
        new["state"] = FileState.MARKING.value
        jobs.enqueue(ctx.db, "mark_file", ctx.now, token=token)
    _keep(ctx, row, asked, (*present, new))
    record(ctx, "file attached", Subject("dossier", row.id))


def give_up(ctx: Context, token: str) -> None:
    """Take a file away, whole or not, from the answer that holds it."""
    stored = files.get(ctx.db, ctx.actor, token)
    row = mine_to_fill(ctx, stored.dossier_id)
    files.discard(ctx.db, stored, ctx.now)
    if stored.completed_at is not None and stored.path:
        try:
            asked, _, present = _question(ctx, row, stored.path)
        except NotFound:  # the question left the form meanwhile: there is no answer to change
            return
        _keep(ctx, row, asked, tuple(file for file in present if file["token"] != token))
    record(ctx, "file removed", Subject("dossier", row.id))


# -- reading ------------------------------------------------------------------------------------------------------
@reads
def readable(ctx: Context, token: str) -> FileToRead:
    """The file of that token. Raises NotFound unless the actor may see its dossier and it is there to be read."""
    stored = files.get(ctx.db, ctx.actor, token)
    dossier = dossiers.get(ctx.db, ctx.actor, stored.dossier_id)
    require(dossiers.relations(ctx.db, ctx.actor, dossier), Permission.FILE_READ)
    if stored.completed_at is None:
        raise NotFound
    if stored.treatment in _WHY_NOT:
        raise NotFound(_WHY_NOT[stored.treatment])
    return FileToRead(blobs().path(token), stored.name, stored.content_type)


# -- clearing -----------------------------------------------------------------------------------------------------
@by_platform
def clear_files(ctx: Context) -> None:
    """Remove the bytes of files that nobody finished sending or that were taken away long enough ago."""
    unfinished, discarded = ctx.now - UNFINISHED_FOR, ctx.now - DISCARDED_FOR
    for stored in files.to_purge(ctx.db, unfinished_before=unfinished, discarded_before=discarded):
        blobs().remove(stored.token)
        files.forget(ctx.db, stored)
    record(ctx, "files cleared", Subject("platform"))


# -- what they share ----------------------------------------------------------------------------------------------
def safe_name(name: str) -> str:
    """A file's name without folders nor control characters, its extension kept when it must be cut."""
    base = one_line(_SEPARATORS.split(name)[-1]).lstrip(".") or "fichier"
    stem, dot, extension = base.rpartition(".")
    return base if len(base) <= MAX_NAME else f"{stem[: MAX_NAME - 20]}{dot}{extension[:19]}"


def told_by(head: bytes) -> str | None:
    """The content type that a file's first bytes tell, None when they look like plain text."""
    kind = filetype.guess(head)
    if kind is not None:
        return str(kind.mime)
    return "application/octet-stream" if b"\0" in head else None


def _mine(ctx: Context, token: str) -> StoredFile:
    stored = files.get(ctx.db, ctx.actor, token)
    dossier = dossiers.get(ctx.db, ctx.actor, stored.dossier_id)
    require(dossiers.relations(ctx.db, ctx.actor, dossier), Permission.FILE_ATTACH)
    if stored.owner_id != ctx.actor.account_id or stored.completed_at is not None:
        raise NotFound
    return stored


def _question(ctx: Context, row: DossierRow, path: str) -> tuple[Asked, AttachmentField, tuple[AttachedFile, ...]]:
    """The question at `path`, which must be one for files, and the files that it holds already."""
    form = form_of(ctx.db, row)
    answers = answers_of(row, form)
    asked = locate(form, answers, path)
    if not isinstance(asked.field.type, AttachmentField):
        raise NotFound
    answer = answers.get(path)
    return asked, asked.field.type, tuple(answer.value or ()) if answer else ()


def _check_announced(type_: AttachmentField, asked: Asked, present: int, name: str, size: int) -> None:
    """What can be told before a byte was sent: number, size and extension."""
    try:
        type_.check(present, name, size, honest_mark(name), asked.field.options)
    except Invalid as invalid:
        raise Invalid(invalid.text, asked.path) from None


def _keep(ctx: Context, row: DossierRow, asked: Asked, kept: tuple[AttachedFile, ...]) -> None:
    answer = Answer(value=kept or None, at=ctx.now, by=ctx.actor.account_id)
    patch(ctx, row, {asked.path: entry_of(asked.field, answer)})
