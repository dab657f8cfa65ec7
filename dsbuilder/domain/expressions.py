"""Regular expressions that an administrator writes: run in linear time by RE2, so that none can hang a server."""

import re
from functools import lru_cache
from typing import Any

import re2

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import Text, in_figures

MAX_EXPRESSION = 1_000  # characters
MEMORY = 4 << 20  # bytes that RE2 may use for one expression: a hundred letters of any alphabet need half
KEPT = 128  # expressions ready to be used: the worst of them take some 300 megabytes together
MAX_MATCHED = 1_000  # characters of an answer: with RE2's bounds of memory, at most a fraction of a second
_ANYTHING = r"[\s\S]*"  # what XLSForm, which matches whole answers, is told about the rest of one

_LOOKS_AROUND = Text(
    "Cette expression regarde autour du texte (« (?= », « (?! », « (?<= » ou « (?<! »), ce qui n’est pas possible ici. "
    "Écrivez ce que la réponse doit contenir, par exemple ^[0-9]{5}$.",
    "This expression looks around the text (“(?=”, “(?!”, “(?<=” or “(?<!”), which is not possible here. "
    "Write what the answer must hold, such as ^[0-9]{5}$.",
)
_REFERS_BACK = Text(
    "Cette expression renvoie à un groupe (« \\1 »), ce qui n’est pas possible ici. Écrivez deux fois ce qui se répète.",
    "This expression refers back to a group (“\\1”), which is not possible here. Write twice what is repeated.",
)
_UNKNOWN = Text(
    "« {part} » n’est pas possible dans une expression ici. Retirez-le ou écrivez-le autrement.",
    "“{part}” is not possible in an expression here. Remove it or write it in another way.",
)
_TOO_LARGE = Text(
    "Cette expression est trop longue ou répète trop : {limit} caractères et 1 000 répétitions au plus.",
    "This expression is too long or repeats too much: at most {limit} characters and 1,000 repetitions.",
).format(limit=in_figures(MAX_EXPRESSION))
_BRACKETS = Text(
    "Il manque une parenthèse ou un crochet dans cette expression : chaque « ( » va avec un « ) », chaque « [ » avec un "
    "« ] ».",
    "A bracket is missing in this expression: each “(” goes with a “)”, each “[” with a “]”.",
)
_NOTHING_REPEATED = Text(
    "Dans cette expression, « {part} » ne suit rien qui se répète. Mettez une barre oblique inverse devant, ou retirez-le.",
    "In this expression, “{part}” follows nothing that can be repeated. Put a backslash before it, or remove it.",
)
_SAID: tuple[tuple[str, Text], ...] = (  # how RE2 begins, and what we say
    ("missing )", _BRACKETS),
    ("unexpected )", _BRACKETS),
    ("missing ]", _BRACKETS),
    ("no argument for repetition", _NOTHING_REPEATED),
    ("bad repetition operator", _NOTHING_REPEATED),
    ("invalid repetition size", _TOO_LARGE),
    ("pattern too large", _TOO_LARGE),
)


def matches(expression: str, text: str) -> bool:
    """Whether `expression` is found in `text`, anywhere unless it says where. Raises Invalid for what RE2 refuses."""
    return _compiled(expression).search(text) is not None


def refusal(expression: str) -> Text | None:
    """Why `expression` cannot be used, None when it can."""
    try:
        _compiled(expression)
    except Invalid as invalid:
        return invalid.text
    return None


@lru_cache(maxsize=KEPT)
def _compiled(expression: str) -> Any:
    if len(expression) > MAX_EXPRESSION:
        raise Invalid(_TOO_LARGE)
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY
    try:
        return re2.compile(expression.replace(r"\Z", r"\z"), options)
    except re2.error as error:
        raise Invalid(_in_words(error)) from None


def _in_words(error: Exception) -> Text:
    told = error.args[0] if error.args else ""
    said = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    part = said.partition(": ")[2]
    if part.startswith(("(?=", "(?!", "(?<=", "(?<!")):
        return _LOOKS_AROUND
    if re.fullmatch(r"\\[1-9k].*", part, re.DOTALL):
        return _REFERS_BACK
    known = next((text for begin, text in _SAID if said.startswith(begin)), _UNKNOWN)
    return known.format(part=part or "\\")


# -- as XLSForm writes it, where an expression matches the whole answer --------------------------------------------
def for_whole(expression: str) -> str:
    """The expression that matches the whole of what `expression` is found in."""
    inner = _inside(expression)
    if inner is not None:
        return inner
    return expression if _is_anchored(expression) else f"{_ANYTHING}(?:{expression}){_ANYTHING}"


def from_whole(expression: str) -> str:
    """The inverse of `for_whole`."""
    begin, end = f"{_ANYTHING}(?:", f"){_ANYTHING}"
    inner = expression[len(begin) : -len(end)]
    if expression == f"{begin}{inner}{end}" and refusal(inner) is None:
        return inner
    return expression if _is_anchored(expression) else f"^(?:{expression})$"


def _inside(expression: str) -> str | None:
    """What stands between `^(?:` and `)$`, when that is one group."""
    inner = expression[4:-2]
    one = expression == f"^(?:{inner})$" and refusal(inner) is None and _is_plain(inner)
    return inner if one else None


def _is_plain(inner: str) -> bool:
    """Whether `inner` says nothing itself of where an answer begins and ends."""
    return not _is_anchored(inner) and not inner.startswith(_ANYTHING)


def _is_anchored(expression: str) -> bool:
    return (
        expression.startswith("^")
        and expression.endswith("$")
        and not expression.endswith(r"\$")
        and "|" not in expression
    )
