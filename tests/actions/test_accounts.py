"""Opening an account, and its password."""

from datetime import timedelta

import pytest
from sqlmodel import select

from dsbuilder.actions import accounts, passwords, sessions
from dsbuilder.actions.context import ANONYMOUS, PLATFORM, Actor, perform
from dsbuilder.domain.errors import Forbidden, Refused
from dsbuilder.domain.people import Role
from dsbuilder.domain.texts import Text
from dsbuilder.storage import people
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import Account, EmailToken
from tests.builders import NOW, PASSWORD, an_actor, mailed_token, mails_to, sign_in, signed_in

EMAIL, OTHER = "camille@example.fr", "un tout autre mot de passe"
CONFIRM_SUBJECT, KNOWN_SUBJECT = "Confirmez votre adresse électronique", "Vous avez déjà un compte"


def sign_up(database: Database, email: str = EMAIL, password: str = PASSWORD, address: str = "192.0.2.1") -> None:
    perform(
        database,
        accounts.sign_up,
        email,
        passwords.hashed(password),
        language="fr",
        next="/commencer/cantine",
        browser_secret="this browser",
        address=address,
        now=NOW,
    )


def confirm(database: Database, token: str, **kwargs: object) -> accounts.Confirmed:
    arguments = {"browser_secret": "this browser", "browser": "Firefox", "address": "192.0.2.1", "now": NOW} | kwargs
    return perform(database, accounts.confirm, token, **arguments)  # type: ignore[arg-type]


# -- opening an account -------------------------------------------------------------------------------------------
def test_there_is_no_account_until_the_address_is_confirmed(database: Database) -> None:
    sign_up(database)
    assert sign_in(database, EMAIL).refusal == sessions.WRONG
    confirmed = confirm(database, mailed_token(database, EMAIL))
    assert (confirmed.email, confirmed.next) == (EMAIL, "/commencer/cantine")
    assert sign_in(database, EMAIL).refusal is None


def test_confirming_in_the_same_browser_signs_in(database: Database) -> None:
    sign_up(database)
    outcome = confirm(database, mailed_token(database, EMAIL)).outcome
    assert outcome is not None
    assert outcome.actor.email == EMAIL


@pytest.mark.parametrize("browser_secret", ["", "another browser"])
def test_confirming_in_another_browser_does_not_sign_in(database: Database, browser_secret: str) -> None:
    sign_up(database)
    assert confirm(database, mailed_token(database, EMAIL), browser_secret=browser_secret).outcome is None


def test_a_link_confirms_once_and_for_two_days(database: Database) -> None:
    sign_up(database)
    token = mailed_token(database, EMAIL)
    with pytest.raises(Refused):
        confirm(database, token, now=NOW + timedelta(days=2))
    confirm(database, token)
    with pytest.raises(Refused):
        confirm(database, token)


def test_nobody_takes_an_address_by_asking_first(database: Database) -> None:
    sign_up(database, password="attackers own password")
    sign_up(database)
    theirs = mailed_token(database, EMAIL)
    confirm(database, theirs)
    assert sign_in(database, EMAIL).refusal is None
    assert sign_in(database, EMAIL, "attackers own password").refusal == sessions.WRONG
    with database.reading() as db:
        assert all(token.used_at for token in db.exec(select(EmailToken)).all())


def test_an_address_that_has_an_account_is_told_by_mail_alone(database: Database) -> None:
    an_actor(database, EMAIL)
    sign_up(database)
    assert mails_to(database, EMAIL) == [KNOWN_SUBJECT]
    with database.reading() as db:
        assert db.exec(select(EmailToken)).all() == []


def test_nobody_is_flooded_with_mails(database: Database) -> None:
    for _ in range(accounts.MAILS_AN_HOUR + 3):
        sign_up(database)
    assert mails_to(database, EMAIL) == [CONFIRM_SUBJECT] * accounts.MAILS_AN_HOUR


def test_a_machine_that_opens_many_accounts_must_wait(database: Database) -> None:
    for n in range(accounts.SIGN_UPS_AN_HOUR):
        sign_up(database, f"personne{n}@example.fr")
    with pytest.raises(Refused):
        sign_up(database)
    sign_up(database, address="192.0.2.2")


def test_the_link_holds_nothing_that_the_database_shows(database: Database) -> None:
    sign_up(database)
    token = mailed_token(database, EMAIL)
    with database.reading() as db:
        kept = db.exec(select(EmailToken)).one().model_dump_json()
    assert token not in kept
    assert PASSWORD not in kept


# -- the password -------------------------------------------------------------------------------------------------
def ask_reset(database: Database, email: str = EMAIL) -> None:
    perform(database, accounts.ask_reset, email, language="fr", address="192.0.2.1", now=NOW)


