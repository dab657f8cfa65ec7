"""Administrators word the mails of their procedure; what goes out then holds the values of that very moment, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from dsbuilder.actions import depositing, drafting, filling, instruction, procedures, publishing, wording
from dsbuilder.actions.context import perform
from dsbuilder.domain.dossier import Event
from dsbuilder.domain.errors import Forbidden, NotFound, Refused
from dsbuilder.domain.people import ANONYMOUS, Actor
from dsbuilder.domain.wording import WORDED
from dsbuilder.storage import procedures as procedure_rows
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import Job, Mail, MailWording, ProcedureRow
from tests.builders import NOW, a_procedure_row, an_actor, an_administrator, an_instructor, in_one
from tests.forms import a_draft, a_field, an_open_procedure

Act = Callable[..., Any]
VILLES = ("Commune,Code postal", "Brest,29200", "Caen,14000")
FIELDS = (
    a_field(1, "text", "Nom de l’enfant"),
    a_field(2, "drop_down_list", "Ville", drop_down_table=VILLES, required=False),
    a_field(3, "dgfip", "Revenus", required=False),
)
ON_ONE: list[tuple[Act, dict[str, Any]]] = [
    (wording.mails_of, {"language": "fr"}),
    (wording.open_mail, {"event": Event.ACCEPT, "language": "fr"}),
    (wording.save, {"event": Event.ACCEPT, "subject": "x", "body": "y", "language": "fr", "seen": ""}),
    (wording.restore, {"event": Event.ACCEPT, "seen": ""}),
    (wording.look, {"event": Event.ACCEPT, "subject": "x", "body": "y", "language": "fr"}),
]


@pytest.fixture
def ada(database: Database) -> Actor:
    return an_administrator(database, "ada@mairie.example")


@pytest.fixture
def procedure(database: Database, ada: Actor) -> ProcedureRow:
    return an_open_procedure(database, *FIELDS, administrator=ada)


@pytest.fixture
def agent(database: Database, procedure: ProcedureRow) -> Actor:
    return an_instructor(database, procedure, "ines@mairie.example")


@pytest.fixture
def act(database: Database) -> Act:
    return lambda action, *args, **kwargs: perform(database, action, *args, now=kwargs.pop("now", NOW), **kwargs)


def word(act: Act, ada: Actor, procedure: ProcedureRow, event: Event, subject: str, body: str, **more: Any) -> None:
    seen = act(wording.open_mail, procedure.id, event, "fr", actor=ada).seen
    act(wording.save, procedure.id, event, subject, body, "fr", seen, actor=ada, **more)


def a_deposited(database: Database, act: Act, name: str = "Élodie") -> int:
    applicant, number = a_draft(database)
    act(filling.answer, number, "1", name, actor=applicant)
    act(filling.answer, number, "2", "Brest", actor=applicant)
    act(depositing.submit, number, actor=applicant)
    return number


def last_mail(database: Database) -> Mail:
    with database.reading() as db:
        return db.exec(select(Mail).order_by(col(Mail.id).desc())).first()  # type: ignore[return-value]


def count_of(database: Database, table: type) -> int:
    with database.reading() as db:
        return len(db.exec(select(table)).all())


def step(act: Act, agent: Actor, procedure: ProcedureRow, action: Act, number: int, *reason: str) -> None:
    seen = act(instruction.open_dossier, number, procedure.id, actor=agent).seen
    act(action, number, seen, *reason, actor=agent)


# -- who ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("action", "arguments"), ON_ONE, ids=lambda value: getattr(value, "__name__", ""))
def test_only_the_administrators_of_the_procedure_word_its_mails(
    database: Database, procedure: ProcedureRow, agent: Actor, act: Act, action: Act, arguments: dict[str, Any]
) -> None:
    for stranger in (ANONYMOUS, an_actor(database), an_administrator(database)):
        with pytest.raises(NotFound):
            act(action, procedure.id, actor=stranger, **arguments)
    with pytest.raises(Forbidden):
        act(action, procedure.id, actor=agent, **arguments)
    assert count_of(database, MailWording) == 0


def test_there_are_six_mails_and_no_other(procedure: ProcedureRow, ada: Actor, act: Act) -> None:
    found = act(wording.mails_of, procedure.id, "fr", actor=ada)
    assert [one.event for one in found.mails] == list(WORDED)
    assert not any(one.is_own for one in found.mails)
    for action in (wording.open_mail, wording.look):
        with pytest.raises(NotFound):
            more = () if action is wording.open_mail else ("x", "y")
            act(action, procedure.id, Event.GIVE_BACK, *more, "fr", actor=ada)


# -- wording ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("event", WORDED)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_standard_text_may_be_saved_as_it_is(
    procedure: ProcedureRow, ada: Actor, act: Act, event: Event, language: str
) -> None:
    opened = act(wording.open_mail, procedure.id, event, language, actor=ada)
    assert not opened.is_own
    act(wording.save, procedure.id, event, opened.subject, opened.body, language, opened.seen, actor=ada)
    again = act(wording.open_mail, procedure.id, event, language, actor=ada)
    assert (again.subject, again.body, again.is_own) == (opened.subject, opened.body, True)


def test_what_is_offered_holds_columns_of_tables_and_nothing_private(
    procedure: ProcedureRow, ada: Actor, act: Act
) -> None:
    offered = act(wording.open_mail, procedure.id, Event.SUBMIT, "fr", actor=ada).tags
    assert [one.written for one in offered if one.of_form] == [
        "--Nom de l’enfant--", "--Ville--", "--Ville – Code postal--"
    ]  # fmt: skip
    assert "--motivation--" not in {one.written for one in offered}


def test_a_wording_is_kept_changed_and_given_up(
    database: Database, procedure: ProcedureRow, ada: Actor, act: Act
) -> None:
    word(act, ada, procedure, Event.ACCEPT, "Bravo", "Bravo --prénom--")
    word(act, ada, procedure, Event.ACCEPT, "Bravo", "Oui --prénom--", now=NOW + timedelta(seconds=1))
    opened = act(wording.open_mail, procedure.id, Event.ACCEPT, "fr", actor=ada)
    assert (opened.subject, opened.body, opened.is_own) == ("Bravo", "Oui --prénom--", True)
    listed = {one.event: one for one in act(wording.mails_of, procedure.id, "fr", actor=ada).mails}
    assert listed[Event.ACCEPT].subject == "Bravo"
    assert [event for event, one in listed.items() if one.is_own] == [Event.ACCEPT]
    act(wording.restore, procedure.id, Event.ACCEPT, opened.seen, actor=ada)
    assert not act(wording.open_mail, procedure.id, Event.ACCEPT, "fr", actor=ada).is_own
    assert count_of(database, MailWording) == 0


@pytest.mark.parametrize("body", ["", "--prenom de l'enfant--", "--motivation--"])
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(
    database: Database, procedure: ProcedureRow, ada: Actor, act: Act, body: str
) -> None:
    with pytest.raises(Refused) as refused:
        word(act, ada, procedure, Event.SUBMIT, "Objet", body)
    assert refused.value.path == "body"
    assert count_of(database, MailWording) == 0


def test_two_administrators_do_not_overwrite_each_other(
    database: Database, procedure: ProcedureRow, ada: Actor, act: Act
) -> None:
    bob = an_administrator(database)
    in_one(database, procedure_rows.add_administrator, procedure.id, bob.account_id)
    opened = act(wording.open_mail, procedure.id, Event.ACCEPT, "fr", actor=bob)
    word(act, ada, procedure, Event.ACCEPT, "Ada", "Ada")
    with pytest.raises(Refused) as refused:
        act(wording.save, procedure.id, Event.ACCEPT, "Bob", "Bob", "fr", opened.seen, actor=bob)
    assert "pendant que vous écriviez" in refused.value.text.fr
    with pytest.raises(Refused):
        act(wording.restore, procedure.id, Event.ACCEPT, opened.seen, actor=bob)
    assert act(wording.open_mail, procedure.id, Event.ACCEPT, "fr", actor=bob).subject == "Ada"


def test_a_question_renamed_or_removed_after_the_mail_was_worded(
    database: Database, procedure: ProcedureRow, ada: Actor, act: Act
) -> None:
    word(act, ada, procedure, Event.ACCEPT, "Pour --Nom de l’enfant--", "Bravo")
    number = a_deposited(database, act)
    act(drafting.change, procedure.id, 1, 0, label="Élève", actor=ada)
    assert act(wording.open_mail, procedure.id, Event.ACCEPT, "fr", actor=ada).subject == "Pour --Élève--"
    act(drafting.remove, procedure.id, 1, 0, actor=ada)
    opened = act(wording.open_mail, procedure.id, Event.ACCEPT, "fr", actor=ada)
    with pytest.raises(Refused) as refused:
        act(wording.save, procedure.id, Event.ACCEPT, opened.subject, "Bravo", "fr", opened.seen, actor=ada)
    assert "votre formulaire en préparation n’a plus" in refused.value.text.fr
    act(publishing.publish, procedure.id, "cantine", actor=ada)
    opened = act(wording.open_mail, procedure.id, Event.ACCEPT, "fr", actor=ada)
    assert "--Nom de l’enfant--" not in {one.written for one in opened.tags}
    agent = an_instructor(database, procedure)
    for action in (instruction.start_instruction, instruction.accept):
        step(act, agent, procedure, action, number)
    assert last_mail(database).subject == "Pour Élodie"  # a dossier keeps the form that it answered


# -- what goes out ------------------------------------------------------------------------------------------------
def test_a_decision_tells_the_value_of_a_column_once(
    database: Database, procedure: ProcedureRow, ada: Actor, agent: Actor, act: Act
) -> None:
    word(
        act, ada, procedure, Event.ACCEPT, "Accepté\u00a0: --Nom de l’enfant--",
        "Bonjour,\n\nÀ --Ville-- (--Ville – Code postal--), le --date de décision--.\n\n--motivation--",
    )  # fmt: skip
    number = a_deposited(database, act, "<b>Élodie</b> --motivation--")
    step(act, agent, procedure, instruction.start_instruction, number)
    before = count_of(database, Mail), count_of(database, Job)
    seen = act(instruction.open_dossier, number, procedure.id, actor=agent).seen
    for _ in range(2):  # a second click does nothing
        act(instruction.accept, number, seen, "Complet & clair", actor=agent)
    mail = last_mail(database)
    assert (count_of(database, Mail), count_of(database, Job)) == (before[0] + 1, before[1] + 1)
    assert mail.subject == "Accepté : <b>Élodie</b> --motivation--"
    assert "À Brest (29200), le 19/11/2026." in mail.text
    assert f"Voir mon dossier\nhttp://localhost:8000/dossiers/{number}" in mail.text
    assert "Complet &amp; clair</p>" in mail.html
    assert f'href="http://localhost:8000/dossiers/{number}"' in mail.html


def test_each_of_the_six_mails_goes_out_in_our_own_words_or_theirs(
    database: Database, procedure: ProcedureRow, ada: Actor, agent: Actor, act: Act
) -> None:
    for event in WORDED:
        word(act, ada, procedure, event, f"{event.value} --numéro du dossier--", "Le --date de dépôt--")
    number = a_deposited(database, act)
    subjects = [last_mail(database).subject]
    for action, reason in (
        (instruction.start_instruction, ()),
        (instruction.accept, ()),
        (instruction.reopen, ()),
        (instruction.refuse, ("Non.",)),
        (instruction.reopen, ()),
        (instruction.dismiss, ("Doublon.",)),
    ):
        step(act, agent, procedure, action, number, *reason)
        subjects.append(last_mail(database).subject)
    told = ["depose", "passe_en_instruction", "accepte", "repasse_en_instruction", "refuse", "repasse_en_instruction",
            "classe_sans_suite"]  # fmt: skip
    assert subjects == [f"{event} {number}" for event in told]
    assert last_mail(database).text.startswith("Le 19/11/2026\n\nVoir mon dossier")
    assert count_of(database, Mail) == 7


def test_the_mail_of_a_deposit_tells_that_dossier_alone_and_nothing_where_there_is_no_answer(
    database: Database, procedure: ProcedureRow, ada: Actor, act: Act
) -> None:
    word(act, ada, procedure, Event.SUBMIT, "--Nom de l’enfant--", "--Ville – Code postal--.")
    a_deposited(database, act, "Zoé")
    applicant, number = a_draft(database)
    act(filling.answer, number, "1", "Ali", actor=applicant)
    act(depositing.submit, number, actor=applicant)
    assert last_mail(database).subject == "Ali"
    assert last_mail(database).text.startswith(".\n")


def test_the_words_of_one_procedure_are_not_those_of_another(
    database: Database, procedure: ProcedureRow, ada: Actor, act: Act
) -> None:
    word(act, ada, procedure, Event.SUBMIT, "Bienvenue", "Bonjour")
    an_open_procedure(database, *FIELDS, path="ailleurs", administrator=an_administrator(database))
    applicant, number = a_draft(database, "ailleurs")
    act(filling.answer, number, "1", "Ali", actor=applicant)
    act(depositing.submit, number, actor=applicant)
    assert last_mail(database).subject == f"Votre dossier n° {number} est déposé"


# -- looking at it ------------------------------------------------------------------------------------------------
def look(act: Act, ada: Actor, procedure: ProcedureRow, body: str, dossier: int | None = None) -> str:
    found = act(wording.look, procedure.id, Event.ACCEPT, "Objet", body, "fr", dossier, actor=ada)
    return "".join(piece.words for paragraph in found.paragraphs for piece in paragraph)


def test_one_looks_at_a_mail_with_made_up_answers(procedure: ProcedureRow, ada: Actor, act: Act) -> None:
    assert look(act, ada, procedure, "--prénom-- --nom--, --inconnue--").startswith("Camille Martin, --inconnue--")
    shown = look(act, ada, procedure, "--Ville--/--Ville – Code postal--")
    assert shown in ("Brest/29200", "Caen/14000")
    assert shown == look(act, ada, procedure, "--Ville--/--Ville – Code postal--")


def test_what_a_made_up_dossier_does_not_tell_is_shown_by_its_label(database: Database, ada: Actor, act: Act) -> None:
    procedure = an_open_procedure(database, a_field(1, "siret", "Entreprise"), path="e", administrator=ada)
    assert look(act, ada, procedure, "--Entreprise – Raison sociale--") == ("‹\u00a0Entreprise – Raison sociale\u00a0›")


def test_one_looks_with_a_dossier_only_as_its_agent(
    database: Database, procedure: ProcedureRow, ada: Actor, act: Act
) -> None:
    number = a_deposited(database, act)
    elsewhere = a_procedure_row(database, ada, path="ailleurs")
    for of, dossier in ((procedure, number), (procedure, 404), (elsewhere, number)):
        with pytest.raises(Refused) as refused:
            look(act, ada, of, "--Nom de l’enfant--", dossier)
        assert refused.value.path == "dossier"
    in_one(database, procedure_rows.add_instructor, procedure.id, ada.account_id)
    assert look(act, ada, procedure, "--Nom de l’enfant-- --Ville – Code postal--", number) == "Élodie 29200"
    with pytest.raises(Refused):
        look(act, ada, elsewhere, "x", number)


def test_looking_changes_nothing_and_reads_no_more_than_is_kept(
    database: Database, procedure: ProcedureRow, ada: Actor, act: Act
) -> None:
    assert len(look(act, ada, procedure, "x" * 90_000)) == 20_000
    assert count_of(database, MailWording) == count_of(database, Mail) == 0


def test_a_procedure_that_is_only_a_draft_has_mails_too(database: Database, ada: Actor, act: Act) -> None:
    number = act(procedures.create, "Cantine", actor=ada)
    assert len(act(wording.mails_of, number, "en", actor=ada).mails) == 6
