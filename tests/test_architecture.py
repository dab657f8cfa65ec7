"""The rules of the house as tests: each failure names the file and the line."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "dsbuilder"
LONGEST_FILE = 350
LONGEST_FUNCTION = 60

# Who may import whom. What everybody but domain and components may import: settings, clock.
MAY_IMPORT: dict[str, set[str]] = {
    "domain": {"domain"},
    "storage": {"storage", "domain"},
    "integrations": {"integrations", "domain"},
    "mails": {"mails", "domain"},
    "documents": {"documents", "domain"},
    "actions": {"actions", "domain", "storage", "integrations", "mails", "documents", "demo"},
    "jobs": {"jobs", "actions", "storage", "integrations"},
    "components": {"components", "domain"},
    "state": {"state", "actions", "domain"},
    "pages": {"pages", "state", "components", "domain"},
    "web": {"web", "actions", "domain"},
    "demo": {"demo", "domain"},
    "settings": set(),
    "clock": {"settings"},
    "logs": set(),
    "building": {"building"},
}
EVERYBODY_MAY = {"settings", "clock"}
NOT_EVEN = {"domain", "components", "settings", "clock", "logs", "building"}
COMPOSE = {"dsbuilder", "serving", "__main__"}  # may import everything; only they import each other
# The frame of every page shows who is signed in.
EXCEPTIONS = {("dsbuilder.components.frame", "dsbuilder.state.session")}

ONLY_IN = {
    "reflex": {"dsbuilder", "state", "components", "pages"},
    "reflex_base": {"dsbuilder", "state", "components", "pages"},
    "reflex_components_core": {"components"},
    "sqlmodel": {"storage"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "granian": {"serving"},
    "starlette": {"web", "dsbuilder"},
}
READS_ENVIRONMENT = {"settings", "serving", "building"}
TELLS_TIME = {"clock"}


@dataclass(frozen=True)
class Module:
    """One file of the package, parsed."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def layer(self) -> str:
        """Its folder, or its own name at the top."""
        return self.name.split(".")[1] if "." in self.name else ""

    def at(self, node: ast.AST) -> str:
        """Where something stands, as an editor understands it."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if not {"_web", "_web.new", "versions"} & set(file.parts)]
    return tuple(Module(file, _name(file), ast.parse(file.read_text())) for file in files)


def _name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Every module that this one imports when it runs, by its full name. A hint for the type checker is no import."""
    for node in _running(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.at(node)}: relative import"
            source = node.module or ""
            for name in node.names:
                whole = f"{source}.{name.name}"
                yield node, whole if whole in names() else source


def _running(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _running(child)


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def layer_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def found(rule: Callable[[Module], Iterator[str]]) -> list[str]:
    return [trouble for module in modules() for trouble in rule(module)]


def test_imports_go_the_way_of_the_table() -> None:
    def wrong(module: Module) -> Iterator[str]:
        for node, name in imports(module):
            layer = layer_of(name)
            if not name.startswith("dsbuilder.") or module.layer in COMPOSE or module.layer == "":
                continue
            allowed = MAY_IMPORT.get(module.layer, set()) | (EVERYBODY_MAY if module.layer not in NOT_EVEN else set())
            if layer not in allowed and (module.name, name) not in EXCEPTIONS:
                yield f"{module.at(node)}: {module.layer} imports {name}"

    assert found(wrong) == []


def test_every_folder_stands_in_the_table() -> None:
    assert {module.layer for module in modules()} - set(MAY_IMPORT) - COMPOSE - {""} == set()


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    graph = {m.name: {name for _, name in imports(m) if name in names() and name != m.name} for m in modules()}
    while ends := [name for name in graph if not (graph[name] & graph.keys() and _is_needed(name, graph))]:
        for name in ends:
            del graph[name]
    assert sorted(graph) == []


def _is_needed(name: str, graph: dict[str, set[str]]) -> bool:
    return any(name in needs for needs in graph.values())


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_stays_where_it_belongs(library: str) -> None:
    def wrong(module: Module) -> Iterator[str]:
        for node, name in imports(module):
            if name.split(".")[0] == library and module.layer not in ONLY_IN[library]:
                yield f"{module.at(node)}: {library} outside {sorted(ONLY_IN[library])}"

    assert found(wrong) == []


def test_imports_stand_at_the_top() -> None:
    def wrong(module: Module) -> Iterator[str]:
        for function in functions(module):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{module.at(node)}: import inside {function.name}"

    assert found(wrong) == []


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def attributes(module: Module) -> Iterator[tuple[ast.Attribute, str]]:
    """Every dotted expression that starts at a name, such as `os.environ`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            yield node, ast.unparse(node)


def test_only_the_clock_asks_what_time_it_is() -> None:
    asks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}

    def wrong(module: Module) -> Iterator[str]:
        for node, text in attributes(module):
            if module.layer not in TELLS_TIME and any(text == ask or text.endswith(f".{ask}") for ask in asks):
                yield f"{module.at(node)}: {text}"

    assert found(wrong) == []


def test_only_the_settings_read_the_environment() -> None:
    def wrong(module: Module) -> Iterator[str]:
        for node, text in attributes(module):
            if module.layer not in READS_ENVIRONMENT and text in ("os.environ", "os.getenv"):
                yield f"{module.at(node)}: {text}"

    assert found(wrong) == []


def test_nobody_asks_a_field_for_its_kind_to_decide() -> None:
    """What differs from kind to kind is answered by the type's own file."""

    def is_kind(node: ast.expr) -> bool:
        return isinstance(node, ast.Attribute) and node.attr == "kind"

    def is_word(node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""

    def wrong(module: Module) -> Iterator[str]:
        if module.name.startswith("dsbuilder.domain.fields"):
            return
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                if any(map(is_kind, sides)) and any(map(is_word, sides)):
                    yield f"{module.at(node)}: {ast.unparse(node)}"

    assert found(wrong) == []


def test_files_and_functions_stay_short() -> None:
    def wrong(module: Module) -> Iterator[str]:
        lines = sum(bool(line.strip()) for line in module.path.read_text().splitlines())
        if lines > LONGEST_FILE:
            yield f"{module.at(module.tree)}: {lines} lines"
        for function in functions(module):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{module.at(function)}: {function.name} has {length} lines"

    assert found(wrong) == []


def test_every_module_says_what_it_is_for() -> None:
    def wrong(module: Module) -> Iterator[str]:
        if module.tree.body and ast.get_docstring(module.tree) is None:
            yield f"{module.at(module.tree)}: no docstring"

    assert found(wrong) == []


def test_no_file_has_the_name_of_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "misc", "manager", "managers", "data", "info", "core", "base_utils"}
    assert [str(m.path) for m in modules() if m.name.split(".")[-1] in drawers] == []
