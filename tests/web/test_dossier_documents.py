"""The PDF of a dossier over HTTP: to whom it is sent, and how."""

import io
from datetime import timedelta
from itertools import count
from typing import Any

import pypdf
import pytest
from starlette.testclient import TestClient

from dsbuilder.actions import context, depositing, filling, sessions
from dsbuilder.actions.context import perform
from dsbuilder.domain.people import Actor
from dsbuilder.storage.database import Database
from tests.builders import NOW, PASSWORD, a_procedure_row, an_actor, an_instructor, sign_in
from tests.forms import a_draft, a_field, an_open_procedure
from tests.web.conftest import Visitor


@pytest.fixture
def procedure(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Any:
    ticks = count()
    monkeypatch.setattr(context, "_database", [sqlite_database])
    monkeypatch.setattr(context.clock, "now", lambda: NOW + timedelta(seconds=next(ticks)))
    return an_open_procedure(sqlite_database, a_field(1, "text", "Enseigne"))


@pytest.fixture
def applicant(sqlite_database: Database, procedure: Any) -> tuple[Actor, int]:
    actor, number = a_draft(sqlite_database)
    perform(sqlite_database, filling.answer, number, "1", "Librairie Le Goff", actor=actor)
    return actor, number


def browser_of(database: Database, actor: Actor | None) -> TestClient:
    client = Visitor()
    if actor is not None:
        client.cookies.set(sessions.COOKIE_NAMES[-1], sign_in(database, actor.email, PASSWORD).token)
    return client


def words(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_the_owner_saves_a_draft_and_then_the_dossier(sqlite_database: Database, applicant: tuple[Actor, int]) -> None:
    actor, number = applicant
    answer = browser_of(sqlite_database, actor).get(f"/dossiers/{number}.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="dossier-{number}.pdf"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "Librairie Le Goff" in words(answer.content) and "n’est pas déposé" in words(answer.content)
    perform(sqlite_database, depositing.submit, number, actor=actor)
    deposited = words(browser_of(sqlite_database, actor).get(f"/dossiers/{number}.pdf?langue=en").content)
    assert "Submitted on" in deposited and "Draft" not in deposited


def test_an_agent_of_the_procedure_gets_it_once_deposited(
    sqlite_database: Database, procedure: Any, applicant: tuple[Actor, int]
) -> None:
    actor, number = applicant
    browser = browser_of(sqlite_database, an_instructor(sqlite_database, procedure))
    address = f"/instruction/{procedure.id}/dossiers/{number}.pdf"
    assert browser.get(address).status_code == 404
    perform(sqlite_database, depositing.submit, number, actor=actor)
    answer = browser.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert actor.email in words(answer.content)


def test_others_get_a_problem_and_nothing_else(
    sqlite_database: Database, procedure: Any, applicant: tuple[Actor, int]
) -> None:
    actor, number = applicant
    perform(sqlite_database, depositing.submit, number, actor=actor)
    elsewhere = a_procedure_row(sqlite_database, path="ailleurs")
    agent, other = an_instructor(sqlite_database, procedure), an_instructor(sqlite_database, elsewhere)
    for who, address in (
        (None, f"/dossiers/{number}.pdf"),
        (an_actor(sqlite_database), f"/dossiers/{number}.pdf"),
        (agent, f"/dossiers/{number}.pdf"),
        (None, f"/instruction/{procedure.id}/dossiers/{number}.pdf"),
        (other, f"/instruction/{procedure.id}/dossiers/{number}.pdf"),
        (other, f"/instruction/{elsewhere.id}/dossiers/{number}.pdf"),
        (agent, f"/instruction/{elsewhere.id}/dossiers/{number}.pdf"),
        (agent, f"/instruction/{procedure.id}/dossiers/{2**70}.pdf"),
        (actor, "/dossiers/0.pdf"),
        (actor, f"/dossiers/{2**60}.pdf"),
    ):
        answer = browser_of(sqlite_database, who).get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json"), address
        assert "Librairie" not in answer.text
