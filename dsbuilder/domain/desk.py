"""How deposited dossiers lie on the agents' desk."""

from enum import StrEnum

from dsbuilder.domain.dossier import DECIDED, DossierState
from dsbuilder.domain.texts import Text


class Pile(StrEnum):
    """Where one dossier lies; it follows from its state, its followers and the archive."""

    DRAFT = "brouillon"
    TO_FOLLOW = "a-suivre"
    FOLLOWED = "suivi"
    DECIDED = "traite"
    ARCHIVED = "archive"


class Tab(StrEnum):
    """What an agent looks at; the values stand in addresses, as the reference has them."""

    TO_FOLLOW = "a-suivre"
    FOLLOWED = "suivis"
    DECIDED = "traites"
    ALL = "tous"


TAB_LABELS: dict[Tab, Text] = {
    Tab.TO_FOLLOW: Text("À suivre", "To follow"),
    Tab.FOLLOWED: Text("Suivis", "Followed"),
    Tab.DECIDED: Text("Traités", "Decided"),
    Tab.ALL: Text("Tous", "All"),
}
ON_THE_DESK = (Pile.TO_FOLLOW, Pile.FOLLOWED, Pile.DECIDED)


def pile_of(state: DossierState, *, archived: bool, has_follower: bool) -> Pile:
    """The pile on which a dossier lies."""
    if state is DossierState.DRAFT:
        return Pile.DRAFT
    if archived:
        return Pile.ARCHIVED
    if state in DECIDED:
        return Pile.DECIDED
    return Pile.FOLLOWED if has_follower else Pile.TO_FOLLOW
