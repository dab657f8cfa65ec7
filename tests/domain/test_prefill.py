"""Links that answer questions: how parameters name them, what each kind takes, and why one is refused."""

import json
from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.answering import MAX_ROWS, rows_of
from dsbuilder.domain.fields.base import FieldType
from dsbuilder.domain.prefill import (
    MAX_PARAMETERS,
    Prefilled,
    examples,
    field_id_in,
    holds,
    parameter_for,
    query_of,
    read_parameters,
)
from dsbuilder.domain.procedure import FieldId, Revision
from tests.builders import NOW
from tests.forms import a_field, a_form
from tests.strategies import TYPES, forms

TODAY = date(2026, 11, 19)
DAYS = ("Lundi", "Mardi")
FORM = a_form(
    a_field(1, "text", "Nom"),
    a_field(2, "integer_number", "Effectif", max_number=30),
    a_field(3, "drop_down_list", "Jour", drop_down_options=DAYS),
    a_field(4, "multiple_drop_down_list", "Jours", drop_down_options=DAYS),
    a_field(5, "date", "Naissance", date_in_past=True),
    a_field(6, "repetition", "Enfants", a_field(7, "text", "Prénom"), a_field(8, "checkbox", "Inscrit")),
    a_field(9, "piece_justificative", "Plan"),
    a_field(10, "header_section", "Fin"),
)


def read(query: str, form: Revision = FORM) -> Prefilled:
    """What the query of a link says."""
    return read_parameters(form, parse_qsl(query, keep_blank_values=True), NOW, TODAY)


def values(found: Prefilled) -> dict[str, object]:
    """The answers at the root."""
    return {path: answer.value for path, answer in found.answers.items() if ":" not in path}


def rows(found: Prefilled) -> list[dict[str, object]]:
    """The rows of the block, by question."""
    told: dict[str, dict[str, object]] = {row: {} for row in rows_of(found.answers, FieldId(6))}
    for path, answer in found.answers.items():
        id, _, row = path.partition(":")
        if row and id != "6":
            told[row][id] = answer.value
    return list(told.values())


# -- names ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["champ_12", "champ_Q2hhbXAtMTI=", "champ_Q2hhbXAtMTI", parameter_for(FieldId(12)), "Q2hhbXAtMTI="]
)
def test_a_question_is_named_plainly_or_as_the_reference_does(name: str) -> None:
    assert field_id_in(name) == 12


@pytest.mark.parametrize(
    "name",
    ["champ_", "champ_é", "champ_-1", "champ_%%%", "champ_RG9zc2llci0xMg==", "champ_" + "9" * 40, "champ_Q2hhbXAt"],
)
def test_other_names_name_nothing(name: str) -> None:
    assert field_id_in(name) is None
    assert [one.name for one in read_parameters(FORM, [(name, "x")], NOW, TODAY).refused] == [name]


# -- answers -------------------------------------------------------------------------------------------------------
def test_each_kind_is_read_in_its_own_way() -> None:
    found = read("champ_1=Martin&champ_2=12&champ_3=Mardi&champ_4[]=Mardi&champ_4[]=Lundi&champ_5=1985-03-27&utm=x")
    assert found.refused == []
    assert values(found) == {"1": "Martin", "2": 12, "3": "Mardi", "4": DAYS, "5": date(1985, 3, 27)}
    assert found.count == 5
    assert values(read('champ_4=["Lundi"]')) == {"4": ("Lundi",)}
    assert values(read("champ_4=Lundi")) == {"4": ("Lundi",)}
    assert values(read("champ_1=")) == {}


@pytest.mark.parametrize(
    "query",
    [
        "champ_6[][champ_7]=Ana&champ_6[][champ_8]=true&champ_6[][champ_7]=Bob",
        'champ_6=[{"champ_7": "Ana", "champ_8": true}, {"champ_7": "Bob"}]',
        f"{parameter_for(FieldId(6))}[][{parameter_for(FieldId(7))}]=Ana&champ_6[][champ_8]=true&champ_6[][champ_7]=Bob",
    ],
)
def test_a_block_takes_rows(query: str) -> None:
    found = read(query)
    if query.startswith("champ_6"):
        assert rows(found) == [{"7": "Ana", "8": True}, {"7": "Bob"}]
    assert (found.refused, found.count) == ([], 3)


def test_who_is_concerned_may_be_said_too() -> None:
    found = read("identite_prenom=Ana&identite_nom=Martin&identite_genre=Mme&identite_age=3&identite_nom=Roux")
    assert found.person == {"first_name": "Ana", "last_name": "Roux", "civility": "Mme"}
    assert [one.name for one in found.refused] == ["identite_age"]


