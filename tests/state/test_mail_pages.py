"""The pages where mails are worded, asked over the socket as a page asks: what they show, and to whom nothing."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from dsbuilder.domain.people import Actor
from dsbuilder.settings import settings
from dsbuilder.state.administrator.mail import ProcedureMailState
from dsbuilder.state.administrator.mails import ProcedureMailsState
from dsbuilder.storage.database import Database, open_database
from dsbuilder.storage.tables import MailWording, ProcedureRow
from tests.builders import an_administrator, an_instructor
from tests.forms import a_field, an_open_procedure
from tests.furnished import a_cookie
from tests.state.sockets import Tab, call, notices, opened, shown

SECRET = "Mot de passe du portail"  # the label of a question, and a word of a mail
Ask = Callable[..., list[Any]]


@pytest.fixture
def database(client: TestClient) -> Iterator[Database]:
    database = open_database(settings().database)
    yield database
    database.dispose()


@pytest.fixture
def ada(database: Database) -> Actor:
    return an_administrator(database, f"{uuid.uuid4().hex}@mairie.example")


@pytest.fixture
def procedure(database: Database, ada: Actor) -> ProcedureRow:
    path = f"courriels-{uuid.uuid4().hex[:8]}"
    return an_open_procedure(database, a_field(1, "text", SECRET), path=path, administrator=ada)


@pytest.fixture
def tab_of(client: TestClient, database: Database) -> Iterator[Callable[[Actor | None], Tab]]:
    sockets = []

    def open_for(actor: Actor | None) -> Tab:
        socket = opened(client, a_cookie(database, actor) if actor else "")
        sockets.append(socket)
        return Tab(socket.__enter__())

    yield open_for
    for socket in sockets:
        socket.__exit__(None, None, None)


def kept(database: Database, procedure: ProcedureRow) -> list[MailWording]:
    with database.reading() as db:
        return list(db.exec(select(MailWording).where(MailWording.procedure_id == procedure.id)).all())


def at(procedure: ProcedureRow, mail: str = "/accepte") -> str:
    return f"/admin/demarches/{procedure.id}/courriels{mail}"


def test_an_administrator_words_a_mail_sees_it_and_gives_it_up(
    database: Database, procedure: ProcedureRow, ada: Actor, tab_of: Any
) -> None:
    tab, here = tab_of(ada), at(procedure)
    call(tab, ProcedureMailState.open_mail, here)
    page = shown(tab, ProcedureMailState)
    assert page["is_open"] and not page["is_own"]
    assert {"written": f"--{SECRET}--", "of_form": True} in page["tags"]
    call(tab, ProcedureMailState.draft, here, subject="Pour --prénom--", body="Bonjour\n\n--nom--")
    assert shown(tab, ProcedureMailState)["shown_subject"] == [
        {"words": "Pour ", "is_tag": False}, {"words": "Camille", "is_tag": True}
    ]  # fmt: skip
    assert len(shown(tab, ProcedureMailState)["shown_body"]) == 2
    assert kept(database, procedure) == []  # what is typed is only shown
    call(tab, ProcedureMailState.save, here, subject="Pour --prenom--", body="Bonjour", seen="")
    assert "Vouliez-vous écrire --prénom--" in shown(tab, ProcedureMailState)["subject_error"]
    call(tab, ProcedureMailState.save, here, subject="Pour --prénom--", body="Bonjour", seen="")
    assert shown(tab, ProcedureMailState)["subject_error"] == ""
    assert shown(tab, ProcedureMailState)["is_own"] is True
    call(tab, ProcedureMailsState.open_mails, at(procedure, ""))
    lines = {line["event"]: line for line in shown(tab, ProcedureMailsState)["mails"]}
    assert (lines["accepte"]["subject"], lines["accepte"]["is_own"]) == ("Pour --prénom--", True)
    call(tab, ProcedureMailState.open_mail, here)
    call(tab, ProcedureMailState.restore, here)
    assert kept(database, procedure) == []


def test_nobody_else_reads_or_changes_them(
    database: Database, procedure: ProcedureRow, ada: Actor, tab_of: Any
) -> None:
    owner, here = tab_of(ada), at(procedure)
    call(owner, ProcedureMailState.open_mail, here)
    call(owner, ProcedureMailState.save, here, subject=f"--{SECRET}--", body=SECRET, seen="")
    before = [(one.document, one.changed_at) for one in kept(database, procedure)]
    assert len(before) == 1
    for stranger in (None, an_administrator(database), an_instructor(database, procedure)):
        tab = tab_of(stranger)
        call(tab, ProcedureMailsState.open_mails, at(procedure, ""))
        call(tab, ProcedureMailState.open_mail, here)
        call(tab, ProcedureMailState.draft, here, subject=f"--{SECRET}--", body="x")
        call(tab, ProcedureMailState.look_with, here, form={"dossier": "1"})
        for _ in range(2):
            call(tab, ProcedureMailState.save, here, subject="Piraté", body="Piraté", seen="")
            call(tab, ProcedureMailState.restore, here)
        assert SECRET not in tab.everything
        assert notices(tab.heard)
    assert [(one.document, one.changed_at) for one in kept(database, procedure)] == before


@pytest.mark.parametrize("mail", ["/repasse_en_construction", "/x", "/", "/accepte/accepte/../x"])
def test_an_address_of_no_mail_shows_nothing(procedure: ProcedureRow, ada: Actor, tab_of: Any, mail: str) -> None:
    tab = tab_of(ada)
    assert notices(call(tab, ProcedureMailState.open_mail, at(procedure, mail)))
    assert not shown(tab, ProcedureMailState).get("is_open")


@pytest.mark.parametrize("number", ["-1", "12abc", "９", "1" * 40, "0"])
def test_a_number_of_a_dossier_that_is_none_is_said(
    procedure: ProcedureRow, ada: Actor, tab_of: Any, number: str
) -> None:
    tab = tab_of(ada)
    call(tab, ProcedureMailState.open_mail, at(procedure))
    call(tab, ProcedureMailState.look_with, at(procedure), form={"dossier": number})
    assert shown(tab, ProcedureMailState)["dossier_error"]
    assert shown(tab, ProcedureMailState)["is_made_up"] is True


def test_a_colleague_s_words_appear_unless_one_is_writing(procedure: ProcedureRow, ada: Actor, tab_of: Any) -> None:
    writer, reader, typist = tab_of(ada), tab_of(ada), tab_of(ada)
    for tab in (writer, reader, typist):
        call(tab, ProcedureMailState.open_mail, at(procedure))
    call(typist, ProcedureMailState.draft, at(procedure), subject="Mon objet", body="Mon texte")
    call(writer, ProcedureMailState.save, at(procedure), subject="Le leur", body="Bonjour", seen="")
    for _ in range(50):
        reader.settle()
        if shown(reader, ProcedureMailState)["subject"] == "Le leur":
            break
    assert shown(reader, ProcedureMailState)["subject"] == "Le leur"
    typist.settle()
    assert shown(typist, ProcedureMailState)["subject"] != "Le leur"
    said = notices(call(typist, ProcedureMailState.save, at(procedure), subject="Mon objet", body="Mon texte", seen=""))
    assert "pendant que vous écriviez" in said[0]
