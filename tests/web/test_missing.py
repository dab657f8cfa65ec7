"""An address that does not exist gets a page with the ways on from there."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dsbuilder import clock
from dsbuilder.actions import sessions
from dsbuilder.storage.database import Database
from dsbuilder.web.missing import missing_page
from tests.builders import an_actor, sign_in
from tests.web.conftest import SITE

PEOPLE = {"accept": "text/html,*/*"}


@pytest.fixture
def visitor(site: Database) -> TestClient:
    return TestClient(Starlette(routes=[Route("/{path:path}", missing_page)]), base_url=SITE, headers=PEOPLE)


@pytest.mark.parametrize(
    ("path", "language", "said"), [("/rien", "fr", "n’existe pas"), ("/en/nothing", "en", "does not exist")]
)
def test_it_is_said_in_the_language_of_the_address(visitor: TestClient, path: str, language: str, said: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text and said in answer.text


def test_whoever_is_signed_in_is_led_to_their_dossiers(visitor: TestClient, site: Database) -> None:
    assert 'href="/en/connexion"' in visitor.get("/en/nothing").text
    visitor.cookies.set(sessions.COOKIE_NAMES[-1], sign_in(site, an_actor(site).email, now=clock.now()).token)
    answer = visitor.get("/en/nothing").text
    assert 'href="/en/dossiers"' in answer and 'href="/en/connexion"' not in answer


def test_a_missing_file_gets_a_word(visitor: TestClient) -> None:
    assert visitor.get("/assets/old.js", headers={"accept": "*/*"}).text == "404"
