"""What a check of conditions says before anyone fills the form."""

import re
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dsbuilder.domain.checking_conditions import Checked, Finding, FindingKind, cannot_compare_in, check
from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.interpreting import shown_plainly
from dsbuilder.domain.procedure import Field, Revision
from dsbuilder.domain.texts import Text
from tests.domain.conditioned import DAYS, TODAY, a_random_form, conditioned
from tests.forms import a_field
from tests.strategies import forms


def when(source: int, operator: Operator, operand: object = None) -> Comparison:
    """A comparison with one field."""
    return Comparison(FieldId(source), operator, operand)  # type: ignore[arg-type]


def checked(*fields: Field) -> Checked:
    """The check of a form of these fields."""
    return check(Revision(fields), TODAY)


def finding(*fields: Field) -> Finding:
    """The one thing found."""
    (found,) = checked(*fields).findings
    return found


def plain(text: Text) -> str:
    """The French with plain blanks."""
    return text.fr.replace("\u00a0", " ")


YES, NO = when(1, Operator.EQ, True), when(1, Operator.EQ, False)
ASKED = a_field(1, "yes_no", "Étage")


# -- what cannot be compared ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (when(9, Operator.FILLED), "n’est plus dans le formulaire"),
        (when(2, Operator.FILLED), "« Question 2 » compare « Question 2 »"),
        (when(3, Operator.FILLED), "« Question 3 », qui vient après"),
        (when(41, Operator.FILLED), "« Question 41 », qui se répète dans un bloc"),
        (when(5, Operator.FILLED), "« Question 5 », dont la réponse ne se compare pas"),
        (when(1, Operator.LESS, 3), "compare « Étage » d’une façon qui n’existe pas pour le type « Oui ou non »"),
        (when(1, Operator.EQ), "incomplète : dites avec quoi comparer après « Étage » est"),
        (when(6, Operator.EQ, "Dimanche"), "« Question 6 » à « Dimanche », qui n’est pas une de ses options"),
        (when(6, Operator.ONE_OF, ("Lundi", "Dimanche")), "à « Dimanche », qui n’est pas une de ses options"),
        (All((YES, AnyOf())), "groupe vide"),
        (Not(All()), "groupe vide"),
        (AnyOf(), "groupe vide"),
    ],
)
def test_what_cannot_be_compared_is_said(condition: Condition, words: str) -> None:
    block = a_field(4, "repetition", "", a_field(41))
    days = a_field(6, "drop_down_list", drop_down_options=DAYS)
    form = (ASKED, block, a_field(5, "explication"), days, conditioned(a_field(2), condition), a_field(3))
    found = finding(*form)
    assert (found.field, found.kind) == (2, FindingKind.CANNOT_COMPARE)
    assert words in plain(found.text)
    assert cannot_compare_in(Revision(form)) == {2: [found.text]}


def test_each_fault_is_said_once() -> None:
    twice = All((when(9, Operator.FILLED), when(8, Operator.FILLED), when(1, Operator.EQ)))
    assert [found.kind for found in checked(ASKED, conditioned(a_field(2), twice)).findings] == [
        FindingKind.CANNOT_COMPARE,
        FindingKind.CANNOT_COMPARE,
    ]


# -- what is proven ------------------------------------------------------------------------------------------------
def test_a_form_that_makes_sense_has_nothing_to_say() -> None:
    made = checked(ASKED, conditioned(a_field(2), YES))
    assert made.findings == ()
    assert set(made.witnesses) == {1, 2}
    assert made.witnesses[FieldId(2)]["1"].value is True


def test_a_condition_that_never_holds() -> None:
    found = finding(ASKED, conditioned(a_field(2), All((YES, NO))))
    assert found.kind is FindingKind.NEVER_HOLDS
    assert plain(found.text) == (
        "Cette condition n’est jamais vraie : « Étage » est « Oui » et « Étage » est « Non » s’excluent."
    )
    assert found.text.en == "This condition never holds: “Étage” is “Yes” and “Étage” is “No” exclude each other."


def test_a_condition_that_no_answer_meets() -> None:
    source = a_field(1, "integer_number", "Surface", max_number=100)
    found = finding(source, conditioned(a_field(2), when(1, Operator.GREATER, 300)))
    assert (
        plain(found.text)
        == "Cette condition n’est jamais vraie : aucune réponse acceptée ne vérifie « Surface » > 300."
    )


def test_a_field_that_never_shows_names_for_whom_each_demand_is() -> None:
    found = finding(
        ASKED,
        conditioned(a_field(2, "text", "Lequel"), YES),
        conditioned(a_field(3), All((NO, when(2, Operator.FILLED)))),
    )
    assert (found.field, found.kind) == (3, FindingKind.NEVER_SHOWS)
    assert "« Étage » est « Oui » (pour afficher « Lequel »)" in plain(found.text)
    assert "« Étage » est « Non » s’excluent" in plain(found.text).replace(
        " et « Étage » est « Oui » (pour afficher « Lequel »)", ""
    )
    assert "pour afficher « Question 3 »" not in plain(found.text)


def test_what_hangs_on_a_field_that_never_shows() -> None:
    never = conditioned(a_field(2, "text", "Lequel"), All((YES, NO)))
    first, second = checked(ASKED, never, conditioned(a_field(3), when(2, Operator.FILLED))).findings
    assert (first.field, second.field) == (2, 3)
    assert plain(second.text) == "Aucune réponse ne l’affiche : « Lequel » ne s’affiche jamais."


