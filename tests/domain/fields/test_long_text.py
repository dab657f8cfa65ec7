"""Texts of several lines."""

import pytest

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.options import change_option
from tests.domain.fields.tables import a_field, of, parsed, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [("un\r\ndeux\rtrois", "un\ndeux\ntrois"), ("\n un\n\n\tdeux \n", "un\n\n\tdeux"), ("\u2028", None)],
)
def test_lines_are_kept(raw: str, value: str | None) -> None:
    assert parsed("textarea", raw) == value


def test_an_advised_length_does_not_refuse_more() -> None:
    assert parsed("textarea", "x" * 900, character_limit=400) == "x" * 900


def test_the_advised_length_reaches_the_page() -> None:
    limited, free = a_field("textarea", character_limit=400), a_field("textarea")
    assert limited.type.attributes(limited.options).maximum == "400"
    assert free.type.attributes(free.options).maximum == ""


@pytest.mark.parametrize(("raw", "limit"), [("400", 400), ("10000", 10_000), ("", None)])
def test_an_advised_length_is_one_of_those_offered(raw: str, limit: int | None) -> None:
    options = change_option(of("textarea"), of("textarea").Options(), "character_limit", raw)
    assert options.character_limit == limit


@pytest.mark.parametrize("raw", ["12", "450", "beaucoup", "1" * 30])
def test_another_advised_length_is_refused(raw: str) -> None:
    with pytest.raises(Invalid):
        change_option(of("textarea"), of("textarea").Options(), "character_limit", raw)


def test_a_text_too_long_is_refused() -> None:
    assert "joignez un document" in refusal("textarea", "x" * 100_001).fr
