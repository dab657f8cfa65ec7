"""One's own name and language, and nobody else's."""

import pytest

from dsbuilder.actions import profile
from dsbuilder.actions.context import perform
from dsbuilder.actions.profile import LONGEST_NAME, Profile
from dsbuilder.domain.errors import Forbidden, Refused
from dsbuilder.domain.messages import MAX_LENGTH
from dsbuilder.domain.people import ANONYMOUS
from dsbuilder.storage.database import Database
from tests.builders import an_actor


def test_a_person_says_their_name_and_language(database: Database) -> None:
    actor, other = an_actor(database, "camille@example.fr"), an_actor(database)
    perform(database, profile.change, "  Camille\n ", "Le  Goff", "en", actor=actor)
    assert perform(database, profile.read, actor=actor) == Profile("camille@example.fr", "Camille", "Le Goff", "en")
    assert perform(database, profile.read, actor=other).first_name == ""


def test_a_long_name_is_cut_and_a_book_is_refused(database: Database) -> None:
    actor = an_actor(database)
    perform(database, profile.change, "a" * 500, "", "fr", actor=actor)
    assert perform(database, profile.read, actor=actor).first_name == "a" * LONGEST_NAME
    with pytest.raises(Refused):
        perform(database, profile.change, "a" * (MAX_LENGTH + 1), "", "fr", actor=actor)


def test_nobody_has_no_profile(database: Database) -> None:
    for action, arguments in ((profile.read, ()), (profile.change, ("A", "B", "fr"))):
        with pytest.raises(Forbidden):
            perform(database, action, *arguments, actor=ANONYMOUS)
