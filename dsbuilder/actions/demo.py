"""The demonstration: one account of each place, two open procedures, a few dossiers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files as package_files

from dsbuilder.actions import depositing, filing, filling, instruction, procedures, publishing
from dsbuilder.actions.context import Context, Subject, by_platform, record
from dsbuilder.demo.dossiers import PEOPLE, WORKSHOP
from dsbuilder.domain.answering import walk
from dsbuilder.domain.dossier import AccountId
from dsbuilder.domain.fields.base import Raw
from dsbuilder.domain.people import Actor, Role
from dsbuilder.domain.procedure import FieldId
from dsbuilder.domain.procedure_files import read_file
from dsbuilder.domain.texts import Text
from dsbuilder.storage import people
from dsbuilder.storage import procedures as kept

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


@by_platform
def furnish(ctx: Context) -> None:
    """Open the two procedures with their dossiers, once: nothing happens when the administrator has any procedure."""
    administrator, agent, citizen = (_actor(ctx, figure) for figure in FIGURES)
    if kept.administered(ctx.db, administrator):
        return
    workshop, _ = (_open_procedure(replace(ctx, actor=administrator), path) for path in PATHS)
    for procedure in kept.administered(ctx.db, administrator):
        kept.add_instructor(ctx.db, procedure.id or 0, agent.account_id or 0)
    deposited = [
        _deposit(replace(ctx, actor=citizen), first_name, last_name, {**WORKSHOP, **differing})
        for first_name, last_name, differing in PEOPLE
    ]
    by_agent = replace(ctx, actor=agent)
    seen = instruction.open_dossier(by_agent, deposited[0], workshop).seen
    instruction.start_instruction(by_agent, deposited[0], seen)  # so that the desk shows more than one state


PATHS = ("atelier-velo", "terrasse")


def _actor(ctx: Context, figure: Figure) -> Actor:
    account = people.account_of(ctx.db, figure.email)
    assert account is not None, "welcome comes first"
    return Actor(account_id=AccountId(account.id or 0), email=figure.email, roles=figure.roles)


def _open_procedure(ctx: Context, path: str) -> int:
    content = (package_files("dsbuilder.demo") / f"{path}.json").read_bytes()
    ids = iter(range(1, 1_000))  # given anew by the import
    (number,) = procedures.import_procedures(ctx, read_file(content, lambda: FieldId(next(ids))))
    publishing.publish(ctx, number, path)
    return number


def _deposit(ctx: Context, first_name: str, last_name: str, answers: Mapping[str, Raw]) -> int:
    number = filing.start(ctx, PATHS[0], again=True)
    filing.identify(ctx, number, "", first_name, last_name)
    filled = filling.open_dossier(ctx, number)
    own = {"Prénom": first_name, "Nom de famille": last_name}
    for asked in walk(filled.form, filled.answers):
        raw = {**answers, **own}.get(asked.field.label)
        if raw is not None:
            filling.answer(ctx, number, asked.path, raw)
    depositing.submit(ctx, number)
    return number
