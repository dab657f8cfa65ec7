"""What the desk's pages show and do, asked over the socket as a page asks, without a browser."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dsbuilder.actions import instruction
from dsbuilder.actions.context import perform
from dsbuilder.domain.people import Actor
from dsbuilder.settings import settings
from dsbuilder.state.instructor.dossier import InstructionState
from dsbuilder.state.instructor.dossiers import DossiersState
from dsbuilder.state.instructor.narrowing import NarrowingState
from dsbuilder.state.instructor.procedures import MyProceduresState
from dsbuilder.state.profile import ProfileState
from dsbuilder.storage.database import open_database
from tests.furnished import Desk, a_cookie, a_desk, step
from tests.state.sockets import Tab, call, notices, opened, shown


@pytest.fixture(scope="module")
def desk(client: TestClient) -> Iterator[Desk]:
    database = open_database(settings().database)
    yield a_desk(database, path=f"bureau-{uuid.uuid4().hex[:8]}")
    database.dispose()


@pytest.fixture
def tab_of(client: TestClient, desk: Desk) -> Iterator[Any]:
    """Opens a tab of someone."""
    sockets = []

    def open_for(actor: Actor) -> Tab:
        socket = opened(client, a_cookie(desk.database, actor))
        sockets.append(socket)
        return Tab(socket.__enter__())

    yield open_for
    for socket in sockets:
        socket.__exit__(None, None, None)


def the_dossier(desk: Desk, place: int, more: str = "") -> str:
    return f"/instruction/{desk.procedure.id}/dossiers/{desk.dossiers[place]}?statut=tous{more}"


def test_my_procedures_with_counts(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    call(tab, MyProceduresState.open_desk, "/en/instruction")
    (line,) = shown(tab, MyProceduresState)["lines"]
    assert (line["title"], line["href"]) == (desk.procedure.title, f"/en/instruction/{desk.procedure.id}")
    assert (line["to_follow"], line["followed"], line["decided"], line["all"]) == ("4", "1", "3", "9")


@pytest.mark.parametrize(
    ("query", "count", "summary"),
    [
        ("", 4, "4 dossiers"),
        ("?statut=suivis", 1, "1 dossier"),
        ("?statut=n-importe-quoi&page=x&place=x", 4, "4 dossiers"),
        ("?statut=tous&page=2", 9, "9 dossiers, page 2"),
        ("?recherche=roussel", 1, "1 dossier"),
        ("?recherche=%25", 0, "0 dossier"),
    ],
)
def test_a_list_as_its_address_says(tab_of: Any, desk: Desk, query: str, count: int, summary: str) -> None:
    tab = tab_of(desk.agent)
    call(tab, DossiersState.open_list, f"/instruction/{desk.procedure.id}{query}")
    listed = shown(tab, DossiersState)
    assert (len(listed["lines"]), listed["summary"]) == (count, summary)


def test_a_search_leads_to_its_own_address(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    path = f"/instruction/{desk.procedure.id}"
    answered = call(tab, DossiersState.find, path, form_data={"recherche": " Le Goff & fils "})
    assert f"{path}?recherche=Le+Goff+%26+fils" in json.dumps(answered)


def test_a_dossier_shows_what_its_part_asks_for(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    call(tab, InstructionState.open_dossier, the_dossier(desk, 3, "&onglet=historique"))
    page = shown(tab, InstructionState)
    assert [line["event"] for line in page["history"]] == ["refuse", "passe_en_instruction", "depose"]
    assert (page["dossier"]["state"], page["dossier"]["can_reopen"]) == ("refuse", True)
    assert page.get("sections", []) == []
    call(tab, InstructionState.open_dossier, the_dossier(desk, 3))
    assert [section["number"] for section in shown(tab, InstructionState)["sections"]] == ["1", "2"]


def test_nothing_of_one_dossier_stays_when_the_next_is_refused(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    call(tab, InstructionState.open_dossier, the_dossier(desk, 0))
    said = call(tab, InstructionState.open_dossier, f"/instruction/{desk.procedure.id}/dossiers/999999")
    page = shown(tab, InstructionState)
    assert (page["is_open"], page["sections"], page["dossier"]["title"]) == (False, [], "")
    assert any("n’existe pas" in sentence for sentence in notices(said))


def test_an_unknown_step_changes_nothing(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    for event in ("depose", "accepte", "n-importe-quoi", ""):
        assert notices(call(tab, InstructionState.step, the_dossier(desk, 0), event=event, seen=0))
    for event in ("depose", "passe_en_instruction"):
        assert notices(call(tab, InstructionState.decide, the_dossier(desk, 0), event=event, seen=0, reason="x"))
    found = perform(desk.database, instruction.open_dossier, desk.dossiers[0], desk.procedure.id, actor=desk.agent)
    assert len(found.history) == 1


def test_who_decides_second_keeps_nothing_open_and_is_told(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    call(tab, InstructionState.open_dossier, the_dossier(desk, 5))
    seen = shown(tab, InstructionState)["dossier"]["seen"]
    call(tab, InstructionState.choose, the_dossier(desk, 5), event="accepte")
    assert shown(tab, InstructionState)["deciding"] == "accepte"
    step(desk, desk.dossiers[5], "r", desk.colleague)
    said = call(tab, InstructionState.decide, the_dossier(desk, 5), event="accepte", seen=seen, reason="")
    assert any("Marc Oliveira vient de changer ce dossier" in sentence for sentence in notices(said))
    page = shown(tab, InstructionState)
    assert (page["deciding"], page["dossier"]["state"]) == ("", "refuse")


def test_a_refusal_without_a_reason_keeps_its_dialog_open(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    call(tab, InstructionState.open_dossier, the_dossier(desk, 1))
    seen = shown(tab, InstructionState)["dossier"]["seen"]
    call(tab, InstructionState.choose, the_dossier(desk, 1), event="refuse")
    call(tab, InstructionState.decide, the_dossier(desk, 1), event="refuse", seen=seen, reason=" ")
    page = shown(tab, InstructionState)
    assert (page["deciding"], page["decisions"]) == ("refuse", 1)
    assert "raison" in page["decision_error"]


def test_opening_the_messages_marks_them_read(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    call(tab, InstructionState.open_dossier, the_dossier(desk, 0))
    assert shown(tab, InstructionState)["dossier"]["unread_count"] == 1
    call(tab, InstructionState.open_dossier, the_dossier(desk, 0, "&onglet=messagerie"))
    page = shown(tab, InstructionState)
    assert page["dossier"]["unread_count"] == 0
    assert [message["author"] for message in page["thread"]] == ["Camille Martin"]


def test_an_empty_message_is_refused_beside_its_box(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    call(tab, InstructionState.write, the_dossier(desk, 0, "&onglet=messagerie"), body="  ")
    page = shown(tab, InstructionState)
    assert ("Écrivez" in page["message_error"], page["sent"]) == (True, 1)


def test_someone_signed_out_is_led_to_sign_in(client: TestClient, desk: Desk) -> None:
    with opened(client) as socket:
        tab = Tab(socket)
        call(tab, ProfileState.open_profile, "/en/profil")
        assert "/en/connexion?next=/en/profil" in tab.everything


def test_a_session_of_someone_else_cannot_be_ended(tab_of: Any, desk: Desk) -> None:
    mine, theirs = tab_of(desk.agent), tab_of(desk.colleague)
    call(theirs, ProfileState.open_profile, "/profil")
    session = shown(theirs, ProfileState)["lines"][0]["id"]
    assert notices(call(mine, ProfileState.revoke, "/profil", session_id=session))
    call(theirs, ProfileState.open_profile, "/profil")
    assert shown(theirs, ProfileState)["is_open"] is True


# -- narrowing ----------------------------------------------------------------------------------------------------
def test_what_narrows_the_list_stands_in_the_address_of_all_that_leads_on(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    query = "?statut=tous&2.value.commence=librairie&6.value.entre=1..100&tri=-2.value"
    call(tab, DossiersState.open_list, f"/instruction/{desk.procedure.id}{query}")
    page = shown(tab, DossiersState)
    assert [(chip["label"], chip["how"], chip["value"]) for chip in page["chips"]] == [
        ("Enseigne", "commence par", "«\u00a0librairie\u00a0»"),
        ("Effectif accueilli", "de", "1 à 100"),
    ]
    assert (page["order"]["label"], page["order"]["value"], page["summary"]) == ("Enseigne", "de Z à A", "9 dossiers")
    words = "2.value.commence=librairie&6.value.entre=1..100&tri=-2.value"
    assert page["lines"][0]["href"].endswith(f"?statut=tous&{words}")
    assert page["tabs"][0]["href"].endswith(f"?statut=a-suivre&{words}")
    assert page["chips"][0]["without"].endswith("?statut=tous&6.value.entre=1..100&tri=-2.value")
    assert page["order"]["without"].endswith("?statut=tous&2.value.commence=librairie&6.value.entre=1..100")
    assert page["export"] == f"/instruction/exporter/{desk.procedure.id}?statut=tous&{words}&langue=fr"


@pytest.mark.parametrize(
    "query",
    [
        "?statut=tous&999999.value.est=1&tri=999999.value",
        "?statut=tous&2.value.est=1' OR 1=1 --&tri=2.value;drop",
        "?statut=tous&place=k%27_1&tri=2.value",
        "?statut=tous&etat.est=brouillon",
    ],
)
def test_words_that_mean_nothing_here_change_nothing(tab_of: Any, desk: Desk, query: str) -> None:
    tab = tab_of(desk.agent)
    call(tab, DossiersState.open_list, f"/instruction/{desk.procedure.id}{query}")
    page = shown(tab, DossiersState)
    assert (page.get("chips", []), page["summary"], len(page["lines"])) == ([], "9 dossiers", 9)


def test_a_filter_is_made_of_the_procedure_s_own_columns_alone(tab_of: Any, desk: Desk) -> None:
    here = f"/instruction/{desk.procedure.id}?statut=tous&tri=2.value"
    tab = tab_of(desk.agent)
    call(tab, NarrowingState.open_filter, here)
    keys = [column["value"] for column in shown(tab, NarrowingState)["columns"]]
    assert keys == ["etat", "depose", "2.value", "3.value", "5.value", "6.value", "7.value", "8.value"]
    assert notices(call(tab, NarrowingState.pick, here, key="999999.value"))
    assert notices(call(tab, NarrowingState.add, here, form_data={"colonne": "999999.value", "mot": "x"}))
    assert notices(call(tab, NarrowingState.sort, here, form_data={"colonne": "etat"}))
    call(tab, NarrowingState.add, here, form_data={"colonne": "6.value", "de": "douze", "a": None})
    assert "nombre" in shown(tab, NarrowingState)["wrong"]
    heard = call(tab, NarrowingState.add, here, form_data={"colonne": "5.value", "choix:true": "on", "choix:x": "on"})
    assert f"/instruction/{desk.procedure.id}?statut=tous&tri=2.value&5.value.est=true" in json.dumps(heard)
    for odd in (
        {},
        {"colonne": {"a": 1}},
        {"colonne": "2.value", "comment": "DROP", "mot": "x"},
        {"colonne": ["2.value"]},
    ):
        heard = call(tab, NarrowingState.add, here, form_data=odd)
        assert "_redirect" not in json.dumps(heard)


def test_others_learn_nothing_of_the_columns(tab_of: Any, desk: Desk) -> None:
    here = f"/instruction/{desk.procedure.id}?statut=tous"
    tab = tab_of(desk.citizen)
    for handler in (NarrowingState.open_filter, NarrowingState.open_order):
        assert notices(call(tab, handler, here))
    call(tab, NarrowingState.pick, here, key="2.value")
    call(tab, NarrowingState.add, here, form_data={"colonne": "2.value", "mot": "x"})
    assert "Enseigne" not in tab.everything and "_redirect" not in tab.everything


def test_the_way_through_dossiers_follows_the_narrowed_list(tab_of: Any, desk: Desk) -> None:
    tab = tab_of(desk.agent)
    words = "tri=2.value&2.value.contient=le+goff"
    call(tab, InstructionState.open_dossier, the_dossier(desk, 0, f"&{words}"))
    ways = shown(tab, InstructionState)["ways"]
    assert (ways["previous"], ways["next"]) == ("", "")
    assert ways["list"].endswith(f"?statut=tous&{words}")
