"""What is drawn once the first screen is: the rest of a long form."""

import reflex as rx


class Soon(rx.Component):
    """Draws what it holds at once when `first`, else in an idle moment of the browser."""

    library = f"$/public{rx.asset('soon.jsx', shared=True)}"
    tag = "Soon"

    first: rx.Var[bool]
