"""Roles of accounts, and who is acting."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dsbuilder.domain.dossier import AccountId
from dsbuilder.domain.permissions import Relation
from dsbuilder.domain.texts import Language


class Role(StrEnum):
    """What an account may be besides someone who files; the values are the official names."""

    ADMINISTRATOR = "administrateur"
    INSTRUCTOR = "instructeur"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: an account in one of its sessions, nobody known, or the platform itself."""

    account_id: AccountId | None = None
    email: str = ""
    name: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    session_id: int | None = None
    language: Language = "fr"
    seen_at: datetime | None = None
    is_platform: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether an account is acting."""
        return self.account_id is not None

    @property
    def relations(self) -> frozenset[Relation]:
        """What the actor is without a subject."""
        if not self.signed_in:
            return frozenset({Relation.ANYONE})
        as_role = {Relation.ADMINISTRATOR} if Role.ADMINISTRATOR in self.roles else set()
        return frozenset({Relation.ANYONE, Relation.SIGNED_IN, *as_role})


ANONYMOUS = Actor()
PLATFORM = Actor(is_platform=True)
