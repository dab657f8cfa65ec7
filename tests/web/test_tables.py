"""The table of a list sent over HTTP: by whom, how large, and what becomes of the draft."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dsbuilder.actions import context, drafting, publishing, sessions
from dsbuilder.actions.context import perform
from dsbuilder.domain.documents import revision_to_json
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.storage import procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from dsbuilder.web.tables import ROUTES
from tests.builders import NOW, PASSWORD, a_procedure_row, an_actor, an_administrator, an_instructor, in_one, sign_in
from tests.forms import a_field, a_form

OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
CSV = "Commune;Code\nBrest;29200\nCaen;14000\n".encode("utf-8-sig")
TABLE = ("Commune,Code", "Brest,29200", "Caen,14000")


@pytest.fixture
def administrator(database: Database, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(context, "_database", [database])
    monkeypatch.setattr(context.clock, "now", lambda: NOW)
    return an_administrator(database, "ada@mairie.example")


@pytest.fixture
def procedure(database: Database, administrator: Actor) -> ProcedureRow:
    lists = a_field(1, "drop_down_list", "Ville", drop_down_options=("Lundi",))
    document = revision_to_json(a_form(lists, a_field(2, label="Nom")))
    return a_procedure_row(database, administrator, document=document)


def browser_of(database: Database, actor: Actor | None, **headers: str) -> TestClient:
    client = TestClient(Starlette(routes=ROUTES), base_url="http://localhost:8000", headers=OURS | headers)
    if actor is not None:
        client.cookies.set(sessions.COOKIE_NAMES[-1], sign_in(database, actor.email, PASSWORD).token)
    return client


def send(
    client: TestClient, procedure: ProcedureRow, content: bytes = CSV, field: int = 1, more: str = "drop_down_table"
) -> Any:
    return client.post(f"/admin/tableau/{procedure.id}/{field}/{more}", content=content)


def draft_of(database: Database, procedure: ProcedureRow, actor: Actor) -> Revision:
    return perform(database, drafting.open_draft, procedure.id, actor=actor).revision


def test_a_table_joins_the_draft_is_undone_and_done_again(
    database: Database, procedure: ProcedureRow, administrator: Actor
) -> None:
    answer = send(browser_of(database, administrator), procedure)
    assert (answer.status_code, answer.json()) == (201, {"rows": 2})
    options = draft_of(database, procedure, administrator).fields[0].options
    assert (options.drop_down_table, options.drop_down_options) == (TABLE, ("Lundi",))
    perform(database, drafting.undo, procedure.id, 0, actor=administrator)
    assert draft_of(database, procedure, administrator).fields[0].options.drop_down_table == ()
    perform(database, drafting.redo, procedure.id, 0, actor=administrator)
    assert draft_of(database, procedure, administrator).fields[0].options.drop_down_table == TABLE
    perform(database, drafting.set_option, procedure.id, FieldId(1), "drop_down_table", "", 0, actor=administrator)
    assert draft_of(database, procedure, administrator).fields[0].options.drop_down_table == ()


def test_what_is_published_keeps_its_table(database: Database, procedure: ProcedureRow, administrator: Actor) -> None:
    in_one(database, procedures.add_instructor, procedure.id, administrator.account_id)
    client = browser_of(database, administrator)
    send(client, procedure)
    perform(database, publishing.publish, procedure.id, "villes", actor=administrator)
    send(client, procedure, b"Commune;Code\nNantes;44000\n")
    ready = perform(database, publishing.readiness, procedure.id, actor=administrator)
    assert [difference.what.en for difference in ready.differences] == [
        "table of options, added",
        "table of options, removed",
    ]
    with database.reading() as db:
        row = db.get_one(ProcedureRow, procedure.id)
        frozen = procedures.revision(db, row.published_revision_id or 0).document
    assert frozen["fields"][0]["options"]["drop_down_table"] == list(TABLE)


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"", 422, "vide"),
        (b"x" * 1_000_001, 413, "1 Mo"),
        (b"PK\x03\x04", 422, "Enregistrer sous"),
        (b"Nom;Nom\na;b\n", 422, "même titre"),
        (b"Nom;Code\na;b;c\n", 422, "3 cellules"),
    ],
)
def test_what_cannot_be_used_is_said_and_changes_nothing(
    database: Database, procedure: ProcedureRow, administrator: Actor, content: bytes, status: int, said: str
) -> None:
    before = draft_of(database, procedure, administrator)
    answer = send(browser_of(database, administrator), procedure, content)
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert draft_of(database, procedure, administrator) == before
    english = browser_of(database, administrator).post(
        f"/admin/tableau/{procedure.id}/1/drop_down_table?langue=en", content=content
    )
    assert english.json()["detail"] != answer.json()["detail"]


def test_nobody_else_may_send_one(database: Database, procedure: ProcedureRow, administrator: Actor) -> None:
    before = draft_of(database, procedure, administrator)
    agent, stranger = an_instructor(database, procedure), an_administrator(database)
    for actor, status in ((None, 404), (an_actor(database), 404), (stranger, 404), (agent, 403)):
        assert send(browser_of(database, actor), procedure).status_code == status
    foreign = browser_of(database, administrator, origin="https://ailleurs.example", **{"sec-fetch-site": "cross-site"})
    assert send(foreign, procedure).status_code == 403
    client = browser_of(database, administrator)
    for field, more in (
        (1, "drop_down_options"),
        (1, "label"),
        (1, "__class__"),
        (2, "drop_down_table"),
        (2**60, "drop_down_table"),
    ):
        assert send(client, procedure, field=field, more=more).status_code in (404, 422)
    assert send(client, procedure, field=99).status_code in (404, 422)
    for path in (
        "/admin/tableau/1/1/../../etc",
        "/admin/tableau/-1/1/drop_down_table",
        "/admin/tableau/x/1/drop_down_table",
    ):
        assert client.post(path, content=CSV).status_code in (404, 405)
    assert draft_of(database, procedure, administrator) == before
