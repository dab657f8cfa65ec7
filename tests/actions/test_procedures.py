"""Procedures as their administrators have them: list, making, importing, publishing, closing."""

import json
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from dsbuilder import clock
from dsbuilder.actions import drafting, procedures, publishing
from dsbuilder.actions.context import perform
from dsbuilder.domain.errors import Forbidden, Invalid, NotFound, Refused
from dsbuilder.domain.people import ANONYMOUS, PLATFORM, Actor
from dsbuilder.domain.procedure import FieldId, ProcedureState
from dsbuilder.domain.procedure_files import read_file
from dsbuilder.storage import procedures as stored
from dsbuilder.storage.database import Database
from tests.builders import NOW, a_dossier_row, an_actor, an_administrator, an_instructor, in_one

DEMO = Path(procedures.__file__).parents[1] / "demo" / "terrasse.json"


@pytest.fixture
def ines(database: Database) -> Actor:
    return an_administrator(database, "ines@example.fr")


@pytest.fixture
def number(database: Database, ines: Actor) -> int:
    return perform(database, procedures.create, "Inscription à la cantine", actor=ines, now=NOW)


def row_of(database: Database, number: int):
    return in_one(database, lambda db: db.get(stored.ProcedureRow, number))


def with_a_question(database: Database, actor: Actor, number: int, label: str = "Nom") -> int:
    id = perform(database, drafting.add, number, "text", None, None, 0, actor=actor).added
    perform(database, drafting.change, number, id, 0, label=label, actor=actor)
    return id


def imported(content: bytes):
    numbers = count(1)
    return read_file(content, lambda: FieldId(next(numbers)))


# -- rights -------------------------------------------------------------------------------------------------------
def test_only_administrators_make_and_list_procedures(database):
    for actor in (ANONYMOUS, an_actor(database)):
        for action, *rest in ((procedures.create, "Titre"), (procedures.import_procedures, ()),
                              (procedures.my_procedures,)):  # fmt: skip
            with pytest.raises(Forbidden):
                perform(database, action, *rest, actor=actor)


@pytest.mark.parametrize(
    ("action", "rest"),
    [
        (procedures.overview, ()),
        (procedures.set_detail, ("service", "Scolarité")),
        (publishing.readiness, ()),
        (publishing.publish, ("cantine",)),
        (publishing.close, ()),
    ],
)
def test_a_stranger_finds_nothing_and_an_agent_may_not(database, number, action, rest):
    for stranger in (ANONYMOUS, an_actor(database), an_administrator(database)):
        with pytest.raises(NotFound):
            perform(database, action, number, *rest, actor=stranger)
    agent = an_instructor(database, row_of(database, number))
    with pytest.raises(Forbidden):
        perform(database, action, number, *rest, actor=agent)


# -- making -------------------------------------------------------------------------------------------------------
def test_a_new_procedure_is_a_draft_with_its_maker_as_administrator_and_agent(database, ines, number):
    found = perform(database, procedures.overview, number, actor=ines)
    assert (found.title, found.state) == ("Inscription à la cantine", ProcedureState.DRAFT)
    assert (found.administrators, found.instructors, found.questions) == (1, 1, 0)


@pytest.mark.parametrize("title", ["", "  \n ", "x" * 3_000])
def test_a_procedure_has_a_title_of_reasonable_length(database, ines, title):
    with pytest.raises(Refused):
        perform(database, procedures.create, title, actor=ines)


def test_an_administrator_without_an_organisation_is_told_what_to_do(database):
    from dsbuilder.domain.people import Role

    lost = an_actor(database, roles=(Role.ADMINISTRATOR,))
    with pytest.raises(Refused) as refused:
        perform(database, procedures.create, "Titre", actor=lost)
    assert "organisation" in refused.value.text.fr


def test_an_imported_procedure_has_ids_of_this_installation_and_keeps_what_surrounds_it(database, ines):
    both = perform(database, procedures.import_procedures, imported(DEMO.read_bytes()) * 2, actor=ines)
    drafts = [perform(database, drafting.open_draft, number, actor=ines) for number in both]
    ids = [field.id for draft in drafts for field in draft.revision.walk()]
    assert len(ids) == len(set(ids)) == 30
    overview = perform(database, procedures.overview, both[0], actor=ines)
    assert overview.details.service == "Service du domaine public"
    assert overview.to_complete
    assert row_of(database, both[0]).details["zones"] == []


