"""The API of a question as the editor lives it over the socket: a token goes in and never comes out."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dsbuilder.actions import drafting, looking_up, procedures
from dsbuilder.actions.context import perform
from dsbuilder.domain.fields.lookups import Register
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId
from dsbuilder.integrations.reference_api import ReferenceApi
from dsbuilder.integrations.registers import Registers
from dsbuilder.integrations.stand_in import StandIn, stand_in
from dsbuilder.settings import settings
from dsbuilder.state.administrator.editor import EditorState
from dsbuilder.state.administrator.trying import TriedDraft
from dsbuilder.storage.database import Database, open_database
from tests.builders import an_administrator
from tests.furnished import a_cookie
from tests.state.sockets import Tab, opened

EDITOR, TRYING = EditorState.get_full_name(), TriedDraft.get_full_name()
SECRET = "jeton-d-acces-4f1c"


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> Iterator[StandIn]:
    with stand_in() as made:
        registers = Registers({Register.REFERENCE: ReferenceApi((), made.at("reference"))})
        monkeypatch.setattr(looking_up, "_registers", [registers])
        yield made
        registers.close()


@pytest.fixture
def database(client: TestClient) -> Iterator[Database]:
    opened = open_database(settings().database)
    yield opened
    opened.dispose()


@pytest.fixture
def question(database: Database) -> tuple[Actor, int, FieldId]:
    ada = an_administrator(database, f"ada-{uuid.uuid4().hex[:8]}@example.fr")
    number = perform(database, procedures.create, "Place au port", actor=ada)
    id = perform(database, drafting.add, number, "referentiel", None, None, 0, actor=ada).added
    for name, raw in (
        ("referentiel_url", "https://bateaux.exemple.gouv.fr/bateaux/{id}"),
        ("referentiel_test_data", "BR-0001"),
    ):
        perform(database, drafting.set_option, number, id, name, raw, 0, actor=ada)
    assert id is not None
    return ada, number, id


def ask(tab: Tab, number: int, handler: str, **payload: Any) -> str:
    return json.dumps(tab.ask(handler, payload, f"/admin/demarches/{number}/formulaire"), ensure_ascii=False)


def until(tab: Tab, words: str) -> None:
    while words not in tab.everything:
        text = tab.socket.receive_text()
        if text == "2":
            tab.socket.send_text("3")
        elif text.startswith("42/_event,"):
            tab.heard.append(json.loads(text.removeprefix("42/_event,"))[1])


def test_a_token_goes_in_and_never_comes_out(client, database, question, local) -> None:
    local.locks["reference"] = ("x-api-key", SECRET)
    ada, number, id = question
    with opened(client, a_cookie(database, ada)) as socket:
        tab = Tab(socket)
        ask(tab, number, f"{EDITOR}.open_editor")
        ask(tab, number, f"{EDITOR}.select", id=str(id))
        said = ask(tab, number, f"{TRYING}.set_token", id=str(id), entered={"header": "X-API-Key", "token": SECRET})
        assert "X-API-Key" in said
        ask(tab, number, f"{TRYING}.try_out", id=str(id))
        until(tab, "a répondu comme il faut")
        assert "Belle-Rive" in tab.everything
        assert SECRET not in tab.everything


def test_whoever_may_not_edit_the_form_neither_tries_nor_sets_a_token(client, database, question, local) -> None:
    _, number, id = question
    other = an_administrator(database, f"autre-{uuid.uuid4().hex[:8]}@example.fr")
    with opened(client, a_cookie(database, other)) as socket:
        tab = Tab(socket)
        ask(tab, number, f"{TRYING}.set_token", id=str(id), entered={"header": "X-API-Key", "token": SECRET})
        ask(tab, number, f"{TRYING}.try_out", id=str(id))
        ask(tab, number, f"{TRYING}.remove_token", id=str(id))
        ask(tab, number, f"{EDITOR}.send_to", id=str(id), path="$.nom", destination="all")
        assert "Belle-Rive" not in tab.everything
    assert local.asked == []
    ada = question[0]
    assert perform(database, drafting.open_draft, number, actor=ada).tryables[id].header == ""
