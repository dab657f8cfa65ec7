"""Keeping in the browser what is typed and not yet saved, for a day at most."""

from typing import Any

import reflex as rx


class Keeper(rx.Component):
    """Put once in a form whose inputs carry `data-path`; `reader` is "account:dossier"."""

    library = f"$/public{rx.asset('keeper.jsx', shared=True)}"
    tag = "Keeper"

    reader: rx.Var[str]
    ready: rx.Var[bool]
    acknowledged: rx.Var[str]
    limit: rx.Var[int]

    on_restore: rx.EventHandler[rx.event.passthrough_event_spec(str, str, int)]
    on_too_long: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def keeper(**properties: Any) -> rx.Component:
    """Keep what is typed; `acknowledged` is "path|length|count" of the last saved answer, in UTF-16 units."""
    return Keeper.create(**properties)
