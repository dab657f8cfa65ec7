"""What the page of a form sends while one answers, asked over the socket as a page asks, without a browser."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from dsbuilder import clock
from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId
from dsbuilder.settings import settings
from dsbuilder.state.applicant import form
from dsbuilder.state.applicant.form import FormState
from dsbuilder.storage.database import Database, open_database
from dsbuilder.storage.tables import UserSession
from tests.domain.conditioned import conditioned
from tests.forms import a_draft, a_field, an_open_procedure
from tests.furnished import a_cookie
from tests.state.sockets import Tab, opened

FORM = FormState.get_full_name()
FIELDS = (
    a_field(1, "header_section", "Vous"),
    a_field(2, "text", "Nom"),
    a_field(3, "integer_number", "Âge"),
    a_field(4, "header_section", "Vos proches"),
    a_field(5, "repetition", "Enfant", a_field(6, "integer_number", "Âge de l’enfant")),
)


@pytest.fixture(scope="module")
def database(client: TestClient) -> Iterator[Database]:
    opened = open_database(settings().database)
    yield opened
    opened.dispose()


@pytest.fixture
def draft(database: Database) -> tuple[Actor, int]:
    path = f"formulaire-{uuid.uuid4().hex[:8]}"
    an_open_procedure(database, *FIELDS, path=path)
    return a_draft(database, path)


@pytest.fixture
def tab(client: TestClient, database: Database, draft: tuple[Actor, int]) -> Iterator[Tab]:
    with opened(client, a_cookie(database, draft[0])) as socket:
        tab = Tab(socket)
        ask(tab, draft, "open_page")
        yield tab


def ask(tab: Tab, draft: tuple[Actor, int], handler: str, **payload: Any) -> dict[str, Any]:
    """What the tab is sent of the form's state once the event is dealt with."""
    changes: dict[str, Any] = {}
    for sent in tab.ask(f"{FORM}.{handler}", payload, f"/dossiers/{draft[1]}/formulaire"):
        changes |= (sent.get("delta") or {}).get(FORM, {})
    return {name.removesuffix("_rx_state_"): value for name, value in changes.items()}


def test_a_good_answer_is_acknowledged_and_little_else_is_sent(tab: Tab, draft: tuple[Actor, int]) -> None:
    ask(tab, draft, "answer", path="2", raw="Martin")
    sent = ask(tab, draft, "answer", path="2", raw="Martine")
    assert sent.keys() <= {"acknowledged", "saved"}
    assert sent["acknowledged"] == "2|7|2"


def test_a_wrong_answer_marks_its_section_until_it_is_right(tab: Tab, draft: tuple[Actor, int]) -> None:
    wrong = ask(tab, draft, "answer", path="3", raw="douze")
    assert wrong["marks"]["s1"] == "wrong"
    right = ask(tab, draft, "answer", path="3", raw="12")
    assert right["marks"]["s1"] != "wrong"


def test_the_error_of_a_row_goes_with_it(tab: Tab, draft: tuple[Actor, int]) -> None:
    (row,) = [group["row"] for group in ask(tab, draft, "add_row", block="5")["rows"]["5"]][1:]
    assert ask(tab, draft, "answer", path=f"6:{row}", raw="douze")["marks"]["s4"] == "wrong"
    assert ask(tab, draft, "remove_row", block="5", row=row)["marks"]["s4"] != "wrong"


# -- what is said of one question ----------------------------------------------------------------------------------
def said(tab: Tab) -> dict[str, str]:
    """The errors that the page shows, after all that it was sent."""
    shown: dict[str, dict[str, str]] = {"errors": {}, "fresh_errors": {}}
    for sent in tab.heard:
        for name, value in (sent.get("delta") or {}).get(FORM, {}).items():
            if name.removesuffix("_rx_state_") in shown:
                shown[name.removesuffix("_rx_state_")] = value
    return {path: words for path, words in (shown["errors"] | shown["fresh_errors"]).items() if words}


def test_correcting_one_of_many_errors_does_not_send_the_others_again(tab: Tab, draft: tuple[Actor, int]) -> None:
    assert {"2", "3"} <= ask(tab, draft, "check")["errors"].keys()
    sent = ask(tab, draft, "answer", path="2", raw="Martin")
    assert "errors" not in sent
    assert sent["fresh_errors"] == {"2": ""}
    assert "2" not in said(tab)
    assert "3" in said(tab)


def test_many_errors_that_changed_are_put_back_with_the_others(
    tab: Tab, draft: tuple[Actor, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "MOST_FRESH", 1)
    ask(tab, draft, "check")
    for raw in ("douze", "12", "treize"):
        ask(tab, draft, "answer", path="3", raw=raw)
    ask(tab, draft, "answer", path="2", raw="Martin")
    assert "2" not in said(tab)
    assert "3" in said(tab)
    assert ask(tab, draft, "answer", path="3", raw="13")["fresh_errors"] == {"3": ""}
    assert "3" not in said(tab)


# -- what conditions hide --------------------------------------------------------------------------------------------
YES = Comparison(FieldId(1), Operator.EQ, True)


@pytest.fixture
def conditional(database: Database) -> tuple[Actor, int]:
    path = f"conditions-{uuid.uuid4().hex[:8]}"
    asked = [conditioned(a_field(id), YES) for id in range(2, 5)]
    an_open_procedure(database, a_field(1, "yes_no", "Un chien ?"), *asked, path=path)
    return a_draft(database, path)


@pytest.fixture
def conditional_tab(client: TestClient, database: Database, conditional: tuple[Actor, int]) -> Iterator[Tab]:
    with opened(client, a_cookie(database, conditional[0])) as socket:
        yield Tab(socket)


def test_only_what_an_answer_shows_or_hides_is_sent(
    conditional_tab: Tab, conditional: tuple[Actor, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(conditional_tab, conditional, "open_page")["hidden"] == {"2": True, "3": True, "4": True}
    sent = ask(conditional_tab, conditional, "answer", path="1", raw="true")
    assert "hidden" not in sent
    assert sent["fresh_hidden"] == {"2": False, "3": False, "4": False}
    assert ask(conditional_tab, conditional, "answer", path="1", raw="false")["fresh_hidden"] == {}
    monkeypatch.setattr(form, "MOST_FRESH", 2)
    sent = ask(conditional_tab, conditional, "answer", path="1", raw="true")
    assert (sent["hidden"], sent.get("fresh_hidden", {})) == ({}, {})


# -- the session in use --------------------------------------------------------------------------------------------
def last_seen(database: Database, actor: Actor) -> datetime:
    with database.reading() as db:
        return db.exec(select(UserSession.last_seen_at).where(UserSession.account_id == actor.account_id)).one()


def test_whoever_answers_stays_signed_in_without_a_write_at_each_answer(
    tab: Tab, draft: tuple[Actor, int], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(minutes=50)
    monkeypatch.setattr(clock, "now", lambda: later)
    ask(tab, draft, "answer", path="2", raw="Martin")
    assert last_seen(database, draft[0]) == later
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(minutes=4))
    ask(tab, draft, "answer", path="2", raw="Martine")
    assert last_seen(database, draft[0]) == later
