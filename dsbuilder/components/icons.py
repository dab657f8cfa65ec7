"""Lucide's icons, drawn from one sprite."""

import reflex as rx


def icon(name: str | rx.Var[str], small: bool = False) -> rx.Component:
    """An icon that says nothing by itself: a word stands beside it, or an accessible name on its button."""
    href = f"/icons.svg#i-{name}" if isinstance(name, str) else rx.Var.create("/icons.svg#i-") + name
    return rx.el.svg(
        rx.el.svg.use(href=href),
        class_name="icon small" if small else "icon",
        custom_attrs={"aria-hidden": "true"},
    )
