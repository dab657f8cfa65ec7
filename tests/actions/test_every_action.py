"""Every action checks a right, or says that it needs none; and none of them serves someone who is nobody."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, get_type_hints

import pytest

import dsbuilder.actions
from dsbuilder.actions.context import ANONYMOUS, Context, perform
from dsbuilder.domain.errors import Refusal
from dsbuilder.storage.database import Database

NOT_ACTIONS = {"context"}  # it runs them


def modules() -> Iterator[Any]:
    for found in pkgutil.iter_modules(dsbuilder.actions.__path__):
        if found.name not in NOT_ACTIONS:
            yield importlib.import_module(f"dsbuilder.actions.{found.name}")


def actions() -> Iterator[Callable[..., Any]]:
    """Every public function of actions/ whose first argument is a Context."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or function.__module__ != module.__name__:
                continue
            first = next(iter(inspect.signature(function).parameters.values()), None)
            if first is not None and first.annotation is Context and not getattr(function, "is_part", False):
                yield function


def named(function: Callable[..., Any]) -> str:
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


ACTIONS = sorted(actions(), key=named)
IN_NEED = [
    action
    for action in ACTIONS
    if not getattr(action, "is_public", False) and not getattr(action, "is_by_platform", False)
]


class Calls(ast.NodeVisitor):
    """The names of the functions that a piece of code calls."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name):
            self.names.add(node.func.id)
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            self.names.add(f"{node.func.value.id}.{node.func.attr}")
        self.generic_visit(node)


def requires(function: Callable[..., Any], seen: frozenset[str] = frozenset()) -> bool:
    """Whether the function calls `require`, itself or through another function of actions/."""
    calls = Calls()
    calls.visit(ast.parse(inspect.cleandoc("\n" + inspect.getsource(function))))
    if "require" in calls.names:
        return True
    module = inspect.getmodule(function)
    for name in calls.names - seen:
        found: Any = module
        for part in name.split("."):
            found = getattr(found, part, None)
        is_ours = inspect.isfunction(found) and found.__module__.startswith("dsbuilder.actions")
        if is_ours and requires(found, seen | {name}):
            return True
    return False


def test_there_are_actions() -> None:
    assert len(ACTIONS) > 10


@pytest.mark.parametrize("action", IN_NEED, ids=named)
def test_an_action_checks_a_right_or_is_marked_public(action: Callable[..., Any]) -> None:
    assert requires(action), f"{named(action)} neither calls require() nor is marked @public or @by_platform"


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_an_action_says_what_it_does_in_one_line(action: Callable[..., Any]) -> None:
    assert action.__doc__, f"{named(action)} has no docstring"


def something(hint: Any) -> Any:
    """A harmless value of a type."""
    plain = {int: 1, str: "1", bool: False, float: 1.0, bytes: b"", datetime: datetime(2026, 1, 1).astimezone()}
    if hint in plain:
        return plain[hint]
    if isinstance(hint, type) and issubclass(hint, str):
        return next(iter(hint))  # type: ignore[call-overload]
    return None


@pytest.mark.parametrize("action", IN_NEED, ids=named)
def test_nobody_gets_nothing_from_an_action_that_needs_a_right(
    sqlite_database: Database, action: Callable[..., Any]
) -> None:
    hints = get_type_hints(action)
    parameters = list(inspect.signature(action).parameters.values())[1:]
    needed = {p.name: something(hints[p.name]) for p in parameters if p.default is inspect.Parameter.empty}
    with pytest.raises(Refusal):
        perform(sqlite_database, action, actor=ANONYMOUS, **needed)


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_what_survives_a_power_cut_shares_no_transaction(action: Callable[..., Any]) -> None:
    assert not (getattr(action, "is_short", False) and getattr(action, "is_durable", False))
