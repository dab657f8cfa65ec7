"""Someone drives the websocket by hand: nothing that is not theirs comes out, nothing that is not theirs changes.

An anonymous browser, a citizen, an agent and an administrator of other procedures call every handler of every state, with
the numbers of other people's things, from the addresses of other people's pages.
"""

import contextlib
import inspect
import io
import json
import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_origin

import pytest
import reflex as rx
import structlog
from sqlalchemy import select, text
from sqlmodel import SQLModel
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dsbuilder import clock, logs
from dsbuilder.actions import filing, filling
from dsbuilder.actions.context import perform
from dsbuilder.settings import settings
from dsbuilder.state import pace
from dsbuilder.storage import files
from dsbuilder.storage.database import Database, open_database
from tests.builders import NOW, a_procedure_row, an_actor, an_administrator, an_instructor
from tests.forms import an_open_procedure
from tests.furnished import Desk, a_cookie, a_desk
from tests.state.sockets import ROOT, Tab, notices, opened, ours, states

# Words that stand in the victims' dossiers, messages, drafts and addresses, and nowhere else.
PRIVATE = (
    "Librairie",
    "quai de la Douane",
    "Castelo-Branco",
    "la rampe est-elle fixe",
    "Réponse intime",
    "Démarche secrète",
    "piece-intime",
    "victime.example",
    "Belkacem",
)
TYPED = "Valeur-tapee-par-quelqu-un"
WRONG_FORM = "n’a pas la bonne forme"
WRONG = (None, {"a": [1]}, [[]], 1.5, TYPED, 10**30, True)
HUGE = "é" * 150_000  # six bytes each on the wire: just under what closes the socket


@dataclass(frozen=True)
class World:
    """Whom one attacks, and from whose account."""

    database: Database
    desk: Desk
    secret_procedure: int
    draft: int
    cookies: dict[str, str]
    victims_cookie: str

    @property
    def procedures(self) -> set[int]:
        """The procedures that the attackers have nothing to do with."""
        return {self.desk.procedure.id or 0, self.secret_procedure}

    @property
    def addresses(self) -> list[str]:
        """The pages of other people, of each kind."""
        procedure, dossier = self.desk.procedure.id, self.desk.dossiers[0]
        return [
            f"/instruction/{procedure}",
            f"/instruction/{procedure}/dossiers/{dossier}",
            f"/en/instruction/{procedure}/dossiers/{dossier}",
            f"/dossiers/{dossier}",
            f"/dossiers/{self.draft}/formulaire",
            f"/dossiers/{self.draft}/verifier",
            f"/admin/demarches/{procedure}",
            f"/admin/demarches/{self.secret_procedure}/formulaire",
            f"/admin/demarches/{self.secret_procedure}/apercu",
            f"/admin/demarches/{self.secret_procedure}/publier",
            "/profil",
            "/boite-d-envoi",
            "/",
        ]


@pytest.fixture(scope="module")
def world(client: TestClient) -> Iterator[World]:
    """A desk with dossiers in every state, a draft, an unpublished procedure; and four people from elsewhere."""
    database = open_database(settings().database)
    unique = uuid.uuid4().hex[:8]
    desk = a_desk(database, path=f"{unique}-victime")
    citizen = desk.citizen
    draft = perform(database, filing.start, f"{unique}-victime", again=True, actor=citizen, now=NOW)
    perform(database, filing.identify, draft, "Mme", "Camille", "Castelo-Branco", actor=citizen, now=NOW)
    perform(database, filling.answer, draft, "2", "Réponse intime", actor=citizen, now=NOW)
    with database.transaction() as db:
        files.announce(
            db, dossier_id=draft, owner_id=citizen.account_id, path="2", name="piece-intime.pdf", size=3, now=clock.now(),
            token=f"jeton-{unique}-piece-intime",
        )  # fmt: skip
    hidden = a_procedure_row(
        database, an_administrator(database, f"chef@{unique}-victime.example"), title="Démarche secrète"
    )
    elsewhere = an_open_procedure(database, path=f"{unique}-ailleurs")
    attackers = {
        "citizen": an_actor(database, f"citoyen@{unique}.example"),
        "agent": an_instructor(database, elsewhere, f"agent@{unique}.example"),
        "administrator": an_administrator(database, f"administrateur@{unique}.example"),
    }
    cookies = {who: a_cookie(database, actor) for who, actor in attackers.items()}
    yield World(database, desk, hidden.id or 0, draft, {"nobody": "", **cookies}, a_cookie(database, desk.agent))
    database.dispose()


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """Without this, each unknown event draws a coloured traceback, which takes longer than the attack."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pace is tried elsewhere; here it would hide what the handlers do."""
    monkeypatch.setattr(pace, "BURST", 10**9)


