"""What is made of the files that Reflex and Vite leave."""

import gzip
from pathlib import Path

import pytest

from dsbuilder import building

CHUNK = (
    "var e={PING:`http://localhost:8000/ping`,EVENT:`ws://localhost:8000/_event`,TRANSPORT:`websocket`};export{e as t};"
)


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_the_built_pages_find_their_server_where_they_came_from(tmp_path: Path) -> None:
    chunk = write(tmp_path / "assets" / "reflex-env-abc.js", CHUNK)
    building.finish(tmp_path)
    assert "localhost" not in chunk.read_text()
    assert "PING:`${location.origin}/ping`" in chunk.read_text()
    assert "EVENT:`${location.origin.replace(/^http/,'ws')}/_event`" in chunk.read_text()


def test_english_pages_say_that_they_are_english(tmp_path: Path) -> None:
    french = write(tmp_path / "index.html", '<html lang="fr">')
    first = write(tmp_path / "en" / "index.html", '<html lang="fr">')
    deeper = write(tmp_path / "en" / "dossiers" / "index.html", '<html lang="fr">')
    building.finish(tmp_path)
    assert [file.read_text() for file in (french, first, deeper)] == ['<html lang="fr">', *['<html lang="en">'] * 2]


def test_each_page_is_kept_once(tmp_path: Path) -> None:
    write(tmp_path / "en" / "index.html", "x")
    copy = write(tmp_path / "en.html", "x")
    building.finish(tmp_path)
    assert not copy.exists()


def test_what_compresses_well_is_compressed_beforehand(tmp_path: Path) -> None:
    style = write(tmp_path / "base.css", "p{}" * 100)
    font = write(tmp_path / "letters.woff2", "x")
    building.finish(tmp_path)
    assert gzip.decompress(Path(f"{style}.gz").read_bytes()).decode() == style.read_text()
    assert not Path(f"{font}.gz").exists()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in small."""
    for name in (*building.SOURCE_FILES, "assets/base.css", "dsbuilder/pages/home.py", "dsbuilder/storage/tables.py"):
        write(tmp_path / name, "")
    monkeypatch.setattr(building, "CHECKOUT", tmp_path)
    monkeypatch.setattr(building, "WEB", tmp_path / "dsbuilder" / "_web")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["assets/base.css", "dsbuilder/pages/home.py", "rxconfig.py", "dsbuilder/pages/new.py"]
)
def test_a_change_of_what_pages_are_made_of_asks_for_a_build(checkout: Path, name: str) -> None:
    before = building.sources_hash()
    write(checkout / name, "changed")
    assert building.sources_hash() != before


@pytest.mark.parametrize(
    "name", ["dsbuilder/storage/tables.py", "assets/external/x.js", "dsbuilder/pages/__pycache__/home.pyc"]
)
def test_a_change_elsewhere_asks_for_none(checkout: Path, name: str) -> None:
    before = building.sources_hash()
    write(checkout / name, "changed")
    assert building.sources_hash() == before


def test_a_second_start_builds_nothing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def built(stamp: str) -> None:
        asked.append(stamp)
        write(building.WEB / building.STAMP, stamp)

    monkeypatch.setattr(building, "build", built)
    assert [building.ensure_built(), building.ensure_built()] == [True, False]
    assert len(asked) == 1


def test_an_installed_package_without_its_pages_says_so(checkout: Path) -> None:
    (checkout / "rxconfig.py").unlink()
    with pytest.raises(building.BuildError, match="wheel"):
        building.ensure_built()
