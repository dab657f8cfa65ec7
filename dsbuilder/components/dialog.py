"""The browser's own modal dialog."""

from typing import Any

import reflex as rx


class Dialog(rx.Component):
    """Shown while `open`; `on_dismiss` when the reader closes it with Escape."""

    library = f"$/public{rx.asset('dialog.jsx', shared=True)}"
    tag = "Dialog"

    open: rx.Var[bool]
    labelled_by: rx.Var[str]

    on_dismiss: rx.EventHandler[rx.event.no_args_event_spec]


def dialog(*children: rx.Component, **properties: Any) -> rx.Component:
    """A dialog that holds `children`."""
    return Dialog.create(*children, **properties)
