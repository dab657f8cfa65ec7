"""An input that shows what the server gives, and keeps the text and the focus of whoever types meanwhile."""

from typing import Any

import reflex as rx


class GivenInput(rx.Component):
    """Shows `value`; when `value` or `answered` changes, what is being typed stays."""

    library = f"$/public{rx.asset('given.jsx', shared=True)}"
    tag = "GivenInput"

    input_id: rx.Var[str]
    value: rx.Var[str]
    answered: rx.Var[int]
    name: rx.Var[str]
    type: rx.Var[str]
    placeholder: rx.Var[str]
    max_length: rx.Var[int]
    required: rx.Var[bool]


def given_input(input_id: str, value: rx.Var[str] | str = "", **properties: Any) -> rx.Component:
    """An input of a form; an attribute that has no property of its own goes into `custom_attrs`."""
    return GivenInput.create(input_id=input_id, value=value, **properties)
