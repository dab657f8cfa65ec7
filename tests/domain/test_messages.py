"""What people write is kept as they wrote it, without what no one can read, and never without end."""

import pytest

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.messages import MAX_LENGTH, body, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Bonjour \r\n", "Bonjour"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tabu\tlé", "tabu\tlé"),
        ("cloche\x07 et rien\x00", "cloche et rien"),
        ("demi\ud800caractère", "demicaractère"),
        ("é" * MAX_LENGTH, "é" * MAX_LENGTH),
        ("", ""),
    ],
    ids=["blank", "lines", "tab", "bell", "surrogate", "longest", "empty"],
)
def test_a_text_is_tidied(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_a_text_too_long_is_refused_where_it_was_typed() -> None:
    with pytest.raises(Refused) as refused:
        tidy("a" * (MAX_LENGTH + 1), "reason")
    assert refused.value.path == "reason"
    assert "100\xa0000" in refused.value.text.fr


@pytest.mark.parametrize("typed", ["", " \n\t", "\x00"])
def test_a_message_says_something(typed: str) -> None:
    with pytest.raises(Refused):
        body(typed)
    assert body(" Oui. ") == "Oui."
