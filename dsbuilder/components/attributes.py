"""Attributes that stand only when something is so."""

from typing import Any

import reflex as rx

_ABSENT = rx.Var("undefined")  # React leaves such an attribute out


def only_if(condition: Any, value: str) -> Any:
    """`value` when `condition` holds; otherwise no attribute at all, not even an empty one."""
    return rx.cond(condition, value, _ABSENT)
