"""Conditions in a département or a région: brought over, said, evaluated every way alike, proven, written elsewhere."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.condition_words import sentence
from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not, comparisons
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.interpreting import shown_plainly
from dsbuilder.domain.making_conditions import a_condition
from dsbuilder.domain.open_data import ImportedProcedure
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.proving import Outcome, Prover, Verdict
from dsbuilder.domain.rebase import rebase
from dsbuilder.domain.reference_conditions import condition_from_reference, condition_to_reference
from dsbuilder.domain.showing import showing
from dsbuilder.domain.xlsform_writing import write_xlsform
from tests.domain.conditioned import TODAY, conditioned, random_answers, telling_values
from tests.forms import a_field, a_form

IN, NOT_IN = Operator.IN_DEPARTMENT, Operator.NOT_IN_DEPARTMENT
IN_REGION, NOT_IN_REGION = Operator.IN_REGION, Operator.NOT_IN_REGION
LYING = (IN, NOT_IN, IN_REGION, NOT_IN_REGION)
KINDS = ("communes", "epci", "address", "departements", "regions")
WITHIN = KINDS[:3]  # those compared by where they lie
PLACES = tuple(a_field(id, kind, f"Lieu {id}") for id, kind in enumerate(KINDS, 1))
FIELDS = {field.id: field for field in PLACES}
IDS = {4200 + int(id): id for id in FIELDS}
STABLE = {id: stable for stable, id in IDS.items()}
FIXTURE = Path(__file__).parent / "reference_conditions" / "places.json"
UNKNOWN = ("quelque part", ["", "1 rue Haute", "", "Atlantide", ""], ["", "1 rue", "00000", "Nulle-Part", ""])
ABROAD = ["", "Rue Longue 4", "B-1000", "Bruxelles", "Belgique"]


def when(operator: Operator, operand: object = None, source: int = 1) -> Comparison:
    return Comparison(FieldId(source), operator, operand)  # type: ignore[arg-type]


def holds(kind: str, raw: Any, condition: Condition) -> bool:
    """Whether a condition on one answer holds: read term by term and compiled, which must agree."""
    source = a_field(1, kind)
    form = Revision((source, conditioned(a_field(2), condition)))
    answers = {} if raw is None else {"1": Answer(value=source.type.parse(raw, source.options))}
    shown = shown_plainly(form, answers, TODAY)
    assert showing(form, answers, TODAY) == shown
    return "2" in shown


# -- what holds ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "raw", "inside", "region"),
    [
        ("communes", "29200", "29", "53"), ("communes", "20000", "2A", "94"), ("communes", "97400", "974", "04"),
        ("communes", "Paris (75011)", "75", "11"), ("communes", "97150", "978", "978"),
        ("epci", "242900314", "29", "53"), ("epci", "Métropole du Grand Paris (92)", "92", "11"),
        ("address", "7 Rue des Tilleuls 29200 Belle-Rive", "29", "53"),
        ("address", ["", "1 cours Napoléon", "20 000", "Ajaccio", ""], "2A", "94"),
        ("address", ["", "1 rue", "97200", "Fort-de-France", "Martinique"], "972", "02"),
        ("address", ["", "Cedex", "75998", "Paris Cedex", ""], "75", "11"),
    ],
)  # fmt: skip
def test_a_known_place_is_in_or_outside(kind: str, raw: Any, inside: str, region: str) -> None:
    for code in (inside, "13"):
        assert holds(kind, raw, when(IN, code)) is (code == inside)
        assert holds(kind, raw, when(NOT_IN, code)) is (code != inside)
    for code in (region, "93"):
        assert holds(kind, raw, when(IN_REGION, code)) is (code == region)
        assert holds(kind, raw, when(NOT_IN_REGION, code)) is (code != region)


@pytest.mark.parametrize("operator", LYING)
@pytest.mark.parametrize(("kind", "raw"), [*((kind, None) for kind in WITHIN), *(("address", raw) for raw in UNKNOWN)])
def test_an_unknown_place_is_neither_in_nor_outside(kind: str, raw: Any, operator: Operator) -> None:
    assert not holds(kind, raw, when(operator, "29" if operator in (IN, NOT_IN) else "53"))
    assert holds(kind, raw, when(Operator.EMPTY)) is (raw is None)
    assert holds(kind, raw, when(Operator.FILLED)) is (raw is not None)


def test_abroad_is_outside_of_every_departement_but_its_own_and_of_every_region() -> None:
    assert holds("address", ABROAD, when(NOT_IN, "29")) and holds("address", ABROAD, when(IN, "99"))
    assert holds("address", ABROAD, when(NOT_IN_REGION, "53")) and holds(
        "departements", "99", when(NOT_IN_REGION, "53")
    )
    assert not holds("address", ABROAD, when(IN_REGION, "53"))


@pytest.mark.parametrize(
    ("kind", "raw", "condition", "expected"),
    [
        ("departements", "2A", when(Operator.EQ, "2A"), True),
        ("departements", "2A", when(Operator.NOT_EQ, "2B"), True),
        ("departements", "2A", when(IN_REGION, "94"), True),
        ("departements", "975", when(NOT_IN_REGION, "94"), True),
        ("departements", None, when(Operator.NOT_EQ, "2B"), False),
        ("departements", None, when(NOT_IN_REGION, "94"), False),
        ("departements", "974", when(Operator.ONE_OF, ("973", "974")), True),
        ("regions", "53", when(Operator.EQ, "53"), True),
        ("regions", None, when(Operator.NOT_EQ, "53"), False),
        ("pays", "BE", when(Operator.NOT_EQ, "FR"), True),
        ("pays", "BE", when(Operator.ONE_OF, ("BE", "LU")), True),
        ("pays", None, when(Operator.NOT_EQ, "FR"), False),
    ],
)
def test_an_official_list_is_compared_by_its_codes(kind: str, raw: Any, condition: Condition, expected: bool) -> None:
    assert holds(kind, raw, condition) is expected


@given(st.integers(0, 10**6))
def test_read_term_by_term_and_compiled_are_equal(seed: int) -> None:
    random = Random(seed)
    asked = tuple(a_field(id, random.choice(KINDS)) for id in range(1, 4))
    followed = tuple(conditioned(a_field(id), a_condition(asked, random)) for id in range(4, 8))
    form = Revision((*asked, *followed))
    for _ in range(4):
        answers = random_answers(form, random)
        assert showing(form, answers, TODAY) == shown_plainly(form, answers, TODAY)


def test_made_conditions_and_answers_reach_every_operator_and_places_that_nobody_knows() -> None:
    random = Random(1)
    made = [a_condition(PLACES, random) for _ in range(400)]
    used = {(one.source, one.operator) for condition in made for one in comparisons(condition)}
    assert {(field.id, operator) for field in PLACES for operator in field.type.operators} == used
    form = Revision((PLACES[2], conditioned(a_field(9), when(NOT_IN, "29", 3))))
    known = [PLACES[2].type.compared(value).department for value in telling_values(form, TODAY)[FieldId(3)]]
    assert {"29", "99", ""} < set(known)


# -- said ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("condition", "fr", "en"),
    [
        (when(IN, "29"), "est dans le département « 29 – Finistère »", "is in the département “29 – Finistère”"),
        (when(NOT_IN, "2A", 2), "n’est pas dans le département « 2A – Corse-du-Sud »", "is not in the département"),
        (when(IN_REGION, "53", 3), "est dans la région « Bretagne »", "is in the region “Bretagne”"),
        (when(NOT_IN_REGION, "04", 4), "n’est pas dans la région « La Réunion »", "is not in the region “La Réunion”"),
        (when(Operator.EQ, "974", 4), "est « 974 – La Réunion »", "is “974 – La Réunion”"),
        (when(Operator.NOT_EQ, "53", 5), "n’est pas « Bretagne »", "is not “Bretagne”"),
    ],
)
def test_it_is_said_in_both_languages(condition: Comparison, fr: str, en: str) -> None:
    said = sentence(condition, FIELDS)
    assert f"Si « Lieu {condition.source} » {fr}" in said.fr.replace("\u00a0", " ")
    assert f"If “Lieu {condition.source}” {en}" in said.en.replace("\u00a0", " ")


# -- the reference's terms -----------------------------------------------------------------------------------------
READ = All(
    (
        when(IN, "29"),
        when(NOT_IN, "2A", 2),
        AnyOf((when(IN_REGION, "53", 3), when(NOT_IN_REGION, "04", 4))),
        when(Operator.EQ, "974", 4),
        when(Operator.NOT_EQ, "53", 5),
    )
)


def test_it_is_brought_over_and_goes_out_again_the_same() -> None:
    written = json.loads(FIXTURE.read_text())
    assert condition_from_reference(written, IDS) == READ
    assert json.dumps(condition_to_reference(READ, FIELDS, STABLE)) == json.dumps(written)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (when(IN, "96"), "« Lieu 1 » est dans le département …"),
        (when(IN_REGION, "29", 2), "« Lieu 2 » est dans la région …"),
        (when(IN, "29", 5), "« Lieu 5 » est comparée comme elle ne peut pas l’être"),
        (when(Operator.EQ, "29019"), "« Lieu 1 » est comparée comme elle ne peut pas l’être"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(condition: Condition, words: str) -> None:
    with pytest.raises(Refused) as refused:
        condition_to_reference(condition, FIELDS, STABLE)
    assert words in refused.value.text.fr.replace("\u00a0", " ")


# -- proven --------------------------------------------------------------------------------------------------------
def outcome(kind: str, *terms: Condition) -> Outcome:
    form = Revision((a_field(1, kind), conditioned(a_field(2), All(terms))))
    found = Prover(form, TODAY).can_show(FieldId(2))
    if found.witness is not None:
        assert "2" in shown_plainly(form, found.witness, TODAY) & showing(form, found.witness, TODAY)
    return found


@pytest.mark.parametrize("kind", WITHIN)
@pytest.mark.parametrize(
    ("terms", "possible"),
    [
        ([when(IN, "29")], True),
        ([when(NOT_IN, "29")], True),
        ([when(IN, "29"), when(IN_REGION, "53")], True),
        ([when(NOT_IN, "29"), when(IN_REGION, "53")], True),
        ([when(NOT_IN, "2A"), when(NOT_IN, "2B"), when(IN_REGION, "94")], False),  # Corsica has no other
        ([when(IN, "29"), when(IN, "35")], False),
        ([when(IN, "29"), when(NOT_IN, "29")], False),
        ([when(IN, "29"), when(NOT_IN_REGION, "53")], False),
        ([when(IN, "29"), when(IN_REGION, "94")], False),
        ([when(IN_REGION, "53"), when(IN_REGION, "94")], False),
    ],
)
def test_what_can_hold_has_a_witness_and_what_cannot_is_proven(
    kind: str, terms: list[Condition], possible: bool
) -> None:
    assert outcome(kind, *terms).verdict is (Verdict.POSSIBLE if possible else Verdict.NEVER)


def test_only_an_address_may_lie_where_nobody_knows() -> None:
    nowhere = [when(Operator.FILLED), Not(when(IN, "29")), Not(when(NOT_IN, "29"))]
    found = outcome("address", *nowhere)
    assert found.witness is not None
    assert a_field(1, "address").type.compared(found.witness["1"].value).department == ""
    for kind in ("communes", "epci"):
        assert outcome(kind, *nowhere).verdict is Verdict.NEVER


# -- elsewhere -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "operator", "words"),
    [
        *((kind, operator, "« Lieu », que XLSForm ne sait pas demander") for kind in WITHIN for operator in LYING),
        ("departements", IN_REGION, "XLSForm ne sait pas dire « est dans la région »"),
        ("departements", NOT_IN_REGION, "XLSForm ne sait pas dire « n’est pas dans la région »"),
    ],
)
def test_an_xlsform_says_that_it_cannot_ask_where_something_lies(kind: str, operator: Operator, words: str) -> None:
    source = a_field(1, kind, "Lieu")
    condition = when(operator, "29" if operator in (IN, NOT_IN) else "53")
    written = write_xlsform(ImportedProcedure("Essai", "", (source, conditioned(a_field(2, "text", "Nom"), condition))))
    assert words in written.left_out[-1].why.fr.replace("\u00a0", " ")
    assert (written.left_out[-1].row, bool(written.left_out[-1].why.en)) == (2 if kind in WITHIN else 3, True)


def test_a_draft_that_follows_the_form_keeps_its_place_and_what_hangs_on_it() -> None:
    before = Revision((a_field(1, "communes"), conditioned(a_field(2), when(IN, "29"))))
    answers = {"1": Answer(value=PLACES[0].type.parse("29200", None)), "2": Answer(value="Camille")}
    other = Revision((a_field(3), a_field(1, "communes"), conditioned(a_field(2), when(IN_REGION, "53"))))
    followed = rebase(before, other, answers)
    assert not followed.entered_again
    assert "2" in showing(other, answers, TODAY)
    as_text = rebase(a_form(a_field(1, "communes")), a_form(a_field(1, "text")), {"1": answers["1"]})
    assert as_text.entered_again["1"] == Answer("Brest (29200)")
