"""What a mail may hold: which tags in which state, and what is refused with which sentence."""

from dataclasses import replace

import pytest

from dsbuilder.domain.dossier import Event
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.tags import Use
from dsbuilder.domain.wording import (
    MAIL_LABELS,
    MAX_BODY,
    MAX_SUBJECT,
    SENT_WHEN,
    WORDED,
    Forms,
    MailTags,
    Wording,
    wording_from_json,
    wording_to_json,
)
from tests.forms import a_field, a_form

NOM, VILLE = a_field(1, "text", "Nom de l’enfant"), a_field(2, "communes", "Ville")


def tags(event: Event = Event.ACCEPT, forms: Forms | None = None, kept: Wording | None = None) -> MailTags:
    return MailTags(event, forms or Forms(a_form(NOM, VILLE)), kept, "fr")


def refusal(made: MailTags, subject: str, body: str = "Bonjour.") -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        made.wording(subject, body)
    assert refused.value.text.en
    return refused.value.path, refused.value.text.fr


def offered(made: MailTags) -> set[str]:
    return {tag.label.fr for tag in made.offered}


def test_every_mail_is_named_in_both_languages() -> None:
    assert WORDED.keys() == MAIL_LABELS.keys() == SENT_WHEN.keys()


@pytest.mark.parametrize(
    ("event", "instruction", "decision"),
    [
        (Event.SUBMIT, False, False),
        (Event.START_INSTRUCTION, True, False),
        (Event.REOPEN, True, False),
        (Event.ACCEPT, True, True),
        (Event.REFUSE, True, True),
        (Event.DISMISS, True, True),
    ],
)
def test_a_tag_is_offered_once_it_has_a_value(event: Event, instruction: bool, decision: bool) -> None:
    names = offered(tags(event))
    assert {"numéro du dossier", "date de dépôt", "nom", "Nom de l’enfant", "Ville (Code postal)"} <= names
    assert ("date de passage en instruction" in names) is instruction
    assert ({"motivation", "date de décision"} <= names) is decision


def test_a_wording_is_kept_by_ids_and_read_back() -> None:
    made = tags().wording("  Dossier\n--numéro du dossier-- ", "Pour -- Nom de l’enfant --,\r\nbravo")
    assert made.subject == ("Dossier ", Use("dossier_number", "numéro du dossier"))
    assert made.body == ("Pour ", Use("tdc1", "Nom de l’enfant"), ",\nbravo")
    assert wording_from_json(wording_to_json(made), "fr") == made


@pytest.mark.parametrize("path", ["subject", "body"])
def test_nothing_and_too_much_are_refused_where_they_are(path: str) -> None:
    limit = MAX_SUBJECT if path == "subject" else MAX_BODY
    for text in ("", " \n\u200b ", "é" * (limit + 1), "x" * 200_000):
        entered = {"subject": "Objet", "body": "Texte", path: text}
        assert refusal(tags(), **entered)[0] == path
    tags().wording("é" * MAX_SUBJECT, "é" * MAX_BODY)


def test_an_unknown_tag_is_named_with_the_nearest() -> None:
    assert refusal(tags(), "--numero dossier--") == (
        "subject",
        "La balise --numero dossier-- n’existe pas. Vouliez-vous écrire --numéro du dossier--\u00a0?",
    )
    assert refusal(tags(), "Objet", "--zzzzzzzzzzzz--")[1] == (
        "La balise --zzzzzzzzzzzz-- n’existe pas. Choisissez-en une dans la liste."
    )
    tags().wording("Objet", "Le service -- ouvert le lundi -- répond.\n-- \nLa mairie\n--------")


def test_a_tag_that_has_no_value_yet_is_refused() -> None:
    path, said = refusal(tags(Event.SUBMIT), "Objet", "--motivation--")
    assert path == "body"
    assert "La balise --motivation-- n’a pas encore de valeur" in said
    assert "à partir de l’instruction" in refusal(tags(Event.SUBMIT), "--date de passage en instruction--")[1]


@pytest.mark.parametrize(
    ("forms", "sentence"),
    [
        (Forms(a_form(VILLE), a_form(NOM, VILLE)), "votre formulaire en préparation n’a plus"),
        (Forms(a_form(NOM, VILLE), a_form(VILLE)), "Publiez d’abord vos modifications"),
        (Forms(a_form(VILLE), a_form(VILLE), (a_form(NOM),)), "n’est plus dans le formulaire"),
        (Forms(a_form(NOM, VILLE), a_form(NOM, VILLE), (a_form(VILLE),)), "une version précédente du formulaire"),
    ],
)
def test_a_question_that_some_form_does_not_have_is_refused_and_not_offered(forms: Forms, sentence: str) -> None:
    made = tags(forms=forms)
    assert sentence in refusal(made, "Objet", "Pour --Nom de l’enfant--")[1]
    assert "Nom de l’enfant" not in offered(made)


def test_a_tag_of_a_question_that_is_gone_is_shown_by_its_last_label_and_refused() -> None:
    kept = tags().wording("--Nom de l’enfant--", "Bonjour")
    made = tags(forms=Forms(a_form(VILLE)), kept=kept)
    assert made.vocabulary.written(kept.subject) == "--Nom de l’enfant--"
    assert "n’est plus dans le formulaire" in refusal(made, made.vocabulary.written(kept.subject))[1]


def test_a_question_that_is_renamed_is_shown_by_its_new_label() -> None:
    kept = tags().wording("--Nom de l’enfant--", "--Ville (Code postal)--")
    renamed = Forms(a_form(replace(NOM, label="Élève"), replace(VILLE, label="Commune")))
    made = tags(forms=renamed, kept=kept)
    assert made.vocabulary.written(kept.subject) == "--Élève--"
    assert made.vocabulary.written(kept.body) == "--Commune (Code postal)--"
    made = tags(forms=Forms(renamed.draft, a_form(NOM, VILLE)), kept=kept)  # the draft's words, before it is published
    assert made.vocabulary.written(kept.subject) == "--Élève--"


def test_a_question_named_as_what_every_dossier_has_is_told_apart() -> None:
    made = tags(forms=Forms(a_form(a_field(7, "text", "Motivation"))))
    assert made.vocabulary.tag("tdc7") == "--Motivation [7]--"
    assert made.vocabulary.tag("dossier_motivation") == "--motivation--"


def test_in_english_the_same_tags_have_english_names() -> None:
    made = MailTags(Event.ACCEPT, Forms(a_form(NOM)), None, "en")
    kept = tags(forms=Forms(a_form(NOM))).wording("--numéro du dossier--", "--Nom de l’enfant--")
    assert made.vocabulary.written(kept.subject) == "--dossier number--"
    assert made.wording(made.vocabulary.written(kept.subject), "x").subject[0].id == "dossier_number"  # type: ignore[union-attr]