def kept(world: World) -> dict[str, list[Any]]:
    """Everything of the victims as it stands in the database."""
    with world.database.engine.connect() as connection:
        rows = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in SQLModel.metadata.sorted_tables
        }
    dossiers = {row["id"] for row in rows["dossier"] if row["procedure_id"] in world.procedures}
    groups = {row["id"] for row in rows["instructor_group"] if row["procedure_id"] in world.procedures}
    people = {row["id"] for row in rows["account"] if row["email"].endswith("victime.example")}

    def is_theirs(table: str, row: dict[str, Any]) -> bool:
        return (
            (table == "dossier" and row["id"] in dossiers)
            or (table == "procedure" and row["id"] in world.procedures)
            or (table == "account" and row["id"] in people)
            or row.get("dossier_id") in dossiers
            or row.get("procedure_id") in world.procedures
            or row.get("group_id") in groups
            or row.get("account_id") in people
            or str(row.get("recipient", "")).endswith("victime.example")
        )

    return {
        table: sorted(str({**row, "sent_at": None, "attempts": 0}) for row in each if is_theirs(table, row))
        for table, each in rows.items()
    }


def calls() -> Iterator[tuple[str, list[inspect.Parameter]]]:
    """Every event of ours by its name on the wire, with what it takes."""
    for state in ours():
        for name, handler in state.event_handlers.items():
            if not handler.fn.__module__.startswith("reflex"):
                yield f"{state.get_full_name()}.{name}", list(inspect.signature(handler.fn).parameters.values())[1:]


def plausible(parameter: inspect.Parameter, number: int, word: str) -> Any:
    """A value of the right type that means something of the victims."""
    hint = get_origin(parameter.annotation) or parameter.annotation
    if hint is dict:
        return {"recherche": word, "first_name": word, "language": "fr"}
    if hint is list:
        return [word]
    return {int: number, bool: True, float: 1.0}.get(hint, word)


# -- every handler ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["nobody", "citizen", "agent", "administrator"])
def test_nobody_gets_or_changes_what_is_not_theirs(client: TestClient, world: World, who: str) -> None:
    before = kept(world)
    numbers = [world.desk.dossiers[1], world.desk.procedure.id or 0, world.secret_procedure, 2]
    words = ["2", "accepte", "en_construction", "text", "marc@example.fr", str(world.desk.dossiers[1])]
    with opened(client, world.cookies[who]) as socket:
        tab = Tab(socket)
        for name, parameters in calls():
            for place, address in enumerate(world.addresses):
                number, word = numbers[place % len(numbers)], words[place % len(words)]
                tab.fire(name, {p.name: plausible(p, number, word) for p in parameters}, address)
            if parameters:
                address = world.addresses[1] if "instructor" in name else world.addresses[7]
                for word in words:
                    tab.fire(name, {p.name: plausible(p, numbers[0], word) for p in parameters}, address)
            tab.settle()
            assert [word for word in PRIVATE if word in tab.everything] == [], name
            tab.heard.clear()
    assert kept(world) == before


def test_the_owners_do_find_these_words(client: TestClient, world: World) -> None:
    """Otherwise the test above would prove nothing."""
    state = next(state for state in ours() if state.__name__ == "InstructionState")
    with opened(client, world.victims_cookie) as socket:
        tab = Tab(socket)
        tab.ask(f"{state.get_full_name()}.open_dossier", path=world.addresses[1])
    assert "Librairie" in tab.everything and "Belkacem" in tab.everything


