"""How far each section is, counted fast, is what counting every question one by one gives."""

from random import Random

from dsbuilder.domain.answering import is_missing, walk
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.progress import progress, sections_of
from tests.forms import a_field, a_form

ROW, OTHER_ROW = "01JD2K3M4N5P6Q7R8S9TAVBWCX", "01JD2K3M4N5P6Q7R8S9TAVBWCY"
FORM = a_form(
    a_field(1, "text", "Avant tout titre"),
    a_field(2, "header_section", "Vous"),
    a_field(3, "text", "Nom"),
    a_field(4, "header_section", "Vos proches", header_section_level=2),
    a_field(5, "repetition", "Enfant", a_field(6, "text", "Prénom"), a_field(10, "checkbox", "À charge")),
    a_field(7, "text", "Remarque", required=False),
    a_field(8, "header_section", "Fin"),
    a_field(9, "explication", "Bon à savoir"),
)


def one_by_one(revision: Revision, answers: Answers) -> list[tuple[str, int, int]]:
    """The same by the plain reading of the rule."""
    found, key = {}, "s0"
    for asked in walk(revision, answers):
        if asked.field.type.control is Control.HEADING and not asked.row:
            key = f"s{asked.field.id}"
        answered, all_asked = found.get(key, (0, 0))
        if asked.field.type.asks and asked.field.type.control is not Control.ROWS:
            given = not is_missing(asked, answers)
            answered, all_asked = answered + given, all_asked + (given or asked.field.required)
        found[key] = answered, all_asked
    return [(key, *counts) for key, counts in found.items()]


def test_counting_fast_gives_what_counting_one_by_one_gives() -> None:
    paths = ["1", "3", "7", f"6:{ROW}", f"10:{ROW}", f"6:{OTHER_ROW}", f"10:{OTHER_ROW}"]
    chance = Random(1)
    for _ in range(300):
        answers: dict[str, Answer] = {
            path: chance.choice((Answer(True if path.startswith("10") else "oui"), Answer(raw="x"), Answer()))
            for path in paths
            if chance.random() < 0.6
        }
        answers |= {f"5:{row}": Answer(True) for row in (ROW, OTHER_ROW) if chance.random() < 0.6}
        assert [(p.key, p.answered, p.asked) for p in progress(FORM, answers, frozenset())] == one_by_one(FORM, answers)


def test_the_section_of_a_place_is_that_of_its_field_in_whatever_row() -> None:
    assert sections_of(FORM, ["1", f"6:{ROW}", "404"]) == {"s0", "s4"}
    assert sections_of(FORM, []) == frozenset()


def test_progress_counts_required_questions_and_optional_ones_once_answered() -> None:
    found = {
        p.key: (p.answered, p.asked, p.done) for p in progress(FORM, {"3": Answer("Martin"), "7": Answer("ok")}, set())
    }
    assert found == {"s0": (0, 1, False), "s2": (1, 1, True), "s4": (1, 1, True), "s8": (0, 0, False)}


def test_an_answer_that_does_not_parse_does_not_count() -> None:
    form = a_form(a_field(1, "integer_number"))
    assert progress(form, {"1": Answer(raw="douze")}, set())[0].answered == 0


def test_what_is_hidden_does_not_count() -> None:
    found = {p.key: (p.answered, p.asked) for p in progress(FORM, {"3": Answer("Martin")}, {"1", "3"})}
    assert (found["s0"], found["s2"]) == ((0, 0), (0, 0))
