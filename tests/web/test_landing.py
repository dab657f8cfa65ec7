"""A procedure's page is real HTML; its button leads to sign in and back, then to a draft."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dsbuilder import clock
from dsbuilder.actions import sessions
from dsbuilder.domain.documents import revision_to_json
from dsbuilder.domain.people import Actor
from dsbuilder.storage import lists, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow, ProcedureRow
from tests.builders import NOW, a_procedure_row, an_actor, an_administrator, sign_in
from tests.forms import a_field, a_form, an_open_procedure
from tests.web.conftest import Visitor

FIELDS = (
    a_field(1, "text", "Nom"),
    a_field(2, "piece_justificative", "Un justificatif de domicile"),
)


@pytest.fixture
def procedure(site: Database) -> ProcedureRow:
    return an_open_procedure(site, *FIELDS)


def signed_in(database: Database, actor: Actor, **headers: str) -> Visitor:
    visitor = Visitor(**headers)
    visitor.cookies.set(sessions.COOKIE_NAMES[-1], sign_in(database, actor.email, now=clock.now()).token)
    return visitor


def drafts(database: Database, actor: Actor, procedure: ProcedureRow) -> tuple[int, ...]:
    with database.reading() as db:
        return lists.drafts_in(db, actor, procedure.id or 0)


@pytest.mark.parametrize(("prefix", "button"), [("", "Commencer ma demande"), ("/en", "Begin my request")])
def test_the_page_says_who_asks_what_to_attach_and_how_long(
    visitor: Visitor, procedure: ProcedureRow, prefix: str, button: str
) -> None:
    words = visitor.words(f"{prefix}/commencer/cantine")
    assert "Inscription à la cantine" in words
    assert "Un justificatif de domicile" in words
    assert "minute" in words
    assert button in words
    assert "<script" not in visitor.get(f"{prefix}/commencer/cantine").text


def test_what_an_administrator_wrote_cannot_act_in_the_page(site: Database, visitor: Visitor) -> None:
    form = a_form(*FIELDS, title="<b>Titre</b>", description="<img src=x onerror=alert(1)> <script>alert(2)</script>")
    a_procedure_row(site, document=revision_to_json(form), path="piege")
    html = visitor.get("/commencer/piege").text
    assert "<b>Titre" not in html
    assert "<img src=x" not in html
    assert "<script" not in html


def test_the_button_leads_to_sign_in_and_back_to_a_new_dossier(
    site: Database, visitor: Visitor, procedure: ProcedureRow
) -> None:
    answer = visitor.post("/commencer/cantine", data={})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/connexion?next=%2Fcommencer%2Fcantine%3Fcommencer%3D1"
    applicant = an_actor(site)
    back = signed_in(site, applicant).get("/commencer/cantine?commencer=1")
    (number,) = drafts(site, applicant, procedure)
    assert back.headers["location"] == f"/dossiers/{number}/identite"


def test_another_site_cannot_begin_a_dossier_for_someone(site: Database, procedure: ProcedureRow) -> None:
    applicant = an_actor(site)
    foreign = signed_in(site, applicant, **{"sec-fetch-site": "cross-site"})
    assert foreign.get("/commencer/cantine?commencer=1").status_code == 200
    assert foreign.post("/commencer/cantine", data={}).status_code == 422
    assert drafts(site, applicant, procedure) == ()


def test_the_only_draft_is_offered_again_and_another_may_be_begun(site: Database, procedure: ProcedureRow) -> None:
    applicant = an_actor(site)
    visitor = signed_in(site, applicant)
    first = visitor.post("/commencer/cantine", data={}).headers["location"]
    assert visitor.post("/commencer/cantine", data={}).headers["location"] == first
    assert "Continuer mon dossier" in visitor.words("/commencer/cantine")
    assert visitor.post("/commencer/cantine", data={"again": "1"}).headers["location"] != first
    assert "Voir mes brouillons" in visitor.words("/commencer/cantine")


def test_a_closed_procedure_says_so_and_takes_nothing(
    site: Database, visitor: Visitor, procedure: ProcedureRow
) -> None:
    with site.transaction() as db:
        procedures.close(db, db.get_one(ProcedureRow, procedure.id), NOW)
    words = visitor.words("/commencer/cantine")
    assert "close" in words
    assert "Commencer" not in words
    refused = signed_in(site, an_actor(site)).post("/commencer/cantine", data={})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "path", ["rien", "rien?test=1", "1?test=1", "%2e%2e%2fetc", "<script>", "a" * 500, "999999?test"]
)
def test_what_is_not_there_is_a_real_404(visitor: Visitor, procedure: ProcedureRow, path: str) -> None:
    answer = visitor.get(f"/commencer/{path}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_a_procedure_never_published_is_shown_to_its_own_people_alone(site: Database, visitor: Visitor) -> None:
    owner = an_administrator(site)
    row = a_procedure_row(site, owner, document=revision_to_json(a_form(*FIELDS)))
    assert visitor.get(f"/commencer/{row.id}?test").status_code == 404
    assert signed_in(site, an_administrator(site)).get(f"/commencer/{row.id}?test").status_code == 404
    own = signed_in(site, owner)
    assert "Essai" in own.words(f"/commencer/{row.id}?test")
    begun = own.post(f"/commencer/{row.id}?test=1", data={})
    assert begun.headers["location"].startswith("/dossiers/")


# -- links that bring answers --------------------------------------------------------------------------------------
BLOCK = (a_field(3, "repetition", "Enfants", a_field(4, "text", "Prénom")), a_field(5, "integer_number", "Effectif"))
LINK = "/commencer/cantine?champ_1=Martin&champ_3[][champ_4]=Ana&champ_3[][champ_4]=Bob&identite_prenom=Camille&utm=x"


@pytest.fixture
def asked(site: Database) -> ProcedureRow:
    return an_open_procedure(site, *FIELDS, *BLOCK)


def document_of(database: Database, number: int) -> dict[str, Any]:
    with database.reading() as db:
        return dict(db.get_one(DossierRow, number).answers)


def action_in(html: str) -> str:
    return unescape(re.findall('<form method="post" action="([^"]+)"', html)[-1])


def test_a_link_says_what_it_brings_and_what_was_not_taken(visitor: Visitor, asked: ProcedureRow) -> None:
    words = visitor.words(LINK + "&champ_5=beaucoup&champ_99=x")
    assert "Ce lien apporte 3 réponses" in words
    assert "Effectif – Saisissez un nombre entier" in words
    assert "champ_99 – Cette question n’est pas dans le formulaire" in words
    assert "Martin" not in words and "beaucoup" not in words
    assert "apporte" not in visitor.words("/commencer/cantine?utm=x")
    assert "brings 1 answer" in visitor.words("/en/commencer/cantine?champ_1=Martin")


def test_the_button_of_such_a_link_begins_a_dossier_with_its_answers(site: Database, asked: ProcedureRow) -> None:
    applicant = an_actor(site)
    visitor = signed_in(site, applicant)
    address = action_in(visitor.get(LINK).text)
    assert visitor.post(address).headers["location"].endswith("/identite")
    (number,) = drafts(site, applicant, asked)
    document = document_of(site, number)
    assert document["1"]["v"] == "Martin" and document["1"]["by"] == applicant.account_id
    assert sorted(entry["v"] for path, entry in document.items() if path.startswith("4:")) == ["Ana", "Bob"]
    assert sum(path.startswith("3:") for path in document) == 2
    assert visitor.post(address).headers["location"].endswith(f"/dossiers/{number}/identite")
    assert len(drafts(site, applicant, asked)) == 1


def test_such_a_link_never_writes_into_a_dossier_already_begun(site: Database, asked: ProcedureRow) -> None:
    applicant = an_actor(site)
    visitor = signed_in(site, applicant)
    visitor.post("/commencer/cantine")
    visitor.post("/commencer/cantine?champ_1=Martin")
    visitor.post("/commencer/cantine?champ_1=Durand")
    said = [document_of(site, number).get("1", {}).get("v") for number in drafts(site, applicant, asked)]
    assert sorted(map(str, said)) == ["Durand", "Martin", "None"]


def test_the_answers_stay_while_one_signs_in(site: Database, visitor: Visitor, asked: ProcedureRow) -> None:
    applicant = an_actor(site)
    to = visitor.post(action_in(visitor.get(LINK).text)).headers["location"]
    assert to.startswith("/connexion?next=")
    next = parse_qs(urlsplit(to).query)["next"][0]
    assert "utm" not in next
    back = signed_in(site, applicant).get(next)
    assert back.headers["location"].endswith("/identite")
    (number,) = drafts(site, applicant, asked)
    assert document_of(site, number)["1"]["v"] == "Martin"


def test_another_site_cannot_make_one_begin_with_its_answers(site: Database, asked: ProcedureRow) -> None:
    applicant = an_actor(site)
    visitor = signed_in(site, applicant, **{"sec-fetch-site": "cross-site"})
    assert visitor.get(LINK + "&commencer=1").status_code == 200
    assert drafts(site, applicant, asked) == ()


def test_what_a_link_brings_is_in_no_log(
    site: Database, asked: ProcedureRow, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    visitor = signed_in(site, an_actor(site))
    visitor.post(action_in(visitor.get(LINK).text))
    written = "".join(capsys.readouterr()) + caplog.text
    assert "Martin" not in written and "Camille" not in written
