"""The demonstration is ready to be tried, and is not made twice."""

from dsbuilder.actions import demo, desk, my_dossiers, passwords
from dsbuilder.actions.context import ANONYMOUS, perform
from dsbuilder.domain.people import PLATFORM
from dsbuilder.storage.database import Database
from tests.builders import NOW, PASSWORD, mails_to, sign_in


def furnish(database: Database) -> None:
    perform(database, demo.welcome, passwords.hashed(PASSWORD), actor=PLATFORM, now=NOW)
    perform(database, demo.furnish, actor=PLATFORM, now=NOW)


def test_each_figure_finds_something_to_do(database: Database) -> None:
    furnish(database)
    administrator, agent, citizen = (sign_in(database, figure.email).actor for figure in demo.FIGURES)
    assert ANONYMOUS not in (administrator, agent, citizen)
    on_the_desk = perform(database, desk.my_procedures, actor=agent, now=NOW)
    assert sorted(any(procedure.counts.values()) for procedure in on_the_desk) == [False, True]
    assert len(perform(database, my_dossiers.mine, actor=citizen, now=NOW).items) == len(demo.PEOPLE)
    assert mails_to(database, citizen.email)


def test_starting_again_changes_nothing(database: Database) -> None:
    furnish(database)
    furnish(database)
    agent = sign_in(database, demo.FIGURES[1].email).actor
    assert len(perform(database, desk.my_procedures, actor=agent, now=NOW)) == len(demo.PATHS)
