"""The agents' lists on the largest real procedure: 557,327 dossiers of one procedure among 1,000,000, each page in ms.

Limit: what the design measured on bare SQLite, 0.2 ms for a page of the default list and 74 ms for counting by state.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from sqlalchemy import text

from bench.prepared import a_database, figure
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.fields.choice import ChoiceField
from dsbuilder.domain.narrowing import narrowing_in
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.storage import dossiers, lists, narrowed
from dsbuilder.storage.database import Database, Session
from tests.builders import a_procedure_row, an_administrator, an_instructor

ALL, OF_ONE, IN_PROGRESS, TO_FOLLOW = 1_000_000, 557_327, 20_000, 5_000
ROUNDS = 7


def main() -> None:
    """Print how long each question of the desk takes."""
    with a_database() as (_, database):
        administrator = an_administrator(database)
        procedure, other = (a_procedure_row(database, administrator, path=path) for path in ("une", "autre"))
        agent = an_instructor(database, procedure)
        fill(database, [(procedure.id or 0, OF_ONE), (other.id or 0, ALL - OF_ONE)])
        add_keys(database, procedure.id or 0)
        asked = questions(agent, procedure.id or 0) | narrowed_lists(agent, procedure.id or 0)
        for name, question in asked.items():
            figure(name, f"{milliseconds(database, question):.2f} ms", "")


def questions(agent: Actor, number: int) -> dict[str, Callable[[Session], object]]:
    """What the desk asks, by name."""

    def page(tab: Tab) -> Callable[[Session], object]:
        return lambda db: lists.of_instructor(db, agent, number, tab)

    return {
        **{f"a page of the tab {tab}": page(tab) for tab in Tab},
        "counts of all tabs": lambda db: lists.counts(db, agent),
        "counts by state": lambda db: lists.counts_by_state(db, number),
        "search by number": lambda db: lists.search(db, agent, number, str(OF_ONE // 2)),
        "search by address": lambda db: lists.search(db, agent, number, f"usager{OF_ONE // 2}"),
        "search by one letter": lambda db: lists.search(db, agent, number, "u"),
        "open a dossier": lambda db: dossiers.get(db, agent, OF_ONE // 2),
    }


FORM = Revision(
    (
        Field(FieldId(1), "text", "Nom"),
        Field(FieldId(2), "integer_number", "Effectif"),
        Field(FieldId(3), "drop_down_list", "Jour", options=ChoiceField.Options(("Lundi", "Mardi", "Jeudi"))),
    )
)
NARROWED: dict[str, tuple[Tab, list[tuple[str, str]]]] = {
    "filter by a common option": (Tab.ALL, [("3.value.est", "Lundi")]),
    "filter by a rare name": (Tab.ALL, [("1.value.commence", "nom 777")]),
    "filter by rare words within a text": (Tab.ALL, [("1.value.contient", "m 49999")]),
    "filter by a range that 40 % meet": (Tab.ALL, [("2.value.entre", "0..4000")]),
    "sort by a number": (Tab.ALL, [("tri", "2.value")]),
    "two filters, sort by a third": (
        Tab.ALL,
        [("3.value.est", "Lundi"), ("1.value.contient", "1"), ("tri", "-2.value")],
    ),
    "sort a tab of 5,000": (Tab.TO_FOLLOW, [("tri", "2.value")]),
}


def narrowed_lists(agent: Actor, number: int) -> dict[str, Callable[[Session], object]]:
    """The lists that agents narrow and sort, by name."""

    def page(tab: Tab, pairs: list[tuple[str, str]]) -> Callable[[Session], object]:
        narrowing, held = narrowing_in(FORM, tab, pairs), OF_ONE if tab is Tab.ALL else TO_FOLLOW
        return lambda db: narrowed.page(db, agent, number, narrowing, held=held)

    return {name: page(*asked) for name, asked in NARROWED.items()}


def add_keys(database: Database, number: int) -> None:
    """A text, a number and a choice of each dossier of one procedure."""
    keys = {
        1: "NULL, 'nom ' || (id % 50000)",
        2: "(id * 7919) % 10000, NULL",
        3: "NULL, CASE id % 3 WHEN 0 THEN 'lundi' WHEN 1 THEN 'mardi' ELSE 'jeudi' END",
    }
    with database.transaction() as db:
        for field, values in keys.items():
            db.execute(
                text(
                    "INSERT INTO answer_key (dossier_id, field_id, column_name, row, position, procedure_id, number, text) "
                    f"SELECT id, {field}, 'value', '', 0, procedure_id, {values} FROM dossier WHERE procedure_id = {number}"
                )
            )


def milliseconds(database: Database, question: Callable[[Session], object]) -> float:
    """The median of a few times, each in a transaction of its own."""
    times = []
    for _ in range(ROUNDS):
        with database.reading() as db:
            started = perf_counter()
            question(db)
            times.append((perf_counter() - started) * 1000)
    return median(times)


def fill(database: Database, procedures: list[tuple[int, int]]) -> None:
    """Deposit that many dossiers in each procedure, by statements of SQLite: through the actions it would take an hour."""
    at = "strftime('%Y-%m-%d %H:%M:%f000', 1700000000 + i * 60, 'unixepoch')"
    first = 0
    with database.transaction() as db:
        for number, count in procedures:
            series = (
                f"WITH RECURSIVE s(i) AS (SELECT {first + 1} UNION ALL SELECT i + 1 FROM s WHERE i < {first + count})"
            )
            pile = (
                f"CASE WHEN i > {first + count - TO_FOLLOW} THEN 'a-suivre' "
                f"WHEN i > {first + count - IN_PROGRESS} THEN 'suivi' ELSE 'traite' END"
            )
            state = f"CASE WHEN i > {first + count - IN_PROGRESS} THEN 'en_construction' ELSE 'accepte' END"
            db.execute(
                text(
                    f"{series} INSERT INTO account (id, email, password_hash, created_at, language, first_name, last_name) "
                    f"SELECT 1000 + i, 'usager' || i || '@example.fr', '-', {at}, 'fr', '', '' FROM s"
                )
            )
            db.execute(
                text(
                    f"{series} INSERT INTO dossier (id, procedure_id, applicant_id, group_id, state, pile, requester, "
                    f"answers, annotations, created_at, updated_at, deposited_at, reason, archived, test) SELECT i, "
                    f"{number}, 1000 + i, (SELECT id FROM instructor_group WHERE procedure_id = {number}), {state}, {pile}, "
                    f"'{{}}', '{{}}', '{{}}', {at}, {at}, {at}, '', 0, 0 FROM s"
                )
            )
            first += count
        db.execute(
            text(
                "INSERT INTO state_count (group_id, state, pile, procedure_id, number) "
                "SELECT group_id, state, pile, procedure_id, count(*) FROM dossier GROUP BY 1, 2, 3, 4"
            )
        )


if __name__ == "__main__":
    main()
