"""Repeatable blocks."""

from dataclasses import replace

from tests.domain.fields.tables import a_field, of, refusal


def test_a_block_without_a_question_forbids_publishing() -> None:
    empty = a_field("repetition")
    assert [text.fr for text in empty.type.problems(empty)] == ["Ajoutez au moins une question à ce bloc."]
    filled = replace(empty, children=(a_field("text"),))
    assert filled.type.problems(filled) == []


def test_it_is_answered_by_its_rows_alone() -> None:
    assert "une ligne" in refusal("repetition", "Lundi").fr
    assert of("repetition").columns(a_field("repetition")) == []


def test_it_does_not_stand_in_another() -> None:
    assert not of("repetition").may_stand_in_rows
