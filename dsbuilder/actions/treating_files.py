"""What the platform does to files that came: the watermark on identity documents, and their purge after the decision."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from dsbuilder.actions import files as attaching
from dsbuilder.actions.context import Context, Subject, by_platform, part, reads, record
from dsbuilder.actions.filling import patch
from dsbuilder.actions.forms import answers_of, form_of
from dsbuilder.documents import watermark
from dsbuilder.domain.answering import split_path, walk
from dsbuilder.domain.documents import entry_of
from dsbuilder.domain.dossier import DECIDED, Answer
from dsbuilder.domain.fields.attachment import AttachedFile, AttachmentField, FileState
from dsbuilder.domain.procedure import Field, Revision
from dsbuilder.settings import settings
from dsbuilder.storage import dossiers, files, jobs
from dsbuilder.storage.files import Treatment
from dsbuilder.storage.tables import DossierRow, StoredFile


@dataclass(frozen=True, slots=True)
class FileToMark:
    """A picture that waits, where the marked one is made, and what is written on it."""

    token: str
    path: Path
    marked: Path
    words: str


# -- the watermark -------------------------------------------------------------------------------------------------
@by_platform
@reads
def to_mark(ctx: Context, token: str) -> FileToMark | None:
    """The file of that token, when it still waits for its watermark."""
    stored = files.any_of_token(ctx.db, token)
    if stored is None or stored.treatment != Treatment.TO_MARK:
        return None
    words = f"{urlsplit(settings().url).netloc} - dossier {stored.dossier_id}"
    return FileToMark(token, attaching.blobs().path(token), attaching.blobs().beside(token), words)


def put_mark(file: FileToMark) -> None:
    """Make the marked picture beside the one that came: slow, so outside any transaction."""
    watermark.put_on(file.path, file.marked, file.words)


@by_platform
def keep_marked(ctx: Context, token: str) -> None:
    """Put the marked picture in the place of the one that came, which is gone from then on; now it may be read."""
    stored = files.any_of_token(ctx.db, token)
    if stored is None or stored.treatment != Treatment.TO_MARK:
        attaching.blobs().beside(token).unlink(missing_ok=True)
        return
    made = attaching.blobs().beside(token).read_bytes()
    attaching.blobs().replace(
        token
    )  # before anybody is told: a crash here leaves a marked picture that is marked again
    files.treated(ctx.db, stored, Treatment.MARKED, size=len(made), sha256=hashlib.sha256(made).hexdigest())

    def marked(file: AttachedFile) -> AttachedFile:
        return {**_stateless(file), "size": len(made)}

    row = dossiers.for_platform(ctx.db, stored.dossier_id)
    if row is not None:
        _change(ctx, row, stored.path or "", lambda file: marked(file) if file["token"] == token else file)
    record(ctx, "file marked", Subject("dossier", stored.dossier_id))


@part
def mark_late(ctx: Context, row: DossierRow) -> None:
    """Have the pictures marked that came before their question asked for an identity document, as a new form may."""
    form = form_of(ctx.db, row)
    for asked in walk(form, answers_of(row, form)):
        if isinstance(asked.field.type, AttachmentField) and asked.field.type.is_identity(asked.field.options):
            for stored in files.of_dossier(ctx.db, row.id or 0, asked.path):
                if stored.treatment is None and stored.content_type in attaching.PICTURES:
                    _await_mark(ctx, row, asked.path, stored)


def _await_mark(ctx: Context, row: DossierRow, path: str, stored: StoredFile) -> None:
    files.treated(ctx.db, stored, Treatment.TO_MARK, size=stored.size, sha256=stored.sha256)
    jobs.enqueue(ctx.db, "mark_file", ctx.now, token=stored.token)

    def waiting(file: AttachedFile) -> AttachedFile:
        return {**file, "state": FileState.MARKING.value} if file["token"] == stored.token else file

    _change(ctx, row, path, waiting)
    ctx.db.refresh(row, ["answers"])


# -- the purge -----------------------------------------------------------------------------------------------------
@part
def plan_purge(ctx: Context, row: DossierRow) -> None:
    """Have the files that a decision ends removed, where the dossier has such."""
    if _ended(ctx, row, form_of(ctx.db, row)):
        jobs.enqueue(ctx.db, "purge_decided", ctx.now, dossier=row.id)


@by_platform
def purge_decided(ctx: Context, dossier: int) -> None:
    """Remove those files for good, unless the decision was taken back; their names stay, and that they were removed."""
    row = dossiers.for_platform(ctx.db, dossier)
    if row is None or row.state not in DECIDED:  # given up: its files go with it
        return
    form = form_of(ctx.db, row)
    for stored in _ended(ctx, row, form):
        _purge(ctx, stored)
    for asked in walk(form, answers_of(row, form)):
        if _is_purged(asked.field):
            _change(ctx, row, asked.path, lambda file: {**_stateless(file), "state": FileState.PURGED.value})
    record(ctx, "files purged", Subject("dossier", dossier))


def _ended(ctx: Context, row: DossierRow, form: Revision) -> list[StoredFile]:
    """What a decision ends: the files of such questions and every identity document, taken away or asked no more too."""
    questions = {field.id for field in form.walk() if _is_purged(field)}
    return [
        stored
        for stored in files.ever_of_dossier(ctx.db, row.id or 0)
        if stored.treatment in (Treatment.TO_MARK, Treatment.MARKED)
        or (stored.treatment != Treatment.PURGED and stored.path and split_path(stored.path)[0] in questions)
    ]


def _purge(ctx: Context, stored: StoredFile) -> None:
    attaching.blobs().remove(stored.token)
    files.treated(ctx.db, stored, Treatment.PURGED, size=0)


def _is_purged(field: Field) -> bool:
    return isinstance(field.type, AttachmentField) and field.type.is_purged(field.options)


# -- what they share -----------------------------------------------------------------------------------------------
def _stateless(file: AttachedFile) -> AttachedFile:
    return {
        "token": file["token"],
        "name": file["name"],
        "size": file["size"],
        "content_type": file["content_type"],
    }


def _change(ctx: Context, row: DossierRow, path: str, change: Callable[[AttachedFile], AttachedFile]) -> None:
    """Change what an answer tells of its files; nothing when the question left the form, or the files the answer."""
    form = form_of(ctx.db, row)
    answer, field = answers_of(row, form).get(path), _field_at(form, path)
    if answer is None or field is None or not answer.value:
        return
    changed: Answer = replace(answer, value=tuple(map(change, answer.value)))
    if changed != answer:
        patch(ctx, row, {path: entry_of(field, changed)})


def _field_at(form: Revision, path: str) -> Field | None:
    id = split_path(path)[0]
    return next((f for f in form.walk() if f.id == id and isinstance(f.type, AttachmentField)), None)