def test_a_new_password_ends_all_sessions_and_any_lock(database: Database) -> None:
    an_actor(database, EMAIL)
    session = sign_in(database, EMAIL)
    for _ in range(6):
        sign_in(database, EMAIL, "wrong")
    ask_reset(database)
    token = mailed_token(database, EMAIL)
    assert perform(database, accounts.email_of_reset, token, now=NOW) == EMAIL
    assert perform(database, accounts.reset, token, passwords.hashed(OTHER), now=NOW) == EMAIL
    with database.reading() as db:
        assert not sessions.actor_of(db, session.token, NOW).signed_in
    assert sign_in(database, EMAIL).refusal == sessions.WRONG
    assert sign_in(database, EMAIL, OTHER).refusal is None
    assert mails_to(database, EMAIL)[-1] == "Votre mot de passe a changé"


def test_a_reset_link_works_once_for_a_day_and_only_the_last_one(database: Database) -> None:
    an_actor(database, EMAIL)
    ask_reset(database)
    first = mailed_token(database, EMAIL)
    ask_reset(database)
    last = mailed_token(database, EMAIL)
    for token, when in [(first, NOW), (last, NOW + timedelta(days=1)), ("made-up", NOW)]:
        with pytest.raises(Refused):
            perform(database, accounts.email_of_reset, token, now=when)
        with pytest.raises(Refused):
            perform(database, accounts.reset, token, "-", now=when)
    perform(database, accounts.reset, last, passwords.hashed(OTHER), now=NOW)
    with pytest.raises(Refused):
        perform(database, accounts.reset, last, "-", now=NOW)


def test_a_link_of_one_kind_is_no_use_as_another(database: Database) -> None:
    sign_up(database)
    with pytest.raises(Refused):
        perform(database, accounts.reset, mailed_token(database, EMAIL), "-", now=NOW)


def test_asking_for_an_unknown_address_sends_nothing_and_says_nothing(database: Database) -> None:
    ask_reset(database, "nobody@example.fr")
    assert mails_to(database, "nobody@example.fr") == []


def change(database: Database, actor: Actor, typed: str, email: str = EMAIL) -> Text | None:
    proof = passwords.check(email, perform(database, sessions.kept_password, email), typed)
    return perform(database, accounts.change_password, proof, passwords.hashed(OTHER), actor=actor, now=NOW)


def test_changing_the_password_needs_the_old_one_and_ends_the_other_sessions(database: Database) -> None:
    an_actor(database, EMAIL)
    here, elsewhere = sign_in(database, EMAIL), sign_in(database, EMAIL)
    assert change(database, here.actor, "wrong") == accounts.WRONG_PASSWORD
    assert change(database, here.actor, PASSWORD) is None
    with database.reading() as db:
        assert sessions.actor_of(db, here.token, NOW).signed_in
        assert not sessions.actor_of(db, elsewhere.token, NOW).signed_in
    assert sign_in(database, EMAIL, OTHER).refusal is None


def test_a_borrowed_session_does_not_guess_the_password(database: Database) -> None:
    an_actor(database, EMAIL)
    borrowed = signed_in(database, EMAIL)
    for _ in range(sessions.FAILURES_OF_AN_ADDRESS):
        change(database, borrowed, "wrong")
    assert change(database, borrowed, PASSWORD) == sessions.LOCKED


def test_nobody_changes_the_password_of_another_with_a_proof_of_their_own(database: Database) -> None:
    an_actor(database, EMAIL)
    mallory = signed_in(database, an_actor(database).email)
    assert change(database, mallory, PASSWORD) == accounts.WRONG_PASSWORD
    with pytest.raises(Forbidden):
        change(database, ANONYMOUS, PASSWORD)


# -- the first administrator --------------------------------------------------------------------------------------
def test_the_first_administrator_is_made_by_the_platform_alone(database: Database) -> None:
    with pytest.raises(Forbidden):
        perform(database, accounts.create_admin, EMAIL, "-", "Mairie")
    assert perform(database, accounts.create_admin, EMAIL, passwords.hashed(PASSWORD), "Mairie", actor=PLATFORM)
    assert not perform(database, accounts.create_admin, EMAIL, "-", "Mairie", actor=PLATFORM)
    actor = signed_in(database, EMAIL)
    assert actor.roles == {Role.ADMINISTRATOR, Role.INSTRUCTOR}
    with database.reading() as db:
        assert [body.name for body in people.organisations_of(db, actor.account_id or 0)] == ["Mairie"]
        assert len(db.exec(select(Account)).all()) == 1
