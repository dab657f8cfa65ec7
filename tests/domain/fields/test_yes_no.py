"""Yes or no."""

from typing import Any

import pytest

from tests.domain.fields.tables import of, parsed, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("true", True),
        ("Oui", True),
        ("yes", True),
        (True, True),
        ("false", False),
        ("NON", False),
        ("no", False),
        (False, False),
        ("", None),
    ],
)
def test_answers_are_read(raw: Any, value: bool | None) -> None:
    assert parsed("yes_no", raw) is value


def test_no_is_an_answer() -> None:
    assert not of("yes_no").is_blank(False)


def test_anything_else_is_refused() -> None:
    assert "Oui" in refusal("yes_no", "peut-être").fr


def test_it_is_shown_in_the_readers_language() -> None:
    assert [of("yes_no").display(value, None) for value in (True, False, None)] == ["Oui", "Non", ""]
    assert [of("yes_no").display(value, None, "en") for value in (True, False)] == ["Yes", "No"]


def test_only_true_and_false_are_kept() -> None:
    assert of("yes_no").from_json(0) is None
    assert of("yes_no").from_json("true") is None
