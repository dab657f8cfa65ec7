"""Lists that are narrowed and sorted: the same as filtering in Python, whichever way is taken, and the plans of SQLite."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from dsbuilder.domain.desk import Tab
from dsbuilder.domain.narrowing import Narrowing, narrowing_in
from dsbuilder.domain.people import Actor
from dsbuilder.domain.sought import comparable
from dsbuilder.domain.texts import fold
from dsbuilder.storage import dossiers, narrowed
from dsbuilder.storage.database import Database
from dsbuilder.storage.dossiers import Key
from dsbuilder.storage.narrowed import NarrowedPage, read_place
from dsbuilder.storage.tables import DossierRow, ProcedureRow
from tests.builders import NOW, a_dossier_row, a_procedure_row, an_actor, an_instructor, in_one
from tests.forms import a_field, a_form

FORM = a_form(
    a_field(1, label="Enseigne"),
    a_field(2, "integer_number", "Effectif"),
    a_field(3, "datetime", "Rendez-vous"),
    a_field(4, "checkbox", "J’atteste"),
    a_field(5, "multiple_drop_down_list", "Jours", drop_down_options=("Lundi", "Mardi", "Été")),
)
NAMES = ("Hôtel du Cerf", "hotel de la gare", "Auto-école 100 %", "École_Horizon", "Zinc", None)
DAYS = ("Lundi", "Mardi", "Été")
MADE = 32


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return a_procedure_row(database, path="cantine")


@pytest.fixture
def agent(database: Database, procedure: ProcedureRow) -> Actor:
    return an_instructor(database, procedure)


Facts = dict[int, dict[str, Any]]


@pytest.fixture
def facts(database: Database, procedure: ProcedureRow, agent: Actor) -> Facts:
    """Dossiers with made answers, and the same as plain facts; two at each instant."""
    random, applicant, found = Random(7), an_actor(database), {}
    for n in range(MADE):
        at = NOW + timedelta(hours=12 * (n // 2))
        row = a_dossier_row(database, procedure, applicant, deposited_at=at)
        day = f"2026-03-{random.randint(1, 9):02}"
        one: dict[str, Any] = {
            "at": at,
            "1": random.choice(NAMES),
            "2": random.choice([None, -3, 0, 7, 12]),
            "3": random.choice([None, f"{day}T09:30", f"{day}T00:00"]),
            "4": random.choice([None, True, False]),
            "5": tuple(random.sample(DAYS, random.randint(0, 2))),
        }
        found[row.id or 0] = one
        in_one(database, keep, row, one)
    return found


def keep(db: Any, row: DossierRow, one: dict[str, Any]) -> None:
    keys = []
    for id in (1, 2, 3, 4, 5):
        value = one[str(id)]
        for position, part in enumerate(value if isinstance(value, tuple) else (value,)):
            number, text = comparable(part)
            if number is not None or text is not None:
                keys.append(Key(id, "value", number, text, "", position))
    dossiers.rewrite_keys(db, db.get_one(DossierRow, row.id), keys)


Meant = Callable[[dict[str, Any]], bool]


def texts(test: Callable[[str], bool]) -> Meant:
    return lambda one: one["1"] is not None and test(fold(one["1"]))


FILTERS: list[tuple[list[tuple[str, str]], Meant]] = [
    ([], lambda one: True),
    ([("1.value.commence", "HOTEL")], texts(lambda text: text.startswith("hotel"))),
    ([("1.value.contient", "école")], texts(lambda text: "ecole" in text)),
    ([("1.value.contient", "100 %")], texts(lambda text: "100 %" in text)),
    ([("1.value.contient", "_h")], texts(lambda text: "_h" in text)),
    ([("2.value.entre", "0..7")], lambda one: one["2"] in (0, 7)),
    ([("2.value.entre", "..-1")], lambda one: one["2"] == -3),
    ([("3.value.entre", "2026-03-02..2026-03-04")], lambda one: "2026-03-02" <= (one["3"] or "")[:10] <= "2026-03-04"),
    ([("3.value.entre", "2026-03-05..")], lambda one: (one["3"] or "") >= "2026-03-05"),
    ([("4.value.est", "true")], lambda one: one["4"] is True),
    ([("4.value.est", "false")], lambda one: one["4"] is not True),
    ([("4.value.est", "true"), ("4.value.est", "false")], lambda one: True),
    ([("5.value.est", "Été")], lambda one: "Été" in one["5"]),
    ([("5.value.est", "Lundi"), ("5.value.est", "Mardi")], lambda one: bool({"Lundi", "Mardi"} & set(one["5"]))),
    (
        [("1.value.commence", "hotel"), ("2.value.entre", "0.."), ("5.value.est", "Lundi")],
        lambda one: fold(one["1"] or "").startswith("hotel") and one["2"] in (0, 7, 12) and "Lundi" in one["5"],
    ),
    ([("etat.est", "accepte")], lambda one: False),
    ([("depose.entre", "2026-11-20..2026-11-22")], lambda one: "2026-11-20" <= f"{one['at'].date()}" <= "2026-11-22"),
    ([("1.value.commence", "rien de tel")], lambda one: False),
]  # fmt: skip


def expected(facts: Facts, meant: Meant, sort: str) -> list[int]:
    """The numbers that a list must hold, in its order."""
    kept = [number for number, one in facts.items() if meant(one)]
    key = sort.lstrip("-").partition(".")[0]
    newest = sorted(kept, key=lambda number: (facts[number]["at"], number), reverse=sort != "depose")
    if key in ("", "depose"):
        return newest
    answered = [number for number in kept if facts[number][key] is not None]
    ordered = sorted(answered, key=lambda number: (_sorted(facts[number][key]), number), reverse=sort[0] == "-")
    return ordered + [number for number in newest if number not in answered]


def _sorted(value: Any) -> Any:
    return fold(value) if isinstance(value, str) and "T0" not in value else value


def all_pages(database: Database, ask: Callable[[Any, Any], NarrowedPage], narrowing: Narrowing) -> list[int]:
    """Every number, walking forward to the end, then back to the beginning, which must say the same."""
    forward: list[tuple[int, ...]] = []
    with database.reading() as db:
        page = ask(db, None)
        while True:
            forward.append(tuple(one.number for one in page.items))
            if page.following is None:
                break
            page = ask(db, read_place(str(page.following), narrowing.sort))
        back = [forward[-1]]
        while page.preceding is not None:
            page = ask(db, read_place(str(page.preceding), narrowing.sort))
            back.append(tuple(one.number for one in page.items))
    flat = [number for page in forward for number in page]
    assert [number for page in reversed(back) for number in page] == flat
    return flat


@pytest.mark.parametrize("few", [1000, 5, 0])
def test_any_list_is_what_filtering_in_python_gives_whichever_way_is_taken(
    database: Database,
    procedure: ProcedureRow,
    agent: Actor,
    facts: Facts,
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(narrowed, "FEW", few)
    for pairs, meant in FILTERS:
        for sort in ("", "depose", "-1.value", "2.value", "-2.value", "3.value"):
            narrowing = narrowing_in(FORM, Tab.ALL, [*pairs, ("tri", sort)])

            def ask(db: Any, place: Any, narrowing: Narrowing = narrowing) -> NarrowedPage:
                return narrowed.page(db, agent, procedure.id or 0, narrowing, place, held=MADE, size=7)

            assert all_pages(database, ask, narrowing) == expected(facts, meant, sort), (pairs, sort)


def test_how_many_there_are_is_said_when_it_was_counted(
    database: Database, procedure: ProcedureRow, agent: Actor, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrowing = narrowing_in(FORM, Tab.ALL, [("2.value.entre", "7..7")])
    with database.reading() as db:
        few = narrowed.page(db, agent, procedure.id or 0, narrowing, size=2)
        monkeypatch.setattr(narrowed, "FEW", 1)
        many = narrowed.page(db, agent, procedure.id or 0, narrowing, size=2)
    assert few.count == sum(one["2"] == 7 for one in facts.values())
    assert many.count is None and many.items == few.items


def test_the_dossiers_around_one_are_those_of_the_list(
    database: Database, procedure: ProcedureRow, agent: Actor, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    for few in (1000, 0):
        monkeypatch.setattr(narrowed, "FEW", few)
        for sort in ("", "-2.value", "1.value"):
            narrowing = narrowing_in(FORM, Tab.ALL, [("5.value.est", "Lundi"), ("tri", sort)])
            order = expected(facts, lambda one: "Lundi" in one["5"], sort)
            for before, number, after in zip([None, *order], order, [*order[1:], None], strict=False):
                with database.reading() as db:
                    row = db.get_one(DossierRow, number)
                    assert narrowed.neighbours(db, agent, row, narrowing, MADE) == (before, after)


def test_only_the_actor_s_own_dossiers_are_found(
    database: Database, procedure: ProcedureRow, agent: Actor, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = a_procedure_row(database, path="ailleurs")
    stranger = an_instructor(database, elsewhere)
    both = an_instructor(database, elsewhere)
    for few in (1000, 0):
        monkeypatch.setattr(narrowed, "FEW", few)
        for pairs in (
            [("1.value.contient", "e")],
            [("tri", "1.value")],
            [("2.value.entre", "0.."), ("tri", "2.value")],
        ):
            narrowing = narrowing_in(FORM, Tab.ALL, pairs)
            with database.reading() as db:
                assert narrowed.page(db, stranger, procedure.id or 0, narrowing, held=MADE).items == ()
                assert narrowed.page(db, both, elsewhere.id or 0, narrowing, held=MADE).items == ()


@pytest.mark.parametrize(
    "text",
    ["", "r", "k", "x1_1", "rhier_1", "r2026-01-01_1", "r2026-01-01T00:00:00+00:00_x", "kx_1", "k_", "r_1", "-", "k1_-1",
     "r0001-01-01T00:00:00+14:00_1", "k1_99999999999999999999", "' OR 1=1 --_1", "k" + "9" * 400 + "_1"],
)  # fmt: skip
def test_a_place_that_means_nothing_is_the_beginning(text: str) -> None:
    sort = narrowing_in(FORM, Tab.ALL, [("tri", "2.value")]).sort
    assert read_place(text, sort) is None or text.startswith("k9")
    assert read_place("kabc_1", None) is None


# -- plans --------------------------------------------------------------------------------------------------------
def plans(database: Database, ask: Callable[[Any], object]) -> list[str]:
    """How SQLite says that it answers each statement."""
    asked: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.reading() as db:
        ask(db)
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.connect() as connection:
        return [
            "\n".join(
                str(line[-1]) for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            )
            for statement, parameters in asked
            if statement.startswith("SELECT")
        ]


@pytest.mark.parametrize("noted", [False, True], ids=["without statistics", "with statistics"])
def test_sqlite_walks_as_it_is_told(sqlite_database: Database, noted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    procedure = a_procedure_row(sqlite_database, path="cantine")
    agent, applicant = an_instructor(sqlite_database, procedure), an_actor(sqlite_database)
    for n in range(40):
        row = a_dossier_row(sqlite_database, procedure, applicant, deposited_at=NOW + timedelta(minutes=n))
        in_one(sqlite_database, keep, row, {"1": "Cerf", "2": n, "3": None, "4": True, "5": ("Lundi",)})
    if noted:
        with sqlite_database.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")

    def planned(*pairs: tuple[str, str], few: int, held: int = 10**6) -> list[str]:
        monkeypatch.setattr(narrowed, "FEW", few)
        narrowing = narrowing_in(FORM, Tab.ALL, pairs)
        return plans(
            sqlite_database, lambda db: narrowed.page(db, agent, procedure.id or 0, narrowing, held=held, size=5)
        )

    by_keys = planned(("tri", "2.value"), ("1.value.commence", "cerf"), few=0)[1]
    assert by_keys.startswith("SEARCH answer_key USING COVERING INDEX ix_answer_key_number") or by_keys.startswith(
        "SEARCH answer_key USING INDEX ix_answer_key_number"
    )
    assert "SEARCH dossier USING INTEGER PRIMARY KEY (rowid=?)" in by_keys
    assert "TEMP B-TREE" not in by_keys and "SCAN" not in by_keys

    by_day = planned(("1.value.commence", "cerf"), ("2.value.entre", "0.."), few=0)[1]
    assert by_day.startswith("SEARCH dossier USING INDEX ix_dossier_archived")
    assert by_day.count("USING PRIMARY KEY (dossier_id=? AND field_id=? AND column_name=?)") == 2
    assert "TEMP B-TREE" not in by_day

    counted, by_number, *_ = planned(("1.value.commence", "cerf"), ("tri", "2.value"), few=1000)
    assert "ix_answer_key_text (field_id=? AND column_name=? AND text>? AND text<?)" in counted
    assert "SEARCH dossier USING INTEGER PRIMARY KEY (rowid=?)" in by_number
    assert "ix_dossier" not in by_number

    small = planned(("tri", "2.value"), few=1000, held=40)[0]
    assert small.startswith("SEARCH dossier USING INDEX ix_dossier_archived")
    assert "answer_key USING PRIMARY KEY (dossier_id=? AND field_id=? AND column_name=?" in small


@pytest.mark.parametrize("text", ["ka\x00_1", "-k\x00_1", "k\ud800_1"])
def test_a_place_that_no_database_holds_means_nothing(text: str) -> None:
    assert read_place(text, narrowing_in(FORM, Tab.ALL, [("tri", "1.value")]).sort) is None
