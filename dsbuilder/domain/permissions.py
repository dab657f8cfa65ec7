"""Who may do what, on one screen. *Is it the moment* is another question: see `dossier.TRANSITIONS`."""

from collections.abc import Collection
from enum import StrEnum

from dsbuilder.domain.errors import Forbidden
from dsbuilder.domain.texts import Text


class Relation(StrEnum):
    """What an actor is to a subject."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    SELF = "self"  # to an account
    OWNER = "owner"  # of a dossier
    INSTRUCTOR = "instructor"  # in the group of a dossier, or of a procedure
    ADMINISTRATOR = "administrator"  # of a procedure, or, without a subject, by role


class Permission(StrEnum):
    """`subject:verb`."""

    ACCOUNT_MANAGE = "account:manage"
    PROCEDURE_CREATE = "procedure:create"
    PROCEDURE_EDIT = "procedure:edit"
    PROCEDURE_PUBLISH = "procedure:publish"
    PROCEDURE_INVITE = "procedure:invite"
    PROCEDURE_INSTRUCT = "procedure:instruct"
    PROCEDURE_TEST = "procedure:test"
    DESK_READ = "desk:read"
    DOSSIER_CREATE = "dossier:create"
    DOSSIER_FILL = "dossier:fill"
    DOSSIER_SUBMIT = "dossier:submit"
    DOSSIER_DELETE = "dossier:delete"
    DOSSIER_READ = "dossier:read"
    DOSSIER_INSTRUCT = "dossier:instruct"
    DOSSIER_FOLLOW = "dossier:follow"
    MESSAGE_WRITE = "message:write"
    FILE_ATTACH = "file:attach"
    FILE_READ = "file:read"


R = Relation
ALLOWED: dict[Permission, frozenset[Relation]] = {
    Permission.ACCOUNT_MANAGE: frozenset({R.SELF}),
    Permission.PROCEDURE_CREATE: frozenset({R.ADMINISTRATOR}),
    Permission.PROCEDURE_EDIT: frozenset({R.ADMINISTRATOR}),
    Permission.PROCEDURE_PUBLISH: frozenset({R.ADMINISTRATOR}),
    Permission.PROCEDURE_INVITE: frozenset({R.ADMINISTRATOR}),
    Permission.PROCEDURE_INSTRUCT: frozenset({R.INSTRUCTOR}),
    Permission.PROCEDURE_TEST: frozenset({R.ADMINISTRATOR, R.INSTRUCTOR}),
    Permission.DESK_READ: frozenset({R.SIGNED_IN}),  # it holds the procedures that the actor instructs
    Permission.DOSSIER_CREATE: frozenset({R.SIGNED_IN}),
    Permission.DOSSIER_FILL: frozenset({R.OWNER}),
    Permission.DOSSIER_SUBMIT: frozenset({R.OWNER}),
    Permission.DOSSIER_DELETE: frozenset({R.OWNER}),
    Permission.DOSSIER_READ: frozenset({R.OWNER, R.INSTRUCTOR}),
    Permission.DOSSIER_INSTRUCT: frozenset({R.INSTRUCTOR}),
    Permission.DOSSIER_FOLLOW: frozenset({R.INSTRUCTOR}),
    Permission.MESSAGE_WRITE: frozenset({R.OWNER, R.INSTRUCTOR}),
    Permission.FILE_ATTACH: frozenset({R.OWNER}),
    Permission.FILE_READ: frozenset({R.OWNER, R.INSTRUCTOR}),
}

_ADMINISTRATORS = Text(
    "Seuls les administrateurs de cette démarche peuvent le faire. Demandez à l’un d’eux de vous inviter.",
    "Only administrators of this procedure may do this. Ask one of them to invite you.",
)
_INSTRUCTORS = Text(
    "Seuls les agents de cette démarche peuvent le faire. Demandez à un administrateur de vous inviter.",
    "Only agents of this procedure may do this. Ask an administrator to invite you.",
)
_OWNER = Text(
    "Seule la personne qui a ouvert ce dossier peut le faire.", "Only the person who opened this dossier may do this."
)
_SIGN_IN = Text("Connectez-vous pour continuer.", "Sign in to continue.")

REFUSAL: dict[Permission, Text] = {
    Permission.ACCOUNT_MANAGE: _SIGN_IN,
    Permission.PROCEDURE_CREATE: Text(
        "La création de démarches est réservée aux administrateurs. Demandez à l’un d’eux de vous inviter.",
        "Creating procedures is for administrators. Ask one of them to invite you.",
    ),
    Permission.PROCEDURE_EDIT: _ADMINISTRATORS,
    Permission.PROCEDURE_PUBLISH: _ADMINISTRATORS,
    Permission.PROCEDURE_INVITE: _ADMINISTRATORS,
    Permission.PROCEDURE_INSTRUCT: _INSTRUCTORS,
    Permission.PROCEDURE_TEST: _ADMINISTRATORS,
    Permission.DESK_READ: _SIGN_IN,
    Permission.DOSSIER_CREATE: _SIGN_IN,
    Permission.DOSSIER_FILL: _OWNER,
    Permission.DOSSIER_SUBMIT: _OWNER,
    Permission.DOSSIER_DELETE: _OWNER,
    Permission.DOSSIER_READ: _OWNER,
    Permission.DOSSIER_INSTRUCT: _INSTRUCTORS,
    Permission.DOSSIER_FOLLOW: _INSTRUCTORS,
    Permission.MESSAGE_WRITE: _OWNER,
    Permission.FILE_ATTACH: _OWNER,
    Permission.FILE_READ: _OWNER,
}


def may(relations: Collection[Relation], permission: Permission) -> bool:
    """Whether any of `relations` gives the permission."""
    return not ALLOWED[permission].isdisjoint(relations)


def require(relations: Collection[Relation], permission: Permission) -> None:
    """Raise Forbidden, with the sentence the person reads, unless `relations` give the permission."""
    if not may(relations, permission):
        raise Forbidden(REFUSAL[permission])
