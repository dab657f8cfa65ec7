"""What an address says reaches no database that could not hold it: nothing there is called so."""

import pytest

from dsbuilder.domain.errors import NotFound
from dsbuilder.storage import files, procedures
from dsbuilder.storage.database import Database
from tests.builders import an_actor

UNKEEPABLE = ("\x00", "a\x00b", "\ud800", "a\udfff")


@pytest.mark.parametrize("word", UNKEEPABLE)
def test_no_procedure_and_no_file_is_called_so(database: Database, word: str) -> None:
    actor = an_actor(database)
    with database.reading() as db:
        with pytest.raises(NotFound):
            procedures.by_path(db, word)
        with pytest.raises(NotFound):
            files.get(db, actor, word)
