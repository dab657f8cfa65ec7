"""Files over HTTP: sent in pieces, resumed, checked by content, read only by who may."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dsbuilder.actions import context, depositing, files, filling, sessions, treating_files
from dsbuilder.actions.context import perform
from dsbuilder.domain.people import PLATFORM, Actor
from dsbuilder.settings import settings
from dsbuilder.storage.blobs import Blobs
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from dsbuilder.web.files import ROUTES
from tests.builders import NOW, PASSWORD, an_actor, an_instructor, sign_in
from tests.forms import a_draft, a_field, an_open_procedure
from tests.in_a_thread import in_a_thread
from tests.pictures_to_send import a_bomb, a_photograph, a_picture

PDF = b"%PDF-1.7\n" + b"x" * 3000
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"y" * 500
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
FILES = a_field(1, "piece_justificative", "Justificatif", max_files=2, max_megabytes=1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = Blobs(tmp_path / "files")
    monkeypatch.setattr(files, "blobs", lambda: store)
    return tmp_path / "files"


@pytest.fixture
def applicant(sqlite_database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Actor, int]:
    """Someone with a draft in a procedure that asks for two files at most."""
    monkeypatch.setattr(context, "_database", [sqlite_database])
    monkeypatch.setattr(context.clock, "now", lambda: NOW)
    an_open_procedure(sqlite_database, FILES, a_field(2, "text", "Nom"))
    return a_draft(sqlite_database)


def browser_of(database: Database, actor: Actor | None) -> TestClient:
    client = TestClient(Starlette(routes=ROUTES), base_url="http://localhost:8000", headers=OURS)
    if actor is not None:
        client.cookies.set(sessions.COOKIE_NAMES[-1], sign_in(database, actor.email, PASSWORD).token)
    return client


@pytest.fixture
def browser(sqlite_database: Database, applicant: tuple[Actor, int]) -> Iterator[TestClient]:
    with browser_of(sqlite_database, applicant[0]) as client:
        yield client


def announce(browser: TestClient, number: int, name: str = "preuve.pdf", size: int = len(PDF), path: str = "1"):
    return browser.post("/fichiers", json={"dossier": number, "path": path, "name": name, "size": size})


def piece(browser: TestClient, token: str, data: bytes, offset: int = 0):
    return browser.patch(f"/fichiers/{token}", content=data, headers={"upload-offset": str(offset)})


def attached(database: Database, applicant: tuple[Actor, int]) -> list[str]:
    answer = perform(database, filling.read_dossier, applicant[1], actor=applicant[0]).answers.get("1")
    return [file["name"] for file in (answer.value or ())] if answer else []


def send(browser: TestClient, number: int, name: str = "preuve.pdf", data: bytes = PDF) -> str:
    token = announce(browser, number, name, len(data)).json()["token"]
    assert piece(browser, token, data).status_code == 200
    return token


def test_a_file_arrives_in_pieces_and_becomes_part_of_the_answer(browser, sqlite_database, applicant):
    token = announce(browser, applicant[1]).json()["token"]
    first = piece(browser, token, PDF[:1000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "1000")
    assert attached(sqlite_database, applicant) == []
    assert browser.head(f"/fichiers/{token}").headers["upload-offset"] == "1000"
    assert piece(browser, token, PDF[1000:], 1000).status_code == 200
    assert attached(sqlite_database, applicant) == ["preuve.pdf"]
    assert browser.get(f"/fichiers/{token}/preuve.pdf").content == PDF


def test_a_piece_from_the_wrong_place_is_refused_with_the_right_one(browser, applicant):
    token = announce(browser, applicant[1]).json()["token"]
    piece(browser, token, PDF[:1000])
    for offset in (0, 999, 1001):
        answer = piece(browser, token, PDF[:10], offset)
        assert (answer.status_code, answer.headers["upload-offset"]) == (409, "1000")


def test_more_bytes_than_announced_end_the_sending(browser, sqlite_database, applicant):
    token = announce(browser, applicant[1], size=1000).json()["token"]
    answer = piece(browser, token, PDF)
    assert answer.status_code == 422 and "a changé pendant l’envoi" in answer.json()["detail"]
    assert attached(sqlite_database, applicant) == []
    assert browser.head(f"/fichiers/{token}").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("photo.pdf", PNG, "n’est pas un vrai PDF"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "n’est pas un vrai PDF"),
        ("notes.txt", b"MZ\x00\x00\x00 program", "n’est pas un vrai TXT"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_by_its_content(
    browser, sqlite_database, applicant, name, data, said
):
    token = announce(browser, applicant[1], name, len(data)).json()["token"]
    answer = piece(browser, token, data)
    assert answer.status_code == 422 and said in answer.json()["detail"]
    assert attached(sqlite_database, applicant) == []


@pytest.mark.parametrize("name", ["virus.exe", "page.html", "dessin.svg", "sans-extension", ".pdf"])
def test_a_format_that_is_not_in_the_list_is_refused_before_a_byte_is_sent(browser, applicant, name):
    answer = announce(browser, applicant[1], name)
    assert answer.status_code == 422 and "format" in answer.json()["detail"]


def test_too_large_empty_and_too_many_are_refused_in_words(browser, applicant):
    assert "dépasse 1 Mo" in announce(browser, applicant[1], size=1_000_001).json()["detail"].replace("\u00a0", " ")
    assert "vide" in announce(browser, applicant[1], size=0).json()["detail"]
    send(browser, applicant[1], "un.pdf")
    send(browser, applicant[1], "deux.pdf")
    assert announce(browser, applicant[1], "trois.pdf").status_code == 422


def test_refusals_speak_english_to_who_does(browser, applicant):
    browser.headers["accept-language"] = "en"
    assert "empty" in announce(browser, applicant[1], size=0).json()["detail"]


def test_two_files_that_end_together_are_both_kept(browser, sqlite_database, applicant):
    one, two = (announce(browser, applicant[1], name).json()["token"] for name in ("un.pdf", "deux.pdf"))
    piece(browser, one, PDF[:-1])
    piece(browser, two, PDF[:-1])
    piece(browser, one, PDF[-1:], len(PDF) - 1)
    piece(browser, two, PDF[-1:], len(PDF) - 1)
    assert attached(sqlite_database, applicant) == ["un.pdf", "deux.pdf"]


def test_a_file_is_taken_away_and_can_no_longer_be_read(browser, sqlite_database, applicant):
    token = send(browser, applicant[1])
    assert browser.delete(f"/fichiers/{token}").status_code == 204
    assert attached(sqlite_database, applicant) == []
    assert browser.get(f"/fichiers/{token}/preuve.pdf").status_code == 404


def test_folders_in_a_name_are_forgotten(browser, sqlite_database, applicant, folder):
    send(browser, applicant[1], "../../../etc/pass wd.pdf")
    assert attached(sqlite_database, applicant) == ["pass wd.pdf"]
    assert all(path.is_relative_to(folder) for path in folder.rglob("*"))


def test_a_file_is_always_saved_and_never_shown_in_our_pages(browser, applicant):
    answer = browser.get(f"/fichiers/{send(browser, applicant[1])}/preuve.pdf")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "no-store" in answer.headers["cache-control"]


def test_other_people_and_nobody_get_nothing(browser, sqlite_database, applicant):
    token = send(browser, applicant[1])
    half = announce(browser, applicant[1], "demi.pdf").json()["token"]
    for other in (None, an_actor(sqlite_database)):
        with browser_of(sqlite_database, other) as client:
            assert announce(client, applicant[1]).status_code == 404
            assert piece(client, half, PDF).status_code == 404
            for method in ("get", "delete", "head"):
                address = f"/fichiers/{token}" + ("/preuve.pdf" if method == "get" else "")
                assert getattr(client, method)(address).status_code == 404
    assert attached(sqlite_database, applicant) == ["preuve.pdf"]


def test_an_agent_reads_the_files_of_a_deposited_dossier_only_and_changes_none(browser, sqlite_database, applicant):
    with sqlite_database.reading() as db:
        procedure = db.get_one(ProcedureRow, 1)
    agent = an_instructor(sqlite_database, procedure)
    token = send(browser, applicant[1])
    with browser_of(sqlite_database, agent) as desk:
        assert desk.get(f"/fichiers/{token}/preuve.pdf").status_code == 404
        perform(sqlite_database, filling.answer, applicant[1], "2", "Martin", actor=applicant[0], now=NOW)
        perform(sqlite_database, depositing.submit, applicant[1], actor=applicant[0], now=NOW)
        assert desk.get(f"/fichiers/{token}/preuve.pdf").content == PDF
        assert desk.delete(f"/fichiers/{token}").status_code == 403
    assert attached(sqlite_database, applicant) == ["preuve.pdf"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "same-site"},
        {},
    ],
    ids=str,
)
def test_what_other_sites_send_is_refused(sqlite_database, applicant, headers):
    with browser_of(sqlite_database, applicant[0]) as client:
        client.headers = headers
        assert announce(client, applicant[1]).status_code == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"dossier": "1"}', b'{"dossier":-1,"path":"1","name":"a.pdf","size":1}', b"x" * 20_000],
    ids=lambda body: body[:20].decode(),
)
def test_a_malformed_announcement_is_refused(browser, body):
    assert browser.post("/fichiers", content=body).status_code == 400


@pytest.mark.parametrize("path", ["2", "99", "1:01ARZ3NDEKTSV4RRFFQ69G5FAV", "../1", ""])
def test_a_file_only_answers_a_question_that_asks_for_one(browser, applicant, path):
    assert announce(browser, applicant[1], path=path).status_code in (404, 422)


def test_the_limit_of_a_whole_dossier_holds(browser, applicant, monkeypatch):
    monkeypatch.setattr(files, "MAX_OF_DOSSIER", len(PDF) + 10)
    send(browser, applicant[1])
    assert "2 Go" in announce(browser, applicant[1], "deux.pdf").json()["detail"].replace("\u00a0", " ")


def test_bytes_that_nobody_needs_are_cleared(browser, sqlite_database, applicant, folder):
    token = send(browser, applicant[1])
    announced = announce(browser, applicant[1], "demi.pdf").json()["token"]
    piece(browser, announced, PDF[:100])
    browser.delete(f"/fichiers/{token}")
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2
    later = NOW + files.DISCARDED_FOR + files.UNFINISHED_FOR
    perform(sqlite_database, files.clear_files, actor=PLATFORM, now=later)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_the_settings_bound_every_file(browser, applicant, monkeypatch):
    monkeypatch.setattr(files, "settings", lambda: settings().model_copy(update={"max_file_mb": 0}))
    assert announce(browser, applicant[1]).status_code == 422


def test_a_file_lost_half_way_leaves_what_arrived(browser, applicant):
    """A client that goes away in the middle of a piece can go on from what the server has."""
    token = announce(browser, applicant[1]).json()["token"]

    def cut_off():
        yield PDF[:700]

    browser.patch(f"/fichiers/{token}", content=cut_off(), headers={"upload-offset": "0"})
    assert browser.head(f"/fichiers/{token}").headers["upload-offset"] == "700"
    assert piece(browser, token, PDF[700:], 700).status_code == 200


def test_hashing_and_writing_do_not_run_on_the_loop(browser, applicant, monkeypatch):
    """Blocking work goes to threads: the store is never called from where the loop runs."""
    store = files.blobs()
    called: list[bool] = []

    def watch(name):
        original = getattr(store, name)

        def wrapped(*arguments):
            try:
                asyncio.get_running_loop()
                called.append(True)
            except RuntimeError:
                called.append(False)
            return original(*arguments)

        monkeypatch.setattr(store, name, wrapped)

    for name in ("append", "size", "read"):
        watch(name)
    send(browser, applicant[1])
    assert called and not any(called)


# -- identity documents --------------------------------------------------------------------------------------------
@pytest.fixture
def identity(sqlite_database: Database, browser: TestClient) -> tuple[TestClient, Actor, int]:
    """Someone with a draft that asks for an identity document."""
    an_open_procedure(sqlite_database, a_field(7, "titre_identite", "Pièce d’identité"), path="identite")
    actor, number = a_draft(sqlite_database, "identite")
    return browser_of(sqlite_database, actor), actor, number


def mark(database: Database, token: str) -> None:
    waiting = perform(database, treating_files.to_mark, token, actor=PLATFORM)
    treating_files.put_mark(waiting)
    perform(database, treating_files.keep_marked, token, actor=PLATFORM)


def test_an_unmarked_identity_document_is_served_to_nobody_by_any_road(sqlite_database, identity, browser):
    owner, _, number = identity
    sent = a_photograph()
    token = announce(owner, number, "carte.jpg", len(sent), "7").json()["token"]
    assert piece(owner, token, sent[:300]).status_code == 204
    assert owner.get(f"/fichiers/{token}/carte.jpg").status_code == 404  # half of it
    assert piece(owner, token, sent[300:], 300).status_code == 200
    for client in (owner, browser, browser_of(sqlite_database, None)):
        for name in ("carte.jpg", f"{token}.new", "..%2F" + token, "", "carte.jpg?original=1"):
            answer = client.get(f"/fichiers/{token}/{name}")
            assert answer.status_code == 404 and sent[:50] not in answer.content
        assert client.get(f"/fichiers/{token}.new/carte.jpg").status_code == 404
        assert client.head(f"/fichiers/{token}").status_code == 404
    assert "filigrane" in owner.get(f"/fichiers/{token}/carte.jpg").json()["detail"]
    mark(sqlite_database, token)
    marked = owner.get(f"/fichiers/{token}/carte.jpg")
    assert marked.status_code == 200 and marked.content != sent and b"Telephone" not in marked.content
    assert "attachment" in marked.headers["content-disposition"]
    assert browser.get(f"/fichiers/{token}/carte.jpg").status_code == 404  # somebody else's
    assert piece(owner, token, b"more", len(sent)).status_code == 404  # nothing is added to what was marked


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [("carte.jpg", a_picture()[:400], "abîmée"), ("carte.png", a_bomb(), "trop de points"), ("a.png", PDF, "vrai PNG")],
)
def test_a_broken_picture_or_a_bomb_is_refused_in_words(sqlite_database, identity, folder, name, sent, said):
    owner, actor, number = identity
    token = announce(owner, number, name, len(sent), "7").json()["token"]
    answer = piece(owner, token, sent)
    assert answer.status_code == 422 and said in answer.json()["detail"]
    read = perform(sqlite_database, filling.read_dossier, number, actor=actor)
    assert "7" not in read.answers or not read.answers["7"].value


def test_pictures_are_not_decoded_on_the_loop(identity, monkeypatch):
    owner, _, number = identity
    called: list[bool] = []

    def check(path):
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        called.append(True)

    monkeypatch.setattr(files.watermark, "check", check)
    sent = a_picture()
    token = announce(owner, number, "carte.jpg", len(sent), "7").json()["token"]
    assert piece(owner, token, sent).status_code == 200
    assert called == [True]


def test_pictures_that_take_long_keep_no_action_waiting(sqlite_database, identity, monkeypatch):
    """Many identity documents at once: other people's files still come through, on the threads that actions share."""
    owner, _, number = identity
    go_on, begun = threading.Event(), threading.Semaphore(0)

    def slow(path):
        begun.release()
        assert go_on.wait(30)

    monkeypatch.setattr(files.watermark, "check", slow)
    sent = a_picture()
    tokens = [announce(owner, number, f"{n}.jpg", len(sent), "7").json()["token"] for n in range(10)]
    cookie = owner.cookies.get(sessions.COOKIE_NAMES[-1])

    async def all_at_once():
        transport = httpx2.ASGITransport(Starlette(routes=ROUTES))
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
            client.cookies.set(sessions.COOKIE_NAMES[-1], cookie)
            slow_ones = [
                asyncio.create_task(client.patch(f"/fichiers/{token}", content=sent, headers={"upload-offset": "0"}))
                for token in tokens
            ]
            await asyncio.to_thread(begun.acquire)
            other = await client.head(f"/fichiers/{tokens[0]}")
            go_on.set()
            return other.status_code, [answer.status_code for answer in await asyncio.gather(*slow_ones)]

    assert in_a_thread(all_at_once()) == (200, [200] * 10)
