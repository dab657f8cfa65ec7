"""Short texts."""

import pytest

from tests.domain.fields.tables import NBSP, of, parsed, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("  Mairie de Brest ", "Mairie de Brest"),
        ("deux\r\nlignes", "deux lignes"),
        (f"1{NBSP}200{NBSP}m²", f"1{NBSP}200{NBSP}m²"),
        ("a\x00b\x07c\u202e\ufeffd", "abcd"),
        ("demi \ud83d paire", "demi  paire"),
        ("famille 👩\u200d👧", "famille 👩\u200d👧"),
        ("e\u0301te\u0301", "été"),
        ("x" * 100_000, "x" * 100_000),
        ("<b>gras</b>", "<b>gras</b>"),
    ],
)
def test_a_text_is_kept_printable_and_on_one_line(raw: str, value: str) -> None:
    assert parsed("text", raw) == value


def test_a_text_too_long_says_how_long_it_may_be() -> None:
    assert f"100{NBSP}000 caractères" in refusal("text", "x" * 100_001).fr
    assert "100,000 characters" in refusal("text", "x" * 100_001).en


def test_a_text_is_shown_as_typed() -> None:
    assert of("text").display("L’été", None) == "L’été"
