"""A box that takes the focus when something happens."""

import reflex as rx


class FocusOn(rx.Component):
    """Takes the focus each time `signal`, a count, changes; zero is nothing yet."""

    library = f"$/public{rx.asset('focusing.jsx', shared=True)}"
    tag = "FocusOn"

    signal: rx.Var[int]
    labelled_by: rx.Var[str]
