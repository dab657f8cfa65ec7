"""A file of procedures sent by a browser: who may, what is refused in a sentence, what becomes drafts."""

import gzip
import json
import secrets
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dsbuilder import clock
from dsbuilder.actions import procedures
from dsbuilder.actions.context import perform
from dsbuilder.actions.sessions import COOKIE_NAMES
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure_files import MAX_BYTES
from dsbuilder.domain.procedure_schema import schema
from dsbuilder.storage import credentials
from dsbuilder.storage.database import Database
from tests.builders import an_actor, an_administrator, in_one
from tests.web.conftest import Visitor

ONE = (Path(procedures.__file__).parents[1] / "demo" / "terrasse.json").read_bytes()
LINE = json.dumps(json.loads(ONE)).encode()
PATH = "/admin/importer"


def signed_in(visitor: Visitor, database: Database, actor: Actor) -> Visitor:
    token = secrets.token_urlsafe(32)
    in_one(
        database, credentials.open_session, token=token, account_id=actor.account_id, now=clock.now(),
        expires_at=clock.now() + timedelta(hours=1), remembered=False, browser="", address="",
    )  # fmt: skip
    visitor.cookies.set(COOKIE_NAMES[1], token)
    return visitor


@pytest.fixture
def ines(site: Database) -> Actor:
    return an_administrator(site, "ines@example.fr")


@pytest.fixture
def maker(visitor: Visitor, site: Database, ines: Actor) -> Visitor:
    """An administrator's browser."""
    return signed_in(visitor, site, ines)


def titles(database: Database, actor: Actor) -> list[str]:
    return [one.title for one in perform(database, procedures.my_procedures, actor=actor)]


@pytest.mark.parametrize("content", [ONE, LINE, gzip.compress(LINE + b"\n"), b"\xef\xbb\xbf" + ONE])
def test_one_procedure_becomes_a_draft_and_leads_to_its_editor(maker, site, ines, content):
    answer = maker.post(PATH, content=content)
    assert answer.status_code == 201
    (made,) = perform(site, procedures.my_procedures, actor=ines)
    assert answer.json() == {"to": f"/admin/demarches/{made.number}/formulaire"}


def test_english_pages_lead_to_english_pages(maker):
    assert maker.post(PATH + "?langue=en", content=ONE).json()["to"].startswith("/en/admin/demarches/")


def test_several_procedures_are_listed_and_only_the_chosen_ones_imported(maker, site, ines):
    other = json.dumps({**json.loads(ONE), "title": "Kermesse"}).encode()
    content = LINE + b"\n" + other + b"\n" + LINE
    told = maker.post(PATH, content=content).json()
    assert [one["title"] for one in told["procedures"]] == [
        json.loads(ONE)["title"],
        "Kermesse",
        json.loads(ONE)["title"],
    ]
    assert titles(site, ines) == []
    assert maker.post(PATH + "?lignes=1", content=content).json()["to"].endswith("/formulaire")
    assert titles(site, ines) == ["Kermesse"]
    assert maker.post(PATH + "?lignes=0,2", content=content).json() == {"to": "/admin/"}
    assert len(titles(site, ines)) == 3


@pytest.mark.parametrize("lines", ["7", "0,99", "x", "-1", "1.5"])
def test_lines_that_the_file_has_not_are_refused(maker, site, ines, lines):
    answer = maker.post(PATH + f"?lignes={lines}", content=LINE + b"\n" + LINE)
    assert answer.status_code == 422
    assert titles(site, ines) == []


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "vide"),
        (ONE[:400], "JSON"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "UTF-8"),
        (gzip.compress(LINE)[:200], "compressé"),
        (b'{"a": 1}', "démarche"),
        (gzip.compress(b" " * (MAX_BYTES * 4)), "20 Mo"),
    ],
    ids=["empty", "truncated", "image", "half a gzip", "other JSON", "bomb"],
)
def test_a_file_that_is_no_procedure_gets_a_sentence(maker, site, ines, content, word):
    answer = maker.post(PATH, content=content)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert word in answer.json()["detail"]
    assert titles(site, ines) == []


