"""What publishing would do to the drafts in progress."""

from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.effects import QuestionEffect, effects
from dsbuilder.domain.procedure import FieldId
from dsbuilder.domain.rebase import Rebase
from tests.forms import a_field, a_form

OLD = a_form(
    a_field(1, "text", "Âge"), a_field(2, "text", "Nom"), a_field(3, "text", "Fax"), a_field(4, "text", "Ville")
)
NEW = a_form(a_field(1, "integer_number", "Âge"), a_field(2, "textarea", "Nom"), a_field(4), a_field(5), a_field(6))
DRAFTS = [
    {"1": Answer("12"), "2": Answer("Martin")},
    {"1": Answer("douze"), "3": Answer("01")},
    {"3": Answer("02"), "4": Answer("Brest")},
    {"4": Answer("Nice")},
]


def counted(*drafts, total: int | None = None, deposited: int = 0):
    way = Rebase(OLD, NEW)
    total = len(drafts) if total is None else total
    return effects([OLD], NEW, [(way, answers) for answers in drafts], total=total, deposited=deposited)


def test_each_fate_is_counted_by_question_in_the_order_of_the_form() -> None:
    found = counted(*DRAFTS)
    assert found.questions == (
        QuestionEffect(FieldId(1), "Âge", converted=1, to_correct=1, set_aside=0),
        QuestionEffect(FieldId(3), "Fax", converted=0, to_correct=0, set_aside=2),
    )
    assert (found.drafts, found.read, found.touched, found.to_correct, found.set_aside) == (4, 4, 3, 1, 2)
    assert found.new_required == 2


def test_the_same_words_in_another_kind_of_text_are_no_effect() -> None:
    assert counted({"2": Answer("Martin")}).touched == 0


def test_it_is_said_what_concerns_people_and_nothing_else() -> None:
    assert [text.en for text in counted(*DRAFTS, deposited=2).sentences] == [
        "4 drafts will take the new form when their authors open them again.",
        "1 draft has an answer to look at again: it stays shown beside the question.",
        "2 drafts have answered questions that are removed: the answers are set aside, and stay readable.",
        "2 new required questions must be answered.",
        "2 submitted dossiers keep their questions and answers.",
    ]
    assert [text.en for text in counted({"4": Answer("Nice")}).sentences][1:3] == [
        "All answers given so far stay as they are.",
        "2 new required questions must be answered.",
    ]
    assert [text.fr for text in counted().sentences] == ["Aucun dossier n’est commencé ni déposé."]
    assert [text.en for text in counted(deposited=1).sentences] == [
        "1 submitted dossier keeps its questions and answers."
    ]


def test_a_sample_is_called_one() -> None:
    found = counted(*DRAFTS, total=5_400)
    assert "4 brouillons les plus récents, parmi 5\u00a0400" in found.sentences[1].fr
    assert "sur les" not in " ".join(text.fr for text in found.with_untouched(5_396).sentences)
