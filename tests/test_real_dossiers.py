"""Real procedures go the whole way: 30 in which every kind occurs in the ordinary tests, all of them by `make soak`."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from dsbuilder.storage.database import open_database
from tests.whole_way import DOSSIERS, REAL_FILE, WholeWay, real_procedures, with_every_kind

SOME = 30
pytestmark = pytest.mark.skipif(not REAL_FILE.is_file(), reason="the real procedures are not there")


@pytest.fixture(scope="module")
def way(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeWay]:
    """A database for all of them."""
    path = tmp_path_factory.mktemp("real") / "real.sqlite"
    copyfile(migrated_file, path)
    database = open_database(f"sqlite:///{path}")
    yield WholeWay(database, lists_of_a_kind=3)
    database.dispose()


def test_thirty_real_procedures_with_every_kind_go_the_whole_way(way: WholeWay) -> None:
    chosen = with_every_kind(SOME)
    assert len(chosen) == SOME
    for place, procedure in real_procedures(chosen):
        way.take(procedure, place)
    assert (way.tally.published, way.tally.deposited) == (SOME, SOME * DOSSIERS)
    assert way.tally.listed == way.tally.deposited


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_every_real_procedure_goes_the_whole_way(
    migrated_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copyfile(migrated_file, tmp_path / "all.sqlite")
    database = open_database(f"sqlite:///{tmp_path / 'all.sqlite'}")
    all_of_them = WholeWay(database)
    for place, procedure in real_procedures():
        all_of_them.take(procedure, place)
    database.dispose()
    with capsys.disabled():
        print("", *all_of_them.tally.lines(), sep="\n")
    assert all_of_them.tally.published == all_of_them.tally.imported == 304
    assert len(all_of_them.tally.mended) <= 1  # one asks for rows of nothing
    assert dict(all_of_them.tally.unbuilt) == {}
