"""Look-ups as a page lives them over the socket: answers are acknowledged at once, what registers say comes by itself."""

import asyncio
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dsbuilder.actions import filling, looking_up
from dsbuilder.actions.context import perform
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import Ask, Lookup, Register
from dsbuilder.domain.people import Actor
from dsbuilder.integrations.registers import Registers, registers_at
from dsbuilder.integrations.stand_in import Fault, StandIn, stand_in
from dsbuilder.integrations.stand_in_answers import SERVICES
from dsbuilder.settings import settings
from dsbuilder.state import lookups
from dsbuilder.state.applicant.form import FormState
from dsbuilder.storage.database import Database, open_database
from tests.forms import a_draft, a_field, an_open_procedure
from tests.furnished import a_cookie
from tests.in_a_thread import in_a_thread
from tests.state.sockets import Tab, notices, opened

FORM = FormState.get_full_name()
FIELDS = (
    a_field(1, "siret", "Entreprise"),
    a_field(2, "address", "Adresse"),
    a_field(3, "cnaf", "CAF"),
    a_field(4, "text", "Nom"),
)
BY_HAND = ("7 rue Haute", "29200", "Belle-Rive")


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> Iterator[StandIn]:
    with stand_in() as made:
        urls: dict[str, Any] = {f"{service}_url": made.at(service) for service in SERVICES}
        registers: Registers = registers_at(settings().model_copy(update=urls))
        monkeypatch.setattr(looking_up, "_registers", [registers])
        looking_up.searched.forget()
        looking_up.looked_up.forget()
        looking_up.looked_up_in_private.forget()
        yield made
        registers.close()


@pytest.fixture
def database(client: TestClient) -> Iterator[Database]:
    opened = open_database(settings().database)
    yield opened
    opened.dispose()


@pytest.fixture
def draft(database: Database) -> tuple[Actor, int]:
    path = f"registres-{uuid.uuid4().hex[:8]}"
    an_open_procedure(database, *FIELDS, path=path)
    return a_draft(database, path)


@pytest.fixture
def tab(client: TestClient, database: Database, draft: tuple[Actor, int], local: StandIn) -> Iterator[Tab]:
    with opened(client, a_cookie(database, draft[0])) as socket:
        tab = Tab(socket)
        ask(tab, draft, "open_page")
        yield tab


def ask(tab: Tab, draft: tuple[Actor, int], handler: str, **payload: Any) -> str:
    """What the tab is sent until the event is dealt with, as one text."""
    heard = tab.ask(f"{FORM}.{handler}", payload, f"/dossiers/{draft[1]}/formulaire")
    return json.dumps(heard, ensure_ascii=False)


def until(tab: Tab, words: str) -> str:
    """Wait until the server sends that by itself."""
    while True:
        text = tab.socket.receive_text()
        if text == "2":
            tab.socket.send_text("3")
        said = json.dumps(json.loads(text.partition(",")[2]), ensure_ascii=False) if text.startswith("42") else ""
        if words in said:
            return said


def value(database: Database, draft: tuple[Actor, int], path: str) -> Any:
    return perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers[path].value


def test_an_answer_is_acknowledged_before_its_register_answers(tab, draft, database, local) -> None:
    local.faults["companies"] = Fault.SLOW
    said = ask(tab, draft, "answer", path="1", raw="00012345500016")
    assert "Enregistré à" in said
    assert "Vérification dans" in said
    assert '"4|7|' in ask(tab, draft, "answer", path="4", raw="Camille")  # the tab's next event is not held up
    assert value(database, draft, "1").state is Lookup.LOOKING


def test_what_a_register_says_comes_to_the_page_by_itself(tab, draft, database) -> None:
    ask(tab, draft, "answer", path="1", raw="00012345500016")
    if value(database, draft, "1").state is Lookup.LOOKING:
        assert "ATELIER ROUSSEL" in until(tab, "Trouvé dans")
    assert "ATELIER ROUSSEL" in ask(tab, draft, "open_page")


