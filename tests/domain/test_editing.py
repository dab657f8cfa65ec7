"""Editing a form: each command does what it says, refuses what does not fit, and its inverse leads back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsbuilder.domain import editing
from dsbuilder.domain.conditions import ALWAYS, Comparison
from dsbuilder.domain.documents import revision_to_json
from dsbuilder.domain.draft_log import command_from_json, command_to_json
from dsbuilder.domain.editing import Add, Change, Command, Describe, Move, Remove, apply
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.procedure import FieldId, Revision
from tests.domain.arranged_form import FORM, field, order
from tests.strategies import conditions

OFFERED = [kind for kind, type_ in CATALOGUE.items() if type_.offered]


# -- what each command does ---------------------------------------------------------------------------------------
def test_a_field_is_added_where_it_should_stand():
    after = apply(FORM, Add(field(7), None, 2)).revision
    assert order(after) == [1, 2, 7, 3, 31, 32, 4, 5, 6]


def test_a_field_is_added_into_a_block():
    after = apply(FORM, Add(field(7), FieldId(3), 1)).revision
    assert order(after) == [1, 2, 3, 31, 7, 32, 4, 5, 6]


def test_an_index_past_the_end_means_the_end():
    assert order(apply(FORM, Add(field(7), None, 99)).revision)[-1] == 7


def test_a_block_is_removed_and_comes_back_with_its_children():
    edited = apply(FORM, Remove(FieldId(3)))
    assert order(edited.revision) == [1, 2, 4, 5, 6]
    assert apply(edited.revision, edited.inverse).revision == FORM


def test_a_field_moves_into_a_block_and_out_of_it():
    into = apply(FORM, Move(FieldId(2), FieldId(3), 0)).revision
    assert order(into) == [1, 3, 2, 31, 32, 4, 5, 6]
    assert order(apply(into, Move(FieldId(31), None, 0)).revision) == [31, 1, 3, 2, 32, 4, 5, 6]


def test_the_index_of_a_move_counts_without_what_moves():
    assert order(apply(FORM, Move(FieldId(2), None, 2)).revision) == [1, 3, 31, 32, 2, 4, 5, 6]


def test_a_change_sets_only_what_it_names():
    after = apply(FORM, Change(FieldId(2), label="Nom")).revision.field(FieldId(2))
    assert (after.label, after.kind, after.required) == ("Nom", "text", True)


def test_one_option_changes_and_the_others_stay():
    first = apply(FORM, Change(FieldId(5), options={"drop_down_options": ["Lundi", "Mardi"]})).revision
    second = apply(first, Change(FieldId(5), options={"drop_down_other": True})).revision
    options = second.field(FieldId(5)).options
    assert options.drop_down_options == ("Lundi", "Mardi")
    assert options.drop_down_other is True


def test_a_new_kind_keeps_the_choices_that_it_understands_too():
    with_choices = apply(FORM, Change(FieldId(5), options={"drop_down_options": ["Lundi"]})).revision
    edited = apply(with_choices, Change(FieldId(5), kind="multiple_drop_down_list"))
    assert edited.revision.field(FieldId(5)).options.drop_down_options == ("Lundi",)
    assert apply(edited.revision, edited.inverse).revision == with_choices


def test_what_asks_nothing_is_never_required():
    assert apply(FORM, Change(FieldId(2), kind="explication")).revision.field(FieldId(2)).required is False
    assert apply(FORM, Change(FieldId(1), required=True)).revision.field(FieldId(1)).required is False


def test_a_condition_is_set_and_taken_away():
    filled = Comparison(FieldId(2), Operator.FILLED)
    edited = apply(FORM, Change(FieldId(5), condition=filled))
    assert edited.revision.field(FieldId(5)).condition == filled
    assert apply(edited.revision, Change(FieldId(5), condition=ALWAYS)).revision == FORM
    assert apply(edited.revision, edited.inverse).revision == FORM


def test_the_source_of_a_condition_may_be_removed_and_the_condition_stays():
    filled = Comparison(FieldId(2), Operator.FILLED)
    revision = apply(FORM, Change(FieldId(5), condition=filled)).revision
    assert apply(revision, Remove(FieldId(2))).revision.field(FieldId(5)).condition == filled


def test_the_conditions_of_a_copied_block_speak_of_the_copies():
    filled = Comparison(FieldId(31), Operator.FILLED)
    block = apply(FORM, Change(FieldId(32), condition=filled)).revision.field(FieldId(3))
    numbers = iter((103, 131, 132))
    copy = editing.copy_of(block, lambda: FieldId(next(numbers)))
    assert [child.id for child in copy.children] == [131, 132]
    assert copy.children[1].condition == Comparison(FieldId(131), Operator.FILLED)


def test_title_and_description_belong_to_the_form():
    edited = apply(FORM, Describe(title="Cantine"))
    assert edited.revision.title == "Cantine"
    assert apply(edited.revision, edited.inverse).revision == FORM


def test_a_copy_has_new_ids_throughout():
    ids = iter((90, 91, 92))
    copy = editing.copy_of(FORM.field(FieldId(3)), lambda: FieldId(next(ids)))
    assert [copy.id, *(child.id for child in copy.children)] == [90, 91, 92]


# -- what is refused ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "command",
    [
        Remove(FieldId(99)),
        Move(FieldId(99), None, 0),
        Change(FieldId(99), label="x"),
        Add(field(7), FieldId(99), 0),
        Add(field(2), None, 0),
        Add(field(7, "text", field(31)), None, 0),
        Add(field(7), FieldId(2), 0),
        Add(field(7, "repetition"), FieldId(3), 0),
        Move(FieldId(3), FieldId(3), 0),
        Change(FieldId(2), kind="no_such_kind"),
        Change(FieldId(3), kind="text"),
        Change(FieldId(2), options={"drop_down_options": ["x"]}),
        Change(FieldId(2), label="x" * 3_000),
        Describe(description="x" * 30_000),
    ],
    ids=lambda command: type(command).__name__,
)
def test_a_command_that_does_not_fit_is_refused(command):
    with pytest.raises(Refused):
        apply(FORM, command)


def test_a_form_holds_5000_items_at_most():
    full = Revision(tuple(field(n) for n in range(1, editing.MAX_FIELDS + 1)))
    with pytest.raises(Refused):
        apply(full, Add(field(9_999), None, 0))


# -- undoing ------------------------------------------------------------------------------------------------------
ids = st.sampled_from([1, 2, 3, 31, 32, 4, 5, 6, 77]).map(FieldId)
parents = st.one_of(st.none(), st.sampled_from([2, 3]).map(FieldId))
indexes = st.integers(0, 8)
commands = st.one_of(
    st.builds(Add, st.builds(field, st.integers(100, 140), st.sampled_from(OFFERED)), parents, indexes),
    st.builds(Remove, ids),
    st.builds(Move, ids, parents, indexes, st.integers(1, 3)),
    st.builds(
        Change,
        ids,
        label=st.one_of(st.none(), st.text(max_size=5)),
        required=st.one_of(st.none(), st.booleans()),
        kind=st.one_of(st.none(), st.sampled_from(OFFERED)),
    ),
    st.builds(Change, ids, condition=st.just(ALWAYS) | conditions(st.sampled_from([1, 2, 32]))),
    st.builds(Change, ids, options=st.just({"drop_down_options": ["Lundi", "Mardi"]})),
    st.builds(Describe, title=st.text(max_size=5)),
)


def canonical(revision: Revision) -> str:
    return json.dumps(revision_to_json(revision), sort_keys=True)


def done(revision: Revision, command: Command) -> tuple[Revision, list[Command]]:
    """The next revision and how to come back; nothing when the command is refused. Both pass through JSON."""
    try:
        edited = apply(revision, command_from_json(json.loads(json.dumps(command_to_json(command)))))
    except Refused:
        return revision, []
    return edited.revision, [command_from_json(json.loads(json.dumps(command_to_json(edited.inverse))))]


@settings(max_examples=300, deadline=None)
@given(st.lists(commands, max_size=15))
def test_undoing_any_edits_in_turn_gives_the_same_bytes_back(made):
    revision, inverses = FORM, []
    for command in made:
        revision, inverse = done(revision, command)
        inverses += inverse
    for inverse in reversed(inverses):
        revision = apply(revision, inverse).revision
    assert canonical(revision) == canonical(FORM)


@settings(max_examples=200, deadline=None)
@given(commands)
def test_redoing_what_was_undone_gives_the_same_bytes_again(command):
    after, inverses = done(FORM, command)
    for inverse in inverses:
        undone = apply(after, inverse)
        assert canonical(apply(undone.revision, undone.inverse).revision) == canonical(after)


@settings(max_examples=200, deadline=None)
@given(commands)
def test_a_command_loses_nothing_in_json(command):
    assert command_from_json(json.loads(json.dumps(command_to_json(command)))) == command