@pytest.mark.parametrize(
    ("query", "french"),
    [
        ("champ_99=x", "pas dans le formulaire"),
        ("champ_7=x", "nommez d’abord le bloc"),
        ("champ_2=beaucoup", "nombre entier"),
        ("champ_2=31", "inférieur ou égal à 30"),
        ("champ_3=Dimanche", "une des options"),
        ('champ_4=["Dimanche"]', "une des options"),
        ("champ_5=2031-01-01", "passée"),
        ("champ_5=hier", "date"),
        ("champ_1=a&champ_1=b", "une réponse"),
        ("champ_1[]=a&champ_1[]=b", "une réponse"),
        ("champ_1[x]=a", "bloc répétable"),
        ("champ_9=plan.pdf", "ne se préremplit pas"),
        ("champ_10=Fin", "ne se préremplit pas"),
        ("champ_6=Ana", "liste de lignes"),
        ("champ_6=[[", "liste de lignes"),
        ("champ_6=" + "[" * 9_000, "liste de lignes"),
        ("champ_6[0][champ_7]=Ana", "liste de lignes"),
        ("champ_6[][champ_1]=Ana", "pas dans le formulaire"),
        ("champ_6[][champ_8]=peut-être", "case"),
        ("champ_6=" + json.dumps([{}] * (MAX_ROWS + 1)), "200 lignes"),
        ("identite_genre=Dr", "Mme"),
        ("identite_nom=" + "x" * 101, "trop long"),
        ("champ_1=" + "x" * 100_001, "trop long"),
    ],
    ids=lambda value: value[:40],
)
def test_what_is_refused_has_its_reason(query: str, french: str) -> None:
    found = read(query)
    assert values(found) == {} and found.person == {}
    (refused,) = found.refused
    assert french in refused.text.fr
    assert refused.text.en != refused.text.fr


def test_a_wrong_answer_takes_no_other_along() -> None:
    found = read("champ_1=Martin&champ_2=beaucoup&champ_6[][champ_7]=Ana&champ_6[][champ_8]=peut-être")
    assert values(found) == {"1": "Martin"}
    assert rows(found) == [{"7": "Ana"}]
    assert [(one.label, one.name) for one in found.refused] == [
        ("Effectif", "champ_2"),
        ("Inscrit", "champ_6[][champ_8]"),
    ]


def test_a_dossier_that_has_all_of_it_is_known_again() -> None:
    link = "champ_1=Martin&champ_6[][champ_7]=Ana"
    there = read(link + "&champ_2=12").answers
    assert holds(there, read(link))
    assert not holds(there, read(link + "&champ_3=Lundi"))
    assert not holds(there, read("champ_1=Durand"))
    assert not holds(there, read("champ_6[][champ_7]=Bob"))


# -- examples ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("type_", [type_ for type_ in TYPES if type_.prefill_example], ids=lambda type_: type_.kind)
def test_the_example_of_every_type_is_read(type_: FieldType) -> None:
    lines = ("Lundi", "Mardi") if "drop_down" in type_.kind else ()
    form = a_form(a_field(1, type_.kind, "Question", **({"drop_down_options": lines} if lines else {})))
    (example,) = examples(form)
    assert type_.prefill_example.find(example.value) >= 0
    assert type_.prefill(type_.prefill_example, form.fields[0].options) is not None
    found = read(query_of((example,)), form)
    assert (found.refused, list(found.answers)) == ([], ["1"])


@given(forms())
def test_the_example_of_any_form_is_read_whole(form: Revision) -> None:
    listed = examples(form)
    found = read(query_of(listed), form)
    assert found.refused == []
    assert found.count == len(listed)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["champ_1", "champ_4[]", "champ_6", "champ_6[][champ_7]", "champ_6[", "identite_nom", "champ_"]
            )
            | st.text(max_size=12).map("champ_".__add__),
            st.text(max_size=30) | st.sampled_from(['[{"champ_7": {"a": []}}]', "null", "[1]", '[{"": 1}]', "true"]),
        ),
        max_size=6,
    )
)
def test_any_parameters_are_answers_or_refused(parameters: list[tuple[str, str]]) -> None:
    found = read_parameters(FORM, parameters, NOW, TODAY)
    assert all(one.text.fr for one in found.refused)


def test_no_more_parameters_are_read_than_a_form_may_need() -> None:
    assert len(read("&".join(["champ_99=x"] * 5_000)).refused) <= MAX_PARAMETERS
