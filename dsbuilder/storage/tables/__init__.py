"""Every table of the database."""

from dsbuilder.storage.tables.dossiers import (
    AnswerKey,
    DossierRow,
    Follow,
    MessageRow,
    StateCount,
    StoredFile,
    TransitionRow,
)
from dsbuilder.storage.tables.people import (
    Account,
    EmailToken,
    Organisation,
    OrganisationMember,
    RateCount,
    RoleRow,
    UserSession,
)
from dsbuilder.storage.tables.procedures import (
    Counter,
    DraftCommand,
    GroupMember,
    InstructorGroup,
    MailWording,
    ProcedureAdministrator,
    ProcedureRow,
    RevisionRow,
)
from dsbuilder.storage.tables.references import ReferenceToken, ReferenceTry
from dsbuilder.storage.tables.work import Job, Mail

__all__ = [
    "Account",
    "AnswerKey",
    "Counter",
    "DossierRow",
    "DraftCommand",
    "EmailToken",
    "Follow",
    "GroupMember",
    "InstructorGroup",
    "Job",
    "Mail",
    "MailWording",
    "MessageRow",
    "Organisation",
    "OrganisationMember",
    "ProcedureAdministrator",
    "ProcedureRow",
    "RateCount",
    "ReferenceToken",
    "ReferenceTry",
    "RevisionRow",
    "RoleRow",
    "StateCount",
    "StoredFile",
    "TransitionRow",
    "UserSession",
]
