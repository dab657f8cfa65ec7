"""The keys that lists filter and sort by."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.attachment import AttachedFile
from dsbuilder.domain.fields.base import CATALOGUE, FieldType
from dsbuilder.domain.fields.choice import Other
from dsbuilder.domain.fields.linked_choice import Linked
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.sought import LENGTH, Sought, sought
from tests.strategies import TYPES, options_of, raws_of

TODAY = date(2026, 3, 27)
ROW_1, ROW_2 = "01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA2"


def a_field(kind: str, id: int = 1, children: tuple[Field, ...] = (), options: Any = None) -> Field:
    """A field of that kind."""
    return Field(FieldId(id), kind, "Libellé", options=options or CATALOGUE[kind].Options(), children=children)


def keys_of(kind: str, value: Any) -> list[tuple[str, Any]]:
    """The columns and what is compared of one answer."""
    found = sought(Revision((a_field(kind),)), {"1": Answer(value=value)}, TODAY)
    assert all((key.number is None) is not (key.text is None) for key in found)
    return [(key.column, key.text if key.number is None else key.number) for key in found]


@pytest.mark.parametrize(
    ("kind", "value", "keys"),
    [
        ("text", "  École\u00a0Élémentaire  du  Cœur ", [("value", "ecole elementaire du coeur")]),
        ("text", "L’ÎLE", [("value", "l'ile")]),
        ("text", "\u0301", []),
        ("textarea", "a" * 80, [("value", "a" * LENGTH)]),
        ("integer_number", -3, [("value", -3.0)]),
        ("decimal_number", Decimal("12.5"), [("value", 12.5)]),
        ("number", Decimal("12.5"), [("value", 12.5)]),
        ("date", date(2020, 6, 20), [("value", "2020-06-20")]),
        ("datetime", datetime(2020, 6, 20, 14, 30), [("value", "2020-06-20T14:30")]),  # noqa: DTZ001
        ("yes_no", False, [("value", 0.0)]),
        ("checkbox", True, [("value", 1.0)]),
        ("drop_down_list", "Été", [("value", "ete")]),
        ("drop_down_list", Other("Été"), [("value", "ete")]),
        ("drop_down_list", Other(""), []),
        ("multiple_drop_down_list", ("Lundi", "Mardi"), [("value", "lundi"), ("value", "mardi")]),
        (
            "linked_drop_down_list",
            Linked("Licence", "Droit"),
            [("value", "licence / droit"), ("primary", "licence"), ("secondary", "droit")],
        ),
        ("linked_drop_down_list", Linked("Licence"), [("value", "licence"), ("primary", "licence")]),
        ("civilite", "Mme", [("value", "mme")]),
        ("email", "Nom@exemple.fr", [("value", "nom@exemple.fr")]),
        ("piece_justificative", (AttachedFile(token="t", name="a.pdf", size=1, content_type=""),), []),
    ],
)
def test_what_is_compared_of_each_type(kind: str, value: Any, keys: list[tuple[str, Any]]) -> None:
    assert keys_of(kind, value) == keys


def test_several_values_of_one_column_have_positions() -> None:
    found = sought(Revision((a_field("multiple_drop_down_list"),)), {"1": Answer(value=("a", "b"))}, TODAY)
    assert [key.position for key in found] == [0, 1]


def test_what_did_not_parse_and_what_is_blank_have_no_key() -> None:
    form = Revision((a_field("date"), a_field("text", 2), a_field("header_section", 3)))
    assert sought(form, {"1": Answer(raw="demain"), "2": Answer(), "3": Answer(value="x")}, TODAY) == []


def test_rows_have_keys_of_their_own() -> None:
    form = Revision((a_field("repetition", 1, (a_field("text", 2),)),))
    rows = {f"1:{row}": Answer(value=True) for row in (ROW_1, ROW_2)}
    answers = {**rows, f"2:{ROW_1}": Answer(value="Un"), f"2:{ROW_2}": Answer(value="Deux")}
    assert sought(form, answers, TODAY) == [
        Sought(FieldId(2), "value", text="un", row=ROW_1),
        Sought(FieldId(2), "value", text="deux", row=ROW_2),
    ]


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.kind)
@given(drawn=st.data())
def test_any_answer_has_keys_that_a_database_can_keep(type_: FieldType, drawn: st.DataObject) -> None:
    options = drawn.draw(options_of(type_))
    try:
        value = type_.parse(drawn.draw(raws_of(type_, options)), options)
    except Invalid:
        return
    keys = sought(Revision((a_field(type_.kind, options=options),)), {"1": Answer(value=value)}, TODAY)
    assert len({(key.column, key.position) for key in keys}) == len(keys)
    for key in keys:
        assert key.text is None or (key.text and len(key.text) <= LENGTH and "\0" not in key.text)
        assert key.number is None or abs(key.number) < 1e16
