"""Accounts, roles and organisations."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.people import Role
from dsbuilder.domain.texts import Language
from dsbuilder.storage.tables import Account, Organisation, OrganisationMember, RoleRow


def account(db: Session, id: int) -> Account:
    """The account of that id. Raises NotFound."""
    row = db.get(Account, id)
    if row is None:
        raise NotFound
    return row


def names_of(db: Session, ids: Collection[int]) -> dict[int, str]:
    """What each of these accounts is called: its name, or its address."""
    rows = db.exec(select(Account).where(col(Account.id).in_(ids))).all()
    return {row.id or 0: f"{row.first_name} {row.last_name}".strip() or row.email for row in rows}


def account_of(db: Session, email: str, *, lock: bool = False) -> Account | None:
    """The account of an address in lower case, if there is one; held until the transaction ends when `lock`."""
    query = select(Account).where(col(Account.email) == email)
    return db.exec(query.with_for_update() if lock else query).first()


def name_of(account: Account) -> str:
    """The name that a person gave, or else their address."""
    return f"{account.first_name} {account.last_name}".strip() or account.email


def names(db: Session, ids: Collection[int]) -> dict[int, str]:
    """The names of several accounts, in one statement."""
    found = db.exec(select(Account).where(col(Account.id).in_(ids))).all()
    return {account.id or 0: name_of(account) for account in found}


def add_account(
    db: Session,
    *,
    email: str,
    password_hash: str,
    now: datetime,
    language: Language = "fr",
    first_name: str = "",
    last_name: str = "",
    confirmed_at: datetime | None = None,
) -> Account:
    """A new account; `email` in lower case, not taken."""
    row = Account(
        email=email,
        password_hash=password_hash,
        created_at=now,
        language=language,
        first_name=first_name,
        last_name=last_name,
        confirmed_at=confirmed_at,
    )
    db.add(row)
    db.flush()
    return row


def roles(db: Session, account_id: int) -> frozenset[Role]:
    """The roles of an account."""
    found = db.exec(select(RoleRow.role).where(col(RoleRow.account_id) == account_id)).all()
    return frozenset(Role(role) for role in found)


def grant(db: Session, account_id: int, role: Role) -> None:
    """Give the account a role; nothing when it has it."""
    if db.get(RoleRow, (account_id, str(role))) is None:
        db.add(RoleRow(account_id=account_id, role=role))
        db.flush()


def add_organisation(db: Session, name: str, *, colour: str = "", logo: str = "") -> Organisation:
    """A new public body."""
    row = Organisation(name=name, colour=colour, logo=logo)
    db.add(row)
    db.flush()
    return row


def organisation(db: Session, id: int) -> Organisation:
    """The organisation of that id. Raises NotFound."""
    row = db.get(Organisation, id)
    if row is None:
        raise NotFound
    return row


def organisation_named(db: Session, name: str) -> Organisation | None:
    """The organisation of that name, if there is one."""
    return db.exec(select(Organisation).where(col(Organisation.name) == name)).first()


def organisation_names(db: Session, ids: Collection[int]) -> dict[int, str]:
    """The names of these organisations."""
    rows = db.exec(select(Organisation).where(col(Organisation.id).in_(ids))).all()
    return {row.id or 0: row.name for row in rows}


def organisations_of(db: Session, account_id: int) -> Sequence[Organisation]:
    """The organisations that the account belongs to, the first one first."""
    mine = select(OrganisationMember.organisation_id).where(col(OrganisationMember.account_id) == account_id)
    return db.exec(select(Organisation).where(col(Organisation.id).in_(mine)).order_by(col(Organisation.id))).all()


def join_organisation(db: Session, organisation_id: int, account_id: int) -> None:
    """Let the account create procedures for the organisation; nothing when it may."""
    if db.get(OrganisationMember, (organisation_id, account_id)) is None:
        db.add(OrganisationMember(organisation_id=organisation_id, account_id=account_id))
        db.flush()