def test_a_search_is_answered_beside_the_events(tab, draft, local) -> None:
    local.faults["addresses"] = Fault.SLOW
    ask(tab, draft, "search", path="2", text="7 rue des til")
    assert '"4|7|' in ask(tab, draft, "answer", path="4", raw="Camille")
    ask(tab, draft, "search", path="2", text="7 rue des tille")
    local.faults.clear()
    ask(tab, draft, "search", path="2", text="7 rue des tilleu")  # the newest of those that waited
    local.ended.set()  # the slow one ends
    assert "7 Rue des Tilleuls 29200 Belle-Rive" in until(tab, "Tilleuls")
    texts = [path for path in local.asked if "til" in path]
    assert not any(path.endswith("tille&limit=10&autocomplete=1") or "tille&" in path for path in texts)


def test_a_list_that_does_not_answer_is_said_so(tab, draft, local) -> None:
    local.faults["addresses"] = Fault.GARBAGE
    said = ask(tab, draft, "search", path="2", text="1 quai des bru")
    assert "ne répond pas" in (said if "ne répond pas" in said else until(tab, "ne répond pas"))


def test_parts_are_kept_one_by_one(tab, draft, database) -> None:
    for place, text in enumerate(BY_HAND):
        ask(tab, draft, "part", path="2", place=place, text=text)
    assert value(database, draft, "2").words == ("", *BY_HAND, "")
    for place, text in enumerate(("1234567", "29200")):
        ask(tab, draft, "part", path="3", place=place, text=text)
    assert value(database, draft, "3").words == ("1234567", "29200")


@pytest.mark.parametrize("place", [-1, 2, 4, 99, 10**9])
@pytest.mark.parametrize("path", ["1", "3", "4"])
def test_a_part_that_is_none_changes_nothing(tab, draft, database, path: str, place: int) -> None:
    before = perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers
    heard = tab.ask(f"{FORM}.part", {"path": path, "place": place, "text": "x"}, f"/dossiers/{draft[1]}/formulaire")
    assert notices(heard)
    assert perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers == before


@pytest.mark.parametrize("handler", ["part", "search", "answer"])
def test_somebody_elses_dossier_is_neither_filled_nor_asked_about(
    client: TestClient, database, draft, local, handler: str
) -> None:
    stranger = a_draft(database, _path_of(database, draft))[0]
    payload = {
        "part": {"path": "2", "place": 0, "text": "x"},
        "search": {"path": "2", "text": "7 rue des til"},
        "answer": {"path": "1", "raw": "00012345500016"},
    }
    with opened(client, a_cookie(database, stranger)) as socket:
        heard = Tab(socket).ask(f"{FORM}.{handler}", payload[handler], f"/dossiers/{draft[1]}/formulaire")
    assert notices(heard)
    assert local.asked == []


def _path_of(database: Database, draft: tuple[Actor, int]) -> str:
    return perform(database, filling.read_dossier, draft[1], actor=draft[0]).path


def test_a_flood_of_searches_reaches_no_register(tab, draft, local, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "searched", looking_up.Allowance(burst=2, per_second=0))
    for number in range(10):
        ask(tab, draft, "search", path="2", text=f"{number} rue des til")
    assert len(local.asked) <= 2


def test_a_search_that_found_no_place_does_not_silence_its_tab(monkeypatch: pytest.MonkeyPatch) -> None:
    """When look-ups of others fill the server for a moment, the tab searches again afterwards."""
    asked, shown = [], []

    async def answered(ask: Ask) -> tuple[Choice, ...]:
        asked.append(ask.words[0])
        return ()

    async def show(found: object) -> None:
        shown.append(found)

    async def work() -> None:
        monkeypatch.setattr(lookups, "MOST", 0)
        lookups.search("tab", Ask(Register.ADDRESSES, ("7 rue",)), show)
        monkeypatch.setattr(lookups, "MOST", 200)
        lookups.search("tab", Ask(Register.ADDRESSES, ("7 rue H",)), show)
        while lookups._going:
            await asyncio.sleep(0)

    monkeypatch.setattr(looking_up, "search", answered)
    in_a_thread(work())
    assert (asked, shown) == (["7 rue H"], [()])
    assert "tab" not in lookups._searching
