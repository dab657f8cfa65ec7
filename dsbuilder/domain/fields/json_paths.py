"""Where something stands in a JSON answer: the plain part of JSONPath, such as `$.port.nom` or `$['ville'][0].code`.

Filters and searches at any depth are left out: what an administrator writes must not keep a server busy.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from dsbuilder.domain.fields.entering import Json

LONGEST = 300
MOST_PLACES = 1000  # that are looked at when a path goes through every place
_STEP = re.compile(r"\.([\w-]+)|\[(\d{1,6}|\*)\]|\['([^'\\]*)'\]|\[\"([^\"\\]*)\"\]")
Step = str | int | None  # a key, a place, or every place

EVERY = None


def steps(path: str) -> tuple[Step, ...]:
    """The steps of a path. Raises ValueError for anything but the plain part."""
    if not path.startswith("$") or len(path) > LONGEST:
        raise ValueError(path)
    found: list[Step] = []
    at = 1
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            raise ValueError(path)
        key, place, *quoted = step.groups()
        word = next((one for one in (key, *quoted) if one is not None), None)
        found.append(word if word is not None else EVERY if place == "*" else int(place))
        at = step.end()
    return tuple(found)


def at(answer: Json, path: tuple[Step, ...]) -> Json:
    """What stands there, None where the answer has another shape; a list of all that does when it goes through every place."""
    for position, step in enumerate(path):
        if step is EVERY:
            return _through(answer, path[position + 1 :])
        if isinstance(step, str):
            answer = answer.get(step) if isinstance(answer, dict) else None
        else:
            answer = answer[step] if isinstance(answer, list) and step < len(answer) else None
    return answer


def _through(answer: Json, path: tuple[Step, ...]) -> list[Json]:
    places = answer[:MOST_PLACES] if isinstance(answer, list) else []
    while EVERY in path:  # one list of all, so that their number is bounded however many lists are within each other
        before = path.index(EVERY)
        lists = (at(one, path[:before]) for one in places)
        within = (one for found in lists if isinstance(found, list) for one in found)
        places, path = list(islice(within, MOST_PLACES)), path[before + 1 :]
    return [one for one in (at(place, path) for place in places) if one is not None]


def in_text(found: Json) -> str:
    """What stands there as one text: the parts of a list apart, anything deeper as JSON."""
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, list):
        return ", ".join(filter(None, map(in_text, found)))
    return json.dumps(found, ensure_ascii=False) if isinstance(found, dict) else str(found)


# -- what an answer holds ------------------------------------------------------------------------------------------
MOST_LEAVES = 60
LONGEST_EXAMPLE = 100  # characters
DEEPEST = 8
_PLAIN_KEY = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing that an answer holds: its path, what stands there, and of which type it looks."""

    path: str
    example: str
    type: str


def leaves(answer: Json) -> tuple[Leaf, ...]:
    """What an answer holds, in its order; of a list, what its parts have in common through every place."""
    return tuple(islice(_leaves(answer, "$", DEEPEST), MOST_LEAVES))


def lists(answer: Json) -> tuple[str, ...]:
    """Where an answer holds lists."""
    return tuple(islice(_lists(answer, "$", DEEPEST), 10))


def _leaves(answer: Json, path: str, depth: int) -> Iterator[Leaf]:
    if isinstance(answer, dict) and depth:
        for key, value in answer.items():
            if (step := _step(key)) is not None:
                yield from _leaves(value, path + step, depth - 1)
    elif isinstance(answer, list) and any(isinstance(one, dict) for one in answer) and depth:
        first = next(one for one in answer if isinstance(one, dict))
        for leaf in _leaves(first, path + "[*]", depth - 1):
            yield Leaf(
                leaf.path, in_text(at(answer, steps(leaf.path.replace(path, "$", 1))))[:LONGEST_EXAMPLE], "array"
            )
    elif answer is not None and len(path) <= LONGEST and not isinstance(answer, dict):
        yield Leaf(path, in_text(answer)[:LONGEST_EXAMPLE], _type_of(answer))


def _lists(answer: Json, path: str, depth: int) -> Iterator[str]:
    if isinstance(answer, list) and len(path) <= LONGEST:
        yield path
    elif isinstance(answer, dict) and depth:
        for key, value in answer.items():
            if (step := _step(key)) is not None:
                yield from _lists(value, path + step, depth - 1)


def _step(key: str) -> str | None:
    """The step to a key; None for one that no path can name, or no line can hold."""
    if _PLAIN_KEY.fullmatch(key):
        return f".{key}"
    one_line = key.isprintable() and key == " ".join(key.split())
    return None if "'" in key or "\\" in key or not one_line else f"['{key}']"


def _type_of(found: Json) -> str:
    if isinstance(found, bool):
        return "boolean"
    if isinstance(found, int | float):
        return "integer_number" if isinstance(found, int) else "decimal_number"
    if isinstance(found, list):
        return "array"
    return "date" if _is_day(str(found)) else "string"


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
