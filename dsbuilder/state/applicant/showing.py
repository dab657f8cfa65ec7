"""How a citizen sees the states of a dossier."""

from dsbuilder.domain.dossier import DossierState

TONES: dict[DossierState, str] = {
    DossierState.DRAFT: "outline",
    DossierState.SUBMITTED: "info",
    DossierState.UNDER_INSTRUCTION: "info",
    DossierState.ACCEPTED: "success",
    DossierState.REFUSED: "danger",
    DossierState.DISMISSED: "outline",
}
