"""Editing a draft: who may, what is logged, and undoing when two people work at once."""

import pytest

from dsbuilder.actions import drafting, procedures
from dsbuilder.actions.context import perform
from dsbuilder.domain.arranging import Step
from dsbuilder.domain.errors import Forbidden, Invalid, NotFound, Refused
from dsbuilder.domain.people import ANONYMOUS, Actor
from dsbuilder.storage import procedures as stored
from dsbuilder.storage.database import Database
from tests.builders import an_actor, an_administrator, an_instructor, in_one


@pytest.fixture
def ines(database: Database) -> Actor:
    return an_administrator(database, "ines@example.fr")


@pytest.fixture
def number(database: Database, ines: Actor) -> int:
    return perform(database, procedures.create, "Inscription à la cantine", actor=ines)


@pytest.fixture
def marc(database: Database, number: int) -> Actor:
    """A second administrator of the same procedure."""
    actor = an_administrator(database, "marc@example.fr")
    in_one(database, stored.add_administrator, number, actor.account_id)
    return actor


def labels(database: Database, actor: Actor, number: int) -> list[str]:
    draft = perform(database, drafting.open_draft, number, actor=actor)
    return [field.label for field in draft.revision.walk()]


def added(database: Database, actor: Actor, number: int, label: str = "", kind: str = "text", **where) -> int:
    draft = perform(database, drafting.add, number, kind, where.get("parent"), where.get("before"), 0, actor=actor)
    if label:
        perform(database, drafting.change, number, draft.added, 0, label=label, actor=actor)
    return draft.added


# -- rights -------------------------------------------------------------------------------------------------------
EVERY_EDIT = {
    "open": (drafting.open_draft,),
    "since": (drafting.draft_since, 0),
    "history": (drafting.history,),
    "add": (drafting.add, "text", None, None, 0),
    "add after": (drafting.add_after, "text", 1, 0),
    "duplicate": (drafting.duplicate, 1, 0),
    "remove": (drafting.remove, 1, 0),
    "move": (drafting.move, 1, None, None, 0),
    "step": (drafting.move_a_step, 1, Step.UP, 0),
    "change": (drafting.change, 1, 0),
    "option": (drafting.set_option, 1, "max_files", "3", 0),
    "describe": (drafting.describe, 0),
    "undo": (drafting.undo, 0),
    "redo": (drafting.redo, 0),
}


@pytest.mark.parametrize("name", EVERY_EDIT)
def test_a_stranger_finds_nothing_and_an_agent_may_not_edit(database, number, name):
    action, *rest = EVERY_EDIT[name]
    for stranger in (ANONYMOUS, an_actor(database), an_administrator(database)):
        with pytest.raises(NotFound):
            perform(database, action, number, *rest, actor=stranger)
    agent = an_instructor(database, in_one(database, lambda db: db.get(stored.ProcedureRow, number)))
    with pytest.raises(Forbidden):
        perform(database, action, number, *rest, actor=agent)


def test_a_co_administrator_edits_the_same_draft(database, ines, marc, number):
    added(database, ines, number, "Nom")
    added(database, marc, number, "Prénom")
    assert labels(database, ines, number) == ["Nom", "Prénom"]


# -- what each edit does ------------------------------------------------------------------------------------------
def test_a_new_field_has_an_id_of_its_own(database, ines, number):
    first, second = added(database, ines, number), added(database, ines, number)
    assert first != second


def test_a_block_is_copied_with_new_ids(database, ines, number):
    block = added(database, ines, number, "Enfants", "repetition")
    added(database, ines, number, "Prénom", parent=block)
    draft = perform(database, drafting.duplicate, number, block, 0, actor=ines)
    assert labels(database, ines, number) == ["Enfants", "Prénom", "Enfants", "Prénom"]
    assert draft.added != block
    assert len({field.id for field in draft.revision.walk()}) == 4


def test_a_step_in_puts_a_question_into_the_block_above(database, ines, number):
    block = added(database, ines, number, "Enfants", "repetition")
    name = added(database, ines, number, "Prénom")
    draft = perform(database, drafting.move_a_step, number, name, Step.IN, 0, actor=ines)
    assert draft.revision.field(block).children[0].id == name


def test_a_label_is_cleaned_and_kept_on_one_line(database, ines, number):
    id = added(database, ines, number)
    perform(database, drafting.change, number, id, 0, label=" Nom\x00 du\nresponsable ", actor=ines)
    assert labels(database, ines, number) == ["Nom du responsable"]


def test_an_option_is_read_by_its_type(database, ines, number):
    id = added(database, ines, number, "Jour", "drop_down_list")
    draft = perform(database, drafting.set_option, number, id, "drop_down_options", "Lundi\nMardi\n", 0, actor=ines)
    assert draft.revision.field(id).options.drop_down_options == ("Lundi", "Mardi")


