"""Answers that a link carries: its parameters read question by question, each refused one with the reason in words.

`champ_Q2hhbXAtMTI=` names the question 12 as the reference does ("Champ-12" in base 64); `champ_12` does it plainly. A
block takes a JSON list of rows, `[{"champ_13": "Ana"}]`, or `champ_12[][champ_13]=Ana` again and again.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import quote

from dsbuilder.domain.answering import MAX_ROWS, join_path, new_row, rows_of, split_path
from dsbuilder.domain.dossier import Answer, Answers, Civility
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.texts import Text, in_figures

Parameters = Sequence[tuple[str, str]]

FIELD, IDENTITY = "champ_", "identite_"
MAX_PARAMETERS = 1_000
ADVISED_LENGTH = 2_000  # of a link: what every mail program and browser takes whole
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class RefusedParameter:
    """One parameter that is not an answer: its name, the question it was for, and why."""

    name: str
    label: str
    text: Text


@dataclass(slots=True)
class Prefilled:
    """What parameters say: answers by path, `rows` of blocks among them; who is concerned; and what is refused."""

    answers: dict[str, Answer] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    person: dict[str, str] = field(default_factory=dict)
    refused: list[RefusedParameter] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions it answers."""
        return len(self.answers) - len(self.rows)


def ours(parameters: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of a query's parameters that prefill; the others are none of our business."""
    return [one for one in parameters if one[0].startswith((FIELD, IDENTITY))][:MAX_PARAMETERS]


# -- reading -------------------------------------------------------------------------------------------------------
def read_parameters(form: Revision, parameters: Iterable[tuple[str, str]], now: datetime, today: date) -> Prefilled:
    """The answers that parameters carry. Never raises: what is wrong is refused by itself."""
    reader = _Reader(form, now, today)
    given: dict[str, list[tuple[str, str]]] = {}
    for name, text in ours(parameters):
        base, bracket, rest = name.partition("[")
        given.setdefault(base, []).append((bracket + rest, text))
    for base, values in given.items():
        if base.startswith(IDENTITY):
            reader.person(base, values[-1][1])
        else:
            reader.question(base, values)
    return reader.found


class _Reader:
    """What was read so far."""

    def __init__(self, form: Revision, now: datetime, today: date) -> None:
        self.now, self.today, self.found = now, today, Prefilled()
        self.fields = {top.id: top for top in form.fields}
        self.inside = {child.id for top in form.fields for child in top.children}

    def refuse(self, name: str, text: Text, asked: Field | None = None) -> None:
        label = "" if asked is None else to_text(asked.label)
        self.found.refused.append(RefusedParameter(name[:100], label, text))

    def person(self, name: str, text: str) -> None:
        attribute = _PERSON.get(name)
        try:
            value = one_line(text)
        except Invalid as invalid:
            return self.refuse(name, invalid.text)
        if attribute is None:
            self.refuse(name, _NO_SUCH_NAME)
        elif attribute == "civility" and value not in set(Civility):
            self.refuse(name, _CIVILITY)
        elif len(value) > MAX_NAME:
            self.refuse(name, _LONG_NAME)
        elif value:
            self.found.person[attribute] = value

    def question(self, name: str, values: list[tuple[str, str]]) -> None:
        id = field_id_in(name)
        asked = None if id is None else self.fields.get(id)
        if asked is None:
            return self.refuse(name, _IN_A_BLOCK if id in self.inside else _NO_SUCH_QUESTION)
        try:
            if asked.type.control is Control.ROWS:
                self.rows(name, asked, _rows(values))
            else:
                self.answer(asked, join_path(asked.id), _one_text(asked, values))
        except Invalid as invalid:
            self.refuse(name, invalid.text, asked)

    def answer(self, asked: Field, path: str, text: str) -> None:
        value = asked.type.prefill(text, asked.options)
        wrong = asked.type.wrong_today(value, asked.options, self.today)
        if wrong is not None:
            raise Invalid(wrong)
        if value is not None:
            self.found.answers[path] = Answer(value=value)

    def rows(self, name: str, block: Field, rows: list[Mapping[str, str]]) -> None:
        children = {child.id: child for child in block.children}
        if len(rows) > MAX_ROWS:
            raise Invalid(_TOO_MANY_ROWS.format(limit=in_figures(MAX_ROWS)))
        for row in rows:
            path = new_row(block.id, self.now, after=rows_of(self.found.answers, block.id))
            self.found.answers[path] = Answer(value=True)
            self.found.rows.add(path)
            for inner, text in row.items():
                id = field_id_in(inner)
                child = None if id is None else children.get(id)
                if child is None:
                    self.refuse(f"{name}[][{inner}]", _NO_SUCH_QUESTION)
                    continue
                try:
                    self.answer(child, join_path(child.id, split_path(path)[1]), text)
                except Invalid as invalid:
                    self.refuse(f"{name}[][{inner}]", invalid.text, child)


def field_id_in(name: str) -> FieldId | None:
    """The question that a parameter names, plainly or as the reference does; None for anything else."""
    said = name.removeprefix(FIELD)
    if said.isascii() and said.isdecimal():
        return FieldId(int(said)) if len(said) < 16 else None
    try:
        text = urlsafe_b64decode(
            said.replace("+", "-").replace("/", "_").rstrip("=") + "=" * (-len(said.rstrip("=")) % 4)
        )
        kind, _, number = text.decode("ascii").partition("-")
    except (NotBase64, ValueError):
        return None
    return FieldId(int(number)) if kind == "Champ" and number.isdecimal() and len(number) < 16 else None


def _one_text(asked: Field, values: list[tuple[str, str]]) -> str:
    if any(bracket not in ("", "[]") for bracket, _ in values):
        raise Invalid(_NO_ROWS)
    by_list = asked.type.control is Control.MULTIPLE or asked.type.prefilled_by_list
    if len(values) == 1 and (not values[0][0] or not by_list):
        return values[0][1]
    if not by_list:
        raise Invalid(_SEVERAL)
    return json.dumps([text for _, text in values])


def _rows(values: list[tuple[str, str]]) -> list[Mapping[str, str]]:
    if any(bracket for bracket, _ in values):
        return list(_rows_in_brackets(values))
    if len(values) > 1:
        raise Invalid(_SEVERAL)
    try:
        rows = json.loads(values[0][1])
    except (ValueError, RecursionError):
        raise Invalid(_NO_LIST) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Invalid(_NO_LIST)
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _rows_in_brackets(values: list[tuple[str, str]]) -> Iterator[Mapping[str, str]]:
    """`[][champ_13]`, again and again: what a row already has begins the next one."""
    row: dict[str, str] = {}
    for bracket, text in values:
        index, _, rest = bracket.removeprefix("[").partition("]")
        inner = rest.removeprefix("[").removesuffix("]")
        if index or not inner.startswith(FIELD) or not rest.endswith("]"):
            raise Invalid(_NO_LIST)
        if inner in row:
            yield row
            row = {}
        row[inner] = text
    yield row


def holds(answers: Answers, prefilled: Prefilled) -> bool:
    """Whether a dossier already has all that a link carries, so that following it again makes no second one."""
    wanted, rows = _said(prefilled.answers)
    there, there_rows = _said(answers)
    return wanted.items() <= there.items() and all(any(row.items() <= o.items() for o in there_rows) for row in rows)


def _said(answers: Answers) -> tuple[dict[str, object], list[dict[str, object]]]:
    root: dict[str, object] = {}
    rows: dict[str, dict[str, object]] = {}
    for path, answer in answers.items():
        id, _, row = path.partition(":")
        if not row:
            root[id] = answer.value
        else:
            rows.setdefault(row, {})[id] = answer.value
    return root, list(rows.values())


# -- examples ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PrefillExample:
    """How a link answers one question."""

    label: str
    parameter: str
    value: str


def parameter_for(id: FieldId) -> str:
    """The parameter that answers a question, as the reference names it."""
    return FIELD + urlsafe_b64encode(f"Champ-{id}".encode()).decode().rstrip("=")


def examples(form: Revision) -> tuple[PrefillExample, ...]:
    """An example for each question that a link may answer."""
    return tuple(one for top in form.fields for one in _example(top))


def _example(asked: Field, block: str = "") -> Iterator[PrefillExample]:
    name = parameter_for(asked.id)
    if asked.type.control is Control.ROWS:
        for child in asked.children:
            yield from _example(child, block=f"{name}[]")
        return
    offered = asked.type.choices(asked.options, "fr") or asked.type.search(asked.options, "", limit=1)
    for text in (*(choice.value for choice in offered[:1]), asked.type.example_of_link(asked.options)):
        try:
            if text and asked.type.prefill(text, asked.options) is not None:
                yield PrefillExample(to_text(asked.label), f"{block}[{name}]" if block else name, text)
                return
        except Invalid:
            continue


def query_of(examples: Iterable[PrefillExample]) -> str:
    """The query of a link that carries these answers."""
    return "&".join(f"{quote(one.parameter, safe='[]')}={quote(one.value)}" for one in examples)


_PERSON = {"identite_prenom": "first_name", "identite_nom": "last_name", "identite_genre": "civility"}
_NO_SUCH_NAME = Text("Ce paramètre n’existe pas.", "There is no such parameter.")
_CIVILITY = Text("La civilité est « Mme » ou « M. ».", "The title is “Mme” or “M.”.")
_LONG_NAME = Text("Ce nom est trop long.", "This name is too long.")
_NO_SUCH_QUESTION = Text("Cette question n’est pas dans le formulaire.", "This question is not in the form.")
_IN_A_BLOCK = Text(
    "Cette question est dans un bloc répétable : nommez d’abord le bloc.",
    "This question is in a repeatable block: name the block first.",
)
_NO_ROWS = Text("Cette question n’est pas un bloc répétable.", "This question is no repeatable block.")
_SEVERAL = Text("Cette question n’a qu’une réponse.", "This question has one answer only.")
_NO_LIST = Text(
    'On attend une liste de lignes, par exemple [{"champ_13": "Ana"}].',
    'A list of rows is expected, such as [{"champ_13": "Ana"}].',
)
_TOO_MANY_ROWS = Text("{limit} lignes au plus.", "{limit} rows at most.")
