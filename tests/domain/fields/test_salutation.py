"""M. or Mme."""

import pytest

from tests.domain.fields.tables import of, parsed, refusal


@pytest.mark.parametrize("raw", ["M.", " Mme "])
def test_the_two_official_words_are_accepted(raw: str) -> None:
    assert parsed("civilite", raw) == raw.strip()


@pytest.mark.parametrize("raw", ["Monsieur", "M", "mme", "Dr"])
def test_any_other_is_refused(raw: str) -> None:
    assert "Mme" in refusal("civilite", raw).fr


def test_it_is_shown_in_the_readers_language() -> None:
    assert of("civilite").display("Mme", None) == "Mme"
    assert of("civilite").display("M.", None, "en") == "Mr"