def test_an_option_out_of_its_limits_is_refused(database, ines, number):
    id = added(database, ines, number, "Justificatif", "piece_justificative")
    for name, raw in (("max_files", "99"), ("max_files", "deux"), ("no_such_option", "1")):
        with pytest.raises((Invalid, Refused)):
            perform(database, drafting.set_option, number, id, name, raw, 0, actor=ines)


def test_an_unknown_kind_is_refused(database, ines, number):
    with pytest.raises(Refused):
        perform(database, drafting.add, number, "no_such_kind", None, None, 0, actor=ines)


def test_an_edit_that_changes_nothing_is_not_logged(database, ines, number):
    id = added(database, ines, number, "Nom")
    before = perform(database, drafting.open_draft, number, actor=ines).sequence
    after = perform(database, drafting.change, number, id, before, label="Nom", actor=ines)
    assert after.sequence == before


def test_a_tab_is_told_what_others_touched_since(database, ines, marc, number):
    first, second = added(database, ines, number, "Nom"), added(database, ines, number, "Âge")
    seen = perform(database, drafting.open_draft, number, actor=ines).sequence
    perform(database, drafting.change, number, first, seen, label="Nom de famille", actor=marc)
    draft = perform(database, drafting.change, number, second, seen, label="Années", actor=ines)
    assert draft.touched.fields == {first, second}
    assert not draft.touched.structure


def test_a_new_question_goes_after_the_selected_one_or_before_another(database, ines, number):
    first, last = added(database, ines, number, "Nom"), added(database, ines, number, "Âge")
    perform(database, drafting.add_after, number, "text", first, 0, actor=ines)
    perform(database, drafting.add, number, "header_section", None, first, 0, actor=ines)
    assert labels(database, ines, number) == ["", "Nom", "", "Âge"]
    perform(database, drafting.move, number, last, None, first, 0, actor=ines)
    assert labels(database, ines, number) == ["", "Âge", "Nom", ""]


# -- undo, redo ---------------------------------------------------------------------------------------------------
def test_undo_and_redo_go_back_and_forth(database, ines, number):
    id = added(database, ines, number, "Nom")
    perform(database, drafting.remove, number, id, 0, actor=ines)
    assert labels(database, ines, number) == []
    perform(database, drafting.undo, number, 0, actor=ines)
    assert labels(database, ines, number) == ["Nom"]
    perform(database, drafting.undo, number, 0, actor=ines)
    assert labels(database, ines, number) == [""]
    perform(database, drafting.redo, number, 0, actor=ines)
    draft = perform(database, drafting.redo, number, 0, actor=ines)
    assert labels(database, ines, number) == []
    assert draft.can_undo and not draft.can_redo


def test_everyone_undoes_their_own_edits(database, ines, marc, number):
    first = added(database, ines, number, "Nom")
    added(database, marc, number, "Âge")
    perform(database, drafting.change, number, first, 0, label="Nom de famille", actor=ines)
    perform(database, drafting.undo, number, 0, actor=marc)
    assert labels(database, ines, number) == ["Nom de famille", ""]
    perform(database, drafting.undo, number, 0, actor=ines)
    assert labels(database, ines, number) == ["Nom", ""]


def test_undo_says_why_it_no_longer_applies(database, ines, marc, number):
    id = added(database, ines, number, "Nom")
    perform(database, drafting.remove, number, id, 0, actor=marc)
    with pytest.raises(Refused) as refused:
        perform(database, drafting.undo, number, 0, actor=ines)
    assert "n’est plus dans le formulaire" in refused.value.text.fr


def test_there_is_nothing_to_undo_in_a_new_draft(database, ines, number):
    for action in (drafting.undo, drafting.redo):
        with pytest.raises(Refused):
            perform(database, action, number, 0, actor=ines)


def test_a_new_edit_ends_what_may_be_redone(database, ines, number):
    added(database, ines, number)
    perform(database, drafting.undo, number, 0, actor=ines)
    assert perform(database, drafting.open_draft, number, actor=ines).can_redo
    added(database, ines, number)
    assert not perform(database, drafting.open_draft, number, actor=ines).can_redo


def test_the_history_names_what_was_edited_and_by_whom(database, ines, marc, number):
    id = added(database, ines, number, "Nom")
    perform(database, drafting.remove, number, id, 0, actor=marc)
    lines = perform(database, drafting.history, number, actor=ines)
    assert [(line.author, line.label) for line in lines] == [
        ("marc@example.fr", "Nom"),
        ("ines@example.fr", ""),
        ("ines@example.fr", ""),
    ]
