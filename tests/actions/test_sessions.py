"""Signing in, being recognised, and the end of sessions."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from dsbuilder.actions import passwords, sessions
from dsbuilder.actions.context import ANONYMOUS, Actor, perform
from dsbuilder.domain.errors import Forbidden, NotFound
from dsbuilder.domain.people import Role
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import Account, UserSession
from tests.builders import NOW, PASSWORD, an_actor, sign_in, signed_in


@pytest.fixture
def camille(database: Database) -> Actor:
    return an_actor(database, "camille@example.fr", roles=(Role.INSTRUCTOR,))


def recognised(database: Database, token: str, now: datetime = NOW) -> Actor:
    with database.reading() as db:
        return sessions.actor_of(db, token, now)


# -- signing in ---------------------------------------------------------------------------------------------------
def test_who_signs_in_is_recognised_by_the_token(database: Database, camille: Actor) -> None:
    outcome = sign_in(database, camille.email)
    assert recognised(database, outcome.token) == outcome.actor
    assert (outcome.actor.account_id, outcome.actor.roles) == (camille.account_id, {Role.INSTRUCTOR})


def test_only_a_hash_of_the_token_is_kept(database: Database, camille: Actor) -> None:
    token = sign_in(database, camille.email).token
    with database.reading() as db:
        kept = db.exec(select(UserSession)).one()
    assert token not in kept.model_dump_json()


@pytest.mark.parametrize("email", ["camille@example.fr", "nobody@example.fr"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    database: Database, camille: Actor, email: str
) -> None:
    answers = [sign_in(database, email, "wrong").refusal for _ in range(7)]
    assert answers == [sessions.WRONG] * 5 + [sessions.LOCKED] * 2


@pytest.mark.parametrize("email", ["camille@example.fr", "nobody@example.fr"])
def test_a_wrong_password_and_an_unknown_address_cost_the_same(
    database: Database, camille: Actor, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords.check("", "", "")  # the first time, the hash for nobody is made
    verified: list[str] = []
    real = passwords._matches
    monkeypatch.setattr(passwords, "_matches", lambda kept, typed: verified.append(kept) or real(kept, typed))
    sign_in(database, email, "wrong")
    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")


def test_six_failures_lock_the_address_for_an_hour_even_for_the_right_password(
    database: Database, camille: Actor
) -> None:
    for _ in range(6):
        sign_in(database, camille.email, "wrong", address="198.51.100.7")
    assert sign_in(database, camille.email, now=NOW + timedelta(minutes=59)).refusal == sessions.LOCKED
    assert sign_in(database, camille.email, now=NOW + timedelta(minutes=61)).refusal is None


def test_signing_in_forgets_earlier_failures(database: Database, camille: Actor) -> None:
    for _ in range(2):
        for _ in range(5):
            sign_in(database, camille.email, "wrong")
        assert sign_in(database, camille.email).refusal is None


def test_a_machine_that_tries_many_addresses_must_wait(database: Database, camille: Actor) -> None:
    for n in range(sessions.FAILURES_OF_A_MACHINE):
        sign_in(database, f"personne{n}@example.fr", "wrong", address="203.0.113.9")
    assert sign_in(database, camille.email, address="203.0.113.9").refusal == sessions.MACHINE_TOO_FAST
    assert sign_in(database, camille.email, address="203.0.113.10").refusal is None


def test_a_blocked_account_is_answered_like_a_wrong_password(database: Database, camille: Actor) -> None:
    token = sign_in(database, camille.email).token
    with database.transaction() as db:
        db.exec(select(Account)).one().blocked_at = NOW
    assert sign_in(database, camille.email).refusal == sessions.WRONG
    assert recognised(database, token) == ANONYMOUS


def test_a_proof_is_worthless_once_the_password_has_changed(database: Database, camille: Actor) -> None:
    proof = passwords.check(camille.email, perform(database, sessions.kept_password, camille.email), PASSWORD)
    with database.transaction() as db:
        db.exec(select(Account)).one().password_hash = passwords.hashed("another one entirely")
    outcome = perform(database, sessions.sign_in, proof, remember=False, browser="", address="", now=NOW)
    assert outcome.refusal == sessions.WRONG


# -- how long -----------------------------------------------------------------------------------------------------
def test_a_session_left_alone_for_twelve_hours_is_over(database: Database, camille: Actor) -> None:
    token = sign_in(database, camille.email).token
    later = NOW + timedelta(hours=11)
    actor = recognised(database, token, later)
    assert sessions.is_long_unseen(actor, later)
    perform(database, sessions.note_seen, actor=actor, now=later)
    assert recognised(database, token, NOW + timedelta(hours=22)).signed_in
    assert recognised(database, token, NOW + timedelta(hours=24)) == ANONYMOUS


def test_no_session_lasts_longer_than_fourteen_days(database: Database, camille: Actor) -> None:
    proof = passwords.check(camille.email, perform(database, sessions.kept_password, camille.email), PASSWORD)
    token = perform(database, sessions.sign_in, proof, remember=True, browser="", address="", now=NOW).token
    assert recognised(database, token, NOW + timedelta(days=13)).signed_in
    perform(database, sessions.note_seen, actor=recognised(database, token), now=NOW + timedelta(days=13))
    assert recognised(database, token, NOW + timedelta(days=14)) == ANONYMOUS


def test_a_made_up_token_is_nobody(database: Database) -> None:
    assert recognised(database, "") == recognised(database, "x" * 43) == ANONYMOUS


# -- the end ------------------------------------------------------------------------------------------------------
def test_signing_out_ends_this_session_alone(database: Database, camille: Actor) -> None:
    first, second = (sign_in(database, camille.email) for _ in range(2))
    perform(database, sessions.sign_out, actor=first.actor)
    assert recognised(database, first.token) == ANONYMOUS
    assert recognised(database, second.token).signed_in
    perform(database, sessions.sign_out)


def test_ones_own_sessions_are_listed_and_revoked(database: Database, camille: Actor) -> None:
    here, there = signed_in(database, camille.email), sign_in(database, camille.email, now=NOW + timedelta(hours=1))
    listed = perform(database, sessions.mine, actor=here, now=NOW)
    assert [(shown.id, shown.is_this_one) for shown in listed] == [
        (there.actor.session_id, False),
        (here.session_id, True),
    ]
    perform(database, sessions.revoke, there.actor.session_id, actor=here)
    assert recognised(database, there.token) == ANONYMOUS


def test_all_other_sessions_are_revoked_at_once(database: Database, camille: Actor) -> None:
    here = sign_in(database, camille.email)
    others = [sign_in(database, camille.email) for _ in range(2)]
    perform(database, sessions.revoke_others, actor=here.actor)
    assert [recognised(database, each.token).signed_in for each in (here, *others)] == [True, False, False]


def test_nobody_touches_the_sessions_of_others(database: Database, camille: Actor) -> None:
    theirs = sign_in(database, camille.email)
    stranger = signed_in(database, an_actor(database).email)
    with pytest.raises(NotFound):
        perform(database, sessions.revoke, theirs.actor.session_id, actor=stranger)
    for action in (sessions.mine, sessions.revoke_others):
        with pytest.raises(Forbidden):
            perform(database, action)
    assert recognised(database, theirs.token).signed_in