@pytest.mark.parametrize("who", ["nobody", "agent"])
def test_wrong_arguments_are_refused_with_a_sentence(client: TestClient, world: World, who: str) -> None:
    before = kept(world)
    unanswered = []
    with opened(client, world.cookies[who]) as socket:
        tab = Tab(socket)
        for name, parameters in calls():
            right = {p.name: plausible(p, 1, "2") for p in parameters}
            needed = [p for p in parameters if p.default is inspect.Parameter.empty]
            wrong = [{**right, "de_trop": 1}, *([{}] if needed else [])]
            wrong += [{**right, p.name: value} for p in parameters for value in WRONG if not fits(p, value)]
            for payload in wrong:
                if not any(WRONG_FORM in said for said in notices(tab.ask(name, payload))):
                    unanswered.append((name, payload))
                tab.heard.clear()
            for p in parameters:
                tab.ask(name, {**right, p.name: HUGE if plausible(p, 1, "") == "" else 2**63}, world.addresses[1])
                tab.heard.clear()
    assert unanswered == []
    assert kept(world) == before


def fits(parameter: inspect.Parameter, value: Any) -> bool:
    """Whether a value is of the parameter's type, or is made so by Reflex before we see it."""
    hint = get_origin(parameter.annotation) or parameter.annotation
    if hint is str:
        return isinstance(value, str)
    if hint is bool:
        return isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return True


# -- the protocol itself ------------------------------------------------------------------------------------------
MALFORMED = (
    "notjson",
    42,
    None,
    [],
    {},
    {"name": None},
    {"name": "nope.nope"},
    {"name": f"{ROOT}.__class__"},
    {"name": f"{ROOT}.get_state", "payload": {"state_cls": "x"}},
    {"name": f"{ROOT}.reset"},
    {"name": f"{ROOT}.dict"},
    {"name": "_call_script", "payload": {"javascript_code": "1"}},
    {"name": f"{ROOT}.hydrate_and_load", "payload": "text"},
    {"name": f"{ROOT}.hydrate", "router_data": 3},
)


def test_malformed_messages_do_no_harm(client: TestClient, world: World) -> None:
    with opened(client) as socket:
        tab = Tab(socket)
        for message in MALFORMED:
            socket.send_text("42/_event," + json.dumps(["event", message]))
        tab.settle()
        assert [word for word in PRIVATE if word in tab.everything] == []


def test_a_message_over_the_limit_closes_its_socket_and_no_other(client: TestClient, world: World) -> None:
    with opened(client) as beside:
        other = Tab(beside)
        with pytest.raises(WebSocketDisconnect), opened(client) as socket:
            tab = Tab(socket)
            tab.fire(f"{ROOT}.nope", {"value": "a" * 1_200_000})
            tab.settle()
        other.settle()


def test_a_private_method_is_no_event(client: TestClient, world: World) -> None:
    before = kept(world)
    with opened(client, world.cookies["agent"]) as socket:
        tab = Tab(socket)
        for state in ours():
            for name in ("_act", "_read_again", "_wake", "_say", "_token", "reset", "get_state", "dict", "setvar"):
                tab.fire(f"{state.get_full_name()}.{name}", {}, world.addresses[1])
        tab.settle()
        assert [word for word in PRIVATE if word in tab.everything] == []
    assert kept(world) == before


def test_no_variable_is_set_from_outside(client: TestClient, world: World) -> None:
    """Neither by Reflex's setter nor by what a browser says it has stored."""
    planted = {f"{state.get_full_name()}.{name}": TYPED for state in ours() for name in state.get_fields()}
    with opened(client, world.cookies["citizen"]) as socket:
        tab = Tab(socket, boot={"vars": planted})
        for state in ours():
            for name in set(state.get_fields()) - set(rx.State.get_fields()):
                tab.fire(f"{state.get_full_name()}.setvar", {"var_name": name, "value": TYPED})
                tab.fire(f"{state.get_full_name()}.set_{name}", {"value": TYPED})
        internal = next(state for state in states() if state.__name__ == "UpdateVarsInternalState")
        tab.fire(f"{internal.get_full_name()}.update_vars_internal", {"vars": planted})
        tab.settle()
        assert TYPED not in tab.everything


