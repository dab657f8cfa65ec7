"""What a field of reference data takes over of an API's answer, one line for each: a fact, or another question's answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from itertools import count as count_from

from dsbuilder.domain.fields.base import ColumnType
from dsbuilder.domain.fields.json_paths import Leaf, steps
from dsbuilder.domain.fields.registered import KnownFact
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.texts import Text, fold

MOST_FACTS, MOST_FILLED = 40, 20
FOR_AGENTS = "agents"
STRING = "string"
TYPES: dict[str, ColumnType] = {
    STRING: ColumnType.TEXT,
    "integer_number": ColumnType.NUMBER,
    "decimal_number": ColumnType.NUMBER,
    "boolean": ColumnType.BOOLEAN,
    "date": ColumnType.DATE,
    "datetime": ColumnType.TEXT,
    "array": ColumnType.TEXT,
}
_LINE = re.compile(r"(?P<label>[^=()]+?)\s*(?:\((?P<told>[a-z_, ]+)\))?\s*=\s*(?P<path>\$.*)")
_FILLED = re.compile(r"(?P<id>[0-9]{1,15})\s*=\s*(?P<path>\$.*)")


@dataclass(frozen=True, slots=True)
class Taken:
    """One fact, and where it stands in the answer."""

    fact: KnownFact
    path: str


@dataclass(frozen=True, slots=True)
class Filled:
    """Another question, and where what fills it stands in the answer."""

    id: FieldId
    path: str

    @property
    def name(self) -> str:
        """The name under which the record of an answer keeps what filled the question."""
        return f"p_{self.id}"


def read_taken(line: str) -> Taken | None:
    """`Port = $.port.nom`, `Longueur (decimal_number) = $.longueur`, `Note (agents) = $.note`; None for anything else."""
    found = _LINE.fullmatch(line.strip())
    if found is None or not is_path(found["path"]):
        return None
    told = {word.strip() for word in (found["told"] or "").split(",")} - {""}
    type_ = (told - {FOR_AGENTS}) or {STRING}
    label = found["label"].strip()
    name = _name(label)
    if len(type_) > 1 or not type_ <= TYPES.keys() or not name:
        return None
    fact = KnownFact(name, Text(label, label), TYPES[type_.pop()], shown=FOR_AGENTS not in told)
    return Taken(fact, found["path"].strip())


def _name(label: str) -> str:
    """The name under which the record of an answer keeps it, empty for a label of which nothing is left."""
    plain = re.sub(r"\W+", "_", fold(label)).strip("_")[:40]
    return f"r_{plain}" if plain else ""


def taken_line(label: str, type_: str, path: str, *, for_agents: bool) -> str:
    """The line that says so."""
    told = ", ".join(filter(None, (type_ if type_ != STRING else "", FOR_AGENTS if for_agents else "")))
    return f"{label} ({told}) = {path}" if told else f"{label} = {path}"


def read_filled(line: str) -> Filled | None:
    """`12 = $.port.nom`: what stands there fills the question of that id; None for anything else."""
    found = _FILLED.fullmatch(line.strip())
    if found is None or not is_path(found["path"]):
        return None
    return Filled(FieldId(int(found["id"])), found["path"].strip())


def filled_line(filled: Filled) -> str:
    """The line that says so."""
    return f"{filled.id} = {filled.path}"


# -- where something goes ------------------------------------------------------------------------------------------
TO_ALL, TO_AGENTS, TO_NOBODY = "all", "agents", ""


def destination_of(path: str, taken: Iterable[Taken], filled: Iterable[Filled]) -> str:
    """Where what stands there goes: to all, to agents, nowhere, or to a question, named by its id."""
    for one in taken:
        if one.path == path:
            return TO_ALL if one.fact.shown else TO_AGENTS
    return next((str(one.id) for one in filled if one.path == path), TO_NOBODY)


def sent_to(leaf: Leaf, destination: str, taken: Sequence[str], filled: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of what is taken over and of what is filled, once what stands there goes to that destination alone."""
    rest = [line for line in taken if (read := read_taken(line)) is None or read.path != leaf.path]
    others = [line for line in filled if (one := read_filled(line)) is None or one.path != leaf.path]
    if destination in (TO_ALL, TO_AGENTS):
        former = next((read for read in map(read_taken, taken) if read and read.path == leaf.path), None)
        label = former.fact.label.fr if former else _new_label(leaf.path, rest)
        line = taken_line(label, leaf.type, leaf.path, for_agents=destination == TO_AGENTS)
        place = next((at for at, known in enumerate(taken) if known not in rest), len(rest))
        return [*rest[:place], line, *rest[place:]], others
    if destination == TO_NOBODY:
        return rest, others
    others = [line for line in others if (one := read_filled(line)) is None or str(one.id) != destination]
    return rest, [*others, filled_line(Filled(FieldId(int(destination)), leaf.path))]


def _new_label(path: str, lines: Iterable[str]) -> str:
    """A label made of the last key of a path, of more of them when another line has that one."""
    keys = [step for step in steps(path) if isinstance(step, str)] or ["Valeur"]
    names = {read.fact.name for read in map(read_taken, lines) if read is not None}
    candidates = [_in_words(keys[-count:]) for count in range(1, len(keys) + 1)]
    numbered = (f"{candidates[-1] or 'Valeur'} {number}" for number in count_from(2))
    return next(label for label in chain(candidates, numbered) if _name(label) and _name(label) not in names)


def _in_words(keys: Sequence[str]) -> str:
    words = " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])|[_\W]+", " ", key) for key in keys).split()
    return " ".join(words)[:60].capitalize()


def is_path(path: str) -> bool:
    """Whether that leads somewhere in an answer."""
    try:
        steps(path.strip())
    except ValueError:
        return False
    return True