def test_at_most_fifty_are_imported_at_once(database, ines):
    with pytest.raises(Refused):
        perform(database, procedures.import_procedures, imported(DEMO.read_bytes()) * 51, actor=ines)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n....",
        DEMO.read_bytes()[:500],
        b"[" * 100_000,
        b'{"title": "x"}',
        b'{"title": 3, "revision": {"champDescriptors": []}}',
        b'{"title": "x", "revision": {"champDescriptors": [{"label": "x"}]}}',
        b'{"title": "\\u0000", "revision": {"champDescriptors": []}}',
        b"\x1f\x8b" + b"\x00" * 50,
        json.dumps({"title": "x", "revision": {"champDescriptors": [{"__typename": "T"}] * 6_000}}).encode(),
    ],
    ids=["empty", "image", "truncated", "deep", "no form", "title", "no kind", "null character", "gzip", "huge"],
)
def test_a_hostile_file_gets_a_sentence(content):
    with pytest.raises(Refused) as refused:
        imported(content)
    assert len(refused.value.text.fr) > 10


# -- the list -----------------------------------------------------------------------------------------------------
def test_the_list_shows_mine_the_last_changed_first(database, ines, number):
    later = perform(database, procedures.create, "Terrasses", actor=ines, now=NOW + timedelta(hours=1))
    perform(database, procedures.create, "D’une autre", actor=an_administrator(database))
    assert [one.number for one in perform(database, procedures.my_procedures, actor=ines)] == [later, number]
    perform(database, drafting.describe, number, 0, title="Cantine", actor=ines, now=NOW + timedelta(hours=2))
    found = perform(database, procedures.my_procedures, actor=ines)
    assert [(one.number, one.title) for one in found] == [(number, "Cantine"), (later, "Terrasses")]
    assert found[0].organisation == "Mairie de Sainte-Marie"


def test_the_list_counts_dossiers_and_those_that_wait(database, ines, number):
    with_a_question(database, ines, number)
    perform(database, publishing.publish, number, "cantine", actor=ines)
    for _ in range(2):
        a_dossier_row(database, row_of(database, number), deposited_at=NOW)
    a_dossier_row(database, row_of(database, number))
    (found,) = perform(database, procedures.my_procedures, actor=ines)
    assert (found.dossiers, found.waiting) == (2, 2)


# -- publishing ---------------------------------------------------------------------------------------------------
def test_publishing_freezes_the_draft(database, ines, number):
    with_a_question(database, ines, number)
    assert perform(database, publishing.publish, number, "Cantine", actor=ines) == "cantine"
    row = row_of(database, number)
    assert row.state == ProcedureState.PUBLISHED
    with_a_question(database, ines, number, "Âge")
    frozen = in_one(database, stored.revision, row.published_revision_id)
    assert [field["label"] for field in frozen.document["fields"]] == ["Nom"]
    assert perform(database, procedures.overview, number, actor=ines).has_changes


def test_what_forbids_publishing_is_said_and_nothing_is_published(database, ines, number):
    found = perform(database, publishing.readiness, number, actor=ines)
    assert [obstacle.text.fr for obstacle in found.obstacles] == ["Ajoutez au moins une question."]
    with pytest.raises(Refused):
        perform(database, publishing.publish, number, "cantine", actor=ines)
    assert row_of(database, number).state == ProcedureState.DRAFT


def test_a_placeholder_forbids_publishing_by_name(database, ines):
    document = {"title": "Association", "revision": {"champDescriptors": [
        {"__typename": "TelepathieChampDescriptor", "label": "Votre association", "required": True}]}}  # fmt: skip
    made = imported(json.dumps(document).encode())
    (number,) = perform(database, procedures.import_procedures, made, actor=ines)
    with_a_question(database, ines, number)
    found = perform(database, publishing.readiness, number, actor=ines)
    assert [obstacle.label for obstacle in found.obstacles] == ["Votre association"]
    with pytest.raises(Refused):
        perform(database, publishing.publish, number, "association", actor=ines)


