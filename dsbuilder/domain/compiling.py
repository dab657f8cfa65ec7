"""Writes the Python function that says what of a form shows.

Only names that are made here stand in its source: `s3` says whether the field at position 3 shows, `v5` and `w5` are
answers at the root and in a row, `c7` an operand. Nothing that a person wrote is ever part of it.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Any

from dsbuilder.domain.conditions import All, Comparison, Condition, Not, comparisons
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.scopes import Placed, resolved, scope_of

RowFacts = tuple[list[Any], tuple[str, ...]]  # what conditions compare in a row, and the paths of the row
Last = list[Any]  # the flags of the last time and what showed then
ShowFunction = Callable[[list[Any], list[dict[str, RowFacts]], date, Last], AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer to a field goes, and how it is made ready to compare."""

    slot: int
    compared: Callable[[Any], Any]
    block: int = -1


@dataclass(frozen=True, slots=True)
class Block:
    """What of a repeatable block conditions compare in each row, and the fields of a row."""

    id: FieldId
    children: tuple[FieldId, ...]
    places: dict[FieldId, Place]


@dataclass(frozen=True, slots=True)
class Program:
    """The function, and the shape of what it reads."""

    function: ShowFunction
    source: str
    root: dict[FieldId, Place]
    blocks: tuple[Block, ...]
    in_rows: dict[FieldId, Place]


def program(revision: Revision) -> Program:
    """The program of a form."""
    writer = _Writer(revision)
    source = writer.written()
    namespace = dict(writer.names)
    exec(compile(source, "<conditions>", "exec"), namespace)  # its source holds names made here, and nothing else
    in_rows = {id: place for block in writer.blocks for id, place in block.places.items()}
    return Program(namespace["shows"], source, writer.root, tuple(writer.blocks), in_rows)


class _Writer:
    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.scope = scope_of(revision)
        self.names: dict[str, Any] = {"compress": compress}
        self.flags: dict[FieldId, str] = {}  # the variable that says whether a field shows; empty: always
        self.compared = self._compared()
        self.root = self._places(revision.tops, -1)
        self.blocks: list[Block] = []

    def _compared(self) -> set[FieldId]:
        found = (
            resolved(comparison, placed, self.scope)
            for placed in self.scope.values()
            for comparison in comparisons(placed.field.condition)
        )
        return {meant.source.id for meant in found if meant is not None}

    def _places(self, fields: tuple[Field, ...], block: int) -> dict[FieldId, Place]:
        found = (field for field in fields if field.id in self.compared)
        return {field.id: Place(slot, field.type.compared, block) for slot, field in enumerate(found)}

    # -- statements ------------------------------------------------------------------------------------------------
    def written(self) -> str:
        lines = ["def shows(root, rows, today, last):", *_unpacked("    ", "v", self.root, "root")]
        for top in self.revision.tops:
            lines += self._flag("    ", self.scope[top.id])
        lines += self._found()
        blocks = [line for top in self.revision.tops if top.children for line in self._block(top)]
        unrolled = ["    found = set(found)", *blocks] if blocks else []
        return "\n".join([*lines, *unrolled, "    return found", ""])

    def _flag(self, indent: str, placed: Placed) -> list[str]:
        """The line that computes whether a field shows; none when it does as its title does, or always."""
        title = self.flags[placed.under.id] if placed.under is not None else ""
        if placed.field.condition is None:
            self.flags[placed.id] = title
            return []
        self.flags[placed.id] = name = f"s{placed.position}"
        holds = self._expression(placed.field.condition, placed)
        return [f"{indent}{name} = {title} and {holds}" if title else f"{indent}{name} = {holds}"]

    def _found(self) -> list[str]:
        """What shows at the root: what always does, and what its variable says; as it was when nothing changed."""
        some = [top for top in self.revision.tops if self.flags[top.id]]
        self.names["always"] = frozenset(str(top.id) for top in self.revision.tops if not self.flags[top.id])
        if not some:
            return ["    found = always"]
        self.names["paths"] = tuple(str(top.id) for top in some)
        flags = "".join(f"{self.flags[top.id]}, " for top in some)
        return [
            f"    flags = ({flags})",
            "    if flags == last[0]:",
            "        found = last[1]",
            "    else:",
            "        last[:] = flags, always.union(compress(paths, flags))",
            "        found = last[1]",
        ]

    def _block(self, block: Field) -> list[str]:
        at, children = len(self.blocks), block.children
        self.blocks.append(Block(block.id, tuple(child.id for child in children), self._places(children, at)))
        flags = [line for child in children for line in self._flag(" " * 12, self.scope[child.id])]
        chosen = ", ".join(self.flags[child.id] or "True" for child in children)
        found = f"compress(row, ({chosen},))" if any(self.flags[child.id] for child in children) else "row"
        return [
            f"    if {self.flags[block.id] or 'True'}:",
            f"        for values, row in rows[{at}].values():",
            *_unpacked(" " * 12, "w", self.blocks[at].places, "values"),
            *flags,
            f"            found.update({found})",
        ]

    # -- expressions -----------------------------------------------------------------------------------------------
    def _expression(self, condition: Condition, owner: Placed) -> str:
        if isinstance(condition, Comparison):
            return self._comparison(condition, owner)
        if isinstance(condition, Not):
            return f"(not {self._expression(condition.term, owner)})"
        joining = " and " if isinstance(condition, All) else " or "
        terms = joining.join(self._expression(term, owner) for term in condition.terms)
        return f"({terms})" if terms else str(isinstance(condition, All))

    def _comparison(self, comparison: Comparison, owner: Placed) -> str:
        meant = resolved(comparison, owner, self.scope)
        if meant is None:
            return "False"
        places, letter = self._places_of(meant.source)
        compared = meant.criterion.python.format(
            v=f"{letter}{places[meant.source.id].slot}", c=self._constant(meant.operand)
        )
        shows = self.flags[meant.source.id]
        if not shows:
            return compared
        return f"(not {shows} or {compared})" if meant.criterion.of_nothing else f"({shows} and {compared})"

    def _places_of(self, source: Placed) -> tuple[dict[FieldId, Place], str]:
        return (self.root, "v") if source.block is None else (self.blocks[-1].places, "w")

    def _constant(self, operand: Any) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = operand
        return name


def _unpacked(indent: str, letter: str, places: dict[FieldId, Place], source: str) -> list[str]:
    names = "".join(f"{letter}{place.slot}, " for place in places.values())
    return [f"{indent}({names}) = {source}"] if names else []
