"""The account pages as a browser without JavaScript meets them."""

from datetime import datetime, timedelta

import pytest

from dsbuilder import clock
from dsbuilder.actions import accounts, passwords, sessions, team
from dsbuilder.actions.context import Actor, perform
from dsbuilder.domain.people import Role
from dsbuilder.settings import Settings
from dsbuilder.storage.database import Database
from dsbuilder.web import origin
from dsbuilder.web import visitor as visiting
from dsbuilder.web.visitor import own_path
from tests.builders import (
    PASSWORD,
    a_procedure_row,
    an_actor,
    an_administrator,
    mailed_token,
    mails_to,
)
from tests.web.conftest import SITE, Visitor, words

EMAIL = "camille@example.fr"
WRONG = {"email": EMAIL, "password": "wrong"}
RIGHT = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
def camille(site: Database) -> Actor:
    return an_actor(site, EMAIL)


# -- signing in ---------------------------------------------------------------------------------------------------
def test_a_citizen_signs_in_and_comes_back_to_the_procedure(visitor: Visitor, site: Database, camille: Actor) -> None:
    a_procedure_row(site, path="cantine")
    page = visitor.get("/connexion?next=/commencer/cantine")
    assert "Pour continuer : Inscription à la cantine" in words(page.text).replace("\xa0", " ")
    assert 'value="/commencer/cantine"' in page.text
    answer = visitor.post("/connexion", data={**RIGHT, "next": "/commencer/cantine"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/commencer/cantine")
    assert visitor.get("/connexion").headers["location"] == "/dossiers"


@pytest.mark.parametrize(
    ("roles", "place"),
    [
        ((), "/dossiers"),
        ((Role.INSTRUCTOR,), "/instruction"),
        ((Role.INSTRUCTOR, Role.ADMINISTRATOR), "/admin"),
    ],
)
def test_everyone_goes_to_where_they_work(
    visitor: Visitor, site: Database, roles: tuple[Role, ...], place: str
) -> None:
    an_actor(site, EMAIL, roles=roles)
    assert Visitor().post("/connexion", data=RIGHT).headers["location"] == place
    assert Visitor().post("/en/connexion", data=RIGHT).headers["location"] == f"/en{place}"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: Visitor, camille: Actor) -> None:
    cookie = visitor.post("/connexion", data=RIGHT).headers["set-cookie"]
    assert cookie.startswith("dsbuilder=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age" not in cookie
    remembered = Visitor().post("/connexion", data={**RIGHT, "remember": "1"}).headers["set-cookie"]
    assert "Max-Age=1209600" in remembered


def test_over_https_the_cookie_is_bound_to_our_host(
    visitor: Visitor, camille: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (origin, sessions):
        monkeypatch.setattr(module, "settings", lambda: Settings(url="https://demarches.example.org"))
    secure = Visitor(origin="https://demarches.example.org")
    cookie = secure.post("/connexion", data=RIGHT).headers["set-cookie"]
    assert cookie.startswith("__Host-dsbuilder=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_a_wrong_password_is_said_in_the_page_and_the_address_kept(visitor: Visitor, camille: Actor) -> None:
    answer = visitor.post("/connexion", data={**WRONG, "next": "/dossiers/1", "remember": "1"})
    assert answer.status_code == 422
    assert sessions.WRONG.fr in words(answer.text)
    assert f'value="{EMAIL}"' in answer.text
    assert 'value="/dossiers/1"' in answer.text
    assert 'value="1" checked' in answer.text
    assert "wrong" not in answer.text
    assert "set-cookie" not in answer.headers


def test_an_unknown_address_gets_the_very_same_page(visitor: Visitor, camille: Actor) -> None:
    known = visitor.post("/connexion", data=WRONG)
    unknown = visitor.post("/connexion", data={**WRONG, "email": "nobody@example.fr"})
    assert unknown.status_code == known.status_code
    assert unknown.text.replace("nobody@example.fr", EMAIL) == known.text


def test_after_six_failures_the_right_password_is_refused_too(visitor: Visitor, camille: Actor) -> None:
    for _ in range(6):
        visitor.post("/connexion", data=WRONG)
    answer = visitor.post("/connexion", data=RIGHT)
    assert sessions.LOCKED.fr in words(answer.text)
    assert "set-cookie" not in answer.headers


def test_who_must_wait_costs_no_work(visitor: Visitor, camille: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(6):
        visitor.post("/connexion", data=WRONG)
    checked: list[str] = []
    monkeypatch.setattr(passwords, "check", lambda *args: checked.append("slow"))
    visitor.post("/connexion", data=RIGHT)
    assert checked == []


def test_what_was_typed_is_escaped(visitor: Visitor) -> None:
    answer = visitor.post("/connexion", data={"email": '"><script>alert(1)</script>', "password": "x", "next": '"/x'})
    assert "<script>alert" not in answer.text
    assert "&gt;&lt;script&gt;" in answer.text


def test_signing_in_again_ends_the_session_before(visitor: Visitor, site: Database, camille: Actor) -> None:
    visitor.post("/connexion", data=RIGHT)
    first = visitor.cookies["dsbuilder"]
    visitor.post("/connexion", data=RIGHT)
    with site.reading() as db:
        assert not sessions.actor_of(db, first, clock.now()).signed_in
        assert sessions.actor_of(db, visitor.cookies["dsbuilder"], clock.now()).signed_in


def test_signing_out_ends_the_session_everywhere(visitor: Visitor, site: Database, camille: Actor) -> None:
    visitor.post("/connexion", data=RIGHT)
    token = visitor.cookies["dsbuilder"]
    answer = visitor.post("/auth/sortie")
    assert answer.headers["location"] == "/connexion?fait=sortie"
    assert "dsbuilder" not in visitor.cookies
    with site.reading() as db:
        assert not sessions.actor_of(db, token, clock.now()).signed_in


# -- only our own pages -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": SITE, "sec-fetch-site": "cross-site"},
        {"origin": SITE, "sec-fetch-site": "same-site"},
        {"origin": SITE, "sec-fetch-site": "none"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/connexion", "/inscription", "/mot-de-passe", "/confirmation", "/invitation", "/auth/sortie"]
)
def test_a_form_sent_by_another_site_is_refused(
    visitor: Visitor, camille: Actor, headers: dict[str, str], path: str
) -> None:
    answer = visitor.post(path, data=RIGHT, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_huge_form_is_refused(visitor: Visitor) -> None:
    assert visitor.post("/connexion", data={"email": "x" * 100_000}).status_code == 422
    assert visitor.post("/connexion", data={f"f{n}": "" for n in range(100)}).status_code == 422


@pytest.mark.parametrize(
    "next",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/x\r\nset-cookie: a=b",
        "/\t/evil.example",
        "dossiers",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(visitor: Visitor, camille: Actor, next: str) -> None:
    assert own_path(next) == ""
    assert visitor.post("/connexion", data={**RIGHT, "next": next}).headers["location"] == "/dossiers"


def test_our_own_pages_are_places_to_go() -> None:
    assert own_path("/commencer/cantine?test=1&x=%C3%A9") == "/commencer/cantine?test=1&x=%C3%A9"


# -- opening an account -------------------------------------------------------------------------------------------
def test_a_citizen_opens_an_account_and_goes_on_with_the_procedure(visitor: Visitor, site: Database) -> None:
    answer = visitor.post("/inscription", data={**RIGHT, "next": "/commencer/cantine"})
    assert answer.status_code == 200
    assert EMAIL in words(answer.text)
    token = mailed_token(site, EMAIL)
    assert "Confirmer mon adresse" in visitor.words(f"/confirmation?jeton={token}")
    confirmed = visitor.post("/confirmation", data={"jeton": token})
    assert confirmed.headers["location"] == "/commencer/cantine"
    assert visitor.get("/connexion").headers["location"] == "/dossiers"


def test_opened_elsewhere_the_link_asks_to_sign_in(visitor: Visitor, site: Database) -> None:
    visitor.post("/inscription", data={**RIGHT, "next": "/commencer/cantine?a=b"})
    elsewhere = Visitor()
    answer = elsewhere.post("/confirmation", data={"jeton": mailed_token(site, EMAIL)})
    assert answer.headers["location"] == "/connexion?fait=confirme&next=%2Fcommencer%2Fcantine%3Fa%3Db"
    assert "Votre adresse est confirmée" in elsewhere.words(answer.headers["location"])
    assert elsewhere.post("/connexion", data=RIGHT).status_code == 303


def test_looking_at_the_link_uses_nothing_up(visitor: Visitor, site: Database) -> None:
    visitor.post("/inscription", data=RIGHT)
    token = mailed_token(site, EMAIL)
    for _ in range(2):
        assert visitor.get(f"/confirmation?jeton={token}").status_code == 200
    assert visitor.post("/confirmation", data={"jeton": token}).status_code == 303
    again = visitor.post("/confirmation", data={"jeton": token})
    assert accounts.LINK_OVER.fr in words(again.text)


def test_the_page_never_says_whether_an_address_has_an_account(
    visitor: Visitor, site: Database, camille: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    real = passwords.hashed
    monkeypatch.setattr(passwords, "hashed", lambda password: hashed.append(password) or real(password))
    known = visitor.post("/inscription", data=RIGHT)
    unknown = Visitor().post("/inscription", data={**RIGHT, "email": "nobody@example.fr"})
    assert unknown.text.replace("nobody@example.fr", EMAIL) == known.text
    assert [*unknown.cookies] == [*known.cookies]
    assert len(hashed) == 2
    assert mails_to(site, EMAIL) == ["Vous avez déjà un compte"]


def test_a_weak_password_is_said_in_the_page_and_nothing_is_lost(visitor: Visitor, site: Database) -> None:
    answer = visitor.post("/inscription", data={"email": EMAIL, "password": "court", "next": "/dossiers/1"})
    assert answer.status_code == 422
    assert "au moins 12 caractères" in words(answer.text)
    assert f'value="{EMAIL}"' in answer.text
    assert 'value="/dossiers/1"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert mails_to(site, EMAIL) == []


def test_a_slip_in_the_address_is_asked_about_once(visitor: Visitor, site: Database) -> None:
    typed = {"email": "camille@gmial.com", "password": PASSWORD}
    asked = visitor.post("/inscription", data=typed)
    assert "camille@ gmail.com" in words(asked.text)
    assert mails_to(site, "camille@gmial.com") == []
    visitor.post("/inscription", data={**typed, "meant": "camille@gmail.com"})
    assert len(mails_to(site, "camille@gmail.com")) == 1
    visitor.post("/inscription", data={**typed, "sure": "camille@gmial.com"})
    assert len(mails_to(site, "camille@gmial.com")) == 1


def test_what_is_no_address_is_said_in_the_page(visitor: Visitor) -> None:
    answer = visitor.post("/en/inscription", data={"email": "camille", "password": PASSWORD})
    assert "Enter a complete e-mail address" in words(answer.text)
    assert answer.text.startswith('<!DOCTYPE html>\n<html lang="en">')


# -- a new password -----------------------------------------------------------------------------------------------
def test_a_forgotten_password_is_replaced(visitor: Visitor, site: Database, camille: Actor) -> None:
    assert EMAIL in words(visitor.post("/mot-de-passe", data={"email": EMAIL}).text)
    token = mailed_token(site, EMAIL)
    assert EMAIL in visitor.words(f"/mot-de-passe/nouveau?jeton={token}")
    weak = visitor.post("/mot-de-passe/nouveau", data={"jeton": token, "password": "court"})
    assert "au moins 12 caractères" in words(weak.text)
    other = {"jeton": token, "password": "trois vélos dans un couloir"}
    answer = visitor.post("/mot-de-passe/nouveau", data=other)
    assert answer.headers["location"] == "/connexion?fait=mot-de-passe"
    assert visitor.post("/connexion", data=RIGHT).status_code == 422
    assert visitor.post("/connexion", data={**RIGHT, "password": other["password"]}).status_code == 303
    assert accounts.LINK_OVER.fr in visitor.words(f"/mot-de-passe/nouveau?jeton={token}")


def test_asking_for_an_unknown_address_gets_the_very_same_page(
    visitor: Visitor, site: Database, camille: Actor
) -> None:
    known = visitor.post("/mot-de-passe", data={"email": EMAIL})
    unknown = visitor.post("/mot-de-passe", data={"email": "nobody@example.fr"})
    assert unknown.text.replace("nobody@example.fr", EMAIL) == known.text
    assert mails_to(site, "nobody@example.fr") == []


def test_a_link_that_has_expired_says_so(
    visitor: Visitor, site: Database, camille: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.post("/mot-de-passe", data={"email": EMAIL})
    late = clock.now() + timedelta(days=1, minutes=1)

    def tomorrow() -> datetime:
        return late

    monkeypatch.setattr(clock, "now", tomorrow)
    assert accounts.LINK_OVER.fr in visitor.words(f"/mot-de-passe/nouveau?jeton={mailed_token(site, EMAIL)}")


def test_who_is_signed_in_changes_their_password(visitor: Visitor, site: Database, camille: Actor) -> None:
    assert visitor.get("/mot-de-passe/changer").headers["location"] == "/connexion?next=%2Fmot-de-passe%2Fchanger"
    visitor.post("/connexion", data=RIGHT)
    new = "trois vélos dans un couloir"
    wrong = visitor.post("/mot-de-passe/changer", data={"current": "wrong", "password": new})
    assert accounts.WRONG_PASSWORD.fr in words(wrong.text)
    weak = visitor.post("/mot-de-passe/changer", data={"current": PASSWORD, "password": "court"})
    assert "au moins 12 caractères" in words(weak.text)
    done = visitor.post("/mot-de-passe/changer", data={"current": PASSWORD, "password": new})
    assert "Votre mot de passe est enregistré" in words(done.text)
    assert visitor.get("/mot-de-passe/changer").status_code == 200
    assert Visitor().post("/connexion", data={**RIGHT, "password": new}).status_code == 303


# -- invitations --------------------------------------------------------------------------------------------------
def test_an_agent_without_an_account_accepts_and_is_signed_in(visitor: Visitor, site: Database) -> None:
    administrator = an_administrator(site)
    procedure = a_procedure_row(site, administrator)
    perform(site, team.invite, procedure.id, EMAIL, Role.INSTRUCTOR, actor=administrator)
    token = mailed_token(site, EMAIL)
    assert procedure.title in visitor.words(f"/invitation?jeton={token}")
    weak = visitor.post("/invitation", data={"jeton": token, "password": "court"})
    assert "au moins 12 caractères" in words(weak.text)
    assert (
        visitor.post("/invitation", data={"jeton": token, "password": PASSWORD}).headers["location"] == "/instruction"
    )
    assert visitor.get("/connexion").headers["location"] == "/instruction"


def test_a_co_administrator_with_an_account_accepts_then_signs_in(
    visitor: Visitor, site: Database, camille: Actor
) -> None:
    administrator = an_administrator(site)
    procedure = a_procedure_row(site, administrator)
    perform(site, team.invite, procedure.id, EMAIL, Role.ADMINISTRATOR, actor=administrator)
    token = mailed_token(site, EMAIL)
    assert 'type="password"' not in visitor.get(f"/invitation?jeton={token}").text
    answer = visitor.post("/invitation", data={"jeton": token})
    place = f"%2Fadmin%2Fdemarches%2F{procedure.id}"
    assert answer.headers["location"] == f"/connexion?fait=invitation&next={place}"
    assert accounts.LINK_OVER.fr in visitor.words(f"/invitation?jeton={token}")


# -- every page ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/connexion", "/inscription", "/mot-de-passe"])
def test_each_page_is_complete_in_both_languages(visitor: Visitor, path: str) -> None:
    french, english = visitor.get(f"{path}?next=/x"), visitor.get(f"/en{path}?next=/x")
    assert (french.status_code, english.status_code) == (200, 200)
    assert '<html lang="fr">' in french.text
    assert '<html lang="en">' in english.text
    assert f'href="/en{path}?next=/x"' in french.text
    assert f'href="{path}?next=/x"' in english.text
    for page in (french, english):
        assert page.text.count("<h1") == 1
        assert "Erreur" not in page.text.partition("</title>")[0]
        assert " style=" not in page.text
        assert "<script>" not in page.text


def test_the_address_of_a_visitor_is_what_our_own_proxy_says(
    visitor: Visitor, site: Database, camille: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting, "settings", lambda: Settings(trusted_proxies=1))
    visitor.post("/connexion", data=RIGHT, headers={"x-forwarded-for": "6.6.6.6, 203.0.113.5"})
    with site.reading() as db:
        actor = sessions.actor_of(db, visitor.cookies["dsbuilder"], clock.now())
    assert [shown.address for shown in perform(site, sessions.mine, actor=actor)] == ["203.0.113.5"]
