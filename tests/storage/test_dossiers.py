"""Who finds which dossier, where it lies on the desk, and how many there are."""

from datetime import datetime, timedelta

import pytest

from dsbuilder.domain.desk import Pile, Tab
from dsbuilder.domain.dossier import DossierState, Event
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.people import ANONYMOUS, Actor
from dsbuilder.domain.permissions import Relation
from dsbuilder.storage import dossiers, lists, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.paging import Cursor
from dsbuilder.storage.tables import DossierRow, ProcedureRow
from tests.builders import a_dossier_row, a_procedure_row, an_actor, an_administrator, an_instructor, in_one


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return a_procedure_row(database, path="cantine")


def change(
    database: Database, actor: Actor, number: int | None, work: object, *args: object, **kwargs: object
) -> DossierRow:
    """Do `work` to the dossier as an agent finds and holds it."""
    with database.transaction() as db:
        row = dossiers.get(db, actor, number or 0, lock=True)
        work(db, row, *args, **kwargs)  # type: ignore[operator]
    return row


def numbers(page: lists.Page[lists.Listed]) -> list[int]:
    return [listed.number for listed in page.items]


# -- who finds it -------------------------------------------------------------------------------------------------
def test_a_draft_is_its_owners_alone(database: Database, procedure: ProcedureRow) -> None:
    owner, agent = an_actor(database), an_instructor(database, procedure)
    row = a_dossier_row(database, procedure, owner)
    with database.reading() as db:
        assert dossiers.get(db, owner, row.id or 0).id == row.id
        for stranger in (agent, an_actor(database), ANONYMOUS):
            with pytest.raises(NotFound):
                dossiers.get(db, stranger, row.id or 0)


def test_a_deposited_one_is_found_by_its_owner_and_the_agents_of_its_group(
    database: Database, procedure: ProcedureRow, now: datetime
) -> None:
    owner, agent = an_actor(database), an_instructor(database, procedure)
    elsewhere = an_instructor(database, a_procedure_row(database, path="ailleurs"))
    row = a_dossier_row(database, procedure, owner, deposited_at=now)
    with database.reading() as db:
        assert dossiers.relations(db, owner, row) == {Relation.ANYONE, Relation.SIGNED_IN, Relation.OWNER}
        assert dossiers.relations(db, agent, row) == {Relation.ANYONE, Relation.SIGNED_IN, Relation.INSTRUCTOR}
        assert dossiers.relations(db, ANONYMOUS, row) == {Relation.ANYONE}
        for stranger in (elsewhere, an_administrator(database)):
            with pytest.raises(NotFound):
                dossiers.get(db, stranger, row.id or 0)


def test_a_discarded_one_is_found_by_nobody_and_counted_nowhere(
    database: Database, procedure: ProcedureRow, now: datetime
) -> None:
    owner, agent = an_actor(database), an_instructor(database, procedure)
    row = a_dossier_row(database, procedure, owner, deposited_at=now)
    change(database, owner, row.id, dossiers.discard, now)
    with database.reading() as db:
        for actor in (owner, agent):
            with pytest.raises(NotFound):
                dossiers.get(db, actor, row.id or 0)
        assert lists.counts_by_tab(db, agent, procedure.id or 0)[Tab.ALL] == 0


# -- where it lies ------------------------------------------------------------------------------------------------
def test_counts_follow_a_dossier_through_its_life(database: Database, procedure: ProcedureRow, now: datetime) -> None:
    agent, colleague = an_instructor(database, procedure), an_instructor(database, procedure)
    row = a_dossier_row(database, procedure, deposited_at=now)

    def counted(actor: Actor) -> tuple[int, ...]:
        with database.reading() as db:
            tabs = lists.counts_by_tab(db, actor, procedure.id or 0)
            for tab in Tab:
                assert len(lists.of_instructor(db, actor, procedure.id or 0, tab).items) == tabs[tab]
        return tuple(tabs[tab] for tab in Tab)

    assert counted(agent) == (1, 0, 0, 1)
    assert change(database, agent, row.id, dossiers.follow, agent.account_id, now).pile == Pile.FOLLOWED
    assert (counted(agent), counted(colleague)) == ((0, 1, 0, 1), (0, 0, 0, 1))
    change(database, agent, row.id, dossiers.follow, colleague.account_id, now)
    change(database, agent, row.id, dossiers.unfollow, agent.account_id)
    assert (counted(agent), counted(colleague)) == ((0, 0, 0, 1), (0, 1, 0, 1))
    under, accepted = DossierState.UNDER_INSTRUCTION, DossierState.ACCEPTED
    as_agent = {"account_id": agent.account_id, "now": now}
    change(database, agent, row.id, dossiers.change_state, Event.START_INSTRUCTION, under, **as_agent)
    change(database, agent, row.id, dossiers.change_state, Event.ACCEPT, accepted, reason="Complet.", **as_agent)
    assert counted(colleague) == (0, 0, 1, 1)
    assert change(database, agent, row.id, dossiers.archive, True).pile == Pile.ARCHIVED
    assert counted(colleague) == (0, 0, 0, 0)
    reopened = change(database, agent, row.id, dossiers.change_state, Event.REOPEN, under, **as_agent)
    assert (reopened.pile, reopened.reason, reopened.processed_at) == (Pile.FOLLOWED, "", None)
    assert counted(colleague) == (0, 1, 0, 1)
    with database.reading() as db:
        events = [transition.event for transition in dossiers.transitions(db, row.id or 0)]
        assert lists.counts_by_state(db, procedure.id or 0)["en_instruction"] == 1
    assert events == [Event.SUBMIT, Event.START_INSTRUCTION, Event.ACCEPT, Event.REOPEN]


