"""Fields of kinds that are not built yet."""

from dataclasses import replace

import pytest

from tests.domain.fields.tables import a_field, of


@pytest.mark.parametrize(
    ("typename", "french"),
    [("TelepathieChampDescriptor", "Telepathie"), ("NouveauteChampDescriptor", "Nouveaute"), ("", "Champ à venir")],
)
def test_it_shows_the_name_of_what_was_imported(typename: str, french: str) -> None:
    field = replace(a_field("placeholder"), origin={"__typename": typename})
    assert field.type.named(field).fr == french


def test_it_forbids_publishing_and_says_what_to_do() -> None:
    field = replace(a_field("placeholder"), origin={"__typename": "DivinationChampDescriptor"})
    (problem,) = field.type.problems(field)
    assert "Divination" in problem.fr and "retirez-le" in problem.fr


def test_it_is_never_offered_nor_asked() -> None:
    assert not of("placeholder").offered
    assert not of("placeholder").asks
