"""Answers are kept one by one, as typed when they do not parse, and only for who may give them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from dsbuilder.actions import depositing, filling, sessions
from dsbuilder.actions.context import ANONYMOUS, perform
from dsbuilder.domain.answering import rows_of
from dsbuilder.domain.documents import revision_to_json
from dsbuilder.domain.dossier import SetAside
from dsbuilder.domain.errors import NotFound, Refusal, Refused
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId
from dsbuilder.storage import credentials, procedures
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from tests.builders import NOW, an_actor, an_administrator, an_instructor
from tests.databases import statements
from tests.forms import a_draft, a_field, a_form, an_open_procedure

DAYS = ("Lundi", "Mardi", "Jeudi", "Vendredi")
FIELDS = (
    a_field(1, "text", "Nom de l’élève"),
    a_field(2, "integer_number", "Quotient"),
    a_field(3, "multiple_drop_down_list", "Jours", drop_down_options=DAYS),
    a_field(4, "linked_drop_down_list", "Classe", drop_down_options=("--6e--", "A", "B", "--5e--", "C")),
    a_field(5, "repetition", "Personne à prévenir", a_field(6, "text", "Téléphone")),
    a_field(7, "repetition", "Allergie", a_field(8, "text", "Laquelle"), required=False),
    a_field(9, "date", "Naissance", required=False, date_in_past=True),
)


@pytest.fixture
def procedure(database: Database) -> ProcedureRow:
    return an_open_procedure(database, *FIELDS)


@pytest.fixture
def draft(database: Database, procedure: ProcedureRow) -> tuple[Actor, int]:
    return a_draft(database)


def answers(database: Database, draft: tuple[Actor, int]):
    return perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers


def give(database: Database, draft: tuple[Actor, int], path: str, raw, **more):
    return perform(database, filling.answer, draft[1], path, raw, actor=draft[0], now=more.pop("now", NOW), **more)


def test_an_answer_is_kept_with_its_author_and_time(database: Database, draft) -> None:
    saved = give(database, draft, "1", "  Noé Martin ")
    assert saved.error is None
    kept = answers(database, draft)["1"]
    assert (kept.value, kept.raw, kept.at, kept.by) == ("Noé Martin", None, NOW, draft[0].account_id)


def test_an_answer_that_does_not_parse_is_kept_as_typed_with_its_error(database: Database, draft) -> None:
    saved = give(database, draft, "2", "741 €/mois")
    assert saved.error is not None
    kept = answers(database, draft)["2"]
    assert (kept.value, kept.raw) == (None, "741 €/mois")
    assert give(database, draft, "2", "741").error is None
    assert answers(database, draft)["2"].value == 741


def test_a_rule_that_depends_on_the_day_is_said_at_once(database: Database, draft) -> None:
    assert give(database, draft, "9", "2026-11-20").error is not None
    assert give(database, draft, "9", "2026-11-18").error is None


def test_a_text_too_long_is_refused_and_changes_nothing(database: Database, draft) -> None:
    give(database, draft, "1", "Noé")
    with pytest.raises(Refused):
        give(database, draft, "1", "x" * 100_001)
    assert answers(database, draft)["1"].value == "Noé"


@pytest.mark.parametrize(
    "path", ["99", "", "1; DROP", "5", "6", f"6:{'0' * 26}", "1:01JD2K3M4N5P6Q7R8S9TAVBWCX", "-1", "1" * 30]
)
def test_nothing_is_kept_where_the_form_asks_nothing(database: Database, draft, path: str) -> None:
    with pytest.raises(NotFound):
        give(database, draft, path, "x")


def test_ticking_in_two_tabs_keeps_both_ticks(database: Database, draft) -> None:
    def tick(choice: str) -> None:
        perform(database, filling.toggle, draft[1], "3", choice, True, actor=draft[0])

    with ThreadPoolExecutor(2) as tabs:
        list(tabs.map(tick, DAYS))
    perform(database, filling.toggle, draft[1], "3", "Mardi", False, actor=draft[0])
    assert answers(database, draft)["3"].value == ("Lundi", "Jeudi", "Vendredi")


def test_two_tabs_on_one_draft_lose_nothing(database: Database, draft) -> None:
    def fill(tab: int) -> None:
        for _ in range(5):
            give(database, draft, ("1", "2")[tab], ("Noé", "741")[tab])

    with ThreadPoolExecutor(2) as tabs:
        list(tabs.map(fill, [0, 1]))
    kept = answers(database, draft)
    assert (kept["1"].value, kept["2"].value) == ("Noé", 741)


def test_an_answer_typed_while_cut_off_does_not_replace_a_later_one(database: Database, draft) -> None:
    give(database, draft, "1", "plus récent", now=NOW)
    later = NOW + timedelta(minutes=5)
    give(database, draft, "1", "plus ancien", now=later, age=timedelta(minutes=10))
    assert answers(database, draft)["1"].value == "plus récent"
    give(database, draft, "1", "tapé depuis", now=later, age=timedelta(minutes=2))
    assert answers(database, draft)["1"].value == "tapé depuis"


def test_another_first_choice_empties_the_second(database: Database, draft) -> None:
    def choose(level: int, choice: str) -> None:
        perform(database, filling.link, draft[1], "4", level, choice, actor=draft[0])

    def display() -> str:
        field = FIELDS[3]
        return field.type.display(answers(database, draft)["4"].value, field.options)

    choose(1, "6e")
    choose(2, "B")
    assert display() == "6e / B"
    choose(1, "5e")
    assert display() == "5e"


def test_a_long_list_is_searched_under_its_first_choice(database: Database, draft) -> None:
    def found(text: str) -> list[str]:
        return [c.value for c in perform(database, filling.search, draft[1], "4", text, actor=draft[0])]

    assert found("a") == []
    perform(database, filling.link, draft[1], "4", 1, "6e", actor=draft[0])
    assert found("a") == ["A"]
    assert found("c") == []


# -- cost ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("action", "arguments"),
    [(filling.answer, ("1", "Noé")), (filling.toggle, ("3", "Lundi", True)), (filling.link, ("4", 1, "6e"))],
    ids=["answer", "toggle", "link"],
)
def test_an_answer_costs_three_statements(database: Database, draft, action, arguments) -> None:
    with database.transaction() as db:
        credentials.open_session(
            db,
            token="jeton",
            account_id=draft[0].account_id,
            now=NOW,
            expires_at=NOW + timedelta(days=1),
            remembered=False,
            browser="",
            address="",
        )
    give(database, draft, "1", "le formulaire est lu")
    with statements(database) as found:
        perform(database, action, draft[1], *arguments, actor=sessions.holder_of("jeton"), now=NOW)
    assert [statement.split()[0] for statement in found] == ["SELECT", "SELECT", "UPDATE"]


# -- rows ----------------------------------------------------------------------------------------------------------
def test_a_required_block_begins_with_a_row_and_an_optional_one_without(database: Database, draft) -> None:
    kept = answers(database, draft)
    assert len(rows_of(kept, FieldId(5))) == 1
    assert rows_of(kept, FieldId(7)) == []


def test_rows_are_added_at_the_end_and_removed_with_their_answers(database: Database, draft) -> None:
    for _ in range(2):
        perform(database, filling.add_row, draft[1], "7", actor=draft[0], now=NOW)
    first, second = rows_of(answers(database, draft), FieldId(7))
    give(database, draft, f"8:{first}", "arachide")
    give(database, draft, f"8:{second}", "lait")
    perform(database, filling.remove_row, draft[1], "7", first, actor=draft[0])
    perform(database, filling.remove_row, draft[1], "7", first, actor=draft[0])
    kept = answers(database, draft)
    assert rows_of(kept, FieldId(7)) == [second]
    assert kept[f"8:{second}"].value == "lait"
    assert f"8:{first}" not in kept


def test_a_block_holds_two_hundred_rows_at_most(database: Database, draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "MAX_ROWS", 3)
    for _ in range(3):
        perform(database, filling.add_row, draft[1], "7", actor=draft[0])
    with pytest.raises(Refused):
        perform(database, filling.add_row, draft[1], "7", actor=draft[0])


@pytest.mark.parametrize("block", ["1", "99", f"5:{'0' * 26}", "x"])
def test_only_a_block_takes_rows(database: Database, draft, block: str) -> None:
    with pytest.raises(NotFound):
        perform(database, filling.add_row, draft[1], block, actor=draft[0])


# -- rights --------------------------------------------------------------------------------------------------------
def by_others(database: Database, procedure: ProcedureRow) -> list[Actor]:
    return [ANONYMOUS, an_actor(database), an_administrator(database), an_instructor(database, procedure)]


def test_nobody_else_reads_or_changes_a_draft(database: Database, procedure: ProcedureRow, draft) -> None:
    number = draft[1]
    attempts = [
        (filling.open_dossier, number),
        (filling.read_dossier, number),
        (filling.answer, number, "1", "pirate"),
        (filling.toggle, number, "3", "Lundi", True),
        (filling.link, number, "4", 1, "6e"),
        (filling.search, number, "4", "a"),
        (filling.add_row, number, "7"),
        (filling.remove_row, number, "5", "x"),
        (depositing.check, number),
        (depositing.submit, number),
    ]
    for other in by_others(database, procedure):
        for action, *arguments in attempts:
            with pytest.raises(Refusal):
                perform(database, action, *arguments, actor=other)
    assert "1" not in answers(database, draft)


# -- the form changes meanwhile ------------------------------------------------------------------------------------
def publish(database: Database, procedure: ProcedureRow, *fields) -> None:
    with database.transaction() as db:
        procedures.publish(
            db,
            db.get_one(ProcedureRow, procedure.id),
            path="cantine",
            document=revision_to_json(a_form(*fields)),
            publisher_id=None,
            now=NOW,
        )


def test_an_open_page_goes_on_with_the_form_it_shows(database: Database, procedure: ProcedureRow, draft) -> None:
    publish(database, procedure, a_field(1, "text"))
    assert give(database, draft, "2", "741").error is None


def test_a_draft_follows_the_newest_form_and_says_so_and_loses_nothing(
    database: Database, procedure: ProcedureRow, draft
) -> None:
    give(database, draft, "1", "Noé")
    give(database, draft, "2", "741")
    publish(database, procedure, a_field(1, "integer_number"), a_field(10, "text"))
    opened = perform(database, filling.open_dossier, draft[1], actor=draft[0], now=NOW)
    assert opened.changed is not None
    assert "« Quotient »" in opened.changed.fr
    assert [field.id for field in opened.form.fields] == [1, 10]
    assert (opened.answers["1"].raw, opened.answers["1"].former) == ("Noé", "Noé")
    assert opened.set_aside == (SetAside("Quotient", "741"),)
    assert give(database, draft, "1", "7").answers["1"].former == ""
    assert len(perform(database, filling.open_dossier, draft[1], actor=draft[0], now=NOW).set_aside) == 1
    assert perform(database, filling.open_dossier, draft[1], actor=draft[0]).changed is None


def test_a_removed_question_that_comes_back_has_its_answer_again(
    database: Database, procedure: ProcedureRow, draft
) -> None:
    give(database, draft, "2", "741")
    publish(database, procedure, a_field(1, "text"))
    perform(database, filling.open_dossier, draft[1], actor=draft[0])
    publish(database, procedure, *FIELDS)
    assert perform(database, filling.open_dossier, draft[1], actor=draft[0]).answers["2"].value == 741