# -- who one is ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("cookie", ["", "another"])
def test_the_name_of_a_tab_opens_nothing(client: TestClient, world: World, cookie: str) -> None:
    """Whoever knows the token of someone's tab (it stands in addresses and logs) finds an empty tab."""
    token = str(uuid.uuid4())
    state = next(state for state in ours() if state.__name__ == "InstructionState")
    with opened(client, world.victims_cookie, token=token) as socket:
        victim = Tab(socket)
        victim.ask(f"{state.get_full_name()}.open_dossier", path=world.addresses[1])
        assert "Librairie" in victim.everything
        with opened(client, cookie and world.cookies["agent"], token=token) as other:
            meanwhile = Tab(other)
            assert [word for word in PRIVATE if word in meanwhile.everything] == []
    with opened(client, cookie and world.cookies["agent"], token=token) as socket:
        afterwards = Tab(socket)
        afterwards.ask(f"{state.get_full_name()}.choose", {"event": "accepte"}, world.addresses[1])
        assert [word for word in PRIVATE if word in afterwards.everything] == []


def test_a_session_that_has_ended_opens_nothing(client: TestClient, world: World) -> None:
    cookie, token = a_cookie(world.database, world.desk.colleague), str(uuid.uuid4())
    state = next(state for state in ours() if state.__name__ == "InstructionState")
    with opened(client, cookie, token=token) as socket:
        tab = Tab(socket)
        tab.ask(f"{state.get_full_name()}.open_dossier", path=world.addresses[1])
        with world.database.engine.begin() as connection:
            connection.execute(
                text("DELETE FROM user_session WHERE account_id = :id"), {"id": world.desk.colleague.account_id}
            )
        tab.heard.clear()
        for name in ("open_dossier", "follow"):
            tab.ask(f"{state.get_full_name()}.{name}", path=world.addresses[1])
        assert [word for word in PRIVATE if word in tab.everything] == []


@pytest.mark.parametrize("cookie", ["x" * 5000, '"', "a;b", "\\\\", "nope"])
def test_a_forged_cookie_is_nobody(client: TestClient, world: World, cookie: str) -> None:
    state = next(state for state in ours() if state.__name__ == "InstructionState")
    with opened(client, cookie) as socket:
        tab = Tab(socket)
        tab.ask(f"{state.get_full_name()}.open_dossier", path=world.addresses[1])
        assert [word for word in PRIVATE if word in tab.everything] == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", "file://"])
def test_pages_of_other_sites_open_no_socket(client: TestClient, world: World, origin: str) -> None:
    with pytest.raises(WebSocketDisconnect), opened(client, world.victims_cookie, origin=origin) as socket:
        Tab(socket)


# -- what is left in the logs -------------------------------------------------------------------------------------
@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the server writes, as it is configured to."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers, root.level
    with contextlib.redirect_stdout(stream):
        logs.configure("json")
    yield stream
    root.handlers, root.level = handlers, level
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def test_logs_hold_no_cookie_no_token_and_no_answer(client: TestClient, world: World, written: io.StringIO) -> None:
    token = str(uuid.uuid4())
    with opened(client, world.cookies["citizen"], token=token) as socket:
        tab = Tab(socket)
        for name, parameters in calls():
            for value in (TYPED, {"a": TYPED}, [TYPED]):
                tab.fire(name, {p.name: value for p in parameters}, f"/dossiers/{world.draft}/{TYPED}")
            tab.fire(f"{name}-{TYPED}", {"value": TYPED})
        tab.settle()
    assert written.getvalue() != ""
    for secret in (TYPED, token, world.cookies["citizen"], *PRIVATE):
        assert secret not in written.getvalue()
