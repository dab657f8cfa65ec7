"""Leaving the app for a page that the server draws itself."""

import reflex as rx


class Leaving(rx.Component):
    """Loads the address `to` as soon as there is one."""

    library = f"$/public{rx.asset('leaving.jsx', shared=True)}"
    tag = "Leaving"

    to: rx.Var[str]
