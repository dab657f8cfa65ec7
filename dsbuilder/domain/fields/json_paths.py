"""Where something stands in a JSON answer: the plain part of JSONPath, such as `$.port.nom` or `$['ville'][0].code`.

Filters and searches at any depth are left out: what an administrator writes must not keep a server busy.
"""

import json
import re

from dsbuilder.domain.fields.entering import Json

LONGEST = 300
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
            rest = path[position + 1 :]
            found = [at(one, rest) for one in answer] if isinstance(answer, list) else []
            return [one for one in found if one is not None]
        if isinstance(step, str):
            answer = answer.get(step) if isinstance(answer, dict) else None
        else:
            answer = answer[step] if isinstance(answer, list) and step < len(answer) else None
    return answer


def in_text(found: Json) -> str:
    """What stands there as one text: the parts of a list apart, anything deeper as JSON."""
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, list):
        return ", ".join(filter(None, map(in_text, found)))
    return json.dumps(found, ensure_ascii=False) if isinstance(found, dict) else str(found)
