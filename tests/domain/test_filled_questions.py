"""What a register says fills questions that are blank, and nothing that somebody wrote."""

from dataclasses import replace

from dsbuilder.domain.answering import locate, new_row
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.editing import copies_of
from dsbuilder.domain.fields.lookups import Found, Registered, settled
from dsbuilder.domain.filled_questions import faults, fillable, filled, filled_since, still_filled
from dsbuilder.domain.procedure import FieldId, Revision
from tests.builders import NOW
from tests.forms import a_field, a_form

URL = "https://api.exemple.gouv.fr/{id}"


def boat(id: int, *lines: str):
    return a_field(id, "referentiel", "Bateau", referentiel_url=URL, referentiel_prefill=lines)


FORM = a_form(
    a_field(1, "text", "Avant"),
    boat(2, "3 = $.port", "4 = $.longueur", "5 = $.pont"),
    a_field(3, "text", "Port"),
    a_field(4, "decimal_number", "Longueur"),
    a_field(5, "yes_no", "Ponté"),
    a_field(6, "piece_justificative", "Photo"),
    a_field(7, "siret", "Chantier"),
    a_field(8, "repetition", "Équipage", boat(81, "82 = $.nom"), a_field(82, "text", "Nom")),
)


def known(**record: str) -> Answer:
    return Answer(value=settled(Registered(("BR-1",)), Found(tuple(sorted(record.items()))), "2026-01-01"))


def test_plain_questions_further_on_in_the_same_place_may_be_filled() -> None:
    assert [field.id for field in fillable(FORM, FieldId(2))] == [3, 4, 5]
    assert [field.id for field in fillable(FORM, FieldId(81))] == [82]
    assert fillable(FORM, FieldId(99)) == []


def test_what_cannot_be_filled_forbids_publishing_with_a_sentence() -> None:
    assert faults(FORM) == {}
    before, gone = faults(a_form(a_field(1, "text", "Avant"), boat(2, "1 = $.a", "9 = $.b")))[FieldId(2)]
    assert before.fr.startswith("La question «\u00a0Avant")
    assert "n’est plus là" in gone.fr


def test_blank_questions_are_filled_and_others_stay() -> None:
    answers = {"2": known(p_3="Brest", p_4="8.4", p_5="true"), "3": Answer(value="Lorient")}
    found = filled(FORM, locate(FORM, answers, "2"), answers)
    assert {path: str(one.value) for path, one in found.items()} == {"4": "8.4", "5": "True"}
    half = {**answers, "3": Answer(raw="Lor")}
    assert "3" not in filled(FORM, locate(FORM, half, "2"), half)


def test_what_a_question_does_not_take_leaves_it_blank() -> None:
    answers = {"2": known(p_4="beaucoup", p_5="peut-être")}
    assert filled(FORM, locate(FORM, answers, "2"), answers) == {}


def test_only_what_is_still_as_it_was_filled_is_taken_back() -> None:
    answers = {"2": known(p_3="Brest", p_4="8.4")}
    answers |= filled(FORM, locate(FORM, answers, "2"), answers)
    assert still_filled(FORM, locate(FORM, answers, "2"), answers) == ("3", "4")
    assert filled_since(FORM, answers) == {"3": "2026-01-01", "4": "2026-01-01"}
    changed = {**answers, "3": Answer(value="Lorient")}
    assert still_filled(FORM, locate(FORM, changed, "2"), changed) == ("4",)


def test_a_row_fills_itself_alone() -> None:
    rows = [new_row(FieldId(8), NOW).partition(":")[2]]
    rows.append(new_row(FieldId(8), NOW, after=rows).partition(":")[2])
    answers = {f"8:{row}": Answer(value=True) for row in rows} | {f"81:{rows[1]}": known(p_82="Camille")}
    found = filled(FORM, locate(FORM, answers, f"81:{rows[1]}"), answers)
    assert list(found) == [f"82:{rows[1]}"]


def test_a_copy_of_a_form_fills_its_own_questions() -> None:
    ids = iter(range(100, 200))
    copy = Revision(copies_of(FORM.fields, lambda: FieldId(next(ids))))
    source = next(field for field in copy.fields if field.kind == "referentiel")
    assert set(source.type.fills(source.options)) == {field.id for field in fillable(copy, source.id)}
    assert faults(copy) == {}
    assert faults(replace(FORM, fields=FORM.fields[:2]))[FieldId(2)]
