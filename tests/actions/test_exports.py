"""Exports hold what their agent may see, as it is listed, a page at a time."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from dsbuilder.actions import depositing, exports, filing, filling, instruction
from dsbuilder.actions.context import perform
from dsbuilder.actions.export_files import ExportFile
from dsbuilder.actions.listing import Wanted
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.documents import revision_to_json
from dsbuilder.domain.errors import Forbidden, NotFound, Refusal
from dsbuilder.domain.people import ANONYMOUS, Actor
from dsbuilder.storage import dossiers, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, GroupMember, InstructorGroup, ProcedureRow
from tests.builders import (
    NOW,
    a_dossier_row,
    a_procedure_row,
    an_actor,
    an_administrator,
    an_instructor,
    in_one,
)
from tests.databases import statements
from tests.forms import a_field, a_form, an_open_procedure

CHILD = a_field(3, label="Prénom")
FIELDS = (a_field(1, label="Enseigne"), a_field(2, "repetition", "Enfants", CHILD, required=False))


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return an_open_procedure(database, *FIELDS)


@pytest.fixture
def agent(database: Database, procedure: ProcedureRow) -> Actor:
    return an_instructor(database, procedure, "ines@mairie.example")


def a_deposit(database: Database, enseigne: str, *names: str, minutes: int = 0) -> int:
    """A dossier filled and deposited as a citizen does it."""
    citizen, now = an_actor(database), NOW + timedelta(minutes=minutes)
    number = perform(database, filing.start, "cantine", actor=citizen, now=now)
    perform(database, filing.identify, number, "Mme", "Camille", "Martin", actor=citizen, now=now)
    perform(database, filling.answer, number, "1", enseigne, actor=citizen, now=now)
    for name in names:
        path = perform(database, filling.add_row, number, "2", actor=citizen, now=now)
        row = max(one.rpartition(":")[2] for one in path.answers if one.startswith("2:"))
        perform(database, filling.answer, number, f"3:{row}", name, actor=citizen, now=now)
    perform(database, depositing.submit, number, actor=citizen, now=now)
    return number


def exported(
    database: Database, procedure: int, actor: Actor, wanted: Wanted | None = None, size: int = 200
) -> dict[str, list[list[str]]]:
    """The lines of each file, as a program reads them."""
    wanted = wanted or Wanted()
    file = ExportFile(perform(database, exports.begin, procedure, "fr", actor=actor), "fr")
    page = perform(database, exports.page, procedure, wanted, size=size, actor=actor)
    content = file.add(page.dossiers)
    while page.following:
        page = perform(database, exports.page, procedure, wanted, page.following, size=size, actor=actor)
        content += file.add(page.dossiers)
    content += b"".join(file.end())
    if not file.name.endswith(".zip"):
        return {file.name: lines(content)}
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return {name: lines(opened.read(name)) for name in opened.namelist()}


def lines(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def under(table: Sequence[Sequence[str]], head: str) -> list[str]:
    place = table[0].index(head)
    return [line[place] for line in table[1:]]


def test_the_dossiers_and_the_rows_of_each_block_are_written(
    database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    first = a_deposit(database, "=cmd|' /C calc'!A0")
    second = a_deposit(database, "Librairie ; du « Port »\nSuite", "Tom", "Zoé", minutes=1)
    files = exported(database, procedure.id or 0, agent)
    assert list(files) == ["dossiers.csv", "enfants-2.csv"]
    main = files["dossiers.csv"]
    assert under(main, "Numéro de dossier") == [str(second), str(first)]
    assert under(main, "Enseigne") == ["Librairie ; du « Port » Suite", "'=cmd|' /C calc'!A0"]
    assert under(main, "Déposé le") == ["2026-11-19 10:31", "2026-11-19 10:30"]  # as the clocks of the territory say
    assert files["enfants-2.csv"] == [
        ["Numéro de dossier", "Ligne", "Prénom"],
        [str(second), "1", "Tom"],
        [str(second), "2", "Zoé"],
    ]


def test_a_form_without_blocks_gives_one_file(database: Database) -> None:
    procedure = an_open_procedure(database, a_field(1, label="Enseigne"))
    agent = an_instructor(database, procedure)
    a_deposit(database, "Hôtel du Cerf")
    files = exported(database, procedure.id or 0, agent)
    assert list(files) == ["dossiers-inscription-a-la-cantine.csv"]
    assert under(next(iter(files.values())), "Enseigne") == ["Hôtel du Cerf"]


def test_pages_follow_each_other_without_loss_in_the_list_s_order(
    database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    numbers = [a_dossier_row(database, procedure, deposited_at=NOW + timedelta(minutes=n)).id for n in range(7)]
    for wanted in (Wanted(), Wanted(pairs=[("tri", "1.value")]), Wanted(pairs=[("tri", "depose")])):
        main = exported(database, procedure.id or 0, agent, wanted, size=2)["dossiers.csv"]
        found = [int(number) for number in under(main, "Numéro de dossier")]
        assert found == (numbers if ("tri", "depose") in wanted.pairs else numbers[::-1])


def test_a_tab_its_filters_and_a_search_are_what_is_written(
    database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    hotel, baths = a_deposit(database, "Hôtel du Cerf"), a_deposit(database, "Bains douches", minutes=1)
    perform(database, instruction.follow, hotel, actor=agent)

    def found(wanted: Wanted) -> list[str]:
        return under(exported(database, procedure.id or 0, agent, wanted)["dossiers.csv"], "Numéro de dossier")

    assert found(Wanted(Tab.FOLLOWED)) == [str(hotel)]
    assert found(Wanted(Tab.TO_FOLLOW)) == [str(baths)]
    assert found(Wanted(pairs=[("1.value.commence", "hotel")])) == [str(hotel)]
    assert found(Wanted(words=str(baths))) == [str(baths)]
    assert found(Wanted(words="personne d’autre")) == []


def test_a_page_takes_as_many_statements_for_one_dossier_as_for_forty(
    database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    a_deposit(database, "Hôtel du Cerf", "Tom")
    exported(database, procedure.id or 0, agent)

    def counted() -> int:
        with statements(database) as found:
            perform(database, exports.page, procedure.id, Wanted(), actor=agent)
        return len(found)

    few = counted()
    for minute in range(40):
        a_dossier_row(database, procedure, deposited_at=NOW + timedelta(minutes=minute))
    assert counted() == few <= 7


def test_a_form_that_changed_keeps_what_was_asked_before(
    database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    a_deposit(database, "Hôtel du Cerf")
    newer = revision_to_json(a_form(a_field(4, label="Commune")))
    with database.transaction() as db:
        row = db.get_one(ProcedureRow, procedure.id)
        procedures.publish(db, row, path="cantine", document=newer, publisher_id=None, now=NOW)
    main = exported(database, procedure.id or 0, agent)["dossiers.csv"]
    assert main[0][-2:] == ["Commune", "Enseigne"]
    assert under(main, "Enseigne") == ["Hôtel du Cerf"]


# -- who may ------------------------------------------------------------------------------------------------------
def test_only_the_agents_of_a_procedure_may_export_it(
    database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    a_deposit(database, "Hôtel du Cerf")
    elsewhere = an_instructor(database, a_procedure_row(database, path="ailleurs"))
    administrator = an_administrator(database)
    own = a_procedure_row(database, administrator)
    for actor, number in ((elsewhere, procedure.id), (an_actor(database), procedure.id), (ANONYMOUS, procedure.id)):
        for action, more in ((exports.begin, ("fr",)), (exports.page, (Wanted(),))):
            with pytest.raises(NotFound):
                perform(database, action, number, *more, actor=actor)
    with pytest.raises(Forbidden):
        perform(database, exports.page, own.id, Wanted(), actor=administrator)
    assert perform(database, exports.page, procedure.id, Wanted(), actor=agent).dossiers


def test_drafts_deleted_dossiers_and_other_groups_are_left_out(
    database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    kept, gone, others = (a_deposit(database, name) for name in ("Un", "Deux", "Trois"))
    perform(database, filing.start, "cantine", actor=an_actor(database))
    with database.transaction() as db:
        group = InstructorGroup(procedure_id=procedure.id or 0, label="Rennes")
        db.add(group)
        db.flush()
        db.get_one(DossierRow, others).group_id = group.id
        dossiers.discard(db, db.get_one(DossierRow, gone), NOW)
    for wanted in (Wanted(), Wanted(pairs=[("1.value.contient", "o")]), Wanted(words=str(others))):
        main = exported(database, procedure.id or 0, agent, wanted)["dossiers.csv"]
        assert str(others) not in under(main, "Numéro de dossier")
    assert under(exported(database, procedure.id or 0, agent)["dossiers.csv"], "Numéro de dossier") == [str(kept)]
    in_one(database, lambda db: db.add(GroupMember(group_id=group.id or 0, account_id=agent.account_id or 0)))
    assert len(exported(database, procedure.id or 0, agent)["dossiers.csv"]) == 3


def test_an_agent_taken_out_between_two_pages_gets_no_more(
    database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    for minute in range(3):
        a_dossier_row(database, procedure, deposited_at=NOW + timedelta(minutes=minute))
    first = perform(database, exports.page, procedure.id, Wanted(), size=2, actor=agent)
    in_one(database, procedures.remove_instructor, procedure.id, agent.account_id)
    with pytest.raises(Refusal):
        perform(database, exports.page, procedure.id, Wanted(), first.following, size=2, actor=agent)


def test_what_waits_on_the_disk_is_let_go(database: Database, procedure: ProcedureRow, agent: Actor) -> None:
    file: Any = ExportFile(perform(database, exports.begin, procedure.id, "fr", actor=agent), "fr")
    file.close()
    assert all(waiting.closed for waiting in file._waiting)
