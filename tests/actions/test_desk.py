"""The desk's lists and counts, for the agents of each procedure and for nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import col, func, select

from dsbuilder.actions import desk, instruction, messages
from dsbuilder.actions.context import Context, perform
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.dossier import DECIDED, DossierState, Event
from dsbuilder.domain.errors import Forbidden, NotFound, Refusal
from dsbuilder.domain.messages import Side
from dsbuilder.domain.people import ANONYMOUS, Actor
from dsbuilder.storage import dossiers
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, Follow, ProcedureRow
from tests.builders import NOW, a_dossier_row, a_procedure_row, an_actor, an_administrator, an_instructor, in_one

Act = Callable[..., Any]


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return a_procedure_row(database, path="cantine")


@pytest.fixture
def agent(database: Database, procedure: ProcedureRow) -> Actor:
    return an_instructor(database, procedure, "ines@mairie.example")


@pytest.fixture
def act(database: Database) -> Act:
    return lambda action, *args, **kwargs: perform(database, action, *args, now=NOW, **kwargs)


def named(database: Database, procedure: ProcedureRow, first_name: str, last_name: str) -> DossierRow:
    """A dossier deposited for someone."""
    row = a_dossier_row(database, procedure, deposited_at=NOW)
    with database.transaction() as db:
        kept = db.get(DossierRow, row.id)
        assert kept is not None
        kept.requester = {"civility": "Mme", "first_name": first_name, "last_name": last_name}
        dossiers.rewrite_keys(db, kept, ())
    return row


# -- who ----------------------------------------------------------------------------------------------------------
def test_lists_are_for_the_agents_of_the_procedure(database: Database, procedure: ProcedureRow, act: Act) -> None:
    a_dossier_row(database, procedure, deposited_at=NOW)
    elsewhere = an_instructor(database, a_procedure_row(database, path="ailleurs"))
    for stranger in (ANONYMOUS, an_actor(database), elsewhere):
        for action, argument in ((desk.tab, Tab.ALL), (desk.search, "1")):
            with pytest.raises(NotFound):
                act(action, procedure.id, argument, actor=stranger)


def test_an_administrator_who_does_not_instruct_reads_no_list(database: Database, act: Act) -> None:
    administrator = an_administrator(database)
    procedure = a_procedure_row(database, administrator, path="a-moi")
    with pytest.raises(Forbidden):
        act(desk.tab, procedure.id, Tab.ALL, actor=administrator)
    assert act(desk.my_procedures, actor=administrator) == []


def test_an_agent_reads_their_procedures_with_counts(
    database: Database, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    a_dossier_row(database, procedure, deposited_at=NOW)
    (mine,) = act(desk.my_procedures, actor=agent)
    assert (mine.number, mine.title) == (procedure.id, procedure.title)
    assert dict(mine.counts) == {Tab.TO_FOLLOW: 1, Tab.FOLLOWED: 0, Tab.DECIDED: 0, Tab.ALL: 1}


# -- search -------------------------------------------------------------------------------------------------------
def test_a_search_finds_by_the_beginning_of_a_name_whatever_its_accents(
    database: Database, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    yuna = named(database, procedure, "Yüna", "Le Goff")
    named(database, procedure, "Noé", "Martin")
    for words in ("le goff", "LE G", "yuna le", "Yuna"):
        assert [found.number for found in act(desk.search, procedure.id, words, actor=agent).dossiers] == [yuna.id]
    for words in ("goff", "%", "_", "'", "\\", "\x00", "x" * 5000, "0", "9" * 30, "²"):
        assert list(act(desk.search, procedure.id, words, actor=agent).dossiers) == []


def test_a_search_by_name_stays_within_the_procedure(
    database: Database, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    named(database, a_procedure_row(database, path="ailleurs"), "Yuna", "Le Goff")
    assert act(desk.search, procedure.id, "le goff", actor=agent).dossiers == []


# -- pages --------------------------------------------------------------------------------------------------------
def test_a_list_takes_as_many_statements_for_one_dossier_as_for_sixty(
    database: Database, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def counted(action: Act, argument: object) -> int:
        statements.clear()
        act(action, procedure.id, argument, actor=agent)
        return len(statements)

    first = a_dossier_row(database, procedure, deposited_at=NOW)
    act(desk.tab, procedure.id, Tab.ALL, actor=agent)  # the published form is read once
    few = [counted(desk.tab, Tab.ALL), counted(desk.search, str(first.id))]
    for minute in range(60):
        row = a_dossier_row(database, procedure, deposited_at=NOW + timedelta(minutes=minute))
        if minute % 3 == 0:
            act(instruction.follow, row.id, actor=agent)
            act(messages.write, row.id, Side.INSTRUCTOR, "Bonjour", actor=agent)
    assert [counted(desk.tab, Tab.ALL), counted(desk.search, "personne")] == few
    assert max(few) <= 14  # three of them open a transaction of SQLite, four find what a search means


def test_pages_of_fifty_follow_each_other(database: Database, procedure: ProcedureRow, agent: Actor, act: Act) -> None:
    rows = [a_dossier_row(database, procedure, deposited_at=NOW + timedelta(minutes=n)) for n in range(53)]
    first = act(desk.tab, procedure.id, Tab.ALL, actor=agent)
    assert (len(first.dossiers), first.preceding) == (50, "")
    second = act(desk.tab, procedure.id, Tab.ALL, first.following, actor=agent)
    assert [listed.number for listed in second.dossiers] == [row.id for row in rows[2::-1]]
    assert second.following == ""
    assert act(desk.tab, procedure.id, Tab.ALL, second.preceding, actor=agent).dossiers == first.dossiers
    assert act(desk.tab, procedure.id, Tab.ALL, "'; drop table", actor=agent).dossiers == first.dossiers


# -- counts -------------------------------------------------------------------------------------------------------
STEPS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 9)), max_size=25)
VERBS: tuple[Callable[..., Any], ...] = (
    instruction.follow,
    instruction.unfollow,
    instruction.start_instruction,
    instruction.give_back,
    instruction.accept,
    instruction.refuse,
    instruction.dismiss,
    instruction.reopen,
)


def archive(ctx: Context, number: int) -> None:
    row = dossiers.get(ctx.db, ctx.actor, number, lock=True)
    dossiers.archive(ctx.db, row, not row.archived)


def recounted(database: Database, procedure: ProcedureRow, actor: Actor) -> dict[Tab, int]:
    """What the counters must say, by the definitions of the tabs alone."""
    with database.reading() as db:
        rows = db.exec(select(DossierRow).where(DossierRow.procedure_id == procedure.id)).all()
        followed = set(db.exec(select(Follow.dossier_id)).all())
        mine = set(db.exec(select(Follow.dossier_id).where(Follow.account_id == actor.account_id)).all())
    kept = [r for r in rows if r.state != DossierState.DRAFT and not r.archived and r.discarded_at is None]
    going = [r for r in kept if DossierState(r.state) not in DECIDED]
    return {
        Tab.TO_FOLLOW: sum(r.id not in followed for r in going),
        Tab.FOLLOWED: sum(r.id in mine for r in going),
        Tab.DECIDED: len(kept) - len(going),
        Tab.ALL: len(kept),
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_counts_are_always_those_of_a_recount(database: Database, steps: list[tuple[int, int, int]]) -> None:
    procedure = a_procedure_row(database)
    agents = [an_instructor(database, procedure) for _ in range(2)]
    rows = [a_dossier_row(database, procedure, deposited_at=NOW) for _ in range(3)]
    a_dossier_row(database, procedure)
    for which, who, verb in steps:
        row, actor = rows[which], agents[who]
        try:
            if verb < len(VERBS):
                shown = perform(database, instruction.open_dossier, row.id, procedure.id, actor=actor).seen
                more = {} if verb < 2 else {"seen": shown, "reason": "Voilà."} if 4 <= verb < 7 else {"seen": shown}
                perform(database, VERBS[verb], row.id, actor=actor, now=NOW, **more)
            elif verb == 8:
                perform(database, archive, row.id, actor=actor)
            else:
                in_one(database, lambda db, id=row.id: dossiers.discard(db, db.get(DossierRow, id), NOW))
        except Refusal:
            pass
    for actor in agents:
        listed = perform(database, desk.tab, procedure.id, Tab.ALL, actor=actor).procedure.counts
        assert dict(listed) == recounted(database, procedure, actor)
        for tab in Tab:
            assert len(perform(database, desk.tab, procedure.id, tab, actor=actor).dossiers) == listed[tab]


def test_the_history_of_a_dossier_is_one_line_per_step(
    database: Database, procedure: ProcedureRow, agent: Actor, act: Act
) -> None:
    row = a_dossier_row(database, procedure, deposited_at=NOW)
    act(instruction.start_instruction, row.id, 1, actor=agent)
    with database.reading() as db:
        assert [t.event for t in dossiers.transitions(db, row.id or 0)] == [Event.SUBMIT, Event.START_INSTRUCTION]
        assert db.exec(select(func.count()).select_from(Follow).where(col(Follow.dossier_id) == row.id)).one() == 1
