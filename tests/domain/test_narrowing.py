"""What an address says of a list, and what it cannot say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.desk import Tab
from dsbuilder.domain.fields.base import ColumnType
from dsbuilder.domain.narrowing import (
    HOW_LABELS,
    MOST_FILTERS,
    STATE,
    SUBMITTED,
    Filter,
    How,
    Narrowing,
    Sort,
    filter_of,
    narrowing_in,
    sought_columns,
    words_of,
)
from tests.forms import a_field, a_form
from tests.strategies import TYPES

FORM = a_form(
    a_field(1, label="Enseigne"),
    a_field(2, "integer_number", "Effectif"),
    a_field(3, "date", "Début"),
    a_field(4, "yes_no", "Travaux ?"),
    a_field(5, "checkbox", "J’atteste"),
    a_field(6, "drop_down_list", "Jour", drop_down_options=("Lundi", "Mardi")),
    a_field(7, "multiple_drop_down_list", "Jours", drop_down_options=("Lundi", "Mardi")),
    a_field(8, "piece_justificative", "Plan"),
    a_field(9, "repetition", "Enfants", a_field(10, "text", "Prénom"), a_field(11, "date", "Né le")),
    a_field(12, "drop_down_list", "Ville", drop_down_options=tuple(f"Ville {n}" for n in range(200))),
    a_field(13, "drop_down_list", "Autre", drop_down_options=("Lundi",), drop_down_other=True),
    a_field(14, "datetime", "Rendez-vous"),
)
COLUMNS = sought_columns(FORM)


def said(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """What remains of the words of an address."""
    return words_of(narrowing_in(FORM, Tab.ALL, pairs))


def test_every_sought_column_is_there_in_the_form_s_order_with_those_of_blocks() -> None:
    assert list(COLUMNS) == ["etat", "depose", *(f"{n}.value" for n in (1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14))]
    assert COLUMNS["10.value"].label.fr == "Enfants – Prénom"
    assert [key for key, column in COLUMNS.items() if not column.sorts] == ["etat", "7.value", "10.value", "11.value"]
    assert [key for key, column in COLUMNS.items() if column.blank_is_no] == ["5.value"]


def test_each_type_is_compared_in_its_way() -> None:
    hows = {key: [how.value for how in column.hows] for key, column in COLUMNS.items()}
    assert hows == {
        "etat": ["est"],
        "depose": ["entre"],
        "1.value": ["commence", "contient"],
        "2.value": ["entre"],
        "3.value": ["entre"],
        "4.value": ["est"],
        "5.value": ["est"],
        "6.value": ["est"],
        "7.value": ["est"],
        "10.value": ["commence", "contient"],
        "11.value": ["entre"],
        "12.value": ["commence", "contient"],  # too many to tick
        "13.value": ["commence", "contient"],  # anybody may have said anything
        "14.value": ["entre"],
    }
    assert set(HOW_LABELS) == set(How)


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.kind)
def test_every_column_of_every_type_can_be_compared(type_: object) -> None:
    for column in sought_columns(a_form(a_field(1, type_.kind))).values():  # type: ignore[attr-defined]
        assert column.hows and column.label.fr


@pytest.mark.parametrize(
    "pairs",
    [
        [("1.value.commence", "hôtel")],
        [("1.value.contient", "du ; cerf & co = 100 %")],
        [("2.value.entre", "-3..12.5")],
        [("2.value.entre", "..12")],
        [("3.value.entre", "2026-01-01..")],
        [("4.value.est", "true"), ("4.value.est", "false")],
        [("6.value.est", "Lundi"), ("6.value.est", "Mardi")],
        [("etat.est", "accepte"), ("depose.entre", "2026-01-01..2026-01-31")],
        [("10.value.commence", "zoé"), ("tri", "-2.value")],
        [("tri", "depose")],
    ],
)
def test_what_makes_sense_comes_back_as_it_was_said(pairs: list[tuple[str, str]]) -> None:
    assert said(*pairs) == pairs


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("2.value.entre", "12,50 .. 1 000"), ("2.value.entre", "12.5..1000")),
        (("2.value.entre", "9..1"), ("2.value.entre", "1..9")),
        (("3.value.entre", "2026-02-01..2026-01-01"), ("3.value.entre", "2026-01-01..2026-02-01")),
        (("2.value.entre", "douze..9"), ("2.value.entre", "..9")),
        (("1.value.commence", "  hôtel \n du  "), ("1.value.commence", "hôtel   du")),
    ],
)
def test_what_was_typed_is_read(given: tuple[str, str], kept: tuple[str, str]) -> None:
    assert said(given) == [kept]


@pytest.mark.parametrize(
    "pair",
    [
        ("1.value.est", "x"),  # a text is no list
        ("2.value.entre", "..",),
        ("2.value.entre", ""),
        ("2.value.entre", "nan..inf"),
        ("3.value.entre", "27/03/2026..hier"),
        ("4.value.est", "oui"),
        ("6.value.est", "Dimanche"),
        ("8.value.contient", "plan"),  # files are not sought
        ("99.value.est", "Lundi"),  # of another form
        ("6.other.est", "Lundi"),
        ("6.value", "Lundi"),
        ("6.value.est", ""),
        ("etat.est", "brouillon"),
        ("tri", "7.value"),
        ("tri", "etat"),
        ("tri", "10.value"),
        ("tri", "--2.value"),
        ("tri", "procedure_id"),
        ("tri", ""),
        ("statut", "tous"),
        ("1.value.commence", "\x00"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(pair: tuple[str, str]) -> None:
    assert said(pair) == []


def test_an_address_says_no_more_than_a_few_things() -> None:
    form = a_form(*(a_field(n) for n in range(1, 40)))
    pairs = [(f"{n}.value.commence", "a") for n in range(1, 40)]
    assert len(narrowing_in(form, Tab.ALL, pairs).filters) == MOST_FILTERS
    long = filter_of(COLUMNS["1.value"], How.BEGINS, ["x" * 5000])
    assert long is not None and len(long.values[0]) == 200
    assert filter_of(COLUMNS["4.value"], How.IS, ["true"] * 5000) == Filter(COLUMNS["4.value"], How.IS, ("true",))


@given(st.lists(st.tuples(st.sampled_from([*COLUMNS, "tri", "x"]).flatmap(
    lambda key: st.sampled_from([key, *(f"{key}.{how}" for how in How)])), st.text(max_size=30)), max_size=12))  # fmt: skip
def test_any_words_make_a_list_and_say_it_again(pairs: list[tuple[str, str]]) -> None:
    made = narrowing_in(FORM, Tab.FOLLOWED, pairs)
    assert narrowing_in(FORM, Tab.FOLLOWED, words_of(made)) == made
    assert made.tab is Tab.FOLLOWED


def test_the_columns_of_a_dossier_stand_before_those_of_its_form() -> None:
    assert STATE.type is ColumnType.CHOICE and "brouillon" not in STATE.choices
    assert narrowing_in(a_form(), Tab.ALL, [("tri", "-depose")]) == Narrowing(Tab.ALL, (), Sort(SUBMITTED, True))