def test_a_file_over_20_mb_is_not_read_to_its_end(maker):
    sent = 0

    def endless():
        nonlocal sent
        for _ in range(40):
            sent += 1_000_000
            yield b"x" * 1_000_000

    answer = maker.post(PATH, content=endless())
    assert answer.status_code == 413
    assert "20 Mo" in answer.json()["detail"]


def test_nobody_but_an_administrator_imports(visitor, site):
    assert visitor.post(PATH, content=ONE).status_code == 403
    assert signed_in(visitor, site, an_actor(site)).post(PATH, content=ONE).status_code == 403


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_other_sites_cannot_import_for_us(maker, site, ines, headers):
    assert maker.post(PATH, content=ONE, headers=headers).status_code == 403
    assert titles(site, ines) == []


# -- and out again -------------------------------------------------------------------------------------------------
def exported(visitor: Visitor, number: int, form: str):
    return visitor.get(f"/admin/exporter/{number}/{form}")


def imported(maker: Visitor, site: Database, ines: Actor, content: bytes = ONE) -> int:
    maker.post(PATH, content=content)
    return perform(site, procedures.my_procedures, actor=ines)[0].number


def test_a_procedure_is_given_back_as_it_was_brought(maker, site, ines):
    number = imported(maker, site, ines)
    file = exported(maker, number, "open-data")
    assert file.json() == json.loads(ONE)
    assert file.headers["content-disposition"].startswith('attachment; filename="')
    assert file.headers["cache-control"] == "private, no-store"


def test_our_document_is_accepted_wherever_a_file_is(maker, site, ines):
    number = imported(maker, site, ines)
    document = exported(maker, number, "json").content
    assert exported(maker, number, "json").content == document
    again = maker.post(PATH, content=document).json()["to"].split("/")[3]
    second = json.loads(exported(maker, int(again), "json").content)
    first = json.loads(document)
    for field in (*first["fields"], *second["fields"]):
        del field["id"]
    assert second == first


@pytest.mark.parametrize("form", ["pdf", "", "json/x"])
def test_there_are_no_other_forms(maker, site, ines, form):
    assert exported(maker, imported(maker, site, ines), form).status_code == 404


def test_nobody_but_its_administrators_takes_a_procedure_out(maker, visitor, site, ines):
    number = imported(maker, site, ines)
    stranger = an_administrator(site)
    for someone in (Visitor(), signed_in(Visitor(), site, an_actor(site)), signed_in(Visitor(), site, stranger)):
        assert exported(someone, number, "json").status_code in (403, 404)
    assert exported(maker, 10**20, "json").status_code == 404


def test_the_schema_of_our_document_is_public(visitor):
    answer = visitor.get("/procedure.schema.json")
    assert answer.json() == schema()
    assert answer.headers["content-type"] == "application/schema+json"


def test_a_spreadsheet_says_what_was_left_out(maker, site, ines):
    title = imported(maker, site, ines)
    spreadsheet = exported(maker, title, "xlsform").content
    assert spreadsheet.startswith(b"PK")
    answer = maker.post(PATH + "?langue=en", content=spreadsheet)
    assert answer.status_code == 201
    assert answer.json()["to"].startswith("/en/admin/demarches/")
    book = load_workbook(BytesIO(spreadsheet))
    book["survey"].append(["barcode", "lieu", "Lieu"])
    book.save(changed := BytesIO())
    told = maker.post(PATH + "?langue=en", content=changed.getvalue()).json()
    assert told["left_out_count"] == len(told["left_out"]) >= 1
    assert told["left_out"][-1]["what"] == "barcode lieu"
    assert set(told["left_out"][0]) == {"sheet", "row", "what", "why"}


def test_a_picture_named_as_a_spreadsheet_is_refused(maker, site, ines):
    answer = maker.post(PATH, content=b"\x89PNG\r\n\x1a\n" + bytes(1000))
    assert answer.status_code == 422 and ".xlsx" in answer.json()["detail"]
