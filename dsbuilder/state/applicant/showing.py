"""What the pages of a citizen share."""

from collections.abc import Iterator
from contextlib import contextmanager

from dsbuilder.domain.dossier import DossierState
from dsbuilder.state.session import SessionState

TONES: dict[DossierState, str] = {
    DossierState.DRAFT: "outline",
    DossierState.SUBMITTED: "info",
    DossierState.UNDER_INSTRUCTION: "info",
    DossierState.ACCEPTED: "success",
    DossierState.REFUSED: "danger",
    DossierState.DISMISSED: "outline",
}


@contextmanager
def emptied_when_refused(state: SessionState) -> Iterator[None]:
    """Let nothing of what a page showed stay when its reader may no longer see it."""
    try:
        yield
    except Exception:
        state.reset()
        raise
