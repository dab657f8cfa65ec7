"""How a browser is found, without fetching one."""

from pathlib import Path

import pytest

from tests.browser import chromium


def test_the_first_that_runs_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "runs", lambda path: path == Path("/good"))
    ways = [lambda: None, lambda: Path("/broken"), lambda: Path("/good"), lambda: pytest.fail("not needed")]
    assert chromium.find(ways) == Path("/good")


def test_none_at_all_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "runs", lambda path: False)
    with pytest.raises(chromium.NoChromium, match="apt-get install chromium"):
        chromium.find([lambda: None, lambda: Path("/broken")])


def test_what_is_here_is_asked_before_anything_is_fetched() -> None:
    assert chromium.WAYS[:2] == (chromium.installed, chromium.npm_kept)
