"""Annotations: the fields of agents alone, beside what applicants are asked."""

from datetime import date

import pytest

from dsbuilder.domain import arranging
from dsbuilder.domain.arranging import Step
from dsbuilder.domain.checking_conditions import FindingKind, check
from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.differences import ChangeKind, differences
from dsbuilder.domain.documents import revision_from_json, revision_to_json
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.draft_log import command_from_json, command_to_json
from dsbuilder.domain.editing import Add, Move, Remove, apply, place_of
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.open_data import ImportedProcedure, read_procedure, write_procedure
from dsbuilder.domain.procedure import ANNOTATIONS, FieldId, Revision
from dsbuilder.domain.procedure_document import from_document, to_document
from dsbuilder.domain.publication import of_form
from dsbuilder.domain.scopes import sources_for
from dsbuilder.domain.showing import showing
from dsbuilder.domain.xlsform_writing import write_xlsform
from tests.domain.conditioned import conditioned
from tests.forms import a_field
from tests.strategies import next_ids

TODAY = date(2026, 3, 27)
ASKED = (
    a_field(1, "yes_no", "Un chien ?"),
    conditioned(a_field(2, "header_section", "Le chien"), Comparison(FieldId(1), Operator.EQ, True)),
    a_field(3, "text", "Son nom"),
    a_field(4, "repetition", "Visites", a_field(41, "integer_number", "Durée")),
)
PRIVATE = (
    conditioned(a_field(5, "yes_no", "Vacciné ?"), Comparison(FieldId(1), Operator.EQ, True)),
    conditioned(a_field(6, "text", "Remarque"), Comparison(FieldId(5), Operator.EQ, False)),
    a_field(7, "header_section", "Suite"),
    a_field(8, "repetition", "Contrôles", a_field(81, "text", "Quand")),
)
FORM = Revision(ASKED, "Chiens", "", PRIVATE)


def ids(revision: Revision) -> tuple[list[int], list[int]]:
    return [field.id for field in revision.fields], [field.id for field in revision.annotations]


# -- conditions ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, {"1", "7", "8"}),
        ({"1": True}, {"1", "2", "3", "4", "5", "7", "8"}),
        ({"1": True, "5": False}, {"1", "2", "3", "4", "5", "6", "7", "8"}),
        ({"1": False, "5": False}, {"1", "7", "8"}),
    ],
)
def test_an_annotation_depends_on_what_was_asked_and_on_earlier_annotations(answers, shown) -> None:
    given = {path: Answer(value=value) for path, value in answers.items()}
    assert showing(FORM, given, TODAY) == shown


def test_it_may_compare_every_root_question_and_earlier_annotations_only() -> None:
    assert [field.id for field in sources_for(FieldId(6), FORM)] == [1, 3, 5]
    assert [field.id for field in sources_for(FieldId(5), FORM)] == [1, 3]
    assert 3 not in {field.id for field in sources_for(FieldId(2), FORM)}


def test_a_question_cannot_depend_on_an_annotation() -> None:
    asked = (conditioned(ASKED[0], Comparison(FieldId(5), Operator.EQ, True)), *ASKED[1:])
    form = Revision(asked, "Chiens", "", (a_field(5, "yes_no", "Vacciné ?"),))
    found = {finding.field: finding for finding in check(form, TODAY).findings}
    assert found[FieldId(1)].kind is FindingKind.CANNOT_COMPARE
    assert "vient après" in found[FieldId(1)].text.fr


def test_what_is_wrong_with_an_annotation_forbids_publishing() -> None:
    form = Revision(ASKED, "Chiens", "", (a_field(5, "drop_down_list", "Avis"),))
    assert [obstacle.field for obstacle in of_form(form)] == [5]


# -- editing -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (Add(a_field(9), ANNOTATIONS, 1), ([1, 2, 3, 4], [5, 9, 6, 7, 8])),
        (Remove(FieldId(7)), ([1, 2, 3, 4], [5, 6, 8])),
        (Move(FieldId(3), ANNOTATIONS, 0), ([1, 2, 4], [3, 5, 6, 7, 8])),
        (Move(FieldId(6), None, 4), ([1, 2, 3, 4, 6], [5, 7, 8])),
        (Move(FieldId(81), ANNOTATIONS, 0), ([1, 2, 3, 4], [81, 5, 6, 7, 8])),
    ],
)
def test_a_command_and_its_inverse(command, expected) -> None:
    edited = apply(FORM, command_from_json(command_to_json(command)))
    assert ids(edited.revision) == expected
    assert apply(edited.revision, edited.inverse).revision == FORM


def test_a_block_cannot_be_put_into_one_of_the_annotations() -> None:
    with pytest.raises(Refused):
        apply(FORM, Move(FieldId(4), FieldId(8), 0))
    with pytest.raises(Refused):
        apply(FORM, Add(a_field(5), ANNOTATIONS, 0))


@pytest.mark.parametrize(
    ("id", "direction", "expected"),
    [
        (5, Step.DOWN, [6, 5, 7, 8]),
        (6, Step.UP, [6, 5, 7, 8]),
        (5, Step.UP, None),
        (81, Step.OUT, [5, 6, 7, 8, 81]),
        (7, Step.UP, None),
        (6, Step.OUT, None),
    ],
)
def test_an_annotation_steps_among_annotations(id, direction, expected) -> None:
    move = arranging.step(FORM, FieldId(id), direction)
    assert (move and ids(apply(FORM, move).revision)[1]) == expected


def test_a_new_one_stands_just_after_the_selected_one() -> None:
    assert place_of(FORM, FieldId(8)).parent == ANNOTATIONS
    assert arranging.after(FORM, FieldId(5), "text") == (ANNOTATIONS, 6)
    assert arranging.after(FORM, FieldId(81), "repetition") == (ANNOTATIONS, None)


# -- in and out ----------------------------------------------------------------------------------------------------
def test_they_are_kept_and_named_among_what_changed() -> None:
    assert revision_from_json(revision_to_json(FORM)) == FORM
    assert "annotations" not in revision_to_json(Revision(ASKED))
    moved = apply(FORM, Move(FieldId(3), ANNOTATIONS, 0)).revision
    assert [(one.kind, one.field) for one in differences(FORM, moved)] == [(ChangeKind.MOVED, 3)]


def test_our_document_and_open_data_carry_them() -> None:
    procedure = ImportedProcedure("Chiens", "", ASKED, annotations=PRIVATE)
    assert from_document(to_document(procedure)) == procedure
    bare = read_procedure(write_procedure(procedure), next_ids())
    assert [field.label for field in bare.annotations] == ["Vacciné ?", "Remarque", "Suite", "Contrôles"]
    assert write_procedure(read_procedure(write_procedure(bare), next_ids())) == write_procedure(bare)


def test_a_spreadsheet_says_that_it_cannot_take_them() -> None:
    left = write_xlsform(ImportedProcedure("Chiens", "", ASKED, annotations=PRIVATE)).left_out
    assert next(one.what for one in left if "agents" in one.why.fr).startswith("Vacciné ?")
