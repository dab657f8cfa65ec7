"""What the platform clears away by itself."""

from dsbuilder.actions.context import Context, Subject, by_platform, record
from dsbuilder.actions.files import DISCARDED_FOR
from dsbuilder.storage import credentials, dossiers, jobs
from dsbuilder.storage.database import note_statistics


@by_platform
def clear_dossiers(ctx: Context) -> None:
    """Remove for good the dossiers that were deleted long enough ago; their files are cleared before."""
    dossiers.purge(ctx.db, ctx.now - DISCARDED_FOR)
    record(ctx, "dossiers cleared", Subject("platform"))


@by_platform
def clear_expired(ctx: Context) -> None:
    """Remove sessions, mailed links and counts that have ended, and jobs long done."""
    credentials.purge(ctx.db, ctx.now)
    jobs.purge(ctx.db, ctx.now)
    note_statistics(ctx.db)
    record(ctx, "expired cleared", Subject("platform"))
