"""What the preview of a form answers by itself, asked over the socket as a page asks, without a browser."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId
from dsbuilder.settings import settings
from dsbuilder.state.administrator.preview import PreviewState
from dsbuilder.storage.database import Database, open_database
from tests.builders import an_administrator
from tests.domain.conditioned import conditioned
from tests.forms import a_field, an_open_procedure
from tests.furnished import a_cookie
from tests.state.sockets import Tab, notices, opened

PREVIEW = PreviewState.get_full_name()
FIELDS = (
    a_field(1, "yes_no", "Avec des proches"),
    a_field(2, "text", "Nom", required=False),
    conditioned(
        a_field(3, "repetition", "Proche", a_field(4, "text", "Prénom")), Comparison(FieldId(1), Operator.EQ, True)
    ),
    a_field(5, "piece_justificative", "Justificatif"),
)


@pytest.fixture(scope="module")
def database(client: TestClient) -> Iterator[Database]:
    opened = open_database(settings().database)
    yield opened
    opened.dispose()


@pytest.fixture
def ada(database: Database) -> Actor:
    return an_administrator(database)


@pytest.fixture
def tab(client: TestClient, database: Database, ada: Actor) -> Iterator["Preview"]:
    procedure = an_open_procedure(database, *FIELDS, path=f"apercu-{uuid.uuid4().hex[:8]}", administrator=ada)
    with opened(client, a_cookie(database, ada)) as socket:
        preview = Preview(Tab(socket), f"/admin/demarches/{procedure.id}/apercu")
        preview.ask("open_preview")
        yield preview


class Preview:
    """One tab on the preview; `shown` is what it was last told of each value."""

    def __init__(self, tab: Tab, address: str) -> None:
        self.tab, self.address = tab, address
        self.shown: dict[str, Any] = {}

    def ask(self, handler: str, **payload: Any) -> None:
        heard = self.tab.ask(f"{PREVIEW}.{handler}", payload, self.address)
        assert notices(heard) == []
        for sent in heard:
            changes = (sent.get("delta") or {}).get(PREVIEW, {})
            self.shown |= {name.removesuffix("_rx_state_"): value for name, value in changes.items()}

    @property
    def answers(self) -> dict[str, Any]:
        """What stands at each path of the root, and the first names of the rows."""
        groups = [group for section in self.shown["sections"] for group in section["groups"]]
        rows = [group for group in self.shown["rows"]["3"] if group["kind"] == "row"]
        return {q["path"]: (q["value"], q["chosen"]) for group in [*groups, *rows] for q in group["questions"]}


def test_the_preview_fills_what_shows_without_a_fault_and_otherwise_each_time(tab: Preview) -> None:
    assert tab.answers["1"] == tab.answers["2"] == ("", [])
    seen = []
    for times in range(1, 9):
        tab.ask("fill")
        assert tab.shown["filled"] == times
        assert not tab.shown.get("errors")
        answers = tab.answers
        names = [value for path, (value, _) in answers.items() if path.startswith("4:")]
        assert answers["1"][1] in (["true"], ["false"]) and answers["2"][0] and all(names)
        assert bool(names) is (answers["1"][1] == ["true"]) is not tab.shown["hidden"].get("3", False)
        seen.append(answers)
    assert len({str(answers) for answers in seen}) > 4
    assert {answers["1"][1][0] for answers in seen} == {"true", "false"}


def test_what_was_filled_in_can_be_changed(tab: Preview) -> None:
    tab.ask("fill")
    tab.ask("answer", path="1", raw="non")
    assert tab.shown["errors"] == {}
    tab.ask("open_preview")
    assert tab.shown["filled"] == 0
    assert tab.answers["2"] == ("", [])
