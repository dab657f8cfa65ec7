"""Every handler of every state passes the guard, and no state holds anything before someone has signed in."""

import dataclasses
import inspect
import json
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
import reflex as rx

import dsbuilder.dsbuilder  # noqa: F401  the site as it is served: it imports every state
from dsbuilder.state.session import SessionState
from tests.state.sockets import ours, states

# What Reflex itself lets a browser call. A new one must be looked at before it is added here.
REFLEX_S = {
    "hydrate",
    "hydrate_and_load",
    "set_is_hydrated",
    "setvar",
    "on_load_internal",
    "update_vars_internal",
    "handle_frontend_exception",
}
MOST_BYTES = 20_000  # of all defaults together: each tab gets them, and they are in the public JavaScript


def handlers() -> Iterator[tuple[str, type[rx.State], str, Any]]:
    for state in ours():
        for name, handler in state.event_handlers.items():
            yield f"{state.__name__}.{name}", state, name, handler


def test_there_are_states_and_handlers() -> None:
    assert len(ours()) > 10
    assert len(list(handlers())) > 50


@pytest.mark.parametrize(("name", "handler"), [(id, handler) for id, _, _, handler in handlers()])
def test_every_handler_passes_the_guard(name: str, handler: Any) -> None:
    if handler.fn.__module__.startswith("reflex"):
        assert name.partition(".")[2] in REFLEX_S - {"setvar"}
    else:
        assert getattr(handler.fn, "is_guarded", False), f"{name} is a public method without @handler"


def test_reflex_offers_nothing_new_to_browsers() -> None:
    offered = {name for state in states() if state.__module__.startswith("reflex") for name in state.event_handlers}
    assert offered <= REFLEX_S


@pytest.mark.parametrize("state", ours(), ids=lambda state: state.__name__)
def test_a_state_has_no_public_method_but_handlers(state: type[rx.State]) -> None:
    public = {
        name
        for name, value in vars(state).items()
        if not name.startswith("_") and inspect.isroutine(value) and name not in state.event_handlers
    }
    assert public - set(vars(rx.State)) == set()


@pytest.mark.parametrize(("name", "handler"), [(id, handler) for id, _, _, handler in handlers()])
def test_every_argument_of_a_handler_has_a_type_to_check(name: str, handler: Any) -> None:
    if handler.fn.__module__.startswith("reflex"):
        return
    parameters = list(inspect.signature(handler.fn).parameters.values())[1:]
    assert all(p.annotation is not inspect.Parameter.empty and p.annotation is not Any for p in parameters)


# -- defaults -----------------------------------------------------------------------------------------------------
def is_nothing(value: Any, depth: int = 0) -> bool:
    """Whether a default tells nothing: empty, zero, one of our own words, or made of such."""
    if value is None or isinstance(value, bool | Enum) or value in ("", 0):
        return True
    if isinstance(value, str):
        return value.isascii() and value.replace("-", "").isalpha() and len(value) < 20
    if isinstance(value, int):
        return value in range(-1, 101)
    if isinstance(value, list | tuple | set | frozenset):
        return len(value) < 10 and all(is_nothing(each, depth + 1) for each in value)
    if isinstance(value, dict):
        return len(value) < 10 and all(is_nothing(each, depth + 1) for each in value.values())
    if dataclasses.is_dataclass(value):
        return all(is_nothing(getattr(value, f.name), depth + 1) for f in dataclasses.fields(value))
    return False


@pytest.mark.parametrize("state", ours(), ids=lambda state: state.__name__)
def test_the_defaults_of_a_state_tell_nothing(state: type[rx.State]) -> None:
    defaults = {
        name: field.default_value() for name, field in state.get_fields().items() if name not in rx.State.get_fields()
    }
    assert {name: value for name, value in defaults.items() if not is_nothing(value)} == {}


def test_all_defaults_together_are_small() -> None:
    first = rx.State(_reflex_internal_init=True).dict()  # type: ignore[call-arg]
    of_ours = {name: values for name, values in first.items() if "dsbuilder" in name}
    assert len(json.dumps(of_ours, default=lambda value: dataclasses.asdict(value))) < MOST_BYTES


def test_no_state_takes_a_name_that_all_states_share() -> None:
    """Taken again, it would give what is shared another meaning without a word."""
    shared = {
        name for name, value in vars(SessionState).items() if inspect.isfunction(value) or isinstance(value, property)
    }
    taken = {
        (state.__name__, name) for state in ours() if state is not SessionState for name in shared & set(vars(state))
    }
    assert taken == set()
