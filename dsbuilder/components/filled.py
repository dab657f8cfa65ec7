"""What draws a question anew when its answer came from elsewhere than its page."""

import reflex as rx


class Filled(rx.Component):
    """Another `since` has the inputs of what it holds made anew, unless somebody writes in the one at `place`."""

    library = f"$/public{rx.asset('filled.jsx', shared=True)}"
    tag = "Filled"

    since: rx.Var[str]
    place: rx.Var[str]
