"""A desk at work: a published procedure, its agents, and dossiers in every state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dsbuilder import clock
from dsbuilder.actions import depositing, filing, filling, instruction, messages
from dsbuilder.actions.context import perform
from dsbuilder.domain.dossier import Event
from dsbuilder.domain.messages import Side
from dsbuilder.domain.people import Actor, Role
from dsbuilder.storage import credentials, people, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from tests.builders import an_actor, an_administrator, in_one
from tests.forms import a_field, an_open_procedure

TITLE = "Attestation d’accessibilité d’un établissement recevant du public"
NAMES = (
    ("Mme", "Yuna", "Le Goff"), ("M.", "Marc", "Oliveira"), ("Mme", "Inès", "Belkacem"), ("M.", "Noé", "Martin"),
    ("Mme", "Mathilde", "Vasseur"), ("M.", "Bao", "Nguyen"), ("Mme", "Ève", "Roussel"), ("M.", "Jean-Zay", "Dubois"),
    ("Mme", "Camille", "Ferreira de Almeida Castelo-Branco"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """Who and what a test finds on the desk; `dossiers` are numbers, in the order of `NAMES`."""

    database: Database
    procedure: ProcedureRow
    agent: Actor
    colleague: Actor
    citizen: Actor
    dossiers: tuple[int, ...]


def a_desk(database: Database, *, path: str, now: datetime | None = None) -> Desk:
    """A procedure with two agents and a dossier of each name, in several states."""
    now = now or clock.now() - timedelta(days=9)
    procedure = an_open_procedure(
        database,
        a_field(1, "header_section", "Identification de l’établissement"),
        a_field(2, "text", "Enseigne"),
        a_field(3, "text", "Adresse de l’établissement"),
        a_field(4, "header_section", "Conformité"),
        a_field(5, "yes_no", "L’établissement a-t-il fait l’objet de travaux ?"),
        a_field(6, "integer_number", "Effectif accueilli", required=False),
        a_field(7, "date", "Date d’achèvement des travaux", required=False),
        a_field(8, "textarea", "Précisions utiles à l’instruction", required=False),
        path=path,
        administrator=an_administrator(database, f"administratrice@{path}.example"),
    )
    agent = _someone(database, f"ines@{path}.example", "Inès", "Belkacem", procedure)
    colleague = _someone(database, f"marc@{path}.example", "Marc", "Oliveira", procedure)
    citizen = _someone(database, f"camille@{path}.example", "Camille", "Martin")
    desk = Desk(
        database,
        procedure,
        agent,
        colleague,
        citizen,
        tuple(
            a_deposited_dossier(database, path, citizen, name, now + timedelta(hours=9 * place))
            for place, name in enumerate(NAMES)
        ),
    )
    for place, events in ((1, "s"), (2, "sa"), (3, "sr"), (4, "sd"), (5, "s")):
        for event in events:
            step(desk, desk.dossiers[place], event, desk.agent if place != 5 else desk.colleague)
    for place, text in ((0, "Bonjour, la rampe est-elle fixe ?"), (1, "Bonjour, voici le numéro d’autorisation.")):
        perform(database, messages.write, desk.dossiers[place], Side.APPLICANT, text, actor=citizen, now=now)
    return desk


def a_deposited_dossier(
    database: Database, path: str, citizen: Actor, name: tuple[str, str, str], now: datetime
) -> int:
    """A dossier filled and deposited as the citizen's pages do it."""
    number = perform(database, filing.start, path, actor=citizen, now=now)
    perform(database, filing.identify, number, *name, actor=citizen, now=now)
    answers = {"2": f"Librairie {name[2]}", "3": "8 quai de la Douane, 29200 Brest", "5": "true", "6": "49"}
    for question, answer in answers.items():
        perform(database, filling.answer, number, question, answer, actor=citizen, now=now)
    perform(database, depositing.submit, number, actor=citizen, now=now)
    return number


_VERBS = {"s": Event.START_INSTRUCTION, "a": Event.ACCEPT, "r": Event.REFUSE, "d": Event.DISMISS}
_ACTIONS = {
    Event.START_INSTRUCTION: instruction.start_instruction,
    Event.ACCEPT: instruction.accept,
    Event.REFUSE: instruction.refuse,
    Event.DISMISS: instruction.dismiss,
}


def step(desk: Desk, number: int, letter: str, actor: Actor) -> None:
    """One step of an agent, named by the first letter of its verb."""
    event = _VERBS[letter]
    opened = perform(desk.database, instruction.open_dossier, number, desk.procedure.id, actor=actor)
    reason = () if event is Event.START_INSTRUCTION else ("Le plan d’accès joint ne porte pas de date.",)
    perform(desk.database, _ACTIONS[event], number, opened.seen, *reason, actor=actor)


def _someone(
    database: Database, email: str, first_name: str, last_name: str, procedure: ProcedureRow | None = None
) -> Actor:
    actor = an_actor(database, email, roles=(Role.INSTRUCTOR,) if procedure else ())
    with database.transaction() as db:
        account = people.account(db, actor.account_id or 0)
        account.first_name, account.last_name = first_name, last_name
    if procedure:
        in_one(database, procedures.add_instructor, procedure.id, actor.account_id)
    return actor


def a_cookie(database: Database, actor: Actor) -> str:
    """The session cookie of a browser in which the actor has signed in."""
    token = f"test-{actor.account_id}-{clock.now().timestamp()}"
    now = clock.now()
    in_one(
        database,
        credentials.open_session,
        token=token,
        account_id=actor.account_id,
        now=now,
        expires_at=now + timedelta(hours=1),
        remembered=False,
        browser="Mozilla/5.0 (X11; Linux x86_64) Chrome/147.0 Safari/537.36",
        address="127.0.0.1",
    )
    return token
