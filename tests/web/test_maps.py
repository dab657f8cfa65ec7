"""Drawings over HTTP: kept, never over another tab's, made of files and coordinates, closed to strangers."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from importlib import resources
from itertools import count
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dsbuilder.actions import context, depositing, filling, instruction, sessions
from dsbuilder.actions.allowance import Allowance
from dsbuilder.actions.context import perform
from dsbuilder.domain.geometry import Shape
from dsbuilder.domain.people import Actor
from dsbuilder.storage.database import Database
from dsbuilder.web import maps as routes
from tests.builders import NOW, PASSWORD, an_actor, an_instructor, sign_in
from tests.forms import a_draft, a_field, an_open_procedure

OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.fixture
def procedure(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Any:
    ticks = count()
    monkeypatch.setattr(context, "_database", [sqlite_database])
    monkeypatch.setattr(context.clock, "now", lambda: NOW + timedelta(seconds=next(ticks)))
    return an_open_procedure(
        sqlite_database,
        a_field(1, "carte", "Emprise"),
        a_field(2, "text", "Nom"),
        a_field(3, "carte", "Un point", shapes=("Point",), max_shapes=1),
        a_field(4, "repetition", "Lieux", a_field(5, "carte", "Lieu")),
    )


@pytest.fixture
def applicant(sqlite_database: Database, procedure: Any) -> tuple[Actor, int]:
    return a_draft(sqlite_database)


def browser_of(database: Database, actor: Actor | None) -> TestClient:
    client = TestClient(Starlette(routes=routes.ROUTES), base_url="http://localhost:8000", headers=OURS)
    if actor is not None:
        client.cookies.set(sessions.COOKIE_NAMES[-1], sign_in(database, actor.email, PASSWORD).token)
    return client


@pytest.fixture
def browser(sqlite_database: Database, applicant: tuple[Actor, int]) -> Iterator[TestClient]:
    with browser_of(sqlite_database, applicant[0]) as client:
        yield client


def feature(longitude: float, number: int = 0, description: str = "") -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [longitude, 46]}
    return {"type": "Feature", "id": number, "geometry": geometry, "properties": {"description": description}}


def put(browser: TestClient, number: int, *features: Any, seen: str = "", path: str = "1", **more: Any) -> Any:
    body = json.dumps({"type": "FeatureCollection", "features": features})
    return browser.put(f"/cartes/{number}/{path}", content=body, headers={"if-match": f'"{seen}"'}, **more)


def drawn(database: Database, applicant: tuple[Actor, int], path: str = "1") -> tuple[Shape, ...]:
    answer = perform(database, filling.read_dossier, applicant[1], actor=applicant[0]).answers.get(path)
    return answer.value or () if answer else ()


# -- keeping -------------------------------------------------------------------------------------------------------
def test_a_drawing_is_kept_measured_and_read_again(browser, sqlite_database, applicant):
    answer = put(browser, applicant[1], feature(2, description="Borne"))
    assert answer.status_code == 200
    (shape,) = answer.json()["shapes"]
    assert (shape["id"], shape["label"]) == (1, "Un point situé à 46°0′0″N 2°0′0″E")
    assert answer.json()["bounds"] == [2, 46, 2, 46]
    again = browser.get(f"/cartes/{applicant[1]}/1?langue=en")
    assert again.json()["version"] == answer.json()["version"] != ""
    assert again.json()["shapes"][0]["label"] == "A point at 46°0′0″N 2°0′0″E"
    assert again.headers["cache-control"] == "private, no-store"
    assert drawn(sqlite_database, applicant)[0].description == "Borne"


def test_a_drawing_made_from_an_older_one_is_refused_with_the_newer(browser, sqlite_database, applicant):
    first = put(browser, applicant[1], feature(2)).json()
    late = put(browser, applicant[1], feature(3))
    assert late.status_code == 412
    assert late.json()["version"] == first["version"] and late.json()["shapes"][0]["id"] == 1
    assert [shape.rings[0][0][0] for shape in drawn(sqlite_database, applicant)] == [2]
    both = put(browser, applicant[1], feature(2, 1), feature(3, 2), seen=first["version"])
    assert both.status_code == 200 and len(drawn(sqlite_database, applicant)) == 2


def test_other_answers_of_other_tabs_stay(browser, sqlite_database, applicant):
    perform(sqlite_database, filling.answer, applicant[1], "2", "Port", actor=applicant[0])
    put(browser, applicant[1], feature(2))
    put(browser, applicant[1], feature(2), path="3")
    answers = perform(sqlite_database, filling.read_dossier, applicant[1], actor=applicant[0]).answers
    assert answers["2"].value == "Port" and answers["1"].value and answers["3"].value


def test_an_empty_drawing_is_no_answer(browser, sqlite_database, applicant):
    seen = put(browser, applicant[1], feature(2)).json()["version"]
    assert put(browser, applicant[1], seen=seen).json()["shapes"] == []
    assert drawn(sqlite_database, applicant) == ()


def test_a_large_drawing_passes_that_no_socket_would_take(browser, sqlite_database, applicant):
    line = {"type": "LineString", "coordinates": [[2 + at / 1e5, 46 + at / 3e5] for at in range(45_000)]}
    answer = put(browser, applicant[1], {"type": "Feature", "geometry": line, "properties": {}})
    assert answer.status_code == 200 and len(answer.request.content) > 1_000_000
    assert len(drawn(sqlite_database, applicant)[0].rings[0]) == 45_000


@pytest.mark.parametrize(
    ("path", "features", "said"),
    [
        ("1", [feature(200)], "sort du globe"),
        ("1", [{"type": "Feature", "geometry": BOW, "properties": {}}], "se croise"),
        ("3", [feature(2), feature(3)], "Un seul tracé"),
        ("3", [{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}], "des points"),
    ],
)
def test_what_the_question_does_not_take_is_refused_with_a_sentence(
    browser, sqlite_database, applicant, path, features, said
):
    answer = put(browser, applicant[1], *features, path=path)
    assert answer.status_code == 422 and said in answer.json()["detail"]
    assert drawn(sqlite_database, applicant, path) == ()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\x00" * 10, b'{"type": "Topology"}', b"<gpx>"])
def test_what_is_no_drawing_is_refused(browser, applicant, body):
    assert browser.put(f"/cartes/{applicant[1]}/1", content=body, headers={"if-match": '""'}).status_code == 422


def test_more_than_five_megabytes_are_refused_before_all_came(browser, sqlite_database, applicant):
    def endless() -> Iterator[bytes]:
        for _ in range(7):
            yield b" " * 1_000_000

    for method, address in (("PUT", f"/cartes/{applicant[1]}/1"), ("POST", "/cartes/lecture")):
        answer = browser.request(method, address, content=endless())
        assert answer.status_code == 413 and "5 Mo" in answer.json()["detail"]


# -- files and coordinates -----------------------------------------------------------------------------------------
def test_a_file_is_read_without_being_kept(browser, sqlite_database, applicant):
    gpx = '<gpx><wpt lat="46" lon="2"><name>Borne</name></wpt></gpx>'
    answer = browser.post("/cartes/lecture", content=gpx)
    assert [shape["properties"] for shape in answer.json()["shapes"]] == [{"description": "Borne"}]
    assert drawn(sqlite_database, applicant) == ()
    assert "ni point" in browser.post("/cartes/lecture", content="<gpx/>").json()["detail"]
    assert "holds no point" in browser.post("/cartes/lecture?langue=en", content="<gpx/>").json()["detail"]


@pytest.mark.parametrize(
    ("kind", "text", "kinds"),
    [
        ("Point", "46,5 ; 2,4", ["Point"]),
        ("LineString", "46 ; 2\n47 ; 3", ["LineString"]),
        ("Polygon", "46 ; 2\n47 ; 3\n46 ; 3", ["Polygon"]),
    ],
)
def test_typed_coordinates_are_read(browser, kind, text, kinds):
    found = browser.post(f"/cartes/lecture?forme={kind}", content=text.encode()).json()["shapes"]
    assert [shape["geometry"]["type"] for shape in found] == kinds
    typed = found[0]["typed"].encode()
    assert browser.post(f"/cartes/lecture?forme={kind}", content=typed).json()["shapes"][0] == found[0]


@pytest.mark.parametrize(
    ("kind", "text"), [("Point", "ici"), ("LineString", "46 ; 2"), ("Circle", "46 ; 2"), ("Point", b"\xff\xfe")]
)
def test_wrong_coordinates_are_refused_with_a_sentence(browser, kind, text):
    content = text if isinstance(text, bytes) else text.encode()
    answer = browser.post(f"/cartes/lecture?forme={kind}", content=content)
    assert answer.status_code == 422 and answer.json()["detail"]


# -- strangers -----------------------------------------------------------------------------------------------------
def test_nobody_reads_or_changes_the_drawing_of_another(browser, sqlite_database, applicant, procedure):
    put(browser, applicant[1], feature(2))
    for actor in (an_actor(sqlite_database), None):
        with browser_of(sqlite_database, actor) as stranger:
            for path in ("1", "1/fichier.geojson", "2", "9"):
                assert stranger.get(f"/cartes/{applicant[1]}/{path}").status_code == 404
            assert put(stranger, applicant[1], feature(3)).status_code == 404
            if actor is None:
                assert stranger.post("/cartes/lecture", content="46 ; 2").status_code == 403
    assert [shape.rings[0][0][0] for shape in drawn(sqlite_database, applicant)] == [2]


def test_an_agent_reads_and_does_not_draw(browser, sqlite_database, applicant, procedure):
    put(browser, applicant[1], feature(2))
    put(browser, applicant[1], feature(2), path="3")
    agent = an_instructor(sqlite_database, procedure)
    with browser_of(sqlite_database, agent) as desk:
        assert desk.get(f"/cartes/{applicant[1]}/1").status_code == 404  # a draft is its applicant's alone
        perform(sqlite_database, filling.answer, applicant[1], "2", "Port", actor=applicant[0])
        rows = perform(sqlite_database, filling.add_row, applicant[1], "4", actor=applicant[0]).answers
        for row in (path.partition(":")[2] for path in rows if path.startswith("4:")):
            assert put(browser, applicant[1], feature(4), path=f"5:{row}").status_code == 200
        perform(sqlite_database, depositing.submit, applicant[1], actor=applicant[0], now=NOW)
        file = desk.get(f"/cartes/{applicant[1]}/1/fichier.geojson")
        assert (
            file.headers["content-type"] == "application/geo+json"
            and "attachment" in file.headers["content-disposition"]
        )
        assert file.json()["features"][0]["geometry"]["coordinates"] == [2, 46]
        assert put(desk, applicant[1], feature(3)).status_code == 403
    sections = perform(sqlite_database, instruction.answers, applicant[1], "fr", actor=agent)
    assert "<svg" in sections[0].answers[0].picture


@pytest.mark.parametrize("path", ["2", "9", "4", "5", "5:01JD2K3M4N5P6Q7R8S9TAVBWCX", "..", "1 or 1=1", "é"])
def test_only_a_question_with_a_map_has_a_drawing(browser, applicant, path):
    assert browser.get(f"/cartes/{applicant[1]}/{path}").status_code == 404
    assert put(browser, applicant[1], feature(2), path=path).status_code == 404


def test_a_number_that_no_database_holds_is_not_found(browser):
    for number in (2**53, 2**64, 10**30, "9" * 5000):
        assert browser.get(f"/cartes/{number}/1").status_code == 404
        assert browser.get(f"/cartes/{number}/1/fichier.geojson").status_code == 404
        assert put(browser, number, feature(2)).status_code == 404


def test_one_account_does_not_keep_the_server_drawing(browser, sqlite_database, applicant, procedure, monkeypatch):
    monkeypatch.setattr("dsbuilder.actions.maps.read_for", Allowance(burst=2, per_second=0))
    seen = put(browser, applicant[1], feature(2)).json()["version"]
    assert browser.post("/cartes/lecture?forme=Point", content="46 ; 2").status_code == 200
    answer = put(browser, applicant[1], feature(3), seen=seen)
    assert answer.status_code == 422 and "Attendez une minute" in answer.json()["detail"]
    assert browser.post("/cartes/lecture?forme=Point", content="46 ; 2").status_code == 422
    assert [shape.rings[0][0][0] for shape in drawn(sqlite_database, applicant)] == [2]
    with browser_of(sqlite_database, an_actor(sqlite_database)) as another:
        assert another.post("/cartes/lecture?forme=Point", content="46 ; 2").status_code == 200


def test_a_page_of_another_site_draws_nothing(browser, sqlite_database, applicant):
    elsewhere = {"origin": "https://evil.example", "sec-fetch-site": "cross-site", "if-match": '""'}
    body = json.dumps({"type": "FeatureCollection", "features": [feature(2)]})
    assert browser.put(f"/cartes/{applicant[1]}/1", content=body, headers=elsewhere).status_code == 403
    assert browser.post("/cartes/lecture", content=body, headers=elsewhere).status_code == 403
    assert drawn(sqlite_database, applicant) == ()


def test_a_dossier_under_instruction_is_not_drawn_on(browser, sqlite_database, applicant, monkeypatch):
    monkeypatch.setattr("dsbuilder.actions.filing.EDITABLE", frozenset())
    answer = put(browser, applicant[1], feature(2))
    assert answer.status_code == 422 and "en cours d’examen" in answer.json()["detail"]


# -- the base map --------------------------------------------------------------------------------------------------
def test_the_base_map_is_the_one_of_the_settings(browser, monkeypatch):
    assert browser.get("/cartes/fond").json() == {"style": "", "tiles": "", "credit": ""}
    settings = routes.settings().model_copy(update={"map_style_url": "https://m.example/{z}/{x}/{y}.png"})
    monkeypatch.setattr(routes, "settings", lambda: settings)
    assert browser.get("/cartes/fond").json()["tiles"] == "https://m.example/{z}/{x}/{y}.png"


def test_the_words_of_the_map_are_there_in_both_languages(browser):
    french, english = (browser.get(f"/cartes/mots?langue={language}").json() for language in ("fr", "en"))
    assert french.keys() == english.keys() and french["undo"] == "Annuler la dernière action"
    components = resources.files("dsbuilder.components")
    asked = {
        name
        for part in ("map_question.jsx", "map_canvas.jsx")
        for name in re.findall(r"\bwords\.(\w+)", (components / part).read_text(encoding="utf-8"))
    }
    assert asked <= french.keys()
    for name in french:
        assert not re.search(r"« | »|\w [:;?!]|\w'\w", french[name]), french[name]
