"""The reference that answers are measured against: the smallest Reflex app whose event keeps one text in SQLite."""

import asyncio
import sqlite3
import threading

import reflex as rx

_kept = threading.local()


def _connection() -> sqlite3.Connection:
    """One connection a thread, as durable as ours: a killed process loses nothing that was acknowledged."""
    if not hasattr(_kept, "connection"):
        _kept.connection = sqlite3.connect("kept.sqlite3", isolation_level=None)
        _kept.connection.execute("PRAGMA journal_mode=WAL")
        _kept.connection.execute("PRAGMA synchronous=NORMAL")
        _kept.connection.execute("CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, text TEXT)")
    return _kept.connection


def _keep(name: str, text: str) -> None:
    _connection().execute(
        "INSERT INTO kept VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text", (name, text)
    )


class OneWrite(rx.State):
    """A text of one tab."""

    acknowledged: str = ""

    @rx.event
    async def keep(self, path: str, raw: str) -> None:
        """Keep the text, then say so."""
        await asyncio.to_thread(_keep, path, raw)
        self.acknowledged = f"{path}|{len(raw)}|{raw}"

    @rx.event
    async def hear(self, path: str, raw: str) -> None:
        """Say so, and keep nothing."""
        self.acknowledged = f"{path}|{len(raw)}|{raw}"


app = rx.App(toaster=None)
app.add_page(lambda: rx.el.p(OneWrite.acknowledged), route="/")


def application() -> object:
    """What the server runs."""
    return app()
