"""The file of a list over HTTP: who gets it, what it is called, and what odd addresses get."""

import io
import zipfile
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dsbuilder.actions import context, exports, sessions
from dsbuilder.domain.people import Actor
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from dsbuilder.web.dossier_exports import ROUTES
from tests.builders import NOW, PASSWORD, a_dossier_row, a_procedure_row, an_actor, an_instructor, sign_in
from tests.forms import a_field, an_open_procedure


@pytest.fixture
def procedure(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> ProcedureRow:
    monkeypatch.setattr(context, "_database", [sqlite_database])
    monkeypatch.setattr(context.clock, "now", lambda: NOW)
    return an_open_procedure(sqlite_database, a_field(1, label="Enseigne"), path="cantine")


@pytest.fixture
def agent(sqlite_database: Database, procedure: ProcedureRow) -> Actor:
    return an_instructor(sqlite_database, procedure)


def browser_of(database: Database, actor: Actor | None) -> TestClient:
    client = TestClient(Starlette(routes=ROUTES), base_url="http://localhost:8000")
    if actor is not None:
        client.cookies.set(sessions.COOKIE_NAMES[-1], sign_in(database, actor.email, PASSWORD).token)
    return client


def test_an_agent_gets_what_the_address_lists(
    sqlite_database: Database, procedure: ProcedureRow, agent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports.page, "__defaults__", ("", 2))  # so that there are pages
    numbers = [a_dossier_row(sqlite_database, procedure, deposited_at=NOW + timedelta(minutes=n)).id for n in range(5)]
    answer = browser_of(sqlite_database, agent).get(f"/instruction/exporter/{procedure.id}?statut=tous")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="dossiers-inscription-a-la-cantine.csv"'
    assert answer.headers["cache-control"] == "private, no-store"
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert [line.split(";")[0] for line in lines[1:-1]] == [str(number) for number in numbers[::-1]]
    english = browser_of(sqlite_database, agent).get(f"/instruction/exporter/{procedure.id}?langue=en&tri=depose")
    assert english.text.split("\r\n")[1].startswith(f"{numbers[0]},")


def test_blocks_come_in_a_zip(sqlite_database: Database, procedure: ProcedureRow) -> None:
    block = a_field(2, "repetition", "Enfants", a_field(3))
    other = an_open_procedure(sqlite_database, block, path="avec-bloc")
    agent = an_instructor(sqlite_database, other)
    answer = browser_of(sqlite_database, agent).get(f"/instruction/exporter/{other.id}")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert opened.namelist() == ["dossiers.csv", "enfants-2.csv"]


def test_others_get_a_problem_and_nothing_else(
    sqlite_database: Database, procedure: ProcedureRow, agent: Actor
) -> None:
    a_dossier_row(sqlite_database, procedure, deposited_at=NOW)
    elsewhere = an_instructor(sqlite_database, a_procedure_row(sqlite_database, path="ailleurs"))
    for actor in (None, an_actor(sqlite_database), elsewhere):
        answer = browser_of(sqlite_database, actor).get(f"/instruction/exporter/{procedure.id}")
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    for number in (0, 999, 2**60, 2**70):
        assert browser_of(sqlite_database, agent).get(f"/instruction/exporter/{number}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "1.value.commence=' OR 1=1 --",
        "1.value.contient=%25&1.value.contient=_",
        "1.value;drop table dossier.est=x",
        "tri=1.value; DROP TABLE dossier",
        "999.value.est=x",
        "etat.est=brouillon",
        "statut=../../etc/passwd",
        "statut=brouillon",
        "place=-r9999-12-31T00:00:00+00:00_1",
        "depose.entre=0001-01-01..9999-12-31",
        "depose.entre=..9999-12-31",
        "langue=xx",
        "&".join(f"1.value.contient={n}" for n in range(700)),
        "recherche=%00%F0%9F%90%A6",
    ],
)
def test_odd_addresses_do_no_harm(sqlite_database: Database, procedure: ProcedureRow, agent: Actor, query: str) -> None:
    elsewhere = a_procedure_row(sqlite_database, path="ailleurs")
    hidden = a_dossier_row(sqlite_database, elsewhere, deposited_at=NOW)
    draft, seen = a_dossier_row(sqlite_database, procedure), a_dossier_row(sqlite_database, procedure, deposited_at=NOW)
    answer = browser_of(sqlite_database, agent).get(f"/instruction/exporter/{procedure.id}?{query}")
    assert answer.status_code == 200
    numbers = {line.split(";")[0] for line in answer.text.split("\r\n")[1:] if line}
    assert numbers <= {str(seen.id)} and not numbers & {str(hidden.id), str(draft.id)}


def test_a_file_that_cannot_be_finished_breaks_off(
    sqlite_database: Database, procedure: ProcedureRow, agent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that nobody takes a part for the whole."""
    monkeypatch.setattr(exports.page, "__defaults__", ("", 1))
    for minute in range(3):
        a_dossier_row(sqlite_database, procedure, deposited_at=NOW + timedelta(minutes=minute))
    calls = []
    real = exports.listed

    def failing(*args: object, **named: object) -> object:
        calls.append(args)
        if len(calls) > 2:
            raise OSError("disk")
        return real(*args, **named)

    monkeypatch.setattr(exports, "listed", failing)
    with pytest.raises(OSError, match="disk"):
        browser_of(sqlite_database, agent).get(f"/instruction/exporter/{procedure.id}")
