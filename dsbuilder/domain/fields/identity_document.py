"""An identity document, as forms of former years ask for it; new ones ask for an attachment of that nature."""

from dataclasses import dataclass
from typing import Any, ClassVar

from dsbuilder.domain.fields.attachment import IDENTITY_MEGABYTES, MAX_FILES, AttachmentField, Limits
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.file_formats import PHOTO
from dsbuilder.domain.texts import Text


class IdentityDocumentField(AttachmentField):
    kind = "titre_identite"
    api_name = "TitreIdentiteChampDescriptor"
    label = Text("Titre d’identité", "Identity document")
    help = Text(
        "Une image de la pièce d’identité, avec un filigrane, supprimée après la décision.",
        "A picture of the identity document, with a watermark, removed after the decision.",
    )
    icon = "shield-check"
    offered = False  # an attachment whose nature is an identity document takes its place
    not_in_survey: ClassVar[tuple[str, ...]] = ()

    @dataclass(frozen=True)
    class Options:
        """Nothing to set."""

    def limits(self, options: Any) -> Limits:
        """Pictures."""
        return Limits((PHOTO,), MAX_FILES, IDENTITY_MEGABYTES)

    def is_identity(self, options: Any) -> bool:
        """Always."""
        return True

    def is_purged(self, options: Any) -> bool:
        """Always."""
        return True

    def from_survey(self, question: SurveyQuestion) -> None:
        """None is: an image is an attachment."""
        return None