def test_what_stands_under_a_title_that_never_shows() -> None:
    title = conditioned(a_field(2, "header_section", "Travaux"), All((YES, NO)))
    found = checked(ASKED, title, a_field(3), conditioned(a_field(4), YES)).findings
    assert [(one.field, one.kind) for one in found] == [
        (2, FindingKind.NEVER_HOLDS),
        (3, FindingKind.UNDER_NEVER_SHOWN),
        (4, FindingKind.UNDER_NEVER_SHOWN),
    ]
    assert "« Travaux » ne s’affiche jamais" in plain(found[1].text)


def test_several_ways_that_all_fail_are_each_named_and_many_cut_short() -> None:
    ways = AnyOf(tuple(when(1, Operator.EQ, n) for n in range(200, 205)))
    found = finding(a_field(1, "integer_number", "Surface", max_number=100), conditioned(a_field(2), ways))
    three = [f"« Surface » = {n}" for n in (200, 201, 202)]
    said = " ; ".join(f"aucune réponse acceptée ne vérifie {one}" for one in three)
    assert plain(found.text) == f"Cette condition n’est jamais vraie : {said} …."
    said = "; ".join(f"no accepted answer meets “Surface” = {n}" for n in (200, 201, 202))
    assert found.text.en == f"This condition never holds: {said} …."


def test_three_ways_are_all_named() -> None:
    ways = AnyOf(tuple(when(1, Operator.EQ, n) for n in range(200, 203)))
    found = finding(a_field(1, "integer_number", "Surface", max_number=100), conditioned(a_field(2), ways))
    assert "…" not in found.text.fr


def test_a_condition_that_always_holds() -> None:
    either = AnyOf((when(1, Operator.EMPTY), when(1, Operator.FILLED)))
    found = finding(a_field(1, "text", "Nom"), conditioned(a_field(2), either))
    assert found.kind is FindingKind.ALWAYS_HOLDS
    assert "toujours vraie" in found.text.fr
    assert "non (« Nom » a une réponse)" in plain(found.text)


def test_the_condition_of_a_title_need_not_be_said_again_under_it() -> None:
    title = conditioned(a_field(2, "header_section", "Travaux"), YES)
    found = finding(ASKED, title, conditioned(a_field(3), YES))
    assert (found.field, found.kind) == (3, FindingKind.ALWAYS_HOLDS)
    assert "(pour afficher « Travaux »)" in plain(found.text)
    assert "Question 3" not in plain(found.text)


def test_a_condition_that_holds_once_answered() -> None:
    found = finding(ASKED, conditioned(a_field(2), AnyOf((YES, NO))))
    assert found.kind is FindingKind.HOLDS_ONCE_ANSWERED


def test_to_ask_whether_there_is_an_answer_is_not_to_hold_once_answered() -> None:
    assert checked(a_field(1), conditioned(a_field(2), when(1, Operator.FILLED))).findings == ()


def test_what_always_holds_only_because_another_field_never_shows_is_not_said_twice() -> None:
    never = conditioned(a_field(2, "text", "Lequel"), All((YES, NO)))
    found = finding(ASKED, never, conditioned(a_field(3), when(2, Operator.EMPTY)))
    assert found.field == 2


def test_what_no_answers_show_today_is_no_more_than_that() -> None:
    minor = All((when(1, Operator.LESS, "2000-01-01"), when(1, Operator.YOUNGER, (18, "years"))))
    found = finding(a_field(1, "date", "Naissance"), conditioned(a_field(2), minor))
    assert (found.field, found.kind) == (2, FindingKind.NOT_TODAY)
    assert found.text.fr.startswith("Aujourd’hui")
    assert "« Naissance » remonte à moins de 18 ans" in plain(found.text)
    assert "pour afficher" not in found.text.fr


def test_what_is_too_complex_is_said_not_to_be_known() -> None:
    many = tuple(f"Option {n}" for n in range(20))
    three = [when(1, Operator.INCLUDES, option) for option in many[:3]]
    others = [when(1, Operator.EXCLUDES, option) for option in many[3:12]]
    source = a_field(1, "multiple_drop_down_list", drop_down_options=many)
    found = finding(source, conditioned(a_field(2), All((*three, *others))))
    assert (found.field, found.kind) == (2, FindingKind.NOT_KNOWN)
    assert "trop complexe" in found.text.fr


# -- any form ------------------------------------------------------------------------------------------------------
@given(st.integers(0, 10**9))
@example(6155675)  # contradicts itself in no one place
def test_every_finding_is_a_sentence_and_every_witness_shows_its_field(seed: int) -> None:
    form = a_random_form(Random(seed))
    made = check(form, TODAY)
    for found in made.findings:
        assert found.text.fr.endswith(".") and found.text.en.endswith(".")
        assert not re.search("« | »| :|: \\.", found.text.fr)
    for id, answers in made.witnesses.items():
        assert id in {int(path.partition(":")[0]) for path in shown_plainly(form, answers, TODAY)}


@given(forms())
def test_any_form_can_be_checked(form: Revision) -> None:
    assert isinstance(check(form, TODAY), Checked)
