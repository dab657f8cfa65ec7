"""The accounts of the demonstration: one of each place, all with one password."""

from dataclasses import dataclass

from dsbuilder.actions.context import Context, Subject, by_platform, record
from dsbuilder.domain.people import Role
from dsbuilder.domain.texts import Text
from dsbuilder.storage import people

ORGANISATION = "Ville de Belle-Rive"


@dataclass(frozen=True, slots=True)
class Figure:
    """Someone that a visitor of the demonstration may sign in as."""

    email: str
    what: Text
    first_name: str
    last_name: str
    roles: frozenset[Role]


FIGURES: tuple[Figure, ...] = (
    Figure(
        "administratrice@example.org",
        Text("Administratrice", "Administrator"),
        "Ada",
        "Roussel",
        frozenset({Role.ADMINISTRATOR, Role.INSTRUCTOR}),
    ),
    Figure("agent@example.org", Text("Agent", "Agent"), "Idriss", "Cohen", frozenset({Role.INSTRUCTOR})),
    Figure("citoyenne@example.org", Text("Citoyenne", "Citizen"), "Nour", "Lambert", frozenset()),
)


@by_platform
def welcome(ctx: Context, password_hash: str) -> None:
    """Make the figures of the demonstration, or give those that exist this password again."""
    body = people.organisation_named(ctx.db, ORGANISATION) or people.add_organisation(ctx.db, ORGANISATION)
    for figure in FIGURES:
        account = people.account_of(ctx.db, figure.email) or people.add_account(
            ctx.db,
            email=figure.email,
            password_hash=password_hash,
            now=ctx.now,
            first_name=figure.first_name,
            last_name=figure.last_name,
            confirmed_at=ctx.now,
        )
        assert account.id is not None
        account.password_hash = password_hash
        for role in figure.roles:
            people.grant(ctx.db, account.id, role)
        if Role.ADMINISTRATOR in figure.roles:
            people.join_organisation(ctx.db, body.id or 0, account.id)
        record(ctx, "demo account made", Subject("account", account.id))
