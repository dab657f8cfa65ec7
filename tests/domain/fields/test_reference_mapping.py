"""What is taken over of an API's answer: lines that people write, lines that the editor writes, what an answer holds."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.fields.base import ColumnType
from dsbuilder.domain.fields.json_paths import LONGEST_EXAMPLE, MOST_LEAVES, Leaf, at, in_text, leaves, lists, steps
from dsbuilder.domain.fields.lookups import Ask, Register, Unavailable, Why
from dsbuilder.domain.fields.reference_answers import (
    Outcome,
    Tried,
    away,
    choices_in,
    tried_answer,
    tried_from_json,
    tried_search,
    tried_to_json,
)
from dsbuilder.domain.fields.reference_mapping import (
    TO_AGENTS,
    TO_ALL,
    TO_NOBODY,
    destination_of,
    read_filled,
    read_taken,
    sent_to,
)

PORT, LENGTH = Leaf("$.port.nom", "Belle-Rive", "string"), Leaf("$.longueur", "8.4", "decimal_number")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=25,
)


@pytest.mark.parametrize(
    ("line", "label", "type_", "for_all"),
    [
        ("Port = $.port.nom", "Port", ColumnType.TEXT, True),
        ("Longueur (decimal_number) = $.longueur", "Longueur", ColumnType.NUMBER, True),
        ("Note (agents) = $.note", "Note", ColumnType.TEXT, False),
        ("Né le (date, agents) = $.ne", "Né le", ColumnType.DATE, False),
    ],
)
def test_a_line_says_what_is_taken_over_and_for_whom(line: str, label: str, type_: ColumnType, for_all: bool) -> None:
    read = read_taken(line)
    assert read is not None
    assert (read.fact.label.fr, read.fact.type, read.fact.shown) == (label, type_, for_all)


@pytest.mark.parametrize("line", ["Port (date, boolean) = $.a", "Port (everyone) = $.a", "= $.a", "Port = a", ""])
def test_other_lines_are_not_read(line: str) -> None:
    assert read_taken(line) is None


def test_what_stands_somewhere_goes_to_one_place_alone() -> None:
    taken, filled = sent_to(PORT, TO_ALL, [], [])
    assert (taken, filled) == (["Nom = $.port.nom"], [])
    taken, filled = sent_to(LENGTH, TO_AGENTS, taken, filled)
    assert taken == ["Nom = $.port.nom", "Longueur (decimal_number, agents) = $.longueur"]
    taken, filled = sent_to(PORT, "12", taken, filled)
    assert (taken, filled) == (["Longueur (decimal_number, agents) = $.longueur"], ["12 = $.port.nom"])
    assert sent_to(LENGTH, "12", taken, filled) == ([], ["12 = $.longueur"])  # a question is filled by one thing
    assert sent_to(PORT, TO_NOBODY, taken, filled) == (taken, [])


def test_a_label_that_somebody_wrote_stays_in_its_place() -> None:
    lines = ["Le port (date) = $.port.nom", "ce qui ne se lit pas", "Autre = $.autre"]
    taken, _ = sent_to(PORT, TO_AGENTS, lines, [])
    assert taken == ["Le port (agents) = $.port.nom", "ce qui ne se lit pas", "Autre = $.autre"]


def test_two_things_of_one_name_are_told_apart() -> None:
    taken: list[str] = []
    for path in ("$.nom", "$.port.nom", "$.quai[0].nom", "$.quai[1].nom", "$.miseALEau", "$['a b']"):
        taken, _ = sent_to(Leaf(path, "", "string"), TO_ALL, taken, [])
    labels = [read.fact.label.fr for read in map(read_taken, taken) if read]
    assert labels == ["Nom", "Port nom", "Quai nom", "Quai nom 2", "Mise aleau", "A b"]


@given(
    st.lists(
        st.tuples(JSON.filter(lambda one: isinstance(one, dict)), st.sampled_from([TO_ALL, TO_AGENTS, TO_NOBODY, "7"])),
        max_size=4,
    )
)
def test_the_lines_of_the_editor_are_always_read_again(choices: list[tuple[Any, str]]) -> None:
    taken: list[str] = []
    filled: list[str] = []
    for answer, destination in choices:
        for leaf in leaves(answer):
            taken, filled = sent_to(leaf, destination, taken, filled)
            read = [one for one in map(read_taken, taken) if one]
            assert len({one.fact.name for one in read}) == len(read) == len(taken)
            assert destination_of(leaf.path, read, [one for one in map(read_filled, filled) if one]) == destination


# -- what an answer holds ------------------------------------------------------------------------------------------
@given(JSON)
def test_what_is_found_stands_where_its_path_says(answer: Any) -> None:
    found = leaves(answer)
    assert len(found) <= MOST_LEAVES
    for leaf in found:
        assert in_text(at(answer, steps(leaf.path)))[:LONGEST_EXAMPLE] == leaf.example
    for path in lists(answer):
        assert isinstance(at(answer, steps(path)), list)


@given(JSON)
def test_what_a_try_showed_is_read_back_as_it_was_kept(answer: Any) -> None:
    ask = Ask(Register.REFERENCE, ("a",), "", (("value", "$.id"), ("label", "$.nom")), "$")
    for tried in (tried_answer(answer, ("x (y)",)), tried_search(answer, ask), away(Unavailable(Why.SLOW))):
        kept = json.loads(json.dumps(tried_to_json(tried)))
        assert tried_from_json(kept) == tried
        assert tried.sentence.fr and tried.sentence.en


def test_types_are_guessed() -> None:
    answer = {"s": "a", "i": 1, "d": 1.5, "b": True, "day": "2020-01-02", "l": ["a", "b"], "o": [{"x": 1}, {"x": 2}]}
    assert [(leaf.path, leaf.type, leaf.example) for leaf in leaves(answer)] == [
        ("$.s", "string", "a"),
        ("$.i", "integer_number", "1"),
        ("$.d", "decimal_number", "1.5"),
        ("$.b", "boolean", "true"),
        ("$.day", "date", "2020-01-02"),
        ("$.l", "array", "a, b"),
        ("$.o[*].x", "array", "1, 2"),
    ]


def test_a_search_that_finds_no_list_says_where_lists_are() -> None:
    ask = Ask(Register.REFERENCE, ("a",), "", (("value", "$.id"), ("label", "$.nom")), "$.bateaux")
    assert tried_search({"data": {"rows": []}}, ask) == Tried(Outcome.NO_LIST, lists=("$.data.rows",))
    assert "$.data.rows" in tried_search({"data": {"rows": []}}, ask).sentence.fr
    assert tried_search({"bateaux": []}, ask).outcome is Outcome.NO_CHOICE
    assert tried_search(None, ask).outcome is Outcome.NOTHING
    assert tried_search({"bateaux": [{"id": 1, "nom": "a"}]}, ask).offered == ("a (1)",)
    assert choices_in({"bateaux": 3}, ask) is None


@pytest.mark.parametrize(
    "answer",
    [
        [{f"k{key}": 1 for key in range(60)}, *[{}] * 100_000],
        {"a": [{"b": [{f"k{key}": 1 for key in range(60)}, *[{}] * 300]}] * 300},
    ],
)
def test_a_huge_answer_is_looked_at_in_part(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = 0

    class Counted(dict[str, Any]):
        def get(self, *arguments: Any) -> Any:
            nonlocal seen
            seen += 1
            return super().get(*arguments)

    def counted(one: Any) -> Any:
        if isinstance(one, list):
            return [counted(each) for each in one]
        return Counted({key: counted(value) for key, value in one.items()}) if isinstance(one, dict) else one

    assert len(leaves(counted(answer))) == MOST_LEAVES
    assert seen < 500_000