def test_an_agent_counts_each_procedure_apart(database: Database, procedure: ProcedureRow, now: datetime) -> None:
    agent = an_instructor(database, procedure)
    other = a_procedure_row(database, path="medaille")
    in_one(database, procedures.add_instructor, other.id, agent.account_id)
    for filed in (procedure, procedure, other):
        a_dossier_row(database, filed, deposited_at=now)
    with database.reading() as db:
        found = {number: tabs[Tab.ALL] for number, tabs in lists.counts(db, agent).items()}
        assert lists.counts(db, an_actor(database)) == {}
    assert found == {procedure.id: 2, other.id: 1}


# -- lists --------------------------------------------------------------------------------------------------------
def test_a_list_is_walked_forth_and_back(database: Database, procedure: ProcedureRow, now: datetime) -> None:
    agent = an_instructor(database, procedure)
    same_instant = [a_dossier_row(database, procedure, deposited_at=now) for _ in range(3)]
    later = [a_dossier_row(database, procedure, deposited_at=now + timedelta(minutes=n)) for n in (1, 2)]
    newest_first = [row.id for row in reversed(same_instant + later)]
    seen: list[list[int]] = []
    with database.reading() as db:
        page = lists.of_instructor(db, agent, procedure.id or 0, Tab.ALL, None, 2)
        assert page.preceding is None
        seen.append(numbers(page))
        while page.following:
            page = lists.of_instructor(db, agent, procedure.id or 0, Tab.ALL, Cursor.read(str(page.following)), 2)
            seen.append(numbers(page))
        back: list[list[int]] = [numbers(page)]
        while page.preceding:
            page = lists.of_instructor(db, agent, procedure.id or 0, Tab.ALL, Cursor.read(str(page.preceding)), 2)
            back.insert(0, numbers(page))
    assert [number for numbers in seen for number in numbers] == newest_first
    assert back == seen


def test_an_empty_list_has_no_other_page(database: Database, procedure: ProcedureRow) -> None:
    with database.reading() as db:
        assert lists.of_instructor(db, an_instructor(database, procedure), procedure.id or 0, Tab.ALL) == lists.Page(())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "_",
        "x_1",
        "2026-11-19T09:30:00_1",
        "2026-11-19T09:30:00+00:00_x",
        "2026-11-19T09:30:00+00:00_99999999999999999999",
        "0001-01-01T00:00:00+14:00_1",
    ],
)
def test_a_cursor_that_means_nothing_is_no_cursor(text: str) -> None:
    assert Cursor.read(text) is None


def test_an_applicant_lists_their_own_last_changed_first(
    database: Database, procedure: ProcedureRow, now: datetime
) -> None:
    applicant = an_actor(database)
    first, second = (a_dossier_row(database, procedure, applicant) for _ in range(2))
    a_dossier_row(database, procedure)
    in_one(database, dossiers.patch_answer, first.id, "1", True, now + timedelta(hours=1))
    with database.reading() as db:
        page = lists.of_applicant(db, applicant)
    assert numbers(page) == [first.id, second.id]
    assert page.items[0].procedure_title == procedure.title


def test_a_search_finds_by_number_and_by_the_beginning_of_an_address(
    database: Database, procedure: ProcedureRow, now: datetime
) -> None:
    agent = an_instructor(database, procedure)
    camille, other = an_actor(database, "camille.martin@example.fr"), an_actor(database, "zoe@example.fr")
    filed = a_dossier_row(database, procedure, camille, deposited_at=now)
    a_dossier_row(database, procedure, other, deposited_at=now)
    draft = a_dossier_row(database, procedure, camille)
    elsewhere = a_dossier_row(database, a_procedure_row(database, path="b"), camille, deposited_at=now)

    def found(words: str) -> list[int]:
        with database.reading() as db:
            return [listed.number for listed in lists.search(db, agent, procedure.id or 0, words)]

    assert found(str(filed.id)) == found(" Camille.Mart") == found("camille.martin@example.fr") == [filed.id]
    assert found(str(draft.id)) == found(str(elsewhere.id)) == found("") == found("9" * 40) == found("%") == []


def test_the_neighbours_of_a_dossier_are_those_of_its_list(
    database: Database, procedure: ProcedureRow, now: datetime
) -> None:
    agent = an_instructor(database, procedure)
    rows = [a_dossier_row(database, procedure, deposited_at=now + timedelta(minutes=n)) for n in range(3)]
    with database.reading() as db:
        around = [lists.neighbours(db, agent, procedure.id or 0, Tab.TO_FOLLOW, row) for row in rows]
    assert around == [(rows[1].id, None), (rows[2].id, rows[0].id), (None, rows[1].id)]
