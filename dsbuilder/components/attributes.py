"""Attributes that stand only when something is so."""

from typing import Any

import reflex as rx

_ABSENT = rx.Var("undefined")  # React leaves such an attribute out


def only_if(condition: Any, value: str) -> Any:
    """`value` when `condition` holds; otherwise no attribute at all, not even an empty one."""
    return rx.cond(condition, value, _ABSENT)


# As an attribute of its own: Reflex takes `tab_index` for a style on most elements.
FOCUSABLE = {"tabIndex": -1}