def test_a_path_belongs_to_one_procedure(database, ines, number):
    with_a_question(database, ines, number)
    perform(database, publishing.publish, number, "cantine", actor=ines)
    other = perform(database, procedures.create, "Cantine", actor=ines)
    with_a_question(database, ines, other)
    assert perform(database, publishing.readiness, other, actor=ines).path == "cantine-2"
    with pytest.raises(Refused) as refused:
        perform(database, publishing.publish, other, "cantine", actor=ines)
    assert "cantine-2" in refused.value.text.fr
    perform(database, publishing.publish, other, "cantine-2", actor=ines)


@pytest.mark.parametrize("path", ["", "a", "../x", "été", "test"])
def test_a_path_must_fit_an_address(database, ines, number, path):
    with_a_question(database, ines, number)
    with pytest.raises(Invalid):
        perform(database, publishing.publish, number, path, actor=ines)


def test_the_next_publication_says_what_changes(database, ines, number):
    with_a_question(database, ines, number)
    perform(database, publishing.publish, number, "cantine", actor=ines)
    with_a_question(database, ines, number, "Âge")
    found = perform(database, publishing.readiness, number, actor=ines)
    assert (found.revision_number, [one.label for one in found.differences]) == (2, ["Âge"])
    perform(database, publishing.publish, number, found.path, actor=ines)
    again = perform(database, publishing.readiness, number, actor=ines)
    assert (again.revision_number, again.differences, again.has_changes) == (3, (), False)


def test_closing_takes_no_more_dossiers_and_publishing_opens_again(database, ines, number):
    with pytest.raises(Refused):
        perform(database, publishing.close, number, actor=ines)
    with_a_question(database, ines, number)
    perform(database, publishing.publish, number, "cantine", actor=ines)
    perform(database, publishing.close, number, actor=ines)
    assert perform(database, procedures.overview, number, actor=ines).state == ProcedureState.CLOSED
    perform(database, publishing.publish, number, "cantine", actor=ines)
    assert perform(database, procedures.overview, number, actor=ines).state == ProcedureState.PUBLISHED


def test_a_procedure_closes_by_itself_after_its_last_day(database, ines, number, now):
    with_a_question(database, ines, number)
    day = clock.local(now).date()
    perform(database, procedures.set_detail, number, "closes_on", day.isoformat(), actor=ines, now=now)
    perform(database, publishing.publish, number, "cantine", actor=ines, now=now)
    for later, state in ((timedelta(), ProcedureState.PUBLISHED), (timedelta(days=1), ProcedureState.CLOSED)):
        perform(database, publishing.close_overdue, actor=PLATFORM, now=now + later)
        assert perform(database, procedures.overview, number, actor=ines).state == state
    tomorrow = now + timedelta(days=1)
    with pytest.raises(Refused):
        perform(database, publishing.publish, number, "cantine", actor=ines, now=tomorrow)
    perform(database, procedures.set_detail, number, "closes_on", "", actor=ines, now=tomorrow)
    perform(database, publishing.publish, number, "cantine", actor=ines, now=tomorrow)
    perform(database, publishing.close_overdue, actor=PLATFORM, now=tomorrow)
    assert perform(database, procedures.overview, number, actor=ines).state == ProcedureState.PUBLISHED


def test_a_last_day_that_is_past_is_refused(database, ines, number, now):
    with pytest.raises(Refused):
        perform(database, procedures.set_detail, number, "closes_on", "0002-09-30", actor=ines, now=now)


def test_a_detail_is_set_one_at_a_time(database, ines, number):
    perform(database, procedures.set_detail, number, "service", " Scolarité ", actor=ines)
    perform(database, procedures.set_detail, number, "months_kept", "12", actor=ines)
    details = perform(database, procedures.overview, number, actor=ines).details
    assert (details.service, details.months_kept) == ("Scolarité", 12)
    with pytest.raises(Refused):
        perform(database, procedures.set_detail, number, "months_kept", "x", actor=ines)
