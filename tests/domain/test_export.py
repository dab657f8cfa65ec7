"""Dossiers as tables: which columns, in which order, and what stands in them."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.csv_writing import written
from dsbuilder.domain.dossier import Answer, Answers, DossierState, Person
from dsbuilder.domain.export import ExportedDossier, Layout
from dsbuilder.domain.fields.dossier_link import LinkedDossier
from dsbuilder.domain.fields.linked_choice import Linked
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.making_answers import several_made
from dsbuilder.domain.procedure import Field, FieldId, Revision
from tests.domain.conditioned import ROWS, TODAY, a_random_form
from tests.forms import a_field, a_form

AT = datetime(2026, 3, 27, 9, 5)  # noqa: DTZ001
OWN = 14


def a_dossier(form: Revision, answers: Answers, **changes: Any) -> ExportedDossier:
    """A dossier deposited on `TODAY`."""
    dossier = ExportedDossier(
        number=12,
        email="camille@example.fr",
        requester=Person("Mme", "Camille", "Martin"),
        state=DossierState.SUBMITTED,
        archived=False,
        updated_at=AT,
        deposited_at=AT,
        under_instruction_at=None,
        processed_at=None,
        reason="",
        followers=("Inès Belkacem", "Marc Oliveira"),
        group="défaut",
        form=form,
        answers=answers,
        day=TODAY,
    )
    return replace(dossier, **changes)


def answered(form: Revision, answers: dict[str, Any], *newer: Revision) -> tuple[list[str], list[Any]]:
    """The heads of the questions, and what a dossier of `form` has under them."""
    layout = Layout((*newer, form), "fr")
    told = a_dossier(form, {path: Answer(value) for path, value in answers.items()})
    line = next(cells for table, cells in layout.lines(told) if table == 0)
    assert len(line) == len(layout.tables[0].heads)
    return list(layout.tables[0].heads[OWN:]), list(line[OWN:])


def test_what_surrounds_a_dossier_comes_first_in_the_reader_s_language() -> None:
    form = a_form(a_field(1))
    layout = Layout((form,), "fr")
    (line,) = layout.lines(a_dossier(form, {}))
    told = dict(zip(layout.tables[0].heads, line[1], strict=True))
    assert told == {
        "Numéro de dossier": 12,
        "Adresse électronique": "camille@example.fr",
        "Civilité du demandeur": "Mme",
        "Nom du demandeur": "Martin",
        "Prénom du demandeur": "Camille",
        "État du dossier": "Déposé",
        "Archivé": False,
        "Dernière mise à jour": AT,
        "Déposé le": AT,
        "Passé en instruction le": None,
        "Traité le": None,
        "Motif de la décision": None,
        "Suivi par": ("Inès Belkacem", "Marc Oliveira"),
        "Groupe d’agents": "défaut",
        "Question 1": None,
    }
    english = Layout((form,), "en")
    assert english.tables[0].heads[:2] == ("Dossier number", "E-mail address")
    assert next(iter(english.lines(a_dossier(form, {}))))[1][5] == "Submitted"


def test_each_answer_stands_under_its_question_with_its_type() -> None:
    form = a_form(
        a_field(1, "header_section", "Projet"),
        a_field(2, "text", "Titre"),
        a_field(3, "decimal_number", "Montant"),
        a_field(4, "date", "Début"),
        a_field(5, "yes_no", "Ouvert ?"),
        a_field(6, "multiple_drop_down_list", "Jours", drop_down_options=("Lundi", "Mardi")),
    )
    heads, line = answered(
        form, {"2": "Fête", "3": Decimal("12.5"), "4": date(2026, 4, 1), "5": True, "6": ("Lundi", "Mardi")}
    )
    assert heads == ["Titre", "Montant", "Début", "Ouvert ?", "Jours"]
    assert line == ["Fête", Decimal("12.5"), date(2026, 4, 1), True, ("Lundi", "Mardi")]


def test_a_type_with_several_columns_has_them_all() -> None:
    form = a_form(a_field(1, "linked_drop_down_list", "Études", drop_down_options=("--Licence--", "Droit")), a_field(2))
    heads, line = answered(form, {"1": Linked("Licence", "Droit"), "2": "suite"})
    assert heads == ["Études", "Études (1)", "Études (2)", "Question 2"]
    assert line == [form.fields[0].type.display(Linked("Licence", "Droit"), None), "Licence", "Droit", "suite"]


def test_labels_that_are_the_same_say_the_number_of_their_field() -> None:
    form = a_form(
        a_field(1, label="Nom"), a_field(2, label="Prénom"), a_field(3, label="Nom"), a_field(4, label="Archivé")
    )
    heads, _ = answered(form, {})
    assert heads == ["Nom [1]", "Prénom", "Nom [3]", "Archivé [4]"]


def test_what_conditions_hide_is_left_out() -> None:
    hidden = replace(a_field(2), condition=Comparison(FieldId(1), Operator.EQ, True))
    form = a_form(a_field(1, "yes_no"), hidden)
    assert answered(form, {"1": False, "2": "secret"})[1] == [False, None]
    assert answered(form, {"1": True, "2": "dit"})[1] == [True, "dit"]


def test_what_did_not_parse_is_left_out() -> None:
    form = a_form(a_field(1, "integer_number"))
    (line,) = Layout((form,), "fr").lines(a_dossier(form, {"1": Answer(raw="douze")}))
    assert line[1][OWN] is None


# -- blocks --------------------------------------------------------------------------------------------------------
def test_each_block_has_a_table_with_a_line_for_each_row() -> None:
    form = a_form(
        a_field(1), a_field(5, "repetition", "Enfants", a_field(6, label="Prénom"), a_field(7, "date", "Né le"))
    )
    layout = Layout((form,), "fr")
    assert [(table.block, table.title, table.heads) for table in layout.tables[1:]] == [
        (5, "Enfants", ("Numéro de dossier", "Ligne", "Prénom", "Né le"))
    ]
    first, second = ROWS
    answers = {
        f"5:{first}": Answer(True),
        f"5:{second}": Answer(True),
        f"6:{second}": Answer("Zoé"),
        f"6:{first}": Answer("Tom"),
        f"7:{first}": Answer(date(2019, 5, 1)),
    }
    lines = list(layout.lines(a_dossier(form, answers)))
    assert [line for table, line in lines if table == 1] == [(12, 1, "Tom", date(2019, 5, 1)), (12, 2, "Zoé", None)]
    assert len([line for table, line in lines if table == 0]) == 1


# -- forms that changed --------------------------------------------------------------------------------------------
def test_the_newest_words_win_and_what_was_taken_out_stays_at_the_end() -> None:
    old = a_form(a_field(1, label="Nom d’usage"), a_field(2, label="Fax"), a_field(3, label="Ville"))
    new = a_form(a_field(3, label="Commune"), a_field(4, label="Courriel"), a_field(1, label="Nom"))
    heads, line = answered(old, {"1": "Martin", "2": "01 99 00 11 22", "3": "Brest"}, new)
    assert heads == ["Commune", "Courriel", "Nom", "Fax"]
    assert line == ["Brest", None, "Martin", "01 99 00 11 22"]


def test_an_answer_to_a_question_that_became_another_is_converted_or_said_in_words() -> None:
    old, new = a_form(a_field(1)), a_form(a_field(1, "integer_number"))
    assert answered(old, {"1": "12"}, new)[1] == [12]
    assert answered(old, {"1": "une douzaine"}, new)[1] == ["une douzaine"]
    parts: Field = a_field(1, "yes_no")
    assert answered(a_form(parts), {"1": True}, a_form(a_field(1, "date")))[1] == ["Oui"]


def test_a_question_that_moved_into_a_block_has_a_column_in_both_places() -> None:
    old, new = a_form(a_field(1, label="Nom")), a_form(a_field(5, "repetition", "Gens", a_field(1, label="Nom")))
    layout = Layout((new, old), "fr")
    assert [table.heads[-1] for table in layout.tables] == ["Nom", "Nom"]


def test_any_form_with_any_answers_can_be_written() -> None:
    for seed in range(25):
        random = Random(seed)
        forms = [a_random_form(random), a_random_form(random)]
        layout = Layout(forms, "fr")
        widths = [len(table.heads) for table in layout.tables]
        for form in forms:
            for answers in several_made(form, random, TODAY, 3):
                lines = list(layout.lines(a_dossier(form, answers)))
                assert [widths[table] for table, _ in lines] == [len(line) for _, line in lines]
                assert written((line for _, line in lines), "fr").count("\r\n") == len(lines)


def test_of_identity_documents_exports_hold_whether_there_is_one() -> None:
    card = ({"token": "t", "name": "carte Camille Martin.jpg", "size": 1, "content_type": "image/jpeg"},)
    form = a_form(
        a_field(1, "titre_identite", "Pièce"),
        a_field(2, "piece_justificative", "Conjoint", nature="TITRE_IDENTITE"),
        a_field(3, "piece_justificative", "Plan"),
        a_field(4, "iban", "Compte"),
        a_field(5, "dossier_link", "Premier dossier"),
    )
    heads, cells = answered(form, {"1": card, "3": card, "4": "FR7630006000011234567890189", "5": LinkedDossier(12)})
    assert heads == ["Pièce", "Conjoint", "Plan", "Compte", "Premier dossier"]
    assert cells == ["présent", "absent", "carte Camille Martin.jpg", "FR7630006000011234567890189", "12"]
