"""A single box."""

from typing import Any

import pytest

from tests.domain.fields.tables import NBSP, of, parsed, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [(True, True), ("true", True), ("on", True), (False, False), ("false", False), ("off", False), ("", None)],
)
def test_ticks_are_read(raw: Any, value: bool | None) -> None:
    assert parsed("checkbox", raw) is value


def test_a_required_box_must_be_ticked() -> None:
    assert of("checkbox").is_blank(False)
    assert not of("checkbox").is_blank(True)
    assert of("checkbox").missing("J’accepte").fr == f"Cochez la case «{NBSP}J’accepte{NBSP}»."


def test_anything_else_is_refused() -> None:
    assert "Cochez" in refusal("checkbox", "peut-être").fr


def test_it_is_shown_as_yes_or_no() -> None:
    assert [of("checkbox").display(value, None) for value in (True, False, None)] == ["Oui", "Non", ""]
