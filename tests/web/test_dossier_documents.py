"""The PDF of a dossier over HTTP: to whom it is sent, and how."""

import asyncio
import threading
from datetime import timedelta
from itertools import count
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dsbuilder.actions import context, depositing, dossier_documents, filling, sessions
from dsbuilder.actions.context import perform
from dsbuilder.domain.people import Actor
from dsbuilder.storage.database import Database
from dsbuilder.web.dossier_documents import ROUTES
from tests.builders import NOW, PASSWORD, a_procedure_row, an_actor, an_instructor, sign_in
from tests.forms import a_draft, a_field, an_open_procedure
from tests.in_a_thread import in_a_thread
from tests.pdf_reading import ReadPdf
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
    return ReadPdf(content).words


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


def test_many_at_once_wait_for_each_other_and_hold_up_nobody_else(
    sqlite_database: Database, procedure: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, at_once = threading.Semaphore(0), threading.Event(), 0
    drafts = [a_draft(sqlite_database) for _ in range(4)]
    cookies = [
        {"cookie": f"{sessions.COOKIE_NAMES[-1]}={sign_in(sqlite_database, actor.email, PASSWORD).token}"}
        for actor, _ in drafts
    ]

    def slow(_: object) -> bytes:
        nonlocal at_once
        at_once += 1
        begun.release()
        assert go_on.wait(30)
        return b"%PDF"

    monkeypatch.setattr(dossier_documents, "rendered", slow)

    async def all_at_once() -> tuple[int, int, set[int]]:
        transport = httpx2.ASGITransport(Starlette(routes=ROUTES))
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            slow_ones = [
                asyncio.create_task(client.get(f"/dossiers/{number}.pdf", headers=cookie))
                for (_, number), cookie in zip(drafts, cookies, strict=True)
            ]
            await asyncio.to_thread(lambda: [begun.acquire() for _ in range(2)])
            other = await client.get("/dossiers/999.pdf", headers=cookies[0])  # an action: it needs a thread too
            were = at_once
            go_on.set()
            return other.status_code, were, {answer.status_code for answer in await asyncio.gather(*slow_ones)}

    assert in_a_thread(all_at_once()) == (404, 2, {200})


def test_one_account_takes_one_turn_at_a_time(
    sqlite_database: Database, procedure: Any, applicant: tuple[Actor, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    perform(sqlite_database, depositing.submit, applicant[1], actor=applicant[0])
    agent = an_instructor(sqlite_database, procedure)
    tokens = [sign_in(sqlite_database, actor.email, PASSWORD).token for actor in (applicant[0], agent)]
    go_on, begun = threading.Event(), []

    def slow(sheet: dossier_documents.Sheet) -> bytes:
        begun.append(sheet.account)
        assert sheet.account or go_on.wait(30)
        return b"%PDF"

    monkeypatch.setattr(dossier_documents, "rendered", slow)

    async def all_at_once() -> tuple[int, list[str]]:
        transport = httpx2.ASGITransport(Starlette(routes=ROUTES))
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            own, theirs = ({"cookie": f"{sessions.COOKIE_NAMES[-1]}={token}"} for token in tokens)
            address = f"/dossiers/{applicant[1]}.pdf"
            slow_ones = [asyncio.create_task(client.get(address, headers=own)) for _ in range(10)]
            while not begun:
                await asyncio.sleep(0.01)
            try:
                async with asyncio.timeout(20):
                    agents = await client.get(f"/instruction/{procedure.id}{address}", headers=theirs)
                return agents.status_code, list(begun)
            finally:
                go_on.set()
                await asyncio.gather(*slow_ones)

    assert in_a_thread(all_at_once()) == (200, ["", applicant[0].email])


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
        (agent, f"/instruction/{procedure.id}/dossiers/{10**15 - 1}.pdf"),
        (actor, "/dossiers/0.pdf"),
        (actor, f"/dossiers/{10**15 - 1}.pdf"),
    ):
        answer = browser_of(sqlite_database, who).get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json"), address
        assert "Librairie" not in answer.text
