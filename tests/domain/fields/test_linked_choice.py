"""Two linked lists."""

from typing import Any

import pytest

from dsbuilder.domain.fields.linked_choice import Linked, LinkedLists
from tests.domain.fields.tables import a_field, of, parsed, refusal

LINES = ("--Licence--", "Droit", "Droit", "Lettres", "--Master--", "Droit", "--Doctorat--")
STUDIES = a_field("linked_drop_down_list", drop_down_options=LINES, drop_down_secondary_libelle="Mention")


def values(choices: Any) -> list[str]:
    """The values of choices."""
    return [choice.value for choice in choices]


def test_the_first_list_heads_the_second() -> None:
    assert values(STUDIES.type.choices(STUDIES.options, "fr")) == ["Licence", "Master", "Doctorat"]
    assert values(STUDIES.type.more_choices(STUDIES.options, Linked("Licence"))) == ["Droit", "Lettres"]
    assert values(STUDIES.type.more_choices(STUDIES.options, Linked("Doctorat"))) == []
    assert values(STUDIES.type.more_choices(STUDIES.options, None)) == []
    assert STUDIES.type.more_label(STUDIES.options) == "Mention"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (["Licence", "Lettres"], Linked("Licence", "Lettres")),
        (["Licence"], Linked("Licence")),
        ("Licence", Linked("Licence")),
        (["Licence", ""], Linked("Licence")),
        (["Master", "Droit"], Linked("Master", "Droit")),
        (["Master", "Lettres"], Linked("Master")),
        (["", "Lettres"], None),
        ([], None),
    ],
)
def test_a_second_choice_stays_only_under_its_first(raw: Any, value: Linked | None) -> None:
    assert parsed("linked_drop_down_list", raw, drop_down_options=LINES) == value


def test_a_first_choice_that_is_not_offered_is_refused() -> None:
    assert "Licence" in refusal("linked_drop_down_list", ["Capacité"], drop_down_options=LINES).fr


@pytest.mark.parametrize(
    ("value", "complete"),
    [(None, False), (Linked("Licence"), False), (Linked("Licence", "Droit"), True), (Linked("Doctorat"), True)],
)
def test_the_second_choice_is_required_where_there_is_one(value: Linked | None, complete: bool) -> None:
    assert STUDIES.type.is_complete(value, STUDIES.options) is complete


def test_it_is_shown_with_a_stroke() -> None:
    assert of("linked_drop_down_list").display(Linked("Licence", "Droit"), None) == "Licence / Droit"
    assert of("linked_drop_down_list").display(Linked("Doctorat"), None) == "Doctorat"


def test_it_gives_three_columns() -> None:
    columns = STUDIES.type.columns(STUDIES)
    read = {column.name: column.read(Linked("Licence", "Droit")) for column in columns}
    assert read == {"value": "Licence / Droit", "primary": "Licence", "secondary": "Droit"}
    assert [column.read(Linked("Doctorat")) for column in columns] == ["Doctorat", "Doctorat", None]


def test_a_heading_met_twice_is_one_choice() -> None:
    assert values(LinkedLists(("--A--", "1", "--B--", "2", "--A--", "3")).under("A").choices) == ["1", "3"]


def test_a_long_second_list_is_searched_within_its_first() -> None:
    schools = tuple(f"École {n}" for n in range(150))
    field = a_field("linked_drop_down_list", drop_down_options=("--Ain--", *schools, "--Nord--", "École 14 bis"))
    assert field.type.more_searched(field.options, Linked("Ain"))
    assert not field.type.more_searched(field.options, Linked("Nord"))
    assert field.type.more_choices(field.options, Linked("Ain")) == ()
    assert values(field.type.search(field.options, "ecole 149", within="Ain")) == ["École 149"]
    assert values(field.type.search(field.options, "14", within="Nord")) == ["École 14 bis"]
    assert values(field.type.search(field.options, "no")) == ["Nord"]
    assert field.type.search(field.options, "14", within="Paris") == ()


@pytest.mark.parametrize(
    ("lines", "french"),
    [((), "Ajoutez au moins une option"), (("Droit", "--Licence--", "Droit"), "avant elle une ligne")],
)
def test_lines_that_could_not_be_chosen_forbid_publishing(lines: tuple[str, ...], french: str) -> None:
    field = a_field("linked_drop_down_list", drop_down_options=lines)
    problems = [text.fr for text in field.type.problems(field)]
    assert len(problems) == 1
    assert french in problems[0] or not lines


def test_a_very_long_list_is_read_once() -> None:
    lines = tuple(line for n in range(100) for line in (f"--Département {n}--", *(f"École {m}" for m in range(450))))
    field = a_field("linked_drop_down_list", drop_down_options=lines)
    assert field.options.listed is field.options.listed
    assert field.options.listed.under("Département 7") is field.options.listed.under("Département 7")
