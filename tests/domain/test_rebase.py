"""A draft on a newer form: nothing answered is lost silently."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.answering import Asked, enter
from dsbuilder.domain.documents import answers_from_json, entry_of, entry_set_aside, set_aside_in
from dsbuilder.domain.dossier import Answer, Answers, SetAside
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.choice import Other
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.rebase import Fate, rebase
from tests.forms import a_field, a_form
from tests.strategies import TYPES, options_of, raws_of

ROW = "01JD2K3M4N5P6Q7R8S9TAVBWCX"
DAYS = {"drop_down_options": ("Lundi", "Mardi")}

# The reference's table, as its users know it: the kind, and the kinds that keep its answers.
REFERENCE = {
    "text": {"textarea", "formatted", "email", "phone", "decimal_number", "integer_number"},
    "textarea": {"text", "formatted"},
    "formatted": {"textarea", "text", "email", "phone"},
    "civilite": {"text", "textarea", "formatted"},
    "email": {"text", "textarea", "formatted"},
    "phone": {"text", "textarea", "formatted"},
    "integer_number": {"decimal_number", "text", "textarea", "formatted"},
    "decimal_number": {"integer_number", "text", "textarea", "formatted"},
    "date": {"datetime", "text", "textarea", "formatted"},
    "datetime": {"date", "text", "textarea", "formatted"},
    "checkbox": {"yes_no", "text", "textarea", "formatted"},
    "yes_no": {"checkbox", "text", "textarea", "formatted"},
    "drop_down_list": {"multiple_drop_down_list", "text", "textarea", "formatted"},
    "multiple_drop_down_list": {"drop_down_list", "text", "textarea", "formatted"},
}


BECOME_FORMATTED: tuple[tuple[str, Any, str], ...] = (
    ("text", "AB-12", "AB-12"),
    ("textarea", "un\ndeux", "un deux"),
    ("civilite", "Mme", "Mme"),
    ("email", "a@exemple.fr", "a@exemple.fr"),
    ("phone", "06 12 34 56 78", "06 12 34 56 78"),
    ("integer_number", 75001, "75001"),
    ("decimal_number", Decimal("12.5"), "12,5"),
    ("date", date(2026, 3, 1), "1er mars 2026"),
    ("datetime", datetime(2026, 3, 27, 14, 30), "27 mars 2026 à 14:30"),  # noqa: DTZ001
    ("checkbox", True, "Oui"),
    ("yes_no", False, "Non"),
    ("drop_down_list", "Lundi", "Lundi"),
    ("multiple_drop_down_list", ("Lundi", "Mardi"), "Lundi, Mardi"),
)


def after(before: Field, next: Field, answer: Answer) -> Answer:
    """The answer after its question changed, as it was where nothing is written over it."""
    return rebase(a_form(before), a_form(next), {"1": answer}).entered_again.get("1", answer)


@pytest.mark.parametrize(("kind", "kinds"), REFERENCE.items())
def test_a_kind_may_become_what_the_reference_lets_it_become(kind: str, kinds: set[str]) -> None:
    assert set(CATALOGUE[kind].may_become) == kinds


@pytest.mark.parametrize(
    ("kind", "value", "next_kind", "becomes"),
    [
        ("text", "12", "integer_number", 12),
        ("text", "12,5", "decimal_number", Decimal("12.5")),
        ("text", "a@exemple.fr", "email", "a@exemple.fr"),
        ("text", "06 12 34 56 78", "phone", "06 12 34 56 78"),
        ("textarea", "un\ndeux", "text", "un deux"),
        *((kind, value, "formatted", words) for kind, value, words in BECOME_FORMATTED),
        ("formatted", "AB-12", "text", "AB-12"),
        ("formatted", "a@exemple.fr", "email", "a@exemple.fr"),
        ("formatted", "06 12 34 56 78", "phone", "06 12 34 56 78"),
        ("civilite", "Mme", "text", "Mme"),
        ("email", "a@exemple.fr", "textarea", "a@exemple.fr"),
        ("phone", "06 12 34 56 78", "text", "06 12 34 56 78"),
        ("integer_number", 1250, "decimal_number", Decimal(1250)),
        ("integer_number", 75001, "text", "75001"),
        ("decimal_number", Decimal(12), "integer_number", 12),
        ("decimal_number", Decimal("12.5"), "text", "12,5"),
        ("number", Decimal("12.5"), "decimal_number", Decimal("12.5")),
        ("date", date(2026, 3, 27), "datetime", datetime(2026, 3, 27)),  # noqa: DTZ001
        ("date", date(2026, 3, 1), "text", "1er mars 2026"),
        ("datetime", datetime(2026, 3, 27, 14, 30), "text", "27 mars 2026 à 14:30"),  # noqa: DTZ001
        ("checkbox", True, "yes_no", True),
        ("checkbox", True, "text", "Oui"),
        ("yes_no", False, "checkbox", False),
        ("yes_no", False, "textarea", "Non"),
        ("drop_down_list", "Lundi", "multiple_drop_down_list", ("Lundi",)),
        ("drop_down_list", Other("Dimanche"), "text", "Dimanche"),
        ("multiple_drop_down_list", ("Lundi",), "drop_down_list", "Lundi"),
        ("multiple_drop_down_list", ("Lundi", "Mardi"), "text", "Lundi, Mardi"),
        ("multiple_drop_down_list", ("Lundi", "Mardi"), "textarea", "Lundi\nMardi"),
    ],
)
def test_an_answer_keeps_its_meaning_in_the_kinds_it_may_become(
    kind: str, value: Any, next_kind: str, becomes: Any
) -> None:
    assert after(listed(kind), listed(next_kind), Answer(value)) == Answer(becomes)


def listed(kind: str) -> Field:
    """A field of that kind that offers two days where it offers anything."""
    return a_field(1, kind, **(DAYS if "drop_down" in kind else {}))


@pytest.mark.parametrize(
    ("kind", "value", "next_kind", "answer"),
    [
        ("multiple_drop_down_list", ("Lundi", "Mardi"), "drop_down_list", Answer("Lundi", former="Lundi, Mardi")),
        (
            "datetime",
            datetime(2026, 3, 27, 14, 30),  # noqa: DTZ001
            "date",
            Answer(date(2026, 3, 27), former="27 mars 2026 à 14:30"),
        ),
        ("decimal_number", Decimal("12.5"), "integer_number", Answer(raw="12,5", former="12,5")),
        ("text", "douze", "integer_number", Answer(raw="douze", former="douze")),
        ("formatted", "AB-12", "email", Answer(raw="AB-12", former="AB-12")),
        ("phone", "06 12 34 56 78", "integer_number", Answer(former="06 12 34 56 78")),
        ("text", "x", "piece_justificative", Answer(former="x")),
        ("yes_no", True, "email", Answer(former="Oui")),
    ],
)
def test_what_no_longer_fits_whole_is_kept_in_words(kind: str, value: Any, next_kind: str, answer: Answer) -> None:
    assert after(listed(kind), listed(next_kind), Answer(value)) == answer


def test_files_whose_question_now_wants_words_are_named() -> None:
    file = {"token": "t", "name": "plan.pdf", "size": 3, "content_type": "application/pdf"}
    assert after(listed("piece_justificative"), listed("text"), Answer((file,))) == Answer(former="plan.pdf")


def test_an_unchanged_question_keeps_its_answer_wherever_it_went() -> None:
    old = a_form(a_field(1, "text"), a_field(2, "text"))
    new = a_form(a_field(2, "text", "Autre libellé"), a_field(1, "text", required=False), a_field(3, "text"))
    found = rebase(old, new, {"1": Answer("a"), "2": Answer("b")})
    assert (dict(found.entered_again), dict(found.set_aside), dict(found.fates)) == ({}, {}, {})


def test_a_choice_that_is_no_longer_offered_is_shown_with_its_error() -> None:
    old = a_field(1, "multiple_drop_down_list", drop_down_options=("A", "B", "C"))
    new = a_field(1, "multiple_drop_down_list", drop_down_options=("A", "C"))
    assert after(old, new, Answer(("A", "B"))) == Answer(raw=["A", "B"], former="A, B")
    assert after(old, new, Answer(("A", "C"))) == Answer(("A", "C"))


def test_a_second_list_that_lost_the_choice_is_said() -> None:
    old = a_field(1, "linked_drop_down_list", drop_down_options=("--Mer--", "Brest", "Nice"))
    new = a_field(1, "linked_drop_down_list", drop_down_options=("--Mer--", "Nice"))
    value = old.type.parse(["Mer", "Brest"], old.options)
    found = after(old, new, Answer(value))
    assert (found.value.primary, found.value.secondary) == ("Mer", "")
    assert "Brest" in found.former


def test_what_did_not_parse_before_may_parse_now() -> None:
    assert after(listed("integer_number"), listed("text"), Answer(raw="douze")) == Answer("douze")


def test_words_kept_from_one_change_outlive_the_next() -> None:
    first = after(listed("yes_no"), listed("email"), Answer(True))
    assert after(listed("email"), listed("phone"), first) == Answer(former="Oui")
    cut = after(listed("multiple_drop_down_list"), listed("drop_down_list"), Answer(("Lundi", "Mardi")))
    assert after(listed("drop_down_list"), listed("text"), cut) == Answer("Lundi", former="Lundi, Mardi")


def test_answers_to_questions_that_are_gone_are_set_aside_with_their_words() -> None:
    old = a_form(
        a_field(1, "text", "Nom"), a_field(2, "text"), a_field(3, "repetition", "Enfant", a_field(4, "text", "Prénom"))
    )
    answers = {"1": Answer("x"), f"3:{ROW}": Answer(True), f"4:{ROW}": Answer("Noé")}
    found = rebase(old, a_form(a_field(2, "text")), answers)
    assert found.set_aside == {"1": SetAside("Nom", "x"), f"4:{ROW}": SetAside("Enfant – Prénom", "Noé")}
    assert set(found.fates.values()) == {Fate.SET_ASIDE}


def test_a_question_that_left_its_block_starts_anew_and_its_rows_are_set_aside() -> None:
    old = a_form(a_field(3, "repetition", "Enfant", a_field(4, "text", "Prénom"), a_field(5)))
    new = a_form(a_field(3, "repetition", "Enfant", a_field(5)), a_field(4, "text", "Prénom"))
    found = rebase(old, new, {f"3:{ROW}": Answer(True), f"4:{ROW}": Answer("Noé"), f"5:{ROW}": Answer("x")})
    assert dict(found.set_aside) == {f"4:{ROW}": SetAside("Enfant – Prénom", "Noé")}


def test_what_was_set_aside_is_listed_from_the_document_until_the_question_comes_back() -> None:
    entry = entry_set_aside({"v": "x", "at": "2026-01-01"}, SetAside("Nom", "x"))
    document = {"1": entry, "2": {"v": "y"}, f"3:{ROW}": True}
    assert set_aside_in(a_form(a_field(2)), document) == (SetAside("Nom", "x"),)
    assert set_aside_in(a_form(a_field(1)), document) == ()
    assert answers_from_json(a_form(a_field(1)), document)["1"].value == "x"


# -- whatever the forms ---------------------------------------------------------------------------------------------
@st.composite
def changes(draw: st.DrawFn) -> tuple[Field, Field, Answer]:
    """A question, what it becomes, and any answer to the first."""
    before, next = (_a_question(draw) for _ in range(2))
    answer = enter(Asked("1", before), draw(raws_of(before.type, before.options)))
    return before, replace(next, id=FieldId(1)), answer


ENTERED = [t for t in TYPES if t.asks and t.control not in (Control.FILES, Control.ROWS)]


def _a_question(draw: st.DrawFn) -> Field:
    type_ = draw(st.sampled_from(ENTERED))
    return Field(FieldId(1), type_.kind, "Question", options=draw(options_of(type_)))


@given(changes())
def test_nothing_that_was_said_is_lost(change: tuple[Field, Field, Answer]) -> None:
    before, next, answer = change
    said = before.type.display(answer.value, before.options) if answer.raw is None else answer.raw
    found = after(before, next, answer)
    if not "".join(said if isinstance(said, list) else [str(said)]):
        assert not found.former
    elif found.raw is not None:
        assert found.value is None
        assert found.former or found == answer
    else:
        assert found.former or not next.type.is_blank(found.value) or next.type.display(found.value, next.options)


@given(changes())
def test_every_answer_that_can_be_converted_is_kept_and_kept_again_after_storage(
    change: tuple[Field, Field, Answer],
) -> None:
    before, next, answer = change
    found = after(before, next, answer)
    stored = answers_from_json(a_form(next), {"1": entry_of(next, found)})["1"]
    assert stored == found
    assert after(next, next, found) == found
    if next.kind in before.type.may_become and answer.value is not None:
        words = before.type.hand_over(answer.value, before.options)
        try:
            assert found.value == (next.type.parse(next.type.take_over(words), next.options) if words else None)
        except Invalid:
            assert found.raw is not None


@given(st.sampled_from(ENTERED).flatmap(lambda t: options_of(t).map(lambda o: Field(FieldId(1), t.kind, options=o))))
def test_the_same_question_keeps_every_answer(field: Field) -> None:
    answers: Answers = {"1": Answer("x"), "2": Answer("y")}
    assert not rebase(Revision((field,)), Revision((replace(field, label="Autre"),)), answers).entered_again
